//! From the IR to the plan.

mod bindings;
mod checks;
mod claims;
mod defaults;
mod discovery;
mod docs;
mod endpoint;
mod lookup;
mod paginator;
mod sizes;
mod structures;
mod waiters;

use super::names::{Name, Names, TypeName};
use super::plan::{
    ChecksumFields, ErrorVariant, Http, Identities, Operation, Plan, Service, Signer, Structure, TypeItem, TypeKind,
};
use super::types::{Primitive, Type};
use super::visible::visible;
use crate::Request;
use crate::diagnostic::Diagnostics;
use crate::ir::{self, Auth, Method, Model, RequestChecksum, Scalar, ShapeId, ShapeKind};
use claims::Claimed;
pub(crate) use claims::runtime_exports;
use lookup::Shapes;
use std::collections::BTreeSet;

/// Plans a service's crates. `None` when something, which is reported, keeps it from being planned.
pub fn plan(model: &Model, request: Request<'_>, diagnostics: &mut Diagnostics) -> Option<Plan> {
    if !is_whole(model, diagnostics) {
        return None;
    }
    let names = Names::new(&request.config.rename);
    let service = request.key.as_str();
    let claimed = claims::claim(model, service, names, diagnostics);
    let (validated, events) = (checks::validated_shapes(model), events(model));
    let held = model.shapes.values().flat_map(checks::targets).collect();
    let planner = Planner { model, names, request, service, claimed, validated, events, held };
    let plan = planner.plan(diagnostics);
    if plan.is_none() && !diagnostics.has_errors() {
        let help = "this is a fault of smithwright's: please report it with the model";
        diagnostics.error(&model.service.place, "this model cannot be planned, for no reason that is known", help);
    }
    plan
}

/// The structures that are events, errors among them.
fn events(model: &Model) -> BTreeSet<&ShapeId> {
    let unions = model.shapes.values().filter_map(ir::Shape::events);
    unions.flat_map(|union| &union.members).map(|member| &member.target).collect()
}

/// Whether every reference between shapes leads somewhere, and every message and error is a structure.
fn is_whole(model: &Model, diagnostics: &mut Diagnostics) -> bool {
    let help = "this is a fault of smithwright's: please report it with the model";
    let mut whole = true;
    for (id, shape) in &model.shapes {
        for target in checks::targets(shape).filter(|target| !model.shapes.contains_key(target)) {
            diagnostics.error(&shape.place, format!("`{id}` refers to `{target}`, which is not there"), help);
            whole = false;
        }
    }
    for operation in model.operations.values() {
        for id in operation.input.iter().chain(&operation.output).chain(&operation.errors) {
            if !model.shapes.get(id).is_some_and(|shape| matches!(shape.kind, ShapeKind::Structure(_))) {
                diagnostics.error(
                    &operation.place,
                    format!("`{}` refers to `{id}`, which is not a structure", operation.name),
                    help,
                );
                whole = false;
            }
        }
    }
    whole
}

struct Planner<'a> {
    model: &'a Model,
    names: Names<'a>,
    /// What is asked for.
    request: Request<'a>,
    /// What the command calls the service.
    service: &'a str,
    /// The names of everything at the crates' roots.
    claimed: Claimed,
    /// The shapes that a server checks.
    validated: BTreeSet<&'a ShapeId>,
    /// The structures that are events.
    events: BTreeSet<&'a ShapeId>,
    /// The shapes that others hold.
    held: BTreeSet<&'a ShapeId>,
}

impl<'a> Planner<'a> {
    fn plan(&self, diagnostics: &mut Diagnostics) -> Option<Plan> {
        let messages = claims::messages(self.model);
        let operations: Vec<Option<Operation>> =
            self.model.operations.values().map(|operation| self.plan_operation(operation, diagnostics)).collect();
        let types: Vec<Option<TypeItem>> = self
            .model
            .shapes
            .iter()
            .filter(|(id, shape)| !messages.contains(id) && claims::has_type(shape))
            .map(|(id, shape)| self.plan_type(id, shape, diagnostics))
            .collect();
        let mut operations = operations.into_iter().collect::<Option<Vec<Operation>>>()?;
        let mut types = types.into_iter().collect::<Option<Vec<TypeItem>>>()?;
        let errors_are_lopsided = sizes::mark_lopsided(&mut types);
        self.plan_paginators(&mut operations, &types, diagnostics);
        self.plan_told(&mut operations, &types, diagnostics)?;
        self.plan_discovery(&mut operations, &types, diagnostics);
        let waiters = self.plan_waiters(&operations, &Shapes::new(&operations, &types), diagnostics);
        Some(Plan {
            service: self.plan_service(diagnostics),
            home: self.request.home.clone(),
            operations,
            types,
            waiters,
            errors: claims::error_ids(self.model).map(|id| self.plan_error_variant(id)).collect::<Option<_>>()?,
            errors_are_lopsided,
        })
    }

