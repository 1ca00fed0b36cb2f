//! Notes where operations reach a shape.

use super::closure::closure;
use crate::ir::{Model, Operation, ShapeId, Usage};
use std::collections::BTreeSet;

/// Fills in the usage of every shape.
pub(super) fn fill(model: &mut Model) {
    let input = reached(model, |operation| operation.input.as_slice());
    let output = reached(model, |operation| operation.output.as_slice());
    let error = reached(model, |operation| &operation.errors);
    for (id, shape) in &mut model.shapes {
        shape.usage = Usage { input: input.contains(id), output: output.contains(id), error: error.contains(id) };
    }
}

fn reached(model: &Model, messages: impl Fn(&Operation) -> &[ShapeId]) -> BTreeSet<ShapeId> {
    let roots = model.operations.values().flat_map(messages);
    closure(&model.shapes, roots).into_iter().cloned().collect()
}
