//! Events in protocols with all members in the body, between a generated client and a generated server in one process: the other members
//! go before the events, in a message of their own.

use rpc_events_api::{
    ConverseInput, ConverseOutput, Desk, Error, EventStream, NoSuchRoom, Said, SubscribeInput, SubscribeOutput, Words,
};
use rpc_events_client::{Client, in_process};
use rpc_events_server::Server;
use smithwright_runtime::client::Core;
use smithwright_runtime::client::config::{Credentials, Region, SdkConfig, SharedCredentialsProvider};
use smithwright_runtime::protocol::{AwsJson1_1, Protocol, RpcV2Cbor};

struct Room;

fn said(text: impl Into<String>, count: i32) -> Words {
    Words::Said(Said::default().text(text).count(count))
}

impl Desk for Room {
    /// Answers the words that it is told, louder.
    async fn converse(&self, mut request: ConverseInput) -> Result<ConverseOutput, Error> {
        let mut louder = Vec::new();
        while let Some(words) = request.words.recv().await? {
            if let Words::Said(words) = words {
                louder.push(said(words.text.unwrap_or_default().to_uppercase(), words.count.unwrap_or_default() + 1));
            }
        }
        Ok(ConverseOutput::default().topic(format!("about {}", request.room)).words(louder))
    }

    /// One word, and an error behind it; or an error at once.
    async fn subscribe(&self, request: SubscribeInput) -> Result<SubscribeOutput, Error> {
        if request.room == "nowhere" {
            return Err(NoSuchRoom::new("there is none").into());
        }
        let (sender, words) = EventStream::channel(2);
        sender.send(said("hello", 1)).await.unwrap();
        sender.fail(NoSuchRoom::new("closed")).await.unwrap();
        Ok(SubscribeOutput::new(words))
    }
}

fn core() -> Core {
    let credentials = Credentials::new("id", "secret", None, None, "test");
    let config = SdkConfig::builder()
        .http_client(in_process(Server::new(Room)))
        .endpoint_url("http://desk.test")
        .region(Region::from_static("us-east-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials));
    let mut core = None;
    let _ = Client::new(&config.build()).customize(|own| core.insert(own).clone());
    core.unwrap()
}

/// All events, and what the stream ends with.
async fn all(mut words: EventStream<Words>) -> (Vec<Words>, Option<Error>) {
    let mut all = Vec::new();
    loop {
        match words.recv().await {
            Ok(Some(event)) => all.push(event),
            Ok(None) => return (all, None),
            Err(error) => return (all, Some(error)),
        }
    }
}

async fn events_and_other_members_go_both_ways<P: Protocol>() {
    let request = ConverseInput::new("tea").words([said("with milk", 1), said("please", 2)]);
    let answer = core().call::<P, _>(request).await.unwrap();
    assert_eq!(answer.topic.as_deref(), Some("about tea"));
    let (words, end) = all(answer.words).await;
    assert_eq!(words, [said("WITH MILK", 2), said("PLEASE", 3)]);
    assert!(end.is_none(), "{end:?}");
}

async fn an_error_ends_a_stream<P: Protocol>() {
    let answer = core().call::<P, _>(SubscribeInput::new("tea")).await.unwrap();
    let (words, end) = all(answer.words).await;
    assert_eq!(words, [said("hello", 1)]);
    assert!(matches!(&end, Some(Error::NoSuchRoom(error)) if error.message.as_deref() == Some("closed")), "{end:?}");
}

async fn an_error_may_be_all_of_an_answer<P: Protocol>() {
    let error = core().call::<P, _>(SubscribeInput::new("nowhere")).await.unwrap_err();
    assert!(matches!(&error, Error::NoSuchRoom(error) if error.message.as_deref() == Some("there is none")), "{error:?}");
}

macro_rules! in_protocols {
    ($($protocol:ident: $module:ident),*) => {
        $(
            mod $module {
                use super::*;

                #[tokio::test]
                async fn events_and_other_members_go_both_ways() {
                    super::events_and_other_members_go_both_ways::<$protocol>().await;
                }

                #[tokio::test]
                async fn an_error_ends_a_stream() {
                    super::an_error_ends_a_stream::<$protocol>().await;
                }

                #[tokio::test]
                async fn an_error_may_be_all_of_an_answer() {
                    super::an_error_may_be_all_of_an_answer::<$protocol>().await;
                }
            }
        )*
    };
}

in_protocols!(AwsJson1_1: aws_json, RpcV2Cbor: rpc_v2_cbor);
