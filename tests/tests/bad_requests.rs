//! What a server answers to a request that is not what the model says: always a 4xx with the shape of an AWS error.

#![allow(clippy::unwrap_used, reason = "a helper fails as its test does")]

use bytes::Bytes;
use connect_api::{Connect, Error, UnrecognizedError, UpdateContactRequest, UpdateContactResponse};
use connect_server::Server;
use http::{Request, StatusCode};
use http_body_util::{BodyExt as _, Full};
use serde_json::Value;
use tower::ServiceExt as _;

/// Fails, so that a request which gets here by mistake is seen.
struct Unreachable;

impl Connect for Unreachable {
    async fn update_contact(&self, _: UpdateContactRequest) -> Result<UpdateContactResponse, Error> {
        Err(UnrecognizedError::new("HandlerReached", 500, None).into())
    }
}

#[derive(Debug)]
struct Answer {
    status: StatusCode,
    error_type: String,
    body: Value,
}

impl Answer {
    fn message(&self) -> &str {
        self.body["message"].as_str().unwrap_or_default()
    }
}

async fn send(method: &str, uri: &str, content_type: Option<&str>, body: impl Into<Vec<u8>>) -> Answer {
    let mut request = Request::builder().method(method).uri(uri);
    if let Some(content_type) = content_type {
        request = request.header("content-type", content_type);
    }
    let request = request.body(Full::new(Bytes::from(body.into()))).unwrap();
    let response = Server::new(Unreachable).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let text = |name: &str| parts.headers.get(name).map(|it| it.to_str().unwrap().to_owned()).unwrap_or_default();
    assert_eq!(text("content-type"), "application/json");
    assert_ne!(text("x-amzn-requestid"), "", "there is no request id");
    let body = serde_json::from_slice(&body.collect().await.unwrap().to_bytes()).unwrap();
    Answer { status: parts.status, error_type: text("x-amzn-errortype"), body }
}

const UPDATE: &str = "/contacts/i/c";

/// A body of UpdateContact.
async fn update(body: impl Into<Vec<u8>>) -> Answer {
    send("POST", UPDATE, Some("application/json"), body).await
}

#[track_caller]
fn assert_refused(answer: &Answer, status: u16, error_type: &str, message: &str) {
    assert_eq!((answer.status.as_u16(), answer.error_type.as_str()), (status, error_type), "{answer:?}");
    assert!(answer.message().contains(message), "{answer:?} does not say: {message}");
}

macro_rules! bodies {
    ($($test:ident: $body:expr => $error_type:literal, $message:literal;)*) => {
        $(
            #[tokio::test]
            async fn $test() {
                assert_refused(&update($body).await, 400, $error_type, $message);
            }
        )*
    };
}

