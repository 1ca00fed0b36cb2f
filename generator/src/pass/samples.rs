//! Shapes for the tests of passes.

use crate::diagnostic::Place;
use crate::ir::{Binding, Constraints, Documentation, List, Member, Scalar, Shape, ShapeId, ShapeKind, Structure, Union, Usage};

/// A member of this name and target; required where the name ends with `!`.
pub(super) fn member((name, target): &(&str, &str)) -> Member {
    Member {
        name: name.trim_end_matches('!').to_owned(),
        target: (*target).into(),
        required: name.ends_with('!'),
        binding: Binding::Body,
        wire_name: None,
        timestamp_format: None,
        idempotency_token: false,
        host_label: false,
        endpoint_id: false,
        context_parameter: None,
        default: None,
        client_optional: false,
        boxed: false,
        documentation: Documentation::default(),
    }
}

pub(super) fn shape(id: &str, kind: ShapeKind) -> (ShapeId, Shape) {
    let shape = Shape {
        kind,
        sensitive: false,
        constraints: Constraints::default(),
        media_type: None,
        streaming: None,
        documentation: Documentation::default(),
        usage: Usage::default(),
        place: Place::file("model.json").child("shapes").child(id),
    };
    (id.into(), shape)
}

pub(super) fn structure(id: &str, members: &[(&str, &str)]) -> (ShapeId, Shape) {
    shape(id, ShapeKind::Structure(Structure { members: members.iter().map(member).collect(), error: None }))
}

pub(super) fn union(id: &str, members: &[(&str, &str)]) -> (ShapeId, Shape) {
    shape(id, ShapeKind::Union(Union { members: members.iter().map(member).collect() }))
}

pub(super) fn list(id: &str, element: &str) -> (ShapeId, Shape) {
    shape(id, ShapeKind::List(List { member: element.into(), sparse: false }))
}

pub(super) fn string() -> (ShapeId, Shape) {
    shape("String", ShapeKind::Scalar(Scalar::String))
}
