//! Structures, unions and enums.

use super::{Planner, docs};
use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{self, ShapeId};
use crate::rust::names::{Name, Scope, TypeName};
use crate::rust::plan::{
    Constructor, Enumeration, ErrorStructure, Field, IntegerEnumeration, StreamError, Structure, Union, Variant,
};
use crate::rust::types::Type;
use std::collections::BTreeMap;

/// Past so many required members, positions are unreadable.
const MAX_POSITIONS: usize = 5;

/// How many modules an operation's is below the API's root.
const OPERATION_DEPTH: usize = 2;

/// What a structure's name gets for the literal of its required members.
pub(super) const MEMBERS: &str = "Members";

/// Whether a structure is made from a literal of its required members.
pub(super) fn has_literal(structure: &ir::Structure) -> bool {
    structure.error.is_none() && structure.members.iter().filter(|member| is_required(member)).count() > MAX_POSITIONS
}

/// Whether a value must be given: what has a default, or is made up by the client, need not.
fn is_required(member: &ir::Member) -> bool {
    member.required && !member.idempotency_token && member.default.is_none()
}

impl Planner<'_> {
    /// The request of an operation; without members when the operation takes nothing.
    pub(super) fn plan_request(&self, operation: &ir::Operation, diagnostics: &mut Diagnostics) -> Option<Structure> {
        let name = &self.claimed.operations.get(&operation.name)?.request;
        let docs = vec![format!("Request of {}.", self.method_link(operation)?)];
        self.plan_message(operation.input.as_ref(), name, docs, diagnostics)
    }

    /// The response of an operation; without members when the operation answers nothing.
    pub(super) fn plan_response(&self, operation: &ir::Operation, diagnostics: &mut Diagnostics) -> Option<Structure> {
        let name = &self.claimed.operations.get(&operation.name)?.response;
        let docs = vec![format!("Response of {}.", self.method_link(operation)?)];
        self.plan_message(operation.output.as_ref(), name, docs, diagnostics)
    }

    fn plan_message(
        &self,
        id: Option<&ShapeId>,
        name: &TypeName,
        docs: Vec<String>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Structure> {
        let calls_procedures = self.model.service.protocols.call_procedures();
        let Some(id) = id else {
            return Some(Structure { calls_procedures, ..Structure::empty(name.clone(), docs) });
        };
        Some(Structure { docs, ..self.plan_members(id, self.structure(id)?, &self.shape(id)?.place, diagnostics)? })
    }

    /// A link to an operation's method, from the module of the operation.
    fn method_link(&self, operation: &ir::Operation) -> Option<String> {
        let (service, method) = (&self.claimed.service, self.claimed.operations.get(&operation.name)?.method.plain());
        let root = self.request.home.root(OPERATION_DEPTH);
        Some(format!("[`{service}::{method}`]({root}::{service}::{method})"))
    }

    pub(super) fn plan_structure(
        &self,
        id: &ShapeId,
        shape: &ir::Shape,
        structure: &ir::Structure,
        diagnostics: &mut Diagnostics,
    ) -> Option<Structure> {
        Some(Structure { docs: docs::shape(id, shape), ..self.plan_members(id, structure, &shape.place, diagnostics)? })
    }

    fn plan_members(
        &self,
        id: &ShapeId,
        structure: &ir::Structure,
        place: &Place,
        diagnostics: &mut Diagnostics,
    ) -> Option<Structure> {
        let mut scope = match &structure.error {
            Some(_) => Scope::new(self.service, &[("new", "the constructor"), ("meta", "what came with the response")]),
            None => Scope::new(self.service, &[("new", "the constructor")]),
        };
        let fields: Vec<Option<Field>> = structure
            .members
            .iter()
            .map(|member| {
                let place = place.child("members").child(&member.name);
                let name = self.names.member(&id.0, &member.name);
                let name = scope.claim(&name, &format!("{id}.{}", member.name), &place, diagnostics);
                self.plan_field(name, member, structure.error.is_some(), &place, diagnostics)
            })
            .collect();
        let fields = fields.into_iter().collect::<Option<Vec<Field>>>()?;
        let error = match &structure.error {
            Some(error) => Some(self.plan_error(id, error, &fields)?),
            None => None,
        };
        Some(Structure {
            constructor: plan_constructor(self.claimed.members.get(id), &fields, error.as_ref()),
            name: self.type_name(id)?,
            docs: Vec::new(),
            validated: self.validated.contains(id),
            sensitive: self.shape(id)?.sensitive,
            event: self.events.contains(id),
            held: self.held.contains(id),
            fields,
            calls_procedures: self.model.service.protocols.call_procedures(),
            names_differ: self.names_differ(),
            error,
        })
    }

    fn plan_error(&self, id: &ShapeId, error: &ir::ErrorTrait, fields: &[Field]) -> Option<ErrorStructure> {
        let message = message_of(fields);
        let fault = if error.client_fault { "Sender" } else { "Receiver" };
        Some(ErrorStructure {
            variant: self.claimed.variants.get(id)?.clone(),
            code: error.code.clone().unwrap_or_else(|| id.0.clone()),
            query_error: error.query_code.as_ref().map(|code| format!("{code};{fault}")),
            status: error.status,
            message: message.map(|field| field.name.clone()),
            hidden: message.is_some_and(|field| field.sensitive),
        })
    }

    pub(super) fn plan_field(
        &self,
        name: Name,
        member: &ir::Member,
        of_error: bool,
        place: &Place,
        diagnostics: &mut Diagnostics,
    ) -> Option<Field> {
        let (binding, wire_name) = self.plan_binding(member)?;
        let target = self.plan_target(&member.target)?;
        let default = self.plan_default(member, place, diagnostics)?;
        Some(Field {
            name,
            member: member.name.clone(),
            wire_name: wire_name.to_owned(),
            wire_alias: (of_error && is_message(wire_name)).then(|| other_case(wire_name)),
            docs: docs::member(self.model, member),
            ty: if member.boxed { Type::Boxed(Box::new(target)) } else { target },
            required: is_required(member),
            demanded: member.required && member.default.is_none(),
            default: default.of_field,
            server_default: default.of_server,
            host_label: member.host_label,
            form: self.plan_form(member, &member.binding),
            body_form: self.plan_form(member, &ir::Binding::Body),
            binding,
            sensitive: self.is_sensitive(&member.target)?,
            checks: self.plan_checks(&member.target)?,
        })
    }

    pub(super) fn plan_union(
        &self,
        id: &ShapeId,
        shape: &ir::Shape,
        union: &ir::Union,
        diagnostics: &mut Diagnostics,
    ) -> Option<Union> {
        let mut scope = Scope::new(self.service, &UNRECOGNIZED);
        let is_event = |member: &&ir::Member| shape.streaming.is_none() || !self.is_error(&member.target);
        let variants: Vec<Option<Variant>> = union
            .members
            .iter()
            .filter(is_event)
            .map(|member| {
                let place = shape.place.child("members").child(&member.name);
                let name = self.names.variant(&id.0, &member.name);
                let name = scope.claim(&name, &format!("{id}.{}", member.name), &place, diagnostics);
                Some(Variant { field: self.plan_field(name.clone(), member, false, &place, diagnostics)?, name })
            })
            .collect();
        Some(Union {
            variants: variants.into_iter().collect::<Option<_>>()?,
            name: self.type_name(id)?,
            docs: docs::shape(id, shape),
            validated: self.validated.contains(id),
            sensitive: shape.sensitive,
            names_differ: self.names_differ(),
            // Known when all types are.
            lopsided: false,
            stream: match shape.streaming {
                Some(_) => Some(self.plan_stream_errors(union)?),
                None => None,
            },
        })
    }

    /// The errors among the members of a stream of events.
    fn plan_stream_errors(&self, union: &ir::Union) -> Option<Vec<StreamError>> {
        let errors = union.members.iter().filter(|member| self.is_error(&member.target));
        errors
            .map(|member| {
                let variant = self.claimed.variants.get(&member.target)?.clone();
                Some(StreamError { member: member.name.clone(), variant })
            })
            .collect()
    }

    fn is_error(&self, id: &ShapeId) -> bool {
        self.structure(id).is_some_and(|structure| structure.error.is_some())
    }

    /// Whether protocols of the service call members by different names.
    fn names_differ(&self) -> bool {
        let protocols = &self.model.service.protocols;
        protocols.read_json_names() && protocols.call_procedures()
    }

    pub(super) fn plan_enumeration(
        &self,
        id: &ShapeId,
        shape: &ir::Shape,
        enumeration: &ir::Enumeration,
        diagnostics: &mut Diagnostics,
    ) -> Option<Enumeration> {
        let mut scope = Scope::new(self.service, &UNRECOGNIZED);
        let mut usual: BTreeMap<String, &str> = BTreeMap::new();
        let values = enumeration.values.iter().enumerate().map(|(index, value)| {
            let text = value.name.as_deref().unwrap_or(&value.value);
            let mut name = self.names.variant(&id.0, text);
            let place = shape.place.child("enum").child(index);
            let owner = format!("{id}.{}", value.value);
            let first = *usual.entry(name.clone()).or_insert(text);
            if let Some(spelled) = self.names.spelled_variant(&id.0, text, first) {
                let message = format!("`{owner}` differs from `{id}.{first}`, which is called `{name}`, in case alone");
                let rename = format!("`[service.{}.rename]`, `\"{owner}\" = \"...\"`", self.service);
                let help = format!("nothing to do: it is called `{spelled}`, unless models.toml gives it another name: {rename}");
                diagnostics.warning(&place, message, help);
                name = spelled;
            }
            let name = scope.claim(&name, &owner, &place, diagnostics);
            (value.internal, (name, value.value.clone()))
        });
        let (internal, values): (Vec<_>, Vec<_>) = values.partition(|(internal, _)| *internal);
        let without_flag = |values: Vec<(bool, _)>| values.into_iter().map(|(_, value)| value).collect();
        Some(Enumeration {
            values: without_flag(values),
            internal: without_flag(internal),
            name: self.type_name(id)?,
            docs: docs::shape(id, shape),
        })
    }

    pub(super) fn plan_integer_enumeration(
        &self,
        id: &ShapeId,
        shape: &ir::Shape,
        enumeration: &ir::IntegerEnumeration,
        diagnostics: &mut Diagnostics,
    ) -> Option<IntegerEnumeration> {
        let mut scope = Scope::new(self.service, &UNRECOGNIZED);
        let values = enumeration.values.iter().map(|value| {
            let name = self.names.variant(&id.0, &value.name);
            let place = shape.place.child("members").child(&value.name);
            (scope.claim(&name, &format!("{id}.{}", value.name), &place, diagnostics), value.value)
        });
        Some(IntegerEnumeration { values: values.collect(), name: self.type_name(id)?, docs: docs::shape(id, shape) })
    }
}

/// What every union and enum has beside the model's.
const UNRECOGNIZED: [(&str, &str); 1] = [("Unrecognized", "what the model does not know")];

fn plan_constructor(members: Option<&TypeName>, fields: &[Field], error: Option<&ErrorStructure>) -> Constructor {
    let required = fields.iter().any(|field| field.required);
    match (required, error.map(|error| &error.message), members) {
        (false, None | Some(None), _) => Constructor::Default,
        (_, Some(message), _) => Constructor::Exception(message.clone()),
        (true, None, Some(members)) => Constructor::Literal(members.clone()),
        (true, None, None) => Constructor::Positional,
    }
}

fn message_of(fields: &[Field]) -> Option<&Field> {
    fields.iter().find(|field| is_message(&field.member) && field.ty == Type::String)
}

fn is_message(member: &str) -> bool {
    member.eq_ignore_ascii_case("message")
}

/// Models say `Message`, services say `message`, and the other way round.
fn other_case(member: &str) -> String {
    let other = if member.starts_with('M') { "message" } else { "Message" };
    other.to_owned()
}
