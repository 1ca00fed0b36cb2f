//! URLs that make a call.

use super::desk::*;
use super::script::Script;
use super::*;
use crate::codegen::*;
use crate::error::ClientErrorKind;
use std::collections::BTreeMap;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

#[tokio::test]
async fn the_url_carries_the_signature() {
    let script = Script::default();
    let request = ListContacts::default().states(["NEW"]);
    let client = client(&script);
    let presigned = travels(client.ask(request).presigned(HOUR)).await.unwrap();

    assert_eq!(presigned.method(), "GET");
    let uri = presigned.uri();
    assert_eq!((uri.host(), uri.path()), (Some("desk.us-west-2.amazonaws.com"), "/contacts"));
    let query: BTreeMap<_, _> = uri.query().unwrap().split('&').filter_map(|pair| pair.split_once('=')).collect();
    assert_eq!(query["state"], "NEW");
    assert_eq!(query["X-Amz-Algorithm"], "AWS4-HMAC-SHA256");
    assert_eq!(query["X-Amz-Credential"], "AKID%2F20231114%2Fus-west-2%2Fdesk%2Faws4_request");
    assert_eq!(query["X-Amz-Date"], "20231114T221320Z");
    assert_eq!(query["X-Amz-Expires"], "3600");
    assert_eq!(query["X-Amz-SignedHeaders"], "host");
    assert_eq!(query["X-Amz-Signature"].len(), 64);
    assert!(script.sent().is_empty());
}

#[tokio::test]
async fn only_headers_that_are_signed_must_come_along() {
    let script = Script::default();
    let presigned = client(&script).ask(ListContacts::default()).presigned(HOUR).await.unwrap();
    assert!(presigned.headers().is_empty(), "{:?}", presigned.headers());

    let presigned = client(&script).ask(ListContacts::default()).header("x-trace", "7").presigned(HOUR).await.unwrap();
    assert_eq!(presigned.headers().len(), 1);
    assert!(presigned.uri().query().unwrap().contains("X-Amz-SignedHeaders=host%3Bx-trace"));
}

#[tokio::test]
async fn overrides_are_those_of_any_call() {
    let script = Script::default();
    let presigned = client(&script).ask(ListContacts::default()).region("eu-west-1").presigned(HOUR).await.unwrap();
    assert_eq!(presigned.uri().host(), Some("desk.eu-west-1.amazonaws.com"));
}

#[tokio::test]
async fn an_expiry_is_a_second_to_a_week() {
    let script = Script::default();
    for expires_in in [Duration::ZERO, Duration::from_millis(900), HOUR * 24 * 7 + Duration::from_secs(1)] {
        let error = client(&script).ask(ListContacts::default()).presigned(expires_in).await.unwrap_err();
        assert!(matches!(error, Error::Client(error) if error.kind() == ClientErrorKind::Construction));
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Speak {
    text: Option<String>,
    voices: Option<Vec<String>>,
    rate: Option<i32>,
}

request! {
    Speak: default {
        text text,
        texts voices,
        value rate: i32,
    }
}

impl Validate for Speak {}

impl Operation for Speak {
    type Response = ();
    type Error = Error;
    const INFO: OperationInfo = OperationInfo::new("Speak", "POST", "/speech", &[]).presigned_in_query();

    bindings! {
        body,
    }
}

impl Structure for Speak {
    members! {
        "Text" => text,
        "Voices" => voices,
        "Rate" => rate,
    }
}

impl Presignable for Speak {}

#[tokio::test]
async fn members_of_a_body_go_into_the_query_where_the_service_takes_them_there() {
    let request = Speak { text: Some("Hi & bye".to_owned()), voices: Some(vec!["a".to_owned(), "b".to_owned()]), rate: Some(8) };
    let presigned = client(&Script::default()).ask(request.clone()).presigned(HOUR).await.unwrap();
    assert_eq!((presigned.method().as_str(), presigned.uri().path()), ("GET", "/speech"));
    assert!(presigned.headers().is_empty(), "{:?}", presigned.headers());
    let query = presigned.uri().query().unwrap();
    let own: Vec<_> = query.split('&').filter(|pair| !pair.starts_with("X-Amz-")).collect();
    assert_eq!(own, ["Rate=8", "Text=Hi%20%26%20bye", "Voices=a", "Voices=b"]);

    let script = Script::new([super::script::ok("{}")]);
    client(&script).ask(request).await.unwrap();
    assert_eq!(script.only().method, "POST", "a call is as it was");
}
