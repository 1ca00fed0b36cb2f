//! Chunks as a server receives them. Signatures of chunks are passed over, as those of requests are.

use crate::stream::{BoxedBody, StreamError};
use bytes::{Buf as _, Bytes};
use http::{HeaderMap, HeaderName, HeaderValue};
use http_body::{Body, Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// How long a line may be, in bytes: the size of a chunk and a signature, or a trailer.
const MAX_LINE: usize = 256;

/// How many trailers there may be.
const MAX_TRAILERS: usize = 16;

/// A body without its chunks. Its last frame has the trailers.
pub(crate) struct UnchunkedBody {
    body: BoxedBody,
    /// The length before there were chunks, where the request says it.
    length: Option<u64>,
    received: u64,
    state: State,
    /// What has arrived and is not looked at yet.
    rest: Bytes,
    /// A line that is not complete yet.
    line: Vec<u8>,
    trailers: HeaderMap,
}

enum State {
    /// The line with the size of a chunk.
    Size,
    /// So many bytes of a chunk are still to come.
    Data(u64),
    /// The line behind a chunk, an empty one.
    DataEnd,
    Trailers,
    /// Nothing may follow.
    Ending,
    Ended,
}

/// Why a body is not in chunks, though it says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ChunkError {
    #[error("a line in the chunks is too long")]
    LongLine,
    #[error("a chunk has no size")]
    Size,
    #[error("a chunk is not as long as it says")]
    DataEnd,
    #[error("a trailer that is none, or too many of them")]
    Trailer,
    #[error("the chunks broke off")]
    BrokenOff,
    #[error("there is something behind the chunks")]
    Behind,
    #[error("the chunks come to another length than announced")]
    Length,
}

impl UnchunkedBody {
    /// A body that had this length before it was put in chunks.
    pub(crate) fn new(body: BoxedBody, length: Option<u64>) -> Self {
        Self { body, length, received: 0, state: State::Size, rest: Bytes::new(), line: Vec::new(), trailers: HeaderMap::new() }
    }

    /// Goes on with what has arrived; nothing when there is too little of it.
    fn step(&mut self) -> Result<Option<Frame<Bytes>>, ChunkError> {
        match self.state {
            State::Data(left) => Ok(self.take_data(left).map(Frame::data)),
            State::Size => {
                if let Some(line) = self.take_line()? {
                    self.begin_chunk(&line)?;
                }
                Ok(None)
            }
            State::DataEnd => {
                match self.take_line()? {
                    Some(line) if line.is_empty() => self.state = State::Size,
                    Some(_) => return Err(ChunkError::DataEnd),
                    None => {}
                }
                Ok(None)
            }
            State::Trailers => match self.take_line()? {
                Some(line) if line.is_empty() => {
                    self.state = State::Ending;
                    Ok(Some(Frame::trailers(std::mem::take(&mut self.trailers))))
                }
                Some(line) => self.add_trailer(&line).map(|()| None),
                None => Ok(None),
            },
            State::Ending => Err(ChunkError::Behind),
            State::Ended => Ok(None),
        }
    }

    fn begin_chunk(&mut self, line: &[u8]) -> Result<(), ChunkError> {
        let digits = line.split(|byte| *byte == b';').next().unwrap_or_default();
        let is_size = !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit);
        let size = std::str::from_utf8(digits).ok().filter(|_| is_size).and_then(|it| u64::from_str_radix(it, 16).ok());
        let size = size.ok_or(ChunkError::Size)?;
        self.received = self.received.checked_add(size).ok_or(ChunkError::Length)?;
        let fits = self.length.is_none_or(|length| if size == 0 { self.received == length } else { self.received <= length });
        if !fits {
            return Err(ChunkError::Length);
        }
        self.state = if size == 0 { State::Trailers } else { State::Data(size) };
        Ok(())
    }

    fn take_data(&mut self, left: u64) -> Option<Bytes> {
        let length = usize::try_from(left).unwrap_or(usize::MAX).min(self.rest.len());
        let data = self.rest.split_to(length);
        let left = left - u64::try_from(length).unwrap_or(left);
        self.state = if left == 0 { State::DataEnd } else { State::Data(left) };
        (!data.is_empty()).then_some(data)
    }

    /// A line without its end, when all of it is there.
    fn take_line(&mut self) -> Result<Option<Vec<u8>>, ChunkError> {
        let end = self.rest.iter().position(|byte| *byte == b'\n');
        let length = end.map_or(self.rest.len(), |end| end + 1);
        if self.line.len() + length > MAX_LINE {
            return Err(ChunkError::LongLine);
        }
        self.line.extend_from_slice(&self.rest[..length]);
        self.rest.advance(length);
        if end.is_none() {
            return Ok(None);
        }
        let line = std::mem::take(&mut self.line);
        Ok(Some(line.strip_suffix(b"\r\n").or_else(|| line.strip_suffix(b"\n")).unwrap_or(&line).to_vec()))
    }

    fn add_trailer(&mut self, line: &[u8]) -> Result<(), ChunkError> {
        let colon = line.iter().position(|byte| *byte == b':').ok_or(ChunkError::Trailer)?;
        let name = HeaderName::from_bytes(&line[..colon]).map_err(|_| ChunkError::Trailer)?;
        let value = HeaderValue::from_bytes(line[colon + 1..].trim_ascii()).map_err(|_| ChunkError::Trailer)?;
        if self.trailers.len() == MAX_TRAILERS || self.trailers.insert(name, value).is_some() {
            return Err(ChunkError::Trailer);
        }
        Ok(())
    }
}

