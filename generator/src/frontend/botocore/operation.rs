//! `operations`.

use super::shape::lower_documentation;
use crate::diagnostic::Diagnostics;
use crate::frontend::http::{lower_http_status, lower_method, lower_uri};
use crate::frontend::reader::{Object, OtherKeys};
use crate::ir::{HttpBinding, Operation, ShapeId};
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

fn lower_status(http: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<u16> {
    let Some(code) = http.unsigned("responseCode", diagnostics) else { return Some(200) };
    lower_http_status(code, &http.at("responseCode"), diagnostics)
}
