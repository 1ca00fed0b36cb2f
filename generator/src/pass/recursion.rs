//! Finds the members that make a structure contain itself: only a pointer can break such a cycle.
//!
//! Lists and maps are pointers already, so only members that are structures or unions themselves count. A depth-first search in
//! the order of ids and members marks each member that leads back to a shape that is still open: without those there is no
//! cycle, and each of them closes one.

use super::closure::members;
use crate::ir::{Model, Shape, ShapeId, ShapeKind};
use std::collections::{BTreeMap, BTreeSet};

/// Marks the members that close a cycle.
pub(super) fn box_cycles(model: &mut Model) {
    for (id, index) in closing_members(&model.shapes) {
        let Some(shape) = model.shapes.get_mut(&id) else { continue };
        let members = match &mut shape.kind {
            ShapeKind::Structure(structure) => &mut structure.members,
            ShapeKind::Union(union) => &mut union.members,
            _ => continue,
        };
        if let Some(member) = members.get_mut(index) {
            member.boxed = true;
        }
    }
}

/// A shape that the search is in, and its next member.
struct Frame<'m> {
    id: &'m ShapeId,
    next: usize,
}

fn closing_members(shapes: &BTreeMap<ShapeId, Shape>) -> Vec<(ShapeId, usize)> {
    let mut closing = Vec::new();
    let mut seen = BTreeSet::new();
    for id in shapes.keys() {
        search(id, shapes, &mut seen, &mut closing);
    }
    closing
}

fn search<'m>(
    root: &'m ShapeId,
    shapes: &'m BTreeMap<ShapeId, Shape>,
    seen: &mut BTreeSet<&'m ShapeId>,
    closing: &mut Vec<(ShapeId, usize)>,
) {
    if !seen.insert(root) {
        return;
    }
    let mut open = BTreeSet::from([root]);
    // A stack of our own: a model may nest deeper than a thread's.
    let mut stack = vec![Frame { id: root, next: 0 }];
    while let Some(frame) = stack.last_mut() {
        let (id, index) = (frame.id, frame.next);
        let Some(member) = shapes.get(id).and_then(|shape| members(shape).get(index)) else {
            open.remove(id);
            stack.pop();
            continue;
        };
        frame.next += 1;
        if open.contains(&member.target) {
            closing.push((id.clone(), index));
        } else if seen.insert(&member.target) {
            open.insert(&member.target);
            stack.push(Frame { id: &member.target, next: 0 });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;
    use crate::ir::{Binding, Constraints, Documentation, List, Member, Structure, Usage};

    fn member(target: &str) -> Member {
        Member {
            name: target.to_owned(),
            target: target.into(),
            required: false,
            binding: Binding::Body,
            wire_name: None,
            timestamp_format: None,
            idempotency_token: false,
            host_label: false,
            context_parameter: None,
            default: None,
            client_optional: false,
            boxed: false,
            documentation: Documentation::default(),
        }
    }

    fn shape(kind: ShapeKind) -> Shape {
        let constraints = Constraints::default();
        let documentation = Documentation::default();
        Shape {
            kind,
            sensitive: false,
            constraints,
            media_type: None,
            streaming: None,
            documentation,
            usage: Usage::default(),
            place: Place::file("test"),
        }
    }

    fn structure(id: &str, targets: &[&str]) -> (ShapeId, Shape) {
        let members = targets.iter().map(|target| member(target)).collect();
        (id.into(), shape(ShapeKind::Structure(Structure { members, error: None })))
    }

    #[track_caller]
    fn check(shapes: Vec<(ShapeId, Shape)>, expected: &[(&str, usize)]) {
        let expected: Vec<(ShapeId, usize)> = expected.iter().map(|(id, index)| ((*id).into(), *index)).collect();
        assert_eq!(closing_members(&shapes.into_iter().collect()), expected);
    }

    #[test]
    fn no_cycle() {
        check(vec![structure("A", &["B", "C"]), structure("B", &["C"]), structure("C", &[])], &[]);
    }

    #[test]
    fn a_shape_in_itself() {
        check(vec![structure("A", &["A"])], &[("A", 0)]);
    }

    #[test]
    fn one_member_of_a_longer_cycle() {
        check(vec![structure("A", &["B"]), structure("B", &["C"]), structure("C", &["B", "A"])], &[("C", 0), ("C", 1)]);
    }

    #[test]
    fn a_list_is_a_pointer() {
        let list = shape(ShapeKind::List(List { member: "A".into(), sparse: false }));
        check(vec![structure("A", &["L"]), ("L".into(), list)], &[]);
    }
}
