//! Initial messages: what is beside the stream in a message, where a protocol has no other place for it.
//!
//! <https://smithy.io/2.0/aws/amazon-eventstream.html#initial-message-events>
//!
//! A protocol with HTTP bindings does not need them. One without puts [`EventFrames::behind_initial`] into the body, and says so by
//! [`Protocol::INITIAL_MESSAGES`](crate::protocol::Protocol::INITIAL_MESSAGES): then it is given
//! [`BodyParts::Events`](crate::message::BodyParts::Events), the initial message apart.

use super::frame::{FrameError, first_frame};
use super::reader::find;
use super::{EventFrames, messages, names, writer};
use crate::codec::Mode;
use crate::stream::{ByteStream, StreamError};
use aws_smithy_types::event_stream::Message;
use bytes::{Buf as _, Bytes, BytesMut};
use http_body::{Body, Frame};
use http_body_util::BodyExt as _;
use std::pin::Pin;
use std::task::{Context, Poll};

const REQUEST: &str = "initial-request";
const RESPONSE: &str = "initial-response";

/// The two initial messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InitialMessage {
    /// Of a request.
    Request,
    /// Of a response.
    Response,
}

impl InitialMessage {
    fn name(self) -> &'static str {
        match self {
            Self::Request => REQUEST,
            Self::Response => RESPONSE,
        }
    }
}

/// Whether an event is an initial message.
pub(super) fn is_initial(name: &str) -> bool {
    [REQUEST, RESPONSE].contains(&name)
}

impl EventFrames {
    /// The same messages behind an initial one: the members that are not the stream, of this media type.
    #[must_use]
    pub fn behind_initial(self, initial: InitialMessage, media_type: &'static str, members: impl Into<Bytes>) -> Self {
        self.behind(writer::initial(media_type, initial.name(), members.into()))
    }
}

/// The payload of the initial message, nothing when there is none, and the stream behind it.
///
/// # Errors
///
/// A stream that breaks off, or that begins with what is no message.
pub async fn initial_message(
    initial: InitialMessage,
    bytes: ByteStream,
    limit: usize,
) -> Result<(Bytes, ByteStream), StreamError> {
    let mode = match initial {
        InitialMessage::Request => Mode::Strict,
        InitialMessage::Response => Mode::Lenient,
    };
    let mut rest = bytes;
    let mut read = BytesMut::new();
    while let Some(frame) = rest.frame().await {
        read.extend_from_slice(frame?.data_ref().map_or(&[], |data| data));
        let Some((message, length)) = first_frame(&read, limit)? else { continue };
        let payload = match messages::unsealed(message, mode, limit)? {
            Some(message) if is_named(&message, initial) => {
                read.advance(length);
                message.payload().clone()
            }
            _ => Bytes::new(),
        };
        return Ok((payload, ByteStream::from_body(Behind { read: read.freeze(), rest })));
    }
    if read.is_empty() { Ok(Default::default()) } else { Err(FrameError::Truncated.into()) }
}

fn is_named(message: &Message, initial: InitialMessage) -> bool {
    find(message, names::EVENT_TYPE).is_some_and(|name| name.as_string().is_ok_and(|name| name.as_str() == initial.name()))
}

/// Bytes that were read already, and those behind them.
struct Behind {
    read: Bytes,
    rest: ByteStream,
}

impl Body for Behind {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        match self.read.is_empty() {
            true => Pin::new(&mut self.rest).poll_frame(context),
            false => Poll::Ready(Some(Ok(Frame::data(std::mem::take(&mut self.read))))),
        }
    }
}
