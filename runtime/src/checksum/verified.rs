//! Bodies whose checksum is verified while they are read.

use super::Digest;
use crate::stream::{BoxedBody, StreamError};
use bytes::Bytes;
use http::{HeaderMap, HeaderName};
use http_body::{Body, Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// A checksum that a body should have.
#[derive(Clone, Debug)]
pub(crate) struct Expected {
    /// The header, or trailer, that it travels in.
    header: HeaderName,
    /// In base64; `None` while it is still to come in a trailer.
    value: Option<String>,
    digest: Digest,
}

impl Expected {
    /// One that is known beforehand.
    pub(crate) fn header(header: HeaderName, value: &str, digest: Digest) -> Self {
        Self { header, value: Some(value.trim().to_owned()), digest }
    }

    /// One that comes behind the body.
    #[cfg(feature = "server")]
    pub(crate) fn trailer(header: HeaderName, digest: Digest) -> Self {
        Self { header, value: None, digest }
    }

    /// Whether it is that of a whole body.
    ///
    /// # Errors
    ///
    /// It is another, or did not come.
    pub(crate) fn verify(mut self, body: &[u8]) -> Result<(), ChecksumError> {
        self.digest.update(body);
        self.finish()
    }

    fn learn(&mut self, trailers: &HeaderMap) {
        if self.value.is_none() {
            self.value = trailers.get(&self.header).and_then(|value| value.to_str().ok()).map(|value| value.trim().to_owned());
        }
    }

    fn finish(self) -> Result<(), ChecksumError> {
        match self.value {
            None => Err(ChecksumError::Missing(self.header)),
            Some(value) if value == self.digest.finish() => Ok(()),
            Some(_) => Err(ChecksumError::Mismatch(self.header)),
        }
    }
}

/// Why a body is not the one that was sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ChecksumError {
    #[error("the checksum of the body is not the one in `{0}`")]
    Mismatch(HeaderName),
    #[error("the checksum `{0}` did not come behind the body")]
    Missing(HeaderName),
}

/// A body that ends with an error when its checksum is another than expected.
pub(crate) struct VerifiedBody {
    body: BoxedBody,
    /// Empty behind the end.
    expected: Vec<Expected>,
}

impl VerifiedBody {
    /// A body that should have these checksums, at least one.
    pub(crate) fn new(body: BoxedBody, expected: Vec<Expected>) -> Self {
        Self { body, expected }
    }
}

impl Body for VerifiedBody {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        Poll::Ready(match frame {
            Some(Ok(frame)) => {
                for expected in &mut self.expected {
                    if let Some(data) = frame.data_ref() {
                        expected.digest.update(data);
                    } else if let Some(trailers) = frame.trailers_ref() {
                        expected.learn(trailers);
                    }
                }
                Some(Ok(frame))
            }
            Some(Err(error)) => Some(Err(error)),
            None => {
                let finished = std::mem::take(&mut self.expected).into_iter().try_for_each(Expected::finish);
                finished.err().map(|error| Err(error.into()))
            }
        })
    }

    /// Not before it is verified, whatever the body itself knows.
    fn is_end_stream(&self) -> bool {
        self.expected.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checksum::ChecksumAlgorithm;
    use crate::stream::boxed;
    use http_body_util::{BodyExt as _, Full};

    async fn read(value: &str) -> Result<Bytes, String> {
        let digest = Digest::new(ChecksumAlgorithm::Crc32);
        let expected = Expected::header(ChecksumAlgorithm::Crc32.header(), value, digest);
        let body = VerifiedBody::new(boxed(Full::new(Bytes::from_static(b"123456789"))), vec![expected]);
        assert!(!body.is_end_stream());
        body.collect().await.map(|body| body.to_bytes()).map_err(|error| error.to_string())
    }

    #[tokio::test]
    async fn a_body_with_its_checksum_is_itself() {
        assert_eq!(read("y/Q5Jg==").await.unwrap(), "123456789");
        assert_eq!(read(" y/Q5Jg== ").await.unwrap(), "123456789");
    }

    #[tokio::test]
    async fn a_body_with_another_checksum_ends_with_an_error() {
        for other in ["y/Q5Jw==", "", "y/Q5Jg", "checksum"] {
            assert_eq!(read(other).await.unwrap_err(), "the checksum of the body is not the one in `x-amz-checksum-crc32`");
        }
    }
}
