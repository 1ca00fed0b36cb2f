//! A generated waiter against a generated server, in one process. The clock is wound, so that nobody waits.

use smithwright_runtime::client::config::{Credentials, Region, SdkConfig, SharedCredentialsProvider};
use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;
use waitable_api::{DescribeDeskInput, DescribeDeskOutput, Desk, DeskDetail, Error, NoSuchDesk};
use waitable_client::{Client, State, WaitError, in_process};
use waitable_server::Server;

/// Desks whose states are told one after the other; the last one stays. `None` is no desk.
struct Fake(Mutex<VecDeque<Option<&'static str>>>);

impl Desk for Fake {
    async fn describe_desk(&self, _: DescribeDeskInput) -> Result<DescribeDeskOutput, Error> {
        let mut states = self.0.lock().unwrap();
        let state = if states.len() > 1 { states.pop_front() } else { states.front().copied() };
        match state.flatten() {
            Some(state) => Ok(DescribeDeskOutput::default().desk(DeskDetail::default().state(state))),
            None => Err(NoSuchDesk::new("there is none").into()),
        }
    }
}

fn client<const N: usize>(states: [Option<&'static str>; N]) -> Client {
    let credentials = Credentials::new("id", "secret", None, None, "test");
    let config = SdkConfig::builder()
        .http_client(in_process(Server::new(Fake(Mutex::new(states.into())))))
        .endpoint_url("http://desk.test")
        .region(Region::from_static("us-east-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials));
    Client::new(&config.build())
}

fn front() -> DescribeDeskInput {
    DescribeDeskInput::new("front")
}

#[tokio::test(start_paused = true)]
async fn a_wait_goes_on_through_errors_and_other_states_until_the_output_is_what_is_waited_for() {
    let client = client([None, Some("CLOSED"), Some("OPEN")]);
    let mut states = Vec::new();
    let waited = client.wait_until_desk_open(front()).on_poll(|_, state| states.push(state)).await.unwrap();
    assert_eq!(waited.polls(), 3);
    assert!(waited.elapsed() >= Duration::from_secs(2), "{waited:?}");
    let answer = waited.into_answer().unwrap();
    assert_eq!(answer.desk.and_then(|desk| desk.state).as_deref(), Some("OPEN"));
    assert_eq!(states, [State::Retry, State::Retry, State::Success]);
}

#[tokio::test(start_paused = true)]
async fn a_state_of_failure_ends_a_wait_with_the_output_that_told_it() {
    let error = client([Some("CLOSED"), Some("BROKEN")]).wait_until_desk_open(front()).await.unwrap_err();
    let WaitError::Failure(waited) = error else { panic!("{error:?}") };
    assert_eq!(waited.polls(), 2);
    assert_eq!(waited.into_answer().unwrap().desk.and_then(|desk| desk.state).as_deref(), Some("BROKEN"));
}

#[tokio::test(start_paused = true)]
async fn an_error_can_be_what_is_waited_for() {
    let waited = client([Some("CLOSED"), None]).wait_until_desk_gone(front()).await.unwrap();
    assert!(matches!(waited.answer(), Err(Error::NoSuchDesk(_))), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn a_wait_ends_when_there_is_no_time_left() {
    let wait = client([Some("CLOSED")]);
    let error = wait.wait_until_desk_open(front()).max_wait(Duration::from_secs(20)).await.unwrap_err();
    assert!(matches!(error, WaitError::Timeout { .. }), "{error:?}");
}
