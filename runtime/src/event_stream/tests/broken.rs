//! Streams that are not what they should be.

use super::*;
use crate::error::ClientErrorKind;

async fn refused(bytes: Vec<u8>) -> (String, String) {
    let answered = all(answered(bytes.clone())).await.1.unwrap();
    assert!(matches!(&answered, Error::Client(error) if error.kind() == ClientErrorKind::Response), "{answered}");
    let Error::Unrecognized(asked) = all(asked(bytes)).await.1.unwrap() else { panic!("another error") };
    (asked.code.clone(), asked.message.unwrap_or_default())
}

#[track_caller]
fn is_malformed((code, message): (String, String), expected: &str) {
    assert_eq!((code.as_str(), message.contains(expected)), ("SerializationException", true), "{message}");
}

#[tokio::test]
async fn a_stream_that_ends_within_a_frame_is_cut_short() {
    let whole = frames_of([line_message(1, "a")]);
    for length in 1..whole.len() {
        is_malformed(refused(whole[..length].to_vec()).await, "the stream ends within a frame");
    }
}

#[tokio::test]
async fn no_bit_of_a_frame_can_be_another() {
    let whole = frames_of([line_message(1, "a")]);
    for bit in 0..whole.len() * 8 {
        let mut damaged = whole.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        let (events, error) = all(answered(damaged)).await;
        assert_eq!((events, error.is_some()), (Vec::new(), true), "bit {bit}");
    }
}

#[tokio::test]
async fn what_is_before_the_damage_is_heard() {
    let mut bytes = frames_of([line_message(1, "a"), line_message(2, "b")]);
    *bytes.last_mut().unwrap() ^= 1;
    let (events, error) = all(answered(bytes)).await;
    assert_eq!((events, error.is_some()), (vec![line(1, "a")], true));
}

#[tokio::test]
async fn a_message_says_what_it_is() {
    is_malformed(refused(frames_of([message([], "")])).await, r#"without the text ":message-type""#);
    is_malformed(refused(frames_of([message([(names::MESSAGE_TYPE, "event")], "")])).await, r#"without the text ":event-type""#);
    is_malformed(refused(frames_of([message([(names::MESSAGE_TYPE, "exception")], "")])).await, ":exception-type");
    is_malformed(refused(frames_of([message([(names::MESSAGE_TYPE, "error")], "")])).await, ":error-code");
    is_malformed(refused(frames_of([message([(names::MESSAGE_TYPE, "gossip")], "")])).await, "a message of an unknown type");
    let bytes =
        Message::new("").add_header(Header::new(names::MESSAGE_TYPE, HeaderValue::ByteArray(Bytes::from_static(b"event"))));
    is_malformed(refused(frames_of([bytes])).await, r#"without the text ":message-type""#);
}

#[tokio::test]
async fn a_server_tells_all_that_is_wrong_with_an_event() {
    let note = |payload| message([(names::MESSAGE_TYPE, "event"), (names::EVENT_TYPE, "Note")], payload);
    assert!(error(asked(frames_of([note(r#"{"Text":1}"#)]))).await.contains("expected a string at /Note/Text"));
    assert!(error(asked(frames_of([note("{}")]))).await.contains("Value at '/Note/Text' failed to satisfy constraint"));
    assert!(error(asked(frames_of([note("")]))).await.contains("Value at '/Note/Text' failed to satisfy constraint"));
    assert!(error(asked(frames_of([note("no JSON")]))).await.contains("SerializationException"));
    let other = note("{}").add_header(Header::new(names::CONTENT_TYPE, HeaderValue::String(StrBytes::from("application/cbor"))));
    assert!(error(asked(frames_of([other]))).await.contains("expected a payload of the protocol's media type at /Note"));

    let line = message([(names::MESSAGE_TYPE, "event"), (names::EVENT_TYPE, "Line")], "a");
    assert!(error(asked(frames_of([line.clone()]))).await.contains("Value at '/Line/Number' failed to satisfy constraint"));
    let line = line.add_header(Header::new("Number", HeaderValue::Int64(1)));
    assert!(error(asked(frames_of([line]))).await.contains("expected an integer at /Line/Number"));
}

#[tokio::test]
async fn a_client_makes_do_with_what_is_missing_but_not_with_another_type() {
    let line = message([(names::MESSAGE_TYPE, "event"), (names::EVENT_TYPE, "Line")], "a");
    assert_eq!(all(answered(frames_of([line.clone()]))).await.0, [super::line(0, "a")]);
    let line = line.add_header(Header::new("Number", HeaderValue::Int64(1)));
    assert!(error(answered(frames_of([line]))).await.contains("expected an integer at /Line/Number"));
}

#[tokio::test]
async fn a_client_keeps_an_event_that_is_newer_than_it() {
    let wave = message([(names::MESSAGE_TYPE, "event"), (names::EVENT_TYPE, "Wave")], r#"{"Hands":2}"#);
    let (events, _) = all(answered(frames_of([wave, line_message(1, "a")]))).await;
    let [Says::Unrecognized { tag, value }, Says::Line(_)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((tag.as_str(), value.get("Hands").is_some()), ("Wave", true));
}

#[tokio::test]
async fn errors_that_no_model_has_keep_what_they_say() {
    let exception =
        message([(names::MESSAGE_TYPE, "exception"), (names::EXCEPTION_TYPE, "Newer")], r#"{"message":"m","More":1}"#);
    let Error::Unrecognized(error) = all(answered(frames_of([exception]))).await.1.unwrap() else { panic!() };
    assert_eq!((error.code.as_str(), error.message.as_deref(), error.body.is_some()), ("Newer", Some("m"), true));

    let failed = [(names::MESSAGE_TYPE, "error"), (names::ERROR_CODE, "InternalError"), (names::ERROR_MESSAGE, "why")];
    let Error::Unrecognized(error) = all(answered(frames_of([message(failed, "")]))).await.1.unwrap() else { panic!() };
    assert_eq!((error.code.as_str(), error.message.as_deref(), error.status), ("InternalError", Some("why"), 500));
}

#[tokio::test]
async fn nothing_is_read_behind_an_error() {
    let busy = message([(names::MESSAGE_TYPE, "exception"), (names::EXCEPTION_TYPE, "Busy")], "{}");
    let mut stream = answered(frames_of([busy, line_message(1, "a")]));
    assert!(matches!(stream.recv().await, Err(Error::Busy(_))));
    assert_eq!(stream.recv().await.unwrap(), None);
}

#[tokio::test]
async fn a_client_passes_over_an_initial_message_that_says_nothing_to_it() {
    let initial = message([(names::MESSAGE_TYPE, "event"), (names::EVENT_TYPE, "initial-response")], "{}");
    assert_eq!(all(answered(frames_of([initial, line_message(1, "a")]))).await.0, [line(1, "a")]);
}
