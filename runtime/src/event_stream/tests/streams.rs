//! The type that a program has in its hands.

use super::*;
use crate::stream::StreamError;

#[test]
fn a_stream_shows_nothing_of_what_comes() {
    assert_eq!(format!("{:?}", EventStream::from([line(1, "a secret")])), "EventStream(..)");
    let (sender, _) = EventStream::<Says>::channel(1);
    assert_eq!(format!("{sender:?}"), "EventSender(..)");
}

#[test]
fn clones_are_equal_and_so_are_empty_ones() {
    let stream = EventStream::from([Says::Pause]);
    assert_eq!(stream, stream.clone());
    assert_ne!(stream, EventStream::from([Says::Pause]));
    assert_eq!(EventStream::<Says>::default(), EventStream::default());
}

#[tokio::test]
async fn clones_share_what_comes() {
    let mut stream: EventStream<Says> = vec![line(1, "a"), line(2, "b")].into();
    let mut other = stream.clone();
    assert_eq!(stream.recv().await.unwrap(), Some(line(1, "a")));
    assert_eq!(other.recv().await.unwrap(), Some(line(2, "b")));
    assert_eq!(stream.recv().await.unwrap(), None);
}

#[tokio::test]
async fn a_channel_without_room_has_room_for_one() {
    let (sender, mut stream) = EventStream::channel(0);
    sender.clone().send(Says::Pause).await.unwrap();
    assert_eq!(stream.recv().await.unwrap(), Some(Says::Pause));
    sender.fail(busy("enough")).await.unwrap();
    assert!(stream.recv().await.is_err());
}

#[tokio::test]
async fn an_event_that_no_frame_can_hold_breaks_the_stream_off() {
    let speaker = Some("a".repeat(40_000));
    let events = EventStream::from([Says::Line(Line { number: 1, speaker, words: None, loudness: 0 })]);
    let bytes: Result<Bytes, StreamError> =
        EventFrames::of::<_, crate::format::json::Json>(&events, "application/json").into_bytes().collect().await;
    assert_eq!(bytes.unwrap_err().to_string(), "the header Speaker cannot hold this value");
}
