//! Client and server, while both talk.

use super::*;
use crate::error::ClientErrorKind;
use crate::server::RequestContext;
use futures_core::Stream;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// Answers each line with one of the next number.
fn echo(mut says: EventStream<Says>) -> EventStream<Says> {
    let (sender, hears) = EventStream::channel(1);
    tokio::spawn(async move {
        loop {
            let event = match says.recv().await {
                Ok(Some(Says::Line(Line { number, words, .. }))) => line(number + 1, &words.unwrap_or_default()),
                Ok(Some(event)) => event,
                Ok(None) => return Ok(()),
                Err(error) => return sender.fail(error).await,
            };
            sender.send(event).await?;
        }
    });
    hears
}

#[tokio::test]
async fn each_side_hears_while_it_says() {
    let client = room(|says| Ok(echo(says)));
    let (sender, says) = EventStream::channel(1);
    let mut answer = converse(&client, says).await.unwrap();
    assert_eq!(answer.room, "blue");
    for number in 0..5 {
        sender.send(line(number, "a")).await.unwrap();
        assert_eq!(answer.hears.recv().await.unwrap(), Some(line(number + 1, "a")));
    }
    sender.send(Says::Pause).await.unwrap();
    assert_eq!(answer.hears.recv().await.unwrap(), Some(Says::Pause));
    drop(sender);
    assert_eq!(answer.hears.recv().await.unwrap(), None);
    assert_eq!(answer.hears.recv().await.unwrap(), None, "an end stays one");
}

#[tokio::test]
async fn whatever_an_event_holds_arrives() {
    let events = [
        Says::Line(Line { number: i32::MIN, speaker: Some("Zoë".to_owned()), words: None, loudness: 0 }),
        Says::Line(Line { number: 0, speaker: Some(String::new()), words: Some("wörds".to_owned()), loudness: 0 }),
        Says::Note(Note { text: "a note".to_owned() }),
        Says::Pause,
    ];
    let client = room(Ok);
    let (heard, error) = all(converse(&client, events.clone()).await.unwrap().hears).await;
    assert_eq!((heard, error.is_none()), (events.to_vec(), true));
}

#[tokio::test]
async fn nothing_said_is_an_empty_stream() {
    let answer = converse(&room(Ok), EventStream::default()).await.unwrap();
    assert_eq!(all(answer.hears).await.0, []);
}

#[tokio::test]
async fn an_error_of_the_model_ends_a_stream() {
    let client = room(|_| Ok(EventStream::new(ended([line(1, "a")], busy("too many")))));
    let (events, error) = all(converse(&client, EventStream::default()).await.unwrap().hears).await;
    assert_eq!(events, [line(1, "a")]);
    assert!(matches!(error, Some(Error::Busy(error)) if error.message.as_deref() == Some("too many")));
}

#[tokio::test]
async fn a_server_learns_of_an_error_of_its_client() {
    let client = room(|says| Ok(echo(says)));
    let says = EventStream::new(ended([], busy("out of breath")));
    let (_, error) = all(converse(&client, says).await.unwrap().hears).await;
    assert!(matches!(error, Some(Error::Busy(error)) if error.message.as_deref() == Some("out of breath")));
}

#[tokio::test]
async fn an_error_that_the_stream_does_not_have_is_told_by_name() {
    let unknown = || Error::from(crate::error::UnrecognizedError::new("Odd", 418, "teapot".to_owned()));
    let client = room(move |_| Ok(EventStream::new(ended([], unknown()))));
    let (_, error) = all(converse(&client, EventStream::default()).await.unwrap().hears).await;
    let Some(Error::Unrecognized(error)) = error else { panic!("{error:?}") };
    assert_eq!((error.code.as_str(), error.message.as_deref()), ("Odd", Some("teapot")));
}

#[tokio::test]
async fn an_error_instead_of_a_stream_is_the_calls() {
    let error = converse(&room(|_| Err(busy("later"))), EventStream::default()).await.unwrap_err();
    assert!(matches!(error, Error::Busy(_)));
}

