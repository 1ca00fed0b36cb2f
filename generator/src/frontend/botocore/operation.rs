//! `operations`.

use super::shape::lower_documentation;
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::reader::{Object, OtherKeys};
use crate::frontend::uri::parse_uri;
use crate::ir::{HttpBinding, Method, Operation, ShapeId, Uri};
use std::collections::{BTreeMap, BTreeSet};

const OTHER_KEYS: OtherKeys = OtherKeys {
    ignored: &["alias", "deprecatedMessage", "documentationUrl", "smokeTests"],
    unsupported: &[
        "auth",
        "authtype",
        "endpoint",
        "endpointdiscovery",
        "endpointoperation",
        "eventStreamApi",
        "httpChecksum",
        "httpChecksumRequired",
        "operationContextParams",
        "requestcompression",
        "staticContextParams",
        "unsignedPayload",
    ],
};

/// Keys of a reference to a shape, beside `shape`; errors repeat what their shape says.
const REFERENCE_KEYS: OtherKeys = OtherKeys {
    ignored: &[
        "deprecated",
        "deprecatedMessage",
        "documentation",
        "error",
        "exception",
        "fault",
        "locationName",
        "resultWrapper",
        "wrapper",
        "xmlNamespace",
        "xmlOrder",
    ],
    unsupported: &["payload"],
};

/// Lowers every operation; adds the names of those that could not be to `broken`.
pub(super) fn lower_operations(
    operations: Object<'_, '_>,
    broken: &mut BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Operation> {
    let (place, entries) = operations.into_entries();
    let mut lowered = BTreeMap::new();
    for (name, json) in entries {
        let operation =
            Object::new(json, place.child(name), diagnostics).and_then(|operation| lower_operation(name, operation, diagnostics));
        match operation {
            Some(operation) => drop(lowered.insert(name.to_string(), operation)),
            None => drop(broken.insert(name.to_string())),
        }
    }
    lowered
}

fn lower_operation(name: &str, mut operation: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Operation> {
    check_name(name, &mut operation, diagnostics);
    let http = operation.required_object("http", diagnostics).and_then(|http| lower_http(http, diagnostics));
    let input = lower_optional_reference("input", &mut operation, diagnostics);
    let output = lower_optional_reference("output", &mut operation, diagnostics);
    let errors = operation.objects("errors", diagnostics);
    let errors = errors.into_iter().filter_map(|error| lower_reference(error, diagnostics)).collect();
    let idempotent = operation.flag("idempotent", diagnostics);
    let readonly = operation.flag("readonly", diagnostics);
    let documentation = lower_documentation(&mut operation, diagnostics);
    let place = operation.place.clone();
    operation.finish(&OTHER_KEYS, diagnostics);
    Some(Operation {
        name: name.to_owned(),
        http: http?,
        input,
        output,
        errors,
        paginator: None,
        idempotent,
        readonly,
        documentation,
        place,
    })
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

fn lower_optional_reference(key: &str, operation: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<ShapeId> {
    let reference = operation.object(key, diagnostics)?;
    lower_reference(reference, diagnostics)
}

fn lower_reference(mut reference: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<ShapeId> {
    let shape = reference.required_string("shape", diagnostics);
    reference.finish(&REFERENCE_KEYS, diagnostics);
    shape.map(ShapeId::from)
}

fn lower_http(mut http: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<HttpBinding> {
    let method = http.required_string("method", diagnostics);
    let method = method.and_then(|name| lower_method(name, &http.at("method"), diagnostics));
    let uri = http.required_string("requestUri", diagnostics);
    let uri = uri.and_then(|text| lower_uri(text, &http.at("requestUri"), diagnostics));
    let status = lower_status(&mut http, diagnostics);
    http.finish(&OtherKeys::NONE, diagnostics);
    Some(HttpBinding { method: method?, uri: uri?, status: status? })
}

fn lower_method(name: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<Method> {
    let method = Method::parse(name);
    if method.is_none() {
        let help = "use one of GET, HEAD, POST, PUT, PATCH, DELETE";
        diagnostics.error(place, format!("unknown method `{name}`"), help);
    }
    method
}

fn lower_uri(text: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<Uri> {
    match parse_uri(text) {
        Ok(uri) => Some(uri),
        Err(error) => {
            let help = "write it like `/contacts/{InstanceId}/{ContactId}`";
            diagnostics.error(place, format!("`{text}` is no URI template: {error}"), help);
            None
        }
    }
}

fn lower_status(http: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<u16> {
    let Some(code) = http.unsigned("responseCode", diagnostics) else { return Some(200) };
    lower_http_status(code, &http.at("responseCode"), diagnostics)
}

/// A status as HTTP knows it.
pub(super) fn lower_http_status(code: u64, place: &Place, diagnostics: &mut Diagnostics) -> Option<u16> {
    let status = u16::try_from(code).ok().filter(|status| (100..600).contains(status));
    if status.is_none() {
        diagnostics.error(place, format!("{code} is no HTTP status"), "use a number from 100 to 599");
    }
    status
}
