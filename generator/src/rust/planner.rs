//! From the IR to the plan.

mod bindings;
mod checks;
mod defaults;
mod docs;
mod structures;

use super::names::{Name, Names, Scope, module};
use super::plan::{ErrorVariant, Operation, Paginator, Plan, Service, TypeItem, TypeKind};
use super::types::{Primitive, Type};
use super::words;
use crate::diagnostic::Diagnostics;
use crate::ir::{self, Method, Model, Scalar, ShapeId, ShapeKind};
use std::collections::BTreeSet;

/// What the crate's root has beside the generated types.
const ERROR: [(&str, &str); 1] = [("Error", "the service's error")];

/// What the API crate uses of the runtime, by name; the other two crates name only its requests.
const RUNTIME: [&str; 38] = [
    "At",
    "Base64",
    "BigDecimal",
    "BigInteger",
    "Blob",
    "ByteStream",
    "Checker",
    "ClientError",
    "ClientErrorKind",
    "DateTime",
    "Decode",
    "DecodeError",
    "Decoded",
    "Decoder",
    "Document",
    "Encode",
    "Encoder",
    "EpochSeconds",
    "ErrorMeta",
    "Exception",
    "HttpDate",
    "Media",
    "Message",
    "MessageReader",
    "MessageWriter",
    "Operation",
    "OperationInfo",
    "Pattern",
    "Presignable",
    "Redacted",
    "Rfc3339",
    "ServiceError",
    "Structure",
    "UnrecognizedError",
    "Validate",
    "With",
    "Written",
    "Zero",
];

/// What generated code uses of Rust's own, by name.
const STANDARD: [&str; 16] = [
    "BTreeMap",
    "Box",
    "Clone",
    "Default",
    "Drop",
    "Eq",
    "From",
    "Future",
    "Into",
    "IntoIterator",
    "Iterator",
    "Option",
    "PartialEq",
    "Result",
    "String",
    "Vec",
];

/// The names that no type can have, and whose they are.
fn reserved() -> Vec<(&'static str, &'static str)> {
    let runtime = RUNTIME.into_iter().map(|name| (name, "the runtime's"));
    let standard = STANDARD.into_iter().map(|name| (name, "Rust's own"));
    ERROR.into_iter().chain(runtime).chain(standard).collect()
}

/// What a request must not be called, because the client or the server crate, which name only requests, have it.
const RESERVED_REQUESTS: [(&str, &str); 6] = [
    ("Call", "the client crate's"),
    ("Client", "the client crate's"),
    ("Core", "the client crate's"),
    ("SdkConfig", "the client crate's"),
    ("Server", "the server crate's"),
    ("ServiceInfo", "the client crate's"),
];

/// What an operation's method must not be called, beside keywords.
const RESERVED_METHODS: [(&str, &str); 3] =
    [("customize", "the client's own"), ("local", "the client's constructor"), ("new", "the client's constructor")];

/// Plans a service's crates. `key` is what the command calls the service, `model` the folder of its model.
pub fn plan(model: &Model, key: &str, folder: &str, names: Names<'_>, diagnostics: &mut Diagnostics) -> Plan {
    let planner = Planner { model, names, service: key, validated: checks::validated_shapes(model) };
    planner.claim_names(diagnostics);
    let roots: BTreeSet<&ShapeId> =
        model.operations.values().flat_map(|operation| operation.input.iter().chain(&operation.output)).collect();
    Plan {
        service: planner.plan_service(key, folder),
        operations: model.operations.values().map(|operation| planner.plan_operation(operation, diagnostics)).collect(),
        types: model
            .shapes
            .iter()
            .filter(|(id, _)| !roots.contains(id))
            .filter_map(|(id, shape)| planner.plan_type(id, shape, diagnostics))
            .collect(),
        errors: planner.error_ids().map(|id| planner.plan_error_variant(id)).collect(),
    }
}

struct Planner<'a> {
    model: &'a Model,
    names: Names<'a>,
    /// What the command calls the service.
    service: &'a str,
    /// The shapes that a server checks.
    validated: BTreeSet<&'a ShapeId>,
}

