//! What a response is in HTTP.

use super::files::File;
use super::log::Log;
use super::*;

#[tokio::test]
async fn a_success_has_the_operations_status() {
    let (response, body) = send(server(), request("PUT", "/things/a", PART)).await;
    assert_eq!(response.status(), StatusCode::CREATED);
    assert_eq!(body, r#"{"Id":"a","Note":"Part { name: \"p\", size: 1 } Some(Round)"}"#);
    assert_eq!(header(&response, "x-amzn-errortype"), None);
    assert_eq!(header(&response, "x-amzn-requestid").unwrap().len(), 36);
}

#[tokio::test]
async fn a_success_without_content_has_no_body() {
    assert_eq!(answer(server(), request("DELETE", "/things/a", "")).await, (204, String::new(), String::new()));
}

#[tokio::test]
async fn a_modelled_error_is_written_as_modelled() {
    let expected = (404, "NotFoundException".to_owned(), r#"{"Message":"no such thing"}"#.to_owned());
    assert_eq!(answer(server(), request("GET", "/things/nothing", "")).await, expected);
}

#[tokio::test]
async fn an_error_is_never_taken_for_a_success() {
    assert_eq!(answer(server(), request("GET", "/things/odd", "")).await, error(500, "", "odd"));
}

#[tokio::test]
async fn a_page_that_a_client_got_instead_of_an_answer_stays_in_the_log() {
    let (log, _guard) = Log::start();
    let expected = error(502, "BadGateway", "the service's answer makes no sense");
    assert_eq!(answer(server(), request("GET", "/things/page", "")).await, expected);
    assert!(log.text().contains(r#"status=503 page="<html>\nbusy</html>""#), "{}", log.text());
    assert_eq!(log.text().lines().count(), 1);
}

#[tokio::test]
async fn a_json_answer_says_what_it_is_and_how_long() {
    for id in ["a", "nothing", "odd"] {
        let (response, body) = send(server(), request("GET", &format!("/things/{id}"), "")).await;
        assert_eq!(header(&response, "content-type"), Some("application/json"), "{id}");
        assert_eq!(header(&response, "content-length"), Some(body.len().to_string().as_str()), "{id}");
    }
}

#[tokio::test]
async fn no_content_has_no_length_and_no_type() {
    let (response, _) = send(server(), request("DELETE", "/things/a", "")).await;
    assert_eq!((header(&response, "content-type"), header(&response, "content-length")), (None, None));
}

#[tokio::test]
async fn an_answer_without_members_is_empty_and_says_so() {
    let (response, body) = send(cabinet(), request("POST", "/nothing", "")).await;
    assert_eq!((response.status(), body.as_str()), (StatusCode::OK, ""));
    assert_eq!((header(&response, "content-type"), header(&response, "content-length")), (None, Some("0")));
}

#[tokio::test]
async fn the_members_of_an_error_travel_where_they_are_bound_to() {
    let (response, body) = send(server(), request("GET", "/things/elsewhere", "")).await;
    assert_eq!((header(&response, "x-shelf"), body.as_str()), (Some("7"), "{}"));
}

#[tokio::test]
async fn an_error_that_cannot_be_written_is_the_servers_fault() {
    let expected = error(500, "InternalFailure", "The answer could not be written");
    assert_eq!(answer(server(), request("GET", "/things/unspeakable", "")).await, expected);
}

#[tokio::test]
async fn an_answer_that_cannot_be_written_is_the_servers_fault() {
    let expected = error(500, "InternalFailure", "The answer could not be written");
    for file in [
        (|| File { name: Some("line\nfeed".to_owned()), ..File::default() }) as fn() -> File,
        || File { status: Some(99), ..File::default() },
        || File { status: Some(600), ..File::default() },
        // There would have to be another response after it.
        || File { status: Some(103), ..File::default() },
    ] {
        assert_eq!(answer(cabinet_of(file), request("GET", "/file", "")).await, expected);
    }
}

#[tokio::test]
async fn some_statuses_have_no_body() {
    for (file, length) in [
        ((|| File { status: Some(204), file: "abc".into(), ..File::default() }) as fn() -> File, None),
        (|| File { status: Some(205), file: "abc".into(), ..File::default() }, Some("0")),
        (|| File { status: Some(304), file: "abc".into(), ..File::default() }, None),
    ] {
        let (response, body) = send(cabinet_of(file), request("GET", "/file", "")).await;
        assert_eq!((body.as_str(), header(&response, "content-length")), ("", length), "{}", response.status());
        assert_eq!(header(&response, "content-type"), None);
    }
}

#[tokio::test]
async fn an_answer_to_head_tells_of_a_body_that_is_not_there() {
    let (response, body) =
        send(cabinet_of(|| File { file: "abc".into(), ..File::default() }), request("HEAD", "/file", "")).await;
    assert_eq!((body.as_str(), header(&response, "content-length")), ("", Some("3")));
    assert_eq!(header(&response, "content-type"), Some("application/octet-stream"));
}

#[tokio::test]
async fn a_member_may_tell_the_length_of_what_head_leaves_out() {
    let (response, _) = send(cabinet_of(|| File { length: Some(7), ..File::default() }), request("HEAD", "/file", "")).await;
    assert_eq!(header(&response, "content-length"), Some("7"));
}
