//! Messages that are all body: what protocols without HTTP bindings have in common.
//!
//! What names the operation, a header or the path, and what else is in the headers is the protocol's.

use super::Protocol;
use super::error::{self, ERROR_TYPE_MEMBER, ErrorMembers, Found, MESSAGE_MEMBER, QUERY_ERROR};
use crate::codec::{
    Decode, DecodeError, DecodeLimits, Decoded, Decoder as _, Encode, Encoder as _, Mode, Problems, Reading, Structure,
    encode_all_members,
};
use crate::document::Document;
use crate::error::ServiceError;
#[cfg(feature = "event-stream")]
use crate::event_stream::{EventFrames, EventStream, Events, InitialMessage};
use crate::format::{Format, FormatDecoder as _, read_body, read_structure};
use crate::message::{
    BodyParts, BodyText, Labels, Message as _, MessageReader, MessageWriter, Raw, RequestParts, RequestText, ResponseParts,
    ResponseText, Status, TextMap, WriteError, Written,
};
#[cfg(feature = "event-stream")]
use crate::operation::EVENT_STREAM;
use crate::operation::{Media, Operation};
use crate::stream::ByteStream;
use crate::text::{BindingName, Text, Texts};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue};
use std::marker::PhantomData;

/// The header by which a client asks for the codes that errors have in a protocol which the service spoke before.
pub(super) const QUERY_MODE: HeaderName = HeaderName::from_static("x-amzn-query-mode");

/// The one method.
const METHOD: &str = "POST";

/// Writes a request to a URI.
pub(super) fn write_request<P: Protocol, O: Operation>(request: &O, uri: String) -> Result<RequestText, WriteError> {
    let mut writer = RpcWriter::<P>::default();
    request.write(&mut writer)?;
    let host_prefix = O::INFO.host_prefix.map(|template| writer.labels.host_prefix(template));
    let (headers, body) = writer.into_body(Message::Request);
    Ok(RequestText { method: METHOD, uri, host_prefix, headers, body })
}

/// Reads a request strictly, and gives what is missing, of another type or too long.
pub(super) fn read_request<P: Protocol, O: Operation>(
    parts: RequestParts<'_>,
    reading: Reading,
) -> Result<(O, Problems), DecodeError> {
    let mut reader = RpcReader::<P>::new(parts.body, Mode::Strict, reading);
    let mut request = O::zero();
    request.read(&mut reader)?;
    request.fill_defaults();
    Ok((request, reader.problems))
}

/// Writes the response of an operation.
pub(super) fn write_response<P: Protocol, O: Operation>(response: &O::Response) -> Result<ResponseText, WriteError> {
    let mut writer = RpcWriter::<P>::default();
    response.write(&mut writer)?;
    let (headers, body) = writer.into_body(Message::Response);
    Ok(ResponseText { status: 200, headers, body })
}

/// Reads the response of an operation, leniently. No body is an empty structure.
pub(super) fn read_response<P: Protocol, O: Operation>(
    parts: ResponseParts<'_>,
    limits: DecodeLimits,
) -> Result<O::Response, DecodeError> {
    RpcReader::<P>::new(parts.body, Mode::Lenient, Reading { limits, validate: false }).message()
}

/// Writes an error of a service, named with the namespace of its shape if it is `absolute`.
pub(super) fn write_error<P: Protocol, E: ServiceError>(error: &E, absolute: bool) -> Result<ResponseText, WriteError> {
    let exception = error.exception();
    let code = match (exception.code(), E::SERVICE.namespace) {
        ("", _) => None,
        (code, namespace) if absolute && exception.is_modeled() && !namespace.is_empty() => Some(format!("{namespace}#{code}")),
        (code, _) => Some(code.to_owned()),
    };
    let said = exception.said().map(str::to_owned);
    let mut writer = RpcWriter::<P> { code, said, ..RpcWriter::default() };
    error.write(&mut writer)?;
    let mut headers = content_type::<P>();
    if let Some(query_error) = exception.query_error() {
        error::set_if_text(&mut headers, QUERY_ERROR, query_error);
    }
    Ok(ResponseText { status: exception.status(), headers, body: BodyText::Bytes(writer.body) })
}

/// Writes an error that no model knows.
pub(super) fn write_unmodeled_error<P: Protocol, T: ErrorMembers + ?Sized>(status: u16, code: &str, members: &T) -> ResponseText {
    let body = P::Format::encode(|to| {
        to.object(|to| {
            to.member(ERROR_TYPE_MEMBER, code);
            members.encode_members(to);
        });
    });
    ResponseText { status, headers: content_type::<P>(), body: BodyText::Bytes(body) }
}

