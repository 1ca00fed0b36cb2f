//! What formats say alike about HTTP: methods, URIs and statuses.

use super::reader::Object;
use super::uri::parse_uri;
use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{Method, Uri};
use std::ops::RangeInclusive;

/// A method, by its name in capitals.
pub(super) fn lower_method(name: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<Method> {
    let method = Method::parse(name);
    if method.is_none() {
        let help = "use one of GET, HEAD, POST, PUT, PATCH, DELETE";
        diagnostics.error(place, format!("unknown method `{name}`"), help);
    }
    method
}

/// A URI template.
pub(super) fn lower_uri(text: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<Uri> {
    match parse_uri(text) {
        Ok(uri) => Some(uri),
        Err(error) => {
            let help = "write it like `/contacts/{InstanceId}/{ContactId}`";
            diagnostics.error(place, format!("`{text}` is no URI template: {error}"), help);
            None
        }
    }
}

/// The status of a success: any other would be taken for a failure, or for what HTTP itself has to say.
pub(super) fn lower_success_status(code: u64, place: &Place, diagnostics: &mut Diagnostics) -> Option<u16> {
    let status = lower_status(code, 200..=299);
    if status.is_none() {
        diagnostics.error(place, format!("{code} is not the status of a success"), "use a number from 200 to 299");
    }
    status
}

/// The status of an error.
pub(super) fn lower_error_status(code: u64, place: &Place, diagnostics: &mut Diagnostics) -> Option<u16> {
    let status = lower_status(code, 400..=599);
    if status.is_none() {
        diagnostics.error(place, format!("{code} is not the status of an error"), "use a number from 400 to 599");
    }
    status
}

fn lower_status(code: u64, range: RangeInclusive<u16>) -> Option<u16> {
    u16::try_from(code).ok().filter(|status| range.contains(status))
}

/// The encodings that a client may compress a request with: whether gzip, which it knows, is among them.
pub(super) fn lower_gzip(mut compression: Object<'_, '_>, diagnostics: &mut Diagnostics) -> bool {
    let encodings = compression.strings("encodings", diagnostics);
    for (index, other) in encodings.iter().enumerate().filter(|(_, encoding)| **encoding != "gzip") {
        let place = compression.at("encodings").child(index);
        diagnostics.warning(&place, format!("the encoding `{other}` is not known"), "nothing to do: it is passed over");
    }
    compression.finish_read(diagnostics);
    encodings.contains(&"gzip")
}
