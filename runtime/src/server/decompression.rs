//! Compressed requests: <https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait>.

use super::rejection::{Rejection, RejectionKind};
use crate::stream::{self, BoxedBody, StreamError};
use bytes::Bytes;
use flate2::write::MultiGzDecoder;
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderValue};
use http_body::{Body, Frame};
use http_body_util::Limited;
use std::io::Write as _;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// How much is decompressed at a time, in bytes: it becomes at most a thousand times as much, and limits are looked at in between.
const PIECE: usize = 1 << 10;

/// How many pieces that come to nothing are decompressed before others get their turn: the head of a member, twenty bytes, costs as much
/// as 40 kB of text.
const PIECES_A_TURN: usize = 16;

/// What a body was before it was compressed, if it was. The headers are those that it had then: `gzip` is taken from the end of the
/// encodings, and what is left is a member's.
///
/// A body that is collected may have as many bytes before it is decompressed as afterwards: one that says nothing for ever, in empty
/// blocks, has none afterwards.
///
/// # Errors
///
/// One that was compressed twice.
pub(super) fn decompressed(headers: &mut HeaderMap, body: BoxedBody, limit: Option<usize>) -> Result<BoxedBody, Rejection> {
    if !take_gzip(headers)? {
        return Ok(body);
    }
    let body = match limit {
        Some(limit) => stream::boxed(Limited::new(body, limit)),
        None => body,
    };
    Ok(stream::boxed(Decompressed { body, rest: Bytes::new(), decoder: Some(MultiGzDecoder::new(Vec::new())) }))
}

fn take_gzip(headers: &mut HeaderMap) -> Result<bool, Rejection> {
    let values: Vec<_> = headers.get_all(CONTENT_ENCODING).iter().map(HeaderValue::as_bytes).collect();
    let encodings = values.join(b",".as_slice());
    let (others, last) = match encodings.iter().rposition(|byte| *byte == b',') {
        Some(comma) => (&encodings[..comma], &encodings[comma + 1..]),
        None => ([].as_slice(), encodings.as_slice()),
    };
    if !is_gzip(last) {
        return Ok(false);
    }
    if others.split(|byte| *byte == b',').any(is_gzip) {
        return Err(Rejection::new(RejectionKind::UnsupportedMediaType, "This operation takes a body that is compressed once"));
    }
    headers.remove(CONTENT_LENGTH);
    match HeaderValue::from_bytes(others.trim_ascii()) {
        Ok(others) if !others.is_empty() => drop(headers.insert(CONTENT_ENCODING, others)),
        _ => drop(headers.remove(CONTENT_ENCODING)),
    }
    Ok(true)
}

/// By either of its names: <https://www.rfc-editor.org/rfc/rfc9110#name-gzip-coding>.
fn is_gzip(encoding: &[u8]) -> bool {
    let encoding = encoding.trim_ascii();
    encoding.eq_ignore_ascii_case(b"gzip") || encoding.eq_ignore_ascii_case(b"x-gzip")
}

/// A body that is decompressed as it arrives.
struct Decompressed {
    body: BoxedBody,
    /// What has arrived and is not decompressed yet.
    rest: Bytes,
    /// None behind the end.
    decoder: Option<MultiGzDecoder<Vec<u8>>>,
}

impl Decompressed {
    /// What there is behind a piece, or behind the end; nothing while the decoder gathers.
    fn decode(&mut self) -> Result<Vec<u8>, StreamError> {
        let Some(decoder) = &mut self.decoder else { return Ok(Vec::new()) };
        let piece = self.rest.split_to(self.rest.len().min(PIECE));
        decoder.write_all(&piece)?;
        Ok(mem::take(decoder.get_mut()))
    }

    fn finish(&mut self) -> Result<Vec<u8>, StreamError> {
        Ok(self.decoder.take().map(MultiGzDecoder::finish).transpose()?.unwrap_or_default())
    }
}

impl Body for Decompressed {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        let mut pieces = 0;
        while self.decoder.is_some() {
            if pieces == PIECES_A_TURN {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            let decoded = if !self.rest.is_empty() {
                self.decode()
            } else {
                match ready!(Pin::new(&mut self.body).poll_frame(context)) {
                    Some(Ok(frame)) => {
                        self.rest = frame.into_data().unwrap_or_default();
                        continue;
                    }
                    Some(Err(error)) => Err(error),
                    None => self.finish(),
                }
            };
            match decoded {
                Ok(bytes) if bytes.is_empty() => pieces += 1,
                decoded => return Poll::Ready(Some(decoded.map(|bytes| Frame::data(bytes.into())))),
            }
        }
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        self.decoder.is_none()
    }
}
