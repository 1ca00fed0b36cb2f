//! Bodies that are not in memory, out and in.

use super::archive::*;
use super::desk::Error;
use super::script::{Answer, Script, answer, ok};
use super::*;
use crate::error::ClientErrorKind;
use crate::operation::Operation;
use crate::stream::{ByteStream, StreamError};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::timeout::TimeoutConfig;
use bytes::Bytes;
use flate2::read::GzDecoder;
use http_body::{Body, Frame, SizeHint};
use std::collections::VecDeque;
use std::io::Read as _;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::Instant;

/// A body of pieces, which breaks off where a piece is missing.
struct Pieces {
    pieces: VecDeque<Option<&'static str>>,
    /// Whether it tells its length.
    sized: bool,
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        Poll::Ready(self.pieces.pop_front().map(|piece| match piece {
            Some(piece) => Ok(Frame::data(Bytes::from_static(piece.as_bytes()))),
            None => Err(std::io::ErrorKind::ConnectionReset.into()),
        }))
    }

    fn size_hint(&self) -> SizeHint {
        let length = self.pieces.iter().flatten().map(|piece| piece.len() as u64).sum();
        if self.sized { SizeHint::with_exact(length) } else { SizeHint::default() }
    }
}

fn pieces(pieces: impl IntoIterator<Item = &'static str>) -> Pieces {
    Pieces { pieces: pieces.into_iter().map(Some).collect(), sized: false }
}

fn sized(all: impl IntoIterator<Item = &'static str>) -> ByteStream {
    ByteStream::from_body(Pieces { sized: true, ..pieces(all) })
}

fn unsized_stream() -> ByteStream {
    ByteStream::from_body(pieces(["ab", "c"]))
}

/// A response's body that is not in memory.
fn streamed(body: Pieces) -> SdkBody {
    SdkBody::from_body_1_x(body)
}

async fn refused<O: Operation<Error = Error>>(request: O) -> String
where
    O::Response: std::fmt::Debug,
{
    let script = Script::default();
    let error = client(&script).ask(request).await.unwrap_err();
    assert!(matches!(&error, Error::Client(error) if error.kind() == ClientErrorKind::Construction));
    error.to_string()
}

#[tokio::test]
async fn a_stream_of_unknown_length_goes_out_without_one() {
    let script = Script::new([ok("")]);
    client(&script).ask(PutFile::from(unsized_stream())).await.unwrap();
    let sent = script.only();
    assert_eq!((sent.body.as_str(), sent.whole), ("abc", false));
    assert_eq!(sent.header("content-length"), None);
    assert_eq!(sent.header("content-type"), Some("application/octet-stream"));
}

#[tokio::test]
async fn a_stream_tells_its_length_where_that_is_known() {
    let script = Script::new([ok("")]);
    client(&script).ask(PutFile::from(sized(["ab", "c"]))).await.unwrap();
    let sent = script.only();
    assert_eq!((sent.body.as_str(), sent.whole, sent.header("content-length")), ("abc", false, Some("3")));
}

#[tokio::test]
async fn a_member_may_tell_the_length_that_a_stream_does_not_know() {
    let script = Script::new([ok("")]);
    client(&script).ask(PutSizedFile { length: Some(3), ..unsized_stream().into() }).await.unwrap();
    assert_eq!(script.only().header("content-length"), Some("3"));
}

#[tokio::test]
async fn a_stream_whose_length_is_required_and_unknown_is_not_sent() {
    let error = refused(PutSizedFile::from(unsized_stream())).await;
    assert!(error.contains("the length of the stream must be known"), "{error}");
}

#[tokio::test]
async fn a_stream_that_needs_a_checksum_is_not_sent_without_the_callers() {
    let error = refused(PutCheckedFile::from(unsized_stream())).await;
    assert!(error.contains("content-md5"), "{error}");

    let script = Script::new([ok("")]);
    client(&script).ask(PutCheckedFile::from(unsized_stream())).header("content-md5", "own").await.unwrap();
    assert_eq!(script.only().header("content-md5"), Some("own"));
}

#[tokio::test]
async fn no_file_is_no_body() {
    let script = Script::new([ok("")]);
    client(&script).ask(PutFile::default()).await.unwrap();
    let sent = script.only();
    assert_eq!((sent.header("content-length"), sent.header("content-type")), (Some("0"), None));
}

