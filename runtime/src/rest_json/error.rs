//! Errors: <https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization>.

use super::reader::{BodyParts, ResponseParts, RestJsonReader};
use super::writer::{ResponseText, RestJsonWriter};
use crate::codec::Encoder;
use crate::document::Document;
use crate::error::{ErrorMeta, ServiceError, UnrecognizedError};
use crate::json::{JsonDecoder, JsonEncoder};
use crate::message::WriteError;
use http::HeaderMap;

/// The header that names an error.
pub const ERROR_TYPE: &str = "x-amzn-errortype";

/// The headers that carry a request id, most telling first.
const REQUEST_ID: [&str; 2] = ["x-amzn-requestid", "x-amz-request-id"];

/// How much of a body that is not JSON is kept, in characters.
const MAX_TEXT: usize = 1000;

/// Reads an error response: the modelled error of its code, or an unrecognized one that keeps everything.
pub fn read_error<E: ServiceError>(status: u16, headers: &HeaderMap, body: &[u8]) -> E {
    let parts = ResponseParts { status, headers, body: BodyParts::Bytes(body) };
    let (document, page) = match JsonDecoder::decode::<Document>(body) {
        Ok(document) => (document, None),
        Err(_) => (Document::Null, plain_text(body)),
    };
    let code = error_code(headers, &document);
    let message = error_message(&document).map(str::to_owned);
    let request_id = REQUEST_ID.iter().find_map(|name| text_header(headers, name)).map(str::to_owned);
    let meta = ErrorMeta::new(status, request_id, message.clone(), page);

    let modelled = code.and_then(|code| E::read(code, &mut RestJsonReader::of_response(parts)).ok().flatten());
    let mut error = modelled.unwrap_or_else(|| {
        let code = code.unwrap_or_default().to_owned();
        E::from(UnrecognizedError::new(code, status, message).with_body(document.clone()))
    });
    *error.exception_mut().meta_mut() = meta;
    error
}

/// The name of an error response, for whoever only asks whether to try again.
#[cfg(feature = "client")]
pub(crate) fn error_name(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let document = JsonDecoder::decode::<Document>(body).unwrap_or_default();
    error_code(headers, &document).map(str::to_owned)
}

/// An error response, but for the header that names the error.
///
/// # Errors
///
/// See [`Message::write`](crate::message::Message::write).
pub fn write_error<E: ServiceError>(error: &E) -> Result<ResponseText, WriteError> {
    let mut writer = RestJsonWriter::default();
    error.write(&mut writer)?;
    Ok(writer.into_response(error.exception().status()))
}

/// The body of an error that no model knows.
pub fn error_body(message: &str) -> Vec<u8> {
    let mut encoder = JsonEncoder::default();
    encoder.object(|to| to.member("message", message));
    encoder.into_bytes()
}

/// The error's name: header first, then the body, without namespace and URI.
fn error_code<'a>(headers: &'a HeaderMap, body: &'a Document) -> Option<&'a str> {
    let named = |name| body.get(name).and_then(Document::as_str);
    let code =
        text_header(headers, ERROR_TYPE).or_else(|| named("code")).or_else(|| named("Code")).or_else(|| named("__type"))?;
    let code = code.split(':').next().unwrap_or(code);
    Some(code.rsplit('#').next().unwrap_or(code))
}

/// What a body says that is not JSON: a proxy's or a load balancer's page.
fn plain_text(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?.trim();
    (!text.is_empty()).then(|| text.chars().take(MAX_TEXT).collect())
}

fn error_message(body: &Document) -> Option<&str> {
    ["message", "Message"].iter().find_map(|name| body.get(name).and_then(Document::as_str))
}

fn text_header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
