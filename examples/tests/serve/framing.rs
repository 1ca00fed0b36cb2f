//! Requests whose head, target or end is not what it should be: none is taken for two, and none ends the server.

use crate::support::*;
use connect_server::Server;
use smithwright_examples::Desk;
use std::sync::Arc;
use tokio::task::JoinSet;

const BODY: &str = r#"{"InstanceId":"i","Channel":"TASK","InitiationMethod":"API"}"#;

/// What another request would be, if a body was taken for shorter than it is.
const SMUGGLED: &str = "GET /contacts/instance/smuggled HTTP/1.1\r\nhost: localhost\r\n\r\n";

/// A request that creates a contact, with more headers and a body.
fn create(headers: &str, body: &str) -> String {
    format!("PUT /contact/create-contact HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n{headers}\r\n{body}")
}

fn describe(headers: &str) -> String {
    format!("GET /contacts/i/c HTTP/1.1\r\n{headers}\r\n")
}

fn chunks(last: &str) -> String {
    format!("{:x}\r\n{BODY}\r\n{last}", BODY.len())
}

async fn desk() -> Served {
    Served::start(Server::new(Desk::default()).body_timeout(BRIEF), brief()).await
}

/// Sends all of them at once, each on a connection of its own; whatever comes, others are served.
async fn answered(cases: impl IntoIterator<Item = (&'static str, String, &'static [u16])>) {
    let served = Arc::new(desk().await);
    let mut exchanges = JoinSet::new();
    for (name, bytes, expected) in cases {
        let served = Arc::clone(&served);
        exchanges.spawn(async move { (name, served.exchange(bytes).await, expected) });
    }
    while let Some(exchange) = exchanges.join_next().await {
        let (name, text, expected) = exchange.unwrap();
        assert_eq!(statuses(&text), expected, "{name}: {text}");
    }
    assert!(served.serves().await);
}

#[tokio::test]
async fn a_body_has_one_end() {
    let (length, last) = (BODY.len(), "0\r\n\r\n");
    let smuggled = format!("{}{SMUGGLED}", chunks(last));
    let coded = |encoding: &str| create(&format!("transfer-encoding: {encoding}\r\n"), &chunks(last));
    answered([
        ("a length", create(&format!("content-length: {length}\r\n"), BODY), [200].as_slice()),
        ("chunks", coded("chunked"), &[200]),
        // The chunks count, as RFC 9112 has it, and nothing behind them is looked at.
        ("both", create(&format!("content-length: {length}\r\ntransfer-encoding: chunked\r\n"), &smuggled), &[200]),
        ("both, turned", create("transfer-encoding: chunked\r\ncontent-length: 4\r\n", &smuggled), &[200]),
        ("one length twice", create(&format!("content-length: {length}\r\ncontent-length: {length}\r\n"), BODY), &[200]),
        ("two lengths", create(&format!("content-length: {length}\r\ncontent-length: 1\r\n"), BODY), &[400]),
        ("a list of lengths", create(&format!("content-length: {length}, {length}\r\n"), BODY), &[400]),
        ("a signed length", create(&format!("content-length: +{length}\r\n"), BODY), &[400]),
        ("a negative length", create("content-length: -1\r\n", BODY), &[400]),
        ("a length beyond numbers", create("content-length: 99999999999999999999\r\n", BODY), &[400]),
        ("a length that is not there", create(&format!("content-length: {}\r\n", length + 1), BODY), &[408]),
        ("more than the length", create(&format!("content-length: {length}\r\n"), &format!("{BODY}more\r\n\r\n")), &[200, 400]),
        ("no coding", coded("identity"), &[400]),
        ("a coding behind the chunks", coded("chunked, identity"), &[400]),
        ("a coding before the chunks", coded("gzip, chunked"), &[501]),
        ("chunks twice", coded("chunked\r\ntransfer-encoding: chunked"), &[501]),
        ("a coding that nobody knows", coded("xchunked"), &[400]),
        ("a coding behind a vertical tab", coded("\x0bchunked"), &[400]),
        ("a space before the colon", create("transfer-encoding : chunked\r\n", &chunks(last)), &[400]),
        ("chunks in HTTP/1.0", coded("chunked").replace("HTTP/1.1", "HTTP/1.0"), &[400]),
        (
            "a body that nobody asked for",
            format!("{}{SMUGGLED}", describe(&format!("host: localhost\r\ncontent-length: {}\r\n", SMUGGLED.len()))),
            &[404],
        ),
    ])
    .await;
}

