//! Drops the shapes that no operation reaches.

use super::closure::closure;
use crate::diagnostic::Diagnostics;
use crate::ir::{Model, Operation, ShapeId};
use std::collections::BTreeSet;

/// Keeps the closure of the operations, of which there must be one.
pub(super) fn prune(model: &mut Model, diagnostics: &mut Diagnostics) {
    if model.operations.is_empty() {
        let help = "add one, or name another service: a trait without methods is of no use to anybody";
        diagnostics.error(&model.service.place, "the service has no operations", help);
    }
    keep_reached(model);
}

/// Keeps the closure of the operations.
pub(super) fn keep_reached(model: &mut Model) {
    let roots = model.operations.values().flat_map(messages);
    let reached: BTreeSet<ShapeId> = closure(&model.shapes, roots).into_iter().cloned().collect();
    model.shapes.retain(|id, _| reached.contains(id));
}

fn messages(operation: &Operation) -> impl Iterator<Item = &ShapeId> {
    operation.input.iter().chain(&operation.output).chain(&operation.errors)
}
