//! The names of a message's parts on the wire: each is there once, and is one that a model may give.

use super::bindings::Role;
use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{Binding, Member};
use std::collections::BTreeMap;

/// Headers that HTTP clients and servers, or whoever signs requests, write themselves:
/// <https://smithy.io/2.0/spec/http-bindings.html#restricted-http-headers>.
const RESTRICTED: [&str; 15] = [
    "authorization",
    "connection",
    "content-length",
    "expect",
    "host",
    "max-forwards",
    "proxy-authenticate",
    "server",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "www-authenticate",
    "x-forwarded-for",
];

/// The one of them that AWS's responses tell of.
const LENGTH: &str = "content-length";

/// What can be on the wire once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part<'m> {
    Body(&'m str),
    Query(&'m str),
    /// In lower case.
    Header(String),
    /// In lower case.
    PrefixHeaders(String),
    QueryParams,
    ResponseCode,
}

impl<'m> Part<'m> {
    /// Where a member travels; `None` for what is checked elsewhere.
    fn of(member: &'m Member) -> Option<Self> {
        Some(match &member.binding {
            Binding::Body => Self::Body(member.body_name()),
            Binding::Query(name) => Self::Query(name),
            Binding::Header(name) => Self::Header(name.to_ascii_lowercase()),
            Binding::PrefixHeaders(prefix) => Self::PrefixHeaders(prefix.to_ascii_lowercase()),
            Binding::QueryParams => Self::QueryParams,
            Binding::ResponseCode => Self::ResponseCode,
            Binding::Label(_) | Binding::Payload | Binding::EventHeader | Binding::EventPayload => return None,
        })
    }

    fn describe(&self) -> String {
        match self {
            Self::Body(name) => format!("`{name}` in the body"),
            Self::Query(name) => format!("`{name}` in the query"),
            Self::Header(name) => format!("the header `{name}`"),
            Self::PrefixHeaders(prefix) => format!("the headers that begin with `{prefix}`"),
            Self::QueryParams => "the other parameters of the query".to_owned(),
            Self::ResponseCode => "the status".to_owned(),
        }
    }
}

/// Reports names that are there twice, and those that a model must not give.
pub(super) fn check_names(members: &[Member], role: Role, place: impl Fn(&Member) -> Place, diagnostics: &mut Diagnostics) {
    let mut known: BTreeMap<Part<'_>, &Member> = BTreeMap::new();
    for member in members {
        check_text(member, role, &place(member), diagnostics);
        let Some(part) = Part::of(member) else { continue };
        if let Some(first) = known.get(&part) {
            let message = format!("`{}` and `{}` are both {}", first.name, member.name, part.describe());
            diagnostics.error(&place(member), message, "give one of them another name, or another place");
        } else {
            known.insert(part, member);
        }
    }
    check_prefixes(members, place, diagnostics);
}

/// Reports headers that two members could be in. A prefix that is empty takes what no other member does.
fn check_prefixes(members: &[Member], place: impl Fn(&Member) -> Place, diagnostics: &mut Diagnostics) {
    let lower = |text: &String| Some(text.to_ascii_lowercase()).filter(|text| !text.is_empty());
    let prefix = |member: &Member| match &member.binding {
        Binding::PrefixHeaders(prefix) => lower(prefix),
        _ => None,
    };
    let header = |member: &Member| match &member.binding {
        Binding::Header(name) | Binding::PrefixHeaders(name) => lower(name),
        _ => None,
    };
    for (owner, prefix) in members.iter().filter_map(|owner| Some((owner, prefix(owner)?))) {
        let is_same = |member: &Member| member.binding == owner.binding;
        let is_covered = |member: &&Member| !is_same(member) && header(member).is_some_and(|name| name.starts_with(&prefix));
        for member in members.iter().filter(is_covered) {
            let message = format!("the header of `{}` begins with `{prefix}`, as those of `{}` do", member.name, owner.name);
            let help = format!(
                "nothing to do for a client, which sends `{}` first; whoever reads finds the header in both",
                member.name
            );
            diagnostics.warning(&place(member), message, help);
        }
    }
}

fn check_text(member: &Member, role: Role, place: &Place, diagnostics: &mut Diagnostics) {
    match &member.binding {
        Binding::Header(name) if name.is_empty() || !is_token(name) => {
            diagnostics.error(place, format!("`{name}` is not the name of a header"), "use letters, digits and hyphens");
        }
        Binding::Header(name) => check_restricted(name, role, place, diagnostics),
        Binding::PrefixHeaders(prefix) if !is_token(prefix) => {
            diagnostics.error(
                place,
                format!("`{prefix}` does not begin the name of a header"),
                "use letters, digits and hyphens",
            );
        }
        Binding::Query(name) if name.is_empty() => {
            diagnostics.error(place, "a parameter of the query without a name", "name it");
        }
        _ => {}
    }
}

fn check_restricted(name: &str, role: Role, place: &Place, diagnostics: &mut Diagnostics) {
    let lower = name.to_ascii_lowercase();
    if !RESTRICTED.contains(&lower.as_str()) {
        return;
    }
    if lower == LENGTH && !role.input {
        let message = format!("the header `{name}` says how long the body is, whatever the member holds");
        diagnostics.warning(place, message, "nothing to do for a client; a server must not set the member to anything else");
        return;
    }
    let message = format!("the header `{name}` belongs to clients and servers of HTTP: a member cannot be in it");
    diagnostics.error(place, message, "use a header of your own");
}

/// A name as RFC 9110 has them, or a part of one.
fn is_token(text: &str) -> bool {
    text.chars().all(|character| character.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(character))
}
