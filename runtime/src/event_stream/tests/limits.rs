//! How much of a stream is taken.

use super::*;
use crate::codec::{DecodeLimits, Mode, Reading};
use crate::format::json::Json;
use http_body::{Body, Frame};
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Pieces, behind which nobody may ask.
struct Pieces(Vec<Vec<u8>>);

impl Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        assert!(!self.0.is_empty(), "nobody reads on");
        Poll::Ready(Some(Ok(Frame::data(self.0.remove(0).into()))))
    }
}

fn prelude(frame: u32, headers: u32) -> Vec<u8> {
    let mut bytes = [frame.to_be_bytes(), headers.to_be_bytes()].concat();
    bytes.extend(crc32fast::hash(&bytes).to_be_bytes());
    bytes
}

#[tokio::test]
async fn a_frame_that_is_too_long_is_refused_before_it_is_there() {
    for (length, headers) in
        [((16 << 20) + 1, 0), (u32::MAX, 0), (u32::MAX, u32::MAX), (1 << 20, (128 << 10) + 1), (15, 0), (0, 0)]
    {
        let stream = asked(ByteStream::from_body(Pieces(vec![prelude(length, headers)])));
        assert!(error(stream).await.contains("SerializationException"), "{length}");
    }
}

#[tokio::test]
async fn a_program_may_take_less() {
    let limits = DecodeLimits::default().frame(100);
    let take = |words: String| {
        let message = message([(names::MESSAGE_TYPE, "event"), (names::EVENT_TYPE, "Line")], "");
        let message = Message::new_from_parts(message.headers().to_vec(), words);
        let reading = Reading { limits, validate: false };
        all(EventStream::received::<Json>(frames_of([message]).into(), Mode::Lenient, reading, "application/json"))
    };
    assert!(take("a".repeat(20)).await.1.is_none());
    assert!(take("a".repeat(100)).await.1.unwrap().to_string().contains("which is longer than 100"));
}

#[tokio::test]
async fn a_signed_frame_holds_no_longer_one() {
    let inside = prelude(u32::MAX, 0);
    let signature = HeaderValue::ByteArray(Bytes::from_static(&[0; 32]));
    let outside = Message::new(inside).add_header(Header::new(names::SIGNATURE, signature));
    assert!(error(asked(frames_of([outside]))).await.contains("which is longer than"));
}

#[tokio::test]
async fn headers_are_counted() {
    let with = |count: usize| {
        let headers = (0..count).map(|index| Header::new(index.to_string(), HeaderValue::Bool(true)));
        let message = line_message(1, "a");
        frames_of([Message::new_from_parts(message.headers().iter().cloned().chain(headers).collect(), "a")])
    };
    assert_eq!(all(asked(with(125))).await.0.len(), 1);
    assert!(error(asked(with(126))).await.contains("more than 128 headers"));
}

#[tokio::test]
async fn payloads_have_the_limits_of_bodies() {
    let deep = format!(r#"{{"Text":{}1{}}}"#, "[".repeat(200), "]".repeat(200));
    let note = message([(names::MESSAGE_TYPE, "event"), (names::EVENT_TYPE, "Note")], "");
    let note = Message::new_from_parts(note.headers().to_vec(), deep);
    let told = error(asked(frames_of([note]))).await;
    assert!(told.contains("SerializationException"), "{told}");
}
