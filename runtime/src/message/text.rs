//! Messages as they are sent.

#[cfg(feature = "event-stream")]
use crate::event_stream::EventFrames;
use crate::stream::ByteStream;
use http::HeaderMap;

/// A request as text, for whatever sends it.
#[derive(Clone, Debug)]
pub struct RequestText {
    /// The method.
    pub method: &'static str,
    /// The path and the query.
    pub uri: String,
    /// What goes before the host.
    pub host_prefix: Option<String>,
    /// The headers of the members and of the protocol.
    pub headers: HeaderMap,
    /// The body.
    pub body: BodyText,
}

/// A response as text, for whatever sends it.
#[derive(Clone, Debug)]
pub struct ResponseText {
    /// The status.
    pub status: u16,
    /// The headers of the members and of the protocol.
    pub headers: HeaderMap,
    /// The body.
    pub body: BodyText,
}

/// A body as text.
#[derive(Clone, Debug, Default)]
pub enum BodyText {
    /// None.
    #[default]
    None,
    /// All of it.
    Bytes(Vec<u8>),
    /// A stream.
    Stream(ByteStream),
    /// A stream of events, which a client signs.
    #[cfg(feature = "event-stream")]
    Events(EventFrames),
}