/// Reads an error response.
pub(super) fn read_error<P: Protocol, E: ServiceError>(status: u16, headers: &HeaderMap, body: &[u8]) -> E {
    let mut found = Found::new(body, document::<P>(body));
    found.code = error_code(headers, &found.body).map(str::to_owned);
    let reading = Reading { limits: DecodeLimits::default(), validate: false };
    found.into_error(status, headers, &mut RpcReader::<P>::new(BodyParts::Bytes(body), Mode::Lenient, reading))
}

/// The name of an error response; where the service has codes of another protocol, which clients retry by, that code.
pub(super) fn error_name<P: Protocol>(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let query_error = error::text_header(headers, QUERY_ERROR).and_then(|error| error.split(';').next());
    let document = document::<P>(body).unwrap_or_default();
    query_error.or_else(|| error_code(headers, &document)).map(str::to_owned)
}

/// The error's name: header first, then the body, without namespace and URI.
fn error_code<'a>(headers: &'a HeaderMap, body: &'a Document) -> Option<&'a str> {
    let named = |name| error::named(body, name);
    let code = error::text_header(headers, error::ERROR_TYPE).or_else(|| named(ERROR_TYPE_MEMBER)).or_else(|| named("code"))?;
    Some(error::plain_code(code))
}

/// A body, whatever it is.
fn document<P: Protocol>(body: &[u8]) -> Option<Document> {
    let mut decoder = P::Format::decoder(body, Mode::Lenient, Reading::default());
    decoder.document().ok().filter(|_| decoder.end().is_ok())
}

fn content_type<P: Protocol>() -> HeaderMap {
    HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(P::MEDIA_TYPE))])
}

/// Writes the body of a message, and takes nothing else.
struct RpcWriter<P> {
    /// The name of an error, which goes first.
    code: Option<String>,
    /// What an error says whose model has no member for it.
    said: Option<String>,
    labels: Labels,
    body: Vec<u8>,
    /// What goes behind the body.
    #[cfg(feature = "event-stream")]
    events: Option<EventFrames>,
    protocol: PhantomData<P>,
}

impl<P> Default for RpcWriter<P> {
    fn default() -> Self {
        Self {
            code: None,
            said: None,
            labels: Labels::default(),
            body: Vec::new(),
            #[cfg(feature = "event-stream")]
            events: None,
            protocol: PhantomData,
        }
    }
}

/// What is written.
#[derive(Clone, Copy)]
enum Message {
    Request,
    Response,
}

impl<P: Protocol> RpcWriter<P> {
    /// The headers and the body; before a stream of events, the body is an initial message.
    fn into_body(self, message: Message) -> (HeaderMap, BodyText) {
        #[cfg(feature = "event-stream")]
        if let Some(events) = self.events {
            let initial = match message {
                Message::Request => InitialMessage::Request,
                Message::Response => InitialMessage::Response,
            };
            let members = if self.body.is_empty() { P::Format::EMPTY.to_vec() } else { self.body };
            let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(EVENT_STREAM))]);
            return (headers, BodyText::Events(events.behind_initial(initial, P::MEDIA_TYPE, members)));
        }
        let _ = message;
        (content_type::<P>(), BodyText::Bytes(self.body))
    }

    fn object(&mut self, write: impl FnOnce(&mut <P::Format as Format>::Encoder)) -> Written {
        self.body = P::Format::encode(|to| {
            to.object(|to| {
                to.member(ERROR_TYPE_MEMBER, &self.code);
                to.member(MESSAGE_MEMBER, &self.said);
                write(to);
            });
        });
        Ok(())
    }
}

impl<P: Protocol> MessageWriter for RpcWriter<P> {
    fn label<T: Text>(&mut self, _: impl Into<BindingName>, _: &T) -> Written {
        Ok(())
    }

    fn host_label<T: Texts>(&mut self, name: &'static str, value: &T) -> Written {
        self.labels.push_host(name, value)
    }

    fn query<T: Texts>(&mut self, _: impl Into<BindingName>, _: &T) -> Written {
        Ok(())
    }

    fn query_params<T: TextMap>(&mut self, _: &T) -> Written {
        Ok(())
    }

    fn header<T: Texts>(&mut self, _: impl Into<BindingName>, _: &T) -> Written {
        Ok(())
    }

