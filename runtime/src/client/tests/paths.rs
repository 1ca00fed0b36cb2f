//! The path that is sent is the path that is signed, whatever a label holds.

use super::archive::*;
use super::desk::Error;
use super::script::{Script, ok};
use super::*;
use crate::error::ClientErrorKind;
use crate::operation::Presignable;
use aws_runtime::invocation_id::InvocationIdInterceptor;
use aws_runtime::recursion_detection::RecursionDetectionInterceptor;
use aws_runtime::request_info::RequestInfoInterceptor;
use aws_runtime::user_agent::UserAgentInterceptor;
use aws_smithy_runtime_api::client::interceptors::disable_interceptor;
use aws_smithy_runtime_api::client::runtime_plugin::StaticRuntimePlugin;
use aws_smithy_types::config_bag::Layer;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::time::Duration;

/// What botocore 1.44.5 makes of a GET for the desk in us-west-2, with the key `AKID` and the secret `secret`, at 20231114T221320Z.
struct Fact {
    label: &'static str,
    /// The path that is sent.
    sent: &'static str,
    /// The second line of the canonical request.
    canonical: &'static str,
    /// How the signature begins, of the headers `host` and `x-amz-date`.
    signature: &'static str,
    /// How the signature of the URL begins that expires in an hour.
    presigned: &'static str,
}

const fn fact(
    label: &'static str,
    sent: &'static str,
    canonical: &'static str,
    signature: &'static str,
    presigned: &'static str,
) -> Fact {
    Fact { label, sent, canonical, signature, presigned }
}

#[rustfmt::skip]
const LABELS: &[Fact] = &[
    fact("a/b", "/contacts/a%2Fb/instance", "/contacts/a%252Fb/instance", "9a54a000f90a50e4", "93cae6604103483e"),
    fact("a/../b", "/contacts/a%2F..%2Fb/instance", "/contacts/a%252F..%252Fb/instance", "15704090dd84b7bc", "661d6f9fcf96e478"),
    fact("%", "/contacts/%25/instance", "/contacts/%2525/instance", "761f107eef690ace", "810c32343774241c"),
    fact("%2F", "/contacts/%252F/instance", "/contacts/%25252F/instance", "f253da589fcd237e", "aace14bb5a50f96c"),
    fact("%2e%2e", "/contacts/%252e%252e/instance", "/contacts/%25252e%25252e/instance", "6bd4a084c2466dfa", "43379bafc8b486bd"),
    fact("a b", "/contacts/a%20b/instance", "/contacts/a%2520b/instance", "31e894006a9e2c77", "c2a8ed4e7ba8d701"),
    fact(" ", "/contacts/%20/instance", "/contacts/%2520/instance", "5d9757c64e23b53e", "70050e4f4ccb7837"),
    fact("+", "/contacts/%2B/instance", "/contacts/%252B/instance", "2c511ac9115c58bf", "df67a54efe34c31e"),
    fact("~", "/contacts/~/instance", "/contacts/~/instance", "e175bfddb38c2973", "2d297b9a8d576cd1"),
    fact("é", "/contacts/%C3%A9/instance", "/contacts/%25C3%25A9/instance", "e119840535592b05", "3aaec77166fc1d42"),
    fact("日本", "/contacts/%E6%97%A5%E6%9C%AC/instance", "/contacts/%25E6%2597%25A5%25E6%259C%25AC/instance", "419cafe90f773bf8", "ca6323e3a811b678"),
    fact("...", "/contacts/.../instance", "/contacts/.../instance", "3ce3635b57bce5ba", "f6a57640e4f1b4cd"),
    fact(".hidden", "/contacts/.hidden/instance", "/contacts/.hidden/instance", "1986ce381771a092", "5e890a4ceae58ae3"),
    fact("a..b", "/contacts/a..b/instance", "/contacts/a..b/instance", "0827c1ec8faf38b5", "6d82f8c5aa111070"),
    fact("a.", "/contacts/a./instance", "/contacts/a./instance", "91a7517a53e218c8", "f9caac01a50017e4"),
    fact("a:b", "/contacts/a%3Ab/instance", "/contacts/a%253Ab/instance", "4403089ffb1a0a2c", "6800a9dc0b56effc"),
    fact("*", "/contacts/%2A/instance", "/contacts/%252A/instance", "80f52c0de40f709b", "769e1d73729447f1"),
    fact("'", "/contacts/%27/instance", "/contacts/%2527/instance", "ec1f401bbc3a4ff8", "46132c18f8b804bb"),
    fact("(a)", "/contacts/%28a%29/instance", "/contacts/%2528a%2529/instance", "1008e270c14eefe1", "400fe704ddc5ac7a"),
    fact("a&b=c", "/contacts/a%26b%3Dc/instance", "/contacts/a%2526b%253Dc/instance", "9a80c5a733df83d1", "10f8ca37bd799ce5"),
    fact("?q", "/contacts/%3Fq/instance", "/contacts/%253Fq/instance", "8e339da73a46774d", "c66ee98c878a5748"),
    fact("#f", "/contacts/%23f/instance", "/contacts/%2523f/instance", "068273add2bc4a30", "5bb8408f65395c82"),
    fact("a;b", "/contacts/a%3Bb/instance", "/contacts/a%253Bb/instance", "a6848c02ebdaadd4", "2054b5431f5af8ad"),
    fact("a,b", "/contacts/a%2Cb/instance", "/contacts/a%252Cb/instance", "8f6ff63209f4e01f", "dbb7715a052d5979"),
    fact("@", "/contacts/%40/instance", "/contacts/%2540/instance", "7bbc8bfb1bfec8f9", "7e50b534334d5b88"),
    fact("\\", "/contacts/%5C/instance", "/contacts/%255C/instance", "9c8f2aea6676ec11", "279ee8dfd8bf8085"),
    fact("\u{202e}", "/contacts/%E2%80%AE/instance", "/contacts/%25E2%2580%25AE/instance", "61db07d8f4eea294", "7f87ea77eef9ff5a"),
    fact("\t", "/contacts/%09/instance", "/contacts/%2509/instance", "8cd5ce160a57b347", "f9e04f7c74f37e95"),
    fact("\u{0}", "/contacts/%00/instance", "/contacts/%2500/instance", "d770200219d8a4d0", "74755bf76ff653fe"),
    fact("\"<>|^`{}[]", "/contacts/%22%3C%3E%7C%5E%60%7B%7D%5B%5D/instance", "/contacts/%2522%253C%253E%257C%255E%2560%257B%257D%255B%255D/instance", "47791c0c7aae9fe3", "01027920f505155e"),
    fact("-_.!$", "/contacts/-_.%21%24/instance", "/contacts/-_.%2521%2524/instance", "ab174fdaa9980807", "b6515ce30df5a644"),
    fact("..%2f", "/contacts/..%252f/instance", "/contacts/..%25252f/instance", "823158793941e85f", "0c5320eefdc4da81"),
    fact("..;", "/contacts/..%3B/instance", "/contacts/..%253B/instance", "f74e2af46bde79fd", "8017c35881958b94"),
];

