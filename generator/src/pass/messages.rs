//! Gives every operation an input and an output of its own.
//!
//! Smithy lets operations share the structures that they take and answer, in both directions, and lets other structures hold
//! them. In Rust a request is a type of its own, which knows its operation, and bindings count in one direction only.

use super::closure::members;
use crate::diagnostic::Diagnostics;
use crate::ir::{Binding, Member, Model, Operation, Scalar, Shape, ShapeId, ShapeKind};
use std::collections::{BTreeMap, BTreeSet};

/// How many members copies may have altogether: some structures are shared by a service's operations, and none by as many.
const MAX_COPIED: usize = 200_000;

/// Copies the structures that are more than one operation's message, or a message and something else.
pub(super) fn separate(model: &mut Model, diagnostics: &mut Diagnostics) {
    let uses = count(model);
    let Model { operations, shapes, .. } = model;
    let mut copied = 0;
    for operation in operations.values_mut() {
        for direction in [Direction::Request, Direction::Response] {
            let Some(id) = direction.message(operation).clone() else { continue };
            if uses.get(&id).is_some_and(|uses| uses.are_shared(direction, shapes.get(&id))) {
                copied += shapes.get(&id).map_or(0, |shape| members(shape).len());
                if copied > MAX_COPIED {
                    let message = format!("operations share structures with more than {MAX_COPIED} members altogether");
                    return diagnostics.error(&operation.place, message, "give them smaller structures, or some of their own");
                }
                *direction.message(operation) = Some(copy(shapes, &id, &operation.name, direction));
            }
        }
    }
    for (id, uses) in uses {
        match shapes.get_mut(&id) {
            Some(shape) if uses.nested && !uses.error => keep_bindings(shape, Binding::is_of_events),
            Some(shape) if uses.nested && is_bound(shape) => {
                let message = format!("not supported yet: bindings of the error `{id}`, which other structures hold, too");
                diagnostics.error(&shape.place, message, "give the other structures one of their own");
            }
            _ => {}
        }
    }
    shapes.values_mut().for_each(forget_body_names);
    forget_host_labels(model);
    report_held_streams(model, diagnostics);
}

/// Reports streams in structures that are no messages, or are held as well: bit by bit, nothing but a whole body is sent.
fn report_held_streams(model: &Model, diagnostics: &mut Diagnostics) {
    let is_bytes = |shape: &Shape| shape.streaming.is_some() && shape.kind == ShapeKind::Scalar(Scalar::Blob);
    let events: BTreeSet<&ShapeId> =
        model.shapes.values().filter_map(Shape::events).flat_map(|events| &events.members).map(|event| &event.target).collect();
    let roots: BTreeSet<&ShapeId> =
        model.operations.values().flat_map(|operation| operation.input.iter().chain(&operation.output)).collect();
    for (id, shape) in &model.shapes {
        let is_held = |member: &&Member| {
            model.shapes.get(&member.target).is_some_and(|target| match target.events() {
                Some(_) => events.contains(id) || !roots.contains(id),
                None => is_bytes(target) && member.binding != Binding::Payload,
            })
        };
        if let Some(member) = members(shape).iter().find(is_held) {
            let message =
                format!("`{}` of `{id}` is a stream, but the structure is no message here: others hold it", member.name);
            diagnostics.error(&shape.place, message, "give the others a structure of their own");
        }
    }
}

/// Host labels count in the inputs of operations with a host prefix alone.
fn forget_host_labels(model: &mut Model) {
    let prefixed = model.operations.values().filter(|operation| operation.host_prefix.is_some());
    let inputs: BTreeSet<&ShapeId> = prefixed.filter_map(|operation| operation.input.as_ref()).collect();
    for (_, shape) in model.shapes.iter_mut().filter(|(id, _)| !inputs.contains(id)) {
        let ShapeKind::Structure(structure) = &mut shape.kind else { continue };
        structure.members.iter_mut().for_each(|member| member.host_label = false);
    }
}

