//! Streams of events: <https://smithy.io/2.0/spec/streaming.html#event-streams>.

use super::bindings::report_stream;
use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{Binding, Member, Operation, Scalar, Shape, ShapeId, ShapeKind};
use std::collections::{BTreeMap, BTreeSet};

/// The structures that are events, errors among them.
pub(super) fn events(shapes: &BTreeMap<ShapeId, Shape>) -> impl Iterator<Item = &ShapeId> {
    shapes.values().filter_map(Shape::events).flat_map(|union| &union.members).map(|member| &member.target)
}

/// The errors that end streams.
pub(super) fn errors_of_streams(shapes: &BTreeMap<ShapeId, Shape>) -> impl Iterator<Item = &ShapeId> {
    let is_error = |shape: &Shape| matches!(&shape.kind, ShapeKind::Structure(structure) if structure.error.is_some());
    events(shapes).filter(move |id| shapes.get(id).is_some_and(is_error))
}

/// Reports streams where there can be none, and what is wrong with their events.
pub(super) fn check_events(
    operations: &BTreeMap<String, Operation>,
    shapes: &BTreeMap<ShapeId, Shape>,
    diagnostics: &mut Diagnostics,
) {
    let streams: BTreeSet<&ShapeId> = shapes.iter().filter(|(_, shape)| shape.events().is_some()).map(|(id, _)| id).collect();
    if streams.is_empty() {
        return;
    }
    let elsewhere = uses_elsewhere(operations, shapes);
    let checker = Checker { operations, shapes, streams, elsewhere };
    checker.check_references(diagnostics);
    checker.check_messages(diagnostics);
    for stream in shapes.values() {
        checker.check_union(stream, diagnostics);
    }
    for id in events(shapes).collect::<BTreeSet<_>>() {
        checker.check_event(id, diagnostics);
    }
}

struct Checker<'m> {
    operations: &'m BTreeMap<String, Operation>,
    shapes: &'m BTreeMap<ShapeId, Shape>,
    streams: BTreeSet<&'m ShapeId>,
    /// What is held by something else than a stream, or answered as an error.
    elsewhere: BTreeSet<&'m ShapeId>,
}

/// What is held by something else than a stream, or answered as an error.
fn uses_elsewhere<'m>(
    operations: &'m BTreeMap<String, Operation>,
    shapes: &'m BTreeMap<ShapeId, Shape>,
) -> BTreeSet<&'m ShapeId> {
    let held = shapes.values().filter(|shape| shape.events().is_none()).flat_map(|shape| match &shape.kind {
        ShapeKind::List(list) => vec![&list.member],
        ShapeKind::Map(map) => vec![&map.value],
        _ => members(shape).iter().map(|member| &member.target).collect(),
    });
    held.chain(operations.values().flat_map(|operation| &operation.errors)).collect()
}

