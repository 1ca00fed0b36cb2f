//! Leaves out the operations that stream events: nothing is generated for `smithy.api#streaming` unions yet.

use super::closure::closure;
use crate::diagnostic::Diagnostics;
use crate::ir::{Model, Operation, ShapeKind};

/// Drops every operation whose messages reach a stream of events, and says so.
pub(super) fn leave_out(model: &mut Model, diagnostics: &mut Diagnostics) {
    let Model { operations, shapes, .. } = model;
    operations.retain(|name, operation: &mut Operation| {
        let messages = operation.input.iter().chain(&operation.output);
        let streams = closure(shapes, messages)
            .into_iter()
            .filter_map(|id| shapes.get(id))
            .any(|shape| shape.streaming.is_some() && matches!(shape.kind, ShapeKind::Union(_) | ShapeKind::Structure(_)));
        if streams {
            let message = format!("not supported yet: the events that `{name}` streams; the operation is left out");
            diagnostics.warning(&operation.place, message, "nothing to do: the other operations are generated");
        }
        !streams
    });
}