impl Planner<'_> {
    fn plan_service(&self, key: &str, folder: &str) -> Service {
        let service = &self.model.service;
        Service {
            key: key.to_owned(),
            model: folder.to_owned(),
            name: self.service_name(),
            title: service.title.clone(),
            sdk_id: service.sdk_id.clone(),
            version: service.version.clone(),
            signing_name: service.signing_name.clone(),
            endpoint_rules: self.model.endpoint_rules.clone(),
        }
    }

    fn service_name(&self) -> Name {
        Name::new(&self.names.shape(&self.model.service.sdk_id))
    }

    /// Gives every type and method its name, once.
    fn claim_names(&self, diagnostics: &mut Diagnostics) {
        let mut root = Scope::new(self.service, &reserved());
        root.claim(self.service_name().as_str(), &self.model.service.sdk_id, &self.model.service.place, diagnostics);
        for (id, shape) in &self.model.shapes {
            if !matches!(shape.kind, ShapeKind::Scalar(_) | ShapeKind::List(_) | ShapeKind::Map(_)) {
                root.claim(&self.names.shape(&id.0), &id.0, &shape.place, diagnostics);
            }
        }
        let mut methods = Scope::new(self.service, &RESERVED_METHODS);
        let mut requests = Scope::new(self.service, &RESERVED_REQUESTS);
        for operation in self.model.operations.values() {
            let owner = operation.input.as_ref().map_or_else(|| format!("the request of {}", operation.name), |id| id.0.clone());
            requests.claim(&self.request_name(operation), &owner, &operation.place, diagnostics);
            methods.claim(&self.names.operation(&operation.name), &operation.name, &operation.place, diagnostics);
            if operation.input.is_none() {
                let request = self.request_name(operation);
                root.claim(&request, &format!("the request of {}", operation.name), &operation.place, diagnostics);
            }
        }
    }

    /// The type of the request, also of an operation that takes nothing.
    fn request_name(&self, operation: &ir::Operation) -> String {
        match &operation.input {
            Some(input) => self.names.shape(&input.0),
            None => format!("{}Request", words::upper_camel_case(&operation.name)),
        }
    }

    fn plan_operation(&self, operation: &ir::Operation, diagnostics: &mut Diagnostics) -> Operation {
        let method = self.names.operation(&operation.name);
        let request = self.plan_request(operation, &method, diagnostics);
        let response = operation.output.as_ref().and_then(|output| self.plan_response(output, &method, diagnostics));
        let token = |(member, _): (&ir::Member, _)| member.idempotency_token;
        let idempotency_token = operation.input.as_ref().and_then(|input| {
            let structure = self.structure(input)?;
            let (_, field) = structure.members.iter().zip(&request.fields).find(|(member, field)| token((member, *field)))?;
            Some(field.name.clone())
        });
        Operation {
            name: operation.name.clone(),
            docs: docs::operation(self.model, operation),
            http_method: operation.http.method.as_str(),
            uri: operation.http.uri.to_string(),
            status: operation.http.status,
            request_media: self.plan_request_media(operation),
            response_media: self.plan_response_media(operation),
            host_prefix: operation.host_prefix.as_ref().map(ToString::to_string),
            checksum: operation.checksum_required,
            gzip: operation.gzip,
            errors: operation.errors.iter().map(|id| self.plan_error_variant(id)).collect(),
            paginator: self.plan_paginator(operation, &request, response.as_ref()),
            presignable: operation.http.method == Method::Get,
            module: module(&method),
            method: Name::new(&method),
            idempotency_token,
            request,
            response,
        }
    }

    fn plan_paginator(
        &self,
        operation: &ir::Operation,
        request: &super::plan::Structure,
        response: Option<&super::plan::Structure>,
    ) -> Option<Paginator> {
        let paginator = operation.paginator.as_ref()?;
        let field = |structure: &super::plan::Structure, member: &str| {
            structure.fields.iter().find(|field| field.member == member).cloned()
        };
        let items = field(response?, &paginator.items)?;
        let Type::List(item) = &items.ty else { return None };
        Some(Paginator {
            input_token: field(request, &paginator.input_token)?,
            output_token: field(response?, &paginator.output_token)?,
            item: (**item).clone(),
            items,
        })
    }

    fn plan_type(&self, id: &ShapeId, shape: &ir::Shape, diagnostics: &mut Diagnostics) -> Option<TypeItem> {
        let kind = match &shape.kind {
            ShapeKind::Structure(structure) => TypeKind::Structure(self.plan_structure(id, shape, structure, diagnostics)),
            ShapeKind::Union(union) => TypeKind::Union(self.plan_union(id, shape, union, diagnostics)),
            ShapeKind::Enumeration(enumeration) => {
                TypeKind::Enumeration(self.plan_enumeration(id, shape, enumeration, diagnostics))
            }
            ShapeKind::IntegerEnumeration(enumeration) => {
                TypeKind::IntegerEnumeration(self.plan_integer_enumeration(id, shape, enumeration, diagnostics))
            }
            ShapeKind::Scalar(_) | ShapeKind::List(_) | ShapeKind::Map(_) => return None,
        };
        Some(TypeItem { module: module(&words::snake_case(&self.names.shape(&id.0))), kind })
    }

    fn error_ids(&self) -> impl Iterator<Item = &ShapeId> {
        let is_error = |shape: &ir::Shape| matches!(&shape.kind, ShapeKind::Structure(it) if it.error.is_some());
        self.model.shapes.iter().filter(move |(_, shape)| is_error(shape)).map(|(id, _)| id)
    }

    fn plan_error_variant(&self, id: &ShapeId) -> ErrorVariant {
        let exception = self.names.shape(&id.0);
        let code = self.structure(id).and_then(|structure| structure.error.as_ref()?.code.clone());
        ErrorVariant {
            variant: Name::new(variant_of_exception(&exception)),
            exception: Name::new(&exception),
            code: code.unwrap_or_else(|| id.0.clone()),
        }
    }

    fn structure(&self, id: &ShapeId) -> Option<&ir::Structure> {
        match &self.model.shapes.get(id)?.kind {
            ShapeKind::Structure(structure) => Some(structure),
            _ => None,
        }
    }

    /// The type of a shape. Scalars get no alias: `String` reads better than `InstanceId`.
    fn plan_target(&self, id: &ShapeId) -> Type {
        let Some(shape) = self.model.shapes.get(id) else { return Type::String };
        let name = || Name::new(&self.names.shape(&id.0));
        let sparse = |sparse: bool, inner: Type| if sparse { Type::Sparse(Box::new(inner)) } else { inner };
        match &shape.kind {
            ShapeKind::Scalar(Scalar::Blob) if shape.streaming.is_some() => Type::Stream,
            ShapeKind::Scalar(scalar) => plan_scalar(*scalar),
            ShapeKind::Enumeration(_) | ShapeKind::IntegerEnumeration(_) => Type::Enumeration(name()),
            ShapeKind::Structure(_) => Type::Structure(name()),
            ShapeKind::Union(_) => Type::Union(name()),
            ShapeKind::List(list) => Type::List(Box::new(sparse(list.sparse, self.plan_target(&list.member)))),
            ShapeKind::Map(map) => {
                Type::Map(Box::new(self.plan_target(&map.key)), Box::new(sparse(map.sparse, self.plan_target(&map.value))))
            }
        }
    }

    /// Whether `Debug` must hide values of a shape; a structure hides its own members.
    fn is_sensitive(&self, id: &ShapeId) -> bool {
        let Some(shape) = self.model.shapes.get(id) else { return false };
        shape.sensitive
            || match &shape.kind {
                ShapeKind::List(list) => self.is_sensitive(&list.member),
                ShapeKind::Map(map) => self.is_sensitive(&map.key) || self.is_sensitive(&map.value),
                _ => false,
            }
    }
}

fn plan_scalar(scalar: Scalar) -> Type {
    Type::Primitive(match scalar {
        Scalar::Boolean => Primitive::Bool,
        Scalar::Byte => Primitive::I8,
        Scalar::Short => Primitive::I16,
        Scalar::Integer => Primitive::I32,
        Scalar::Long => Primitive::I64,
        Scalar::Float => Primitive::F32,
        Scalar::Double => Primitive::F64,
        Scalar::Timestamp(_) => return Type::Timestamp,
        Scalar::Blob => return Type::Blob,
        Scalar::Document => return Type::Document,
        Scalar::Unit => return Type::Unit,
        Scalar::BigInteger => return Type::BigInteger,
        Scalar::BigDecimal => return Type::BigDecimal,
        Scalar::String => return Type::String,
    })
}

/// `ResourceNotFoundException` to `ResourceNotFound`.
fn variant_of_exception(exception: &str) -> &str {
    ["Exception", "Error", "Fault"]
        .iter()
        .find_map(|suffix| exception.strip_suffix(suffix).filter(|name| !name.is_empty()))
        .unwrap_or(exception)
}
