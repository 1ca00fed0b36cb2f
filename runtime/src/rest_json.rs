//! restJson1: <https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html>.

mod error;
mod header;
mod reader;
mod writer;

#[cfg(feature = "client")]
pub(crate) use error::error_name;
pub use error::{ERROR_TYPE, error_body, read_error, write_error};
pub use reader::{
    BodyParts, Reading, RequestParts, ResponseParts, RestJsonReader, read_request, read_request_with, read_response,
    read_response_within,
};
pub use writer::{BodyText, RequestText, ResponseText, RestJsonWriter, write_request, write_response};

/// The content type of JSON.
pub const CONTENT_TYPE: &str = "application/json";
