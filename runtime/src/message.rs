//! Messages: what travels outside the body, and what the body is.
//!
//! <https://smithy.io/2.0/spec/http-bindings.html>

mod labels;
mod parts;
mod text;

pub(crate) use labels::Labels;
pub use parts::{BodyParts, RequestParts, ResponseParts};
pub use text::{BodyText, RequestText, ResponseText};

use crate::codec::{Decode, DecodeError, Decoded, Encode, MapKey, Structure};
use crate::enumeration::{Enumeration, IntegerEnumeration};
#[cfg(feature = "event-stream")]
use crate::event_stream::{EventStream, Events};
use crate::protocol::ErrorMembers;
use crate::stream::ByteStream;
use crate::text::{BindingName, Text, Texts};
use aws_smithy_types::Blob;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A response or an error. All of it is in the body, unless the model binds members elsewhere.
pub trait Message: Structure {
    /// Writes the message.
    ///
    /// # Errors
    ///
    /// A member that cannot travel where it is bound to.
    fn write<W: MessageWriter>(&self, to: &mut W) -> Written {
        to.body(self)
    }

    /// Reads the message into a [zero](crate::codec::Zero).
    ///
    /// # Errors
    ///
    /// A body that is not of the format, or a member that is not of its type.
    fn read<R: MessageReader>(&mut self, from: &mut R) -> Decoded {
        from.body(self)
    }
}

impl Message for () {}

/// Where a message is written to.
pub trait MessageWriter {
    /// Writes a segment of the path.
    ///
    /// # Errors
    ///
    /// A value without a text form, or an empty text, which would be another path.
    fn label<T: Text>(&mut self, name: impl Into<BindingName>, value: &T) -> Written;

    /// Writes a segment of the path that is a token, which a client makes up.
    ///
    /// # Errors
    ///
    /// There is none, or it is empty.
    fn token_label(&mut self, name: &'static str, value: &Option<String>) -> Written {
        self.label(name, value.as_ref().unwrap_or(&String::new()))
    }

