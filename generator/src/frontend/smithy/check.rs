//! What only the whole model can tell: whether labels have members and members labels, and whether structures stand where
//! their bindings count.

use super::Definitions;
use super::ast::{AstKind, AstMember, AstShape};
use super::messages::{Messages, Role};
use super::report_unsupported;
use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{Scalar, Uri};
use std::collections::BTreeSet;

/// The traits that bind a member to something other than the body, in requests and responses.
const BINDINGS: [(&str, Role); 3] = [
    ("httpLabel", Role { input: true, response: false }),
    ("httpQuery", Role { input: true, response: false }),
    ("httpHeader", Role { input: true, response: true }),
];

/// Bindings count at the top level of a message only; elsewhere the member is in the body. A structure has one codec, so one
/// that stands at both kinds of places must not have bindings that count at one of them.
pub(super) fn check_roles<'j>(
    messages: &Messages<'j>,
    data: &BTreeSet<&'j str>,
    definitions: &Definitions<'j>,
    diagnostics: &mut Diagnostics,
) {
    let shapes = || data.iter().filter_map(|id| definitions.shapes.get(id));
    let nested: BTreeSet<&str> = shapes().flat_map(|shape| &shape.members).map(|member| member.target.target).collect();
    for id in messages.ids() {
        let role = messages.role(id);
        let Some(shape) = definitions.shapes.get(id) else { continue };
        for member in &shape.members {
            for (name, counts) in &BINDINGS {
                let Some(found) = member.traits.get(name) else { continue };
                let counts_somewhere = role.input && counts.input || role.response && counts.response;
                let is_body_somewhere = nested.contains(id) || role.input && !counts.input || role.response && !counts.response;
                if counts_somewhere && is_body_somewhere {
                    let what = format!("`{}` of a structure that also stands where this does not count", found.id);
                    report_unsupported(&what, &found.place, diagnostics);
                }
            }
        }
    }
}

/// Reports lists and maps that hold nothing but themselves.
pub(super) fn check_recursion(data: &BTreeSet<&str>, definitions: &Definitions<'_>, diagnostics: &mut Diagnostics) {
    for id in data {
        let mut seen = BTreeSet::new();
        let mut next = *id;
        while let Some(inner) = collection_element(next, definitions)
            && seen.insert(inner)
        {
            next = inner;
        }
        if seen.contains(id)
            && let Some(shape) = definitions.shapes.get(id)
        {
            diagnostics.error(&shape.place, format!("`{id}` holds nothing but itself"), "put a structure or union in between");
        }
    }
}

/// What a list or a map holds.
fn collection_element<'j>(id: &str, definitions: &Definitions<'j>) -> Option<&'j str> {
    let shape = definitions.shapes.get(id)?;
    let is_collection = matches!(shape.kind, AstKind::List | AstKind::Set | AstKind::Map);
    shape.members.last().filter(|_| is_collection).map(|member| member.target.target)
}

/// Reports labels that no member fills, and members that fill none.
pub(super) fn check_labels(uri: &Uri, uri_place: &Place, input: Option<&AstShape<'_>>, diagnostics: &mut Diagnostics) {
    let members = input.map(|input| input.members.as_slice()).unwrap_or_default();
    let labels = || members.iter().filter_map(|member| Some((member, member.traits.get("httpLabel")?)));
    for label in uri.labels() {
        if !labels().any(|(member, _)| member.name == label) {
            let help = format!("give the input a member `{label}` with the trait `smithy.api#httpLabel`");
            diagnostics.error(uri_place, format!("no input member fills the label `{label}`"), help);
        }
    }
    for (member, label) in labels() {
        if !uri.labels().any(|known| known == member.name) {
            let message = format!("the URI `{uri}` has no label `{}`", member.name);
            diagnostics.error(&label.place, message, format!("add `{{{}}}` to it, or bind the member elsewhere", member.name));
        }
        if !member.traits.has("required") {
            let message = format!("`{}` is a label, but not required", member.name);
            diagnostics.error(&member.place, message, "add `smithy.api#required`: without it there is no path");
        }
    }
}

/// Reports a binding that cannot carry what the member holds.
pub(super) fn check_binding(
    binding: &str,
    member: &AstMember<'_>,
    place: &Place,
    definitions: &Definitions<'_>,
    diagnostics: &mut Diagnostics,
) {
    let Some(target) = definitions.target(&member.target) else { return };
    let element = element(target, definitions);
    let is_possible = match (binding, element) {
        ("httpLabel", _) | (_, None) => is_text(target.kind),
        (_, Some(element)) => is_text(element.kind),
    };
    if !is_possible {
        report_unsupported(&format!("`smithy.api#{binding}` of `{}`", member.target.target), place, diagnostics);
    }
    let has_media_type = target.traits.has("mediaType") || element.is_some_and(|element| element.traits.has("mediaType"));
    if binding == "httpHeader" && has_media_type {
        report_unsupported("`smithy.api#mediaType` in a header", place, diagnostics);
    }
}

/// What the elements of a list are.
fn element<'d, 'j>(list: &AstShape<'j>, definitions: &'d Definitions<'j>) -> Option<&'d AstShape<'j>> {
    let is_list = matches!(list.kind, AstKind::List | AstKind::Set);
    list.members.first().filter(|_| is_list).and_then(|member| definitions.target(&member.target))
}

/// Whether a value is one piece of text outside of a body.
fn is_text(kind: AstKind) -> bool {
    match kind {
        AstKind::Simple(scalar) => scalar != Scalar::Document,
        AstKind::Enum | AstKind::IntEnum => true,
        _ => false,
    }
}
