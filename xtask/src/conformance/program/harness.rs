//! What every test program has: it runs the cases, one after the other, and writes down what it saw.
//!
//! It judges nothing but typed values, which nobody else can compare: `cargo xtask conformance` does.

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
pub use aws_smithy_types::body::SdkBody;
use http::{HeaderMap, HeaderName, HeaderValue};
use http_body::Body;
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use smithwright_runtime::client::config::{
    BehaviorVersion, Credentials, Region, RetryConfig, SdkConfig, SharedCredentialsProvider, SharedHttpClient,
};
use smithwright_runtime::error::{Exception, ServiceError};
use smithwright_runtime::stream::ByteStream;
use std::any::Any;
use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::io::Write as _;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tower_service::Service;

pub use smithwright_runtime::codec::Zero;

/// The token that cases expect of a client that makes one up.
pub const IDEMPOTENCY_TOKEN: &str = "00000000-0000-4000-8000-000000000000";

/// Where requests go when a case does not say.
pub const ENDPOINT: &str = "https://conformance.example.com";

/// A test takes no time at all; one that does not end is one that failed.
const PATIENCE: Duration = Duration::from_secs(20);

type Fallible<T> = Result<T, Box<dyn StdError + Send + Sync>>;

/// A test that runs.
pub type Running = Pin<Box<dyn Future<Output = Observation> + Send>>;

/// One test.
pub enum Test {
    /// It has values of the service's types.
    Typed(fn() -> Running),
    /// A request that a server refuses.
    Raw(RawRequest),
}

/// A request, as it is sent.
#[derive(Clone, Copy)]
pub struct RawRequest {
    pub method: &'static str,
    pub target: &'static str,
    pub headers: &'static [(&'static str, &'static str)],
    pub body: &'static [u8],
}

/// A response, as it is sent.
#[derive(Clone, Copy, Debug)]
pub struct RawResponse {
    pub code: u16,
    pub headers: &'static [(&'static str, &'static str)],
    pub body: &'static [u8],
}

/// What came of a test.
pub struct Observation(Value);

impl Observation {
    /// Nothing that could be looked at.
    pub fn failed(reason: impl fmt::Display) -> Self {
        Self(json!({"outcome": "failed", "reason": reason.to_string()}))
    }

