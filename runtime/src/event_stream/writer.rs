//! Writing events.

use super::{Event, EventHeader, Events, names};
use crate::codec::{Encode, Encoder as _, Structure};
use crate::document::Document;
use crate::error::{Exception, ServiceError as _};
use crate::format::Format;
use crate::message::{Raw, WriteError, Written};
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use aws_smithy_types::str_bytes::StrBytes;
use bytes::Bytes;
use std::marker::PhantomData;

/// The longest text of a header, in bytes.
const MAX_TEXT: usize = i16::MAX as usize;

/// Collects the members of one event.
#[derive(Debug)]
pub struct EventWriter<F> {
    /// What an encoded payload is called.
    media_type: &'static str,
    /// The type of the message, and what else says what it is.
    head: Vec<Header>,
    content_type: Option<&'static str>,
    headers: Vec<Header>,
    payload: Bytes,
    format: PhantomData<F>,
}

impl<F: Format> EventWriter<F> {
    /// A writer of one message, whose values have this media type.
    pub(super) fn new(media_type: &'static str) -> Self {
        Self { media_type, head: Vec::new(), content_type: None, headers: Vec::new(), payload: Bytes::new(), format: PhantomData }
    }

    /// The message of what a stream gave.
    ///
    /// # Errors
    ///
    /// A member that no header can hold.
    pub(super) fn message<E: Events>(media_type: &'static str, event: &Result<E, E::Error>) -> Result<Message, WriteError> {
        let mut writer = Self::new(media_type);
        match event {
            Ok(event) => event.write(&mut writer)?,
            Err(error) if E::write_error(error, &mut writer)? => {}
            Err(error) => writer.unmodeled(error.exception()),
        }
        Ok(writer.into_message())
    }

    fn into_message(self) -> Message {
        let content_type = self.content_type.map(|media_type| Header::new(names::CONTENT_TYPE, text(media_type)));
        Message::new_from_parts(self.head.into_iter().chain(content_type).chain(self.headers).collect(), self.payload)
    }

    fn say<const N: usize>(&mut self, headers: [(&'static str, HeaderValue); N]) {
        self.head.extend(headers.map(|(name, value)| Header::new(name, value)));
    }

    fn encode(&mut self, write: impl FnOnce(&mut F::Encoder)) {
        self.content_type = Some(self.media_type);
        self.payload = F::encode(write).into();
    }

    /// Writes an event of the model.
    ///
    /// # Errors
    ///
    /// A member that no header can hold.
    pub fn event<T: Event>(&mut self, name: &'static str, event: &T) -> Written {
        self.say([(names::MESSAGE_TYPE, text("event")), (names::EVENT_TYPE, text(name))]);
        event.write(self)
    }

    /// Writes an error of the model.
    ///
    /// # Errors
    ///
    /// A member that no header can hold.
    pub fn exception<T: Event>(&mut self, name: &'static str, error: &T) -> Written {
        self.say([(names::MESSAGE_TYPE, text("exception")), (names::EXCEPTION_TYPE, text(name))]);
        error.write(self)
    }

    /// Writes an event that the model does not know.
    ///
    /// # Errors
    ///
    /// A name that no header can hold.
    pub fn unrecognized(&mut self, name: &str, value: &Document) -> Written {
        if name.len() > MAX_TEXT {
            return Err(WriteError::Header(names::EVENT_TYPE.to_owned()));
        }
        self.say([(names::MESSAGE_TYPE, text("event")), (names::EVENT_TYPE, owned(name))]);
        if *value != Document::Null {
            self.encode(|to| value.encode(to));
        }
        Ok(())
    }

    /// Writes an error that the union does not have: its name, and what it says.
    fn unmodeled(&mut self, error: &dyn Exception) {
        let code = Some(error.code()).filter(|code| !code.is_empty()).unwrap_or("InternalFailure");
        let message = error.message().unwrap_or_default();
        self.say([
            (names::MESSAGE_TYPE, text("error")),
            (names::ERROR_CODE, owned(beginning(code))),
            (names::ERROR_MESSAGE, owned(beginning(message))),
        ]);
    }

    /// Writes a member as a header, if it is given.
    ///
    /// # Errors
    ///
    /// A text or bytes that are too long for one, or a time too far away.
    pub fn header<T: EventHeader>(&mut self, name: &'static str, value: &T) -> Written {
        let Some(value) = value.to_header() else { return Ok(()) };
        let fits = match &value {
            HeaderValue::String(text) => text.as_bytes().len() <= MAX_TEXT,
            HeaderValue::ByteArray(bytes) => bytes.len() <= MAX_TEXT,
            HeaderValue::Timestamp(time) => time.to_millis().is_ok(),
            _ => true,
        };
        if !fits {
            return Err(WriteError::Header(name.to_owned()));
        }
        self.headers.push(Header::new(name, value));
        Ok(())
    }

    /// Writes a member that has a default as a header.
    ///
    /// # Errors
    ///
    /// See [`header`](Self::header).
    pub fn defaulted_header<T: EventHeader>(&mut self, name: &'static str, value: &T) -> Written {
        self.header(name, value)
    }

    /// Writes a value as the payload, or none when it is not given.
    ///
    /// # Errors
    ///
    /// None of the formats that there are.
    pub fn payload<T: Encode>(&mut self, _: &'static str, value: &T) -> Written {
        if value.is_set() {
            self.encode(|to| value.encode(to));
        }
        Ok(())
    }

    /// Writes a string or bytes as the payload, or none when it is not given.
    ///
    /// # Errors
    ///
    /// None of the formats that there are.
    pub fn raw_payload<T: Raw>(&mut self, media_type: &'static str, value: &T) -> Written {
        if let Some(bytes) = value.bytes() {
            self.content_type = Some(media_type);
            self.payload = bytes.into_owned().into();
        }
        Ok(())
    }

    /// Writes the members as the payload that have no other place.
    ///
    /// # Errors
    ///
    /// None of the formats that there are.
    pub fn body<T: Structure>(&mut self, value: &T) -> Written {
        self.encode(|to| to.structure(value));
        Ok(())
    }
}

/// An [initial message](super::initial).
pub(super) fn initial(media_type: &'static str, name: &'static str, members: Bytes) -> Message {
    let headers = [(names::MESSAGE_TYPE, "event"), (names::EVENT_TYPE, name), (names::CONTENT_TYPE, media_type)];
    Message::new_from_parts(headers.map(|(name, value)| Header::new(name, text(value))).to_vec(), members)
}

fn text(text: &'static str) -> HeaderValue {
    HeaderValue::String(StrBytes::from(text))
}

fn owned(text: &str) -> HeaderValue {
    HeaderValue::String(StrBytes::from(text.to_owned()))
}

/// As much of a text as a header can hold.
fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(MAX_TEXT)]
}