bodies! {
    an_object_that_does_not_end: "{\"Name\": \"x\"" => "SerializationException", "";
    a_word: "hello" => "SerializationException", "";
    a_trailing_comma: "{\"Name\": \"x\",}" => "SerializationException", "";
    something_after_the_object: "{} {}" => "SerializationException", "";
    a_key_without_quotes: "{Name: \"x\"}" => "SerializationException", "";
    a_string_that_does_not_end: "{\"Name\": \"x" => "SerializationException", "";
    an_unknown_escape: r#"{"Name": "\q"}"# => "SerializationException", "";
    half_a_surrogate_pair: r#"{"Name": "\ud83d"}"# => "SerializationException", "";
    invalid_utf8: b"{\"Name\": \"\xff\xfe\"}".to_vec() => "SerializationException", "";
    a_null_byte: b"\0".to_vec() => "SerializationException", "";
    spaces_alone: "   " => "SerializationException", "";

    a_list_for_an_object: "[]" => "SerializationException", "expected";
    null_for_the_body: "null" => "SerializationException", "";
    a_number_for_a_string: r#"{"Name": 7}"# => "SerializationException", "/Name";
    an_object_for_a_string: r#"{"Name": {}}"# => "SerializationException", "/Name";
    a_string_for_a_map: r#"{"References": "x"}"# => "SerializationException", "/References";
    a_number_in_a_map: r#"{"References": {"a": {"Type": 1}}}"# => "SerializationException", "/References/a/Type";
    a_string_for_a_structure: r#"{"QueueInfo": "x"}"# => "SerializationException", "/QueueInfo";

    a_missing_member_inside: r#"{"References": {"a": {"Value": "x"}}}"# => "ValidationException", "'/References/a/Type'";
    a_null_for_a_required_member: r#"{"References": {"a": {"Type": null}}}"# => "ValidationException", "'/References/a/Type'";
    an_unknown_enum_value:
        r#"{"References": {"a": {"Type": "SMOKE_SIGNAL"}}}"# => "ValidationException", "satisfy enum value set: [";
    a_text_that_is_too_long: format!(r#"{{"Name": "{}"}}"#, "x".repeat(10_000)) => "ValidationException", "'/Name'";
}

#[tokio::test]
async fn all_members_of_another_type_are_told_at_once() {
    let answer = update(r#"{"Name": 7, "Description": [], "References": {"a": {"Type": {}}}}"#).await;
    for path in ["/Name", "/Description", "/References/a/Type"] {
        assert_refused(&answer, 400, "SerializationException", path);
    }
}

#[tokio::test]
async fn all_violations_are_told_at_once() {
    let answer = update(r#"{"References": {"a": {}, "b": {"Type": "SMOKE_SIGNAL"}}}"#).await;
    assert_refused(&answer, 400, "ValidationException", "2 validation errors detected.");
    let paths: Vec<&str> = answer.body["fieldList"].as_array().unwrap().iter().map(|it| it["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["/References/a/Type", "/References/b/Type"]);
}

#[tokio::test]
async fn a_key_is_a_step_of_a_json_pointer() {
    let answer = update(r#"{"References": {"a/b~c": {"Type": "SMOKE_SIGNAL"}}}"#).await;
    assert_refused(&answer, 400, "ValidationException", "Value at '/References/a~1b~0c/Type' failed to satisfy constraint:");
}

#[tokio::test]
async fn the_first_violations_are_counted_and_a_hundred_are_told() {
    let references: Vec<String> = (0..10_000).map(|index| format!(r#""{index}": {{"Type": "SMOKE_SIGNAL"}}"#)).collect();
    let answer = update(format!(r#"{{"References": {{{}}}}}"#, references.join(","))).await;
    assert_refused(
        &answer,
        400,
        "ValidationException",
        "More than 128 validation errors detected. Value at '/References/0/Type' failed",
    );
    assert!(answer.message().ends_with("; and more"), "{}", answer.message());
    assert_eq!(answer.body["fieldList"].as_array().unwrap().len(), 100);
}

#[tokio::test]
async fn a_value_that_nests_too_deeply_is_refused() {
    for depth in [129, 1_000, 100_000] {
        let lists = "[".repeat(depth) + &"]".repeat(depth);
        let objects = "{\"a\":".repeat(depth) + "1" + &"}".repeat(depth);
        for body in [format!("{{\"Newer\": {lists}}}"), format!("{{\"Newer\": {objects}}}"), lists, objects, "[".repeat(depth)] {
            let answer = update(body).await;
            assert_eq!((answer.status.as_u16(), answer.error_type.as_str()), (400, "SerializationException"), "{depth}");
        }
    }
}

#[tokio::test]
async fn a_number_that_does_not_fit_is_refused() {
    // `QueueTimeAdjustmentSeconds` is an integer of 32 bits.
    let send = |number: String| {
        let body = format!(r#"{{"QueueTimeAdjustmentSeconds": {number}}}"#);
        async move { send("POST", "/contacts/i/c/routing-data", Some("application/json"), body).await }
    };
    for number in ["2147483648", "-2147483649", "9223372036854775808", "1e400", "1.5", "\"7\"", "true"] {
        assert_refused(&send(number.to_owned()).await, 400, "SerializationException", "/QueueTimeAdjustmentSeconds");
    }
    for number in ["9".repeat(100_000), "-".to_owned(), "01".to_owned(), "+1".to_owned(), "0x10".to_owned(), ".5".to_owned()] {
        assert_refused(&send(number).await, 400, "SerializationException", "");
    }
}

#[tokio::test]
async fn a_path_of_no_operation_is_refused() {
    for uri in ["/", "/nowhere", "/contacts", "/contacts/i", "/contacts/i/c/d", "//", "/contacts/i/c/", "/%2F", "/%zz"] {
        assert_refused(&send("GET", uri, None, "").await, 404, "UnknownOperationException", "");
    }
}

#[tokio::test]
async fn a_method_that_the_path_does_not_have_is_refused() {
    for method in ["PATCH", "DELETE", "PUT", "OPTIONS", "BREW"] {
        assert_refused(&send(method, UPDATE, None, "").await, 405, "MethodNotAllowedException", "POST");
    }
}

#[tokio::test]
async fn an_empty_label_is_refused() {
    for uri in ["/contacts//c", "/contacts/i/", "/contacts//"] {
        let answer = send("POST", uri, Some("application/json"), "{}").await;
        assert!(answer.status.is_client_error(), "{uri}: {answer:?}");
        assert_ne!(answer.error_type, "", "{uri}: {answer:?}");
    }
}

#[tokio::test]
async fn a_label_that_is_not_utf8_is_refused() {
    let answer = send("POST", "/contacts/%FF/c", Some("application/json"), "{}").await;
    assert_refused(&answer, 400, "SerializationException", "/InstanceId");
}

#[tokio::test]
async fn a_label_that_is_a_dot_segment_reaches_no_handler() {
    for (label, member) in
        [("/contacts/%2e%2e/c", "/InstanceId"), ("/contacts/i/..", "/ContactId"), ("/contacts/%2E/c", "/InstanceId")]
    {
        let answer = send("POST", label, Some("application/json"), "{}").await;
        assert_refused(&answer, 400, "SerializationException", &format!("expected a label without dot segments at {member}"));
    }
}

#[tokio::test]
async fn a_label_that_is_too_long_is_refused() {
    let uri = format!("/contacts/{}/c", "i".repeat(101));
    assert_refused(&send("POST", &uri, Some("application/json"), "{}").await, 400, "ValidationException", "'/InstanceId'");
}

#[tokio::test]
async fn a_query_of_another_type_is_refused() {
    for value in ["many", "", "1.5", "99999999999", "%FF", "+5"] {
        let uri = format!("/contact/associated/i?contactId=c&maxResults={value}");
        assert_refused(&send("GET", &uri, None, "").await, 400, "SerializationException", "/maxResults");
    }
}

#[tokio::test]
async fn a_query_out_of_range_is_refused() {
    for value in ["0", "101", "-1"] {
        let uri = format!("/contact/associated/i?contactId=c&maxResults={value}");
        assert_refused(&send("GET", &uri, None, "").await, 400, "ValidationException", "/MaxResults'");
    }
}

#[tokio::test]
async fn a_query_that_is_missing_is_refused() {
    assert_refused(&send("GET", "/contact/associated/i", None, "").await, 400, "ValidationException", "/ContactId'");
}

#[tokio::test]
async fn a_body_of_another_content_type_is_refused() {
    for content_type in ["text/plain", "application/xml", "application/jsonp", "", "application/x-www-form-urlencoded"] {
        let answer = send("POST", UPDATE, Some(content_type), "{}").await;
        assert_refused(&answer, 415, "UnsupportedMediaTypeException", "application/json");
    }
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused() {
    let request = Request::builder().method("POST").uri(UPDATE).header("content-type", "application/json");
    let request = request.body(Full::new(Bytes::from(vec![b' '; 101]))).unwrap();
    let response = Server::new(Unreachable).body_limit(100).oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(response.headers()["x-amzn-errortype"], "RequestEntityTooLargeException");
}

#[tokio::test]
async fn no_refusal_quotes_a_value() {
    for body in [r#"{"Name": ["hunter2"]}"#, r#"{"References": {"a": {"Type": "hunter2"}}}"#, r#"{"Name": "hunter2"#] {
        let answer = update(body).await;
        assert!(answer.status.is_client_error());
        assert!(!answer.body.to_string().contains("hunter2"), "{answer:?}");
    }
}

#[tokio::test]
async fn an_operation_that_nobody_implements_is_a_501() {
    let answer = send("GET", "/contacts/i/c", None, "").await;
    assert_refused(&answer, 501, "NotImplementedException", "DescribeContact is not implemented");
}

#[tokio::test]
async fn the_handlers_own_errors_are_told_apart_from_these() {
    assert_refused(&update("{}").await, 500, "HandlerReached", "");
}
