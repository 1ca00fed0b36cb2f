//! Reading events.

use super::{Event, EventHeader, names};
use crate::codec::{Decode, DecodeError, Decoded, Decoder as _, Mode, ProblemKind, Problems, Reading, Structure};
use crate::document::Document;
use crate::format::{Format, FormatDecoder as _, read_body};
use crate::message::Raw;
use crate::validate::PointerStep;
use aws_smithy_types::event_stream::{HeaderValue, Message};
use std::marker::PhantomData;

/// How the messages of a stream are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    pub(super) mode: Mode,
    pub(super) reading: Reading,
    /// What an encoded payload is called.
    pub(super) media_type: &'static str,
}

/// Hands out the members of one event.
#[derive(Debug)]
pub struct EventReader<'m, F> {
    message: &'m Message,
    /// Where the event lies, in paths.
    path: String,
    manner: Manner,
    problems: Problems,
    format: PhantomData<F>,
}

impl<'m, F: Format> EventReader<'m, F> {
    /// A reader of the event of this name.
    pub(super) fn new(message: &'m Message, name: &str, manner: Manner) -> Self {
        let path = format!("/{}", PointerStep(name));
        Self { message, path, manner, problems: Problems::default(), format: PhantomData }
    }

    /// What a strict reader recorded.
    pub(super) fn into_problems(self) -> Problems {
        self.problems
    }

    /// Reads all members of an event.
    ///
    /// # Errors
    ///
    /// See [`Event::read`].
    pub fn event<T: Event>(&mut self) -> Result<T, DecodeError> {
        let mut event = T::zero();
        event.read(self)?;
        if self.manner.mode == Mode::Strict {
            event.fill_defaults();
        }
        Ok(event)
    }

    /// What the payload holds, if it is in the format.
    pub(super) fn document(&self) -> Document {
        if !self.is_encoded() {
            return Document::Null;
        }
        let mut decoder = F::decoder(self.message.payload(), Mode::Lenient, self.manner.reading);
        decoder.document().ok().filter(|_| decoder.end().is_ok()).unwrap_or_default()
    }

    /// Records what is unknown about the event itself.
    pub(super) fn unknown(&mut self) {
        self.problems.push(self.path.clone(), ProblemKind::Unrecognized);
    }

    /// Reads a member from its header.
    ///
    /// # Errors
    ///
    /// Another type.
    pub fn header<T: EventHeader>(&mut self, name: &'static str, place: &mut T) -> Decoded {
        let Some(value) = find(self.message, name) else {
            return if T::may_be_missing() { Ok(()) } else { self.problem(name, ProblemKind::Missing) };
        };
        match T::from_header(value) {
            Some(value) => *place = value,
            None => return self.problem(name, ProblemKind::Mistyped(T::EXPECTED)),
        }
        Ok(())
    }

    /// Reads a member from its header; without one, it stays at its default.
    ///
    /// # Errors
    ///
    /// Another type.
    pub fn defaulted_header<T: EventHeader>(&mut self, name: &'static str, place: &mut T) -> Decoded {
        if find(self.message, name).is_some() { self.header(name, place) } else { Ok(()) }
    }

    /// Reads the payload as a value. No payload is a value that is not given.
    ///
    /// # Errors
    ///
    /// A payload that is not of the format.
    pub fn payload<T: Decode>(&mut self, name: &'static str, place: &mut T) -> Decoded {
        match self.message.payload().as_ref() {
            b"" if T::null().is_some() => Ok(()),
            b"" => self.problem(name, ProblemKind::Missing),
            _ => {
                let path = format!("{}/{}", self.path, PointerStep(name));
                self.decode(self.message.payload(), &path, |decoder| decoder.set(place))
            }
        }
    }

    /// Reads the payload as a string or bytes.
    ///
    /// # Errors
    ///
    /// A payload that is no text.
    pub fn raw_payload<T: Raw>(&mut self, _: &'static str, place: &mut T) -> Decoded {
        match T::from_bytes(self.message.payload()) {
            Some(value) => *place = value,
            None => return self.problem_at(self.path.clone(), ProblemKind::Mistyped("UTF-8")),
        }
        Ok(())
    }

    /// Reads the members from the payload that have no other place. No payload is one without members.
    ///
    /// # Errors
    ///
    /// A payload that is not of the format.
    pub fn body<T: Structure>(&mut self, value: &mut T) -> Decoded {
        let payload = match self.message.payload().as_ref() {
            b"" => F::EMPTY,
            payload => payload,
        };
        let path = self.path.clone();
        self.decode(payload, &path, |decoder| decoder.structure(value))
    }

    /// Whether the payload is in the format, or does not say what it is.
    fn is_encoded(&self) -> bool {
        let said = find(self.message, names::CONTENT_TYPE).map(|value| value.as_string().map(|text| text.as_str()));
        said.is_none_or(|said| said.is_ok_and(|said| essence(said).eq_ignore_ascii_case(essence(self.manner.media_type))))
    }

    fn decode<'b>(&mut self, payload: &'b [u8], path: &str, read: impl FnOnce(&mut F::Decoder<'b>) -> Decoded) -> Decoded {
        if self.manner.mode == Mode::Strict && !self.is_encoded() {
            return self.problem_at(path.to_owned(), ProblemKind::Mistyped("a payload of the protocol's media type"));
        }
        read_body::<F>(payload, path, self.manner.mode, self.manner.reading, &mut self.problems, read)
    }

    fn problem(&mut self, member: &str, kind: ProblemKind) -> Decoded {
        self.problem_at(format!("{}/{}", self.path, PointerStep(member)), kind)
    }

    /// Records what is wrong with a member, or fails with it. A client does without what is missing.
    fn problem_at(&mut self, path: String, kind: ProblemKind) -> Decoded {
        match (self.manner.mode, kind) {
            (Mode::Strict, kind) => self.problems.push(path, kind),
            (Mode::Lenient, ProblemKind::Mistyped(expected)) => {
                return Err(DecodeError::mistyped(expected).within(path.trim_start_matches('/')));
            }
            (Mode::Lenient, _) => {}
        }
        Ok(())
    }
}

/// The header of this name.
pub(super) fn find<'m>(message: &'m Message, name: &str) -> Option<&'m HeaderValue> {
    message.headers().iter().find(|header| header.name().as_str() == name).map(|header| header.value())
}

/// A media type without its parameters.
fn essence(media: &str) -> &str {
    media.split(';').next().unwrap_or_default().trim()
}
