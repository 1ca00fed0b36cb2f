//! Lists, page by page and item by item.

use super::desk::*;
use super::log::ReadLog;
use super::script::{Script, answer, ok};
use super::*;
use crate::client::Items;
use crate::error::ClientErrorKind;
use futures_core::Stream;
use std::future::poll_fn;
use std::pin::Pin;

fn tokens(script: &Script) -> Vec<String> {
    script.sent().iter().map(|sent| sent.uri.query().unwrap_or_default().to_owned()).collect()
}

async fn all_items(client: &Core) -> Result<Vec<String>, Error> {
    let mut items = travels(client.ask(ListContacts::default()).items());
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

/// Pages of these tokens, the last without one.
fn pages_of(tokens: &[&str]) -> Script {
    let page = |(index, token)| ok(format!(r#"{{"Names":["{index}"],"NextToken":"{token}"}}"#));
    Script::new(tokens.iter().enumerate().map(page).chain([ok(r#"{"Names":["last"]}"#)]))
}

/// The items before an error, and the error.
async fn until_error(mut items: Items<'_, ListContacts>) -> (Vec<String>, String) {
    let mut all = Vec::new();
    loop {
        match items.try_next().await {
            Ok(item) => all.push(item.expect("an error before the end")),
            Err(Error::Client(error)) => {
                assert_eq!(error.kind(), ClientErrorKind::Response);
                assert_eq!(items.try_next().await.unwrap(), None, "nothing follows");
                return (all, error.to_string());
            }
            Err(error) => panic!("{error:?}"),
        }
    }
}

#[tokio::test]
async fn a_start_token_that_comes_back_at_once_ends_the_list() {
    let script = pages_of(&["7"]);
    let client = client(&script);
    let mut pages = client.ask(ListContacts::default().next_token("7")).pages();
    pages.try_next().await.unwrap().unwrap();
    assert_eq!(pages.try_next().await.unwrap(), None);
    assert_eq!(tokens(&script), ["nextToken=7"]);
}

#[tokio::test]
async fn a_token_of_an_earlier_page_is_an_error_behind_its_page() {
    for (start, answers, items) in [
        (None, ["2", "3", "2"].as_slice(), ["0", "1", "2"].as_slice()),
        (None, &["2", "3", "4", "3"], &["0", "1", "2", "3"]),
        (Some("1"), &["2", "1"], &["0", "1"]),
    ] {
        let script = pages_of(answers);
        let client = client(&script);
        let request = ListContacts { next_token: start.map(str::to_owned), ..ListContacts::default() };
        let (all, error) = until_error(client.ask(request).items()).await;
        assert_eq!(all, items);
        assert_eq!(script.sent().len(), items.len());
        let expected = format!("ListContacts: page {} names an earlier page as the next one: the list has no end", items.len());
        assert!(error.ends_with(&expected), "{error}");
    }
}

#[tokio::test]
async fn tokens_may_come_again_where_the_program_says_so() {
    let script = pages_of(&["2", "3", "2", "2"]);
    let client = client(&script);
    let mut items = client.ask(ListContacts::default()).items().allow_repeated_tokens();
    let mut all = Vec::new();
    while let Some(item) = items.try_next().await.unwrap() {
        all.push(item);
    }
    assert_eq!(all, ["0", "1", "2", "3", "last"]);
}

#[tokio::test]
async fn a_list_with_more_pages_than_wanted_is_an_error() {
    let script = pages_of(&["2", "3", "4"]);
    let client = client(&script);
    let (all, error) = until_error(client.ask(ListContacts::default()).items().max_pages(2)).await;
    assert_eq!((all.len(), script.sent().len()), (2, 2));
    assert!(error.ends_with("ListContacts: there are more than 2 pages: allow more with `max_pages`"), "{error}");
}

#[tokio::test]
async fn a_list_with_as_many_pages_as_allowed_is_none() {
    let script = pages_of(&["2"]);
    let client = client(&script);
    let mut pages = client.ask(ListContacts::default()).pages().max_pages(2);
    pages.try_next().await.unwrap().unwrap();
    pages.try_next().await.unwrap().unwrap();
    assert_eq!(pages.try_next().await.unwrap(), None);
}

#[tokio::test]
async fn after_an_error_there_is_nothing_more() {
    let script = Script::new([ok(r#"{"Names":["a"],"NextToken":"2"}"#), answer(400, "{}")]);
    let client = client(&script);
    let mut items = client.ask(ListContacts::default()).items();
    assert_eq!(items.try_next().await.unwrap().as_deref(), Some("a"));
    assert!(items.try_next().await.is_err());
    assert_eq!(items.try_next().await.unwrap(), None);
    assert_eq!(items.try_next().await.unwrap(), None);
}

#[tokio::test]
async fn pages_are_asked_for_one_by_one() {
    let script = Script::new([ok(r#"{"Names":["a"],"NextToken":"2"}"#), ok(r#"{"Names":["b"]}"#)]);
    let client = client(&script);
    let mut pages = client.ask(ListContacts::default()).pages();
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
    let mut pages = client.ask(request).header("x-trace", "7").region("eu-west-1").pages();
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
    let mut items = stream(client.ask(ListContacts::default()).items());
    let item = poll_fn(|context| Pin::new(&mut items).poll_next(context)).await;
    assert_eq!(item.unwrap().unwrap(), "a");
}

async fn read_log(pages: &[&'static str]) -> (Result<usize, Error>, Vec<String>) {
    let script = Script::new(pages.iter().map(|page| ok(*page)));
    let client = client(&script);
    let mut pages = client.ask(ReadLog::default()).pages();
    let mut count = 0;
    let result = loop {
        match pages.try_next().await {
            Ok(Some(_)) => count += 1,
            Ok(None) => break Ok(count),
            Err(error) => break Err(error),
        }
    };
    (result, tokens(&script))
}

#[tokio::test]
async fn all_tokens_of_a_page_are_passed_on_and_none_of_an_earlier_one() {
    let (pages, asked) =
        read_log(&[r#"{"Next":3,"Desk":"a","More":true}"#, r#"{"Next":0,"Desk":"b","More":true}"#, r#"{"Next":5}"#]).await;
    assert_eq!(pages.unwrap(), 3);
    assert_eq!(asked, ["", "from=3&desk=a", "desk=b"]);
}

#[tokio::test]
async fn a_page_without_tokens_is_the_last_whatever_its_flag_says() {
    let (pages, _) = read_log(&[r#"{"Next":0,"Desk":"","More":true}"#]).await;
    assert_eq!(pages.unwrap(), 1);
}

#[tokio::test]
async fn tokens_of_any_type_go_in_circles() {
    let page = |next: u8| match next {
        1 => r#"{"Next":1,"More":true}"#,
        _ => r#"{"Next":2,"More":true}"#,
    };
    let (pages, _) = read_log(&[page(1), page(2), page(1)]).await;
    assert!(
        pages.unwrap_err().to_string().ends_with("ReadLog: page 3 names an earlier page as the next one: the list has no end")
    );
}
