//! Waiting for a state. The clock is wound, so that nobody waits.

use super::desk::*;
use super::script::{Answer, Script, answer, ok};
use super::*;
use crate::client::{Poll, State, Wait, WaitError, WaitTimes};
use crate::error::ClientErrorKind;
use std::time::Duration;
use tokio::time::Instant;

const TIMES: WaitTimes = WaitTimes::from_secs(2, 120, 100);

/// The contact is there once it has a name; it never comes when it is called "void".
fn contact_named(poll: &Poll<'_, ListContacts>) -> Option<State> {
    match poll.answer() {
        Ok(it) => match it.names.as_deref()?.first()?.as_str() {
            "void" => Some(State::Failure),
            _ => Some(State::Success),
        },
        Err(error) if error.code() == "NotFoundException" => Some(State::Retry),
        Err(error) if error.status() == 410 => Some(State::Success),
        Err(error) if ["GatewayTimeout", "BadGateway"].contains(&error.code()) => Some(State::Success),
        Err(_) => None,
    }
}

fn wait(client: &Core) -> Wait<'_, ListContacts> {
    Wait::new(client.ask(ListContacts::default()), "ContactNamed", TIMES, contact_named)
}

fn missing() -> Answer {
    answer(404, r#"{"code":"NotFoundException"}"#)
}

fn named(name: &str) -> Answer {
    ok(format!(r#"{{"Names":["{name}"]}}"#))
}

#[tokio::test(start_paused = true)]
async fn a_wait_goes_on_until_an_acceptor_says_success() {
    let script = Script::new([missing(), ok("{}"), named("Ann")]);
    let waited = travels(wait(&client(&script)).into_future()).await.unwrap();
    assert_eq!(waited.polls(), 3);
    assert!(waited.elapsed() >= Duration::from_secs(4), "{waited:?}");
    assert_eq!(waited.into_answer().unwrap().names.unwrap(), ["Ann"]);
}

#[tokio::test(start_paused = true)]
async fn an_error_can_be_what_is_waited_for() {
    let script = Script::new([answer(410, "{}")]);
    let waited = wait(&client(&script)).await.unwrap();
    assert!(matches!(waited.answer(), Err(Error::Unrecognized(_))), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn a_state_of_failure_ends_the_wait() {
    let script = Script::new([missing(), named("void")]);
    let error = wait(&client(&script)).await.unwrap_err();
    assert_eq!(error.to_string(), "ContactNamed: it will not come any more");
    let WaitError::Failure(waited) = error else { panic!("{error:?}") };
    assert_eq!(waited.into_answer().unwrap().names.unwrap(), ["void"]);
}

#[tokio::test(start_paused = true)]
async fn an_error_that_no_acceptor_knows_ends_the_wait() {
    let script = Script::new([missing(), answer(400, r#"{"code":"Odd"}"#)]);
    let error = wait(&client(&script)).await.unwrap_err();
    assert!(matches!(&error, WaitError::Call(Error::Unrecognized(error)) if error.code == "Odd"), "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn an_error_of_the_client_itself_is_no_state() {
    for (answer, kind) in [(Answer::Silence, ClientErrorKind::Timeout), (ok("no JSON"), ClientErrorKind::Response)] {
        let client = client(&Script::new([answer]));
        let error = wait(&client).customize(|call| call.timeout(Duration::from_secs(5))).await.unwrap_err();
        let WaitError::Call(Error::Client(error)) = error else { panic!("{error:?}") };
        assert_eq!(error.kind(), kind);
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_comes_to_an_end() {
    let script = Script::new((0..100).map(|_| missing()));
    let begun = Instant::now();
    let error = wait(&client(&script)).await.unwrap_err();
    assert_eq!(error.to_string(), "ContactNamed: not within 100s");
    assert!(begun.elapsed() <= Duration::from_secs(100), "{:?}", begun.elapsed());
    let WaitError::Timeout { last: Some(last), .. } = error else { panic!("{error:?}") };
    assert_eq!(last.polls() as usize, script.sent().len());
    assert!((4..=50).contains(&last.polls()), "{}", last.polls());
}

#[tokio::test(start_paused = true)]
async fn a_call_under_way_is_given_up_at_the_end() {
    let script = Script::new([Answer::Silence]);
    let begun = Instant::now();
    let error = wait(&client(&script)).max_wait(Duration::from_secs(7)).await.unwrap_err();
    assert!(matches!(error, WaitError::Timeout { last: None, .. }), "{error:?}");
    assert_eq!(begun.elapsed().as_secs(), 7);
}

#[tokio::test(start_paused = true)]
async fn delays_can_be_others() {
    let script = Script::new([missing(), missing(), named("Ann")]);
    let begun = Instant::now();
    let second = Duration::from_secs(1);
    wait(&client(&script)).delays(second..=second).await.unwrap();
    assert_eq!(begun.elapsed().as_secs(), 2);
}

#[tokio::test(start_paused = true)]
async fn every_poll_can_be_observed() {
    let script = Script::new([missing(), named("Ann")]);
    let mut seen = Vec::new();
    wait(&client(&script)).on_poll(|poll, state| seen.push((poll.attempt(), poll.answer().is_ok(), state))).await.unwrap();
    assert_eq!(seen, [(1, false, State::Retry), (2, true, State::Success)]);
}

#[tokio::test(start_paused = true)]
async fn every_call_is_customized() {
    let script = Script::new([missing(), named("Ann")]);
    wait(&client(&script)).customize(|call| call.header("x-trace", "7")).await.unwrap();
    assert_eq!(script.sent().len(), 2);
    assert!(script.sent().iter().all(|sent| sent.header("x-trace") == Some("7")));
}

#[test]
fn all_of_none_is_not_all() {
    assert!(crate::client::all(["a", "a"], "a"));
    assert!(!crate::client::all(["a", "b"], "a"));
    assert!(!crate::client::all([], "a"));
}
