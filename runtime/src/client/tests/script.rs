//! A network that answers what the test says, and remembers what it was sent.

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body_util::BodyExt as _;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

#[derive(Clone, Debug, Default)]
pub(super) struct Script(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    answers: VecDeque<Answer>,
    sent: Vec<Sent>,
}

#[derive(Debug)]
pub(super) enum Answer {
    Response(Box<http::Response<SdkBody>>),
    /// Nobody listens there.
    Refused,
    /// Nobody ever answers.
    Silence,
}

#[derive(Clone, Debug)]
pub(super) struct Sent {
    pub(super) method: String,
    pub(super) uri: http::Uri,
    pub(super) headers: http::HeaderMap,
    pub(super) body: String,
    pub(super) bytes: Bytes,
    /// Whether it was in memory.
    pub(super) whole: bool,
}

impl Sent {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

pub(super) fn answer(status: u16, body: impl Into<SdkBody>) -> Answer {
    Answer::Response(Box::new(http::Response::builder().status(status).body(body.into()).unwrap()))
}

pub(super) fn ok(body: impl Into<SdkBody>) -> Answer {
    answer(200, body)
}

impl Answer {
    pub(super) fn with(self, name: &'static str, value: &'static str) -> Self {
        let Self::Response(mut response) = self else { panic!("only a response has headers") };
        response.headers_mut().append(name, value.parse().unwrap());
        Self::Response(response)
    }
}

impl Script {
    pub(super) fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self(Arc::new(Mutex::new(State { answers: answers.into_iter().collect(), sent: Vec::new() })))
    }

    pub(super) fn sent(&self) -> Vec<Sent> {
        self.0.lock().unwrap().sent.clone()
    }

    /// The one request that was sent.
    pub(super) fn only(&self) -> Sent {
        let mut sent = self.sent();
        assert_eq!(sent.len(), 1, "{sent:?}");
        sent.remove(0)
    }
}

impl HttpClient for Script {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Script {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let script = self.clone();
        HttpConnectorFuture::new(async move {
            match script.receive(request).await? {
                Answer::Response(response) => Ok(HttpResponse::try_from(*response).unwrap()),
                Answer::Refused => Err(ConnectorError::io("connection refused".into())),
                Answer::Silence => std::future::pending().await,
            }
        })
    }
}

impl Script {
    async fn receive(&self, request: HttpRequest) -> Result<Answer, ConnectorError> {
        let (parts, body) = request.try_into_http1x().unwrap().into_parts();
        let whole = body.bytes().is_some();
        let bytes = body.collect().await.map_err(ConnectorError::user)?.to_bytes();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        let mut state = self.0.lock().unwrap();
        state.sent.push(Sent { method: parts.method.to_string(), uri: parts.uri, headers: parts.headers, body, bytes, whole });
        Ok(state.answers.pop_front().expect("no further request"))
    }
}
