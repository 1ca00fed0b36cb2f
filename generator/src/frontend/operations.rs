//! What does not fit together in operations and their messages, whatever the format.

use super::checksum::check_checksums;
use super::events::{check_events, errors_of_streams};
use super::routes::check_routes;
use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{Binding, Member, Method, Operation, Scalar, Shape, ShapeId, ShapeKind, UriSegment};
use std::collections::BTreeMap;
use std::fmt::Display;

/// Reports what does not fit together.
pub(super) fn check_operations(
    operations: &BTreeMap<String, Operation>,
    shapes: &BTreeMap<ShapeId, Shape>,
    diagnostics: &mut Diagnostics,
) {
    check_routes(operations, diagnostics);
    check_codes(operations, shapes, diagnostics);
    check_events(operations, shapes, diagnostics);
    for operation in operations.values() {
        let members = |id: &Option<ShapeId>| id.as_ref().map_or(&[][..], |id| members(id, shapes));
        check_queries(operation, members(&operation.input), diagnostics);
        check_greedy_label(operation, members(&operation.input), shapes, diagnostics);
        check_response_body(operation, members(&operation.output), diagnostics);
        check_messages(operation, shapes, diagnostics);
        check_checksums(operation, members(&operation.input), shapes, diagnostics);
    }
}

fn members<'m>(id: &ShapeId, shapes: &'m BTreeMap<ShapeId, Shape>) -> &'m [Member] {
    match shapes.get(id).map(|shape| &shape.kind) {
        Some(ShapeKind::Structure(structure)) => &structure.members,
        _ => &[],
    }
}

/// Reports errors that an answer cannot be told apart for: a client knows them by their codes.
fn check_codes(operations: &BTreeMap<String, Operation>, shapes: &BTreeMap<ShapeId, Shape>, diagnostics: &mut Diagnostics) {
    let mut owners: BTreeMap<&str, &ShapeId> = BTreeMap::new();
    let of_operations = operations.values().flat_map(|operation| &operation.errors);
    for id in of_operations.chain(errors_of_streams(shapes)) {
        let Some(shape) = shapes.get(id) else { continue };
        let ShapeKind::Structure(structure) = &shape.kind else { continue };
        let Some(error) = &structure.error else { continue };
        let code = error.code.as_deref().unwrap_or(&id.0);
        check_code(code, shape, diagnostics);
        let owner = *owners.entry(code).or_insert(id);
        if owner != id {
            let message = format!("the errors `{owner}` and `{id}` have one code, `{code}`");
            diagnostics.error(&shape.place, message, "give one of them another code");
        }
    }
}

/// A code goes out in a header, and comes in without what is before `#` and behind `:`.
fn check_code(code: &str, shape: &Shape, diagnostics: &mut Diagnostics) {
    let is_allowed = |character: char| character.is_ascii_graphic() && !"#:".contains(character);
    if code.is_empty() || !code.chars().all(is_allowed) {
        let help = "use letters, digits, dots and underscores";
        diagnostics.error(&shape.place, format!("`{code}` is not the code of an error"), help);
    }
}

/// Reports members in the query that a literal of the URI says already.
fn check_queries(operation: &Operation, input: &[Member], diagnostics: &mut Diagnostics) {
    for member in input {
        let (Binding::Query(name), Some(http)) = (&member.binding, &operation.http) else { continue };
        if http.uri.query.iter().any(|(literal, _)| literal == name) {
            let message = format!("`{}` is in the query as `{name}`, which the URI of `{}` has", member.name, operation.name);
            diagnostics.error(&operation.place, message, "give the member another name there, or drop it from the URI");
        }
    }
}

/// A greedy label is made of segments: nothing but a string is.
fn check_greedy_label(operation: &Operation, input: &[Member], shapes: &BTreeMap<ShapeId, Shape>, diagnostics: &mut Diagnostics) {
    for segment in operation.http.iter().flat_map(|http| &http.uri.segments) {
        let UriSegment::GreedyLabel(label) = segment else { continue };
        let is_bound = |member: &&Member| member.binding == Binding::Label(label.clone());
        let target = input.iter().find(is_bound).and_then(|member| shapes.get(&member.target));
        let is_text = |shape: &Shape| matches!(shape.kind, ShapeKind::Scalar(Scalar::String) | ShapeKind::Enumeration(_));
        if target.is_some_and(|shape| !is_text(shape)) {
            let message = format!("the greedy label `{label}` of `{}` is not a string", operation.name);
            diagnostics.error(&operation.place, message, "make it a string, or a label of one segment");
        }
    }
}

/// Reports members that are lost, since the answer has no body.
fn check_response_body(operation: &Operation, output: &[Member], diagnostics: &mut Diagnostics) {
    let Some(http) = &operation.http else { return };
    let reason = match (http.method, http.status) {
        (Method::Head, _) => "an answer to HEAD has none",
        (_, 204 | 205) => "an answer of this status has none",
        _ => return,
    };
    if let Some(member) = output.iter().find(|member| matches!(member.binding, Binding::Body | Binding::Payload)) {
        let message = format!("`{}` answers `{}` in the body, but {reason}", operation.name, member.name);
        diagnostics.warning(&operation.place, message, "nothing to do, unless the member should arrive: bind it to a header");
    }
}

/// Reports errors that are taken or answered like other structures.
fn check_messages(operation: &Operation, shapes: &BTreeMap<ShapeId, Shape>, diagnostics: &mut Diagnostics) {
    let messages = [("input", &operation.input), ("output", &operation.output)];
    for (key, id) in messages.into_iter().filter_map(|(key, id)| Some((key, id.as_ref()?))) {
        let is_error = |shape: &Shape| matches!(&shape.kind, ShapeKind::Structure(structure) if structure.error.is_some());
        if shapes.get(id).is_some_and(is_error) {
            let message = format!("`{id}` is an error, and the {key} of `{}`", operation.name);
            diagnostics.error(&operation.place.child(key), message, "give the operation a structure of its own");
        }
    }
}

/// Reports an error that an operation has already.
pub(super) fn report_repeated_error(id: &ShapeId, place: &Place, diagnostics: &mut Diagnostics) {
    diagnostics.warning(place, format!("the error `{id}` is there twice"), "nothing to do: it is taken once");
}

/// Reports a token that a client cannot make up.
pub(super) fn report_token(target: impl Display, place: &Place, diagnostics: &mut Diagnostics) {
    diagnostics.error(
        place,
        format!("an idempotency token in `{target}`, which is not a string"),
        "make it a string, or drop the token",
    );
}
