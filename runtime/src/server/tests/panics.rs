//! A panic costs its own request, and nothing else.

use super::files::File;
use super::log::Log;
use super::*;
use crate::server::RequestId;
use crate::stream::ByteStream;

fn failed() -> (u16, String, String) {
    error(500, "InternalFailure", "The request could not be answered")
}

#[tokio::test]
async fn a_method_that_panics_is_answered_as_the_servers_fault() {
    assert_eq!(answer(server(), request("GET", "/things/panic", "")).await, failed());
}

#[tokio::test]
async fn a_method_that_panics_before_it_has_a_future_is_answered() {
    assert_eq!(answer(server(), request("POST", "/things/panic/count", "")).await, failed());
}

#[tokio::test]
async fn whatever_makes_a_service_may_panic() {
    let server = Server::per_request(|_| -> Shelf { panic!("a secret") });
    assert_eq!(answer(server, request("GET", "/things/a", "")).await, failed());
}

#[tokio::test]
async fn whatever_answers_a_rejection_may_panic() {
    let server = server().rejection(|_| panic!("a secret"));
    for uri in ["/things/a", "/nowhere"] {
        assert_eq!(answer(server.clone(), request("PUT", uri, "{}")).await, failed(), "{uri}");
    }
}

#[tokio::test]
async fn a_body_may_panic_while_it_is_read() {
    let request = Request::put("/things/a").header("content-type", "application/json").body(Untouchable(9)).unwrap();
    assert_eq!(answer(server(), request).await, failed());
}

#[tokio::test]
async fn the_server_goes_on_after_a_panic() {
    let server = server();
    for _ in 0..3 {
        assert_eq!(answer(server.clone(), request("GET", "/things/panic", "")).await, failed());
        assert_eq!(answer(server.clone(), request("GET", "/things/a", "")).await.0, 200);
    }
}

fn broken() -> File {
    File { file: ByteStream::from_body(Untouchable(9)), ..File::default() }
}

#[tokio::test]
async fn a_stream_that_panics_breaks_the_body_off() {
    let mut body = cabinet_of(broken).oneshot(request("GET", "/file", "")).await.unwrap().into_body();
    assert_eq!(body.frame().await.unwrap().unwrap_err().to_string(), "the answer's stream panicked");
    assert!(body.frame().await.is_none());
}

fn identified(uri: &str) -> Request<Full<Bytes>> {
    let mut request = request("GET", uri, "");
    request.extensions_mut().insert(RequestId("r-1".into()));
    request
}

#[tokio::test]
async fn the_log_names_operation_and_request_and_not_what_the_panic_said() {
    let (log, _guard) = Log::start();
    answer(server(), identified("/things/panic")).await;
    let text = log.text();
    assert_eq!(
        text,
        "ERROR smithwright_runtime::server::panics: the service panicked operation=\"GetThing\" request_id=\"r-1\"\n"
    );
}

#[tokio::test]
async fn the_log_names_whose_stream_panicked() {
    let (log, _guard) = Log::start();
    let body = cabinet_of(broken).oneshot(identified("/file")).await.unwrap().into_body();
    body.collect().await.unwrap_err();
    assert!(log.text().ends_with("the answer's stream panicked operation=\"Op\" request_id=\"r-1\"\n"), "{}", log.text());
}
