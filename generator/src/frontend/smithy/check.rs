//! What only the whole model can tell: whether labels have members and members labels.

use super::Definitions;
use super::ast::{AstKind, AstMember, AstShape, Reference};
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::bindings::{Form, MAX_DEPTH, report_stream};
use crate::frontend::host::{HostMember, HostWords, check_host_labels};
use crate::frontend::nesting::check_nesting;
use crate::ir::{HostPrefix, Scalar, Uri};
use std::collections::BTreeSet;

/// How a host label is written.
const HOST_WORDS: HostWords = HostWords { label: "the trait `smithy.api#hostLabel`", required: "add `smithy.api#required`" };

/// Reports lists and maps that hold nothing but lists and maps.
pub(super) fn check_recursion(data: &BTreeSet<&str>, definitions: &Definitions<'_>, diagnostics: &mut Diagnostics) {
    for id in data {
        if let Some(shape) = definitions.shapes.get(id) {
            check_nesting(id, |id| collection_element(id, definitions), &shape.place, diagnostics);
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

/// Reports host labels that no member fills, and members that fill none.
pub(super) fn check_host_prefix(
    prefix: &HostPrefix,
    prefix_place: &Place,
    input: Option<&AstShape<'_>>,
    definitions: &Definitions<'_>,
    diagnostics: &mut Diagnostics,
) {
    let members = input.map(|input| input.members.as_slice()).unwrap_or_default();
    let members = members.iter().map(|member| HostMember {
        name: member.name,
        is_label: member.traits.has("hostLabel"),
        required: member.traits.has("required"),
        is_string: form(&member.target, definitions).is_none_or(|form| form == Form::Text),
        place: member.place.clone(),
    });
    let members: Vec<HostMember<'_>> = members.collect();
    check_host_labels(prefix, prefix_place, &members, &HOST_WORDS, diagnostics);
}

/// Reports a member that is a stream of bytes; one that is a payload is not asked. Streams of events are looked at elsewhere.
pub(super) fn check_stream(member: &AstMember<'_>, definitions: &Definitions<'_>, diagnostics: &mut Diagnostics) {
    let is_stream = |shape: &AstShape<'_>| shape.kind == AstKind::Simple(Scalar::Blob) && shape.traits.has("streaming");
    if definitions.target(&member.target).is_some_and(is_stream) {
        report_stream(member.target.target, &member.target.place, diagnostics);
    }
}

/// What a shape is to HTTP; `None` when that is not known, which is reported elsewhere.
pub(super) fn form(reference: &Reference<'_>, definitions: &Definitions<'_>) -> Option<Form> {
    form_within(reference, definitions, MAX_DEPTH)
}

fn form_within(reference: &Reference<'_>, definitions: &Definitions<'_>, depth: usize) -> Option<Form> {
    let Some(depth) = depth.checked_sub(1) else { return Some(Form::Tree) };
    let target = definitions.target(reference)?;
    // A list has one member, and a map's last one is the value.
    let inner = || form_within(&target.members.last()?.target, definitions, depth).map(Box::new);
    Some(match target.kind {
        AstKind::Simple(scalar) => Form::from(scalar),
        AstKind::Enum => Form::Text,
        AstKind::IntEnum => Form::Integer,
        // No text stands for a null.
        AstKind::List if target.traits.has("sparse") => Form::Tree,
        AstKind::List | AstKind::Set => Form::List(inner()?),
        AstKind::Map => Form::Map(inner()?),
        AstKind::Structure | AstKind::Union | AstKind::Service | AstKind::Resource | AstKind::Operation => Form::Tree,
    })
}
