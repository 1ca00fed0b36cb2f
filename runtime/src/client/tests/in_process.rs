//! Client and server without a socket.

use super::archive::ExchangeFile;
use super::desk::*;
use super::script::Script;
use super::*;
use crate::client::in_process;
use crate::error::ClientErrorKind;
use crate::stream::{ByteStream, StreamError};
use aws_smithy_types::body::SdkBody;
use http_body::{Body, Frame};
use http_body_util::{BodyExt as _, Full};
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::pin::Pin;
use std::task::{Context, Poll};
use tower_service::Service;

/// Answers with what it is sent.
#[derive(Clone)]
struct Echo;

impl Service<http::Request<SdkBody>> for Echo {
    type Response = http::Response<Full<bytes::Bytes>>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<SdkBody>) -> Self::Future {
        let name = format!("{} {}", request.uri(), request.headers()["host"].to_str().unwrap());
        ready(Ok(http::Response::new(Full::from(format!(r#"{{"Name":"{name}"}}"#)))))
    }
}

/// Is never ready.
#[derive(Clone)]
struct Broken;

impl Service<http::Request<SdkBody>> for Broken {
    type Response = http::Response<String>;
    type Error = &'static str;
    type Future = Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Err("overloaded"))
    }

    fn call(&mut self, _: http::Request<SdkBody>) -> Self::Future {
        unreachable!("not ready")
    }
}

fn client_of(http_client: crate::client::SharedHttpClient) -> Core {
    Core::new(&DESK, &config(&Script::default()).http_client(http_client).build())
}

#[tokio::test]
async fn a_service_is_called_as_if_behind_a_socket() {
    let contact = client_of(in_process(Echo)).ask(UpdateContact::new("a b")).await.unwrap();
    assert_eq!(contact.name.as_deref(), Some("/contacts/a%20b desk.us-west-2.amazonaws.com"));
}

#[tokio::test]
async fn a_service_that_is_not_ready_is_not_reached() {
    let error = client_of(in_process(Broken)).ask(OpenDesk {}).await.unwrap_err();
    assert_eq!(error.to_string(), "the service could not be reached: overloaded");
    assert!(matches!(error, Error::Client(error) if error.kind() == ClientErrorKind::Dispatch));
}

#[tokio::test]
async fn a_body_need_not_be_sync() {
    #[derive(Clone)]
    struct Unsync;
    impl Service<http::Request<SdkBody>> for Unsync {
        type Response = http::Response<http_body_util::combinators::UnsyncBoxBody<bytes::Bytes, Infallible>>;
        type Error = Infallible;
        type Future = Ready<Result<Self::Response, Infallible>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, _: http::Request<SdkBody>) -> Self::Future {
            ready(Ok(http::Response::new(Full::from("{}").boxed_unsync())))
        }
    }
    client_of(in_process(Unsync)).ask(OpenDesk {}).await.unwrap();
}

#[tokio::test]
async fn streams_go_through_as_they_are_in_both_directions() {
    /// Gives one piece, and never ends: who collects it, waits for ever.
    struct Endless(Option<&'static [u8]>);
    impl Body for Endless {
        type Data = &'static [u8];
        type Error = StreamError;

        fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Self::Data>, StreamError>>> {
            self.0.take().map_or(Poll::Pending, |piece| Poll::Ready(Some(Ok(Frame::data(piece)))))
        }
    }
    #[derive(Clone)]
    struct Mirror;
    impl Service<http::Request<SdkBody>> for Mirror {
        type Response = http::Response<SdkBody>;
        type Error = Infallible;
        type Future = Ready<Result<Self::Response, Infallible>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, request: http::Request<SdkBody>) -> Self::Future {
            ready(Ok(http::Response::new(request.into_body())))
        }
    }
    let file = ByteStream::from_body(Endless(Some(b"ab")));
    let mut answered = client_of(in_process(Mirror)).ask(ExchangeFile { file }).await.unwrap().body;
    assert_eq!(answered.frame().await.unwrap().unwrap().into_data().unwrap(), "ab");
}
