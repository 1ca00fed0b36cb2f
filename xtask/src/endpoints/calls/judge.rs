//! Whether a call went where its case expects it, signed as its endpoint asks.

use crate::conformance::node::Node;
use crate::endpoints::suite::{Call, Expected};
use serde::Deserialize;
use serde_json::{Map, Value};

/// The auth schemes of endpoints that clients know. A call of an endpoint that names none of them is not sent.
const KNOWN: &[&str] = &["sigv4", "sigv4a", "none"];

/// What a program saw of a call.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Observation {
    /// The endpoint that the client came to, if it came to one.
    #[serde(default)]
    endpoint: Option<Endpoint>,
    /// What it sent, if it sent anything.
    #[serde(default)]
    request: Option<Request>,
    /// What the call came to, and what caused it.
    #[serde(default)]
    error: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Endpoint {
    url: String,
    properties: Map<String, Value>,
    headers: Map<String, Value>,
}

#[derive(Debug, Deserialize)]
struct Request {
    url: String,
    headers: Vec<(String, String)>,
}

impl Request {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers(name).next()
    }

    fn headers(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

impl Observation {
    /// What is seen of a call that ended the program.
    pub(crate) fn ended(reason: String) -> Self {
        Self { error: vec![reason], ..Self::default() }
    }
}

/// How what came differs from what is expected. An operation may put a prefix of its own before the host.
pub(super) fn judge(expected: &Expected, call: &Call, host_prefix: &str, came: &Observation) -> Result<(), String> {
    let judged = match (expected, &came.request) {
        (Expected::Error(message), None) => match came.error.contains(message) {
            true => Ok(()),
            false => Err("another error".to_owned()),
        },
        (Expected::Error(_), Some(_)) => Err("a request was sent".to_owned()),
        (Expected::Endpoint { url, properties, headers }, request) => {
            endpoint(url, properties, headers, came).and_then(|()| match (Scheme::of(properties), request) {
                (Some(scheme), Some(request)) => goes_to(url, host_prefix, request)
                    .and_then(|()| carries(headers, request))
                    .and_then(|()| scheme.signs(call, request)),
                (None, None) => Ok(()),
                (Some(_), None) => Err("nothing was sent".to_owned()),
                (None, Some(_)) => Err("a request was sent that is not signed as the endpoint asks".to_owned()),
            })
        }
    };
    let operation = &call.operation;
    judged.map_err(|problem| format!("  {operation}: {problem}\n  expected {expected:?}\n  came     {came:?}"))
}

fn endpoint(url: &str, properties: &Map<String, Value>, headers: &Map<String, Value>, came: &Observation) -> Result<(), String> {
    let Some(endpoint) = &came.endpoint else { return Err("no endpoint".to_owned()) };
    let is_same = endpoint.url == url && endpoint.properties == *properties && endpoint.headers == *headers;
    if is_same { Ok(()) } else { Err("another endpoint".to_owned()) }
}

/// The host must be the endpoint's, and the path below its own.
fn goes_to(url: &str, host_prefix: &str, request: &Request) -> Result<(), String> {
    let url = url.replacen("://", &format!("://{host_prefix}"), 1);
    let rest = request.url.strip_prefix(url.trim_end_matches('/'));
    match rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?'])) {
        true => Ok(()),
        false => Err(format!("a request to {}", request.url)),
    }
}

fn carries(headers: &Map<String, Value>, request: &Request) -> Result<(), String> {
    for (name, values) in headers {
        let values = values.as_array().into_iter().flatten().filter_map(Value::as_str);
        let came: Vec<&str> = request.headers(name).collect();
        if came != values.collect::<Vec<_>>() {
            return Err(format!("a request with {came:?} as {name}"));
        }
    }
    Ok(())
}

/// How a request is signed.
struct Scheme<'a> {
    name: &'a str,
    signing_name: Option<&'a str>,
    region: Option<&'a str>,
    region_set: Option<String>,
}

impl<'a> Scheme<'a> {
    /// The first that clients know, which is SigV4 where the endpoint says nothing; `None` when it names none of them.
    fn of(properties: &'a Map<String, Value>) -> Option<Self> {
        let Some(schemes) = properties.get("authSchemes").and_then(Value::as_array) else {
            return Some(Self { name: "sigv4", signing_name: None, region: None, region_set: None });
        };
        let named = schemes.iter().filter_map(|scheme| {
            let text = |key: &str| scheme.get(key).and_then(Value::as_str);
            let regions = scheme.get("signingRegionSet").and_then(Value::as_array);
            let region_set = regions.map(|regions| regions.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(","));
            Some(Self { name: text("name")?, signing_name: text("signingName"), region: text("signingRegion"), region_set })
        });
        named.into_iter().find(|scheme| KNOWN.contains(&scheme.name))
    }

    fn signs(&self, call: &Call, request: &Request) -> Result<(), String> {
        let authorization = request.header("authorization").unwrap_or_default();
        let credential = authorization.split_once("Credential=").and_then(|(_, rest)| rest.split_once(','));
        // Key, day, region (but for SigV4a), name, `aws4_request`.
        let scope: Vec<&str> = credential.map(|(scope, _)| scope.split('/').collect()).unwrap_or_default();
        let region = self.region.or_else(|| call.built_ins.get("AWS::Region").and_then(Node::as_str));
        let is_signed = match (self.name, scope.as_slice()) {
            ("none", _) => authorization.is_empty(),
            ("sigv4", [_, _, came, name, _]) => {
                authorization.starts_with("AWS4-HMAC-SHA256 ") && region == Some(came) && self.is_named(name)
            }
            ("sigv4a", [_, _, name, _]) => {
                authorization.starts_with("AWS4-ECDSA-P256-SHA256 ")
                    && request.header("x-amz-region-set") == self.region_set.as_deref()
                    && self.is_named(name)
            }
            _ => false,
        };
        if is_signed { Ok(()) } else { Err(format!("a request signed with `{authorization}`")) }
    }