#[tokio::test]
async fn chunks_are_what_they_say() {
    let sent = |body: String| create("transfer-encoding: chunked\r\n", &body);
    let (length, large) = (BODY.len(), "b".repeat(40_000));
    answered([
        ("trailers", sent(chunks("0\r\nx-a: b\r\n\r\n")), [200].as_slice()),
        ("a length in the trailers", sent(chunks("0\r\ncontent-length: 5\r\n\r\n")), &[200]),
        ("endless trailers", sent(chunks(&format!("0\r\nx-a: {large}\r\n\r\n"))), &[400]),
        ("an extension", sent(format!("{length:x};a=b\r\n{BODY}\r\n0\r\n\r\n")), &[200]),
        ("an endless extension", sent(format!("{length:x};a={large}\r\n{BODY}\r\n0\r\n\r\n")), &[400]),
        ("a line feed in an extension", sent(format!("{length:x};a\nb\r\n{BODY}\r\n0\r\n\r\n")), &[400]),
        ("a size beyond numbers", sent(format!("fffffffffffffffff\r\n{BODY}\r\n0\r\n\r\n")), &[400]),
        ("a size with a prefix", sent(format!("0x{length:x}\r\n{BODY}\r\n0\r\n\r\n")), &[400]),
        ("line feeds alone", sent(format!("{length:x}\n{BODY}\n0\n\n")), &[400]),
        ("no end", sent(chunks("")), &[408]),
    ])
    .await;
}

#[tokio::test]
async fn a_head_is_a_line_and_headers() {
    let local = "host: localhost\r\n";
    answered([
        ("a header on two lines", describe(&format!("{local}x-a: 1\r\n 2\r\n")), [400].as_slice()),
        // RFC 9112 lets a recipient take it; there is no other way to read it.
        ("line feeds alone", describe(local).replace('\r', ""), &[404]),
        ("a carriage return alone", describe(&format!("{local}x: a\rb: c\r\n")), &[400]),
        ("a NUL", describe(&format!("{local}x: a\0b\r\n")), &[400]),
        ("empty lines before it", format!("\r\n\r\n{}", describe(local)), &[404]),
        ("a method that is not one", describe(local).replace("GET", "G@T"), &[400]),
        ("HTTP/0.9", "GET /contacts/i/c\r\n\r\n".to_owned(), &[400]),
        ("HTTP/1.0", describe(local).replace("1.1", "1.0"), &[404]),
        ("HTTP/1.2", describe(local).replace("1.1", "1.2"), &[400]),
        ("HTTP/2, by what it begins with", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(), &[]),
        ("HTTP/2, by an upgrade", describe(&format!("{local}connection: upgrade\r\nupgrade: h2c\r\n")), &[404]),
        ("TLS", "\x16\x03\x01\x02\0\x01\0\x01\r\n\r\n".to_owned(), &[400]),
        ("half of it", "GET /con".to_owned(), &[]),
        ("nothing", String::new(), &[]),
        ("many headers", describe(&format!("{local}{}", "a: b\r\n".repeat(101))), &[431]),
        ("a long header", describe(&format!("{local}a: {}\r\n", "b".repeat(40_000))), &[431]),
        ("an expectation", create(&format!("expect: 100-continue\r\ncontent-length: {}\r\n", BODY.len()), BODY), &[100, 200]),
    ])
    .await;
}

#[tokio::test]
async fn a_target_is_a_path_of_this_host() {
    let to = |target: &str| format!("GET {target} HTTP/1.1\r\nhost: localhost\r\n\r\n");
    answered([
        ("with a host", to("http://localhost/contacts/i/c"), [404].as_slice()),
        ("of another host", to("http://evil.example/contacts/i/c"), &[421]),
        ("no path", to("contacts/i/c"), &[400]),
        ("a space", to("/contacts/i /c"), &[400]),
        ("*", to("*"), &[404]),
        ("OPTIONS *", to("*").replace("GET", "OPTIONS"), &[404]),
        ("CONNECT", to("localhost:80").replace("GET", "CONNECT"), &[404]),
        ("a long one", to(&format!("/{}", "a".repeat(20_000))), &[414]),
        ("one that is longer than a head", to(&format!("/{}", "a".repeat(100_000))), &[431]),
    ])
    .await;
}

#[tokio::test]
async fn a_host_is_named_once_and_is_this_one() {
    answered([
        ("its address", describe("host: 127.0.0.1:80\r\n"), [404].as_slice()),
        ("its name", describe("host: desk.example\r\n"), &[404]),
        ("another's", describe("host: evil.example\r\n"), &[421]),
        ("none", describe(""), &[400]),
        ("none, in HTTP/1.0", describe("").replace("1.1", "1.0"), &[400]),
        ("two", describe("host: localhost\r\nhost: localhost\r\n"), &[400]),
    ])
    .await;
}

#[tokio::test]
async fn requests_one_behind_the_other_are_answered_in_turn() {
    answered([("three", ASK.repeat(3), [404, 404, 404].as_slice())]).await;
}

#[tokio::test]
async fn what_is_refused_here_looks_like_an_error_of_the_service() {
    let served = desk().await;
    let text = served.exchange(describe("host: evil.example\r\n")).await;
    assert!(text.contains("x-amzn-errortype: MisdirectedRequestException\r\n"), "{text}");
    assert!(text.contains("x-amzn-requestid: "), "{text}");
    assert!(text.ends_with(r#"{"message":"This server does not go by the request's host"}"#), "{text}");
}
