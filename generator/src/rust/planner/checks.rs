//! What a server checks.

use super::Planner;
use crate::ir::{self, Constraints, Model, Range, Scalar, ShapeId, ShapeKind};
use crate::rust::names::Name;
use crate::rust::plan::{Check, PatternStatic};
use crate::rust::words;
use std::collections::BTreeSet;

/// The structures, unions and enums that a request reaches and whose values can be wrong.
pub(super) fn validated_shapes(model: &Model) -> BTreeSet<&ShapeId> {
    let inputs = || model.shapes.iter().filter(|(_, shape)| shape.usage.input);
    let mut validated: BTreeSet<&ShapeId> = inputs()
        .filter(|(_, shape)| matches!(shape.kind, ShapeKind::Enumeration(_)) || !shape.constraints.is_empty())
        .map(|(id, _)| id)
        .collect();
    // Whatever reaches a value that can be wrong can be wrong itself.
    loop {
        let more: Vec<&ShapeId> = inputs()
            .filter(|(id, shape)| !validated.contains(id) && targets(shape).any(|target| validated.contains(target)))
            .map(|(id, _)| id)
            .collect();
        if more.is_empty() {
            return validated;
        }
        validated.extend(more);
    }
}

fn targets(shape: &ir::Shape) -> Box<dyn Iterator<Item = &ShapeId> + '_> {
    match &shape.kind {
        ShapeKind::Structure(ir::Structure { members, .. }) | ShapeKind::Union(ir::Union { members }) => {
            Box::new(members.iter().map(|member| &member.target))
        }
        ShapeKind::List(list) => Box::new([&list.member].into_iter()),
        ShapeKind::Map(map) => Box::new([&map.key, &map.value].into_iter()),
        ShapeKind::Scalar(_) | ShapeKind::Enumeration(_) => Box::new(std::iter::empty()),
    }
}

impl Planner<'_> {
    /// What a server checks of a value of this shape.
    pub(super) fn plan_checks(&self, id: &ShapeId) -> Vec<Check> {
        let Some(shape) = self.model.shapes.get(id).filter(|_| self.validated.contains(id)) else { return Vec::new() };
        let mut checks = plan_constraints(id, shape);
        match &shape.kind {
            ShapeKind::Structure(_) | ShapeKind::Union(_) | ShapeKind::Enumeration(_) => checks.push(Check::Inside),
            ShapeKind::List(list) => checks.extend(nested(Check::Each, self.plan_checks(&list.member))),
            ShapeKind::Map(map) => {
                checks.extend(some(Check::Keys, self.plan_checks(&map.key)));
                checks.extend(nested(Check::Values, self.plan_checks(&map.value)));
            }
            ShapeKind::Scalar(_) => {}
        }
        checks
    }
}

/// What is inside checks itself; only other checks need to go from one to the next.
fn nested(wrap: fn(Vec<Check>) -> Check, checks: Vec<Check>) -> Option<Check> {
    match checks.as_slice() {
        [Check::Inside] => Some(Check::Inside),
        _ => some(wrap, checks),
    }
}

fn some(wrap: fn(Vec<Check>) -> Check, checks: Vec<Check>) -> Option<Check> {
    (!checks.is_empty()).then(|| wrap(checks))
}

fn plan_constraints(id: &ShapeId, shape: &ir::Shape) -> Vec<Check> {
    let Constraints { length, range, pattern, unique_items } = &shape.constraints;
    let length = length.map(|length| (length.min.filter(|min| *min > 0), length.max));
    let length = length.filter(|bounds| *bounds != (None, None)).map(|(min, max)| Check::Length(min, max));
    let range = range.map(|range| plan_range(range, &shape.kind));
    let pattern = pattern.as_ref().map(|pattern| {
        let name = Name::new(&words::snake_case(&id.0).to_uppercase());
        Check::Pattern(PatternStatic { name, regex: pattern.regex.clone(), whole: pattern.whole })
    });
    let unique = unique_items.then_some(Check::Unique);
    length.into_iter().chain(range).chain(pattern).chain(unique).collect()
}

fn plan_range(range: Range, kind: &ShapeKind) -> Check {
    let floating = matches!(kind, ShapeKind::Scalar(Scalar::Float | Scalar::Double));
    let literal = |bound| match bound {
        ir::Bound::Integer(value) if floating => format!("{value}.0"),
        ir::Bound::Integer(value) => value.to_string(),
        ir::Bound::Float(value) => format!("{value:?}"),
    };
    Check::Range(range.min.map(literal), range.max.map(literal))
}
