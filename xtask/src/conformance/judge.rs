//! Whether what came is what was expected.

mod body;
mod events;
mod headers;
mod query;

use super::observation::{Observation, Request, Response};
use super::suite::{Message, RequestMessage, ResponseMessage};
pub(super) use events::said;
use serde::{Deserialize, Serialize};

/// One difference between what was expected and what came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Difference {
    /// What is different: `path`, `header content-type`, `body`, a member.
    pub(crate) place: String,
    pub(crate) expected: String,
    pub(crate) came: String,
}

impl Difference {
    fn new(place: impl Into<String>, expected: impl Into<String>, came: impl Into<String>) -> Self {
        Self { place: place.into(), expected: expected.into(), came: came.into() }
    }
}

const NOTHING: &str = "(nothing)";

/// What a request must be.
pub(crate) fn request(expected: &RequestMessage, came: &Observation) -> Vec<Difference> {
    match came {
        Observation::Request(request) => request_differences(expected, request),
        other => vec![unlike("a request", other)],
    }
}

/// What a response must be.
pub(crate) fn response(expected: &ResponseMessage, came: &Observation) -> Vec<Difference> {
    match came {
        Observation::Response(response) => response_differences(expected, response),
        other => vec![unlike("a response", other)],
    }
}

/// What the answer to a request must be that the service must not see.
pub(crate) fn refusal(expected: &ResponseMessage, came: &Observation) -> Vec<Difference> {
    match came {
        Observation::Response(Response { served: Some(operation), .. }) => {
            vec![Difference::new("service", "not called", format!("called as {operation}"))]
        }
        other => response(expected, other),
    }
}

/// What a value must be: the program has compared it.
pub(crate) fn value(came: &Observation) -> Vec<Difference> {
    match came {
        Observation::Value { differences } => differences.clone(),
        other => vec![unlike("a value", other)],
    }
}

fn unlike(expected: &str, came: &Observation) -> Difference {
    Difference::new("outcome", expected, came.to_string())
}

fn request_differences(expected: &RequestMessage, came: &Request) -> Vec<Difference> {
    let mut differences = Vec::new();
    let mut compare = |place: &str, expected: &str, came: &str| {
        if expected != came {
            differences.push(Difference::new(place, expected, came));
        }
    };
    compare("method", &expected.method, &came.method);
    let (path, query) = came.path_and_query();
    compare("path", &expected.uri, path);
    if let Some(host) = &expected.resolved_host {
        compare("host", host, &came.host);
    }
    differences.extend(query::compare(expected, query));
    differences.extend(content(&expected.content, &came.headers, &came.body));
    differences
}

fn response_differences(expected: &ResponseMessage, came: &Response) -> Vec<Difference> {
    let mut differences = Vec::new();
    if expected.code != came.code {
        differences.push(Difference::new("status", expected.code.to_string(), came.code.to_string()));
    }
    differences.extend(content(&expected.content, &came.headers, &came.body));
    // A wrong status is explained by the body, where nothing else is said of it.
    if expected.code != came.code && !differences.iter().any(|difference| difference.place == "body") {
        differences.push(Difference::new("body, for information", "(anything)", body::readable(&came.body)));
    }
    differences
}

fn content(expected: &Message, headers: &[(String, String)], body: &[u8]) -> Vec<Difference> {
    let mut differences = headers::compare(expected, headers);
    differences.extend(expected.body.as_ref().and_then(|expected| body::compare(expected, body)));
    differences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance::format::Format;
    use crate::conformance::suite::{Body, BodyAssertion};

    fn expected() -> RequestMessage {
        RequestMessage {
            method: "PUT".to_owned(),
            uri: "/a%20b".to_owned(),
            query: vec!["q=1".to_owned()],
            other_query: true,
            resolved_host: Some("a.example.com".to_owned()),
            content: Message {
                headers: vec![("X-One".to_owned(), "1".to_owned())],
                body: Some(Body { assertion: BodyAssertion::Contents(b"{}".to_vec()), format: Format::Json }),
                ..Message::default()
            },
            ..RequestMessage::default()
        }
    }

    fn sent() -> Request {
        Request {
            method: "PUT".to_owned(),
            target: "/a%20b?q=1&r=2".to_owned(),
            host: "a.example.com".to_owned(),
            headers: vec![("x-one".to_owned(), "1".to_owned()), ("user-agent".to_owned(), "x".to_owned())],
            body: b"{}".to_vec(),
        }
    }

    fn places(expected: &RequestMessage, sent: Request) -> Vec<String> {
        request(expected, &Observation::Request(sent)).into_iter().map(|difference| difference.place).collect()
    }

    #[test]
    fn a_request_as_expected_has_no_differences() {
        assert_eq!(places(&expected(), sent()), [""; 0]);
    }

    #[test]
    fn each_part_of_a_request_is_compared() {
        assert_eq!(places(&expected(), Request { method: "POST".to_owned(), ..sent() }), ["method"]);
        assert_eq!(places(&expected(), Request { target: "/a+b?q=1".to_owned(), ..sent() }), ["path"]);
        assert_eq!(places(&expected(), Request { target: "/a%20b?q=2".to_owned(), ..sent() }), ["query q"]);
        assert_eq!(places(&expected(), Request { host: "example.com".to_owned(), ..sent() }), ["host"]);
        assert_eq!(places(&expected(), Request { headers: Vec::new(), ..sent() }), ["header X-One"]);
        assert_eq!(places(&expected(), Request { body: b"[]".to_vec(), ..sent() }), ["body"]);
    }

    #[test]
    fn a_call_that_fails_is_no_request() {
        let failed = Observation::Failed { reason: "no credentials".to_owned() };
        assert_eq!(request(&expected(), &failed), [Difference::new("outcome", "a request", "no credentials")]);
    }

    #[test]
    fn a_response_has_its_status_and_a_wrong_one_is_explained() {
        let expected = ResponseMessage { code: 400, content: Message::default() };
        let came = |code| Response { code, headers: Vec::new(), body: b"why".to_vec(), served: None };
        assert_eq!(response(&expected, &Observation::Response(came(400))), []);
        let differences = response(&expected, &Observation::Response(came(500)));
        assert_eq!(differences[0], Difference::new("status", "400", "500"));
        assert_eq!(differences[1].came, "why");
    }

    #[test]
    fn a_malformed_request_must_not_reach_the_service() {
        let expected = ResponseMessage { code: 200, content: Message::default() };
        let came = Response { code: 200, headers: Vec::new(), body: Vec::new(), served: Some("Op".to_owned()) };
        assert_eq!(refusal(&expected, &Observation::Response(came))[0].place, "service");
    }

    #[test]
    fn differences_of_a_value_are_passed_on() {
        let differences = vec![Difference::new("name", "a", "b")];
        assert_eq!(value(&Observation::Value { differences: differences.clone() }), differences);
        assert_eq!(value(&Observation::Failed { reason: "panicked".to_owned() })[0].came, "panicked");
    }
}