impl Body for UnchunkedBody {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        loop {
            while !self.rest.is_empty() {
                match self.step() {
                    Ok(Some(frame)) => return Poll::Ready(Some(Ok(frame))),
                    Ok(None) => {}
                    Err(error) => return Poll::Ready(Some(Err(error.into()))),
                }
            }
            if matches!(self.state, State::Ended) {
                return Poll::Ready(None);
            }
            match ready!(Pin::new(&mut self.body).poll_frame(context)) {
                Some(Ok(frame)) => self.rest = frame.into_data().unwrap_or_default(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None if matches!(self.state, State::Ending) => self.state = State::Ended,
                None => return Poll::Ready(Some(Err(ChunkError::BrokenOff.into()))),
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self.state, State::Ended)
    }

    /// What is announced is checked as it arrives.
    fn size_hint(&self) -> SizeHint {
        let left = match self.state {
            State::Data(left) => left,
            _ => 0,
        };
        self.length.map(|length| SizeHint::with_exact(length.saturating_sub(self.received - left))).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::boxed;
    use http_body_util::BodyExt as _;
    use std::collections::VecDeque;
    use std::convert::Infallible;

    /// What is read of a text that arrives in pieces of this length, and its trailers.
    async fn read(text: &'static str, length: Option<u64>, pieces: usize) -> Result<(String, HeaderMap), String> {
        let pieces = Pieces(text.as_bytes().chunks(pieces).collect());
        let body = UnchunkedBody::new(boxed(pieces), length);
        let collected = body.collect().await.map_err(|error| error.to_string())?;
        let trailers = collected.trailers().cloned().unwrap_or_default();
        Ok((String::from_utf8(collected.to_bytes().to_vec()).unwrap(), trailers))
    }

    struct Pieces(VecDeque<&'static [u8]>);

    impl Body for Pieces {
        type Data = &'static [u8];
        type Error = Infallible;

        fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Self::Data>, Infallible>>> {
            Poll::Ready(self.0.pop_front().map(|piece| Ok(Frame::data(piece))))
        }
    }

    const TEXT: &str = "4\r\n1234\r\n5\r\n56789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n";

    #[tokio::test]
    async fn chunks_are_put_together_however_they_arrive() {
        for pieces in 1..=TEXT.len() {
            let (text, trailers) = read(TEXT, Some(9), pieces).await.unwrap();
            assert_eq!((text.as_str(), trailers["x-amz-checksum-crc32"].as_bytes()), ("123456789", b"y/Q5Jg==".as_slice()));
        }
    }

    #[tokio::test]
    async fn signatures_of_chunks_are_passed_over() {
        let text = "4;chunk-signature=ab\r\n1234\r\n0;chunk-signature=cd\r\nx-amz-trailer-signature:ef\r\n\r\n";
        assert_eq!(read(text, None, 7).await.unwrap().0, "1234");
    }

    #[tokio::test]
    async fn what_is_not_in_chunks_is_refused() {
        for (text, expected) in [
            ("1234", "the chunks broke off"),
            ("hello\r\n", "a chunk has no size"),
            ("\r\n", "a chunk has no size"),
            ("-1\r\n", "a chunk has no size"),
            ("+1\r\n", "a chunk has no size"),
            ("fffffffffffffffff\r\n", "a chunk has no size"),
            ("2\r\nabc\r\n0\r\n\r\n", "a chunk is not as long as it says"),
            ("2\r\nab", "the chunks broke off"),
            ("2\r\nab\r\n", "the chunks broke off"),
            ("2\r\nab\r\n0\r\n", "the chunks broke off"),
            ("0\r\nno trailer\r\n\r\n", "a trailer that is none, or too many of them"),
            ("0\r\na:1\r\na:2\r\n\r\n", "a trailer that is none, or too many of them"),
            ("0\r\n\r\nmore", "there is something behind the chunks"),
        ] {
            for pieces in [1, 100] {
                assert_eq!(read(text, None, pieces).await.unwrap_err(), expected, "{text:?}");
            }
        }
    }

    #[tokio::test]
    async fn a_line_has_an_end() {
        let text: &'static str = Box::leak(format!("1;{}", "x".repeat(1000)).into_boxed_str());
        assert_eq!(read(text, None, 100).await.unwrap_err(), "a line in the chunks is too long");
    }

    #[tokio::test]
    async fn the_length_is_the_one_that_was_announced() {
        for length in [8, 10, u64::MAX] {
            assert_eq!(read(TEXT, Some(length), 100).await.unwrap_err(), "the chunks come to another length than announced");
        }
    }
}
