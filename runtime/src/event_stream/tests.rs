//! What streams of events do, told on a small service whose client and server talk in process.

mod both_ways;
mod broken;
mod frames;
mod initial;
mod limits;
#[allow(dead_code, unreachable_pub, reason = "what the macros write is for crates of its own")]
mod room;
mod signing;
mod streams;

use super::*;
use crate::stream::ByteStream;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use aws_smithy_types::str_bytes::StrBytes;
use bytes::Bytes;
use room::*;

/// A message with these texts in its headers.
fn message<const N: usize>(headers: [(&'static str, &'static str); N], payload: &'static str) -> Message {
    let header = |(name, text)| Header::new(name, HeaderValue::String(StrBytes::from(text)));
    Message::new_from_parts(headers.into_iter().map(header).collect(), payload)
}

/// A line of this number.
fn line_message(number: i32, words: &'static str) -> Message {
    let message = message([(names::MESSAGE_TYPE, "event"), (names::EVENT_TYPE, "Line")], words);
    message.add_header(Header::new("Number", HeaderValue::Int32(number)))
}

fn frames_of<const N: usize>(messages: [Message; N]) -> Vec<u8> {
    messages.iter().flat_map(|message| encode_frame(message).unwrap()).collect()
}

fn line(number: i32, words: &str) -> Says {
    Says::Line(Line { number, speaker: None, words: Some(words.to_owned()), loudness: 0 })
}

/// What a client makes of these bytes.
fn answered(bytes: impl Into<ByteStream>) -> EventStream<Says> {
    received(bytes, crate::codec::Mode::Lenient)
}

/// What a server makes of these bytes.
fn asked(bytes: impl Into<ByteStream>) -> EventStream<Says> {
    received(bytes, crate::codec::Mode::Strict)
}

fn received(bytes: impl Into<ByteStream>, mode: crate::codec::Mode) -> EventStream<Says> {
    EventStream::received::<crate::format::json::Json>(bytes.into(), mode, crate::codec::Reading::default(), "application/json")
}

/// All events, and the error behind them.
async fn all(mut stream: EventStream<Says>) -> (Vec<Says>, Option<Error>) {
    let mut events = Vec::new();
    loop {
        match stream.recv().await {
            Ok(Some(event)) => events.push(event),
            Ok(None) => return (events, None),
            Err(error) => return (events, Some(error)),
        }
    }
}

/// What a stream ends with that has no events.
async fn error(stream: EventStream<Says>) -> String {
    let (events, error) = all(stream).await;
    assert_eq!(events, []);
    error.unwrap().to_string()
}
