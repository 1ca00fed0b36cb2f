//! The body of a request as it is sent: compressed, with its length and its checksum.

#[cfg(feature = "checksum")]
use crate::checksum::{ChecksumAlgorithm, RequestChecksum};
#[cfg(feature = "checksum")]
use crate::client::checksum;
use crate::client::compression::{self, Compression};
use crate::client::tree_hash;
use crate::message::BodyText;
use crate::operation::{Media, OperationInfo};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_types::body::SdkBody;
use http::header::{CONTENT_LENGTH, HeaderValue};

/// Gives a request its body, and the headers that follow from it. The checksum is that of the bytes that are sent, but for chunks.
///
/// # Errors
///
/// A stream of unknown length where a length is required, or a stream where a checksum is.
pub(crate) fn set(
    request: &mut http::Request<SdkBody>,
    body: BodyText,
    info: &OperationInfo,
    compression: Compression,
    #[cfg(feature = "checksum")] algorithm: Option<ChecksumAlgorithm>,
) -> Result<(), BoxError> {
    *request.body_mut() = sdk_body(body);
    if info.gzip && !matches!(info.request, Media::SizedStream(_) | Media::Events) && compression.is_for(request.body()) {
        compression::compress(request)?;
    }
    if info.tree_hash {
        tree_hash::set(request)?;
    }
    #[cfg(feature = "checksum")]
    if info.checksum == RequestChecksum::ContentMd5 {
        checksum::set_md5(request)?;
    } else if let Some(algorithm) = algorithm {
        checksum::set(request, algorithm)?;
    }
    set_length(request, info)
}

/// A body of its own where there is none.
fn sdk_body(body: BodyText) -> SdkBody {
    match body {
        BodyText::None => SdkBody::empty(),
        BodyText::Bytes(bytes) => SdkBody::from(bytes),
        BodyText::Stream(stream) => match stream.bytes() {
            // Unlike a stream, it can be sent again.
            Some(bytes) => SdkBody::from(bytes.clone()),
            None => SdkBody::from_body_1_x(stream),
        },
        // Signed ones are streams already.
        #[cfg(feature = "event-stream")]
        BodyText::Events(events) => SdkBody::from_body_1_x(events.into_bytes()),
    }
}

/// A length that is not known stays what a member or the call says.
fn set_length(request: &mut http::Request<SdkBody>, info: &OperationInfo) -> Result<(), BoxError> {
    match request.body().content_length() {
        Some(0) if !may_have_body(info.method) => drop(request.headers_mut().remove(CONTENT_LENGTH)),
        Some(length) => drop(request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length))),
        None if matches!(info.request, Media::SizedStream(_)) && !request.headers().contains_key(CONTENT_LENGTH) => {
            return Err("the length of the stream must be known beforehand".into());
        }
        None => {}
    }
    Ok(())
}

/// Servers may insist on a length where a body is expected.
fn may_have_body(method: &str) -> bool {
    matches!(method, "POST" | "PUT" | "PATCH")
}
