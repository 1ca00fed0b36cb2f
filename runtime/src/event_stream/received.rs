//! Events from messages that arrive.

use super::messages::{Broken, Messages};
use super::reader::{EventReader, Manner, find};
use super::{Events, initial, names};
use crate::codec::{DecodeError, Mode, Problems};
use crate::document::Document;
use crate::error::{ClientError, ClientErrorKind, UnrecognizedError};
use crate::format::Format;
use crate::stream::{ByteStream, StreamError};
use aws_smithy_types::event_stream::Message;
use futures_core::Stream;
use std::io;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The status of an exception that the model does not know.
const EXCEPTION: u16 = 400;

/// The status of an error that no model has.
const ERROR: u16 = 500;

/// The events of a stream of bytes.
pub(super) struct Received<E, F> {
    messages: Messages,
    manner: Manner,
    types: PhantomData<fn() -> (E, F)>,
}

impl<E: Events, F: Format> Received<E, F> {
    pub(super) fn new(bytes: ByteStream, manner: Manner) -> Self {
        let messages = Messages::new(bytes, manner.reading.limits.max_frame(), manner.mode);
        Self { messages, manner, types: PhantomData }
    }

    /// What a message says; nothing, if it is no event.
    fn read(&self, message: &Message) -> Option<Result<E, Failure<E>>> {
        let text = |name| text(message, name).ok_or(Failure::Nameless(name));
        let kind = match text(names::MESSAGE_TYPE) {
            Ok(kind) => kind,
            Err(failure) => return Some(Err(failure)),
        };
        Some(match kind {
            "event" => match text(names::EVENT_TYPE) {
                // A client has all members of the response without it.
                Ok(name) if self.manner.mode == Mode::Lenient && initial::is_initial(name) => return None,
                Ok(name) => self.read_event(name, message),
                Err(failure) => Err(failure),
            },
            "exception" => text(names::EXCEPTION_TYPE).and_then(|name| Err(self.read_exception(name, message)?)),
            "error" => text(names::ERROR_CODE).and_then(|code| Err(Failure::Error(read_error(code, message)))),
            _ => Err(Failure::UnknownMessage),
        })
    }

    fn read_event(&self, name: &str, message: &Message) -> Result<E, Failure<E>> {
        let mut reader = EventReader::<F>::new(message, name, self.manner);
        let event = E::read(name, &mut reader)?;
        let event = event.unwrap_or_else(|| {
            // A server that does not validate passes it on.
            if self.manner.mode == Mode::Strict && self.manner.reading.validate {
                reader.unknown();
            }
            E::unrecognized(name, reader.document())
        });
        match self.manner.mode {
            Mode::Lenient => Ok(event),
            Mode::Strict => refusal::check(&event, &reader.into_problems(), self.manner.reading.validate)
                .map_err(|refusal| Failure::Error(refusal.into()))
                .map(|()| event),
        }
    }

    fn read_exception(&self, name: &str, message: &Message) -> Result<Failure<E>, Failure<E>> {
        let mut reader = EventReader::<F>::new(message, name, self.manner);
        let error = E::read_error(name, &mut reader)?;
        let unknown = || {
            let body = reader.document();
            let said = ["message", "Message"].iter().find_map(|name| body.get(name).and_then(Document::as_str));
            UnrecognizedError::new(name, EXCEPTION, said.map(str::to_owned)).with_body(body).into()
        };
        Ok(Failure::Error(error.unwrap_or_else(unknown)))
    }
}

/// An error that no model has.
fn read_error<T: From<UnrecognizedError>>(code: &str, message: &Message) -> T {
    let said = text(message, names::ERROR_MESSAGE).filter(|text| !text.is_empty()).map(str::to_owned);
    UnrecognizedError::new(code, ERROR, said).into()
}

fn text<'m>(message: &'m Message, name: &str) -> Option<&'m str> {
    find(message, name)?.as_string().ok().map(|text| text.as_str())
}

impl<E: Events, F: Format> Stream for Received<E, F> {
    type Item = Result<E, E::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let event = match ready!(self.messages.poll(context)) {
                Some(Ok(message)) => self.read(&message),
                Some(Err(broken)) => Some(Err(broken.into())),
                None => return Poll::Ready(None),
            };
            if let Some(event) = event {
                return Poll::Ready(Some(event.map_err(|failure| failure.into_error(self.manner.mode))));
            }
        }
    }
}

/// Why there is no event.
enum Failure<E: Events> {
    /// An error of the service, as it came, or as a server refuses an event.
    Error(E::Error),
    Broken(Broken),
    Payload(DecodeError),
    UnknownMessage,
    /// Without the header that says what it is.
    Nameless(&'static str),
}

impl<E: Events> From<Broken> for Failure<E> {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken)
    }
}

impl<E: Events> From<DecodeError> for Failure<E> {
    fn from(error: DecodeError) -> Self {
        Self::Payload(error)
    }
}

impl<E: Events> Failure<E> {
    /// A client's error says why an answer makes no sense, a server's what is wrong with the request.
    fn into_error(self, mode: Mode) -> E::Error {
        match (self, mode) {
            (Self::Error(error), _) => error,
            (failure, Mode::Lenient) => ClientError::new(ClientErrorKind::Response, failure.into_source()).into(),
            (failure, Mode::Strict) => failure.into_refusal().into(),
        }
    }

    fn into_source(self) -> StreamError {
        match self {
            Self::Broken(broken) => broken.into(),
            Self::Payload(error) => error.into(),
            Self::Nameless(header) => format!("a message without the text {header:?} among its headers").into(),
            Self::UnknownMessage | Self::Error(_) => "a message of an unknown type".into(),
        }
    }

    fn into_refusal(self) -> UnrecognizedError {
        match self {
            Self::Broken(Broken::Transport(error)) if is_late(&error) => {
                UnrecognizedError::new("RequestTimeoutException", 408, "The stream did not go on in time".to_owned())
            }
            Self::Broken(Broken::Transport(_)) => {
                UnrecognizedError::new("IncompleteBodyException", 400, "The stream could not be read".to_owned())
            }
            failure => UnrecognizedError::new("SerializationException", 400, failure.into_source().to_string()),
        }
    }
}

fn is_late(error: &StreamError) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::TimedOut)
}

/// What a server says of an event that is not what the model has: the same as of a request.
#[cfg(feature = "server")]
mod refusal {
    use super::*;
    use crate::server::judge;

    pub(super) fn check<E: Events>(event: &E, problems: &Problems, validate: bool) -> Result<(), UnrecognizedError> {
        judge(event, problems, validate)
            .map_err(|rejection| UnrecognizedError::new(rejection.code(), rejection.status(), rejection.message().to_owned()))
    }
}

/// Nobody reads strictly without a server but tests.
#[cfg(not(feature = "server"))]
mod refusal {
    use super::*;

    pub(super) fn check<E: Events>(_: &E, problems: &Problems, _: bool) -> Result<(), UnrecognizedError> {
        match problems.is_empty() {
            true => Ok(()),
            false => Err(UnrecognizedError::new("SerializationException", 400, None)),
        }
    }
}
