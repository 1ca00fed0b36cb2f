//! Which shapes refer to which.

use crate::ir::{Member, Shape, ShapeId, ShapeKind};
use std::collections::{BTreeMap, BTreeSet};

/// The members of a structure or union; none of anything else.
pub(super) fn members(shape: &Shape) -> &[Member] {
    match &shape.kind {
        ShapeKind::Structure(structure) => &structure.members,
        ShapeKind::Union(union) => &union.members,
        _ => &[],
    }
}

/// The shapes that a shape refers to.
fn targets(shape: &Shape) -> Vec<&ShapeId> {
    match &shape.kind {
        ShapeKind::Scalar(_) | ShapeKind::Enumeration(_) | ShapeKind::IntegerEnumeration(_) => Vec::new(),
        ShapeKind::List(list) => vec![&list.member],
        ShapeKind::Map(map) => vec![&map.key, &map.value],
        ShapeKind::Structure(_) | ShapeKind::Union(_) => members(shape).iter().map(|member| &member.target).collect(),
    }
}

/// Everything that can be reached from `roots`, and the roots themselves.
pub(super) fn closure<'m>(
    shapes: &'m BTreeMap<ShapeId, Shape>,
    roots: impl IntoIterator<Item = &'m ShapeId>,
) -> BTreeSet<&'m ShapeId> {
    let mut open: Vec<&ShapeId> = roots.into_iter().collect();
    let mut reached = BTreeSet::new();
    while let Some(id) = open.pop() {
        if reached.insert(id)
            && let Some(shape) = shapes.get(id)
        {
            open.extend(targets(shape));
        }
    }
    reached
}
