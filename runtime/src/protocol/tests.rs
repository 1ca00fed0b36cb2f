//! What protocols without HTTP bindings write and read around a body.

#[allow(dead_code, unreachable_pub, reason = "what the macros write is for crates of its own")]
mod walk;

use super::{AwsJson1_0, AwsJson1_1, Protocol, RestJson1, RpcV2Cbor, RpcV2Json};
use crate::codec::DecodeLimits;
use crate::error::{ErrorMeta, ServiceError as _, UnrecognizedError};
use crate::message::{BodyParts, BodyText, ResponseParts, ResponseText};
use http::{HeaderMap, HeaderName, HeaderValue};
use walk::{Error, Lost, Move, Moved, Stop, Tired};

/// The headers that were written, by name.
fn lines(headers: &HeaderMap) -> Vec<String> {
    let mut lines: Vec<String> = headers.iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
    lines.sort();
    lines
}

/// A body as text; `None`, when there is none at all.
fn text(body: BodyText) -> Option<String> {
    match body {
        BodyText::Bytes(bytes) => Some(bytes.escape_ascii().to_string().replace("\\\"", "\"")),
        BodyText::None => None,
        _ => panic!("a stream"),
    }
}

fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
    lines.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
}

#[test]
fn aws_json_names_the_operation_in_a_header() {
    let request = AwsJson1_1::write_request(&Move { to: "home".to_owned() }).unwrap();
    assert_eq!((request.method, request.uri.as_str()), ("POST", "/"));
    let expected = ["content-type: application/x-amz-json-1.1", "x-amz-target: Walk.Move", "x-amzn-query-mode: true"];
    assert_eq!(lines(&request.headers), expected);
    assert_eq!(text(request.body).as_deref(), Some(r#"{"to":"home"}"#));
    let request = AwsJson1_0::write_request(&Stop {}).unwrap();
    assert_eq!(text(request.body).as_deref(), Some("{}"), "without an input, too");
}

#[test]
fn rpc_v2_names_the_operation_in_the_path() {
    let request = RpcV2Cbor::write_request(&Move { to: "home".to_owned() }).unwrap();
    assert_eq!((request.method, request.uri.as_str()), ("POST", "/service/Walk/operation/Move"));
    let [accept, media_type] = ["accept: application/cbor", "content-type: application/cbor"];
    let [protocol, mode] = ["smithy-protocol: rpc-v2-cbor", "x-amzn-query-mode: true"];
    assert_eq!(lines(&request.headers), [accept, media_type, protocol, mode]);
    let request = RpcV2Cbor::write_request(&Stop {}).unwrap();
    assert_eq!(lines(&request.headers), [accept, protocol, mode], "without an input, nothing is sent");
    assert_eq!(text(request.body), None);
    let request = RpcV2Json::write_request(&Stop {}).unwrap();
    assert_eq!(lines(&request.headers), ["accept: application/json", "smithy-protocol: rpc-v2-json", mode]);
}

#[test]
fn an_answer_without_output_has_no_body_and_in_aws_json_a_content_type() {
    let ResponseText { status, headers, body } = AwsJson1_0::write_response::<Stop>(&()).unwrap();
    assert_eq!((status, text(body)), (200, None));
    assert_eq!(lines(&headers), ["content-type: application/x-amz-json-1.0", "x-amz-target: Walk.Stop"]);
    let ResponseText { headers, body, .. } = RpcV2Json::write_response::<Stop>(&()).unwrap();
    assert_eq!(text(body), None);
    assert_eq!(lines(&headers), ["smithy-protocol: rpc-v2-json"]);
    let ResponseText { body, .. } = AwsJson1_0::write_response::<Move>(&Moved { steps: None }).unwrap();
    assert_eq!(text(body).as_deref(), Some("{}"), "a structure without members is one");
}

#[test]
fn an_answer_of_another_protocol_is_refused_and_one_of_none_is_read() {
    let read = |lines: &[(&'static str, &'static str)], body: &[u8]| {
        let headers = headers(lines);
        let parts = ResponseParts { status: 200, headers: &headers, body: BodyParts::Bytes(body) };
        RpcV2Json::read_response::<Move>(parts, DecodeLimits::default()).ok()
    };
    let moved = Some(Moved { steps: Some(2) });
    assert_eq!(read(&[("smithy-protocol", "rpc-v2-json")], br#"{"steps":2}"#), moved);
    assert_eq!(read(&[("smithy-protocol", "rpc-v2-cbor")], br#"{"steps":2}"#), None);
    assert_eq!(read(&[], br#"{"steps":2}"#), moved);
    assert_eq!(read(&[], b"<html>"), None);
    assert_eq!(read(&[], b""), Some(Moved { steps: None }), "no body is an empty structure");
}

#[test]
fn an_answer_of_null_is_an_empty_structure() {
    fn read<P: Protocol>(body: &[u8]) -> Option<Moved> {
        let parts = ResponseParts { status: 200, headers: &HeaderMap::new(), body: BodyParts::Bytes(body) };
        P::read_response::<Move>(parts, DecodeLimits::default()).ok()
    }
    for read in [read::<AwsJson1_1>, read::<RestJson1>] {
        assert_eq!(read(b" null "), Some(Moved { steps: None }));
        assert_eq!(read(b"nul"), None);
        assert_eq!(read(b"[]"), None);
    }
    assert_eq!(read::<RpcV2Cbor>(b"\xf6"), Some(Moved { steps: None }));
}

#[test]
fn errors_are_named_in_the_body_some_with_a_namespace() {
    let lost = Error::Lost(Lost { message: Some("where".to_owned()), ..Lost::default() });
    let written = |text_of: ResponseText| (text_of.status, text(text_of.body).unwrap());
    let absolute = r#"{"__type":"example.walk#Lost","message":"where"}"#.to_owned();
    let plain = r#"{"__type":"Lost","message":"where"}"#.to_owned();
    assert_eq!(written(AwsJson1_0::write_error(&lost).unwrap()), (404, absolute.clone()));
    assert_eq!(written(AwsJson1_1::write_error(&lost).unwrap()), (404, plain));
    assert_eq!(written(RpcV2Json::write_error(&lost).unwrap()), (404, absolute));
    let odd = Error::Unrecognized(UnrecognizedError::new("Odd", 503, Some("why".to_owned())));
    assert_eq!(written(AwsJson1_0::write_error(&odd).unwrap()), (503, r#"{"__type":"Odd","message":"why"}"#.to_owned()));
    let refused = AwsJson1_0::write_unmodeled_error(400, "Bad", "why");
    assert_eq!(written(refused), (400, r#"{"__type":"Bad","message":"why"}"#.to_owned()));
}

#[test]
fn what_the_service_says_of_an_error_is_passed_on_without_a_member_for_it() {
    let read: Error = AwsJson1_1::read_error(429, &HeaderMap::new(), br#"{"__type":"Tired","Message":"so long"}"#);
    assert_eq!(read.exception().message(), Some("so long"));
    let made = Error::Tired(Tired { meta: ErrorMeta::of_message("so long") });
    for error in [read, made] {
        let [rpc, rest] = [AwsJson1_1::write_error(&error).unwrap(), RestJson1::write_error(&error).unwrap()];
        assert_eq!((rpc.status, text(rpc.body).unwrap()), (429, r#"{"__type":"Tired","message":"so long"}"#.to_owned()));
        assert_eq!((rest.status, text(rest.body).unwrap()), (429, r#"{"message":"so long"}"#.to_owned()));
    }
    let silent = Error::Tired(Tired::default());
    assert_eq!(text(RestJson1::write_error(&silent).unwrap().body).unwrap(), "{}");
}

#[test]
fn a_page_is_not_what_the_service_says() {
    let lines = headers(&[("x-amzn-errortype", "Tired")]);
    let read: Error = RestJson1::read_error(429, &lines, b"<html>busy</html>");
    assert_eq!(text(RestJson1::write_error(&read).unwrap().body).unwrap(), "{}");
}

#[test]
fn errors_tell_their_code_of_another_protocol_in_a_header() {
    let lost = Error::Lost(Lost::default());
    let response = RpcV2Cbor::write_error(&lost).unwrap();
    assert_eq!(response.headers["x-amzn-query-error"], "Walk.Lost;Sender");
    let odd = Error::Unrecognized(UnrecognizedError::new("Odd", 503, None));
    assert!(!RpcV2Cbor::write_error(&odd).unwrap().headers.contains_key("x-amzn-query-error"));
}

#[test]
fn the_name_of_an_error_is_read_wherever_it_is() {
    let body = |name: &str| format!(r#"{{"__type":"{name}","message":"where"}}"#);
    let read = |lines: &[(&'static str, &'static str)], body: &str| {
        let error: Error = AwsJson1_1::read_error(404, &headers(lines), body.as_bytes());
        (error.exception().code().to_owned(), error.exception().message().map(str::to_owned))
    };
    let lost = ("Lost".to_owned(), Some("where".to_owned()));
    for name in ["Lost", "example.walk#Lost", "example.walk#Lost:http://example.com/"] {
        assert_eq!(read(&[], &body(name)), lost, "{name}");
    }
    assert_eq!(read(&[], r#"{"code":"Lost","message":"where"}"#), lost);
    assert_eq!(read(&[("x-amzn-errortype", "Lost:http://example.com/")], &body("Other")), lost);
    assert_eq!(read(&[], &body("Other")), ("Other".to_owned(), Some("where".to_owned())));
    assert_eq!(read(&[], "<html>busy</html>"), (String::new(), Some("<html>busy</html>".to_owned())));
}

#[test]
fn an_error_keeps_the_code_that_came_and_retries_go_by_it() {
    let lines = headers(&[("x-amzn-query-error", "Walk.Astray;Receiver")]);
    let body = r#"{"__type":"example.walk#Lost"}"#.as_bytes();
    let error: Error = RpcV2Json::read_error(404, &lines, body);
    assert!(matches!(error, Error::Lost(_)), "the shape is the body's");
    assert_eq!(error.exception().query_error(), Some("Walk.Astray;Receiver"));
    assert_eq!(RpcV2Json::error_name(&lines, body).as_deref(), Some("Walk.Astray"));
    assert_eq!(RpcV2Json::error_name(&HeaderMap::new(), body).as_deref(), Some("Lost"));
}
