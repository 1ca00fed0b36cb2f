//! What a member says about its target: in Smithy's terms, traits of a shape.
//!
//! Such a member gets a shape of its own, `Owner$member`, as one with constraints does in a Smithy model.

use super::bindings::members_mut;
use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{Enumeration, Member, Scalar, Shape, ShapeId, ShapeKind};
use std::collections::BTreeMap;

/// The media type of a string with `jsonvalue`.
const JSON: &str = "application/json";

/// What a member can say about its target, and a shape about itself.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum OwnTrait {
    /// `enum`: the string is one of these. Only a member says it here; a shape's own is its kind.
    Enumeration(Enumeration),
    /// `jsonvalue`: the string holds JSON.
    JsonValue,
    /// `streaming`: the blob is not held in memory.
    Streaming,
}

impl OwnTrait {
    /// The keys of those that are flags.
    pub(super) const KEYS: [(&'static str, Self); 2] = [("jsonvalue", Self::JsonValue), ("streaming", Self::Streaming)];
}

/// A member that says something about its target.
pub(super) struct Derived {
    /// The shape that has the member.
    pub(super) owner: ShapeId,
    /// The member's name.
    pub(super) member: String,
    /// What it says.
    pub(super) own: OwnTrait,
    /// Where it says so.
    pub(super) place: Place,
}

/// Adds the shapes of such members, and has these target them.
pub(super) fn add(derived: &[Derived], shapes: &mut BTreeMap<ShapeId, Shape>, diagnostics: &mut Diagnostics) {
    for Derived { owner, member: name, own, place } in derived {
        let target = member_mut(owner, name, shapes).map(|member| member.target.clone());
        // Why there is no target is reported already, or will be.
        let Some((target, shape)) = target.and_then(|target| shapes.get_key_value(&target)) else { continue };
        let mut shape = shape.clone();
        give(own, target, &mut shape, place, diagnostics);
        let id = ShapeId(format!("{owner}${name}"));
        shapes.insert(id.clone(), shape);
        if let Some(member) = member_mut(owner, name, shapes) {
            member.target = id;
        }
    }
}

fn member_mut<'s>(owner: &ShapeId, name: &str, shapes: &'s mut BTreeMap<ShapeId, Shape>) -> Option<&'s mut Member> {
    let members = members_mut(&mut shapes.get_mut(owner)?.kind);
    members.iter_mut().find(|member| member.name == name)
}

/// Gives a shape what is said about it.
pub(super) fn give(own: &OwnTrait, target: &ShapeId, shape: &mut Shape, place: &Place, diagnostics: &mut Diagnostics) {
    match (own, &shape.kind) {
        (OwnTrait::Enumeration(values), ShapeKind::Scalar(Scalar::String)) => {
            shape.kind = ShapeKind::Enumeration(values.clone());
        }
        (OwnTrait::Enumeration(_), _) => {
            let help = "drop `enum`, or have the member be a plain string";
            diagnostics.error(place, format!("the values of an enum in `{target}`, which is no plain string"), help);
        }
        (OwnTrait::JsonValue, ShapeKind::Scalar(Scalar::String)) => shape.media_type = Some(JSON.to_owned()),
        (OwnTrait::JsonValue, _) => {
            diagnostics.error(place, format!("a JSON value in `{target}`, which is no string"), "drop `jsonvalue`");
        }
        (OwnTrait::Streaming, ShapeKind::Scalar(Scalar::Blob)) => {
            shape.streaming = Some(shape.streaming.unwrap_or_default());
        }
        (OwnTrait::Streaming, _) => {
            diagnostics.error(place, "only a blob can be a stream", "drop `streaming`, or make it a blob");
        }
    }
}
