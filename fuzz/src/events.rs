//! A stream of events of every kind, as the generator would write it, and how it is read.

use smithwright_runtime::codec::{Mode, Reading};
use smithwright_runtime::codegen as rt;
use smithwright_runtime::event_stream::EventStream;
use smithwright_runtime::format::json::Json;
use smithwright_runtime::stream::{ByteStream, StreamError};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// An event with a header of every type, and text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    loud: Option<bool>,
    byte: Option<i8>,
    short: Option<i16>,
    number: i32,
    position: Option<i64>,
    digest: Option<rt::Blob>,
    speaker: Option<String>,
    time: Option<rt::DateTime>,
    words: Option<String>,
}

rt::structure! { Line: default {} }

impl rt::Structure for Line {
    rt::members! {}
}

impl rt::Event for Line {
    rt::event! {
        header "L" => loud,
        header "B" => byte,
        header "S" => short,
        header "N" => number,
        header "P" => position,
        header "D" => digest,
        header "T" => speaker,
        header "I" => time,
        raw_payload "text/plain" => words,
    }
}

/// An event in the format.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Note {
    kind: Option<String>,
    text: String,
    tags: Option<Vec<String>>,
}

rt::structure! { Note: default {} }

impl rt::Structure for Note {
    rt::members! {
        required "Text" => text,
        "Tags" => tags,
    }
}

impl rt::Event for Note {
    rt::event! {
        header "K" => kind,
        body,
    }
}

/// The events.
#[derive(Clone, Debug, PartialEq)]
pub enum Says {
    /// Text.
    Line(Line),
    /// Values.
    Note(Note),
    /// Nothing.
    Pause,
    /// Anything else.
    Unrecognized {
        /// Its name.
        tag: String,
        /// What it holds.
        value: rt::Document,
    },
}

impl rt::Validate for Says {}

impl rt::Events for Says {
    type Error = connect_api::Error;

    rt::events! {
        event "Line" => Self::Line,
        event "Note" => Self::Note,
        unit "Pause" => Self::Pause,
    }
}

/// The events before the end, or before an error.
pub fn all(bytes: Vec<u8>, mode: Mode) -> Vec<Says> {
    let mut stream = EventStream::received::<Json>(bytes.into(), mode, Reading::default(), "application/json");
    std::iter::from_fn(|| ready(stream.recv()).ok().flatten()).collect()
}

/// The bytes of a stream in memory.
///
/// # Errors
///
/// The stream broke off.
pub fn collected(stream: ByteStream) -> Result<Vec<u8>, StreamError> {
    ready(stream.collect()).map(|bytes| bytes.to_vec())
}

/// A frame with right lengths and checksums.
pub fn frame(headers: &[u8], payload: &[u8]) -> Vec<u8> {
    let length = |length: usize| u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes();
    let mut frame = length(16 + headers.len() + payload.len()).to_vec();
    frame.extend(length(headers.len()));
    frame.extend(crc32fast::hash(&frame).to_be_bytes());
    frame.extend_from_slice(headers);
    frame.extend_from_slice(payload);
    frame.extend(crc32fast::hash(&frame).to_be_bytes());
    frame
}

/// What comes of a future that need not wait.
fn ready<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("what is in memory is there"),
    }
}
