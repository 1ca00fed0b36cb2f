//! Upstreams that mean harm, or are broken, on real sockets: what a call comes to, how often it is made, and how much is read.

use super::archive::*;
use super::desk::*;
use super::upstream::{Peer, Upstream};
use super::*;
use crate::client::ResponseLimits;
use crate::codec::DecodeLimits;
use crate::error::{ClientErrorKind, ServiceError as _};
use crate::operation::Operation;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write as _;
use std::time::{Duration, Instant};

const MOMENT: Duration = Duration::from_millis(300);

/// What a server and its client may have in buffers between them.
const BUFFERS: u64 = 32 << 20;

/// A client that tries three times, and hardly waits before it does.
fn client_of(upstream: &Upstream, timeouts: TimeoutConfig) -> Core {
    let config = SdkConfig::builder()
        .endpoint_url(upstream.url())
        .region(Region::from_static("us-west-2"))
        .credentials_provider(SharedCredentialsProvider::new(credentials("AKID")))
        .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(1)))
        .timeout_config(timeouts);
    Core::new(&DESK, &config.build())
}

fn patient() -> TimeoutConfig {
    TimeoutConfig::builder().operation_timeout(Duration::from_secs(20)).build()
}

/// What a call comes to that must fail, and how often it was made.
async fn failure(upstream: &Upstream) -> (ClientErrorKind, String, usize) {
    let (error, attempts) = error(upstream).await;
    let Error::Client(error) = error else { panic!("{error:?}") };
    (error.kind(), error.to_string(), attempts)
}

async fn error(upstream: &Upstream) -> (Error, usize) {
    let error = client_of(upstream, patient()).ask(ListContacts::default()).await.unwrap_err();
    (error, upstream.requests())
}

fn answer(status: &str, head: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n{head}\r\n{body}", body.len())
}

const CHUNKED: &[u8] = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

/// What a call comes to whose timeouts are as short as a moment, and how long it took.
async fn impatient<O: Operation<Error = Error>>(upstream: &Upstream, request: O, timeouts: TimeoutConfig) -> ClientErrorKind
where
    O::Response: std::fmt::Debug,
{
    let begin = Instant::now();
    let client = client_of(upstream, timeouts);
    let error = client.ask(request).await.unwrap_err();
    assert!(begin.elapsed() < Duration::from_secs(20), "{:?}", begin.elapsed());
    let Error::Client(error) = error else { panic!("{error:?}") };
    error.kind()
}

fn read_timeout() -> TimeoutConfig {
    TimeoutConfig::builder().read_timeout(MOMENT).build()
}

fn attempt_timeout() -> TimeoutConfig {
    TimeoutConfig::builder().operation_attempt_timeout(MOMENT).build()
}

#[tokio::test]
async fn a_silent_server_is_asked_three_times() {
    let upstream = Upstream::new(Peer::hold);
    assert_eq!(impatient(&upstream, ListContacts::default(), read_timeout()).await, ClientErrorKind::Timeout);
    assert_eq!(upstream.requests(), 3);
    assert_eq!(upstream.written().await, 0);
}

#[tokio::test]
async fn a_head_that_comes_byte_by_byte_is_not_waited_for() {
    let upstream = Upstream::new(|peer| {
        peer.write(b"HTTP/1.1 200 OK\r\n")?;
        peer.drip(&[b"x", b"-", b"a", b":", b"1", b"\r\n"])
    });
    assert_eq!(impatient(&upstream, ListContacts::default(), read_timeout()).await, ClientErrorKind::Timeout);
    upstream.written().await;
}

#[tokio::test]
async fn a_body_that_comes_bit_by_bit_is_not_waited_for() {
    let upstream = Upstream::new(|peer| {
        peer.write(CHUNKED)?;
        peer.drip(&[b"1\r\n \r\n"])
    });
    assert_eq!(impatient(&upstream, ListContacts::default(), attempt_timeout()).await, ClientErrorKind::Timeout);
    assert_eq!(upstream.requests(), 3);
    upstream.written().await;
}