/// What a member would be called in the body counts only there.
fn forget_body_names(shape: &mut Shape) {
    let ShapeKind::Structure(structure) = &mut shape.kind else { return };
    let bound = structure.members.iter_mut().filter(|member| member.binding != Binding::Body);
    bound.for_each(|member| member.wire_name = None);
}

#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Request,
    Response,
}

impl Direction {
    fn message(self, operation: &mut Operation) -> &mut Option<ShapeId> {
        match self {
            Self::Request => &mut operation.input,
            Self::Response => &mut operation.output,
        }
    }

    /// Whether members can travel like this.
    fn allows(self, binding: &Binding) -> bool {
        match binding {
            Binding::Label(_) | Binding::Query(_) | Binding::QueryParams => self == Self::Request,
            Binding::ResponseCode => self == Self::Response,
            Binding::Body | Binding::Header(_) | Binding::PrefixHeaders(_) | Binding::Payload => true,
            Binding::EventHeader | Binding::EventPayload => false,
        }
    }
}

/// What a structure is used for.
#[derive(Default)]
struct Uses {
    requests: usize,
    responses: usize,
    nested: bool,
    error: bool,
}

impl Uses {
    fn are_shared(&self, direction: Direction, shape: Option<&Shape>) -> bool {
        // A response that is all body is a structure like any other.
        let elsewhere = self.error || self.nested && (direction == Direction::Request || shape.is_some_and(is_bound));
        self.requests + self.responses > 1 || elsewhere
    }
}

fn count(model: &Model) -> BTreeMap<ShapeId, Uses> {
    let mut uses = BTreeMap::<ShapeId, Uses>::new();
    let mut add = |id: &ShapeId, add: fn(&mut Uses)| add(uses.entry(id.clone()).or_default());
    for operation in model.operations.values() {
        operation.input.iter().for_each(|id| add(id, |uses| uses.requests += 1));
        operation.output.iter().for_each(|id| add(id, |uses| uses.responses += 1));
        operation.errors.iter().for_each(|id| add(id, |uses| uses.error = true));
    }
    for shape in model.shapes.values() {
        match &shape.kind {
            ShapeKind::List(list) => add(&list.member, |uses| uses.nested = true),
            ShapeKind::Map(map) => add(&map.value, |uses| uses.nested = true),
            _ => members(shape).iter().for_each(|member| add(&member.target, |uses| uses.nested = true)),
        }
    }
    uses.retain(|_, uses| uses.error || uses.requests + uses.responses > 0);
    uses
}

/// Whether a member travels outside the body.
fn is_bound(shape: &Shape) -> bool {
    members(shape).iter().any(|member| member.binding != Binding::Body)
}

/// Copies a structure for one operation and one direction, under a name that is free.
fn copy(shapes: &mut BTreeMap<ShapeId, Shape>, id: &ShapeId, operation: &str, direction: Direction) -> ShapeId {
    let suffixes = match direction {
        Direction::Request => ["Request", "Input"],
        Direction::Response => ["Response", "Output"],
    };
    let names = suffixes.map(|suffix| ShapeId(format!("{operation}{suffix}")));
    let Some(name) = names.into_iter().find(|name| !shapes.contains_key(name)) else { return id.clone() };
    let Some(mut shape) = shapes.get(id).cloned() else { return id.clone() };
    keep_bindings(&mut shape, |binding| direction.allows(binding));
    shapes.insert(name.clone(), shape);
    name
}

/// Moves every member into the body that does not travel like this.
fn keep_bindings(shape: &mut Shape, allows: impl Fn(&Binding) -> bool) {
    let ShapeKind::Structure(structure) = &mut shape.kind else { return };
    for Member { binding, .. } in &mut structure.members {
        if !allows(binding) {
            *binding = Binding::Body;
        }
    }
}
