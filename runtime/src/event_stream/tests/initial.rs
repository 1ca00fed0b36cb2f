//! Members beside a stream, where they have no other place.

use super::*;
use crate::client::{Core, in_process};
use crate::format::Format as _;
use crate::format::json::Json;
use crate::protocol::{AwsJson1_1, Protocol, RpcV2Cbor};

fn rpc_room() -> Core {
    client(in_process(room::rpc::Server::new(RoomOf(Ok))))
}

fn meeting(room: Option<&str>, says: impl Into<EventStream<Says>>) -> MeetRequest {
    MeetRequest(ConverseRequest { room: room.map(str::to_owned), says: says.into() })
}

#[tokio::test]
async fn members_go_before_the_events_both_ways() {
    go_before::<AwsJson1_1>().await;
    go_before::<RpcV2Cbor>().await;
}

async fn go_before<P: Protocol>() {
    let answer = call::<P, _>(&rpc_room(), meeting(Some("blue"), [line(1, "a"), Says::Pause])).await.unwrap().0;
    assert_eq!(answer.room, "blue");
    assert_eq!(all(answer.hears).await.0, [line(1, "a"), Says::Pause]);
}

#[tokio::test]
async fn an_answer_is_there_before_its_first_event() {
    let (sender, says) = EventStream::channel(1);
    let mut answer = call::<RpcV2Cbor, _>(&rpc_room(), meeting(Some("red"), says)).await.unwrap().0;
    assert_eq!(answer.room, "red");
    sender.send(Says::Pause).await.unwrap();
    assert_eq!(answer.hears.recv().await.unwrap(), Some(Says::Pause));
}

fn initial_of(initial: InitialMessage, events: impl Into<EventStream<Says>>) -> ByteStream {
    let request = ConverseRequest { room: Some("blue".to_owned()), says: EventStream::default() };
    let frames = EventFrames::of::<Says, Json>(&events.into(), "application/json");
    let members = Json::encode(|to| crate::codec::Encoder::structure(to, &request));
    frames.behind_initial(initial, "application/json", members).into_bytes()
}

#[tokio::test]
async fn the_initial_message_is_apart_from_the_events() {
    let bytes = initial_of(InitialMessage::Response, [line(1, "a")]);
    let (initial, rest) = initial_message(InitialMessage::Response, bytes, 1 << 20).await.unwrap();
    assert_eq!(initial, r#"{"Room":"blue"}"#);
    assert_eq!(all(answered(rest)).await.0, [line(1, "a")]);
}

#[tokio::test]
async fn without_an_initial_message_all_events_are_there() {
    let bytes = frames_of([line_message(1, "a"), line_message(2, "b")]);
    let (initial, rest) = initial_message(InitialMessage::Response, bytes.into(), 1 << 20).await.unwrap();
    assert_eq!(initial, "");
    assert_eq!(all(answered(rest)).await.0, [line(1, "a"), line(2, "b")]);

    let (initial, rest) = initial_message(InitialMessage::Request, ByteStream::default(), 1 << 20).await.unwrap();
    assert_eq!((initial, all(asked(rest)).await.0), (Bytes::new(), Vec::new()));
}

#[tokio::test]
async fn a_stream_that_breaks_off_first_is_no_answer() {
    let bytes = initial_of(InitialMessage::Request, []).collect().await.unwrap();
    for length in 1..bytes.len() {
        initial_message(InitialMessage::Request, bytes.slice(..length).into(), 1 << 20).await.unwrap_err();
    }
    initial_message(InitialMessage::Request, vec![0; 12].into(), 1 << 20).await.unwrap_err();
}
