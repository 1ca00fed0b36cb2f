//! Requests that are compressed.

use super::*;
use flate2::write::GzEncoder;
use std::future::poll_fn;
use std::io::Write as _;
use std::pin::pin;

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn post(encodings: &[&str], body: impl Into<Bytes>) -> Request<Full<Bytes>> {
    let body = body.into();
    let mut request = Request::post("/compressed").header("content-type", "text/plain").header("content-length", body.len());
    for encoding in encodings {
        request = request.header("content-encoding", *encoding);
    }
    request.body(Full::new(body)).unwrap()
}

fn took(text: &str) -> (u16, String, String) {
    (200, String::new(), text.to_owned())
}

#[tokio::test]
async fn a_compressed_body_is_taken_for_what_it_was() {
    for encoding in ["gzip", "GZIP", " gzip ", "x-gzip"] {
        assert_eq!(answer(cabinet(), post(&[encoding], gzip(b"hello"))).await, took("hello"), "{encoding}");
    }
}

#[tokio::test]
async fn a_body_that_is_not_compressed_is_taken_as_it_is() {
    assert_eq!(answer(cabinet(), post(&[], "hello")).await, took("hello"));
    assert_eq!(answer(cabinet(), post(&["custom"], "hello")).await, took("custom: hello"));
}

#[tokio::test]
async fn other_encodings_are_left_to_a_member() {
    for encodings in [["custom, other", "gzip"].as_slice(), &["custom, other, gzip"], &["custom", "other,gzip"]] {
        let (status, _, text) = answer(cabinet(), post(encodings, gzip(b"hello"))).await;
        assert_eq!((status, text.replace(", ", ",").as_str()), (200, "custom,other: hello"), "{encodings:?}");
    }
}

#[tokio::test]
async fn only_an_operation_that_compresses_takes_gzip() {
    let mut request = post(&["gzip"], "hello");
    *request.uri_mut() = "/text".parse().unwrap();
    assert_eq!(answer(cabinet(), request).await, took("hello"));
}

#[tokio::test]
async fn a_body_that_is_compressed_in_parts_is_put_together() {
    assert_eq!(answer(cabinet(), post(&["gzip"], [gzip(b"hel"), gzip(b"lo")].concat())).await, took("hello"));
}

#[tokio::test]
async fn a_compressed_stream_is_read_as_it_arrives() {
    let text = "hello ".repeat(10_000);
    let mut request = post(&["gzip"], gzip(text.as_bytes()));
    *request.method_mut() = http::Method::PUT;
    assert_eq!(answer(cabinet(), request).await, took(&format!("None {text}")));
}

#[tokio::test]
async fn what_is_not_gzip_or_ends_too_early_is_refused() {
    let expected = error(400, "IncompleteBodyException", "The body could not be read");
    let whole = gzip(b"hello");
    for body in [b"hello".to_vec(), whole[..whole.len() - 1].to_vec(), whole[..5].to_vec(), [&whole, b"more".as_slice()].concat()]
    {
        assert_eq!(answer(cabinet(), post(&["gzip"], body)).await, expected);
    }
}

#[tokio::test]
async fn a_body_that_is_compressed_twice_is_refused() {
    let refused = error(415, "UnsupportedMediaTypeException", "This operation takes a body that is compressed once");
    let twice = gzip(&gzip(b"hello"));
    for encodings in [["gzip, gzip"].as_slice(), &["gzip", "gzip"], &["x-gzip,GZIP"], &["gzip, custom, gzip"]] {
        assert_eq!(answer(cabinet(), post(encodings, twice.clone())).await, refused, "{encodings:?}");
    }
}

fn too_large(limit: usize) -> (u16, String, String) {
    error(413, "RequestEntityTooLargeException", &format!("The body is larger than {limit} bytes"))
}

#[tokio::test]
async fn the_limit_is_that_of_what_was_compressed() {
    let zeros = gzip(&vec![b'0'; 64 << 20]);
    assert!(zeros.len() < 100_000);
    assert_eq!(answer(cabinet().body_limit(1 << 20), post(&["gzip"], zeros)).await, too_large(1 << 20));
}

#[tokio::test]
async fn it_is_the_limit_of_what_it_was_compressed_to_as_well() {
    let nothing = gzip(b"").repeat(10);
    let limit = nothing.len();
    assert_eq!(answer(cabinet().body_limit(limit), post(&["gzip"], nothing.clone())).await, took(""));
    assert_eq!(answer(cabinet().body_limit(limit - 1), post(&["gzip"], nothing)).await, too_large(limit - 1));
}

#[tokio::test]
async fn others_get_their_turn_while_nothing_is_decompressed() {
    let mut answering = pin!(answer(cabinet(), post(&["gzip"], gzip(b"").repeat(10_000))));
    let mut turns = 0;
    let answer = poll_fn(|context| {
        turns += 1;
        answering.as_mut().poll(context)
    });
    assert_eq!(answer.await, took(""));
    assert!(turns > 10, "{turns}");
}