#[rustfmt::skip]
const GREEDY: &[Fact] = &[
    fact("a/b", "/files/a/b", "/files/a/b", "272bf621a090a4a9", "3178f69ddfebba1f"),
    fact("a/b/", "/files/a/b/", "/files/a/b/", "a18192955fd01b2a", "4a02d1b070d277e1"),
    fact("a/...", "/files/a/...", "/files/a/...", "e1520a57bd970434", "8f4d4b4d88db029a"),
    fact("a/.b/c", "/files/a/.b/c", "/files/a/.b/c", "9c939a95f1ea0481", "93c5ea4a8e99242e"),
    fact("a b/c%/é", "/files/a%20b/c%25/%C3%A9", "/files/a%2520b/c%2525/%25C3%25A9", "45e155ab4bd6e0d8", "07c272ce436d695a"),
    fact("a:b/*/'(", "/files/a%3Ab/%2A/%27%28", "/files/a%253Ab/%252A/%2527%2528", "7a5d12822612ad05", "e98339cab2fe19a6"),
    fact("..a/b..", "/files/..a/b..", "/files/..a/b..", "c6538921c951f45a", "1c49b1edd6e4c0af"),
    fact("%2e%2e/a", "/files/%252e%252e/a", "/files/%25252e%25252e/a", "98f32b2bb0458c30", "533dbaa79f436980"),
];

/// What botocore leaves alone when it encodes a path once more.
const CANONICAL: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Without the headers that differ from run to run.
fn reproducible() -> StaticRuntimePlugin {
    const CAUSE: &str = "a signature that is known beforehand";
    let mut layer = Layer::new(CAUSE);
    layer.store_put(disable_interceptor::<InvocationIdInterceptor>(CAUSE));
    layer.store_put(disable_interceptor::<RecursionDetectionInterceptor>(CAUSE));
    layer.store_put(disable_interceptor::<RequestInfoInterceptor>(CAUSE));
    layer.store_put(disable_interceptor::<UserAgentInterceptor>(CAUSE));
    StaticRuntimePlugin::new().with_config(layer.freeze())
}

