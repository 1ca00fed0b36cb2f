//! What comes of a call that fails.

use super::desk::*;
use super::script::{Answer, Script, answer, ok};
use super::*;
use crate::error::{ClientErrorKind, Exception as _};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use std::error::Error as _;
use std::time::Duration;

async fn error(answer: Answer) -> Error {
    client(&Script::new([answer])).ask(OpenDesk {}).retry(RetryConfig::disabled()).await.unwrap_err()
}

fn kind(error: &Error) -> ClientErrorKind {
    match error {
        Error::Client(error) => error.kind(),
        error => panic!("{error:?}"),
    }
}

#[tokio::test]
async fn a_modelled_error_is_known_by_header_code_or_type() {
    const BODY: &str = r#"{"Message":"no such desk"}"#;
    for answer in [
        answer(404, BODY).with("x-amzn-errortype", "NotFoundException"),
        answer(404, BODY).with("x-amzn-errortype", "NotFoundException:http://internal.amazon.com/coral/"),
        answer(404, r#"{"Message":"no such desk","code":"NotFoundException"}"#),
        answer(404, r#"{"Message":"no such desk","__type":"NotFoundException"}"#),
        answer(404, r#"{"Message":"no such desk","__type":"com.amazonaws.desk#NotFoundException"}"#),
    ] {
        let error = error(answer.with("x-amzn-requestid", "rid-1")).await;
        assert_eq!(error.to_string(), "NotFoundException: no such desk (request rid-1)");
        assert!(matches!(error, Error::NotFound(_)));
    }
}

#[tokio::test]
async fn an_error_that_the_model_does_not_know_keeps_everything() {
    let Error::Unrecognized(error) = error(answer(418, r#"{"__type":"TeapotException","message":"short","Spout":1}"#)).await
    else {
        panic!()
    };
    assert_eq!((error.code.as_str(), error.status, error.message.as_deref()), ("TeapotException", 418, Some("short")));
    assert!(error.body.unwrap().get("Spout").is_some());
}

#[tokio::test]
async fn an_error_page_of_a_proxy_is_an_error_without_a_code_that_keeps_its_text() {
    let Error::Unrecognized(error) = error(answer(407, "<html>log in first</html>\n")).await else { panic!() };
    assert_eq!((error.code.as_str(), error.status, error.message()), ("", 407, Some("<html>log in first</html>")));
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_is_a_dispatch_error() {
    let error = error(Answer::Refused).await;
    assert_eq!(kind(&error), ClientErrorKind::Dispatch);
    assert_eq!(error.to_string(), "the service could not be reached: connection refused");
}

#[tokio::test]
async fn an_answer_that_makes_no_sense_keeps_its_request_id() {
    let Error::Client(error) = error(ok(r#"{"#).with("x-amzn-requestid", "rid-2")).await else { panic!() };
    assert_eq!(error.kind(), ClientErrorKind::Response);
    assert_eq!((error.meta().status(), error.meta().request_id()), (Some(200), Some("rid-2")));
    assert!(error.source().is_some());
}

#[tokio::test(start_paused = true)]
async fn a_server_that_takes_too_long_is_a_timeout() {
    let script = Script::new([Answer::Silence]);
    let error = client(&script).ask(OpenDesk {}).timeout(Duration::from_secs(5)).await.unwrap_err();
    assert_eq!(kind(&error), ClientErrorKind::Timeout);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_never_answers_is_a_timeout_whether_or_not_any_is_set() {
    let script = Script::new([Answer::Silence, Answer::Silence]);
    let begin = tokio::time::Instant::now();
    let error = client(&script).ask(OpenDesk {}).await.unwrap_err();
    assert_eq!((kind(&error), begin.elapsed().as_secs(), script.sent().len()), (ClientErrorKind::Timeout, 90, 2));
}

#[tokio::test(start_paused = true)]
async fn a_program_may_wait_for_ever_or_longer() {
    let day = Duration::from_secs(24 * 60 * 60);
    let script = Script::new([Answer::Silence]);
    let client = Core::new(&DESK, &config(&script).timeout_config(TimeoutConfig::disabled()).build());
    tokio::time::timeout(day, client.ask(OpenDesk {}).send()).await.unwrap_err();

    let script = Script::new([Answer::Silence]);
    let begin = tokio::time::Instant::now();
    super::client(&script).ask(OpenDesk {}).timeout(day).await.unwrap_err();
    assert_eq!((begin.elapsed().as_secs(), script.sent().len()), (day.as_secs(), 1), "nothing shorter ends an attempt");
}

#[tokio::test(start_paused = true)]
async fn a_call_may_change_one_timeout() {
    let script = Script::new([Answer::Silence, ok("")]);
    let attempt = TimeoutConfig::builder().operation_attempt_timeout(Duration::from_secs(1)).build();
    client(&script).ask(OpenDesk {}).timeouts(attempt).await.unwrap();
    assert_eq!(script.sent().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_takes_too_long_is_made_again() {
    let script = Script::new([Answer::Silence, ok("")]);
    let timeout = TimeoutConfig::builder().operation_attempt_timeout(Duration::from_secs(1)).build();
    Core::new(&DESK, &config(&script).timeout_config(timeout).build()).ask(OpenDesk {}).await.unwrap();
    assert_eq!(script.sent().len(), 2);
}

#[tokio::test]
async fn a_request_that_cannot_be_made_is_not_sent() {
    let script = Script::default();
    let error = client(&script).ask(UpdateContact::new("")).await.unwrap_err();
    assert_eq!(kind(&error), ClientErrorKind::Construction);
    assert_eq!(error.to_string(), "the request to the service could not be made: UpdateContact: the label ContactId is empty");

    let error = client(&script).ask(OpenDesk {}).header("x-bad", "line\nfeed").await.unwrap_err();
    assert_eq!(kind(&error), ClientErrorKind::Construction);
}

#[tokio::test]
async fn what_is_not_configured_is_told_before_anything_is_sent() {
    let script = Script::default();
    let complete = || config(&script);
    let mut no_region = complete();
    no_region.set_region(None);
    let mut no_credentials = complete();
    no_credentials.set_credentials_provider(None);
    let mut bad_url = complete();
    bad_url.set_endpoint_url(Some("no url".to_owned()));

    for (config, expected) in [
        (no_region, "Invalid Configuration: Missing Region"),
        (no_credentials, "there is none: set one in the `SdkConfig`"),
        (bad_url, "the endpoint URL is not a URL"),
    ] {
        let error = Core::new(&DESK, &config.build()).ask(OpenDesk {}).await.unwrap_err();
        assert_eq!(kind(&error), ClientErrorKind::Construction);
        assert!(error.to_string().contains(expected), "{error}");
    }
}

#[cfg(not(feature = "tls"))]
#[tokio::test]
async fn without_an_http_client_the_error_says_what_to_do() {
    let mut config = config(&Script::default());
    config.set_http_client(None);
    let error = Core::new(&DESK, &config.build()).ask(OpenDesk {}).await.unwrap_err();
    assert_eq!(kind(&error), ClientErrorKind::Construction);
    assert!(error.to_string().contains("turn on the feature `tls`"), "{error}");
}

#[cfg(feature = "tls")]
#[tokio::test]
async fn without_an_http_client_there_is_one_with_tls() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for scheme in ["http", "https"] {
        let mut config = config(&Script::default()).endpoint_url(format!("{scheme}://{closed}"));
        config.set_http_client(None);
        let error = Core::new(&DESK, &config.build()).ask(OpenDesk {}).retry(RetryConfig::disabled()).await.unwrap_err();
        assert_eq!(kind(&error), ClientErrorKind::Dispatch);
    }
}
