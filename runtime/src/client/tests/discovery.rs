//! Operations that are called where another one says.

use super::desk::Error;
use super::script::{Answer, Script, answer, ok};
use super::*;
use crate::client::{EndpointDiscovery, ServiceInfo};
use crate::codegen::*;
use crate::endpoint::rules::*;
use crate::error::ClientErrorKind;
use crate::protocol::RestJson1;
use aws_smithy_async::time::TimeSource;
use std::collections::BTreeMap;
use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

static CELLS: ServiceInfo = ServiceInfo {
    name: "Cells",
    version: "2018-11-01",
    signing_name: "cells",
    endpoint: &RULES,
    headers: &[("x-cells", "1"), ("accept", "application/json")],
    discovery: Some(EndpointDiscovery::of::<RestJson1, DescribeEndpoints>("InvalidEndpointException")),
};

static RULES: EndpointRules = EndpointRules::new(
    &[string("Region").built_in(BuiltIn::Region), string("Endpoint").built_in(BuiltIn::Endpoint)],
    &[
        when(&[is_set("Endpoint")]).endpoint("{Endpoint}"),
        otherwise().endpoint("https://cells.{Region}.test").auth_schemes(&[scheme("sigv4").name("other")]),
    ],
);

#[derive(Clone, Debug, Default, PartialEq)]
struct DescribeEndpoints {
    operation: Option<String>,
    identifiers: Option<BTreeMap<String, String>>,
}

request! {
    DescribeEndpoints: default {
        text operation,
    }
}

impl Validate for DescribeEndpoints {}

impl Operation for DescribeEndpoints {
    type Response = Endpoints;
    type Error = Error;
    const INFO: OperationInfo = OperationInfo::new("DescribeEndpoints", "POST", "/describe", &[]);

    bindings! {
        body,
    }
}

impl Structure for DescribeEndpoints {
    members! {
        "Operation" => operation,
        "Identifiers" => identifiers,
    }
}

impl DescribesEndpoints for DescribeEndpoints {
    fn about(operation: String, identifiers: BTreeMap<String, String>) -> Self {
        Self { operation: Some(operation), identifiers: Some(identifiers) }
    }

