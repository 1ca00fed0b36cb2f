//! How much of an answer a client takes.

use crate::codec::DecodeLimits;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{Storable, StoreReplace};
use bytes::Bytes;
use http_body::{Body, Frame};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Five times what AWS documents for any answer in JSON: 10 MB, 13 MB as base64.
const BODY: usize = 64 << 20;

/// Error answers have a code and a message.
const ERROR_BODY: usize = 1 << 20;

/// A body of at most so many bytes needs no wrapping, if it says so: as many frames take no memory to speak of.
const SMALL: u64 = 64 << 10;

/// How much room is made beforehand at most, for a length that may be a lie.
const ROOM: usize = 1 << 20;

/// How much of an answer a client takes; [`Core::with_response_limits`](crate::client::Core::with_response_limits) sets it for all
/// calls, [`Call::response_limits`](crate::client::Call::response_limits) for one.
///
/// An answer that is larger is an error, and is not asked for again. Of an error answer, what is larger is left unread. A body that
/// is a stream has no limit: whoever reads it decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct ResponseLimits {
    body: usize,
    error_body: usize,
    decode: DecodeLimits,
}

impl Default for ResponseLimits {
    fn default() -> Self {
        Self { body: BODY, error_body: ERROR_BODY, decode: DecodeLimits::default() }
    }
}

impl Storable for ResponseLimits {
    type Storer = StoreReplace<Self>;
}

impl ResponseLimits {
    /// Refuses the body of a success that has more bytes than this; 64 MiB unless set.
    pub const fn body(mut self, bytes: usize) -> Self {
        self.body = bytes;
        self
    }

    /// Reads no more than so many bytes of the body of an error; 1 MiB unless set.
    pub const fn error_body(mut self, bytes: usize) -> Self {
        self.error_body = bytes;
        self
    }

    /// Limits what is made of the body of a success: its depth, and the memory that its values take.
    pub const fn decode(mut self, limits: DecodeLimits) -> Self {
        self.decode = limits;
        self
    }

    pub(crate) fn decode_limits(self) -> DecodeLimits {
        self.decode
    }

    /// Has no more read of an answer than its limit, and a byte that tells that a success has more.
    ///
    /// # Errors
    ///
    /// A success that is known to be larger, before any of it is read.
    pub(crate) fn cap(self, response: &mut HttpResponse) -> Result<(), TooLarge> {
        let length = response.body().content_length();
        if response.status().is_success() {
            self.check(length)?;
            gather(response, self.body.saturating_add(1), length);
            return Ok(());
        }
        match response.body().bytes() {
            Some(bytes) if bytes.len() > self.error_body => {
                let kept = Bytes::copy_from_slice(&bytes[..self.error_body]);
                *response.body_mut() = SdkBody::from(kept);
            }
            _ => gather(response, self.error_body, length),
        }
        Ok(())
    }

    /// Refuses a success of this length.
    pub(crate) fn check(self, length: Option<u64>) -> Result<(), TooLarge> {
        let fits = length.is_none_or(|length| usize::try_from(length).is_ok_and(|length| length <= self.body));
        if fits { Ok(()) } else { Err(TooLarge { limit: self.body }) }
    }
}

/// An answer that is larger than the client takes.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the body has more than {limit} bytes: take more with `ResponseLimits::body`")]
pub(crate) struct TooLarge {
    limit: usize,
}

/// Has a body read at once into one piece. What is in memory, or small, is left as it is.
fn gather(response: &mut HttpResponse, limit: usize, length: Option<u64>) {
    let body = response.body();
    let fits = length.is_some_and(|length| length <= SMALL && usize::try_from(length).is_ok_and(|length| length <= limit));
    if body.bytes().is_some() || fits {
        return;
    }
    let room = length.and_then(|length| usize::try_from(length).ok()).unwrap_or_default().min(limit).min(ROOM);
    let body = std::mem::replace(response.body_mut(), SdkBody::taken());
    *response.body_mut() = SdkBody::from_body_1_x(Gathered { body, limit, read: Some(Vec::with_capacity(room)) });
}

