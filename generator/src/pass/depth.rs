//! Refuses types that hold one another so deeply that rustc gives up on them: its limit is 128 steps from a type to what it is made of.

use super::closure::members;
use crate::diagnostic::Diagnostics;
use crate::ir::{Shape, ShapeId, ShapeKind};
use std::collections::{BTreeMap, BTreeSet};

/// How many steps a type may take; the rest of rustc's are for what a program wraps around it: futures, above all.
const MAX_STEPS: usize = 100;

/// A structure or a union, in its `Option`.
const AGGREGATE: usize = 2;

/// A list or a map: from `Vec<T>` to `T`.
const COLLECTION: usize = 3;

/// The box that closes a cycle.
const BOX: usize = 2;

/// Reports the type that takes the most steps, if they are too many.
pub(super) fn check(shapes: &BTreeMap<ShapeId, Shape>, diagnostics: &mut Diagnostics) {
    let Some((id, steps)) = steps(shapes).into_iter().max_by_key(|(_, steps)| *steps) else { return };
    if steps > MAX_STEPS
        && let Some(shape) = shapes.get(id)
    {
        let message =
            format!("`{id}` holds others so deeply that Rust does not compile it: {steps} steps, where {MAX_STEPS} will do");
        diagnostics.error(&shape.place, message, "hold less in one another: refer to it by its id, or make it a document");
    }
}

/// A shape that the search is in, and its next target.
struct Frame<'m> {
    id: &'m ShapeId,
    next: usize,
    deepest: usize,
}

/// How many steps each shape takes. A stack of our own: a model may nest deeper than a thread's.
fn steps(shapes: &BTreeMap<ShapeId, Shape>) -> BTreeMap<&ShapeId, usize> {
    let mut found = BTreeMap::new();
    for root in shapes.keys() {
        let mut stack = vec![Frame { id: root, next: 0, deepest: 0 }];
        // What is open has no number yet.
        let mut open = BTreeSet::from([root]);
        while let Some(frame) = stack.last_mut() {
            let Some(shape) = shapes.get(frame.id).filter(|_| !found.contains_key(frame.id)) else {
                stack.pop();
                continue;
            };
            let Some(target) = target(shape, frame.next) else {
                let steps = own_steps(shape) + frame.deepest;
                found.insert(frame.id, steps);
                open.remove(frame.id);
                stack.pop();
                if let Some(user) = stack.last_mut() {
                    user.deepest = user.deepest.max(steps);
                }
                continue;
            };
            frame.next += 1;
            if let Some(steps) = found.get(target) {
                frame.deepest = frame.deepest.max(*steps);
            } else if !open.insert(target) {
                frame.deepest = frame.deepest.max(BOX);
            } else if shapes.contains_key(target) {
                stack.push(Frame { id: target, next: 0, deepest: 0 });
            }
        }
    }
    found
}

fn own_steps(shape: &Shape) -> usize {
    match shape.kind {
        ShapeKind::Structure(_) | ShapeKind::Union(_) => AGGREGATE,
        ShapeKind::List(_) | ShapeKind::Map(_) => COLLECTION,
        ShapeKind::Scalar(_) | ShapeKind::Enumeration(_) | ShapeKind::IntegerEnumeration(_) => 1,
    }
}

fn target(shape: &Shape, index: usize) -> Option<&ShapeId> {
    match &shape.kind {
        ShapeKind::List(list) => Some(&list.member).filter(|_| index == 0),
        ShapeKind::Map(map) => Some(&map.value).filter(|_| index == 0),
        _ => members(shape).get(index).map(|member| &member.target),
    }
}

#[cfg(test)]
mod tests;
