//! Structures, unions and enums.

use super::{Planner, docs, variant_of_exception};
use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{self, ShapeId};
use crate::rust::names::{Name, Scope};
use crate::rust::plan::{Constructor, Enumeration, ErrorStructure, Field, IntegerEnumeration, Structure, Union, Variant};
use crate::rust::types::Type;

/// Past so many required members, positions are unreadable.
const MAX_POSITIONS: usize = 5;

impl Planner<'_> {
    /// The request of an operation; without members when the operation takes nothing.
    pub(super) fn plan_request(&self, operation: &ir::Operation, method: &str, diagnostics: &mut Diagnostics) -> Structure {
        let nothing = ir::Structure { members: Vec::new(), error: None };
        let (id, structure, place) = match &operation.input {
            Some(input) => (input.clone(), self.structure(input).unwrap_or(&nothing), self.place(input, operation)),
            None => (ShapeId(self.request_name(operation)), &nothing, operation.place.clone()),
        };
        let docs = vec![format!("Request of [`{}::{method}`](crate::{}::{method}).", self.service_name(), self.service_name())];
        Structure {
            docs,
            name: Name::new(&self.request_name(operation)),
            ..self.plan_members(&id, structure, &place, diagnostics)
        }
    }

    /// The response of an operation; `None` when it has no members.
    pub(super) fn plan_response(&self, output: &ShapeId, method: &str, diagnostics: &mut Diagnostics) -> Option<Structure> {
        let shape = self.model.shapes.get(output)?;
        let structure = self.structure(output).filter(|structure| !structure.members.is_empty())?;
        let docs = vec![format!("Response of [`{}::{method}`](crate::{}::{method}).", self.service_name(), self.service_name())];
        Some(Structure { docs, ..self.plan_members(output, structure, &shape.place, diagnostics) })
    }

    pub(super) fn plan_structure(
        &self,
        id: &ShapeId,
        shape: &ir::Shape,
        structure: &ir::Structure,
        diagnostics: &mut Diagnostics,
    ) -> Structure {
        Structure { docs: docs::shape(id, shape), ..self.plan_members(id, structure, &shape.place, diagnostics) }
    }

    fn plan_members(&self, id: &ShapeId, structure: &ir::Structure, place: &Place, diagnostics: &mut Diagnostics) -> Structure {
        let name = self.names.shape(&id.0);
        let mut scope = match &structure.error {
            Some(_) => Scope::new(self.service, &[("new", "the constructor"), ("meta", "what came with the response")]),
            None => Scope::new(self.service, &[("new", "the constructor")]),
        };
        let fields: Vec<Field> = structure
            .members
            .iter()
            .map(|member| {
                let place = place.child("members").child(&member.name);
                let field = self.plan_field(id, member, structure.error.is_some(), &place, diagnostics);
                let owner = format!("{id}.{}", member.name);
                scope.claim(field.name.as_str(), &owner, &place, diagnostics);
                field
            })
            .collect();
        let error = structure.error.as_ref().map(|error| ErrorStructure {
            variant: Name::new(variant_of_exception(&name)),
            code: error.code.clone().unwrap_or_else(|| id.0.clone()),
            status: error.status,
            message: message_of(&fields).map(|field| field.name.clone()),
            hidden: message_of(&fields).is_some_and(|field| field.sensitive),
        });
        Structure {
            constructor: plan_constructor(&name, &fields, error.as_ref()),
            name: Name::new(&name),
            docs: Vec::new(),
            validated: self.validated.contains(id),
            sensitive: self.model.shapes.get(id).is_some_and(|shape| shape.sensitive),
            fields,
            error,
        }
    }

    fn plan_field(
        &self,
        owner: &ShapeId,
        member: &ir::Member,
        of_error: bool,
        place: &Place,
        diagnostics: &mut Diagnostics,
    ) -> Field {
        let (binding, wire_name) = self.plan_binding(member);
        let target = self.plan_target(&member.target);
        let default = self.plan_default(member, place, diagnostics);
        let has_default = default.of_field.is_some() || default.of_server.is_some();
        Field {
            name: Name::new(&self.names.member(&owner.0, &member.name)),
            member: member.name.clone(),
            wire_name: wire_name.to_owned(),
            wire_alias: (of_error && is_message(wire_name)).then(|| other_case(wire_name)),
            docs: docs::member(self.model, member),
            ty: if member.boxed { Type::Boxed(Box::new(target)) } else { target },
            required: member.required && !member.idempotency_token && !has_default,
            demanded: member.required && !has_default,
            default: default.of_field,
            server_default: default.of_server,
            host_label: member.host_label,
            form: self.plan_form(member, &binding),
            binding,
            sensitive: self.is_sensitive(&member.target),
            checks: self.plan_checks(&member.target),
        }
    }

    pub(super) fn plan_union(&self, id: &ShapeId, shape: &ir::Shape, union: &ir::Union, diagnostics: &mut Diagnostics) -> Union {
        let mut scope = Scope::new(self.service, &[("Unrecognized", "the member that the model does not know")]);
        let variants = union.members.iter().map(|member| {
            let name = self.names.variant(&id.0, &member.name);
            let place = shape.place.child("members").child(&member.name);
            scope.claim(&name, &format!("{id}.{}", member.name), &place, diagnostics);
            Variant { name: Name::new(&name), field: self.plan_field(id, member, false, &place, diagnostics) }
        });
        Union {
            variants: variants.collect(),
            name: Name::new(&self.names.shape(&id.0)),
            docs: docs::shape(id, shape),
            validated: self.validated.contains(id),
            sensitive: shape.sensitive,
        }
    }

    pub(super) fn plan_enumeration(
        &self,
        id: &ShapeId,
        shape: &ir::Shape,
        enumeration: &ir::Enumeration,
        diagnostics: &mut Diagnostics,
    ) -> Enumeration {
        let mut scope = Scope::new(self.service, &[("Unrecognized", "the value that the model does not know")]);
        let values = enumeration.values.iter().enumerate().map(|(index, value)| {
            let name = self.names.variant(&id.0, value.name.as_deref().unwrap_or(&value.value));
            let place = shape.place.child("enum").child(index);
            scope.claim(&name, &format!("{id}.{}", value.value), &place, diagnostics);
            (value.internal, (Name::new(&name), value.value.clone()))
        });
        let (internal, values): (Vec<_>, Vec<_>) = values.partition(|(internal, _)| *internal);
        let without_flag = |values: Vec<(bool, _)>| values.into_iter().map(|(_, value)| value).collect();
        Enumeration {
            values: without_flag(values),
            internal: without_flag(internal),
            name: Name::new(&self.names.shape(&id.0)),
            docs: docs::shape(id, shape),
        }
    }

    pub(super) fn plan_integer_enumeration(
        &self,
        id: &ShapeId,
        shape: &ir::Shape,
        enumeration: &ir::IntegerEnumeration,
        diagnostics: &mut Diagnostics,
    ) -> IntegerEnumeration {
        let mut scope = Scope::new(self.service, &[("Unrecognized", "the value that the model does not know")]);
        let values = enumeration.values.iter().map(|value| {
            let name = self.names.variant(&id.0, &value.name);
            let place = shape.place.child("members").child(&value.name);
            scope.claim(&name, &format!("{id}.{}", value.name), &place, diagnostics);
            (Name::new(&name), value.value)
        });
        IntegerEnumeration { values: values.collect(), name: Name::new(&self.names.shape(&id.0)), docs: docs::shape(id, shape) }
    }

    fn place(&self, id: &ShapeId, operation: &ir::Operation) -> Place {
        self.model.shapes.get(id).map_or_else(|| operation.place.clone(), |shape| shape.place.clone())
    }
}

fn plan_constructor(name: &str, fields: &[Field], error: Option<&ErrorStructure>) -> Constructor {
    let required = fields.iter().filter(|field| field.required).count();
    match (required, error.map(|error| &error.message)) {
        (0, None | Some(None)) => Constructor::Default,
        (_, Some(message)) => Constructor::Exception(message.clone()),
        (1..=MAX_POSITIONS, None) => Constructor::Positional,
        (_, None) => Constructor::Literal(Name::new(&format!("{name}Members"))),
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
