//! `operations`.

use super::members::lower_target;
use super::shape::lower_documentation;
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::auth::{effective, known};
use crate::frontend::checksum::lower_checksums;
use crate::frontend::discovery::INVALID_ENDPOINT;
use crate::frontend::endpoints::{lower_operation_context, lower_static_context};
use crate::frontend::fate::{EVENTS, Fate, Fates, OF_MEMBERS, OTHER_PROTOCOLS, PROSE, REPEATED, TOOLS, UNSIGNED, XML};
use crate::frontend::host::lower_host_prefix;
use crate::frontend::http::{lower_gzip, lower_method, lower_success_status, lower_uri};
use crate::frontend::names;
use crate::frontend::operations::report_repeated_error;
use crate::frontend::reader::Object;
use crate::ir::{Auth, ContextParameter, EndpointDiscovery, HostPrefix, HttpBinding, Operation, ShapeId};
use std::collections::{BTreeMap, BTreeSet};

/// The keys of an operation.
pub(super) const OPERATION_KEYS: Fates = &[
    ("name", Fate::Used),
    ("http", Fate::Used),
    ("input", Fate::Used),
    ("output", Fate::Used),
    ("errors", Fate::Used),
    ("endpoint", Fate::Used),
    ("httpChecksumRequired", Fate::Used),
    ("requestcompression", Fate::Used),
    ("authtype", Fate::Used),
    ("auth", Fate::Used),
    ("idempotent", REPEATED),
    ("readonly", REPEATED),
    ("documentation", Fate::Used),
    ("deprecated", OF_MEMBERS),
    ("deprecatedSince", OF_MEMBERS),
    ("alias", TOOLS),
    ("deprecatedMessage", PROSE),
    ("documentationUrl", PROSE),
    ("eventStreamApi", EVENTS),
    ("smokeTests", TOOLS),
    ("unsignedPayload", UNSIGNED),
    ("endpointdiscovery", Fate::Used),
    ("endpointoperation", Fate::Used),
    ("httpChecksum", Fate::Used),
    ("operationContextParams", Fate::Used),
    ("staticContextParams", Fate::Used),
];

/// The keys of a reference to a shape.
pub(super) const REFERENCE_KEYS: Fates = &[
    ("shape", Fate::Used),
    ("payload", Fate::Used),
    ("deprecated", COPIED),
    ("deprecatedMessage", COPIED),
    ("documentation", COPIED),
    ("error", COPIED),
    ("exception", COPIED),
    ("fault", COPIED),
    ("locationName", XML),
    ("resultWrapper", OTHER_PROTOCOLS),
    ("wrapper", XML),
    ("xmlNamespace", XML),
    ("xmlOrder", XML),
];

const COPIED: Fate = Fate::Harmless("the shape says it, too");

/// A payload that a reference to a structure names, instead of the structure itself.
pub(super) struct PayloadReference {
    /// The structure.
    pub(super) shape: ShapeId,
    /// Its member.
    pub(super) member: String,
    /// Where it stands.
    pub(super) place: Place,
}

