//! What only the whole model can tell: whether references lead somewhere, and whether bindings fit what they bind.

use super::Definitions;
use super::bindings::roles;
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::bindings::{Form, MAX_DEPTH, Role, check_form, check_payload, report_stream};
use crate::frontend::host::{HostMember, HostWords, check_host_labels};
use crate::frontend::nesting::check_nesting;
use crate::frontend::operations::{check_operations, report_token};
use crate::frontend::wire::check_names;
use crate::ir::{Binding, HttpBinding, Member, Operation, Scalar, Shape, ShapeId, ShapeKind};
use std::collections::{BTreeMap, BTreeSet};

/// How a host label is written.
const HOST_WORDS: HostWords = HostWords { label: "`\"hostLabel\": true`", required: "add it to `required`" };

/// Reports what does not fit together.
pub(super) fn check(definitions: &Definitions, diagnostics: &mut Diagnostics) {
    let Definitions { operations, shapes, broken, .. } = definitions;
    let checker = Checker { shapes, broken, roles: roles(operations, shapes) };
    for operation in operations.values() {
        checker.check_operation(operation, diagnostics);
    }
    check_operations(operations, shapes, diagnostics);
    for (id, shape) in shapes {
        checker.check_shape(id, shape, diagnostics);
        check_nesting(&id.0, |id| checker.collection_element(id), &shape.place, diagnostics);
    }
}

struct Checker<'m> {
    shapes: &'m BTreeMap<ShapeId, Shape>,
    broken: &'m BTreeSet<String>,
    roles: BTreeMap<&'m ShapeId, Role>,
}

