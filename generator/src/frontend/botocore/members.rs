//! `members`, of structures and unions.

use super::derived::{Derived, OwnTrait};
use super::shape::{lower_documentation, lower_enumeration, lower_timestamp_format};
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::endpoints::lower_context_parameter;
use crate::frontend::fate::{Fate, Fates, OTHER_PROTOCOLS, PROSE, XML};
use crate::frontend::json::Entry;
use crate::frontend::limits::{MAX_MEMBERS, limit};
use crate::frontend::names::check_name;
use crate::frontend::reader::Object;
use crate::ir::{Binding, Member, ShapeId};
use std::collections::BTreeSet;

/// The keys of a member.
pub(super) const MEMBER_KEYS: Fates = &[
    ("shape", Fate::Used),
    ("locationName", Fate::Used),
    ("location", Fate::Used),
    ("timestampFormat", Fate::Used),
    ("idempotencyToken", Fate::Used),
    ("hostLabel", Fate::Used),
    ("documentation", Fate::Used),
    ("deprecated", Fate::Used),
    ("deprecatedSince", Fate::Used),
    ("jsonvalue", Fate::Used),
    ("streaming", Fate::Used),
    ("box", Fate::Harmless("what is not required is optional, boxed or not")),
    ("deprecatedMessage", PROSE),
    ("eventheader", Fate::Used),
    ("eventpayload", Fate::Used),
    ("flattened", XML),
    ("queryName", OTHER_PROTOCOLS),
    ("xmlAttribute", XML),
    ("xmlNamespace", XML),
    ("contextParam", Fate::Used),
    ("endpointdiscoveryid", Fate::Used),
    ("enum", Fate::Used),
];

/// What a structure says about its members, beside them.
pub(super) struct Owner<'a> {
    /// Its name.
    pub(super) name: &'a str,
    /// The names of members that must be there.
    pub(super) required: &'a BTreeSet<&'a str>,
    /// Gets what members say about their targets.
    pub(super) derived: &'a mut Vec<Derived>,
}

/// Lowers the members of a structure or union.
pub(super) fn lower_members(members: Object<'_, '_>, owner: &mut Owner<'_>, diagnostics: &mut Diagnostics) -> Vec<Member> {
    let (place, entries) = members.into_entries();
    let count = limit(entries.len(), MAX_MEMBERS, "members", &place, diagnostics);
    let lower = |(name, json): &Entry<'_>| {
        check_name(name, &place.child(name), diagnostics);
        let member = Object::new(json, place.child(name), diagnostics)?;
        Some(lower_member(name, owner, member, diagnostics))
    };
    entries.iter().take(count).filter_map(lower).collect()
}

/// A member that names no shape is lowered too, so that what refers to it is not reported as well.
fn lower_member(name: &str, owner: &mut Owner<'_>, mut member: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Member {
    let target = lower_target(&mut member, diagnostics).unwrap_or_else(unknown_target);
    let wire_name = member.string("locationName", diagnostics);
    let binding = lower_binding(wire_name, name, &mut member, diagnostics);
    let binding = lower_event_binding(binding, &mut member, diagnostics);
    let timestamp_format = lower_timestamp_format(&mut member, diagnostics);
    let idempotency_token = member.flag("idempotencyToken", diagnostics);
    let host_label = member.flag("hostLabel", diagnostics);
    let endpoint_id = member.flag("endpointdiscoveryid", diagnostics);
    let context_parameter = member.object("contextParam", diagnostics);
    let context_parameter = context_parameter.and_then(|it| lower_context_parameter(it, diagnostics));
    let documentation = lower_documentation(&mut member, diagnostics);
    let flags = OwnTrait::KEYS.into_iter().filter(|(key, _)| member.flag(key, diagnostics)).collect::<Vec<_>>();
    let values = lower_enumeration(&mut member, diagnostics).map(|values| ("enum", OwnTrait::Enumeration(values)));
    for (key, own) in flags.into_iter().chain(values) {
        let (owner_id, member_name) = (ShapeId::from(owner.name), name.to_owned());
        owner.derived.push(Derived { owner: owner_id, member: member_name, own, place: member.at(key) });
    }
    member.finish(MEMBER_KEYS, diagnostics);
    Member {
        name: name.to_owned(),
        target,
        required: owner.required.contains(name),
        binding,
        // That of a binding, too: the member may turn out to be in the body.
        wire_name: wire_name.filter(|wire_name| *wire_name != name).map(str::to_owned),
        timestamp_format,
        idempotency_token,
        host_label,
        endpoint_id,
        context_parameter,
        default: None,
        client_optional: false,
        boxed: false,
        documentation,
    }
}

/// The shape that something refers to.
pub(super) fn lower_target(reference: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<ShapeId> {
    let target = reference.required_string("shape", diagnostics)?;
    check_name(target, &reference.at("shape"), diagnostics);
    Some(ShapeId::from(target))
}

/// The target of a member that has none; nothing can be named like this.
pub(super) fn unknown_target() -> ShapeId {
    ShapeId(String::new())
}

/// `location`. A map in the query is found later on, when it is known what is a map.
fn lower_binding(location_name: Option<&str>, name: &str, member: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Binding {
    let bound_name = location_name.unwrap_or(name).to_owned();
    match member.string("location", diagnostics) {
        None => Binding::Body,
        Some("uri") => Binding::Label(bound_name),
        Some("querystring") => Binding::Query(bound_name),
        Some("header") => Binding::Header(bound_name),
        Some("headers") => Binding::PrefixHeaders(location_name.unwrap_or_default().to_owned()),
        Some("statusCode") => Binding::ResponseCode,
        Some(other) => {
            let message = format!("unknown location `{other}`");
            let help = "use one of uri, querystring, header, headers, statusCode, or none for the body";
            diagnostics.error(&member.at("location"), message, help);
            Binding::Body
        }
    }
}

/// `eventheader` and `eventpayload`.
fn lower_event_binding(bound: Binding, member: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Binding {
    let keys = [("eventheader", Binding::EventHeader), ("eventpayload", Binding::EventPayload)];
    keys.into_iter().fold(bound, |bound, (key, binding)| match member.flag(key, diagnostics) {
        true if bound == Binding::Body => binding,
        true => {
            diagnostics.error(&member.at(key), "the member is bound several times", "drop all that binds it but one");
            bound
        }
        false => bound,
    })
}

/// Reports names of required members that there are not.
pub(super) fn check_required(required: &[&str], members: &[Member], place: &Place, diagnostics: &mut Diagnostics) {
    let names: BTreeSet<&str> = members.iter().map(|member| member.name.as_str()).collect();
    for (index, name) in required.iter().enumerate() {
        if !names.contains(name) {
            let message = format!("the required member `{name}` is not a member");
            diagnostics.error(&place.child(index), message, "add the member, or drop it from `required`");
        }
    }
}

/// Binds the member that is the whole body.
pub(super) fn bind_payload(name: &str, members: &mut [Member], place: &Place, diagnostics: &mut Diagnostics) {
    match members.iter_mut().find(|member| member.name == name) {
        Some(member) if matches!(member.binding, Binding::Body | Binding::Payload) => member.binding = Binding::Payload,
        Some(_) => {
            let message = format!("the payload `{name}` has a location, too");
            diagnostics.error(place, message, "drop one of them: a member travels in one place");
        }
        None => {
            let message = format!("the payload `{name}` is not a member");
            diagnostics.error(place, message, "add the member, or drop `payload`");
        }
    }
}
