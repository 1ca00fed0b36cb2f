//! Requests with checksums.

use super::things::Error;
use super::{answer, error};
use crate::codegen::*;
use crate::protocol::RestJson1;
use http::Request;
use http_body_util::Full;

const DIGITS: &str = "123456789";

macro_rules! take {
    ($request:ident { $member:ident: $type:ty }; $info:expr; $($binding:tt)*) => {
        #[derive(Clone, Debug, Default)]
        pub(super) struct $request {
            $member: $type,
            encoding: Option<String>,
        }

        request! { $request: default {} }

        impl Validate for $request {}

        impl Operation for $request {
            type Response = Text;
            type Error = Error;
            const INFO: OperationInfo = $info.response(Media::Raw("text/plain"));

            bindings! {
                header "content-encoding" => encoding,
                $($binding)* => $member,
            }
        }
    };
}

macro_rules! take_text {
    ($request:ident, $uri:literal, $checksum:expr) => {
        take! {
            $request { text: Option<String> };
            OperationInfo::new("TakeText", "POST", $uri, &[]).request(Media::Raw("text/plain")).request_checksum($checksum).gzip();
            raw_payload "text/plain"
        }
    };
}

take_text!(TakeMd5, "/md5", RequestChecksum::ContentMd5);
take_text!(TakeSupported, "/supported", RequestChecksum::Supported);
take_text!(TakeRequired, "/required", RequestChecksum::Required);
take! {
    TakeFile { file: ByteStream };
    OperationInfo::new("TakeFile", "PUT", "/file", &[]).request(Media::SizedStream(None)).request_checksum(RequestChecksum::Required);
    stream_payload "application/octet-stream"
}

#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    text: Option<String>,
}

structure! { Text: default {} }

impl Structure for Text {
    members! {}
}

impl Message for Text {
    bindings! { raw_payload "text/plain" => text, }
}

pub(super) trait Taking: Send + Sync + 'static {
    fn take_md5(&self, request: TakeMd5) -> impl Future<Output = Result<Text, Error>> + Send;

    fn take_supported(&self, request: TakeSupported) -> impl Future<Output = Result<Text, Error>> + Send;

    fn take_required(&self, request: TakeRequired) -> impl Future<Output = Result<Text, Error>> + Send;

    fn take_file(&self, request: TakeFile) -> impl Future<Output = Result<Text, Error>> + Send;
}

mod generated {
    use super::*;

    crate::server! {
        /// Takes what has a checksum.
        Taking, Error, [RestJson1];
        take_md5(TakeMd5),
        take_supported(TakeSupported),
        take_required(TakeRequired),
        take_file(TakeFile),
    }
}

struct Taker;

fn text(text: Option<String>, encoding: Option<String>) -> Result<Text, Error> {
    let text = text.unwrap_or_default();
    Ok(Text { text: Some(encoding.map_or(text.clone(), |encoding| format!("{encoding}: {text}"))) })
}

impl Taking for Taker {
    async fn take_md5(&self, request: TakeMd5) -> Result<Text, Error> {
        text(request.text, request.encoding)
    }

    async fn take_supported(&self, request: TakeSupported) -> Result<Text, Error> {
        text(request.text, request.encoding)
    }

    async fn take_required(&self, request: TakeRequired) -> Result<Text, Error> {
        text(request.text, request.encoding)
    }

    /// Tells the length, and what came of reading.
    async fn take_file(&self, request: TakeFile) -> Result<Text, Error> {
        let length = request.file.length();
        let read = match request.file.collect().await {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) => error.to_string(),
        };
        text(Some(format!("{length:?} {read}")), request.encoding)
    }
}

fn server() -> generated::Server {
    generated::Server::new(Taker)
}

fn request(uri: &str, headers: &[(&str, &str)], body: impl Into<bytes::Bytes>) -> Request<Full<bytes::Bytes>> {
    let method = if uri == "/file" { "PUT" } else { "POST" };
    let media = if uri == "/file" { "application/octet-stream" } else { "text/plain" };
    let request = Request::builder().method(method).uri(uri).header("content-type", media);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    request.body(Full::new(body.into())).unwrap()
}

async fn post(uri: &str, headers: &[(&str, &str)], body: &'static str) -> (u16, String, String) {
    answer(server(), request(uri, headers, body)).await
}

fn took(text: &str) -> (u16, String, String) {
    (200, String::new(), text.to_owned())
}

fn refused(message: &str) -> (u16, String, String) {
    error(400, "BadDigestException", message)
}

const MD5: (&str, &str) = ("content-md5", "JfnnlDI7RTiF9RgfG2JNCw==");
const CRC32: (&str, &str) = ("x-amz-checksum-crc32", "y/Q5Jg==");
const WRONG: (&str, &str) = ("x-amz-checksum-crc32", "AAAAAA==");

#[tokio::test]
async fn a_body_with_its_checksum_is_taken() {
    for uri in ["/md5", "/supported", "/required"] {
        assert_eq!(post(uri, &[MD5], DIGITS).await, took(DIGITS), "{uri}");
    }
    for (name, value) in [
        CRC32,
        ("x-amz-checksum-crc32c", "4waSgw=="),
        ("x-amz-checksum-crc64nvme", "rosUhgp5mIg="),
        ("x-amz-checksum-sha1", "98O8HYCOBHMq32eZZczDTKeuNEE="),
        ("x-amz-checksum-sha256", "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="),
    ] {
        assert_eq!(post("/required", &[(name, value)], DIGITS).await, took(DIGITS), "{name}");
        assert_eq!(
            post("/supported", &[(name, value)], "987654321").await,
            refused(&format!("The checksum of the body is not the one in {name}"))
        );
    }
}

