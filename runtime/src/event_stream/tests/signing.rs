//! What a client sends besides its events.

use super::*;
use crate::client::in_process;
use aws_smithy_types::body::SdkBody;
use http::HeaderMap;
use http_body_util::BodyExt as _;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};

/// The head and the messages of a request with these events.
async fn sent(says: impl Into<EventStream<Says>>) -> (HeaderMap, Vec<Message>) {
    let sent = Arc::new(Mutex::new(None));
    let network = Network(sent.clone());
    let _ = converse(&client(in_process(network)), says).await;
    let (headers, bytes) = sent.lock().unwrap().take().unwrap();
    let mut decoder = FrameDecoder::new(1 << 20);
    decoder.push(&bytes);
    let mut messages = Vec::new();
    while let Some(message) = decoder.message().unwrap() {
        messages.push(message);
    }
    decoder.end().unwrap();
    (headers, messages)
}

type Sent = Arc<Mutex<Option<(HeaderMap, Bytes)>>>;

/// Keeps what it is sent.
#[derive(Clone)]
struct Network(Sent);

impl tower_service::Service<http::Request<SdkBody>> for Network {
    type Response = http::Response<String>;
    type Error = Infallible;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), Infallible>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<SdkBody>) -> Self::Future {
        let sent = self.0.clone();
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = body.collect().await.unwrap().to_bytes();
            *sent.lock().unwrap() = Some((parts.headers, body));
            Ok(http::Response::new(String::new()))
        })
    }
}

fn signature(message: &Message) -> Bytes {
    let header = message.headers().iter().find(|header| header.name().as_str() == names::SIGNATURE).unwrap();
    header.value().as_byte_array().unwrap().clone()
}

#[tokio::test]
async fn the_request_says_that_its_events_are_signed() {
    let (headers, _) = sent([line(1, "a")]).await;
    assert_eq!(headers["content-type"], MEDIA_TYPE);
    assert_eq!(headers["x-amz-content-sha256"], "STREAMING-AWS4-HMAC-SHA256-EVENTS");
    assert!(headers["authorization"].to_str().unwrap().contains("x-amz-content-sha256"));
    assert!(!headers.contains_key("content-length"));
}

#[tokio::test]
async fn each_event_is_signed_after_the_one_before_and_an_empty_one_ends_them() {
    let (_, messages) = sent([line(1, "a"), line(1, "a")]).await;
    let [first, second, end] = messages.as_slice() else { panic!("{messages:?}") };
    assert_eq!(first.payload(), second.payload());
    assert_ne!(signature(first), signature(second), "each signature goes into the next");
    assert_eq!((end.payload().as_ref(), signature(end).len()), (&b""[..], 32));
    let [date, _] = [":date", names::SIGNATURE].map(|name| first.headers().iter().any(|header| header.name().as_str() == name));
    assert!(date);
    let plain = encode_frame(&line_message(1, "a")).unwrap();
    let mut decoder = FrameDecoder::new(1 << 20);
    decoder.push(first.payload());
    let inside = decoder.message().unwrap().unwrap();
    assert_eq!((inside.payload().as_ref(), plain.is_empty()), (&b"a"[..], false));
}

#[tokio::test]
async fn no_events_are_an_empty_message() {
    let (_, messages) = sent(EventStream::default()).await;
    assert_eq!(messages.len(), 1);
}

#[tokio::test]
async fn a_server_takes_signed_messages_and_others() {
    let (_, signed) = sent([line(1, "a"), line(2, "b")]).await;
    let signed: Vec<u8> = signed.iter().flat_map(|message| encode_frame(message).unwrap()).collect();
    assert_eq!(all(asked(signed)).await.0, [line(1, "a"), line(2, "b")]);
    assert_eq!(all(asked(frames_of([line_message(1, "a")]))).await.0, [line(1, "a")]);
}

#[tokio::test]
async fn nothing_is_read_behind_the_signed_end() {
    let (_, signed) = sent([line(1, "a")]).await;
    let mut bytes: Vec<u8> = signed.iter().flat_map(|message| encode_frame(message).unwrap()).collect();
    bytes.extend(frames_of([line_message(2, "b")]));
    let (events, error) = all(asked(bytes)).await;
    assert_eq!((events, error.is_none()), (vec![line(1, "a")], true));
}

#[tokio::test]
async fn a_signed_message_holds_one_message() {
    let signature = || Header::new(names::SIGNATURE, HeaderValue::ByteArray(Bytes::from_static(&[0; 32])));
    let two = frames_of([line_message(1, "a"), line_message(2, "b")]);
    let outside = Message::new(two).add_header(signature());
    assert!(error(asked(frames_of([outside]))).await.contains("the stream ends within a frame"));
    let outside = Message::new("abc").add_header(signature());
    assert!(error(asked(frames_of([outside]))).await.contains("the stream ends within a frame"));
}