    /// Writes a label of the host.
    ///
    /// # Errors
    ///
    /// A text that is no label of a host.
    fn host_label<T: Texts>(&mut self, name: &'static str, value: &T) -> Written;

    /// Writes query parameters: one for each text.
    ///
    /// # Errors
    ///
    /// A value without a text form.
    fn query<T: Texts>(&mut self, name: impl Into<BindingName>, value: &T) -> Written;

    /// Writes the query parameters of a map, but for those that are there already.
    ///
    /// # Errors
    ///
    /// A value without a text form.
    fn query_params<T: TextMap>(&mut self, value: &T) -> Written;

    /// Writes a header, many texts with commas between them.
    ///
    /// # Errors
    ///
    /// A text that no header can hold.
    fn header<T: Texts>(&mut self, name: impl Into<BindingName>, value: &T) -> Written;

    /// Writes the headers of a map, whose names begin with the prefix, but for those that are there already.
    ///
    /// # Errors
    ///
    /// A name or a text that no header can hold.
    fn prefix_headers<T: TextMap>(&mut self, prefix: &'static str, value: &T) -> Written;

    /// Writes the status.
    ///
    /// # Errors
    ///
    /// A number that is no status.
    fn status<T: Status>(&mut self, value: &T) -> Written;

    /// Writes the body: the members of a structure that travel there.
    ///
    /// # Errors
    ///
    /// None of the protocols that there are.
    fn body<T: Structure>(&mut self, value: &T) -> Written;

    /// Writes the members of a structure, where all of them travel in the body and the model would have something else there, or nothing.
    ///
    /// # Errors
    ///
    /// None of the protocols that there are.
    fn rpc_body<T: Structure>(&mut self, value: &T) -> Written {
        let _ = value;
        Ok(())
    }

    /// Writes an error that no model knows.
    ///
    /// # Errors
    ///
    /// None of the protocols that there are.
    fn unmodeled_error<T: ErrorMembers + Encode>(&mut self, error: &T) -> Written {
        self.payload("error", error)
    }

    /// Writes a structure as the body; one that is not given is an empty one in a request, and no body in a response.
    ///
    /// # Errors
    ///
    /// None of the protocols that there are.
    fn structure_payload<T: Encode>(&mut self, name: &'static str, value: &T) -> Written;

    /// Writes a value as the body, or no body when it is not given.
    ///
    /// # Errors
    ///
    /// None of the protocols that there are.
    fn payload<T: Encode>(&mut self, name: &'static str, value: &T) -> Written;

    /// Writes a string or bytes as the body, or no body when it is not given.
    ///
    /// # Errors
    ///
    /// None of the protocols that there are.
    fn raw_payload<T: Raw>(&mut self, media_type: &'static str, value: &T) -> Written;

    /// Writes a stream as the body.
    ///
    /// # Errors
    ///
    /// None of the protocols that there are.
    fn stream_payload(&mut self, media_type: &'static str, value: &ByteStream) -> Written;

    /// Writes a stream of events as the body.
    ///
    /// # Errors
    ///
    /// The protocol has none, unless it says otherwise.
    #[cfg(feature = "event-stream")]
    fn event_stream<E: Events>(&mut self, name: &'static str, value: &EventStream<E>) -> Written {
        let _ = value;
        Err(WriteError::EventStream(name))
    }
}

/// Where a message is read from.
///
/// Strictly, what is missing or of another type is recorded by the reader; leniently, it is the error.
pub trait MessageReader {
    /// Reads a segment of the path.
    ///
    /// # Errors
    ///
    /// Another type.
    fn label<T: Text>(&mut self, name: impl Into<BindingName>, place: &mut T) -> Decoded;

    /// Reads a segment of the path that is a token, which a client makes up.
    ///
    /// # Errors
    ///
    /// None.
    fn token_label(&mut self, name: &'static str, place: &mut Option<String>) -> Decoded {
        self.label(name, place.get_or_insert_default())
    }

    /// Passes over a label of the host: the member is in the body, too.
    ///
    /// # Errors
    ///
    /// None.
    fn host_label<T: Texts>(&mut self, name: &'static str, place: &mut T) -> Decoded {
        let _ = (name, place);
        Ok(())
    }

    /// Reads the query parameters of this name.
    ///
    /// # Errors
    ///
    /// Another type.
    fn query<T: Texts>(&mut self, name: impl Into<BindingName>, place: &mut T) -> Decoded;

    /// Reads all query parameters.
    ///
    /// # Errors
    ///
    /// None of the protocols that there are.
    fn query_params<T: TextMap>(&mut self, place: &mut T) -> Decoded;

    /// Reads the headers of this name.
    ///
    /// # Errors
    ///
    /// Another type.
    fn header<T: Texts>(&mut self, name: impl Into<BindingName>, place: &mut T) -> Decoded;

    /// Reads the headers whose names begin with this prefix.
    ///
    /// # Errors
    ///
    /// None of the protocols that there are.
    fn prefix_headers<T: TextMap>(&mut self, prefix: &'static str, place: &mut T) -> Decoded;

    /// Reads the status.
    ///
    /// # Errors
    ///
    /// None.
    fn status<T: Status>(&mut self, place: &mut T) -> Decoded;

    /// Reads the body: the members of a structure that travel there.
    ///
    /// # Errors
    ///
    /// A body that is not of the format.
    fn body<T: Structure>(&mut self, value: &mut T) -> Decoded;

    /// Reads the members of a structure, where all of them travel in the body and the model would have something else there, or nothing.
    ///
    /// # Errors
    ///
    /// A body that is not of the format.
    fn rpc_body<T: Structure>(&mut self, value: &mut T) -> Decoded {
        let _ = value;
        Ok(())
    }

    /// Reads the body as a structure. An empty one is none in a request: that is how one is written that is not given.
    ///
    /// # Errors
    ///
    /// A body that is not of the format.
    fn structure_payload<T: Decode>(&mut self, name: &'static str, place: &mut T) -> Decoded;

    /// Reads the body as a value. No body is a value that is not given.
    ///
    /// # Errors
    ///
    /// A body that is not of the format.
    fn payload<T: Decode>(&mut self, name: &'static str, place: &mut T) -> Decoded;

    /// Reads the body as a string or bytes.
    ///
    /// # Errors
    ///
    /// A body that is no text.
    fn raw_payload<T: Raw>(&mut self, media_type: &'static str, place: &mut T) -> Decoded;

    /// Gives out the body.
    ///
    /// # Errors
    ///
    /// None.
    fn stream_payload(&mut self, media_type: &'static str, place: &mut ByteStream) -> Decoded;

    /// Gives out the events of the body; none, where the protocol does not say otherwise.
    ///
    /// # Errors
    ///
    /// None.
    #[cfg(feature = "event-stream")]
    fn event_stream<E: Events>(&mut self, name: &'static str, place: &mut EventStream<E>) -> Decoded {
        let _ = (name, place);
        Ok(())
    }

    /// Reads a whole message.
    ///
    /// # Errors
    ///
    /// See [`Message::read`].
    fn message<T: Message>(&mut self) -> Result<T, DecodeError>
    where
        Self: Sized,
    {
        let mut message = T::zero();
        message.read(self)?;
        Ok(message)
    }
}

/// A map whose entries are query parameters or headers.
pub trait TextMap {
    /// Calls the closure with each name and text.
    fn each(&self, text: impl FnMut(&str, &str));

    /// Adds a text to those of its name.
    fn add(&mut self, name: &str, text: &str);
}

/// Of texts of the same name, the first counts. Names and texts are strings, or enums.
impl<K: MapKey, T: MapKey> TextMap for BTreeMap<K, T> {
    fn each(&self, mut text: impl FnMut(&str, &str)) {
        self.iter().for_each(|(name, value)| text(name.as_key(), value.as_key()));
    }

    fn add(&mut self, name: &str, text: &str) {
        self.entry(K::from_key(name)).or_insert_with(|| T::from_key(text));
    }
}

impl<K: MapKey, T: MapKey> TextMap for BTreeMap<K, Vec<T>> {
    fn each(&self, mut text: impl FnMut(&str, &str)) {
        self.iter().for_each(|(name, values)| values.iter().for_each(|value| text(name.as_key(), value.as_key())));
    }

    fn add(&mut self, name: &str, text: &str) {
        self.entry(K::from_key(name)).or_default().push(T::from_key(text));
    }
}

impl<T: TextMap + Default> TextMap for Option<T> {
    fn each(&self, text: impl FnMut(&str, &str)) {
        if let Some(map) = self {
            map.each(text);
        }
    }

    fn add(&mut self, name: &str, text: &str) {
        self.get_or_insert_default().add(name, text);
    }
}

/// A status that is a member.
pub trait Status {
    /// The status, if it is given.
    fn status(&self) -> Option<i32>;

    /// Sets the status.
    fn set_status(&mut self, status: u16);
}

impl Status for i32 {
    fn status(&self) -> Option<i32> {
        Some(*self).filter(|status| *status != 0)
    }

    fn set_status(&mut self, status: u16) {
        *self = status.into();
    }
}

impl Status for Option<i32> {
    fn status(&self) -> Option<i32> {
        *self
    }

    fn set_status(&mut self, status: u16) {
        *self = Some(status.into());
    }
}

impl<T: IntegerEnumeration> Status for T {
    fn status(&self) -> Option<i32> {
        Some(self.value()).filter(|status| *status != 0)
    }

    fn set_status(&mut self, status: u16) {
        *self = i32::from(status).into();
    }
}

impl<T: IntegerEnumeration> Status for Option<T> {
    fn status(&self) -> Option<i32> {
        self.as_ref().map(IntegerEnumeration::value)
    }

    fn set_status(&mut self, status: u16) {
        *self = Some(i32::from(status).into());
    }
}

/// What is a body as it is: text or bytes.
pub trait Raw: Sized {
    /// The bytes, if there is a value.
    fn bytes(&self) -> Option<Cow<'_, [u8]>>;

    /// The value of a body; `None` when it is no text.
    fn from_bytes(bytes: &[u8]) -> Option<Self>;
}

impl Raw for Blob {
    fn bytes(&self) -> Option<Cow<'_, [u8]>> {
        Some(Cow::Borrowed(self.as_ref()))
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self::new(bytes))
    }
}

impl Raw for String {
    fn bytes(&self) -> Option<Cow<'_, [u8]>> {
        Some(Cow::Borrowed(self.as_bytes()))
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        std::str::from_utf8(bytes).ok().map(str::to_owned)
    }
}

impl<T: Enumeration> Raw for T {
    fn bytes(&self) -> Option<Cow<'_, [u8]>> {
        Some(Cow::Borrowed(self.as_str().as_bytes()))
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        std::str::from_utf8(bytes).ok().map(Self::from)
    }
}

/// No body is a value that is not given.
impl<T: Raw> Raw for Option<T> {
    fn bytes(&self) -> Option<Cow<'_, [u8]>> {
        self.as_ref()?.bytes()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        if bytes.is_empty() { Some(None) } else { T::from_bytes(bytes).map(Some) }
    }
}

/// What writing something comes to.
pub type Written = Result<(), WriteError>;

/// Why a message could not be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// A label must not be empty: the path would be another operation's.
    #[error("the label {0} is empty")]
    EmptyLabel(&'static str),
    /// A label must not be a dot segment, nor a greedy one have any: receivers would walk to another operation's path, and
    /// signers sign that.
    #[error("the label {0} has the segment `.` or `..`, which makes another path")]
    DotSegment(&'static str),
    /// A greedy label must not have empty segments: signers leave them out.
    #[error("the label {0} has an empty segment, which makes another path")]
    EmptySegment(&'static str),
    /// A text that no part of a host can be: letters, digits and hyphens, 63 at most.
    #[error("the member {0} is no label of a host")]
    HostLabel(&'static str),
    /// A text that no header can hold, a line feed say.
    #[error("the header {0} cannot hold this value")]
    Header(String),
    /// A value without a text form, a timestamp past the year 9999 say.
    #[error("the member {0} has no text form")]
    NoText(&'static str),
    /// A number that is no status.
    #[error("{0} is no HTTP status")]
    Status(i32),
    /// A stream of events in a protocol that has none.
    #[error("the protocol has no stream of events for {0}")]
    EventStream(&'static str),
}

/// Writes and reads a message: a line a member that travels outside the body, and what the body is.
///
/// ```text
/// impl Message for ListFilesResponse {
///     bindings! {
///         header "ETag" => e_tag,
///         header "Last-Modified" => modified as EpochSeconds,
///         prefix_headers "x-meta-" => metadata,
///         status => status,
///         body,
///     }
/// }
/// ```
#[macro_export]
macro_rules! bindings {
    ($($kind:ident $($name:literal)? $(($tell:literal, $wire:literal))? $(=> $member:ident)? $(as $form:ident)?,)*) => {
        fn write<W: $crate::message::MessageWriter>(&self, to: &mut W) -> $crate::message::Written {
            let _ = &to;
            $($crate::binding!(write self to $kind [$($name)? $(($tell, $wire))?] [$($member)?] [$($form)?])?;)*
            Ok(())
        }

        fn read<R: $crate::message::MessageReader>(&mut self, from: &mut R) -> $crate::codec::Decoded {
            let _ = &from;
            $($crate::binding!(read self from $kind [$($name)? $(($tell, $wire))?] [$($member)?] [$($form)?])?;)*
            Ok(())
        }
    };
}

/// One binding, one way.
#[doc(hidden)]
#[macro_export]
macro_rules! binding {
    ($way:ident $message:ident $place:ident $body:ident [] [] []) => {
        $place.$body($message)
    };
    (write $message:ident $to:ident $kind:ident [] [$member:ident] []) => {
        $to.$kind(&$message.$member)
    };
    (read $message:ident $from:ident $kind:ident [] [$member:ident] []) => {
        $from.$kind(&mut $message.$member)
    };
    (write $message:ident $to:ident $kind:ident [$name:tt] [$member:ident] [$($form:ident)?]) => {
        $to.$kind($($crate::codegen::$form)?($name), &$message.$member)
    };
    (read $message:ident $from:ident $kind:ident [$name:tt] [$member:ident] [$($form:ident)?]) => {
        $from.$kind($($crate::codegen::$form)?($name), &mut $message.$member)
    };
}