    /// An error that was not expected, with everything that caused it.
    pub fn error(error: &(dyn StdError + 'static)) -> Self {
        let mut text = format!("an error: {error}");
        let mut source = error.source();
        while let Some(error) = source {
            text += &format!("\n  because: {error}");
            source = error.source();
        }
        Self::failed(text)
    }
}

/// Runs the tests from the number that is the program's argument, and writes a line each: number and observation.
pub fn run(tests: &[Test], serve: impl Fn(RawRequest) -> Running) -> ExitCode {
    std::panic::set_hook(Box::new(|_| {}));
    let from = std::env::args().nth(1).and_then(|argument| argument.parse().ok()).unwrap_or(0);
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(_) => return ExitCode::FAILURE,
    };
    for (number, test) in tests.iter().enumerate().skip(from) {
        let running = match test {
            Test::Typed(test) => test(),
            Test::Raw(request) => serve(*request),
        };
        let Observation(observation) = runtime.block_on(watch(running));
        if writeln!(std::io::stdout(), "{number} {observation}").is_err() {
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

async fn watch(running: Running) -> Observation {
    match tokio::time::timeout(PATIENCE, tokio::spawn(running)).await {
        Ok(Ok(observation)) => observation,
        Ok(Err(error)) => {
            let panic = error.try_into_panic().unwrap_or_else(|_| Box::new("cancelled"));
            let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
            Observation::failed(format!("panicked: {}", text.unwrap_or("with something that is no text")))
        }
        Err(_) => Observation::failed(format!("no end after {PATIENCE:?}")),
    }
}

/// A time, of its text.
#[allow(dead_code, reason = "not every suite has one")]
pub fn time(text: &str) -> smithwright_runtime::timestamp::DateTime {
    let format = aws_smithy_types::date_time::Format::DateTime;
    smithwright_runtime::timestamp::DateTime::from_str(text, format).expect("a time")
}

/// A value to begin with.
pub fn zero<T: Zero>() -> T {
    T::zero()
}

/// Whether a client tells this code of an error, and whose fault it is: the code that it has in a protocol which the service spoke
/// before, where the response says one.
pub fn tells<E: ServiceError>(error: &E, code: &str, fault: Option<&str>) -> bool {
    let exception: &dyn Exception = error.exception();
    let (told, told_fault) = match exception.query_error() {
        Some(told) => told.split_once(';').map_or((told, None), |(code, fault)| (code, Some(fault))),
        None => (exception.code(), None),
    };
    told == code && (fault.is_none() || fault == told_fault)
}

/// Compares what was expected with what came, member by member.
pub struct Comparison {
    differences: Vec<Value>,
    /// NaN is not equal to itself, though it is what was expected.
    has_nan: bool,
}

impl Comparison {
    /// No differences yet. With `has_nan`, what looks the same is the same.
    pub fn new(has_nan: bool) -> Self {
        Self { differences: Vec::new(), has_nan }
    }

    /// Compares a member.
    pub fn member<T: PartialEq + fmt::Debug>(&mut self, name: &str, expected: &T, came: &T) {
        if expected != came {
            self.differing(name, expected, came);
        }
    }

    /// Compares a stream. One that is not there is empty.
    pub async fn stream(&mut self, name: &str, expected: ByteStream, came: ByteStream) {
        match (expected.collect().await, came.collect().await) {
            (Ok(expected), Ok(came)) => self.member(name, &expected, &came),
            (_, came) => self.differing(name, &"a stream", &came),
        }
    }

    fn differing(&mut self, name: &str, expected: &dyn fmt::Debug, came: &dyn fmt::Debug) {
        let (expected, came) = (format!("{expected:#?}"), format!("{came:#?}"));
        if !(self.has_nan && expected == came) {
            self.differences.push(json!({"place": format!("member {name}"), "expected": expected, "came": came}));
        }
    }

    /// What came of it.
    pub fn finish(self) -> Observation {
        Observation(json!({"outcome": "value", "differences": self.differences}))
    }
}

/// The network that a client is on: it answers every request, and remembers the last.
#[derive(Clone)]
pub struct Network {
    exchange: Arc<Mutex<Exchange>>,
    peer: Arc<Peer>,
}

#[derive(Default)]
struct Exchange {
    request: Option<Value>,
    response: Option<Value>,
}

type Peer = dyn Fn(http::Request<SdkBody>) -> Pin<Box<dyn Future<Output = Fallible<Received>> + Send>> + Send + Sync;

/// A response that came.
struct Received {
    code: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl fmt::Debug for Network {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Network")
    }
}

impl Network {
    /// One on which everything is answered with this.
    pub fn answering(response: RawResponse) -> Self {
        Self::new(Arc::new(move |_| {
            Box::pin(async move {
                let headers = header_map(response.headers)?;
                Ok(Received { code: response.code, headers, body: response.body.to_vec() })
            })
        }))
    }

    /// One on which everything is answered with these frames, if it is answered with a success.
    #[allow(dead_code, reason = "not every suite has events")]
    pub fn streaming(response: RawResponse, frames: &'static [&'static [u8]]) -> Self {
        Self::new(Arc::new(move |_| {
            Box::pin(async move {
                let headers = header_map(response.headers)?;
                let body = if frames.is_empty() { response.body.to_vec() } else { frames.concat() };
                Ok(Received { code: response.code, headers, body })
            })
        }))
    }

    /// The bytes of the last request.
    #[allow(dead_code, reason = "not every suite has events")]
    pub fn sent(&self) -> Option<Vec<u8>> {
        lock(&self.exchange).request.as_ref().map(body)
    }

    /// The bytes of the last response.
    #[allow(dead_code, reason = "not every suite has events")]
    pub fn answered(&self) -> Option<Vec<u8>> {
        lock(&self.exchange).response.as_ref().map(body)
    }

    /// One on which a server answers, of whose requests something in front of it may choose the ids.
    pub fn serving<S, B>(server: S, id: Option<&'static str>, identify: fn(&mut http::Request<SdkBody>, &str)) -> Self
    where
        S: Service<http::Request<SdkBody>, Response = http::Response<B>> + Clone + Send + 'static,
        S::Error: Into<Box<dyn StdError + Send + Sync>>,
        S::Future: Send,
        B: Body + Send + 'static,
        B::Data: Send,
        B::Error: Into<Box<dyn StdError + Send + Sync>>,
    {
        let server = Mutex::new(server);
        Self::new(Arc::new(move |mut request| {
            let server = lock(&server).clone();
            if let Some(id) = id {
                identify(&mut request, id);
            }
            Box::pin(call(server, request))
        }))
    }

    fn new(peer: Arc<Peer>) -> Self {
        Self { exchange: Arc::default(), peer }
    }

    /// The configuration of a client on this network.
    pub fn config(&self, endpoint: &str) -> SdkConfig {
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(SharedCredentialsProvider::new(Credentials::new("AKID", "secret", None, None, "conformance")))
            .retry_config(RetryConfig::disabled())
            .endpoint_url(endpoint)
            .http_client(SharedHttpClient::new(self.clone()))
            .build()
    }

    /// The request that was sent, or why there was none.
    pub fn request<T, E: StdError + 'static>(&self, outcome: Result<T, E>) -> Observation {
        match (lock(&self.exchange).request.take(), outcome) {
            (Some(request), _) => Observation(request),
            (None, Err(error)) => Observation::error(&error),
            (None, Ok(_)) => Observation::failed("no request was sent"),
        }
    }

    /// The response that came, or why there was none.
    pub fn response<T, E: StdError + 'static>(&self, outcome: Result<T, E>) -> Observation {
        match (lock(&self.exchange).response.take(), outcome) {
            (Some(response), _) => Observation(response),
            (None, Err(error)) => Observation::error(&error),
            (None, Ok(_)) => Observation::failed("no response came"),
        }
    }

    async fn transmit(self, request: HttpRequest) -> Fallible<HttpResponse> {
        let (mut parts, body) = request.try_into_http1x()?.into_parts();
        let length = body.size_hint().exact();
        let body = body.collect().await?.to_bytes();
        set_length(&mut parts.headers, length.filter(|length| *length > 0));
        let authority = parts.uri.authority().map(ToString::to_string).unwrap_or_default();
        let host = parts.headers.get(http::header::HOST).map_or(authority, |host| text(host.as_bytes()));
        let target = parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
        lock(&self.exchange).request = Some(json!({
            "outcome": "request",
            "method": parts.method.as_str(),
            "target": target,
            "host": host,
            "headers": header_list(&parts.headers),
            "body": text(&body),
        }));
        parts.headers.insert(http::header::HOST, HeaderValue::try_from(host)?);
        parts.uri = target.parse()?;
        let received = (self.peer)(http::Request::from_parts(parts, SdkBody::from(body))).await?;
        let mut response = http::Response::new(SdkBody::from(received.body.clone()));
        *response.status_mut() = http::StatusCode::from_u16(received.code)?;
        *response.headers_mut() = received.headers.clone();
        lock(&self.exchange).response = Some(received.json(None));
        Ok(HttpResponse::try_from(response)?)
    }
}

impl HttpClient for Network {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Network {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let transmission = self.clone().transmit(request);
        HttpConnectorFuture::new(async move { transmission.await.map_err(|error| ConnectorError::other(error, None)) })
    }
}

impl Received {
    fn json(&self, served: Option<&str>) -> Value {
        json!({
            "outcome": "response",
            "code": self.code,
            "headers": header_list(&self.headers),
            "body": text(&self.body),
            "served": served,
        })
    }
}

/// Sends frames to a server; gives what it answers.
#[allow(dead_code, reason = "not every suite has events")]
pub async fn send_frames<S, B>(server: S, slot: &Slot, request: RawRequest, frames: &[&[u8]]) -> Observation
where
    S: Service<http::Request<SdkBody>, Response = http::Response<B>>,
    S::Error: Into<Box<dyn StdError + Send + Sync>>,
    B: Body,
    B::Error: Into<Box<dyn StdError + Send + Sync>>,
{
    let sent = match request.build() {
        Ok(request) => call(server, request.map(|_| SdkBody::from(frames.concat()))).await,
        Err(error) => Err(error),
    };
    match sent {
        Ok(received) => Observation(received.json(slot.contents().served)),
        Err(error) => Observation::failed(format!("no answer: {error}")),
    }
}

/// Sends a request to a server; gives what it answers.
pub async fn send<S, B>(server: S, slot: &Slot, request: RawRequest) -> Observation
where
    S: Service<http::Request<SdkBody>, Response = http::Response<B>>,
    S::Error: Into<Box<dyn StdError + Send + Sync>>,
    B: Body,
    B::Error: Into<Box<dyn StdError + Send + Sync>>,
{
    let sent = match request.build() {
        Ok(request) => call(server, request).await,
        Err(error) => Err(error),
    };
    match sent {
        Ok(received) => Observation(received.json(slot.contents().served)),
        Err(error) => Observation::failed(format!("no answer: {error}")),
    }
}

async fn call<S, B>(mut server: S, request: http::Request<SdkBody>) -> Fallible<Received>
where
    S: Service<http::Request<SdkBody>, Response = http::Response<B>>,
    S::Error: Into<Box<dyn StdError + Send + Sync>>,
    B: Body,
    B::Error: Into<Box<dyn StdError + Send + Sync>>,
{
    std::future::poll_fn(|context| server.poll_ready(context)).await.map_err(Into::into)?;
    let response = server.call(request).await.map_err(Into::into)?;
    let (mut parts, body) = response.into_parts();
    let length = body.size_hint().exact();
    let body = body.collect().await.map_err(Into::into)?.to_bytes().to_vec();
    set_length(&mut parts.headers, length);
    Ok(Received { code: parts.status.as_u16(), headers: parts.headers, body })
}

impl RawRequest {
    fn build(self) -> Fallible<http::Request<SdkBody>> {
        let mut request = http::Request::builder().method(self.method).uri(self.target).body(SdkBody::from(self.body))?;
        *request.headers_mut() = header_map(self.headers)?;
        if !self.body.is_empty() {
            set_length(request.headers_mut(), u64::try_from(self.body.len()).ok());
        }
        Ok(request)
    }
}

/// What a service was called with, and what it answers.
#[derive(Clone, Default)]
pub struct Slot(Arc<Mutex<Contents>>);

/// What is in a [`Slot`].
#[derive(Default)]
pub struct Contents {
    served: Option<&'static str>,
    request: Option<Box<dyn Any + Send>>,
    answer: Option<Box<dyn Any + Send>>,
}

impl Slot {
    /// One whose service gives this answer.
    pub fn answering<R: Any + Send>(answer: R) -> Self {
        Self(Arc::new(Mutex::new(Contents { answer: Some(Box::new(answer)), ..Contents::default() })))
    }

