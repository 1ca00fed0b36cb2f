//! What is tried again. The clock is wound, so that nobody waits.

use super::desk::*;
use super::script::{Answer, Script, answer, ok};
use super::*;
use crate::client::failure::ErrorAnswer;
use crate::error::{Exception as _, ServiceError as _};
use aws_smithy_types::retry::{ErrorKind, ProvideErrorKind as _, RetryConfig};

async fn attempts(answers: impl IntoIterator<Item = Answer>) -> (Result<(), Error>, usize) {
    let script = Script::new(answers);
    let result = client(&script).ask(OpenDesk {}).await;
    (result, script.sent().len())
}

#[tokio::test(start_paused = true)]
async fn a_server_that_is_unavailable_is_asked_again() {
    for status in [500, 502, 503, 504] {
        let (result, attempts) = attempts([answer(status, ""), ok("")]).await;
        assert!(result.is_ok());
        assert_eq!(attempts, 2, "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_throttled_call_is_made_again_wherever_the_code_is() {
    let named = |status| answer(status, "");
    for throttled in [
        named(400).with("x-amzn-errortype", "ThrottlingException"),
        named(400)
            .with("x-amzn-errortype", "TooManyRequestsException:http://internal.amazon.com/coral/com.amazon.coral.availability/"),
        answer(400, r#"{"__type":"com.amazonaws.desk#ThrottlingException"}"#),
        answer(429, r#"{"code":"SlowDown"}"#),
    ] {
        let (result, attempts) = attempts([throttled, ok("")]).await;
        assert!(result.is_ok());
        assert_eq!(attempts, 2);
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_that_the_model_calls_retryable_is_asked_again() {
    for code in ["BusyException", "RushException", "com.amazonaws.desk#BusyException"] {
        let (result, attempts) = attempts([answer(400, "").with("x-amzn-errortype", code), ok("")]).await;
        assert!(result.is_ok());
        assert_eq!(attempts, 2, "{code}");
    }
}

#[test]
fn an_error_that_the_model_calls_throttling_is_told_from_others() {
    let kind = |code: &str| ErrorAnswer::new(Some(code.to_owned()), Error::retryable(code)).retryable_error_kind();
    assert_eq!(kind("RushException"), Some(ErrorKind::ThrottlingError));
    assert_eq!(kind("BusyException"), Some(ErrorKind::ServerError));
    assert_eq!(kind("NotFoundException"), None);
}

#[tokio::test(start_paused = true)]
async fn an_unreachable_server_is_asked_again() {
    let (result, attempts) = attempts([Answer::Refused, ok("")]).await;
    assert!(result.is_ok());
    assert_eq!(attempts, 2);
}

#[tokio::test(start_paused = true)]
async fn a_mistake_is_not_repeated() {
    let (result, attempts) = attempts([answer(400, r#"{"__type":"ValidationException"}"#)]).await;
    assert!(result.is_err());
    assert_eq!(attempts, 1);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_makes_no_sense_is_not_asked_for_again() {
    let (result, attempts) = attempts([ok("<html>")]).await;
    assert!(result.is_err());
    assert_eq!(attempts, 1);
}

#[tokio::test(start_paused = true)]
async fn three_attempts_are_enough_unless_configured() {
    let (result, attempts) = attempts([answer(503, ""), answer(503, ""), answer(503, "")]).await;
    let Err(Error::Unrecognized(error)) = result else { panic!("{result:?}") };
    assert_eq!((error.status, attempts), (503, 3));

    let script = Script::new([answer(503, ""), answer(503, "")]);
    let config = config(&script).retry_config(RetryConfig::adaptive().with_max_attempts(2));
    Core::new(&DESK, &config.build()).ask(OpenDesk {}).await.unwrap_err();
    assert_eq!(script.sent().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn an_error_is_that_of_the_last_attempt() {
    let (result, _) = attempts([answer(503, ""), answer(404, r#"{"__type":"NotFoundException"}"#)]).await;
    assert!(matches!(result, Err(Error::NotFound(error)) if error.meta().status() == Some(404)));
}

#[tokio::test(start_paused = true)]
async fn attempts_share_invocation_id_and_token() {
    let script = Script::new([answer(503, ""), ok("{}")]);
    client(&script).ask(UpdateContact::new("1")).await.unwrap();
    let [first, second] = &script.sent()[..] else { panic!() };
    assert!(first.body.contains("ClientToken"));
    assert_eq!(first.body, second.body);
    assert_eq!(first.header("amz-sdk-invocation-id"), second.header("amz-sdk-invocation-id"));
    assert!(second.header("amz-sdk-request").unwrap().contains("attempt=2"));
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_wrong_is_corrected() {
    let late = answer(403, r#"{"__type":"InvalidSignatureException"}"#).with("date", "Tue, 14 Nov 2023 23:13:20 GMT");
    let script = Script::new([late, ok("")]);
    client(&script).ask(OpenDesk {}).await.unwrap();
    let [first, second] = &script.sent()[..] else { panic!() };
    assert_eq!(first.header("x-amz-date"), Some("20231114T221320Z"));
    assert_eq!(second.header("x-amz-date"), Some("20231114T231320Z"));
}