    fn endpoints(response: &Endpoints) -> Vec<DiscoveredEndpoint> {
        response.endpoints.iter().flatten().map(|it| DiscoveredEndpoint::new(it.address.as_deref(), it.minutes)).collect()
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Endpoints {
    endpoints: Option<Vec<Cell>>,
}

structure! {
    Endpoints: default {
        list endpoints: Cell,
    }
}

impl Message for Endpoints {}

impl Structure for Endpoints {
    members! {
        "Endpoints" => endpoints,
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Cell {
    address: Option<String>,
    minutes: i64,
}

structure! {
    Cell: default {
        text address,
    }
}

impl Structure for Cell {
    members! {
        "Address" => address,
        "CachePeriodInMinutes" => minutes,
    }
}

macro_rules! operation {
    ($name:ident, $discovery:ident) => {
        #[derive(Clone, Debug, Default, PartialEq)]
        struct $name {
            table: Option<String>,
            accept: Option<String>,
        }

        request! {
            $name: default {
                text table,
                text accept,
            }
        }

        impl Validate for $name {}

        impl Operation for $name {
            type Response = ();
            type Error = Error;
            const INFO: OperationInfo = OperationInfo::new(stringify!($name), "GET", "/a", &[]).discovery(Discovery::$discovery);

            bindings! {
                header "Accept" => accept,
            }

            fn tell_endpoint(&self, endpoint: &mut EndpointParameters) {
                endpoint.identify("Table", &self.table);
            }
        }
    };
}

operation!(Write, Required);
operation!(Read, Optional);

/// A clock that can be wound.
#[derive(Clone, Debug)]
struct Clock(Arc<AtomicU64>);

impl Clock {
    fn new() -> Self {
        Self(Arc::new(AtomicU64::new(1_700_000_000)))
    }

    fn advance(&self, seconds: u64) {
        self.0.fetch_add(seconds, Ordering::Relaxed);
    }
}

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.0.load(Ordering::Relaxed))
    }
}

fn cells(script: &Script) -> Core {
    Core::new(&CELLS, &config(script).build())
}

fn endpoints(address: &str) -> Answer {
    ok(format!(r#"{{"Endpoints": [{{"Address": "{address}", "CachePeriodInMinutes": 10}}]}}"#))
}

fn invalid() -> Answer {
    answer(400, "{}").with("x-amzn-errortype", "InvalidEndpointException")
}

/// Where requests went.
fn hosts(script: &Script) -> Vec<String> {
    script.sent().iter().map(|sent| sent.uri.authority().unwrap().to_string()).collect()
}

const RULED: &str = "cells.us-west-2.test";

fn client_error(error: Error) -> ClientError {
    let Error::Client(error) = error else { panic!("{error:?}") };
    error
}

#[tokio::test]
async fn a_service_is_asked_once_where_it_is_called() {
    let script = Script::new([endpoints("a.test"), ok(""), ok("")]);
    let client = cells(&script);
    client.ask(Write::default()).await.unwrap();
    client.ask(Write::default()).await.unwrap();
    assert_eq!(hosts(&script), [RULED, "a.test", "a.test"]);
    let sent = script.sent();
    assert_eq!((sent[0].header("x-amz-api-version"), sent[0].body.as_str()), (Some("2018-11-01"), "{}"));
    assert_eq!(sent[1].header("x-amz-api-version"), None);
    assert!(sent[1].header("authorization").unwrap().contains("/other/aws4_request"), "signed as the rules say");
}

#[tokio::test]
async fn it_is_asked_again_when_what_it_said_is_over() {
    let script = Script::new([endpoints("a.test"), ok(""), ok(""), endpoints("b.test"), ok("")]);
    let time = Clock::new();
    let client = Core::new(&CELLS, &config(&script).time_source(time.clone()).build());
    client.ask(Write::default()).await.unwrap();
    time.advance(599);
    client.ask(Write::default()).await.unwrap();
    time.advance(1);
    client.ask(Write::default()).await.unwrap();
    assert_eq!(hosts(&script), [RULED, "a.test", "a.test", RULED, "b.test"]);
}

#[tokio::test]
async fn an_address_that_is_none_any_more_is_forgotten_and_the_call_made_once_more() {
    for gone in [invalid(), answer(421, "{}")] {
        let script = Script::new([endpoints("a.test"), gone, endpoints("b.test"), ok(""), ok("")]);
        let client = cells(&script);
        client.ask(Write::default()).await.unwrap();
        client.ask(Write::default()).await.unwrap();
        assert_eq!(hosts(&script), [RULED, "a.test", RULED, "b.test", "b.test"]);
    }
}

#[tokio::test]
async fn a_call_is_made_once_more_at_most() {
    let script = Script::new([endpoints("a.test"), invalid(), endpoints("b.test"), invalid(), endpoints("c.test"), ok("")]);
    let client = cells(&script);
    let error = client.ask(Write::default()).await.unwrap_err();
    assert!(!matches!(error, Error::Client(_)), "the caller learns of it: {error:?}");
    client.ask(Write::default()).await.unwrap();
    assert_eq!(hosts(&script), [RULED, "a.test", RULED, "b.test", RULED, "c.test"]);
}

#[tokio::test]
async fn where_it_is_optional_a_program_must_want_it() {
    let script = Script::new([ok(""), endpoints("a.test"), ok("")]);
    let client = cells(&script);
    client.ask(Read::default()).await.unwrap();
    client.with_endpoint_discovery(true).ask(Read::default()).await.unwrap();
    assert_eq!(hosts(&script), [RULED, RULED, "a.test"]);
}

#[tokio::test]
async fn where_it_is_optional_the_rules_will_do_and_the_service_is_left_alone_for_a_minute() {
    let script = Script::new([ok("{}"), ok(""), ok(""), endpoints("a.test"), ok("")]);
    let time = Clock::new();
    let client = Core::new(&CELLS, &config(&script).time_source(time.clone()).build()).with_endpoint_discovery(true);
    client.ask(Read::default()).await.unwrap();
    time.advance(59);
    client.ask(Read::default()).await.unwrap();
    time.advance(1);
    client.ask(Read::default()).await.unwrap();
    assert_eq!(hosts(&script), [RULED, RULED, RULED, RULED, "a.test"]);
}

#[tokio::test]
async fn where_it_is_required_there_is_no_call_without_it() {
    let script = Script::new([ok("{}")]);
    let error = client_error(cells(&script).ask(Write::default()).await.unwrap_err());
    assert_eq!(error.kind(), ClientErrorKind::Construction);
    assert!(error.to_string().contains("does not say where"), "{error}");
    assert!(error.source().is_some());

    let script = Script::default();
    let error = client_error(cells(&script).with_endpoint_discovery(false).ask(Write::default()).await.unwrap_err());
    assert!(error.to_string().contains("turned off"), "{error}");
    assert!(script.sent().is_empty());
}

#[tokio::test]
async fn an_endpoint_url_of_the_program_goes_before_it() {
    let script = Script::new([ok(""), ok(""), ok("")]);
    let fake = Core::new(&CELLS, &config(&script).endpoint_url("http://fake.test:1").build());
    fake.ask(Write::default()).await.unwrap();
    fake.with_endpoint_discovery(false).ask(Write::default()).await.unwrap();
    cells(&script).ask(Write::default()).endpoint_url("http://other.test").await.unwrap();
    assert_eq!(hosts(&script), ["fake.test:1", "fake.test:1", "other.test"]);
}

#[tokio::test]
async fn addresses_are_for_what_requests_say_of_themselves() {
    let script = Script::new([endpoints("a.test"), ok(""), endpoints("b.test"), ok(""), ok("")]);
    let client = cells(&script);
    for table in ["A", "B", "A"] {
        client.ask(Write { table: Some(table.to_owned()), accept: None }).await.unwrap();
    }
    assert_eq!(hosts(&script), [RULED, "a.test", RULED, "b.test", "a.test"]);
    assert_eq!(script.sent()[2].body, r#"{"Operation":"Write","Identifiers":{"Table":"B"}}"#);
}

#[tokio::test]
async fn addresses_are_for_a_region_and_a_caller_and_asked_for_as_such() {
    let script = Script::new([endpoints("a.test"), ok(""), endpoints("b.test"), ok(""), endpoints("c.test"), ok("")]);
    let client = cells(&script);
    client.ask(Write::default()).await.unwrap();
    client.ask(Write::default()).region("eu-west-1").await.unwrap();
    client.ask(Write::default()).credentials(credentials("OTHER")).await.unwrap();
    assert_eq!(hosts(&script), [RULED, "a.test", "cells.eu-west-1.test", "b.test", RULED, "c.test"]);
    assert!(script.sent()[4].header("authorization").unwrap().contains("Credential=OTHER/"));
}

#[tokio::test]
async fn nothing_but_a_host_over_https_is_an_address() {
    for (address, host) in [("a.test:8443", Some("a.test:8443")), ("https://a.test", Some("a.test"))].into_iter().chain(
        ["http://a.test", "a.test/b", "x@a.test", "a.test?b", "a.test#b", "a..test", "a b", "a.test:x", ""].map(|it| (it, None)),
    ) {
        let script = Script::new([endpoints(address), ok("")]);
        let outcome = cells(&script).ask(Write::default()).await;
        assert_eq!(outcome.is_ok(), host.is_some(), "{address}: {outcome:?}");
        assert_eq!(hosts(&script).get(1).map(String::as_str), host, "{address}");
        if let Ok(sent) = script.sent().get(1).ok_or(()) {
            assert_eq!(sent.uri.scheme_str(), Some("https"));
        }
    }
}

#[tokio::test]
async fn headers_of_the_service_are_in_every_request_unless_it_or_the_call_says_otherwise() {
    let script = Script::new([ok(""), ok(""), ok("")]);
    let client = cells(&script);
    client.ask(Read::default()).await.unwrap();
    client.ask(Read::default()).header("accept", "text/plain").await.unwrap();
    client.ask(Read { accept: Some("application/yaml".to_owned()), table: None }).await.unwrap();
    let sent = script.sent();
    let headers: Vec<_> = sent.iter().map(|sent| (sent.header("x-cells").unwrap(), sent.header("accept").unwrap())).collect();
    assert_eq!(headers, [("1", "application/json"), ("1", "text/plain"), ("1", "application/yaml")]);
    assert!(sent[0].header("authorization").unwrap().contains("x-cells"), "they are signed");
}
