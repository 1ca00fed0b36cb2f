//! Messages as they are received.

use crate::stream::ByteStream;
use http::HeaderMap;

/// A request as a server has it.
#[derive(Clone, Copy, Debug)]
pub struct RequestParts<'a> {
    /// The path as it was sent, percent-encoded.
    pub path: &'a str,
    /// The query as it was sent, without the question mark.
    pub query: &'a str,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body.
    pub body: BodyParts<'a>,
}

/// A response as a client has it.
#[derive(Clone, Copy, Debug)]
pub struct ResponseParts<'a> {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body.
    pub body: BodyParts<'a>,
}

/// A body as it is received.
#[derive(Clone, Copy, Debug)]
pub enum BodyParts<'a> {
    /// All of it; nothing when there is none.
    Bytes(&'a [u8]),
    /// A stream, of an operation whose body is one.
    Stream(&'a ByteStream),
    /// A stream of events, of a [protocol](crate::protocol::Protocol::INITIAL_MESSAGES) in which the other members go before it.
    #[cfg(feature = "event-stream")]
    Events {
        /// The other members; nothing when there is no initial message.
        initial: &'a [u8],
        /// The stream behind that.
        events: &'a ByteStream,
    },
}

impl<'a> BodyParts<'a> {
    /// The bytes; none of a stream, but for those before it.
    pub fn bytes(self) -> &'a [u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Stream(_) => &[],
            #[cfg(feature = "event-stream")]
            Self::Events { initial, .. } => initial,
        }
    }

    /// The stream; bytes in memory are one, too.
    pub fn stream(self) -> ByteStream {
        match self {
            Self::Bytes(bytes) => bytes.to_vec().into(),
            Self::Stream(stream) => stream.clone(),
            #[cfg(feature = "event-stream")]
            Self::Events { events, .. } => events.clone(),
        }
    }
}
