//! Refuses what nobody can make a value of: a structure that always holds another one of itself, and a union of such alone. They
//! compile, and whoever makes one of them never comes to an end.
//!
//! <https://smithy.io/2.0/spec/aggregate-types.html#recursive-shape-definitions>

use super::closure::members;
use crate::diagnostic::Diagnostics;
use crate::ir::{Member, Shape, ShapeId, ShapeKind};
use std::collections::{BTreeMap, BTreeSet};

/// Reports every cycle of required members.
pub(super) fn check(shapes: &BTreeMap<ShapeId, Shape>, diagnostics: &mut Diagnostics) {
    let constructible = constructible(shapes);
    for cycle in cycles(shapes, &constructible) {
        report(&cycle, shapes, diagnostics);
    }
}

/// The shapes that there are values of: the least set in which a structure's required members are, and one of a union's.
fn constructible(shapes: &BTreeMap<ShapeId, Shape>) -> BTreeSet<&ShapeId> {
    let mut users = BTreeMap::<&ShapeId, Vec<&ShapeId>>::new();
    let mut missing = BTreeMap::<&ShapeId, usize>::new();
    let mut open = Vec::new();
    for (id, shape) in shapes {
        let needed: Vec<_> = needed(shape).filter(|member| shapes.contains_key(&member.target)).collect();
        let count = if matches!(shape.kind, ShapeKind::Union(_)) { needed.len().min(1) } else { needed.len() };
        if count == 0 {
            open.push(id);
        }
        missing.insert(id, count);
        needed.iter().for_each(|member| users.entry(&member.target).or_default().push(id));
    }
    let mut found = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !found.insert(id) {
            continue;
        }
        for user in users.get(id).into_iter().flatten() {
            let Some(count) = missing.get_mut(user) else { continue };
            *count = count.saturating_sub(1);
            if *count == 0 {
                open.push(user);
            }
        }
    }
    found
}

/// The members that a value cannot be without: the required ones of a structure, and any one of a union. A list, a map and a member
/// that is not required can be empty.
fn needed(shape: &Shape) -> impl Iterator<Item = &Member> {
    let is_union = matches!(shape.kind, ShapeKind::Union(_));
    members(shape).iter().filter(move |member| is_union || member.required)
}

/// A shape of a cycle, and its member that leads to the next one.
type Step<'m> = (&'m ShapeId, &'m Member);

/// The cycles that keep shapes from being made, each once. Every such shape has a member that is such a shape again, so following these
/// comes to a cycle.
fn cycles<'m>(shapes: &'m BTreeMap<ShapeId, Shape>, constructible: &BTreeSet<&ShapeId>) -> Vec<Vec<Step<'m>>> {
    let mut seen = BTreeSet::new();
    let mut cycles = Vec::new();
    for root in shapes.keys() {
        let mut path: Vec<Step<'m>> = Vec::new();
        let mut next = Some(root).filter(|id| !constructible.contains(id));
        while let Some((id, shape)) = next.and_then(|id| shapes.get_key_value(id)) {
            if !seen.insert(id) {
                let start = path.iter().position(|(known, _)| *known == id);
                cycles.extend(start.map(|start| path.split_off(start)));
                break;
            }
            let member =
                needed(shape).find(|member| shapes.contains_key(&member.target) && !constructible.contains(&member.target));
            path.extend(member.map(|member| (id, member)));
            next = member.map(|member| &member.target);
        }
    }
    cycles
}

fn report(cycle: &[Step<'_>], shapes: &BTreeMap<ShapeId, Shape>, diagnostics: &mut Diagnostics) {
    let Some((first, member)) = cycle.first() else { return };
    let Some(shape) = shapes.get(*first) else { return };
    let mut steps: Vec<String> = cycle.iter().map(|(id, member)| format!("{id}.{}", member.name)).collect();
    steps.push(first.to_string());
    let message = format!("there is no value of `{first}`, since it always holds another one: {}", steps.join(" -> "));
    let help = "make one of these members optional, or have it hold a list or a map";
    diagnostics.error(&shape.place.child("members").child(&member.name), message, help);
}

#[cfg(test)]
mod tests;
