//! Messages from bytes that arrive.

use super::frame::{FrameDecoder, FrameError};
use super::names;
use super::reader::find;
use crate::codec::Mode;
use crate::stream::{ByteStream, StreamError};
use aws_smithy_types::event_stream::Message;
use http_body::Body as _;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Why messages end early.
#[derive(Debug, thiserror::Error)]
pub(super) enum Broken {
    /// The bytes broke off.
    #[error("the stream broke off")]
    Transport(#[source] StreamError),
    /// The bytes are no messages.
    #[error(transparent)]
    Frame(#[from] FrameError),
}

/// The messages of a stream. One that a client signed is what is inside it.
#[derive(Debug)]
pub(super) struct Messages {
    bytes: ByteStream,
    decoder: FrameDecoder,
    limit: usize,
    mode: Mode,
    ended: bool,
}

impl Messages {
    pub(super) fn new(bytes: ByteStream, limit: usize, mode: Mode) -> Self {
        Self { bytes, decoder: FrameDecoder::new(limit), limit, mode, ended: false }
    }

    /// The next one. Nothing comes behind the end, or an error.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Message, Broken>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let next = ready!(self.poll_next(context)).transpose();
        self.ended = !matches!(next, Some(Ok(_)));
        if self.ended {
            // Nobody reads the rest.
            self.bytes = ByteStream::default();
        }
        Poll::Ready(next)
    }

    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Message>, Broken>> {
        loop {
            if let Some(message) = self.decoder.message()? {
                return Poll::Ready(unsealed(message, self.mode, self.limit).map_err(Into::into));
            }
            match ready!(Pin::new(&mut self.bytes).poll_frame(context)) {
                Some(Ok(frame)) => self.decoder.push(frame.data_ref().map_or(&[], |data| data)),
                Some(Err(error)) => return Poll::Ready(Err(Broken::Transport(error))),
                None => return Poll::Ready(self.decoder.end().map(|()| None).map_err(Into::into)),
            }
        }
    }
}

/// What a signed message holds: another one, or nothing at the end. A client is sent none.
pub(super) fn unsealed(message: Message, mode: Mode, limit: usize) -> Result<Option<Message>, FrameError> {
    if mode == Mode::Lenient || find(&message, names::SIGNATURE).is_none() {
        return Ok(Some(message));
    }
    if message.payload().is_empty() {
        return Ok(None);
    }
    let mut inside = FrameDecoder::new(limit);
    inside.push(message.payload());
    let Some(message) = inside.message()? else { return Err(FrameError::Truncated) };
    inside.end()?;
    Ok(Some(message))
}