/// A body in one piece, of which no more than a limit is read. Frames are not kept: one of a single byte takes 32 bytes, and may
/// hold on to the buffer that it came in.
struct Gathered {
    body: SdkBody,
    limit: usize,
    /// What is read; `None` when it was given out.
    read: Option<Vec<u8>>,
}

impl Body for Gathered {
    type Data = Bytes;
    type Error = aws_smithy_types::body::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let this = &mut *self;
        while let Some(read) = this.read.as_mut().filter(|read| read.len() < this.limit) {
            match ready!(Pin::new(&mut this.body).poll_frame(context)) {
                Some(Ok(frame)) => {
                    let data = frame.into_data().unwrap_or_default();
                    read.extend_from_slice(&data[..data.len().min(this.limit - read.len())]);
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => break,
            }
        }
        let read = this.read.take().filter(|read| !read.is_empty());
        Poll::Ready(read.map(|read| Ok(Frame::data(read.into()))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt as _;
    use std::collections::VecDeque;

    /// A body that does not tell its length, ends with an empty piece, and panics where none is left.
    struct Pieces(VecDeque<&'static [u8]>);

    impl Body for Pieces {
        type Data = Bytes;
        type Error = std::convert::Infallible;

        fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
            let piece = self.0.pop_front().expect("nobody reads on");
            if piece.is_empty() {
                self.0.push_front(piece);
                return Poll::Ready(None);
            }
            Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(piece)))))
        }
    }

    fn answer<const N: usize>(status: u16, pieces: [&'static [u8]; N]) -> HttpResponse {
        let body = SdkBody::from_body_1_x(Pieces(pieces.into()));
        http::Response::builder().status(status).body(body).unwrap().try_into().unwrap()
    }

    async fn frames(mut response: HttpResponse) -> Vec<Bytes> {
        let mut body = std::mem::replace(response.body_mut(), SdkBody::taken());
        let mut frames = Vec::new();
        while let Some(frame) = body.frame().await {
            frames.push(frame.unwrap().into_data().unwrap());
        }
        frames
    }

    fn limits() -> ResponseLimits {
        ResponseLimits::default().body(4).error_body(3)
    }

    #[tokio::test]
    async fn pieces_become_one() {
        let mut response = answer(200, [b"a", b"b", b"cd", b""]);
        limits().cap(&mut response).unwrap();
        assert_eq!(frames(response).await, ["abcd"]);
    }

    #[tokio::test]
    async fn one_byte_too_many_of_a_success_is_read() {
        let mut response = answer(200, [b"abc", b"defghi"]);
        limits().cap(&mut response).unwrap();
        assert_eq!(frames(response).await, ["abcde"]);
        assert_eq!(limits().check(Some(5)), Err(TooLarge { limit: 4 }));
    }

    #[tokio::test]
    async fn an_error_is_what_was_read_of_it() {
        let mut response = answer(400, [b"ab", b"cdef"]);
        limits().cap(&mut response).unwrap();
        assert_eq!(frames(response).await, ["abc"]);
    }

    #[tokio::test]
    async fn nothing_is_no_piece() {
        let mut response = answer(200, [b""]);
        limits().cap(&mut response).unwrap();
        assert!(frames(response).await.is_empty());
    }

    #[test]
    fn a_length_that_is_known_is_refused_unread() {
        let mut response = answer(200, []);
        *response.body_mut() = SdkBody::from("abcde");
        assert_eq!(limits().cap(&mut response), Err(TooLarge { limit: 4 }));
    }

    #[test]
    fn an_error_in_memory_is_cut() {
        let mut response = answer(400, []);
        *response.body_mut() = SdkBody::from("abcde");
        limits().cap(&mut response).unwrap();
        assert_eq!(response.body().bytes(), Some(b"abc".as_slice()));
    }
}