    fn is_named(&self, name: &str) -> bool {
        self.signing_name.is_none_or(|expected| expected == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn object(json: Value) -> Map<String, Value> {
        json.as_object().cloned().unwrap()
    }

    fn expected(scheme: Value) -> Expected {
        Expected::Endpoint {
            url: "https://red.test/a".to_owned(),
            properties: object(json!({ "authSchemes": [{ "name": "unknown" }, scheme] })),
            headers: object(json!({ "x-a": ["1", "2"] })),
        }
    }

    fn sigv4() -> Value {
        json!({ "name": "sigv4", "signingName": "halls", "signingRegion": "eu-test-1" })
    }

    fn sigv4a() -> Value {
        json!({ "name": "sigv4a", "signingName": "halls", "signingRegionSet": ["*"] })
    }

    fn call() -> Call {
        let object = || Node::Object(Vec::new());
        Call { operation: "Enter".to_owned(), params: object(), built_ins: object(), client: object() }
    }

    /// What is seen of a call that does all that is expected.
    fn seen(scheme: Value, authorization: &str) -> Value {
        json!({
            "endpoint": {
                "url": "https://red.test/a",
                "properties": { "authSchemes": [{ "name": "unknown" }, scheme] },
                "headers": { "x-a": ["1", "2"] },
            },
            "request": {
                "url": "https://own.red.test/a/enter",
                "headers": [["x-a", "1"], ["x-a", "2"], ["authorization", authorization], ["x-amz-region-set", "*"]],
            },
        })
    }

    const V4: &str = "AWS4-HMAC-SHA256 Credential=AKID/20200101/eu-test-1/halls/aws4_request, SignedHeaders=host, Signature=0";
    const V4A: &str = "AWS4-ECDSA-P256-SHA256 Credential=AKID/20200101/halls/aws4_request, SignedHeaders=host, Signature=0";

    fn passes(expected: &Expected, came: Value) -> bool {
        judge(expected, &call(), "own.", &serde_json::from_value(came).unwrap()).is_ok()
    }

    /// What is seen, but for the value at this place.
    fn but(mut came: Value, pointer: &str, value: Value) -> Value {
        *came.pointer_mut(pointer).unwrap() = value;
        came
    }

    #[test]
    fn a_call_passes_that_goes_where_it_should() {
        assert!(passes(&expected(sigv4()), seen(sigv4(), V4)));
        assert!(passes(&expected(sigv4a()), seen(sigv4a(), V4A)));
        assert!(passes(&Expected::Error("no room".to_owned()), json!({ "error": ["it failed", "no room"] })));
        let express = json!({ "name": "sigv4-s3express" });
        assert!(passes(&expected(express.clone()), but(seen(express, V4), "/request", Value::Null)));
    }

    #[test]
    fn each_part_of_an_endpoint_is_compared() {
        let wrong = [
            ("/endpoint", Value::Null),
            ("/endpoint/url", json!("https://blue.test/a")),
            ("/endpoint/properties/authSchemes/1/signingRegion", json!("xx")),
            ("/endpoint/properties/authSchemes/0", json!({ "name": "other" })),
            ("/endpoint/headers/x-a", json!(["1"])),
        ];
        for (pointer, value) in wrong {
            assert!(!passes(&expected(sigv4()), but(seen(sigv4(), V4), pointer, value)), "{pointer}");
        }
    }

    #[test]
    fn each_part_of_a_request_is_compared() {
        let wrong = [
            ("/request", Value::Null),
            ("/request/url", json!("https://red.test/a/enter")),
            ("/request/url", json!("https://own.blue.test/a/enter")),
            ("/request/url", json!("https://own.red.test/enter")),
            ("/request/url", json!("https://own.red.test/about")),
            ("/request/headers/1", json!(["x-a", "3"])),
            ("/request/headers/2/1", json!("")),
            ("/request/headers/2/1", json!(V4.replace("halls", "rooms"))),
            ("/request/headers/2/1", json!(V4.replace("eu-test-1", "xx"))),
            ("/request/headers/2/1", json!(V4.replace("AWS4-HMAC-SHA256", "AWS3"))),
        ];
        for (pointer, value) in wrong {
            assert!(!passes(&expected(sigv4()), but(seen(sigv4(), V4), pointer, value.clone())), "{pointer} {value}");
        }
        let wrong = [
            ("/request/headers/2/1", json!(V4)),
            ("/request/headers/2/1", json!(V4A.replace("halls", "rooms"))),
            ("/request/headers/3/1", json!("eu-test-1")),
        ];
        for (pointer, value) in wrong {
            assert!(!passes(&expected(sigv4a()), but(seen(sigv4a(), V4A), pointer, value.clone())), "{pointer} {value}");
        }
    }

    #[test]
    fn what_must_not_be_signed_or_sent_is_not() {
        let none = json!({ "name": "none" });
        assert!(passes(&expected(none.clone()), but(seen(none.clone(), V4), "/request/headers/2/1", json!(""))));
        assert!(!passes(&expected(none.clone()), seen(none, V4)));
        let express = json!({ "name": "sigv4-s3express" });
        assert!(!passes(&expected(express.clone()), seen(express, V4)));
        let error = Expected::Error("no room".to_owned());
        assert!(!passes(&error, json!({ "error": ["no rooms"] })));
        let sent = json!({ "error": ["no room"], "request": { "url": "https://red.test", "headers": [] } });
        assert!(!passes(&error, sent));
    }
}
