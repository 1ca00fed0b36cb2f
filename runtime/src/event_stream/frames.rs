//! Messages on their way out.

use super::frame::encode_frame;
use super::{EventStream, EventWriter, Events};
use crate::format::Format;
use crate::stream::{ByteStream, StreamError};
use aws_smithy_types::event_stream::{Message, SignMessage};
use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body, Frame};
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

/// What signs messages.
pub(crate) type Signer = Box<dyn SignMessage + Send + Sync>;

/// The messages of a stream, written as they are asked for. Clones share it.
#[derive(Clone)]
pub struct EventFrames {
    /// What goes before the events.
    first: Option<Message>,
    messages: Arc<Mutex<dyn PollMessage + Send>>,
}

/// Messages of events of whatever type.
trait PollMessage {
    fn poll_message(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Message, StreamError>>>;
}

impl EventFrames {
    /// The messages of a stream, whose values are in this format, and are called this.
    pub fn of<E: Events, F: Format>(events: &EventStream<E>, media_type: &'static str) -> Self {
        let sent = Sent::<E, F> { events: events.clone(), media_type, ended: false, format: PhantomData };
        Self { first: None, messages: Arc::new(Mutex::new(sent)) }
    }

    /// The same messages behind another one.
    #[must_use]
    pub(super) fn behind(self, first: Message) -> Self {
        Self { first: Some(first), ..self }
    }

    /// The messages as bytes.
    pub fn into_bytes(self) -> ByteStream {
        ByteStream::from_body(FrameBody { frames: self, signer: None, ended: false })
    }

    /// The messages as bytes, signed, with an empty one at the end.
    #[cfg(feature = "client")]
    pub(crate) fn into_signed_bytes(self, signer: Signer) -> ByteStream {
        ByteStream::from_body(FrameBody { frames: self, signer: Some(signer), ended: false })
    }

    fn poll_message(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Message, StreamError>>> {
        match self.first.take() {
            Some(first) => Poll::Ready(Some(Ok(first))),
            None => self.messages.lock().unwrap_or_else(PoisonError::into_inner).poll_message(context),
        }
    }
}

impl fmt::Debug for EventFrames {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("EventFrames(..)")
    }
}

/// Events as messages. An error is the last one.
struct Sent<E: Events, F> {
    events: EventStream<E>,
    media_type: &'static str,
    ended: bool,
    format: PhantomData<fn() -> F>,
}

impl<E: Events, F: Format> PollMessage for Sent<E, F> {
    fn poll_message(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Message, StreamError>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let Some(event) = ready!(Pin::new(&mut self.events).poll_next(context)) else { return Poll::Ready(None) };
        self.ended = event.is_err();
        Poll::Ready(Some(EventWriter::<F>::message(self.media_type, &event).map_err(Into::into)))
    }
}

/// Messages as bytes: a piece each.
struct FrameBody {
    frames: EventFrames,
    signer: Option<Signer>,
    ended: bool,
}

impl FrameBody {
    /// The message as it is sent; at the end, what a signer has to say.
    fn seal(&mut self, message: Option<Message>) -> Option<Result<Bytes, StreamError>> {
        let sealed = match (&mut self.signer, message) {
            (None, message) => Ok(message?),
            (Some(signer), Some(message)) => signer.sign(message),
            (Some(signer), None) => signer.sign_empty()?,
        };
        Some(sealed.and_then(|message| Ok(encode_frame(&message)?)))
    }
}

impl Body for FrameBody {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let piece = match ready!(self.frames.poll_message(context)) {
            Some(Ok(message)) => self.seal(Some(message)),
            Some(Err(error)) => Some(Err(error)),
            None => {
                self.ended = true;
                self.seal(None)
            }
        };
        self.ended |= !matches!(piece, Some(Ok(_)));
        Poll::Ready(piece.map(|piece| piece.map(Frame::data)))
    }
}
