//! What only the whole model can tell: whether references lead somewhere, and whether bindings fit what they bind.

use super::Definitions;
use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{Binding, Member, Operation, Scalar, Shape, ShapeId, ShapeKind};
use std::collections::{BTreeMap, BTreeSet};

/// Reports what does not fit together, and moves bindings that HTTP has no room for into the body.
pub(super) fn check(definitions: &mut Definitions, diagnostics: &mut Diagnostics) {
    let Definitions { operations, shapes, broken, .. } = definitions;
    normalize_bindings(operations, shapes, diagnostics);
    let checker = Checker { shapes, broken };
    for operation in operations.values() {
        checker.check_operation(operation, diagnostics);
    }
    for shape in shapes.values() {
        checker.check_shape(shape, diagnostics);
    }
}

/// Where a structure stands at the top level of a message.
#[derive(Clone, Copy, Default)]
struct Role {
    input: bool,
    response: bool,
}

impl Role {
    fn allows(self, binding: &Binding) -> bool {
        match binding {
            Binding::Body => true,
            Binding::Label(_) | Binding::Query(_) => self.input,
            Binding::Header(_) => self.input || self.response,
        }
    }
}

/// A binding counts at the top level of a message only; elsewhere the member is in the body, by the name of the binding. That is
/// what botocore does.
fn normalize_bindings(
    operations: &BTreeMap<String, Operation>,
    shapes: &mut BTreeMap<ShapeId, Shape>,
    diagnostics: &mut Diagnostics,
) {
    let roles = roles(operations);
    for (id, shape) in shapes {
        let role = roles.get(id).copied().unwrap_or_default();
        let Shape { kind: ShapeKind::Structure(_) | ShapeKind::Union(_), .. } = shape else { continue };
        let place = shape.place.child("members");
        for member in members_mut(&mut shape.kind) {
            if !role.allows(&member.binding) {
                let message = format!("the location of `{}` counts in an operation's messages only", member.name);
                let help = "nothing to do: it is taken to be in the body";
                diagnostics.warning(&place.child(&member.name).child("location"), message, help);
                move_to_body(member);
            }
        }
    }
}

fn roles(operations: &BTreeMap<String, Operation>) -> BTreeMap<&ShapeId, Role> {
    let mut roles = BTreeMap::<_, Role>::new();
    for operation in operations.values() {
        if let Some(input) = &operation.input {
            roles.entry(input).or_default().input = true;
        }
        for id in operation.output.iter().chain(&operation.errors) {
            roles.entry(id).or_default().response = true;
        }
    }
    roles
}

fn members_mut(kind: &mut ShapeKind) -> &mut [Member] {
    match kind {
        ShapeKind::Structure(structure) => &mut structure.members,
        ShapeKind::Union(union) => &mut union.members,
        _ => &mut [],
    }
}

fn move_to_body(member: &mut Member) {
    let binding = std::mem::replace(&mut member.binding, Binding::Body);
    member.wire_name = match binding {
        Binding::Body => None,
        Binding::Label(name) | Binding::Query(name) | Binding::Header(name) => Some(name).filter(|name| *name != member.name),
    };
}