/// Lowers every operation; adds the names of those that could not be to `broken`, and the payloads that they name to `payloads`.
pub(super) fn lower_operations(
    operations: Object<'_, '_>,
    of_service: &[Auth],
    broken: &mut BTreeSet<String>,
    payloads: &mut Vec<PayloadReference>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Operation> {
    let (place, entries) = operations.into_entries();
    let mut lowered = BTreeMap::new();
    for (name, json) in entries {
        names::check_name(name, &place.child(name), diagnostics);
        let operation = Object::new(json, place.child(name), diagnostics)
            .and_then(|operation| lower_operation(name, operation, of_service, payloads, diagnostics));
        match operation {
            Some(operation) => drop(lowered.insert(name.to_string(), operation)),
            None => drop(broken.insert(name.to_string())),
        }
    }
    lowered
}

fn lower_operation(
    name: &str,
    mut operation: Object<'_, '_>,
    of_service: &[Auth],
    payloads: &mut Vec<PayloadReference>,
    diagnostics: &mut Diagnostics,
) -> Option<Operation> {
    check_name(name, &mut operation, diagnostics);
    let http = operation.required_object("http", diagnostics).and_then(|http| lower_http(http, diagnostics));
    let input = operation.object("input", diagnostics).and_then(|input| lower_reference(input, payloads, diagnostics));
    let output = operation.object("output", diagnostics).and_then(|output| lower_reference(output, payloads, diagnostics));
    let errors = operation.objects("errors", diagnostics);
    let errors = lower_errors(errors, payloads, diagnostics);
    let endpoint = operation.object("endpoint", diagnostics);
    let host_prefix = endpoint.and_then(|endpoint| lower_endpoint(endpoint, diagnostics));
    let checksum = operation.object("httpChecksum", diagnostics);
    let checksum_required = operation.flag("httpChecksumRequired", diagnostics);
    let (request_checksum, response_checksum) = lower_checksums(checksum, checksum_required, diagnostics);
    let compression = operation.object("requestcompression", diagnostics);
    let gzip = compression.is_some_and(|compression| lower_gzip(compression, diagnostics));
    let auth = lower_authentication(&mut operation, of_service, diagnostics);
    let context = lower_context(&mut operation, diagnostics);
    let discovery = lower_discovery(&mut operation, diagnostics);
    let idempotent = operation.flag("idempotent", diagnostics);
    let readonly = operation.flag("readonly", diagnostics);
    let documentation = lower_documentation(&mut operation, diagnostics);
    let place = operation.place.clone();
    operation.finish(OPERATION_KEYS, diagnostics);
    Some(Operation {
        name: name.to_owned(),
        http: Some(http?),
        input,
        output,
        errors,
        paginator: None,
        auth,
        idempotent,
        readonly,
        host_prefix,
        context,
        request_checksum,
        response_checksum,
        discovery,
        gzip,
        documentation,
        place,
    })
}

fn lower_errors(
    references: Vec<Object<'_, '_>>,
    payloads: &mut Vec<PayloadReference>,
    diagnostics: &mut Diagnostics,
) -> Vec<ShapeId> {
    let mut seen = BTreeSet::new();
    let mut errors = Vec::new();
    for reference in references {
        let place = reference.place.clone();
        let Some(error) = lower_reference(reference, payloads, diagnostics) else { continue };
        match seen.insert(error.clone()) {
            true => errors.push(error),
            false => report_repeated_error(&error, &place, diagnostics),
        }
    }
    errors
}

/// The key is the operation's name; a `name` that differs would be another operation.
fn check_name(key: &str, operation: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) {
    if let Some(name) = operation.string("name", diagnostics)
        && name != key
    {
        let message = format!("the operation `{key}` is named `{name}`");
        diagnostics.error(&operation.at("name"), message, format!("write `{key}`, or drop `name`"));
    }
}

fn lower_reference(
    mut reference: Object<'_, '_>,
    payloads: &mut Vec<PayloadReference>,
    diagnostics: &mut Diagnostics,
) -> Option<ShapeId> {
    let shape = lower_target(&mut reference, diagnostics);
    let member = reference.string("payload", diagnostics);
    if let (Some(shape), Some(member)) = (&shape, member) {
        let place = reference.at("payload");
        payloads.push(PayloadReference { shape: shape.clone(), member: member.to_owned(), place });
    }
    reference.finish(REFERENCE_KEYS, diagnostics);
    shape
}

fn lower_endpoint(mut endpoint: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<HostPrefix> {
    let prefix = endpoint.required_string("hostPrefix", diagnostics);
    let prefix = prefix.and_then(|text| lower_host_prefix(text, &endpoint.at("hostPrefix"), diagnostics));
    endpoint.finish_read(diagnostics);
    prefix
}

/// `endpointoperation` and `endpointdiscovery`.
fn lower_discovery(operation: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<EndpointDiscovery> {
    let describes = operation.flag("endpointoperation", diagnostics);
    let discovered = operation.object("endpointdiscovery", diagnostics);
    if describes && discovered.is_some() {
        let message = "an operation that says where others are called is called at a discovered endpoint itself";
        diagnostics.error(&operation.at("endpointdiscovery"), message, "drop one of the two");
    }
    if describes {
        return Some(EndpointDiscovery::Describes { error: INVALID_ENDPOINT.to_owned() });
    }
    let mut discovered = discovered?;
    let required = discovered.flag("required", diagnostics);
    discovered.finish_read(diagnostics);
    Some(EndpointDiscovery::Discovered { required })
}

/// What an operation tells the endpoint rules, beside its members.
fn lower_context(operation: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Vec<ContextParameter> {
    let fixed = operation.object("staticContextParams", diagnostics);
    let fixed = fixed.map(|it| lower_static_context(it, diagnostics)).unwrap_or_default();
    let found = operation.object("operationContextParams", diagnostics);
    let found = found.map(|it| lower_operation_context(it, diagnostics)).unwrap_or_default();
    [fixed, found].concat()
}

/// `auth`, of a service or an operation: one of the schemes must be known.
pub(super) fn lower_schemes(object: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Vec<Auth>> {
    if !object.has("auth") {
        return None;
    }
    let schemes = object.strings("auth", diagnostics);
    let place = object.at("auth");
    let schemes = schemes.into_iter().enumerate().map(|(index, id)| (id, place.child(index)));
    effective(schemes, known, &place, diagnostics)
}

/// `auth` goes before `authtype`, the older way to say so; `v4-unsigned-body` means what `unsignedPayload` does.
fn lower_authentication(operation: &mut Object<'_, '_>, of_service: &[Auth], diagnostics: &mut Diagnostics) -> Vec<Auth> {
    let schemes = lower_schemes(operation, diagnostics);
    let kind = match operation.string("authtype", diagnostics) {
        None => None,
        Some("v4" | "v4-unsigned-body") => Some(vec![Auth::SigV4]),
        Some("bearer") => Some(vec![Auth::Bearer]),
        Some("none") => Some(vec![Auth::Anonymous]),
        Some(other) => {
            let message = format!("not supported yet: the authentication type `{other}`");
            diagnostics.error(&operation.at("authtype"), message, "use one of v4, v4-unsigned-body, bearer, none");
            None
        }
    };
    schemes.or(kind).unwrap_or_else(|| of_service.to_vec())
}

fn lower_http(mut http: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<HttpBinding> {
    let method = http.required_string("method", diagnostics);
    let method = method.and_then(|name| lower_method(name, &http.at("method"), diagnostics));
    let uri = http.required_string("requestUri", diagnostics);
    let uri = uri.and_then(|text| lower_uri(text, &http.at("requestUri"), diagnostics));
    let status = lower_status(&mut http, diagnostics);
    http.finish_read(diagnostics);
    Some(HttpBinding { method: method?, uri: uri?, status: status? })
}

fn lower_status(http: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<u16> {
    let Some(code) = http.unsigned("responseCode", diagnostics) else { return Some(200) };
    lower_success_status(code, &http.at("responseCode"), diagnostics)
}