    fn plan_service(&self, diagnostics: &mut Diagnostics) -> Service {
        let service = &self.model.service;
        Service {
            key: self.service.to_owned(),
            model: visible(self.request.folder),
            name: self.claimed.service.clone(),
            title: visible(&service.title),
            exports: self.claimed.exports.clone(),
            sdk_id: service.sdk_id.clone(),
            version: service.version.clone(),
            signing_name: service.signing_name.clone(),
            namespace: service.namespace.clone(),
            shape_name: service.shape_name.clone(),
            query_compatible: service.query_compatible,
            protocols: service.protocols.iter().map(|protocol| protocol.definition().runtime).collect(),
            events: self.model.shapes.values().any(|shape| shape.events().is_some()),
            identities: self.plan_identities(),
            checksums: self.model.operations.values().any(|it| it.request_checksum.is_some() || it.response_checksum.is_some()),
            endpoint: endpoint::plan(self.model, self.service, diagnostics),
            headers: self.model.customizations.headers.clone(),
        }
    }

    fn plan_operation(&self, operation: &ir::Operation, diagnostics: &mut Diagnostics) -> Option<Operation> {
        let claimed = self.claimed.operations.get(&operation.name)?;
        let calls_procedures = self.model.service.protocols.call_procedures();
        let customizations = &self.model.customizations;
        let presigned_in_query = customizations.presigned_in_query.contains(&operation.name);
        let request = self.plan_request(operation, diagnostics)?;
        let response = self.plan_response(operation, diagnostics)?;
        Some(Operation {
            name: operation.name.clone(),
            docs: docs::operation(self.model, operation),
            http: operation.http.as_ref().map(plan_http),
            request_media: self.plan_request_media(operation)?,
            response_media: self.plan_response_media(operation)?,
            host_prefix: operation.host_prefix.as_ref().map(ToString::to_string),
            request_checksum: operation.request_checksum.clone(),
            response_checksums: operation.response_checksum.iter().flat_map(|it| it.algorithms.iter().copied()).collect(),
            checksum_fields: self.plan_checksum_fields(operation, &request)?,
            gzip: operation.gzip,
            auth: operation.auth.clone(),
            no_input: calls_procedures && operation.input.is_none(),
            no_output: calls_procedures && operation.output.is_none(),
            errors: operation.errors.iter().map(|id| self.plan_error_variant(id)).collect::<Option<_>>()?,
            // Planned when all that it could name is.
            paginator: None,
            presignable: presigned_in_query || operation.http.as_ref().is_some_and(|http| http.method == Method::Get),
            presigned_in_query,
            module: claimed.module.clone(),
            method: claimed.method.clone(),
            idempotency_token: self.plan_idempotency_token(operation, &request)?,
            // Planned when all that it could name is, too.
            told: Vec::new(),
            discovery: None,
            empty_labels: self.plan_empty_labels(operation, &request)?,
            tree_hash: customizations.tree_hashes.contains(&operation.name),
            request,
            response,
        })
    }

    fn plan_identities(&self) -> Identities {
        let all = || self.model.operations.values().flat_map(|operation| &operation.auth);
        let signers = self.claimed.signers.iter();
        Identities {
            api_key: all().any(|auth| matches!(auth, Auth::ApiKey(_))),
            login: all().any(|auth| matches!(auth, Auth::Basic | Auth::Digest)),
            digest: all().any(|auth| *auth == Auth::Digest),
            signers: signers.map(|(scheme, method)| Signer { scheme: scheme.clone(), method: method.clone() }).collect(),
        }
    }

    fn plan_paginators(&self, operations: &mut [Operation], types: &[TypeItem], diagnostics: &mut Diagnostics) {
        let shapes = Shapes::new(operations, types);
        let plan = |operation: &Operation| {
            let paginator = self.model.operations.get(&operation.name)?.paginator.as_ref()?;
            paginator::plan_paginator(paginator, operation, &shapes, diagnostics)
        };
        let paginators: Vec<_> = operations.iter().map(plan).collect();
        for (operation, paginator) in operations.iter_mut().zip(paginators) {
            docs::add_paginator(&mut operation.docs, paginator.as_ref());
            operation.paginator = paginator;
        }
    }

    /// Strings in the path for which something stands where they are empty.
    fn plan_empty_labels(&self, operation: &ir::Operation, request: &Structure) -> Option<Vec<(Name, &'static str)>> {
        let Some(input) = &operation.input else { return Some(Vec::new()) };
        let labels = self.structure(input)?.members.iter().zip(&request.fields).filter_map(|(member, field)| {
            let ir::Binding::Label(label) = &member.binding else { return None };
            let text = self.model.customizations.empty_labels.get(label.as_str())?;
            (field.ty == Type::String && !field.is_optional()).then(|| (field.name.clone(), *text))
        });
        Some(labels.collect())
    }