async fn is_sent_as_botocore_would<O: Presignable<Error = Error>>(fact: &Fact, request: O)
where
    O::Response: std::fmt::Debug,
{
    let script = Script::new([ok("")]);
    client(&script).ask(request.clone()).plugin(reproducible()).await.unwrap();
    let sent = script.only();
    assert_eq!(sent.uri.path(), fact.sent, "{:?}", fact.label);
    let authorization = sent.header("authorization").unwrap();
    assert!(authorization.contains("SignedHeaders=host;x-amz-date, "), "{authorization}");
    let signature = authorization.split_once("Signature=").unwrap().1;
    assert!(signature.starts_with(fact.signature), "{:?}: {signature}", fact.label);

    let presigned = client(&script).ask(request).presigned(Duration::from_secs(3600)).await.unwrap();
    assert_eq!(presigned.uri().path(), fact.sent, "{:?}", fact.label);
    let signature = presigned.uri().query().unwrap().split_once("X-Amz-Signature=").unwrap().1;
    assert!(signature.starts_with(fact.presigned), "{:?}: {signature}", fact.label);
}

async fn refusal<O: Presignable<Error = Error>>(request: O) -> String
where
    O::Response: std::fmt::Debug,
{
    let script = Script::default();
    let sent = client(&script).ask(request.clone()).await.unwrap_err();
    let presigned = client(&script).ask(request).presigned(Duration::from_secs(60)).await.unwrap_err();
    for error in [&sent, &presigned] {
        assert!(matches!(error, Error::Client(error) if error.kind() == ClientErrorKind::Construction), "{error:?}");
    }
    assert_eq!(sent.to_string(), presigned.to_string());
    sent.to_string()
}

#[test]
fn no_fact_is_of_a_path_that_a_signer_shortens() {
    for fact in LABELS.iter().chain(GREEDY) {
        assert_eq!(utf8_percent_encode(fact.sent, CANONICAL).to_string(), fact.canonical, "{:?}", fact.label);
    }
}

#[tokio::test]
async fn a_label_is_signed_as_it_is_sent() {
    for fact in LABELS {
        is_sent_as_botocore_would(fact, GetContactInstance { id: fact.label.to_owned() }).await;
    }
}

#[tokio::test]
async fn a_greedy_label_is_signed_as_it_is_sent() {
    for fact in GREEDY {
        is_sent_as_botocore_would(fact, GetPath { path: fact.label.to_owned() }).await;
    }
}

#[tokio::test]
async fn a_label_that_is_a_dot_segment_is_not_sent() {
    for label in [".", ".."] {
        assert_eq!(
            refusal(GetContactInstance { id: label.to_owned() }).await,
            "the request to the service could not be made: GetContactInstance: the label Id has the segment `.` or `..`, which \
             makes another path"
        );
    }
}

#[tokio::test]
async fn a_greedy_label_with_a_dot_segment_is_not_sent() {
    for label in [".", "..", "../a", "a/..", "a/../b", "a/./b", "./a"] {
        let error = refusal(GetPath { path: label.to_owned() }).await;
        assert!(error.ends_with("GetPath: the label Path has the segment `.` or `..`, which makes another path"), "{error}");
    }
}

#[tokio::test]
async fn a_greedy_label_with_an_empty_segment_is_not_sent() {
    for label in ["/a", "a//b", "a//", "/", "//"] {
        let error = refusal(GetPath { path: label.to_owned() }).await;
        assert!(error.ends_with("GetPath: the label Path has an empty segment, which makes another path"), "{label}: {error}");
    }
}

#[tokio::test]
async fn a_slash_ends_a_greedy_label_only_where_the_path_ends() {
    let script = Script::new([ok("")]);
    client(&script).ask(GetPath { path: "a/".to_owned() }).await.unwrap();
    assert_eq!(script.only().uri.path(), "/files/a/");

    let error = client(&Script::default()).ask(GetPathMeta { path: "a/".to_owned() }).await.unwrap_err().to_string();
    assert!(error.ends_with("GetPathMeta: the label Path has an empty segment, which makes another path"), "{error}");
}

#[tokio::test]
async fn an_empty_label_is_not_sent() {
    let error = refusal(GetContactInstance::default()).await;
    assert_eq!(error, "the request to the service could not be made: GetContactInstance: the label Id is empty");
    let error = refusal(GetPath::default()).await;
    assert!(error.ends_with("GetPath: the label Path is empty"), "{error}");
}