impl Checker<'_> {
    /// A stream is a member of a message, and nothing else.
    fn check_references(&self, diagnostics: &mut Diagnostics) {
        let messages: BTreeSet<&ShapeId> =
            self.operations.values().flat_map(|operation| operation.input.iter().chain(&operation.output)).collect();
        for (id, shape) in self.shapes {
            let (elements, places): (Vec<&ShapeId>, Vec<Place>) = match &shape.kind {
                ShapeKind::List(list) => (vec![&list.member], vec![shape.place.child("member")]),
                ShapeKind::Map(map) => (vec![&map.value], vec![shape.place.child("value")]),
                ShapeKind::Structure(_) if messages.contains(id) => continue,
                _ => members(shape).iter().map(|member| (&member.target, member_place(shape, member))).unzip(),
            };
            for (target, place) in elements.into_iter().zip(places).filter(|(target, _)| self.streams.contains(target)) {
                let message = format!("`{target}` is a stream of events, but no member of a message");
                diagnostics.error(&place, message, "make it a member of an operation's input or output");
            }
        }
    }

    /// A message has one stream, which is the payload where that is a choice.
    fn check_messages(&self, diagnostics: &mut Diagnostics) {
        for operation in self.operations.values() {
            for id in operation.input.iter().chain(&operation.output) {
                let Some(shape) = self.shapes.get(id) else { continue };
                let mut streams = members(shape).iter().filter(|member| self.streams.contains(&member.target));
                let Some(stream) = streams.next() else { continue };
                let place = |member| member_place(shape, member);
                if operation.http.is_some() && stream.binding != Binding::Payload {
                    report_stream(&stream.target, &place(stream), diagnostics);
                }
                for other in streams {
                    let message = format!("`{}` and `{}` are both streams of events", stream.name, other.name);
                    diagnostics.error(&place(other), message, "a message has one: drop one of them");
                }
            }
        }
    }

    fn check_union(&self, stream: &Shape, diagnostics: &mut Diagnostics) {
        for member in stream.events().iter().flat_map(|union| &union.members) {
            let Some(target) = self.shapes.get(&member.target) else { continue };
            if !matches!(target.kind, ShapeKind::Structure(_) | ShapeKind::Scalar(Scalar::Unit)) {
                let message = format!("`{}` is an event, but not a structure", member.target);
                diagnostics.error(&member_place(stream, member), message, "put it in a structure, as the payload perhaps");
            }
        }
    }

    fn check_event(&self, id: &ShapeId, diagnostics: &mut Diagnostics) {
        let Some(event) = self.shapes.get(id) else { return };
        for member in members(event) {
            let Some(target) = self.shapes.get(&member.target) else { continue };
            let place = member_place(event, member);
            match member.binding {
                Binding::EventHeader => check_header(member, target, &place, diagnostics),
                Binding::EventPayload => check_payload(member, target, &place, diagnostics),
                _ => {}
            }
        }
        check_room(event, diagnostics);
        self.check_uses(id, event, diagnostics);
    }

    /// Elsewhere, what is bound in an event is in the body, which the type of the event would have to know.
    fn check_uses(&self, id: &ShapeId, event: &Shape, diagnostics: &mut Diagnostics) {
        let is_bound = members(event).iter().any(|member| member.binding.is_of_events());
        if is_bound && self.elsewhere.contains(id) {
            let message = format!("not supported yet: bindings of the event `{id}`, which is something else, too");
            diagnostics.error(&event.place, message, "give the stream a structure of its own");
        }
    }
}

fn check_header(member: &Member, target: &Shape, place: &Place, diagnostics: &mut Diagnostics) {
    use Scalar::{Blob, Boolean, Byte, Integer, Long, Short, String, Timestamp};
    let fits = match &target.kind {
        ShapeKind::Scalar(Blob | Boolean | Byte | Integer | Long | Short | String | Timestamp(_)) => target.streaming.is_none(),
        ShapeKind::Enumeration(_) => true,
        ShapeKind::IntegerEnumeration(_) => {
            let message = format!("not supported yet: the enum of integers `{}` in the header of an event", member.target);
            return diagnostics.error(place, message, "make it an integer");
        }
        _ => false,
    };
    if !fits {
        let help = "only booleans, integers of up to 64 bits, blobs, strings and timestamps do";
        diagnostics.error(place, format!("`{}` cannot travel in the header of an event", member.target), help);
    }
}

fn check_payload(member: &Member, target: &Shape, place: &Place, diagnostics: &mut Diagnostics) {
    let fits = match &target.kind {
        ShapeKind::Scalar(Scalar::Blob | Scalar::String) => target.streaming.is_none(),
        ShapeKind::Enumeration(_) | ShapeKind::Structure(_) => true,
        ShapeKind::Union(_) => target.streaming.is_none(),
        _ => false,
    };
    if !fits {
        let help = "only blobs, strings, structures and unions do";
        diagnostics.error(place, format!("`{}` cannot be the payload of an event", member.target), help);
    }
}

/// Reports what a payload leaves no room for: another one, and members that are in none.
fn check_room(event: &Shape, diagnostics: &mut Diagnostics) {
    let Some(payload) = members(event).iter().find(|member| member.binding == Binding::EventPayload) else { return };
    for member in members(event).iter().filter(|member| member.name != payload.name) {
        let message = match member.binding {
            Binding::EventPayload => format!("`{}` and `{}` are both the payload of the event", payload.name, member.name),
            Binding::Body => format!("`{}` is in the payload of the event, but `{}` is all of it", member.name, payload.name),
            _ => continue,
        };
        diagnostics.error(&member_place(event, member), message, "put it in a header, or drop one of them");
    }
}

fn members(shape: &Shape) -> &[Member] {
    match &shape.kind {
        ShapeKind::Structure(structure) => &structure.members,
        ShapeKind::Union(union) => &union.members,
        _ => &[],
    }
}

fn member_place(shape: &Shape, member: &Member) -> Place {
    shape.place.child("members").child(&member.name)
}
