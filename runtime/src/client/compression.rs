//! Compressed requests: <https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait>.

use crate::stream::StreamError;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{Storable, StoreReplace};
use aws_types::SdkConfig;
use bytes::Bytes;
use flate2::write::GzEncoder;
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderValue};
use http_body::{Body, Frame};
use std::io::Write as _;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Smaller bodies may grow.
const DEFAULT_MINIMUM: u32 = 10_240;

/// Which bodies are compressed, of the operations that allow it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Compression {
    /// None.
    Never,
    /// Those of at least so many bytes, and streams whose length is not known.
    From(u32),
}

impl Compression {
    /// As the program is configured.
    pub(crate) fn of(config: &SdkConfig) -> Self {
        match config.disable_request_compression() {
            Some(true) => Self::Never,
            _ => Self::From(config.request_min_compression_size_bytes().unwrap_or(DEFAULT_MINIMUM)),
        }
    }

    pub(crate) fn is_for(self, body: &SdkBody) -> bool {
        match (self, body.content_length()) {
            (Self::Never, _) | (_, Some(0)) => false,
            (Self::From(minimum), Some(length)) => length >= minimum.into(),
            (Self::From(_), None) => true,
        }
    }
}

impl Default for Compression {
    fn default() -> Self {
        Self::From(DEFAULT_MINIMUM)
    }
}

impl Storable for Compression {
    type Storer = StoreReplace<Self>;
}

/// Compresses the body of a request, and says so behind what its header says already.
pub(crate) fn compress(request: &mut http::Request<SdkBody>) -> Result<(), BoxError> {
    let body = std::mem::replace(request.body_mut(), SdkBody::taken());
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::default());
    *request.body_mut() = match body.bytes() {
        Some(bytes) => {
            encoder.write_all(bytes)?;
            SdkBody::from(encoder.finish()?)
        }
        None => SdkBody::from_body_1_x(Compressed { body, encoder: Some(encoder) }),
    };
    request.headers_mut().remove(CONTENT_LENGTH);
    add_coding(request.headers_mut(), "gzip")
}

/// Says how a body is coded, behind what is said already.
pub(crate) fn add_coding(headers: &mut HeaderMap, coding: &str) -> Result<(), BoxError> {
    let said: Vec<_> = headers.get_all(CONTENT_ENCODING).iter().map(HeaderValue::as_bytes).collect();
    let all = [said.as_slice(), &[coding.as_bytes()]].concat().join(b", ".as_slice());
    headers.insert(CONTENT_ENCODING, HeaderValue::from_bytes(&all)?);
    Ok(())
}

/// A stream that is compressed on its way.
struct Compressed {
    body: SdkBody,
    /// None behind the end.
    encoder: Option<GzEncoder<Vec<u8>>>,
}

impl Compressed {
    /// What there is to send after some data, or after the end; nothing while the encoder gathers.
    fn encode(&mut self, data: Option<Bytes>) -> Result<Vec<u8>, StreamError> {
        match (&mut self.encoder, data) {
            (Some(encoder), Some(data)) => {
                encoder.write_all(&data)?;
                Ok(std::mem::take(encoder.get_mut()))
            }
            (encoder, _) => Ok(encoder.take().map(GzEncoder::finish).transpose()?.unwrap_or_default()),
        }
    }
}

impl Body for Compressed {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        while self.encoder.is_some() {
            let data = match ready!(Pin::new(&mut self.body).poll_frame(context)) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => Some(data),
                    // Trailers of what is inside are not those of what is sent.
                    Err(_) => continue,
                },
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => None,
            };
            match self.encode(data) {
                Ok(encoded) if encoded.is_empty() => {}
                encoded => return Poll::Ready(Some(encoded.map(|bytes| Frame::data(bytes.into())))),
            }
        }
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        self.encoder.is_none()
    }
}
