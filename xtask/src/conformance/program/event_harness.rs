//! What test programs have besides whose services stream events.

use crate::harness::{Comparison, Observation};
use aws_smithy_types::event_stream::Message;
use serde_json::Value;
use smithwright_runtime::event_stream::{EventStream, Events, FrameDecoder, encode_frame};
use std::error::Error as StdError;
use std::fmt::Debug;
use std::pin::Pin;
use std::task::{Context, Poll};

/// More than any case has.
const LIMIT: usize = 1 << 20;

/// What a stream is made of.
struct Listed<T>(std::vec::IntoIter<T>);

impl<T> Unpin for Listed<T> {}

impl<T> futures_core::Stream for Listed<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
        Poll::Ready(self.0.next())
    }
}

/// A stream of these events, and of an error perhaps.
pub fn stream<E: Events>(events: Vec<Result<E, E::Error>>) -> EventStream<E> {
    EventStream::new(Listed(events.into_iter()))
}

/// The events of a message, or why there is none.
pub async fn received<E: Events>(stream: Result<EventStream<E>, E::Error>) -> Result<Vec<Result<E, E::Error>>, E::Error> {
    let mut stream = stream?;
    let mut events = Vec::new();
    loop {
        match stream.recv().await {
            Ok(Some(event)) => events.push(Ok(event)),
            Ok(None) => return Ok(events),
            Err(error) => {
                events.push(Err(error));
                return Ok(events);
            }
        }
    }
}

/// Compares events.
pub fn compare<E: Events, X: StdError + 'static>(expected: Vec<Result<E, X>>, came: Result<Vec<Result<E, X>>, X>) -> Observation {
    let mut comparison = Comparison::new(false);
    if let Some(Err(error)) = expected.last() {
        return Observation::failed(format!("a success that ends with an error: {error:?}"));
    }
    match came {
        // Errors can be compared by what they look like alone.
        Ok(came) => comparison.member("events", &format!("{expected:#?}"), &format!("{came:#?}")),
        Err(error) => return Observation::error(&error),
    }
    comparison.finish()
}

/// Whether there is the error that is expected.
pub fn failed<E: Debug, X: StdError>(came: Result<Vec<Result<E, X>>, X>, is_expected: impl Fn(&X) -> bool) -> Observation {
    let error = match came {
        Ok(mut events) => events.pop().and_then(Result::err),
        Err(error) => Some(error),
    };
    match error {
        Some(error) if is_expected(&error) => Comparison::new(false).finish(),
        Some(error) => Observation::failed(format!("another error: {error:?}")),
        None => Observation::failed("no error"),
    }
}

/// Compares the frames that were sent; what a client sends is signed, and ends with an empty frame.
pub fn compare_sent(expected: &[&[u8]], came: Option<Vec<u8>>, signed: bool) -> Observation {
    let Some(came) = came else { return Observation::failed("nothing was sent") };
    let mut came = match messages(&came) {
        Ok(messages) => messages,
        Err(error) => return Observation::failed(format!("no frames: {error}")),
    };
    if signed {
        if !came.pop().is_some_and(|end| end.payload().is_empty() && is_signed(&end)) {
            return Observation::failed("there is no signed end");
        }
        came = match came.iter().map(inside).collect::<Option<Vec<Message>>>() {
            Some(messages) => messages,
            None => return Observation::failed("a frame is not signed"),
        };
    }
    let same = |(expected, came): (&&[u8], &Message)| {
        // Mostly it is the same to the byte.
        encode_frame(came).is_ok_and(|came| came == *expected) || readable(expected) == readable_message(came)
    };
    let all = expected.len() == came.len() && expected.iter().zip(&came).all(same);
    let mut comparison = Comparison::new(false);
    if !all {
        let expected: Vec<String> = expected.iter().map(|frame| readable(frame)).collect();
        comparison.member("events", &expected, &came.iter().map(readable_message).collect());
    }
    comparison.finish()
}

fn messages(bytes: &[u8]) -> Result<Vec<Message>, Box<dyn StdError>> {
    let mut decoder = FrameDecoder::new(LIMIT);
    decoder.push(bytes);
    let mut messages = Vec::new();
    while let Some(message) = decoder.message()? {
        messages.push(message);
    }
    decoder.end()?;
    Ok(messages)
}

fn is_signed(message: &Message) -> bool {
    let has = |name| message.headers().iter().any(|header| header.name().as_str() == name);
    has(":chunk-signature") && has(":date")
}

fn inside(message: &Message) -> Option<Message> {
    let mut inside = messages(message.payload()).ok().filter(|_| is_signed(message))?;
    inside.pop().filter(|_| inside.is_empty())
}

fn readable(frame: &[u8]) -> String {
    messages(frame).map_or_else(|error| error.to_string(), |messages| messages.iter().map(readable_message).collect())
}

/// Headers in their order by name, and JSON whatever its spaces are.
fn readable_message(message: &Message) -> String {
    let mut headers: Vec<String> =
        message.headers().iter().map(|header| format!("{}: {:?}", header.name().as_str(), header.value())).collect();
    headers.sort();
    let payload = match serde_json::from_slice::<Value>(message.payload()) {
        Ok(json) => json.to_string(),
        Err(_) => message.payload().escape_ascii().to_string(),
    };
    format!("{}\n\n{payload}\n", headers.join("\n"))
}