    /// The service is called: it remembers the request, and gives the answer if there is one of the operation's type.
    pub fn serve<T: Any + Send, R: Any + Send>(&self, operation: &'static str, request: T) -> Option<R> {
        let mut contents = self.contents();
        contents.served = Some(operation);
        contents.request = Some(Box::new(request));
        contents.answer.take()?.downcast().ok().map(|answer| *answer)
    }

    /// The request that the service was called with.
    pub fn request<T: Any + Send>(&self) -> Option<T> {
        self.contents().request.take()?.downcast().ok().map(|request| *request)
    }

    fn contents(&self) -> MutexGuard<'_, Contents> {
        lock(&self.0)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The body in what is remembered of a message.
fn body(message: &Value) -> Vec<u8> {
    let text = message["body"].as_str().unwrap_or_default();
    text.chars().map(|character| u8::try_from(u32::from(character)).unwrap_or(b'?')).collect()
}

/// The length of a body, which whatever speaks HTTP adds to the headers.
fn set_length(headers: &mut HeaderMap, length: Option<u64>) {
    if let (Some(length), false) = (length, headers.contains_key(http::header::CONTENT_LENGTH)) {
        headers.insert(http::header::CONTENT_LENGTH, HeaderValue::from(length));
    }
}

fn header_map(headers: &[(&str, &str)]) -> Fallible<HeaderMap> {
    let entry = |(name, value): &(&str, &str)| Ok((HeaderName::try_from(*name)?, HeaderValue::from_bytes(value.as_bytes())?));
    headers.iter().map(entry).collect()
}

fn header_list(headers: &HeaderMap) -> Vec<(String, String)> {
    headers.iter().map(|(name, value)| (name.to_string(), text(value.as_bytes()))).collect()
}

/// Bytes as characters of the same numbers, so that JSON can hold them.
fn text(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}