struct Checker<'m> {
    shapes: &'m BTreeMap<ShapeId, Shape>,
    broken: &'m BTreeSet<String>,
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
            (None, _) => check_labels(operation, &[], None, diagnostics),
            (Some(id), Some(members)) => {
                let place = self.shapes.get(id).map(|shape| shape.place.child("members"));
                check_labels(operation, members, place.as_ref(), diagnostics);
            }
            (Some(_), None) => {}
        }
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

    fn check_shape(&self, shape: &Shape, diagnostics: &mut Diagnostics) {
        match &shape.kind {
            ShapeKind::Scalar(_) | ShapeKind::Enumeration(_) => {}
            ShapeKind::List(list) => {
                self.resolve(&list.member, &shape.place.child("member").child("shape"), diagnostics);
            }
            ShapeKind::Map(map) => {
                self.check_key(&map.key, &shape.place.child("key").child("shape"), diagnostics);
                self.resolve(&map.value, &shape.place.child("value").child("shape"), diagnostics);
            }
            ShapeKind::Structure(structure) => self.check_members(&structure.members, shape, diagnostics),
            ShapeKind::Union(union) => {
                if union.members.is_empty() {
                    diagnostics.error(&shape.place, "a union without members", "give it a member");
                }
                self.check_members(&union.members, shape, diagnostics);
            }
        }
    }

    fn check_key(&self, id: &ShapeId, place: &Place, diagnostics: &mut Diagnostics) {
        match self.resolve(id, place, diagnostics) {
            None | Some(ShapeKind::Scalar(Scalar::String) | ShapeKind::Enumeration(_)) => {}
            Some(_) => diagnostics.error(place, format!("`{id}` is not a string"), "the keys of a map are strings"),
        }
    }

    fn check_members(&self, members: &[Member], shape: &Shape, diagnostics: &mut Diagnostics) {
        let place = shape.place.child("members");
        for member in members {
            let place = place.child(&member.name);
            let Some(target) = self.resolve(&member.target, &place.child("shape"), diagnostics) else { continue };
            self.check_binding(member, target, &place, diagnostics);
            self.check_format(member, target, &place, diagnostics);
        }
    }

    fn check_binding(&self, member: &Member, target: &ShapeKind, place: &Place, diagnostics: &mut Diagnostics) {
        let (is_possible, what) = match &member.binding {
            Binding::Body => (true, ""),
            Binding::Label(_) => (is_text(target), "in the path"),
            Binding::Query(_) => (self.is_text_or_list(target), "in the query"),
            Binding::Header(_) => (self.is_text_or_list(target), "in a header"),
        };
        if !is_possible {
            let message = format!("not supported yet: `{}` {what}", member.target);
            diagnostics.error(&place.child("location"), message, "only scalars travel there, and lists of them but in the path");
        }
    }

    fn is_text_or_list(&self, kind: &ShapeKind) -> bool {
        match kind {
            // A list of nothing is reported where it is defined.
            ShapeKind::List(list) => self.shapes.get(&list.member).is_none_or(|element| is_text(&element.kind)),
            other => is_text(other),
        }
    }

    fn check_format(&self, member: &Member, target: &ShapeKind, place: &Place, diagnostics: &mut Diagnostics) {
        if member.timestamp_format.is_some() && !matches!(target, ShapeKind::Scalar(Scalar::Timestamp(_))) {
            let message = format!("a timestamp format for `{}`, which is no timestamp", member.target);
            diagnostics.error(&place.child("timestampFormat"), message, "drop the format");
        }
    }
}

/// Whether a value is one piece of text outside of a body.
fn is_text(kind: &ShapeKind) -> bool {
    matches!(kind, ShapeKind::Enumeration(_) | ShapeKind::Scalar(_)) && *kind != ShapeKind::Scalar(Scalar::Document)
}

fn check_labels(operation: &Operation, members: &[Member], members_place: Option<&Place>, diagnostics: &mut Diagnostics) {
    let label_of = |member: &Member| match &member.binding {
        Binding::Label(label) => Some(label.clone()),
        _ => None,
    };
    let uri_place = operation.place.child("http").child("requestUri");
    for label in operation.http.uri.labels() {
        if !members.iter().any(|member| label_of(member).as_deref() == Some(label)) {
            let help = format!("give the input a member with `\"location\": \"uri\"` and `\"locationName\": \"{label}\"`");
            diagnostics.error(&uri_place, format!("no input member fills the label `{label}`"), help);
        }
    }
    let Some(members_place) = members_place else { return };
    for member in members {
        let Some(label) = label_of(member) else { continue };
        let place = members_place.child(&member.name);
        if !operation.http.uri.labels().any(|known| known == label) {
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
