//! Chunks as a client sends them.

use crate::checksum::{ChecksumAlgorithm, Digest};
use crate::stream::StreamError;
use bytes::{Bytes, BytesMut};
use http::HeaderName;
use http_body::{Body, Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The length of all chunks but the last, in bytes: that of AWS's SDKs.
const CHUNK: usize = 64 << 10;

/// A body in chunks, with its checksum behind them. Its length is known where that of the body is.
pub(crate) struct ChunkedBody<B> {
    body: B,
    length: Option<u64>,
    header: HeaderName,
    /// None behind the end.
    digest: Option<Digest>,
    /// What is read, and does not fill a chunk.
    pending: BytesMut,
    sent: u64,
}

impl<B: Body<Data = Bytes, Error = StreamError> + Unpin> ChunkedBody<B> {
    pub(crate) fn new(body: B, algorithm: ChecksumAlgorithm) -> Self {
        let header = algorithm.header();
        let ending = trailers(&header, &Digest::new(algorithm).finish()).len();
        let length = body.size_hint().exact().and_then(|length| encoded_length(length)?.checked_add(ending.try_into().ok()?));
        Self { body, length, header, digest: Some(Digest::new(algorithm)), pending: BytesMut::new(), sent: 0 }
    }

    fn next_chunk(&mut self) -> Bytes {
        let data = self.pending.split_to(self.pending.len().min(CHUNK));
        if let Some(digest) = &mut self.digest {
            digest.update(&data);
        }
        [size_line(data.len()).as_bytes(), &data, b"\r\n"].concat().into()
    }

    /// The last chunk, the empty one, and the trailer.
    fn ending(&mut self) -> Option<Bytes> {
        let last = if self.pending.is_empty() { Bytes::new() } else { self.next_chunk() };
        let checksum = self.digest.take()?.finish();
        Some([&last, trailers(&self.header, &checksum).as_bytes()].concat().into())
    }
}

fn size_line(length: usize) -> String {
    format!("{length:x}\r\n")
}

fn trailers(header: &HeaderName, checksum: &str) -> String {
    format!("0\r\n{header}:{checksum}\r\n\r\n")
}

/// How long so many bytes are in chunks, without what is behind them; `None` when nobody could count that.
fn encoded_length(length: u64) -> Option<u64> {
    let of_chunk = |length: usize| u64::try_from(size_line(length).len() + length + 2).ok();
    let chunk = u64::try_from(CHUNK).ok()?;
    let rest = match usize::try_from(length % chunk).ok()? {
        0 => 0,
        rest => of_chunk(rest)?,
    };
    (length / chunk).checked_mul(of_chunk(CHUNK)?)?.checked_add(rest)
}

impl<B: Body<Data = Bytes, Error = StreamError> + Unpin> Body for ChunkedBody<B> {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        while self.digest.is_some() && self.pending.len() < CHUNK {
            match ready!(Pin::new(&mut self.body).poll_frame(context)) {
                // Trailers of what is inside are not those of what is sent.
                Some(Ok(frame)) => self.pending.extend_from_slice(&frame.into_data().unwrap_or_default()),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => {
                    let ending = self.ending();
                    return Poll::Ready(ending.map(|ending| Ok(self.send(ending))));
                }
            }
        }
        if self.digest.is_none() {
            return Poll::Ready(None);
        }
        let chunk = self.next_chunk();
        Poll::Ready(Some(Ok(self.send(chunk))))
    }

    fn is_end_stream(&self) -> bool {
        self.digest.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map(|length| SizeHint::with_exact(length.saturating_sub(self.sent))).unwrap_or_default()
    }
}

impl<B> ChunkedBody<B> {
    fn send(&mut self, data: Bytes) -> Frame<Bytes> {
        self.sent += u64::try_from(data.len()).unwrap_or(u64::MAX);
        Frame::data(data)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::boxed;
    use http_body_util::{BodyExt as _, Full};

    async fn chunked(text: &str) -> (Option<u64>, String) {
        let body = boxed(Full::new(Bytes::from(text.to_owned())));
        let body = ChunkedBody::new(body, ChecksumAlgorithm::Crc32);
        let length = body.size_hint().exact();
        (length, String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap())
    }

    #[tokio::test]
    async fn the_checksum_comes_behind_the_chunks() {
        let (_, text) = chunked("123456789").await;
        assert_eq!(text, "9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n");
    }

    #[tokio::test]
    async fn nothing_is_no_chunk() {
        let (_, text) = chunked("").await;
        assert_eq!(text, "0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n");
    }

    #[tokio::test]
    async fn chunks_are_as_long_as_can_be_and_their_length_is_known_beforehand() {
        for (length, heads) in [
            (0, vec!["0"]),
            (1, vec!["1", "0"]),
            (CHUNK - 1, vec!["ffff", "0"]),
            (CHUNK, vec!["10000", "0"]),
            (CHUNK + 1, vec!["10000", "1", "0"]),
            (3 * CHUNK, vec!["10000", "10000", "10000", "0"]),
        ] {
            let (announced, text) = chunked(&"x".repeat(length)).await;
            assert_eq!(announced, Some(text.len() as u64), "{length}");
            let lines: Vec<_> = text.split("\r\n").filter(|line| !line.starts_with('x') && !line.is_empty()).collect();
            assert_eq!(lines, heads, "{length}");
        }
    }

    #[test]
    fn a_length_that_nobody_could_send_is_none() {
        assert_eq!(encoded_length(u64::MAX), None);
    }
}
