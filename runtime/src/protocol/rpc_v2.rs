//! Smithy RPC v2: <https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html>.

use super::error::ErrorMembers;
use super::{Protocol, rpc};
use crate::codec::{DecodeError, DecodeErrorKind, DecodeLimits, Problems, Reading};
use crate::error::ServiceError;
use crate::format::Format;
use crate::format::cbor::Cbor;
use crate::format::json;
use crate::message::{BodyText, RequestParts, RequestText, ResponseParts, ResponseText, WriteError};
use crate::operation::{EVENT_STREAM, Media, Operation, OperationInfo};
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue};
use std::marker::PhantomData;

/// The header that names the protocol.
pub(crate) const SMITHY_PROTOCOL: HeaderName = HeaderName::from_static("smithy-protocol");

/// Smithy RPC v2 in CBOR.
pub type RpcV2Cbor = RpcV2<CborFlavor>;

/// Smithy RPC v2 in JSON.
pub type RpcV2Json = RpcV2<JsonFlavor>;

/// Everything in the body, and the operation in the path.
#[derive(Clone, Copy, Debug)]
pub struct RpcV2<F>(PhantomData<F>);

/// What the flavors differ in.
pub trait Flavor: Send + Sync + 'static {
    /// See [`Protocol::ID`].
    const ID: &'static str;

    /// See [`Protocol::MEDIA_TYPE`].
    const MEDIA_TYPE: &'static str;

    /// What the header calls the protocol.
    const NAME: &'static str;

    /// See [`Protocol::Format`].
    type Format: Format;
}

/// CBOR.
#[derive(Clone, Copy, Debug)]
pub enum CborFlavor {}

impl Flavor for CborFlavor {
    const ID: &'static str = "smithy.protocols#rpcv2Cbor";
    const MEDIA_TYPE: &'static str = "application/cbor";
    const NAME: &'static str = "rpc-v2-cbor";

    type Format = Cbor;
}

/// JSON.
#[derive(Clone, Copy, Debug)]
pub enum JsonFlavor {}

impl Flavor for JsonFlavor {
    const ID: &'static str = "smithy.protocols#rpcv2Json";
    const MEDIA_TYPE: &'static str = "application/json";
    const NAME: &'static str = "rpc-v2-json";

    type Format = json::RpcV2Json;
}

impl<F: Flavor> RpcV2<F> {
    fn named(mut text: ResponseText) -> ResponseText {
        text.headers.insert(SMITHY_PROTOCOL, HeaderValue::from_static(F::NAME));
        text
    }
}

impl<F: Flavor> Protocol for RpcV2<F> {
    const ID: &'static str = F::ID;
    const MEDIA_TYPE: &'static str = F::MEDIA_TYPE;
    const INITIAL_MESSAGES: bool = true;

    type Format = F::Format;

    fn write_request<O: Operation>(request: &O) -> Result<RequestText, WriteError> {
        let uri = format!("/service/{}/operation/{}", O::Error::SERVICE.name, O::INFO.name);
        let mut text = rpc::write_request::<Self, O>(request, uri)?;
        text.headers.insert(SMITHY_PROTOCOL, HeaderValue::from_static(F::NAME));
        let accepted = if O::INFO.response == Media::Events { EVENT_STREAM } else { F::MEDIA_TYPE };
        text.headers.insert(ACCEPT, HeaderValue::from_static(accepted));
        if !O::INFO.has_input {
            text.headers.remove(CONTENT_TYPE);
            text.body = BodyText::None;
        }
        if O::Error::SERVICE.query_compatible {
            text.headers.insert(rpc::QUERY_MODE, HeaderValue::from_static("true"));
        }
        Ok(text)
    }

    fn read_request<O: Operation>(parts: RequestParts<'_>, reading: Reading) -> Result<(O, Problems), DecodeError> {
        rpc::read_request::<Self, O>(parts, reading)
    }

    fn write_response<O: Operation>(response: &O::Response) -> Result<ResponseText, WriteError> {
        let mut text = rpc::write_response::<Self, O>(response)?;
        if !O::INFO.has_output {
            text.headers.remove(CONTENT_TYPE);
            text.body = BodyText::None;
        }
        Ok(Self::named(text))
    }

    /// What names another protocol is not the service's answer. What names none may be: some tell only what it is made of.
    fn read_response<O: Operation>(parts: ResponseParts<'_>, limits: DecodeLimits) -> Result<O::Response, DecodeError> {
        if parts.headers.get(SMITHY_PROTOCOL).is_some_and(|name| name != F::NAME) {
            return Err(DecodeError::new(DecodeErrorKind::Syntax(format!("an answer that is not of {}", F::NAME))));
        }
        rpc::read_response::<Self, O>(parts, limits)
    }

    fn write_error<E: ServiceError>(error: &E) -> Result<ResponseText, WriteError> {
        rpc::write_error::<Self, E>(error, true).map(Self::named)
    }

    fn write_unmodeled_error<T: ErrorMembers + ?Sized>(status: u16, code: &str, members: &T) -> ResponseText {
        Self::named(rpc::write_unmodeled_error::<Self, T>(status, code, members))
    }

    fn read_error<E: ServiceError>(status: u16, headers: &HeaderMap, body: &[u8]) -> E {
        rpc::read_error::<Self, E>(status, headers, body)
    }

    fn error_name(headers: &HeaderMap, body: &[u8]) -> Option<String> {
        rpc::error_name::<Self>(headers, body)
    }

    fn request_media(operation: &OperationInfo) -> Media {
        rpc::media(operation.request, if operation.has_input { Media::Encoded } else { Media::Empty })
    }

    fn response_media(operation: &OperationInfo) -> Media {
        rpc::media(operation.response, if operation.has_output { Media::Encoded } else { Media::None })
    }
}
