//! What a server does, told on two small services: one of things, and one of whatever a body can be.

mod accept;
mod answers;
#[cfg(feature = "checksum")]
#[allow(dead_code, unreachable_pub, reason = "what the macros write is for crates of its own")]
mod checksums;
mod compression;
mod content_types;
#[allow(dead_code, unreachable_pub, reason = "what the macros write is for crates of its own")]
mod files;
mod limits;
mod log;
mod panics;
mod rejections;
mod routing;
mod service;
mod streams;
#[allow(dead_code, unreachable_pub, reason = "what the macros write is for crates of its own")]
mod texts;
#[allow(dead_code, unreachable_pub, reason = "what the macros write is for crates of its own")]
mod things;

use crate::server::ResponseBody;
use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode};
use http_body::{Body, Frame, SizeHint};
use http_body_util::{BodyExt as _, Full};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use things::generated::Server;
use things::*;
use tower::ServiceExt as _;

fn server() -> Server {
    Server::new(Shelf::default())
}

fn cabinet() -> files::generated::Server {
    cabinet_of(files::File::default)
}

/// One that has this file.
fn cabinet_of(file: fn() -> files::File) -> files::generated::Server {
    files::generated::Server::new(files::Cabinet(file))
}

fn request(method: &str, uri: &str, body: &str) -> Request<Full<Bytes>> {
    let mut request = Request::builder().method(method).uri(uri).body(Full::new(Bytes::from(body.to_owned()))).unwrap();
    if !body.is_empty() {
        request.headers_mut().insert("content-type", HeaderValue::from_static("application/json"));
    }
    request
}

fn header<'a>(response: &'a Response<ResponseBody>, name: &str) -> Option<&'a str> {
    response.headers().get(name).map(|it| it.to_str().unwrap())
}

/// Either server.
trait Serves<B>: tower_service::Service<Request<B>, Response = Response<ResponseBody>, Error = Infallible> {}

impl<B, S: tower_service::Service<Request<B>, Response = Response<ResponseBody>, Error = Infallible>> Serves<B> for S {}

async fn send<B>(server: impl Serves<B>, request: Request<B>) -> (Response<ResponseBody>, String) {
    let mut response = server.oneshot(request).await.unwrap();
    let body = std::mem::take(response.body_mut()).collect().await.unwrap().to_bytes();
    assert!(header(&response, "x-amzn-requestid").is_some());
    (response, String::from_utf8(body.to_vec()).unwrap())
}

/// Status, error type and body.
async fn answer<B>(server: impl Serves<B>, request: Request<B>) -> (u16, String, String) {
    let (response, body) = send(server, request).await;
    let code = header(&response, "x-amzn-errortype").unwrap_or_default().to_owned();
    (response.status().as_u16(), code, body)
}

fn error(status: u16, code: &str, message: &str) -> (u16, String, String) {
    (status, code.to_owned(), format!(r#"{{"message":{}}}"#, serde_json::to_string(message).unwrap()))
}

const PART: &str = r#"{"Part":{"Name":"p","Size":1},"Kind":"ROUND"}"#;

/// A body that gives its data piece by piece.
struct Dripping {
    pieces: VecDeque<&'static [u8]>,
    end: End,
}

/// What comes behind the last piece.
enum End {
    Comes,
    Never,
    Breaks,
}

impl Body for Dripping {
    type Data = &'static [u8];
    type Error = std::io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        match (self.pieces.pop_front(), &self.end) {
            (Some(piece), _) => Poll::Ready(Some(Ok(Frame::data(piece)))),
            (None, End::Comes) => Poll::Ready(None),
            (None, End::Never) => Poll::Pending,
            (None, End::Breaks) => Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionReset.into()))),
        }
    }
}

fn dripping(pieces: impl IntoIterator<Item = &'static str>, end: End) -> Dripping {
    Dripping { pieces: pieces.into_iter().map(str::as_bytes).collect(), end }
}

/// A body that nobody may read, of this length.
struct Untouchable(u64);

impl Body for Untouchable {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        panic!("read")
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0)
    }
}
