//! Settles where members travel, which takes the whole model: what is a message, and what is a map.

use super::Definitions;
use super::members::bind_payload;
use crate::diagnostic::Diagnostics;
use crate::frontend::bindings::Role;
use crate::frontend::events::events;
use crate::frontend::speech::Speech;
use crate::ir::{Binding, Member, Operation, Shape, ShapeId, ShapeKind, Structure};
use std::collections::{BTreeMap, BTreeSet};

/// What becomes of a member that is bound where bindings do not count.
const IN_BODY: &str = "nothing to do: it is taken to be in the body";

/// Binds the payloads that operations name, tells maps in the query from other values, and moves bindings that HTTP has no room
/// for into the body.
pub(super) fn settle(definitions: &mut Definitions, diagnostics: &mut Diagnostics) {
    let speech = Speech::of(definitions.service.as_ref());
    let Definitions { operations, shapes, payloads, .. } = definitions;
    if speech.query_compatible {
        shapes.values_mut().for_each(keep_query_code);
    }
    if !speech.binds_http {
        operations.values_mut().for_each(|operation| operation.http = None);
        return shapes.values_mut().for_each(unbind);
    }
    for payload in payloads {
        if let Some(shape) = shapes.get_mut(&payload.shape) {
            bind_payload(&payload.member, members_mut(&mut shape.kind), &payload.place, diagnostics);
        }
    }
    bind_query_maps(shapes);
    normalize(operations, shapes, diagnostics);
}

/// The code of an error is that of the protocol before; on the wire it is called like its shape.
fn keep_query_code(shape: &mut Shape) {
    if let ShapeKind::Structure(Structure { error: Some(error), .. }) = &mut shape.kind {
        error.query_code = error.code.take();
    }
}

/// No protocol of the service knows another place than the body.
fn unbind(shape: &mut Shape) {
    for member in members_mut(&mut shape.kind).iter_mut().filter(|member| member.binding != Binding::Body) {
        member.binding = Binding::Body;
        member.wire_name = None;
    }
}

fn bind_query_maps(shapes: &mut BTreeMap<ShapeId, Shape>) {
    let is_map = |shape: &Shape| matches!(shape.kind, ShapeKind::Map(_));
    let maps: BTreeSet<ShapeId> = shapes.iter().filter(|(_, shape)| is_map(shape)).map(|(id, _)| id.clone()).collect();
    for member in shapes.values_mut().flat_map(|shape| members_mut(&mut shape.kind)) {
        if matches!(member.binding, Binding::Query(_)) && maps.contains(&member.target) {
            member.binding = Binding::QueryParams;
        }
    }
}

/// A binding counts at the top level of a message only; elsewhere the member is in the body, by the name of the binding. That is
/// what botocore does.
fn normalize(operations: &BTreeMap<String, Operation>, shapes: &mut BTreeMap<ShapeId, Shape>, diagnostics: &mut Diagnostics) {
    let roles: BTreeMap<ShapeId, Role> = roles(operations, shapes).into_iter().map(|(id, role)| (id.clone(), role)).collect();
    for (id, shape) in shapes {
        let role = roles.get(id).copied().unwrap_or_default();
        let place = shape.place.clone();
        for member in members_mut(&mut shape.kind) {
            if member.binding == Binding::Body {
                continue;
            }
            if role.allows(&member.binding) {
                // Its name is the binding's.
                member.wire_name = None;
                continue;
            }
            let (what, place) = match member.binding {
                Binding::Payload => (format!("the payload `{}`", member.name), place.child("payload")),
                Binding::EventHeader | Binding::EventPayload => {
                    let place = place.child("members").child(&member.name);
                    diagnostics.warning(&place, format!("`{}` is bound as in an event, but is in none", member.name), IN_BODY);
                    member.binding = Binding::Body;
                    continue;
                }
                _ => (format!("the location of `{}`", member.name), place.child("members").child(&member.name).child("location")),
            };
            diagnostics.warning(&place, format!("{what} counts in an operation's messages only"), IN_BODY);
            member.binding = Binding::Body;
        }
    }
}

/// Where structures stand in messages, and which are events.
pub(super) fn roles<'m>(
    operations: &'m BTreeMap<String, Operation>,
    shapes: &'m BTreeMap<ShapeId, Shape>,
) -> BTreeMap<&'m ShapeId, Role> {
    let mut roles = BTreeMap::<_, Role>::new();
    for operation in operations.values() {
        if let Some(input) = &operation.input {
            roles.entry(input).or_default().input = true;
        }
        for id in operation.output.iter().chain(&operation.errors) {
            roles.entry(id).or_default().response = true;
        }
    }
    for event in events(shapes) {
        roles.entry(event).or_default().event = true;
    }
    roles
}

/// The members of a structure or a union.
pub(super) fn members_mut(kind: &mut ShapeKind) -> &mut [Member] {
    match kind {
        ShapeKind::Structure(structure) => &mut structure.members,
        ShapeKind::Union(union) => &mut union.members,
        _ => &mut [],
    }
}
