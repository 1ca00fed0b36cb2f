//! Protocols: how an operation travels over HTTP.
//!
//! ```text
//!            Protocol ─ write and read: request, response, error
//!               │
//!   RestJson1 ──┼─ http_bindings ─ path, query, headers, status ─┬─ format::json ─ body
//!   AwsJson, ───┴─ rpc ─ nothing but a body ─────────────────────┴─ format::cbor
//!   RpcV2
//! ```
//!
//! A protocol is a type without values, chosen by the generated client and server, so that a program has the code of the protocols
//! that it speaks and no other.

mod aws_json;
mod error;
mod rest_json_1;
mod rpc;
mod rpc_v2;

#[cfg(feature = "server")]
pub(crate) use aws_json::TARGET;
pub use aws_json::{AwsJson, AwsJson1_0, AwsJson1_1, V1_0, V1_1, Version};
pub use error::ErrorMembers;
pub(crate) use error::{ERROR_TYPE_MEMBER, MESSAGE_MEMBER};
pub use rest_json_1::RestJson1;
#[cfg(feature = "server")]
pub(crate) use rpc_v2::SMITHY_PROTOCOL;
pub use rpc_v2::{CborFlavor, Flavor, JsonFlavor, RpcV2, RpcV2Cbor, RpcV2Json};

use crate::codec::{DecodeError, DecodeLimits, Problems, Reading};
use crate::error::ServiceError;
use crate::format::Format;
use crate::message::{RequestParts, RequestText, ResponseParts, ResponseText, WriteError};
use crate::operation::{Media, Operation, OperationInfo};
use http::HeaderMap;

/// How operations travel: <https://smithy.io/2.0/spec/protocol-traits.html>.
pub trait Protocol: Send + Sync + 'static {
    /// The id of its trait: `aws.protocols#restJson1`.
    const ID: &'static str;

    /// The media type of the values that it writes.
    const MEDIA_TYPE: &'static str;

    /// Whether the members beside a stream of events travel in a message of their own in front of it:
    /// <https://smithy.io/2.0/aws/amazon-eventstream.html#initial-message-events>.
    const INITIAL_MESSAGES: bool = false;

    /// What it writes values in.
    type Format: Format;

    /// Writes a request.
    ///
    /// # Errors
    ///
    /// A member that cannot travel where it is bound to.
    fn write_request<O: Operation>(request: &O) -> Result<RequestText, WriteError>;

    /// Reads a request strictly, and gives what is missing, of another type or too long.
    ///
    /// # Errors
    ///
    /// A body that is not of the format, or beyond the limits.
    fn read_request<O: Operation>(parts: RequestParts<'_>, reading: Reading) -> Result<(O, Problems), DecodeError>;

    /// Writes the response of an operation.
    ///
    /// # Errors
    ///
    /// A member that cannot travel where it is bound to.
    fn write_response<O: Operation>(response: &O::Response) -> Result<ResponseText, WriteError>;

    /// Reads the response of an operation, leniently.
    ///
    /// # Errors
    ///
    /// A body that is not of the format, a value of another type, or more than the limits allow.
    fn read_response<O: Operation>(parts: ResponseParts<'_>, limits: DecodeLimits) -> Result<O::Response, DecodeError>;

    /// Writes an error of a service, with the name that it has on the wire.
    ///
    /// # Errors
    ///
    /// A member that cannot travel where it is bound to.
    fn write_error<E: ServiceError>(error: &E) -> Result<ResponseText, WriteError>;

    /// Writes an error that no model knows: its status, its name, and what else there is to say.
    fn write_unmodeled_error<T: ErrorMembers + ?Sized>(status: u16, code: &str, members: &T) -> ResponseText;

    /// Reads an error response: the modelled error of its name, or an unrecognized one that keeps everything.
    fn read_error<E: ServiceError>(status: u16, headers: &HeaderMap, body: &[u8]) -> E;

    /// The name of an error response, for whoever only asks whether to try again.
    fn error_name(headers: &HeaderMap, body: &[u8]) -> Option<String>;

    /// What the body of an operation's request is.
    fn request_media(operation: &OperationInfo) -> Media;

    /// What the body of an operation's response is.
    fn response_media(operation: &OperationInfo) -> Media;
}

#[cfg(test)]
mod tests;
