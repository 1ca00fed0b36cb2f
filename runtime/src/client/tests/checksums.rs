//! Checksums of what is sent and received.

use super::desk::Error;
use super::script::{Script, Sent, ok};
use super::*;
use crate::codegen::*;
use crate::error::ClientErrorKind;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::checksum_config::{RequestChecksumCalculation, ResponseChecksumValidation};
use http_body_util::{Full, StreamBody};
use std::time::Duration;

/// The nine digits, whose checksums are published.
const DIGITS: &str = "123456789";

macro_rules! put {
    ($request:ident, $checksum:expr) => {
        #[derive(Clone, Debug, Default)]
        pub(super) struct $request {
            file: ByteStream,
            algorithm: Option<String>,
            crc32: Option<String>,
            encoding: Option<String>,
        }

        request! { $request: default {} }

        impl Validate for $request {}

        impl Operation for $request {
            type Response = ();
            type Error = Error;
            const INFO: OperationInfo =
                OperationInfo::new("PutFile", "PUT", "/file", &[]).request(Media::Stream(None)).request_checksum($checksum);

            bindings! {
                header "x-amz-sdk-checksum-algorithm" => algorithm,
                header "x-amz-checksum-crc32" => crc32,
                header "content-encoding" => encoding,
                stream_payload "application/octet-stream" => file,
            }

            fn checksum_members(&mut self) -> ChecksumMembers<'_> {
                ChecksumMembers::new().algorithm(&mut self.algorithm)
            }
        }

        impl<T: Into<ByteStream>> From<T> for $request {
            fn from(file: T) -> Self {
                Self { file: file.into(), ..Self::default() }
            }
        }
    };
}

put!(PutFile, RequestChecksum::Supported);
put!(PutCheckedFile, RequestChecksum::Required);

#[derive(Clone, Debug, Default)]
pub(super) struct GetFile {
    mode: Option<String>,
}

request! { GetFile: default {} }

impl Validate for GetFile {}

impl Presignable for GetFile {}

impl Operation for GetFile {
    type Response = File;
    type Error = Error;
    const INFO: OperationInfo = OperationInfo::new("GetFile", "GET", "/file", &[])
        .response(Media::Stream(None))
        .response_checksums(&[ChecksumAlgorithm::Crc32, ChecksumAlgorithm::Sha256, ChecksumAlgorithm::Crc64Nvme]);

    bindings! {
        header "x-amz-checksum-mode" => mode,
    }

