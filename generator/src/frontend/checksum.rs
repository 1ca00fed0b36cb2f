//! Checksums of bodies, which both formats say alike: <https://smithy.io/2.0/aws/aws-core.html#http-checksums>.

use super::reader::Object;
use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{ChecksumAlgorithm, Member, Operation, RequestChecksum, ResponseChecksum, Scalar, Shape, ShapeId, ShapeKind};
use std::collections::BTreeMap;

/// The checksums of an operation: of its request, and of its response.
pub(super) type Checksums = (Option<RequestChecksum>, Option<ResponseChecksum>);

/// `aws.protocols#httpChecksum`, and whether there is `smithy.api#httpChecksumRequired` beside it, which counts for requests that the
/// first says nothing of.
pub(super) fn lower_checksums(trait_: Option<Object<'_, '_>>, is_required: bool, diagnostics: &mut Diagnostics) -> Checksums {
    let content_md5 = is_required.then_some(RequestChecksum::ContentMd5);
    let Some(mut checksum) = trait_ else { return (content_md5, None) };
    let asks_responses = checksum.has("requestValidationModeMember") || checksum.has("responseAlgorithms");
    let request = lower_request(&mut checksum, is_required, diagnostics);
    let response = lower_response(&mut checksum, diagnostics);
    if request.is_none() && !asks_responses {
        let help = "name a `requestAlgorithmMember`, or a `requestValidationModeMember` and its `responseAlgorithms`, or drop it";
        diagnostics.error(&checksum.place, "`httpChecksum` asks for no checksum", help);
    }
    checksum.finish_read(diagnostics);
    (request.or(content_md5), response)
}

fn lower_request(checksum: &mut Object<'_, '_>, is_required: bool, diagnostics: &mut Diagnostics) -> Option<RequestChecksum> {
    let algorithm_member = checksum.string("requestAlgorithmMember", diagnostics).map(str::to_owned);
    let required = checksum.flag("requestChecksumRequired", diagnostics);
    (algorithm_member.is_some() || required)
        .then_some(RequestChecksum::Chosen { algorithm_member, required: required || is_required })
}

fn lower_response(checksum: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<ResponseChecksum> {
    let mode_member = checksum.string("requestValidationModeMember", diagnostics).map(str::to_owned);
    let names = checksum.strings("responseAlgorithms", diagnostics);
    let place = checksum.at("responseAlgorithms");
    let algorithms: Vec<_> =
        names.iter().enumerate().filter_map(|(index, name)| lower_algorithm(name, &place.child(index), diagnostics)).collect();
    match (mode_member, names.is_empty()) {
        (Some(mode_member), false) => Some(ResponseChecksum { mode_member, algorithms }),
        (None, true) => None,
        (mode_member, _) => {
            let missing = if mode_member.is_some() { "responseAlgorithms" } else { "requestValidationModeMember" };
            let message = format!("`httpChecksum` asks for checksums of responses without `{missing}`");
            diagnostics.error(&checksum.place, message, format!("add `{missing}`, or drop the other key"));
            None
        }
    }
}

fn lower_algorithm(name: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<ChecksumAlgorithm> {
    let known = ChecksumAlgorithm::ALL.into_iter().find(|(known, _)| *known == name);
    if known.is_none() {
        let help = "nothing to do: clients do not verify it, and verify the others";
        diagnostics.warning(place, format!("the checksum algorithm `{name}` is not known"), help);
    }
    known.map(|(_, algorithm)| algorithm)
}

/// Reports members that are not there, or no strings.
pub(super) fn check_checksums(
    operation: &Operation,
    input: &[Member],
    shapes: &BTreeMap<ShapeId, Shape>,
    diagnostics: &mut Diagnostics,
) {
    let algorithm = match &operation.request_checksum {
        Some(RequestChecksum::Chosen { algorithm_member: Some(member), .. }) => Some(("requestAlgorithmMember", member)),
        _ => None,
    };
    let mode = operation.response_checksum.as_ref().map(|it| ("requestValidationModeMember", &it.mode_member));
    for (key, name) in algorithm.into_iter().chain(mode) {
        let member = input.iter().find(|member| member.name == *name);
        let is_text = |shape: &Shape| matches!(shape.kind, ShapeKind::Scalar(Scalar::String) | ShapeKind::Enumeration(_));
        let problem = match member.map(|member| shapes.get(&member.target)) {
            None => "is not there",
            Some(Some(shape)) if !is_text(shape) => "is not a string",
            Some(_) => continue,
        };
        let message = format!("`{name}`, the `{key}` of `{}`, {problem}", operation.name);
        diagnostics.error(&operation.place, message, "name a member of the input that is a string or an enum");
    }
}
