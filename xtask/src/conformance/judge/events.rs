//! The messages of events: what a case says of them, beside their bytes.

use super::{Difference, NOTHING, body};
use crate::conformance::node::Node;
use crate::conformance::suite::{EventExchange, Said};
use aws_smithy_types::date_time::Format;
use aws_smithy_types::event_stream::{HeaderValue, Message};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use smithwright_runtime::event_stream::FrameDecoder;

/// More than any case has, in bytes.
const LIMIT: usize = 1 << 20;

/// The header that says what a payload is.
const CONTENT_TYPE: &str = ":content-type";

/// How the bytes of events differ from what their case says is in them.
pub(crate) fn said(exchange: &EventExchange) -> Vec<Difference> {
    let mut differences = Vec::new();
    for event in exchange.events.iter().filter(|event| event.said.is_anything()) {
        match decode(&event.bytes) {
            Some(message) => differences.extend(compare(&event.said, &message)),
            None => differences.push(Difference::new("event", "a message", "bytes that are none")),
        }
    }
    differences
}

impl Said {
    fn is_anything(&self) -> bool {
        let headers = self.headers.len() + self.forbid_headers.len() + self.require_headers.len();
        headers > 0 || self.body.is_some() || self.media_type.is_some()
    }
}

fn decode(bytes: &[u8]) -> Option<Message> {
    let mut decoder = FrameDecoder::new(LIMIT);
    decoder.push(bytes);
    decoder.message().ok().flatten()
}

fn compare(said: &Said, message: &Message) -> Vec<Difference> {
    let mut differences = Vec::new();
    let value = |name: &str| message.headers().iter().find(|header| header.name().as_str() == name).map(|it| it.value());
    let shown = |name: &str| value(name).map_or(NOTHING.to_owned(), |value| format!("{value:?}"));
    let mut differ = |name: &str, expected: String| {
        differences.push(Difference::new(format!("event header {name}"), expected, shown(name)));
    };
    for (name, expected) in &said.headers {
        if !value(name).is_some_and(|came| is(expected, came)) {
            differ(name, expected.to_string());
        }
    }
    for name in said.forbid_headers.iter().filter(|name| value(name).is_some()) {
        differ(name, NOTHING.to_owned());
    }
    for name in said.require_headers.iter().filter(|name| value(name).is_none()) {
        differ(name, "(anything)".to_owned());
    }
    if let Some(media_type) = &said.media_type
        && !value(CONTENT_TYPE).is_some_and(|came| matches!(came, HeaderValue::String(came) if came.as_str() == media_type))
    {
        differ(CONTENT_TYPE, media_type.clone());
    }
    differences.extend(said.body.as_ref().and_then(|expected| body::compare(expected, message.payload())));
    differences
}

/// Whether a value is what a case says: an object of its type.
fn is(expected: &Node, came: &HeaderValue) -> bool {
    let [(kind, expected)] = expected.members() else { return false };
    let text = expected.as_str();
    let number = |came: i64| matches!(expected, Node::Number(digits) if *digits == came.to_string());
    match (kind.as_str(), came) {
        ("boolean", HeaderValue::Bool(came)) => *expected == Node::Bool(*came),
        ("byte", HeaderValue::Byte(came)) => number((*came).into()),
        ("short", HeaderValue::Int16(came)) => number((*came).into()),
        ("integer", HeaderValue::Int32(came)) => number((*came).into()),
        ("long", HeaderValue::Int64(came)) => number(*came),
        ("blob", HeaderValue::ByteArray(came)) => text == Some(&STANDARD.encode(came)),
        ("string", HeaderValue::String(came)) => text == Some(came.as_str()),
        ("timestamp", HeaderValue::Timestamp(came)) => came.fmt(Format::DateTime).is_ok_and(|came| text == Some(&came)),
        _ => false,
    }
}