impl Checker<'_> {
    /// The kind of a shape. Reports a reference that leads nowhere, unless the reason is reported already.
    fn resolve(&self, id: &ShapeId, place: &Place, diagnostics: &mut Diagnostics) -> Option<&ShapeKind> {
        let shape = self.shapes.get(id);
        if shape.is_none() && !id.0.is_empty() && !self.broken.contains(&id.0) {
            diagnostics.error(place, format!("the shape `{id}` is not defined"), "define it, or correct the reference");
        }
        shape.map(|shape| &shape.kind)
    }

    fn check_operation(&self, operation: &Operation, diagnostics: &mut Diagnostics) {
        let place = &operation.place;
        let input = self.check_message(operation.input.as_ref(), &place.child("input"), diagnostics);
        self.check_message(operation.output.as_ref(), &place.child("output"), diagnostics);
        for (index, error) in operation.errors.iter().enumerate() {
            self.check_error(error, &place.child("errors").child(index).child("shape"), diagnostics);
        }
        match (&operation.input, input) {
            (None, _) => {
                check_labels(operation, &[], None, diagnostics);
                self.check_host_labels(operation, &[], place, diagnostics);
            }
            (Some(id), Some(members)) => {
                let place = self.shapes.get(id).map(|shape| shape.place.child("members"));
                check_labels(operation, members, place.as_ref(), diagnostics);
                self.check_host_labels(operation, members, &place.unwrap_or_else(|| operation.place.clone()), diagnostics);
            }
            (Some(_), None) => {}
        }
    }

    fn check_host_labels(&self, operation: &Operation, members: &[Member], place: &Place, diagnostics: &mut Diagnostics) {
        let Some(prefix) = &operation.host_prefix else { return };
        let members = members.iter().map(|member| HostMember {
            name: &member.name,
            is_label: member.host_label,
            required: member.required,
            is_string: self.form(&member.target).is_none_or(|form| form == Form::Text),
            place: place.child(&member.name),
        });
        let members: Vec<HostMember<'_>> = members.collect();
        let prefix_place = operation.place.child("endpoint").child("hostPrefix");
        check_host_labels(prefix, &prefix_place, &members, &HOST_WORDS, diagnostics);
    }

    fn check_message(&self, id: Option<&ShapeId>, place: &Place, diagnostics: &mut Diagnostics) -> Option<&[Member]> {
        let id = id?;
        let place = place.child("shape");
        match self.resolve(id, &place, diagnostics)? {
            ShapeKind::Structure(structure) => Some(&structure.members),
            _ => {
                diagnostics.error(&place, format!("`{id}` is not a structure"), "an operation takes and answers structures");
                None
            }
        }
    }

    fn check_error(&self, id: &ShapeId, place: &Place, diagnostics: &mut Diagnostics) {
        match self.resolve(id, place, diagnostics) {
            None => {}
            Some(ShapeKind::Structure(structure)) if structure.error.is_some() => {}
            Some(_) => {
                let help = "give the structure `\"exception\": true`, or drop it from the errors";
                diagnostics.error(place, format!("`{id}` is not an exception"), help);
            }
        }
    }

    fn check_shape(&self, id: &ShapeId, shape: &Shape, diagnostics: &mut Diagnostics) {
        match &shape.kind {
            ShapeKind::Scalar(_) | ShapeKind::Enumeration(_) | ShapeKind::IntegerEnumeration(_) => {}
            ShapeKind::List(list) => {
                self.check_element(&list.member, &shape.place.child("member").child("shape"), diagnostics);
            }
            ShapeKind::Map(map) => {
                self.check_key(&map.key, &shape.place.child("key").child("shape"), diagnostics);
                self.check_element(&map.value, &shape.place.child("value").child("shape"), diagnostics);
            }
            ShapeKind::Structure(structure) => self.check_members(&structure.members, id, shape, diagnostics),
            ShapeKind::Union(union) => {
                if union.members.is_empty() {
                    diagnostics.error(&shape.place, "a union without members", "give it a member");
                }
                self.check_members(&union.members, id, shape, diagnostics);
            }
        }
    }

    /// What a list or a map holds.
    fn collection_element(&self, id: &str) -> Option<&str> {
        match &self.shapes.get(&ShapeId::from(id))?.kind {
            ShapeKind::List(list) => Some(&list.member.0),
            ShapeKind::Map(map) => Some(&map.value.0),
            _ => None,
        }
    }

    fn check_element(&self, id: &ShapeId, place: &Place, diagnostics: &mut Diagnostics) {
        self.resolve(id, place, diagnostics);
        if self.is_stream(id) {
            report_stream(id, place, diagnostics);
        }
    }

    /// Whether a shape is bytes that come bit by bit. Events do so, too, and are looked at elsewhere.
    fn is_stream(&self, id: &ShapeId) -> bool {
        let is_stream = |shape: &Shape| shape.streaming.is_some() && shape.kind == ShapeKind::Scalar(Scalar::Blob);
        self.shapes.get(id).is_some_and(is_stream)
    }

    fn check_key(&self, id: &ShapeId, place: &Place, diagnostics: &mut Diagnostics) {
        match self.resolve(id, place, diagnostics) {
            None | Some(ShapeKind::Scalar(Scalar::String) | ShapeKind::Enumeration(_)) => {}
            Some(_) => diagnostics.error(place, format!("`{id}` is not a string"), "the keys of a map are strings"),
        }
    }

    fn check_members(&self, members: &[Member], id: &ShapeId, shape: &Shape, diagnostics: &mut Diagnostics) {
        let place = shape.place.child("members");
        for member in members {
            let place = place.child(&member.name);
            let Some(target) = self.resolve(&member.target, &place.child("shape"), diagnostics) else { continue };
            self.check_binding(member, &place, diagnostics);
            self.check_format(member, target, &place, diagnostics);
            if member.idempotency_token && *target != ShapeKind::Scalar(Scalar::String) {
                report_token(&member.target, &place.child("idempotencyToken"), diagnostics);
            }
        }
        check_payload(members, |member| place.child(&member.name), diagnostics);
        let role = self.roles.get(id).copied().unwrap_or_default();
        check_names(members, role, |member| place.child(&member.name), diagnostics);
    }

    fn check_binding(&self, member: &Member, place: &Place, diagnostics: &mut Diagnostics) {
        if let Some(form) = self.form(&member.target) {
            let key = if member.binding == Binding::Payload { "shape" } else { "location" };
            check_form(&member.binding, &member.target, &form, &place.child(key), diagnostics);
        }
        if self.is_stream(&member.target) && member.binding != Binding::Payload {
            report_stream(&member.target, &place.child("shape"), diagnostics);
        }
    }

    /// What a shape is to HTTP; `None` when that is not known, which is reported elsewhere.
    fn form(&self, id: &ShapeId) -> Option<Form> {
        self.form_within(id, MAX_DEPTH)
    }

    fn form_within(&self, id: &ShapeId, depth: usize) -> Option<Form> {
        let Some(depth) = depth.checked_sub(1) else { return Some(Form::Tree) };
        let inner = |id: &ShapeId| self.form_within(id, depth).map(Box::new);
        Some(match &self.shapes.get(id)?.kind {
            ShapeKind::Scalar(scalar) => Form::from(*scalar),
            ShapeKind::Enumeration(_) => Form::Text,
            ShapeKind::IntegerEnumeration(_) => Form::Integer,
            // No text stands for a null.
            ShapeKind::List(list) if list.sparse => Form::Tree,
            ShapeKind::List(list) => Form::List(inner(&list.member)?),
            ShapeKind::Map(map) => Form::Map(inner(&map.value)?),
            ShapeKind::Structure(_) | ShapeKind::Union(_) => Form::Tree,
        })
    }

    fn check_format(&self, member: &Member, target: &ShapeKind, place: &Place, diagnostics: &mut Diagnostics) {
        if member.timestamp_format.is_some() && !matches!(target, ShapeKind::Scalar(Scalar::Timestamp(_))) {
            let message = format!("a timestamp format for `{}`, which is no timestamp", member.target);
            diagnostics.error(&place.child("timestampFormat"), message, "drop the format");
        }
    }
}

fn check_labels(operation: &Operation, members: &[Member], members_place: Option<&Place>, diagnostics: &mut Diagnostics) {
    let label_of = |member: &Member| match &member.binding {
        Binding::Label(label) => Some(label.clone()),
        _ => None,
    };
    let uri_place = operation.place.child("http").child("requestUri");
    let Some(HttpBinding { uri, .. }) = &operation.http else { return };
    for label in uri.labels() {
        if !members.iter().any(|member| label_of(member).as_deref() == Some(label)) {
            let help = format!("give the input a member with `\"location\": \"uri\"` and `\"locationName\": \"{label}\"`");
            diagnostics.error(&uri_place, format!("no input member fills the label `{label}`"), help);
        }
    }
    let Some(members_place) = members_place else { return };
    for member in members {
        let Some(label) = label_of(member) else { continue };
        let place = members_place.child(&member.name);
        if !uri.labels().any(|known| known == label) {
            let message = format!("the URI of `{}` has no label `{label}`", operation.name);
            let help = format!("add `{{{label}}}` to its `requestUri`, or give the member another location");
            diagnostics.error(&place, message, help);
        }
        if !member.required {
            let message = format!("`{}` is a label, but not required", member.name);
            diagnostics.error(&place, message, "add it to `required`: without it there is no path");
        }
    }
}
