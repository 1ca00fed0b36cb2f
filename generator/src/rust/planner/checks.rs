//! What a server checks.

use super::Planner;
use crate::ir::{self, Bound, Constraints, Length, Model, Range, Scalar, ShapeId, ShapeKind};
use crate::rust::plan::{Check, Number, PatternStatic};
use std::collections::{BTreeMap, BTreeSet};

/// The structures, unions and enums that a request reaches and whose values can be wrong. A stream is passed on as it comes.
pub(super) fn validated_shapes(model: &Model) -> BTreeSet<&ShapeId> {
    let inputs: BTreeMap<&ShapeId, &ir::Shape> =
        model.shapes.iter().filter(|(_, shape)| shape.usage.input && shape.streaming.is_none()).collect();
    let mut holders = BTreeMap::<&ShapeId, Vec<&ShapeId>>::new();
    for (id, shape) in &inputs {
        targets(shape).for_each(|target| holders.entry(target).or_default().push(id));
    }
    let mut open: Vec<&ShapeId> = inputs.iter().filter(|(_, shape)| is_constrained(shape)).map(|(id, _)| *id).collect();
    let mut validated = BTreeSet::new();
    while let Some(id) = open.pop() {
        // Whatever holds a value that can be wrong can be wrong itself.
        if validated.insert(id) {
            open.extend(holders.get(id).into_iter().flatten());
        }
    }
    // The message is not checked for it: each event is, as it comes.
    let streams = model.shapes.iter().filter(|(_, shape)| shape.usage.input && shape.events().is_some());
    let is_checked = |shape: &ir::Shape| targets(shape).any(|event| validated.contains(event));
    let streams: Vec<&ShapeId> = streams.filter(|(_, shape)| is_checked(shape)).map(|(id, _)| id).collect();
    validated.extend(streams);
    validated
}

fn is_constrained(shape: &ir::Shape) -> bool {
    matches!(shape.kind, ShapeKind::Enumeration(_) | ShapeKind::IntegerEnumeration(_)) || !shape.constraints.is_empty()
}

pub(super) fn targets(shape: &ir::Shape) -> Box<dyn Iterator<Item = &ShapeId> + '_> {
    match &shape.kind {
        ShapeKind::Structure(ir::Structure { members, .. }) | ShapeKind::Union(ir::Union { members }) => {
            Box::new(members.iter().map(|member| &member.target))
        }
        ShapeKind::List(list) => Box::new([&list.member].into_iter()),
        ShapeKind::Map(map) => Box::new([&map.key, &map.value].into_iter()),
        ShapeKind::Scalar(_) | ShapeKind::Enumeration(_) | ShapeKind::IntegerEnumeration(_) => Box::new(std::iter::empty()),
    }
}

impl Planner<'_> {
    /// What a server checks of a value of this shape.
    pub(super) fn plan_checks(&self, id: &ShapeId) -> Option<Vec<Check>> {
        let shape = self.shape(id)?;
        if !self.validated.contains(id) || shape.streaming.is_some() {
            return Some(Vec::new());
        }
        let mut checks = self.plan_constraints(id, shape);
        match &shape.kind {
            ShapeKind::Structure(_) | ShapeKind::Union(_) | ShapeKind::Enumeration(_) | ShapeKind::IntegerEnumeration(_) => {
                checks.push(Check::Inside)
            }
            ShapeKind::List(list) => checks.extend(nested(Check::Each, self.plan_checks(&list.member)?)),
            ShapeKind::Map(map) => {
                checks.extend(some(Check::Keys, self.plan_checks(&map.key)?));
                checks.extend(nested(Check::Values, self.plan_checks(&map.value)?));
            }
            ShapeKind::Scalar(_) => {}
        }
        Some(checks)
    }

    /// The checks of a shape's own constraints, in the order in which their violations are told.
    fn plan_constraints(&self, id: &ShapeId, shape: &ir::Shape) -> Vec<Check> {
        let Constraints { length, range, pattern, unique_items } = &shape.constraints;
        let length = length.and_then(plan_length);
        let range = range.and_then(|range| plan_range(range, &shape.kind));
        let pattern = pattern.as_ref().zip(self.claimed.patterns.get(id)).map(|(pattern, name)| {
            Check::Pattern(PatternStatic { name: name.clone(), regex: pattern.regex.clone(), whole: pattern.whole })
        });
        let unique = unique_items.then_some(Check::Unique);
        length.into_iter().chain(range).chain(pattern).chain(unique).collect()
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

/// A least length of 0 alone is always satisfied; beside a greatest one, it is told.
fn plan_length(length: Length) -> Option<Check> {
    match (length.min, length.max) {
        (None | Some(0), None) => None,
        (min, max) => Some(Check::Length(min, max)),
    }
}

fn plan_range(range: Range, kind: &ShapeKind) -> Option<Check> {
    let number = |bound, round: fn(f64) -> f64| match kind {
        ShapeKind::Scalar(Scalar::Float) => float(bound).filter(|value| (*value as f32).is_finite()).map(Number::Float),
        ShapeKind::Scalar(Scalar::Double) => float(bound).map(Number::Float),
        ShapeKind::Scalar(Scalar::BigInteger | Scalar::BigDecimal) => Some(Number::Decimal(digits(bound))),
        kind => integer(bound, round, kind),
    };
    match (range.min.and_then(|min| number(min, f64::ceil)), range.max.and_then(|max| number(max, f64::floor))) {
        (None, None) => None,
        (min, max) => Some(Check::Range(min, max)),
    }
}

/// A bound that is not finite is always satisfied.
fn float(bound: Bound) -> Option<f64> {
    let value = match bound {
        Bound::Integer(value) => value as f64,
        Bound::Float(value) => value,
    };
    value.is_finite().then_some(value)
}

fn digits(bound: Bound) -> String {
    match bound {
        Bound::Integer(value) => value.to_string(),
        Bound::Float(value) => value.to_string(),
    }
}

/// A bound beyond what the type holds is always satisfied.
fn integer(bound: Bound, round: fn(f64) -> f64, kind: &ShapeKind) -> Option<Number> {
    let value = match bound {
        Bound::Integer(value) => value,
        Bound::Float(value) => round(value) as i64,
    };
    let fits = match kind {
        ShapeKind::Scalar(Scalar::Byte) => i8::try_from(value).is_ok(),
        ShapeKind::Scalar(Scalar::Short) => i16::try_from(value).is_ok(),
        ShapeKind::Scalar(Scalar::Long) => true,
        _ => i32::try_from(value).is_ok(),
    };
    fits.then_some(Number::Integer(value))
}
