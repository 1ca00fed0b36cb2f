//! A protocol without HTTP bindings, as far as streams of events need one: all members are in the body, or in initial messages.

use crate::codec::{
    Decode, DecodeError, DecodeLimits, Decoded, Decoder as _, Encode, Encoder as _, Mode, Problems, Reading, Structure,
};
use crate::error::ServiceError;
use crate::event_stream::{EventFrames, EventStream, Events, InitialMessage, MEDIA_TYPE};
use crate::format::json::Json;
use crate::format::{Format as _, FormatDecoder as _};
use crate::message::{
    BodyParts, BodyText, Message, MessageReader, MessageWriter, Raw, RequestParts, RequestText, ResponseParts, ResponseText,
    Status, TextMap, WriteError, Written,
};
use crate::operation::{Media, Operation, OperationInfo};
use crate::protocol::{ErrorMembers, Protocol, RestJson1};
use crate::server::{PathRouter, Route, ServerProtocol};
use crate::stream::ByteStream;
use crate::text::{BindingName, Text, Texts};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};

const JSON: &str = "application/json";

pub(super) enum TestRpc {}

impl Protocol for TestRpc {
    const ID: &'static str = "test#rpc";
    const MEDIA_TYPE: &'static str = JSON;
    const INITIAL_MESSAGES: bool = true;

    type Format = Json;

    fn write_request<O: Operation>(request: &O) -> Result<RequestText, WriteError> {
        let mut writer = Writer { initial: InitialMessage::Request, events: None, body: None };
        request.write(&mut writer)?;
        let (headers, body) = writer.into_body();
        Ok(RequestText { method: "POST", uri: "/".to_owned(), host_prefix: None, headers, body })
    }

    fn read_request<O: Operation>(parts: RequestParts<'_>, reading: Reading) -> Result<(O, Problems), DecodeError> {
        let mut reader = Reader { body: parts.body, mode: Mode::Strict, reading, problems: Problems::default() };
        let mut request = O::zero();
        request.read(&mut reader)?;
        Ok((request, reader.problems))
    }

    fn write_response<O: Operation>(response: &O::Response) -> Result<ResponseText, WriteError> {
        let mut writer = Writer { initial: InitialMessage::Response, events: None, body: None };
        response.write(&mut writer)?;
        let (headers, body) = writer.into_body();
        Ok(ResponseText { status: 200, headers, body })
    }

    fn read_response<O: Operation>(parts: ResponseParts<'_>, limits: DecodeLimits) -> Result<O::Response, DecodeError> {
        let reading = Reading { limits, validate: false };
        Reader { body: parts.body, mode: Mode::Lenient, reading, problems: Problems::default() }.message()
    }

    fn write_error<E: ServiceError>(error: &E) -> Result<ResponseText, WriteError> {
        RestJson1::write_error(error)
    }

    fn write_unmodeled_error<T: ErrorMembers + ?Sized>(status: u16, code: &str, members: &T) -> ResponseText {
        RestJson1::write_unmodeled_error(status, code, members)
    }

    fn read_error<E: ServiceError>(status: u16, headers: &HeaderMap, body: &[u8]) -> E {
        RestJson1::read_error(status, headers, body)
    }

    fn error_name(headers: &HeaderMap, body: &[u8]) -> Option<String> {
        RestJson1::error_name(headers, body)
    }

    fn request_media(operation: &OperationInfo) -> Media {
        operation.request
    }

    fn response_media(operation: &OperationInfo) -> Media {
        operation.response
    }
}

impl ServerProtocol for TestRpc {
    fn route(operations: &'static [OperationInfo]) -> Box<dyn Route> {
        Box::new(PathRouter::new(operations))
    }
}

struct Writer {
    initial: InitialMessage,
    events: Option<EventFrames>,
    body: Option<Vec<u8>>,
}

impl Writer {
    fn into_body(self) -> (HeaderMap, BodyText) {
        let (media, body) = match (self.events, self.body) {
            (Some(events), _) => (MEDIA_TYPE, BodyText::Events(events)),
            (None, body) => (JSON, body.map_or(BodyText::None, BodyText::Bytes)),
        };
        (HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(media))]), body)
    }
}

impl MessageWriter for Writer {
    fn label<T: Text>(&mut self, _: impl Into<BindingName>, _: &T) -> Written {
        Ok(())
    }

    fn host_label<T: Texts>(&mut self, _: &'static str, _: &T) -> Written {
        Ok(())
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

    /// Behind `event_stream`, so that the events are there.
    fn body<T: Structure>(&mut self, value: &T) -> Written {
        match self.events.take() {
            Some(events) => self.events = Some(events.behind_initial::<Json, T>(self.initial, JSON, value)),
            None => self.body = Some(Json::encode(|to| to.structure(value))),
        }
        Ok(())
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

    fn event_stream<E: Events>(&mut self, _: &'static str, value: &EventStream<E>) -> Written {
        self.events = Some(EventFrames::of::<E, Json>(value, JSON));
        Ok(())
    }
}

struct Reader<'a> {
    body: BodyParts<'a>,
    mode: Mode,
    reading: Reading,
    problems: Problems,
}

impl MessageReader for Reader<'_> {
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
        let body = Some(self.body.bytes()).filter(|body| !body.is_empty()).unwrap_or(Json::EMPTY);
        let mut decoder = Json::decoder(body, self.mode, self.reading);
        decoder.structure(value)?;
        self.problems.extend("", decoder.into_problems());
        Ok(())
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

    fn event_stream<E: Events>(&mut self, _: &'static str, place: &mut EventStream<E>) -> Decoded {
        *place = EventStream::received::<Json>(self.body.stream(), self.mode, self.reading, JSON);
        Ok(())
    }
}