#[tokio::test(start_paused = true)]
async fn a_stream_is_sent_once() {
    let script = Script::new([answer(503, ""), ok("")]);
    client(&script).ask(PutFile::from(unsized_stream())).await.unwrap_err();
    assert_eq!(script.sent().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_file_in_memory_is_sent_again() {
    let script = Script::new([answer(503, ""), ok("")]);
    client(&script).ask(PutFile::from("abc")).await.unwrap();
    let bodies: Vec<_> = script.sent().into_iter().map(|sent| sent.body).collect();
    assert_eq!(bodies, ["abc", "abc"]);
}

#[tokio::test]
async fn a_stream_that_breaks_off_is_a_request_that_cannot_be_made() {
    let body = Pieces { pieces: [Some("ab"), None].into(), sized: false };
    refused(PutFile::from(ByteStream::from_body(body))).await;
}

#[tokio::test]
async fn a_stream_is_compressed_as_it_goes() {
    let script = Script::new([ok("")]);
    client(&script).ask(PutCompressedFile { length: Some(3), ..unsized_stream().into() }).await.unwrap();
    let sent = script.only();
    assert_eq!((sent.header("content-encoding"), sent.header("content-length"), sent.whole), (Some("gzip"), None, false));
    let mut text = String::new();
    GzDecoder::new(&sent.bytes[..]).read_to_string(&mut text).unwrap();
    assert_eq!(text, "abc");
}

#[tokio::test]
async fn a_short_stream_of_known_length_is_not_compressed() {
    let script = Script::new([ok("")]);
    client(&script).ask(PutCompressedFile::from(sized(["abc"]))).await.unwrap();
    assert_eq!(script.only().body, "abc");
}

#[tokio::test]
async fn a_response_is_a_stream_beside_its_headers_and_its_status() {
    let script = Script::new([answer(206, streamed(pieces(["ab", "c"]))).with("x-pages", "7")]);
    let file = client(&script).ask(GetFile {}).await.unwrap();
    assert_eq!((file.status, file.pages, file.body.bytes()), (206, Some(7), None));
    assert_eq!(file.body.collect().await.unwrap(), "abc");
}

#[tokio::test]
async fn a_response_is_there_before_its_body_is() {
    struct Never;
    impl Body for Never {
        type Data = Bytes;
        type Error = StreamError;

        fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
            Poll::Pending
        }
    }
    let script = Script::new([ok(SdkBody::from_body_1_x(Never))]);
    assert_eq!(client(&script).ask(GetFile {}).await.unwrap().body.length(), None);
}

#[tokio::test(start_paused = true)]
async fn an_error_instead_of_a_stream_is_collected_and_retried() {
    let error = r#"{"Message":"no such file","__type":"NotFoundException"}"#;
    let script = Script::new([answer(503, streamed(pieces([""]))), answer(404, streamed(pieces([error])))]);
    let error = client(&script).ask(GetFile {}).await.unwrap_err();
    assert!(matches!(error, Error::NotFound(error) if error.message.as_deref() == Some("no such file")));
}

#[tokio::test]
async fn a_response_that_breaks_off_fails_its_reader() {
    let body = Pieces { pieces: [Some("ab"), None].into(), sized: false };
    let file = client(&Script::new([ok(streamed(body))])).ask(GetFile {}).await.unwrap();
    file.body.collect().await.unwrap_err();
}

#[tokio::test]
async fn a_stream_is_forwarded_as_it_comes() {
    let from = Script::new([ok(streamed(pieces(["ab", "c"])))]);
    let to = Script::new([ok("")]);
    let file = client(&from).ask(GetFile {}).await.unwrap();
    client(&to).ask(PutFile::from(file.body)).await.unwrap();
    assert_eq!((to.only().body.as_str(), to.only().whole), ("abc", false));
}

/// A body that ends after an hour.
fn slow() -> ByteStream {
    struct Slow(Pin<Box<tokio::time::Sleep>>);
    impl Body for Slow {
        type Data = Bytes;
        type Error = StreamError;

        fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
            self.0.as_mut().poll(context).map(|()| None)
        }
    }
    ByteStream::from_body(Slow(Box::pin(tokio::time::sleep(HOUR))))
}

const HOUR: Duration = Duration::from_secs(3600);

/// When a call is given up that nobody answers.
async fn given_up(request: PutFile, timeouts: Option<TimeoutConfig>) -> Duration {
    let begin = Instant::now();
    let mut config = config(&Script::new([Answer::Silence]));
    config.set_timeout_config(timeouts);
    let error = Core::new(&DESK, &config.build()).ask(request).await.unwrap_err();
    assert!(matches!(error, Error::Client(error) if error.kind() == ClientErrorKind::Timeout));
    begin.elapsed()
}

#[tokio::test(start_paused = true)]
async fn an_upload_takes_what_it_takes() {
    client(&Script::new([ok("")])).ask(PutFile::from(slow())).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn the_answer_to_an_upload_has_a_minute_from_its_end() {
    let minute = Duration::from_secs(60);
    assert_eq!(given_up(slow().into(), None).await.as_secs(), 3660);
    assert_eq!(given_up("short".into(), None).await.as_secs(), 60);
    let mebibyte = vec![0; 1 << 20];
    assert_eq!(given_up(mebibyte.into(), None).await.as_secs(), 60 + 16, "a slow line sends 64 KiB a second");

    let connect = TimeoutConfig::builder().connect_timeout(minute).build();
    assert_eq!(given_up("short".into(), Some(connect)).await.as_secs(), 60);
}

#[tokio::test(start_paused = true)]
async fn the_answer_to_an_upload_has_the_time_that_the_program_gives_it() {
    let attempt = TimeoutConfig::builder().operation_timeout(HOUR / 2).build();
    assert_eq!(given_up(slow().into(), Some(attempt)).await, HOUR / 2);

    let script = Script::new([Answer::Silence]);
    let client = Core::new(&DESK, &config(&script).timeout_config(TimeoutConfig::disabled()).build());
    tokio::time::timeout(HOUR * 24, client.ask(PutFile::from("short")).send()).await.unwrap_err();
}

#[tokio::test(start_paused = true)]
async fn a_call_with_a_stream_has_its_timeout() {
    let script = Script::new([Answer::Silence]);
    let call = client(&script);
    let error = call.ask(GetFile {}).timeout(std::time::Duration::from_secs(1)).await.unwrap_err();
    assert!(matches!(error, Error::Client(error) if error.kind() == ClientErrorKind::Timeout));
}
