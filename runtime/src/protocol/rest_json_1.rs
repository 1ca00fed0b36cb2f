//! restJson1: <https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html>.

use super::Protocol;
use super::error::{self, ERROR_TYPE, ERROR_TYPE_MEMBER, ErrorMembers, Found};
use crate::codec::{DecodeError, DecodeLimits, Encoder as _, Problems, Reading};
use crate::document::Document;
use crate::error::ServiceError;
use crate::format::Format as _;
use crate::format::json::{Json, JsonDecoder};
use crate::http_bindings::{self, BoundReader, BoundWriter};
use crate::message::{BodyParts, BodyText, RequestParts, RequestText, ResponseParts, ResponseText, WriteError};
use crate::operation::{Media, Operation, OperationInfo};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};

/// JSON, with members in the path, the query and headers where the model binds them to these.
#[derive(Clone, Copy, Debug)]
pub enum RestJson1 {}

impl Protocol for RestJson1 {
    const ID: &'static str = "aws.protocols#restJson1";
    const MEDIA_TYPE: &'static str = "application/json";

    type Format = Json;

    fn write_request<O: Operation>(request: &O) -> Result<RequestText, WriteError> {
        http_bindings::write_request::<Self, O>(request)
    }

    fn read_request<O: Operation>(parts: RequestParts<'_>, reading: Reading) -> Result<(O, Problems), DecodeError> {
        http_bindings::read_request::<Self, O>(parts, reading)
    }

    fn write_response<O: Operation>(response: &O::Response) -> Result<ResponseText, WriteError> {
        http_bindings::write_response::<Self, O>(response)
    }

    fn read_response<O: Operation>(parts: ResponseParts<'_>, limits: DecodeLimits) -> Result<O::Response, DecodeError> {
        http_bindings::read_response::<Self, O>(parts, limits)
    }

    /// <https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization>
    fn write_error<E: ServiceError>(error: &E) -> Result<ResponseText, WriteError> {
        let mut writer = BoundWriter::<Self>::of_error(error.exception().said());
        error.write(&mut writer)?;
        let mut text = writer.into_response(error.exception().status());
        error::set_if_text(&mut text.headers, ERROR_TYPE, error.exception().code());
        Ok(text)
    }

    fn write_unmodeled_error<T: ErrorMembers + ?Sized>(status: u16, code: &str, members: &T) -> ResponseText {
        let mut headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(Self::MEDIA_TYPE))]);
        error::set_if_text(&mut headers, ERROR_TYPE, code);
        let body = Json::encode(|to| to.object(|to| members.encode_members(to)));
        ResponseText { status, headers, body: BodyText::Bytes(body) }
    }

    fn read_error<E: ServiceError>(status: u16, headers: &HeaderMap, body: &[u8]) -> E {
        let mut found = Found::new(body, JsonDecoder::decode(body).ok());
        found.code = error_code(headers, &found.body).map(str::to_owned);
        let parts = ResponseParts { status, headers, body: BodyParts::Bytes(body) };
        found.into_error(status, headers, &mut BoundReader::<Self>::of_response(parts, DecodeLimits::default()))
    }

    fn error_name(headers: &HeaderMap, body: &[u8]) -> Option<String> {
        let document = JsonDecoder::decode(body).unwrap_or_default();
        error_code(headers, &document).map(str::to_owned)
    }

    fn request_media(operation: &OperationInfo) -> Media {
        operation.request
    }

    fn response_media(operation: &OperationInfo) -> Media {
        operation.response
    }
}

/// The error's name: header first, then the body, without namespace and URI.
fn error_code<'a>(headers: &'a HeaderMap, body: &'a Document) -> Option<&'a str> {
    let named = |name| error::named(body, name);
    let code = error::text_header(headers, ERROR_TYPE)
        .or_else(|| named("code"))
        .or_else(|| named("Code"))
        .or_else(|| named(ERROR_TYPE_MEMBER))?;
    Some(error::plain_code(code))
}
