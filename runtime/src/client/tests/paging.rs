//! Lists, page by page and item by item.

use super::desk::*;
use super::script::{Script, answer, ok};
use super::*;
use futures_core::Stream;
use std::future::poll_fn;
use std::pin::Pin;

fn tokens(script: &Script) -> Vec<String> {
    script.sent().iter().map(|sent| sent.uri.query().unwrap_or_default().to_owned()).collect()
}

async fn all_items(client: &Core) -> Result<Vec<String>, Error> {
    let mut items = travels(client.call(ListContacts::default()).items());
    let mut all = Vec::new();
    while let Some(item) = travels(items.try_next()).await? {
        all.push(item);
    }
    Ok(all)
}

#[tokio::test]
async fn items_come_from_all_pages_even_past_an_empty_one() {
    let script = Script::new([
        ok(r#"{"Names":["a","b"],"NextToken":"2"}"#),
        ok(r#"{"Names":[],"NextToken":"3"}"#),
        ok(r#"{"Names":["c"]}"#),
    ]);
    assert_eq!(all_items(&client(&script)).await.unwrap(), ["a", "b", "c"]);
    assert_eq!(tokens(&script), ["", "nextToken=2", "nextToken=3"]);
}

#[tokio::test]
async fn an_empty_token_ends_the_list() {
    let script = Script::new([ok(r#"{"Names":["a"],"NextToken":""}"#)]);
    assert_eq!(all_items(&client(&script)).await.unwrap(), ["a"]);
}

#[tokio::test]
async fn a_token_that_was_just_asked_for_ends_the_list() {
    let script = Script::new([ok(r#"{"Names":["a"],"NextToken":"2"}"#), ok(r#"{"Names":["b"],"NextToken":"2"}"#)]);
    assert_eq!(all_items(&client(&script)).await.unwrap(), ["a", "b"]);
}

#[tokio::test]
async fn after_an_error_there_is_nothing_more() {
    let script = Script::new([ok(r#"{"Names":["a"],"NextToken":"2"}"#), answer(400, "{}")]);
    let client = client(&script);
    let mut items = client.call(ListContacts::default()).items();
    assert_eq!(items.try_next().await.unwrap().as_deref(), Some("a"));
    assert!(items.try_next().await.is_err());
    assert_eq!(items.try_next().await.unwrap(), None);
    assert_eq!(items.try_next().await.unwrap(), None);
}

#[tokio::test]
async fn pages_are_asked_for_one_by_one() {
    let script = Script::new([ok(r#"{"Names":["a"],"NextToken":"2"}"#), ok(r#"{"Names":["b"]}"#)]);
    let client = client(&script);
    let mut pages = client.call(ListContacts::default()).pages();
    assert_eq!(script.sent().len(), 0);
    assert_eq!(pages.try_next().await.unwrap().unwrap().names.unwrap(), ["a"]);
    assert_eq!(script.sent().len(), 1);
    assert_eq!(pages.try_next().await.unwrap().unwrap().names.unwrap(), ["b"]);
    assert_eq!(pages.try_next().await.unwrap(), None);
}

#[tokio::test]
async fn every_page_is_called_as_the_first() {
    let script = Script::new([ok(r#"{"NextToken":"2"}"#), ok("{}")]);
    let client = client(&script);
    let request = ListContacts::default().states(["NEW"]);
    let mut pages = client.call(request).header("x-trace", "7").region("eu-west-1").pages();
    while pages.try_next().await.unwrap().is_some() {}
    assert_eq!(tokens(&script), ["state=NEW", "state=NEW&nextToken=2"]);
    for sent in script.sent() {
        assert_eq!(sent.header("x-trace"), Some("7"));
        assert_eq!(sent.uri.host(), Some("desk.eu-west-1.amazonaws.com"));
    }
}

#[tokio::test]
async fn items_are_a_stream_that_stays_where_it_is_put() {
    fn stream<S: Stream<Item = Result<String, Error>> + Unpin + Send>(stream: S) -> S {
        stream
    }
    let script = Script::new([ok(r#"{"Names":["a"]}"#)]);
    let client = client(&script);
    let mut items = stream(client.call(ListContacts::default()).items());
    let item = poll_fn(|context| Pin::new(&mut items).poll_next(context)).await;
    assert_eq!(item.unwrap().unwrap(), "a");
}
