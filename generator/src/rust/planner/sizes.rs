//! How large values are, about: clippy warns of enums with one variant that is much larger than all others, and nobody who reads a model
//! can change that.

use crate::ir::{self, Model, Scalar, ShapeId, ShapeKind};
use std::collections::BTreeMap;

/// From how many bytes on a difference may be one that clippy warns of: at 200, but sizes are known about only.
const LARGE: usize = 160;

const POINTER: usize = 8;
const NUMBER: usize = 16;
const TEXT: usize = 24;
const DOCUMENT: usize = 32;

/// How large the values of shapes are, in bytes.
pub(super) struct Sizes<'a> {
    model: &'a Model,
    known: BTreeMap<&'a ShapeId, usize>,
}

impl<'a> Sizes<'a> {
    /// The sizes of all shapes of a model.
    pub(super) fn new(model: &'a Model) -> Self {
        let mut sizes = Self { model, known: BTreeMap::new() };
        for id in model.shapes.keys() {
            sizes.measure(id);
        }
        sizes
    }

    /// Whether values of one of some shapes are much larger than those of all others.
    pub(super) fn is_lopsided<'s>(&self, ids: impl Iterator<Item = &'s ShapeId>) -> bool {
        let sizes = ids.map(|id| self.known.get(id).copied().unwrap_or(POINTER));
        let (largest, second) = sizes.fold((0, TEXT + DOCUMENT), |(largest, second), size| match size > largest {
            true => (size, second.max(largest)),
            false => (largest, second.max(size)),
        });
        largest >= second + LARGE
    }

    /// Types do not nest deeper than a pass allows, but for cycles, which are boxed.
    fn measure(&mut self, id: &'a ShapeId) -> usize {
        if let Some(size) = self.known.get(id) {
            return *size;
        }
        self.known.insert(id, POINTER);
        let size = match self.model.shapes.get(id).map(|shape| &shape.kind) {
            None => POINTER,
            Some(ShapeKind::Scalar(scalar)) => scalar_size(*scalar),
            Some(ShapeKind::Enumeration(_) | ShapeKind::List(_) | ShapeKind::Map(_)) => TEXT,
            Some(ShapeKind::IntegerEnumeration(_)) => NUMBER,
            Some(ShapeKind::Structure(structure)) => {
                let members = structure.members.iter().map(|member| self.measure_member(member));
                members.fold(0, usize::saturating_add)
            }
            Some(ShapeKind::Union(union)) => {
                let members = union.members.iter().map(|member| self.measure_member(member));
                members.fold(TEXT + DOCUMENT, usize::max).saturating_add(POINTER)
            }
        };
        self.known.insert(id, size);
        size
    }

    fn measure_member(&mut self, member: &'a ir::Member) -> usize {
        if member.boxed { POINTER } else { self.measure(&member.target) }
    }
}

fn scalar_size(scalar: Scalar) -> usize {
    match scalar {
        Scalar::Boolean | Scalar::Byte | Scalar::Short => 2,
        Scalar::Integer | Scalar::Float => POINTER,
        Scalar::Long | Scalar::Double => NUMBER,
        Scalar::Document => DOCUMENT,
        Scalar::Unit => 0,
        _ => TEXT,
    }
}