#[tokio::test]
async fn a_body_that_does_not_go_on_breaks_off_long_before_the_timeouts() {
    let upstream = Upstream::new(|peer| {
        peer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{")?;
        peer.hold()
    });
    let stalls = StalledStreamProtectionConfig::enabled().grace_period(MOMENT).build();
    let config = SdkConfig::builder()
        .endpoint_url(upstream.url())
        .region(Region::from_static("us-west-2"))
        .credentials_provider(SharedCredentialsProvider::new(credentials("AKID")))
        .stalled_stream_protection(stalls);
    let client = Core::new(&DESK, &config.build());
    let begin = Instant::now();
    client.ask(ListContacts::default()).retry(RetryConfig::disabled()).await.unwrap_err();
    assert!(begin.elapsed() < Duration::from_secs(20), "{:?}", begin.elapsed());
    let body = client.ask(GetFile {}).await.unwrap().body;
    let error = body.collect().await.unwrap_err().to_string();
    assert!(error.contains("throughput"), "{error}");
    upstream.written().await;
}

#[tokio::test]
async fn interim_answers_without_end_are_not_waited_for() {
    let upstream = Upstream::new(|peer| peer.drip(&[b"HTTP/1.1 102 Processing\r\n\r\n"]));
    assert_eq!(impatient(&upstream, ListContacts::default(), attempt_timeout()).await, ClientErrorKind::Timeout);
    upstream.written().await;
}

#[tokio::test]
async fn a_body_that_says_that_it_is_too_large_is_not_read_and_not_asked_for_again() {
    let upstream = Upstream::new(|peer| {
        peer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 3000000000\r\n\r\n")?;
        peer.write_on(&[b' '; 65_536])
    });
    let (kind, text, attempts) = failure(&upstream).await;
    assert_eq!((kind, attempts), (ClientErrorKind::Response, 1));
    assert!(text.contains("the body has more than 67108864 bytes"), "{text}");
    assert!(upstream.written().await < BUFFERS);
}

#[tokio::test]
async fn a_body_without_end_is_read_to_its_limit_and_not_asked_for_again() {
    let upstream = Upstream::new(|peer| {
        peer.write(CHUNKED)?;
        peer.write_on(&[b"10000\r\n".as_slice(), &[b' '; 65_536], b"\r\n"].concat())
    });
    let client = client_of(&upstream, patient()).with_response_limits(ResponseLimits::default().body(1 << 20));
    let error = client.ask(ListContacts::default()).await.unwrap_err();
    assert!(error.to_string().contains("the body has more than 1048576 bytes"), "{error}");
    assert_eq!(upstream.requests(), 1);
    assert!(upstream.written().await < BUFFERS);
}

#[tokio::test]
async fn limits_are_those_of_the_call_else_of_the_client() {
    let upstream = Upstream::saying(answer("200 OK", "", r#"{"Names":["a","b"]}"#));
    let client = client_of(&upstream, patient()).with_response_limits(ResponseLimits::default().body(18));
    client.ask(ListContacts::default()).await.unwrap_err();
    let limits = ResponseLimits::default().body(19);
    client.ask(ListContacts::default()).response_limits(limits).await.unwrap();
    let limits = limits.decode(DecodeLimits::default().depth(1));
    let error = client.ask(ListContacts::default()).response_limits(limits).await.unwrap_err();
    assert!(error.to_string().contains("nested more than 1 levels deep"), "{error}");
}

#[tokio::test]
async fn a_short_body_that_becomes_large_values_is_refused() {
    let body = format!(r#"{{"Names":[{}""]}}"#, r#""","#.repeat(1_000_000));
    let upstream = Upstream::saying(answer("200 OK", "", &body));
    let (kind, text, attempts) = failure(&upstream).await;
    assert_eq!((kind, attempts), (ClientErrorKind::Response, 1));
    assert!(text.contains("more values than fit in"), "{text}");
}

#[tokio::test]
async fn an_answer_that_is_cut_is_asked_for_again_as_aws_does() {
    for cut in ["content-length: 100\r\n\r\n{\"Names\":", "transfer-encoding: chunked\r\n\r\n10\r\n{\"Na"] {
        let upstream = Upstream::saying(format!("HTTP/1.1 200 OK\r\n{cut}"));
        let (kind, _, attempts) = failure(&upstream).await;
        assert_eq!((kind, attempts), (ClientErrorKind::Response, 3), "{cut}");
    }
}

#[tokio::test]
async fn a_large_error_is_its_status_its_code_and_what_was_read() {
    let head = b"HTTP/1.1 400 Bad Request\r\nx-amzn-errortype: NotFoundException\r\nx-amzn-requestid: rid-1\r\n";
    for length in ["content-length: 3000000000\r\n\r\n", "\r\n"] {
        let upstream = Upstream::new(move |peer| {
            peer.write(head)?;
            peer.write(length.as_bytes())?;
            peer.write(b"{\"Message\":\"")?;
            peer.write_on(&[b'x'; 65_536])
        });
        let (error, attempts) = error(&upstream).await;
        let meta = error.exception().meta();
        assert_eq!((error.exception().status(), meta.request_id(), attempts), (400, Some("rid-1"), 1));
        assert_eq!(error.exception().code(), "NotFoundException");
        assert!(error.to_string().len() < 2000, "{}", error.to_string().len());
        assert!(upstream.written().await < BUFFERS);
    }
}

#[tokio::test]
async fn a_page_of_a_proxy_is_an_error_with_its_status() {
    let upstream = Upstream::saying(answer("200 OK", "content-type: text/html\r\n", "<html>welcome</html>"));
    let (kind, _, attempts) = failure(&upstream).await;
    assert_eq!((kind, attempts), (ClientErrorKind::Response, 1));

    let upstream = Upstream::saying(answer("502 Bad Gateway", "content-type: text/html\r\n", "<html>sorry</html>"));
    let (error, attempts) = error(&upstream).await;
    assert_eq!((error.exception().status(), attempts), (502, 3));
}

#[tokio::test]
async fn what_is_not_http_is_an_error() {
    for garbage in [
        b"SSH-2.0-OpenSSH_9.6\r\n\r\n".as_slice(),
        b"\0\x01\xff\xfe\r\n\r\n",
        b"HTTP/9.9 200 OK\r\n\r\n",
        b"HTTP/1.1 2OO OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999999\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nx y: z\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n",
        b"",
    ] {
        let upstream = Upstream::saying(garbage);
        let (error, attempts) = error(&upstream).await;
        let text = String::from_utf8_lossy(garbage);
        assert!(!matches!(error, Error::NotFound(_)), "{text}: {error:?}");
        assert!((1..=3).contains(&attempts), "{text}: {attempts}");
    }
}

#[tokio::test]
async fn a_chunk_of_no_size_is_an_error() {
    for chunk in ["ZZ\r\n{}\r\n", "-1\r\n{}\r\n", "ffffffffffffffffff\r\n{}\r\n", "2\r\n{}XX"] {
        let upstream = Upstream::saying([CHUNKED, chunk.as_bytes()].concat());
        let (kind, _, attempts) = failure(&upstream).await;
        assert_eq!((kind, attempts), (ClientErrorKind::Response, 3), "{chunk}");
    }
}

#[tokio::test]
async fn a_flood_of_headers_is_an_error() {
    for header in ["x-a: b\r\n".to_owned(), format!("x-a: {}\r\n", "b".repeat(65_536))] {
        let upstream = Upstream::new(move |peer| {
            peer.write(b"HTTP/1.1 200 OK\r\n")?;
            peer.write_on(header.as_bytes())
        });
        let (kind, text, _) = failure(&upstream).await;
        assert!(matches!(kind, ClientErrorKind::Dispatch | ClientErrorKind::Response), "{kind:?} {text}");
        assert!(upstream.written().await < BUFFERS);
    }
}

#[tokio::test]
async fn nothing_is_decompressed() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![b' '; 64 << 20]).unwrap();
    encoder.write_all(b"{}").unwrap();
    let bomb = encoder.finish().unwrap();
    let head = format!("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n", bomb.len());
    let upstream = Upstream::saying([head.into_bytes(), bomb].concat());
    let (kind, _, attempts) = failure(&upstream).await;
    assert_eq!((kind, attempts), (ClientErrorKind::Response, 1));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let other = Upstream::saying(answer("200 OK", "", "{}"));
    for status in ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let upstream = Upstream::saying(answer(status, &format!("location: {}/contacts\r\n", other.url()), ""));
        let (error, attempts) = error(&upstream).await;
        assert_eq!((error.exception().status().to_string().as_str(), attempts), (&status[..3], 1));
    }
    assert_eq!(other.requests(), 0);
}

#[tokio::test]
async fn a_stream_has_no_limit_but_its_reader() {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", 1 << 20);
    let upstream = Upstream::saying([head.into_bytes(), vec![0; 1 << 20]].concat());
    let client = client_of(&upstream, patient()).with_response_limits(ResponseLimits::default().body(16));
    let file = client.ask(GetFile {}).await.unwrap();
    assert_eq!(file.body.collect().await.unwrap().len(), 1 << 20);
}
