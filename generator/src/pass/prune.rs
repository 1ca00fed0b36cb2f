//! Drops the shapes that no operation reaches.

use super::closure::closure;
use crate::ir::{Model, Operation, ShapeId};
use std::collections::BTreeSet;

/// Keeps the closure of the operations.
pub(super) fn prune(model: &mut Model) {
    let roots = model.operations.values().flat_map(messages);
    let reached: BTreeSet<ShapeId> = closure(&model.shapes, roots).into_iter().cloned().collect();
    model.shapes.retain(|id, _| reached.contains(id));
}

fn messages(operation: &Operation) -> impl Iterator<Item = &ShapeId> {
    operation.input.iter().chain(&operation.output).chain(&operation.errors)
}
