//! What is sent of a body that is in memory, and which headers follow from it.

use super::archive::*;
use super::script::{Script, Sent, ok};
use super::*;
use crate::operation::Operation;
use aws_smithy_types::base64;
use flate2::read::GzDecoder;
use md5::{Digest as _, Md5};
use std::io::Read as _;

async fn sent<O: Operation>(request: impl Into<O>) -> Sent
where
    O::Error: std::fmt::Debug,
    O::Response: std::fmt::Debug,
{
    let script = Script::new([ok("")]);
    client(&script).ask(request.into()).await.unwrap();
    script.only()
}

fn unpacked(bytes: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    text
}

fn md5(bytes: &[u8]) -> String {
    base64::encode(Md5::digest(bytes))
}

/// A note whose body has so many bytes.
fn note_of(length: usize) -> String {
    "x".repeat(length - r#"{"Text":""}"#.len())
}

#[tokio::test]
async fn a_structure_without_members_is_an_empty_object() {
    let sent = sent::<PutNote>(PutNote { text: None, .."".into() }).await;
    assert_eq!((sent.body.as_str(), sent.header("content-type")), ("{}", Some("application/json")));
}

#[tokio::test]
async fn a_checksum_is_sent_where_the_model_asks_for_one() {
    let note = sent::<PutCheckedNote>("hello").await;
    assert_eq!(note.body, r#"{"Text":"hello"}"#);
    assert_eq!(note.header("content-md5"), Some(md5(&note.bytes).as_str()));
    assert_eq!(sent::<PutNote>("hello").await.header("content-md5"), None);
}

#[tokio::test]
async fn a_checksum_of_the_callers_is_left_alone() {
    let script = Script::new([ok("")]);
    client(&script).ask(PutCheckedNote::from("hello")).header("Content-MD5", "own").await.unwrap();
    let sent = script.only();
    assert_eq!(sent.headers.get_all("content-md5").iter().collect::<Vec<_>>(), ["own"]);
}

#[tokio::test]
async fn a_body_of_ten_kibibytes_is_compressed_and_a_smaller_one_is_not() {
    let text = note_of(10_240);
    let large = sent::<PutCompressedNote>(text.as_str()).await;
    assert_eq!(unpacked(&large.bytes), format!(r#"{{"Text":"{text}"}}"#));
    assert_eq!(large.header("content-encoding"), Some("gzip"));
    assert_eq!(large.header("content-length"), Some(large.bytes.len().to_string().as_str()));

    let small = sent::<PutCompressedNote>(note_of(10_239).as_str()).await;
    assert_eq!((small.bytes.len(), small.header("content-encoding")), (10_239, None));
}

#[tokio::test]
async fn only_what_the_model_says_is_compressed() {
    assert_eq!(sent::<PutNote>(note_of(20_000).as_str()).await.header("content-encoding"), None);
}

#[tokio::test]
async fn the_program_says_what_is_compressed() {
    for (config, is_compressed) in [
        (|config: Builder| config.request_min_compression_size_bytes(16), true),
        (|config: Builder| config.request_min_compression_size_bytes(17), false),
        (|config: Builder| config.request_min_compression_size_bytes(0).disable_request_compression(true), false),
    ] as [(fn(Builder) -> Builder, bool); 3]
    {
        let script = Script::new([ok("")]);
        Core::new(&DESK, &config(super::config(&script)).build()).ask(PutCompressedNote::from("hello")).await.unwrap();
        assert_eq!(script.only().header("content-encoding").is_some(), is_compressed);
    }
}

#[tokio::test]
async fn compression_is_told_behind_the_encodings_that_are_there_already() {
    let request = PutCompressedNote { encoding: Some("custom".to_owned()), ..note_of(10_240).as_str().into() };
    assert_eq!(sent::<PutCompressedNote>(request).await.header("content-encoding"), Some("custom, gzip"));
}

#[tokio::test]
async fn a_checksum_is_that_of_the_compressed_body() {
    let sent = sent::<PutCompressedCheckedNote>(note_of(10_240).as_str()).await;
    assert_eq!(sent.header("content-encoding"), Some("gzip"));
    assert_eq!(sent.header("content-md5"), Some(md5(&sent.bytes).as_str()));
}