#[tokio::test]
async fn each_of_several_checksums_is_verified() {
    assert_eq!(post("/required", &[MD5, CRC32], DIGITS).await, took(DIGITS));
    let other = refused("The checksum of the body is not the one in x-amz-checksum-crc32");
    assert_eq!(post("/required", &[MD5, WRONG], DIGITS).await, other);
}

#[tokio::test]
async fn a_checksum_that_is_asked_for_must_be_there() {
    assert_eq!(post("/md5", &[], DIGITS).await, refused("This operation takes a body with its checksum in content-md5"));
    let expected = "This operation takes a body with its checksum in content-md5, or in x-amz-checksum-crc32 or the like";
    assert_eq!(post("/required", &[], DIGITS).await, refused(expected));
    assert_eq!(post("/supported", &[], DIGITS).await, took(DIGITS));
}

#[tokio::test]
async fn a_proxy_takes_what_has_none_and_still_verifies_what_has_one() {
    let proxy = || server().validation(false);
    assert_eq!(answer(proxy(), request("/required", &[], DIGITS)).await, took(DIGITS));
    assert_eq!(answer(proxy(), request("/required", &[WRONG], DIGITS)).await.0, 400);
}

#[tokio::test]
async fn no_body_has_the_checksum_of_nothing() {
    assert_eq!(post("/required", &[("x-amz-checksum-crc32", "AAAAAA==")], "").await, took(""));
    let other = refused("The checksum of the body is not the one in x-amz-checksum-crc32");
    assert_eq!(post("/required", &[CRC32], "").await, other);
}

#[tokio::test]
async fn only_an_operation_with_checksums_looks_at_them() {
    assert_eq!(post("/md5", &[MD5, WRONG], DIGITS).await, took(DIGITS));
}

#[tokio::test]
async fn a_checksum_is_that_of_the_compressed_body() {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(DIGITS.as_bytes()).unwrap();
    let body = encoder.finish().unwrap();
    let checksum = crate::checksum::Digest::md5().of(&body);
    let headers = [("content-md5", checksum.as_str()), ("content-encoding", "gzip")];
    assert_eq!(answer(server(), request("/md5", &headers, body)).await, took(DIGITS));
}

const CHUNKS: &str = "4\r\n1234\r\n5\r\n56789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n";
const OTHER_CHUNKS: &str = "4\r\n1234\r\n5\r\n56789\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n";
const BARE_CHUNKS: &str = "4\r\n1234\r\n5\r\n56789\r\n0\r\n\r\n";
const CHUNKED: [(&str, &str); 3] =
    [("content-encoding", "aws-chunked"), ("x-amz-trailer", "x-amz-checksum-crc32"), ("x-amz-decoded-content-length", "9")];

#[tokio::test]
async fn chunks_are_put_together_and_their_trailer_is_verified() {
    assert_eq!(post("/required", &CHUNKED, CHUNKS).await, took(DIGITS));
    let other = refused("The checksum of the body is not the one in x-amz-checksum-crc32");
    assert_eq!(post("/required", &CHUNKED, OTHER_CHUNKS).await, other);
    let missing = refused("The checksum x-amz-checksum-crc32 did not come behind the body");
    assert_eq!(post("/required", &CHUNKED, BARE_CHUNKS).await, missing);
}

#[tokio::test]
async fn a_stream_is_verified_while_it_is_read() {
    assert_eq!(post("/file", &CHUNKED, CHUNKS).await, took("Some(9) 123456789"));
    let other = took("Some(9) the checksum of the body is not the one in `x-amz-checksum-crc32`");
    assert_eq!(post("/file", &CHUNKED, OTHER_CHUNKS).await, other);
}

#[tokio::test]
async fn other_codings_are_left_to_a_member() {
    for coding in ["custom, aws-chunked", "aws-chunked,custom"] {
        let headers = [("content-encoding", coding), CHUNKED[1], CHUNKED[2]];
        assert_eq!(post("/required", &headers, CHUNKS).await, took("custom: 123456789"), "{coding}");
    }
}

#[tokio::test]
async fn chunks_of_another_length_than_announced_are_refused() {
    let with_length = |length| [CHUNKED[0], CHUNKED[1], ("x-amz-decoded-content-length", length)];
    let broken = error(400, "IncompleteBodyException", "The body could not be read");
    assert_eq!(post("/required", &with_length("10"), CHUNKS).await, broken);
    let no_length = error(400, "SerializationException", "The header x-amz-decoded-content-length has no length");
    for length in ["-1", "+9", "nine", "", "99999999999999999999"] {
        assert_eq!(post("/required", &with_length(length), CHUNKS).await, no_length, "{length}");
    }
}

#[tokio::test]
async fn a_body_that_is_announced_to_be_too_large_is_refused_unread() {
    let headers = [CHUNKED[0], CHUNKED[1], ("x-amz-decoded-content-length", "2000000")];
    assert_eq!(post("/required", &headers, CHUNKS).await.0, 413);
}
