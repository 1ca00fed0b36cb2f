//! Messages whose members travel all over HTTP: in the path, the query, headers, the status and the body.
//!
//! <https://smithy.io/2.0/spec/http-bindings.html>
//!
//! Protocols with these bindings differ in what the body is ([`Protocol::Format`]) and in how an error says its name.

mod header;
mod reader;
mod writer;

pub use reader::BoundReader;
pub use writer::BoundWriter;

use crate::codec::{DecodeError, DecodeLimits, Problems, Reading};
use crate::message::{Message, MessageReader as _, RequestParts, RequestText, ResponseParts, ResponseText, WriteError};
use crate::operation::{Media, Operation};
use crate::protocol::Protocol;

/// Writes a request.
///
/// # Errors
///
/// See [`Operation::write`]; and a label that would make another path.
pub fn write_request<P: Protocol, O: Operation>(request: &O) -> Result<RequestText, WriteError> {
    let mut writer = BoundWriter::<P>::of_request(&O::INFO);
    request.write(&mut writer)?;
    writer.into_request(&O::INFO)
}

/// Reads a request strictly, and gives what is missing, of another type or too long.
///
/// # Errors
///
/// A body that is not of the format, or beyond the limits.
pub fn read_request<P: Protocol, O: Operation>(parts: RequestParts<'_>, reading: Reading) -> Result<(O, Problems), DecodeError> {
    let mut reader = BoundReader::<P>::of_request(O::INFO.uri, parts, reading);
    let mut request = O::zero();
    request.read(&mut reader)?;
    request.fill_defaults();
    Ok((request, reader.into_problems()))
}

/// Writes the response of an operation.
///
/// # Errors
///
/// See [`Message::write`].
pub fn write_response<P: Protocol, O: Operation>(response: &O::Response) -> Result<ResponseText, WriteError> {
    let mut writer = BoundWriter::<P>::default();
    if O::INFO.response != Media::None {
        response.write(&mut writer)?;
    }
    Ok(writer.into_response(O::INFO.status))
}

/// Reads a response, leniently. No body is an empty structure.
///
/// # Errors
///
/// Another format, a value of another type, or more than the limits allow.
pub fn read_response<P: Protocol, O: Operation>(
    parts: ResponseParts<'_>,
    limits: DecodeLimits,
) -> Result<O::Response, DecodeError> {
    let reader = BoundReader::<P>::of_response(parts, limits);
    match O::INFO.response {
        // What goes before the events says what they are about: without it, nobody should read them.
        Media::Events => reader.whole().message(),
        _ => { reader }.message(),
    }
}