    fn checksum_members(&mut self) -> ChecksumMembers<'_> {
        ChecksumMembers::new().mode(&mut self.mode)
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct File {
    pub(super) body: ByteStream,
}

structure! { File: default {} }

impl Structure for File {
    members! {}
}

impl Message for File {
    bindings! {
        stream_payload "application/octet-stream" => body,
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct GetNote {
    mode: Option<String>,
}

request! { GetNote: default {} }

impl Validate for GetNote {}

impl Operation for GetNote {
    type Response = super::desk::Contact;
    type Error = Error;
    const INFO: OperationInfo =
        OperationInfo::new("GetNote", "GET", "/note", &[]).response_checksums(&[ChecksumAlgorithm::Crc32]);

    bindings! {
        header "x-amz-checksum-mode" => mode,
    }

    fn checksum_members(&mut self) -> ChecksumMembers<'_> {
        ChecksumMembers::new().mode(&mut self.mode)
    }
}

async fn sent<O: Operation<Response = (), Error = Error>>(request: impl Into<O>) -> Sent {
    let script = Script::new([ok("")]);
    client(&script).ask(request.into()).await.unwrap();
    script.only()
}

/// A stream that is not in memory, and does or does not know its length.
fn stream(sized: bool) -> ByteStream {
    match sized {
        true => ByteStream::sized(Full::new(DIGITS.as_bytes()), Some(9)),
        false => ByteStream::from_body(StreamBody::new(Once(Some(DIGITS)))),
    }
}

struct Once(Option<&'static str>);

impl futures_core::Stream for Once {
    type Item = Result<http_body::Frame<bytes::Bytes>, std::convert::Infallible>;

    fn poll_next(mut self: std::pin::Pin<&mut Self>, _: &mut std::task::Context<'_>) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.take().map(|text| Ok(http_body::Frame::data(bytes::Bytes::from_static(text.as_bytes())))))
    }
}

#[tokio::test]
async fn the_checksum_of_a_body_in_memory_is_a_header() {
    for (algorithm, header, expected) in [
        ("CRC32", "x-amz-checksum-crc32", "y/Q5Jg=="),
        ("CRC32C", "x-amz-checksum-crc32c", "4waSgw=="),
        ("CRC64NVME", "x-amz-checksum-crc64nvme", "rosUhgp5mIg="),
        ("SHA1", "x-amz-checksum-sha1", "98O8HYCOBHMq32eZZczDTKeuNEE="),
        ("SHA256", "x-amz-checksum-sha256", "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="),
    ] {
        let sent = sent::<PutFile>(PutFile { algorithm: Some(algorithm.to_owned()), ..DIGITS.into() }).await;
        assert_eq!(sent.header(header), Some(expected));
        assert_eq!(sent.header("x-amz-sdk-checksum-algorithm"), Some(algorithm));
        assert_eq!((sent.body.as_str(), sent.header("content-encoding")), (DIGITS, None));
    }
}

#[tokio::test]
async fn the_checksum_that_nobody_chooses_is_crc32_and_says_so() {
    for sent in [sent::<PutFile>(DIGITS).await, sent::<PutCheckedFile>(DIGITS).await] {
        assert_eq!(sent.header("x-amz-checksum-crc32"), Some("y/Q5Jg=="));
        assert_eq!(sent.header("x-amz-sdk-checksum-algorithm"), Some("CRC32"));
    }
}

#[tokio::test]
async fn a_program_may_want_only_the_checksums_that_are_required() {
    let script = Script::new([ok(""), ok(""), ok("")]);
    let config = config(&script).request_checksum_calculation(RequestChecksumCalculation::WhenRequired);
    let client = Core::new(&DESK, &config.build());
    client.ask(PutFile::from(DIGITS)).await.unwrap();
    client.ask(PutCheckedFile::from(DIGITS)).await.unwrap();
    client.ask(PutFile { algorithm: Some("SHA1".to_owned()), ..DIGITS.into() }).await.unwrap();
    let [supported, required, chosen] = script.sent().try_into().unwrap();
    assert_eq!(supported.header("x-amz-checksum-crc32"), None);
    assert_eq!(supported.header("x-amz-sdk-checksum-algorithm"), None);
    assert_eq!(required.header("x-amz-checksum-crc32"), Some("y/Q5Jg=="));
    assert!(chosen.header("x-amz-checksum-sha1").is_some());
}

#[tokio::test]
async fn a_checksum_of_the_programs_goes_before() {
    let member = sent::<PutFile>(PutFile { crc32: Some("own".to_owned()), ..DIGITS.into() }).await;
    assert_eq!((member.header("x-amz-checksum-crc32"), member.header("x-amz-sdk-checksum-algorithm")), (Some("own"), None));

    let script = Script::new([ok("")]);
    let request = PutFile { algorithm: Some("XXHASH3".to_owned()), ..DIGITS.into() };
    client(&script).ask(request).header("x-amz-checksum-xxhash3", "own").await.unwrap();
    let header = script.only();
    assert_eq!(header.header("x-amz-checksum-xxhash3"), Some("own"));
    assert_eq!(header.header("x-amz-sdk-checksum-algorithm"), Some("XXHASH3"));
    assert_eq!(header.header("x-amz-checksum-crc32"), None);
}

#[tokio::test]
async fn an_algorithm_that_the_client_does_not_know_is_an_error_before_anything_is_sent() {
    let script = Script::default();
    let request = PutFile { algorithm: Some("XXHASH3".to_owned()), ..DIGITS.into() };
    let error = client(&script).ask(request).await.unwrap_err();
    assert!(matches!(&error, Error::Client(error) if error.kind() == ClientErrorKind::Construction));
    assert!(error.to_string().contains("does not know the algorithm `XXHASH3`"), "{error}");
}

#[tokio::test]
async fn the_checksum_of_a_stream_is_behind_its_chunks() {
    let sent = sent::<PutFile>(stream(true)).await;
    assert_eq!(sent.body, "9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n");
    for (name, expected) in [
        ("content-encoding", "aws-chunked"),
        ("content-length", "50"),
        ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
        ("x-amz-decoded-content-length", "9"),
        ("x-amz-sdk-checksum-algorithm", "CRC32"),
        ("x-amz-trailer", "x-amz-checksum-crc32"),
    ] {
        assert_eq!(sent.header(name), Some(expected), "{name}");
    }
    assert_eq!(sent.header("x-amz-checksum-crc32"), None);
    let signature = sent.header("authorization").unwrap();
    assert!(signature.contains("x-amz-content-sha256;") && signature.contains("x-amz-trailer"), "{signature}");
}

#[tokio::test]
async fn a_stream_of_unknown_length_goes_in_chunks_without_one() {
    let sent = sent::<PutFile>(PutFile { encoding: Some("custom".to_owned()), ..stream(false).into() }).await;
    assert_eq!(sent.header("content-encoding"), Some("custom, aws-chunked"));
    assert_eq!((sent.header("content-length"), sent.header("x-amz-decoded-content-length")), (None, None));
    assert!(sent.body.ends_with("\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n"), "{}", sent.body);
}

#[tokio::test]
async fn an_answer_is_asked_for_its_checksum_unless_the_program_says_otherwise() {
    let script = Script::new([ok(""), ok(""), ok("")]);
    client(&script).ask(GetFile::default()).await.unwrap();
    client(&script).ask(GetFile { mode: Some("DISABLED".to_owned()) }).await.unwrap();
    let config = config(&script).response_checksum_validation(ResponseChecksumValidation::WhenRequired);
    Core::new(&DESK, &config.build()).ask(GetFile::default()).await.unwrap();
    let modes: Vec<_> = script.sent().iter().map(|sent| sent.header("x-amz-checksum-mode").map(str::to_owned)).collect();
    assert_eq!(modes, [Some("ENABLED".to_owned()), Some("DISABLED".to_owned()), None]);
}

#[tokio::test]
async fn whoever_sends_a_presigned_request_need_not_ask_for_a_checksum() {
    let request = client(&Script::default()).ask(GetFile::default()).presigned(Duration::from_secs(60)).await.unwrap();
    assert_eq!(request.headers().len(), 0, "{:?}", request.headers());
}

/// What is read of a file whose answer has these checksums.
async fn file(request: GetFile, checksums: &[(&'static str, &'static str)]) -> Result<String, String> {
    let body = SdkBody::from_body_1_x(Full::new(bytes::Bytes::from_static(DIGITS.as_bytes())));
    let answer = checksums.iter().fold(ok(body), |answer, (name, value)| answer.with(name, value));
    let file = client(&Script::new([answer])).ask(request).await.unwrap();
    let bytes = file.body.collect().await.map_err(|error| error.to_string())?;
    Ok(String::from_utf8(bytes.to_vec()).unwrap())
}

#[tokio::test]
async fn a_stream_is_verified_while_it_is_read() {
    let wrong = "the checksum of the body is not the one in `x-amz-checksum-crc32`";
    assert_eq!(file(GetFile::default(), &[("x-amz-checksum-crc32", "y/Q5Jg==")]).await.unwrap(), DIGITS);
    assert_eq!(file(GetFile::default(), &[("x-amz-checksum-crc32", "AAAAAA==")]).await.unwrap_err(), wrong);
    let disabled = GetFile { mode: Some("DISABLED".to_owned()) };
    assert_eq!(file(disabled, &[("x-amz-checksum-crc32", "AAAAAA==")]).await.unwrap(), DIGITS);
}

#[tokio::test]
async fn of_several_checksums_the_first_that_the_operation_knows_is_verified() {
    let sums = [("x-amz-checksum-crc32", "AAAAAA=="), ("x-amz-checksum-crc64nvme", "rosUhgp5mIg=")];
    assert_eq!(file(GetFile::default(), &sums).await.unwrap(), DIGITS);
    assert_eq!(file(GetFile::default(), &[("x-amz-checksum-crc32c", "AAAAAA==")]).await.unwrap(), DIGITS);
}

#[tokio::test]
async fn a_checksum_of_the_checksums_of_parts_is_not_that_of_the_body() {
    assert_eq!(file(GetFile::default(), &[("x-amz-checksum-crc32", "AAAAAA==-3")]).await.unwrap(), DIGITS);
}

#[tokio::test]
async fn an_answer_in_memory_is_verified_before_it_is_read() {
    let note = r#"{"Name":"Ann"}"#;
    let answer = || ok(note).with("x-amz-checksum-crc32", "AAAAAA==");
    let error = client(&Script::new([answer()])).ask(GetNote::default()).await.unwrap_err();
    assert!(matches!(&error, Error::Client(error) if error.kind() == ClientErrorKind::Response), "{error}");
    assert!(error.to_string().contains("x-amz-checksum-crc32"), "{error}");
}
