//! The server from raw bytes, as hyper reads them: it ends, and what it answers is HTTP and no fault of its own.

#![no_main]

use connect_api::Connect;
use connect_server::Server;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream};
use tokio::runtime::{Builder, Runtime};
use tower_service::Service as _;

/// Every operation is the trait's own, which answers "not implemented": what is tested is the way there and back.
struct Nobody;

impl Connect for Nobody {}

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_current_thread().enable_time().build().expect("a runtime can be made"));

static SERVER: LazyLock<Server> = LazyLock::new(|| Server::new(Nobody));

/// What one side may write before the other reads.
const BUFFER: usize = 1 << 16;

fuzz_target!(|input: &[u8]| {
    let answer = RUNTIME.block_on(exchange(input));
    if answer.is_empty() {
        return;
    }
    let text = String::from_utf8_lossy(&answer);
    assert!(text.starts_with("HTTP/1."), "this is not HTTP: {text}");
    assert!(!text.contains("\r\n\r\nHTTP/1.1 500") && !text.starts_with("HTTP/1.1 500"), "a fault of the server's own: {text}");
});

async fn exchange(input: &[u8]) -> Vec<u8> {
    let (mut client, server) = tokio::io::duplex(BUFFER);
    let mut answer = Vec::new();
    let (mut reader, mut writer) = tokio::io::split(&mut client);
    let send = async {
        // A server that has answered need not read the rest.
        let _ = writer.write_all(input).await;
        let _ = writer.shutdown().await;
    };
    let receive = async { drop(reader.read_to_end(&mut answer).await) };
    tokio::join!(serve(server), send, receive);
    answer
}

async fn serve(stream: DuplexStream) {
    let service = service_fn(|request: Request<Incoming>| SERVER.clone().call(request));
    // Bytes that are no HTTP end it with an error, which is as it should be.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}
