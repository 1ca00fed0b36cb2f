//! awsJson 1.0 and 1.1: <https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html>,
//! <https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html>.

use super::error::ErrorMembers;
use super::{Protocol, rpc};
use crate::codec::{DecodeError, DecodeLimits, Problems, Reading};
use crate::error::ServiceError;
use crate::format::json::RpcJson;
use crate::message::{BodyText, RequestParts, RequestText, ResponseParts, ResponseText, WriteError};
use crate::operation::{Media, Operation, OperationInfo};
use http::{HeaderMap, HeaderName, HeaderValue};
use std::marker::PhantomData;

/// The header that names the operation: `DynamoDB_20120810.GetItem`.
pub(crate) const TARGET: HeaderName = HeaderName::from_static("x-amz-target");

/// awsJson 1.0.
pub type AwsJson1_0 = AwsJson<V1_0>;

/// awsJson 1.1.
pub type AwsJson1_1 = AwsJson<V1_1>;

/// JSON, with everything in the body and the operation in a header.
#[derive(Clone, Copy, Debug)]
pub struct AwsJson<V>(PhantomData<V>);

/// What the versions differ in.
pub trait Version: Send + Sync + 'static {
    /// See [`Protocol::ID`].
    const ID: &'static str;

    /// See [`Protocol::MEDIA_TYPE`].
    const MEDIA_TYPE: &'static str;

    /// Whether errors are named with the namespace of their shapes.
    const ABSOLUTE_ERRORS: bool;
}

/// 1.0.
#[derive(Clone, Copy, Debug)]
pub enum V1_0 {}

impl Version for V1_0 {
    const ID: &'static str = "aws.protocols#awsJson1_0";
    const MEDIA_TYPE: &'static str = "application/x-amz-json-1.0";
    const ABSOLUTE_ERRORS: bool = true;
}

/// 1.1.
#[derive(Clone, Copy, Debug)]
pub enum V1_1 {}

impl Version for V1_1 {
    const ID: &'static str = "aws.protocols#awsJson1_1";
    const MEDIA_TYPE: &'static str = "application/x-amz-json-1.1";
    const ABSOLUTE_ERRORS: bool = false;
}

impl<V> AwsJson<V> {
    /// What names an operation.
    fn target<O: Operation>() -> Result<HeaderValue, WriteError> {
        let target = HeaderValue::try_from(format!("{}.{}", O::Error::SERVICE.name, O::INFO.name));
        target.map_err(|_| WriteError::Header(TARGET.to_string()))
    }
}

impl<V: Version> Protocol for AwsJson<V> {
    const ID: &'static str = V::ID;
    const MEDIA_TYPE: &'static str = V::MEDIA_TYPE;
    const INITIAL_MESSAGES: bool = true;

    type Format = RpcJson;

    fn write_request<O: Operation>(request: &O) -> Result<RequestText, WriteError> {
        let mut text = rpc::write_request::<Self, O>(request, "/".to_owned())?;
        text.headers.insert(TARGET, Self::target::<O>()?);
        if O::Error::SERVICE.query_compatible {
            text.headers.insert(rpc::QUERY_MODE, HeaderValue::from_static("true"));
        }
        Ok(text)
    }

    fn read_request<O: Operation>(parts: RequestParts<'_>, reading: Reading) -> Result<(O, Problems), DecodeError> {
        rpc::read_request::<Self, O>(parts, reading)
    }

    /// The content type goes out even with an empty body, and so does what the operation is: Smithy's cases expect either.
    fn write_response<O: Operation>(response: &O::Response) -> Result<ResponseText, WriteError> {
        let mut text = rpc::write_response::<Self, O>(response)?;
        text.headers.insert(TARGET, Self::target::<O>()?);
        if !O::INFO.has_output {
            text.body = BodyText::None;
        }
        Ok(text)
    }

    fn read_response<O: Operation>(parts: ResponseParts<'_>, limits: DecodeLimits) -> Result<O::Response, DecodeError> {
        rpc::read_response::<Self, O>(parts, limits)
    }

    fn write_error<E: ServiceError>(error: &E) -> Result<ResponseText, WriteError> {
        rpc::write_error::<Self, E>(error, V::ABSOLUTE_ERRORS)
    }

    fn write_unmodeled_error<T: ErrorMembers + ?Sized>(status: u16, code: &str, members: &T) -> ResponseText {
        rpc::write_unmodeled_error::<Self, T>(status, code, members)
    }

    fn read_error<E: ServiceError>(status: u16, headers: &HeaderMap, body: &[u8]) -> E {
        rpc::read_error::<Self, E>(status, headers, body)
    }

    fn error_name(headers: &HeaderMap, body: &[u8]) -> Option<String> {
        rpc::error_name::<Self>(headers, body)
    }

    fn request_media(operation: &OperationInfo) -> Media {
        rpc::media(operation.request, Media::Encoded)
    }

    fn response_media(operation: &OperationInfo) -> Media {
        rpc::media(operation.response, Media::Encoded)
    }
}