    fn plan_idempotency_token(&self, operation: &ir::Operation, request: &Structure) -> Option<Option<Name>> {
        let Some(input) = &operation.input else { return Some(None) };
        let mut members = self.structure(input)?.members.iter().zip(&request.fields);
        Some(members.find(|(member, _)| member.idempotency_token).map(|(_, field)| field.name.clone()))
    }

    fn plan_checksum_fields(&self, operation: &ir::Operation, request: &Structure) -> Option<ChecksumFields> {
        let Some(input) = &operation.input else { return Some(ChecksumFields::default()) };
        let members = &self.structure(input)?.members;
        let field = |name: &String| {
            let mut fields = members.iter().zip(&request.fields);
            fields.find(|(member, _)| member.name == *name).map(|(_, field)| field.name.clone())
        };
        let algorithm = match &operation.request_checksum {
            Some(RequestChecksum::Chosen { algorithm_member, .. }) => algorithm_member.as_ref(),
            _ => None,
        };
        let mode = operation.response_checksum.as_ref().map(|it| &it.mode_member);
        Some(ChecksumFields { algorithm: algorithm.and_then(field), mode: mode.and_then(field) })
    }

    fn plan_type(&self, id: &ShapeId, shape: &ir::Shape, diagnostics: &mut Diagnostics) -> Option<TypeItem> {
        let kind = match &shape.kind {
            ShapeKind::Structure(structure) => TypeKind::Structure(self.plan_structure(id, shape, structure, diagnostics)?),
            ShapeKind::Union(union) => TypeKind::Union(self.plan_union(id, shape, union, diagnostics)?),
            ShapeKind::Enumeration(enumeration) => {
                TypeKind::Enumeration(self.plan_enumeration(id, shape, enumeration, diagnostics)?)
            }
            ShapeKind::IntegerEnumeration(enumeration) => {
                TypeKind::IntegerEnumeration(self.plan_integer_enumeration(id, shape, enumeration, diagnostics)?)
            }
            ShapeKind::Scalar(_) | ShapeKind::List(_) | ShapeKind::Map(_) => return None,
        };
        Some(TypeItem { module: self.claimed.modules.get(id)?.clone(), kind })
    }

    fn plan_error_variant(&self, id: &ShapeId) -> Option<ErrorVariant> {
        let error = self.structure(id)?.error.as_ref()?;
        Some(ErrorVariant {
            variant: self.claimed.variants.get(id)?.clone(),
            exception: self.type_name(id)?,
            code: error.code.clone().unwrap_or_else(|| id.0.clone()),
            retryable: error.retryable,
        })
    }

    fn shape(&self, id: &ShapeId) -> Option<&'a ir::Shape> {
        self.model.shapes.get(id)
    }

    fn structure(&self, id: &ShapeId) -> Option<&'a ir::Structure> {
        match &self.shape(id)?.kind {
            ShapeKind::Structure(structure) => Some(structure),
            _ => None,
        }
    }

    /// The name of a shape that has a type of its own.
    fn type_name(&self, id: &ShapeId) -> Option<TypeName> {
        self.claimed.types.get(id).cloned()
    }

    /// The type of a shape. Scalars get no alias: `String` reads better than `InstanceId`.
    fn plan_target(&self, id: &ShapeId) -> Option<Type> {
        let shape = self.shape(id)?;
        let sparse = |sparse: bool, inner: Type| if sparse { Type::Sparse(Box::new(inner)) } else { inner };
        Some(match &shape.kind {
            ShapeKind::Scalar(Scalar::Blob) if shape.streaming.is_some() => Type::Stream,
            ShapeKind::Scalar(scalar) => plan_scalar(*scalar),
            ShapeKind::Enumeration(_) | ShapeKind::IntegerEnumeration(_) => Type::Enumeration(self.type_name(id)?),
            ShapeKind::Structure(_) => Type::Structure(self.type_name(id)?),
            ShapeKind::Union(_) if shape.streaming.is_some() => Type::EventStream(self.type_name(id)?),
            ShapeKind::Union(_) => Type::Union(self.type_name(id)?),
            ShapeKind::List(list) => Type::List(Box::new(sparse(list.sparse, self.plan_target(&list.member)?))),
            ShapeKind::Map(map) => {
                Type::Map(Box::new(self.plan_target(&map.key)?), Box::new(sparse(map.sparse, self.plan_target(&map.value)?)))
            }
        })
    }

    /// Whether `Debug` must hide values of a shape; a structure hides its own members.
    fn is_sensitive(&self, id: &ShapeId) -> Option<bool> {
        let shape = self.shape(id)?;
        Some(
            shape.sensitive
                || match &shape.kind {
                    ShapeKind::List(list) => self.is_sensitive(&list.member)?,
                    ShapeKind::Map(map) => self.is_sensitive(&map.key)? || self.is_sensitive(&map.value)?,
                    _ => false,
                },
        )
    }
}

fn plan_http(http: &ir::HttpBinding) -> Http {
    Http { method: http.method.as_str(), uri: http.uri.to_string(), status: http.status }
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
