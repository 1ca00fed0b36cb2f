//! Leaves out the operations that stream events: nothing is generated for `smithy.api#streaming` unions yet.

use super::closure::users;
use crate::diagnostic::Diagnostics;
use crate::ir::{Model, Operation, Shape, ShapeId, ShapeKind};
use std::collections::BTreeMap;

/// Drops every operation whose messages reach a stream of events, and says so.
pub(super) fn leave_out(model: &mut Model, diagnostics: &mut Diagnostics) {
    let Model { operations, shapes, .. } = model;
    let streaming = users(shapes, streams(shapes));
    operations.retain(|name, operation: &mut Operation| {
        let streams = operation.input.iter().chain(&operation.output).any(|id| streaming.contains(id));
        if streams {
            let message = format!("not supported yet: the events that `{name}` streams; the operation is left out");
            diagnostics.warning(&operation.place, message, "nothing to do: the other operations are generated");
        }
        !streams
    });
}

fn streams(shapes: &BTreeMap<ShapeId, Shape>) -> impl Iterator<Item = &ShapeId> {
    let is_stream =
        |shape: &Shape| shape.streaming.is_some() && matches!(shape.kind, ShapeKind::Union(_) | ShapeKind::Structure(_));
    shapes.iter().filter(move |(_, shape)| is_stream(shape)).map(|(id, _)| id)
}