#[tokio::test]
async fn what_a_client_says_is_checked_event_by_event() {
    let client = room(|says| Ok(echo(says)));
    let (heard, error) = all(converse(&client, [line(1, "a"), line(2, &"a".repeat(21))]).await.unwrap().hears).await;
    assert_eq!(heard, [line(2, "a")]);
    let Some(Error::Unrecognized(error)) = error else { panic!("{error:?}") };
    assert_eq!(error.code, "ValidationException");
    assert!(error.message.unwrap().starts_with("1 validation error detected. Value with length 21 at '/Line/Words'"));
}

#[tokio::test]
async fn an_unknown_event_goes_through_a_server_that_does_not_check() {
    let unknown = Says::Unrecognized { tag: "Wave".to_owned(), value: crate::document::Document::from("hi") };
    let server = rest::Server::new(RoomOf(|says| Ok(echo(says))));
    let checking = client(crate::client::in_process(server.clone()));
    let (_, error) = all(converse(&checking, [unknown.clone()]).await.unwrap().hears).await;
    assert!(error.unwrap().to_string().contains("expected a known member at /Wave"));

    let passing = client(crate::client::in_process(server.validation(false)));
    let (heard, error) = all(converse(&passing, [unknown.clone()]).await.unwrap().hears).await;
    assert_eq!((heard, error.is_none()), (vec![unknown], true));
}

#[tokio::test]
async fn a_call_with_events_is_made_once() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = calls.clone();
    let client = room(move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
        Err(busy("later"))
    });
    converse(&client, [Says::Pause]).await.unwrap_err();
    assert_eq!(calls.load(Ordering::Relaxed), 1);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_says_nothing_for_too_long_is_not_waited_for() {
    let server = rest::Server::new(RoomOf(|says| Ok(echo(says)))).body_timeout(Duration::from_secs(5));
    let client = client(crate::client::in_process(server));
    let (sender, says) = EventStream::channel(1);
    let mut hears = converse(&client, says).await.unwrap().hears;
    tokio::time::sleep(Duration::from_secs(4)).await;
    sender.send(Says::Pause).await.unwrap();
    assert_eq!(hears.recv().await.unwrap(), Some(Says::Pause));
    let error = hears.recv().await.unwrap_err();
    assert!(error.to_string().contains("The stream did not go on in time"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_server_may_say_nothing_for_an_hour() {
    let client = room(|_| {
        let (sender, hears) = EventStream::channel(1);
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_secs(3600)).await;
            sender.send(Says::Pause).await
        });
        Ok(hears)
    });
    let mut hears = converse(&client, EventStream::default()).await.unwrap().hears;
    assert_eq!(hears.recv().await.unwrap(), Some(Says::Pause));
}

/// A stream that panics.
struct Panics;

impl Stream for Panics {
    type Item = Result<Says, Error>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        panic!("a secret")
    }
}

#[tokio::test]
async fn a_stream_that_panics_breaks_the_answer_off() {
    let client = room(|_| Ok(EventStream::new(Panics)));
    let (_, error) = all(converse(&client, EventStream::default()).await.unwrap().hears).await;
    assert!(matches!(error, Some(Error::Client(error)) if error.kind() == ClientErrorKind::Response));
}

#[tokio::test]
async fn whoever_is_refused_says_nothing() {
    let refuse = |_: RequestContext| Err::<RoomOf<fn(EventStream<Says>) -> _>, _>(busy("closed"));
    let client = client(crate::client::in_process(rest::Server::try_per_request(refuse)));
    let (sender, says) = EventStream::channel(1);
    assert!(matches!(converse(&client, says).await, Err(Error::Busy(_))));
    sender.closed().await;
    assert_eq!(sender.send(Says::Pause).await, Err(EventStreamClosed));
}

/// Events with an error behind them.
pub(super) fn ended<const N: usize>(events: [Says; N], error: Error) -> impl Stream<Item = Result<Says, Error>> {
    struct Ended(std::vec::IntoIter<Result<Says, Error>>);
    impl Stream for Ended {
        type Item = Result<Says, Error>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready(self.0.next())
        }
    }
    // What is behind the error is never sent.
    let events: Vec<_> = events.into_iter().map(Ok).chain([Err(error), Ok(Says::Pause)]).collect();
    Ended(events.into_iter())
}