    fn prefix_headers<T: TextMap>(&mut self, _: &'static str, _: &T) -> Written {
        Ok(())
    }

    fn status<T: Status>(&mut self, _: &T) -> Written {
        Ok(())
    }

    fn body<T: Structure>(&mut self, value: &T) -> Written {
        match &self.code {
            None => self.body = P::Format::encode(|to| to.structure(value)),
            Some(_) => self.object(|to| encode_all_members(value, to))?,
        }
        Ok(())
    }

    fn rpc_body<T: Structure>(&mut self, value: &T) -> Written {
        self.body(value)
    }

    fn unmodeled_error<T: ErrorMembers + Encode>(&mut self, error: &T) -> Written {
        self.object(|to| error.encode_members(to))
    }

    fn structure_payload<T: Encode>(&mut self, _: &'static str, _: &T) -> Written {
        Ok(())
    }

    fn payload<T: Encode>(&mut self, _: &'static str, _: &T) -> Written {
        Ok(())
    }

    fn raw_payload<T: Raw>(&mut self, _: &'static str, _: &T) -> Written {
        Ok(())
    }

    fn stream_payload(&mut self, _: &'static str, _: &ByteStream) -> Written {
        Ok(())
    }

    #[cfg(feature = "event-stream")]
    fn event_stream<E: Events>(&mut self, _: &'static str, value: &EventStream<E>) -> Written {
        self.events = Some(EventFrames::of::<E, P::Format>(value, P::MEDIA_TYPE));
        Ok(())
    }
}

/// What the body of an operation's message is that is otherwise `usual`.
pub(super) fn media(of_operation: Media, usual: Media) -> Media {
    if of_operation == Media::Events { Media::Events } else { usual }
}

/// Reads a message from its body, and gives nothing else.
struct RpcReader<'a, P> {
    body: BodyParts<'a>,
    mode: Mode,
    reading: Reading,
    problems: Problems,
    protocol: PhantomData<P>,
}

impl<'a, P> RpcReader<'a, P> {
    fn new(body: BodyParts<'a>, mode: Mode, reading: Reading) -> Self {
        Self { body, mode, reading, problems: Problems::default(), protocol: PhantomData }
    }
}

impl<P: Protocol> MessageReader for RpcReader<'_, P> {
    fn label<T: Text>(&mut self, _: impl Into<BindingName>, _: &mut T) -> Decoded {
        Ok(())
    }

    fn query<T: Texts>(&mut self, _: impl Into<BindingName>, _: &mut T) -> Decoded {
        Ok(())
    }

    fn query_params<T: TextMap>(&mut self, _: &mut T) -> Decoded {
        Ok(())
    }

    fn header<T: Texts>(&mut self, _: impl Into<BindingName>, _: &mut T) -> Decoded {
        Ok(())
    }

    fn prefix_headers<T: TextMap>(&mut self, _: &'static str, _: &mut T) -> Decoded {
        Ok(())
    }

    fn status<T: Status>(&mut self, _: &mut T) -> Decoded {
        Ok(())
    }

    fn body<T: Structure>(&mut self, value: &mut T) -> Decoded {
        let body = Some(self.body.bytes()).filter(|body| !body.is_empty()).unwrap_or(P::Format::EMPTY);
        let (mode, reading) = (self.mode, self.reading);
        read_body::<P::Format>(body, "", mode, reading, &mut self.problems, |decoder| read_structure(decoder, mode, value))
    }

    fn rpc_body<T: Structure>(&mut self, value: &mut T) -> Decoded {
        self.body(value)
    }

    fn structure_payload<T: Decode>(&mut self, _: &'static str, _: &mut T) -> Decoded {
        Ok(())
    }

    fn payload<T: Decode>(&mut self, _: &'static str, _: &mut T) -> Decoded {
        Ok(())
    }

    fn raw_payload<T: Raw>(&mut self, _: &'static str, _: &mut T) -> Decoded {
        Ok(())
    }

    fn stream_payload(&mut self, _: &'static str, _: &mut ByteStream) -> Decoded {
        Ok(())
    }

    #[cfg(feature = "event-stream")]
    fn event_stream<E: Events>(&mut self, _: &'static str, place: &mut EventStream<E>) -> Decoded {
        *place = EventStream::received::<P::Format>(self.body.stream(), self.mode, self.reading, P::MEDIA_TYPE);
        Ok(())
    }
}
