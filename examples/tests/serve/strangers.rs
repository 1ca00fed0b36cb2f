//! Callers that are refused: before their bodies are there, and at the proxy.

use crate::support::*;
use connect_api::UnrecognizedError;
use connect_server::Server;
use smithwright_examples::serve::Limits;
use smithwright_examples::{Callers, proxy};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

const SIGNED: &str = "authorization: AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/connect/aws4_request, \
                      SignedHeaders=host;x-amz-date, Signature=fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024\r\n";

/// A server that lets nobody in.
fn closed() -> Server {
    Server::try_per_request(|_| match false {
        true => Ok(Odd),
        false => Err(UnrecognizedError::new("AccessDeniedException", 403, None).into()),
    })
}

fn create(headers: &str) -> String {
    format!("PUT /contact/create-contact HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n{headers}\r\n")
}

#[tokio::test]
async fn whoever_is_refused_is_not_asked_for_the_body() {
    let served = Served::start(closed(), Limits::default()).await;
    let mut stream = served.connect(create("expect: 100-continue\r\ncontent-length: 1000\r\n")).await;
    assert_eq!(statuses(&head(&mut stream).await), [403]);
}

#[tokio::test]
async fn whoever_is_refused_while_sending_sees_the_answer() {
    const LENGTH: usize = 16 << 20;
    let served = Served::start(closed(), Limits::default()).await;
    let mut stream = served.connect(create(&format!("content-length: {LENGTH}\r\n"))).await;
    stream.write_all(&vec![b' '; LENGTH]).await.unwrap();
    assert_eq!(statuses(&head(&mut stream).await), [403]);
}

/// The URL of one that answers every connection with this.
async fn upstream(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 8192]).await;
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    url
}

/// What a proxy for the owner of one key answers.
async fn proxied(headers: &str) -> String {
    let url = upstream("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}").await;
    let served = Served::start(proxy(&url, Callers::KeyId("AKID".to_owned())), brief()).await;
    served.exchange(ASK.replace("host: localhost\r\n", &format!("host: localhost\r\n{headers}"))).await
}

#[tokio::test]
async fn the_proxy_serves_the_owner_of_its_key() {
    assert_eq!(statuses(&proxied(SIGNED).await), [200]);
}

#[tokio::test]
async fn the_proxy_refuses_strangers() {
    for (headers, code) in [
        ("", "MissingAuthenticationTokenException"),
        ("authorization: Bearer token\r\n", "IncompleteSignatureException"),
        (&SIGNED.replace("AKID", "AKIE"), "UnrecognizedClientException"),
    ] {
        let text = proxied(headers).await;
        assert_eq!(statuses(&text), [403], "{headers}");
        assert!(text.contains(&format!("x-amzn-errortype: {code}\r\n")), "{text}");
    }
}

#[tokio::test]
async fn the_proxy_keeps_a_page_of_the_upstreams_to_itself() {
    let url = upstream("HTTP/1.1 503 Busy\r\ncontent-type: text/html\r\ncontent-length: 19\r\n\r\n<html>secret</html>").await;
    let served = Served::start(proxy(&url, Callers::Everybody), brief()).await;
    let text = served.exchange(ASK).await;
    assert_eq!(statuses(&text), [502]);
    assert!(text.ends_with(r#"{"message":"the service's answer makes no sense"}"#), "{text}");
    assert!(!text.contains("secret"), "{text}");
}
