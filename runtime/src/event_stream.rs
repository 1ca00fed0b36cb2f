//! Streams of events: <https://smithy.io/2.0/spec/streaming.html#event-streams>.
//!
//! ```text
//!   a generated union ── Events ── EventWriter, EventReader ── messages ── frames ── ByteStream
//!   its structures ───── Event         (a format's)               └ signed by a client
//! ```
//!
//! The members of a union of events are what an [`EventStream`] gives; those that are errors end it, as `Err`. An event's members
//! travel in the headers of a message and in its payload, which is in the protocol's [`Format`](crate::format::Format). All of this is
//! the same for every protocol: one with event streams calls [`EventFrames::of`] where it writes a message, and
//! [`EventStream::received`] where it reads one.
//!
//! - **Signatures.** A client signs every event, each signature going into the next, and an empty message at the end. A server takes
//!   signed messages and others; it does not look at the signatures, as it does not look at those of requests.
//! - **Limits.** A frame is refused before it is buffered when it is longer than [`DecodeLimits::frame`] allows, and so is
//!   one whose headers have more than 128 KiB; of these there are 128 at most. Payloads have the limits of bodies.
//! - **Ends.** A stream that breaks off within a frame, a frame that is damaged, a message of an unknown type and an event that cannot
//!   be read end the stream with an error. Nothing behind it is read.
//!
//! [`DecodeLimits::frame`]: crate::codec::DecodeLimits::frame

mod channel;
mod events;
mod frame;
mod frames;
mod header;
mod initial;
mod messages;
mod reader;
mod received;
mod stream;
#[cfg(test)]
#[cfg(all(feature = "client", feature = "server"))]
mod tests;
mod writer;

pub use channel::{EventSender, EventStreamClosed};
pub use events::{Event, Events};
pub use frame::{FrameDecoder, FrameError, encode_frame};
pub use frames::EventFrames;
pub use header::EventHeader;
pub use initial::{InitialMessage, initial_message};
pub use reader::EventReader;
pub use stream::EventStream;
pub use writer::EventWriter;

/// What a stream of events is: <https://smithy.io/2.0/aws/amazon-eventstream.html>.
pub const MEDIA_TYPE: &str = crate::operation::EVENT_STREAM;

/// The names of the headers that every message may have: <https://smithy.io/2.0/aws/amazon-eventstream.html#amazon-event-semantics>.
mod names {
    pub(super) const MESSAGE_TYPE: &str = ":message-type";
    pub(super) const EVENT_TYPE: &str = ":event-type";
    pub(super) const EXCEPTION_TYPE: &str = ":exception-type";
    pub(super) const CONTENT_TYPE: &str = ":content-type";
    pub(super) const ERROR_CODE: &str = ":error-code";
    pub(super) const ERROR_MESSAGE: &str = ":error-message";
    pub(super) const SIGNATURE: &str = ":chunk-signature";
}
