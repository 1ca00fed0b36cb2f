//! restJson1: <https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html>.

mod error;
mod reader;
mod writer;

#[cfg(feature = "client")]
pub(crate) use error::error_name;
pub use error::{ERROR_TYPE, error_body, read_error, write_error};
pub use reader::{RequestParts, RestJsonReader, read_request, read_response};
pub use writer::{RequestText, RestJsonWriter, write_request, write_response};

/// The content type of every body.
pub const CONTENT_TYPE: &str = "application/json";
