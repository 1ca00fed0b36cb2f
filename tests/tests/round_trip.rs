//! Client to server and back, in one process, for every operation of Connect.
//!
//! A sample is made from the model, read into the request's type, sent by the client, and must be what was sampled on the wire,
//! and in the handler what was sent. The handler's answer goes the same way back. Nothing here is generic over an operation
//! but a few lines, because there are 405 of them.

#![allow(clippy::unwrap_used, reason = "a helper fails as its test does")]

use connect_api::*;
use connect_client::{Call, Client, SdkConfig};
use connect_server::Server;
use http::{HeaderMap, Request, Response};
use http_body_util::{BodyExt as _, Full};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use smithwright::ir::{Binding, Model, ShapeId, ShapeKind};
use smithwright_runtime::client::{Credentials, Region, RetryConfig, SharedCredentialsProvider, in_process};
use smithwright_runtime::codec::{DecodeLimits, ProblemKind, Reading};
use smithwright_runtime::error::Exception;
use smithwright_runtime::message::{BodyParts, RequestParts, ResponseParts};
use smithwright_runtime::operation::Operation;
use smithwright_runtime::protocol::{Protocol as _, RestJson1};
use smithwright_tests::sample::{Extent, Message, Sampler, percent_encoded};
use smithwright_tests::service::Service;
use std::any::Any;
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

/// What there is of an operation: how to make one exchange.
struct Case {
    name: &'static str,
    exchange: fn(&Journey) -> Result<(), String>,
}

macro_rules! operations {
    ($($method:ident($request:ident),)*) => {
        impl Connect for Desk {
            $(
                fn $method(
                    &self,
                    request: $request,
                ) -> impl Future<Output = Result<<$request as Operation>::Response, Error>> + Send {
                    self.answer(request)
                }
            )*
        }

        static CASES: &[Case] = &[$(
            Case {
                name: <$request as Operation>::INFO.name,
                exchange: |journey| exchange(journey, |client, request: $request| client.$method(request)),
            },
        )*];
    };
}

include!(concat!(env!("OUT_DIR"), "/operations.rs"));

/// A handler of every operation: keeps the request, and answers what it was told to.
#[derive(Clone, Default)]
struct Desk(Arc<Mutex<Memory>>);

#[derive(Default)]
struct Memory {
    /// The request of the operation's type that was handled.
    handled: Option<Box<dyn Any + Send>>,
    /// The `Result` of the operation's type to answer.
    answer: Option<Box<dyn Any + Send>>,
    /// What went over the wire.
    wire: Wire,
}

#[derive(Clone, Default)]
struct Wire {
    method: String,
    path: String,
    query: String,
    headers: HeaderMap,
    body: Vec<u8>,
    status: u16,
    error_type: Option<String>,
    answer: Vec<u8>,
}

impl Desk {
    fn answer<O: Operation<Error = Error>>(&self, request: O) -> Ready<Result<O::Response, Error>> {
        let answer = self.handle(Box::new(request)).and_then(|answer| answer.downcast().ok());
        ready(answer.map_or_else(|| Err(UnrecognizedError::new("AnotherOperationsHandler", 500, None).into()), |answer| *answer))
    }

    fn handle(&self, request: Box<dyn Any + Send>) -> Option<Box<dyn Any + Send>> {
        let mut memory = self.0.lock().unwrap();
        memory.handled = Some(request);
        memory.answer.take()
    }

    fn take_handled(&self) -> Option<Box<dyn Any + Send>> {
        self.0.lock().unwrap().handled.take()
    }

    fn wire(&self) -> Wire {
        self.0.lock().unwrap().wire.clone()
    }
}

/// The server, with an ear on the wire.
#[derive(Clone)]
struct Tapped {
    server: Server,
    desk: Desk,
}

impl<B> tower::Service<Request<B>> for Tapped
where
    B: http_body::Body + Send + 'static,
    B::Data: Send,
    B::Error: std::fmt::Debug,
{
    type Response = Response<Full<bytes::Bytes>>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let Self { mut server, desk } = self.clone();
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = body.collect().await.unwrap().to_bytes();
            let wire = Wire {
                method: parts.method.to_string(),
                path: parts.uri.path().to_owned(),
                query: parts.uri.query().unwrap_or_default().to_owned(),
                headers: parts.headers.clone(),
                body: body.to_vec(),
                ..Wire::default()
            };
            let response = server.call(Request::from_parts(parts, Full::new(body))).await?;
            let (parts, body) = response.into_parts();
            let body = body.collect().await.unwrap().to_bytes();
            let error_type = parts.headers.get("x-amzn-errortype").map(|it| it.to_str().unwrap().to_owned());
            let (status, answer) = (parts.status.as_u16(), body.to_vec());
            desk.0.lock().unwrap().wire = Wire { status, error_type, answer, ..wire };
            Ok(Response::from_parts(parts, Full::new(body)))
        })
    }
}

/// One request there, and one answer back.
struct Journey {
    desk: Desk,
    client: Client,
    runtime: tokio::runtime::Runtime,
    request: Message,
    answer: Answer,
}

enum Answer {
    /// A success: the body.
    Response(Value),
    /// An error: its status, code and body.
    Error(u16, String, Value),
}

impl Journey {
    fn new(validation: bool) -> Self {
        let desk = Desk::default();
        let server = Server::new(desk.clone()).validation(validation);
        let config = SdkConfig::builder()
            .http_client(in_process(Tapped { server, desk: desk.clone() }))
            .region(Region::from_static("us-east-1"))
            .credentials_provider(SharedCredentialsProvider::new(Credentials::new("id", "secret", None, None, "test")))
            .retry_config(RetryConfig::disabled())
            .build();
        let client = Client::new(&config);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let request = Message { method: String::new(), path: String::new(), query: Vec::new(), headers: Vec::new(), body: None };
        Self { desk, client, runtime, request, answer: Answer::Response(Value::Null) }
    }

    fn wait(&self, poll: &mut dyn FnMut(&mut Context<'_>) -> Poll<()>) {
        self.runtime.block_on(std::future::poll_fn(poll));
    }

    /// The sample as a server has it.
    fn parts<T>(&self, with: impl FnOnce(RequestParts<'_>) -> T) -> T {
        let pair = |(key, value): &(String, String)| format!("{}={}", percent_encoded(key), percent_encoded(value));
        let query: Vec<String> = self.request.query.iter().map(pair).collect();
        let mut headers = HeaderMap::new();
        for (name, value) in &self.request.headers {
            headers.append(http::HeaderName::try_from(name).unwrap(), value.parse().unwrap());
        }
        let body = self.request.body.as_ref().map(Value::to_string).unwrap_or_default();
        let body = BodyParts::Bytes(body.as_bytes());
        with(RequestParts { path: &self.request.path, query: &query.join("&"), headers: &headers, body })
    }

    /// Whether what went over the wire is the sample.
    fn check_wire(&self) -> Result<(), String> {
        let wire = self.desk.wire();
        let body = (!wire.body.is_empty()).then(|| serde_json::from_slice(&wire.body).unwrap_or_default());
        let sorted = |mut pairs: Vec<(String, String)>| {
            pairs.sort();
            pairs
        };
        let headers = self.request.headers.iter().map(|(name, _)| {
            (
                name.clone(),
                wire.headers.get(name).map(|it| String::from_utf8_lossy(it.as_bytes()).into_owned()).unwrap_or_default(),
            )
        });
        let sent =
            Message { method: wire.method, path: wire.path, query: sorted(pairs(&wire.query)), headers: headers.collect(), body };
        let sampled = Message { query: sorted(self.request.query.clone()), ..self.request.clone() };
        if sent != sampled {
            return Err(format!(
                "the client sent\n{sent:?}, not\n{sampled:?}\nand was answered {}",
                String::from_utf8_lossy(&wire.answer)
            ));
        }
        let json = wire.headers.get("content-type").is_some_and(|it| it == "application/json");
        if json != self.request.body.is_some() {
            return Err("a content type without a body, or the other way round".to_owned());
        }
        let answer: Value = serde_json::from_slice(&wire.answer).unwrap_or_default();
        let expected = match &self.answer {
            Answer::Response(body) => body,
            Answer::Error(status, code, body) => {
                if (wire.status, wire.error_type.as_deref()) != (*status, Some(code)) {
                    return Err(format!("the server answered {} {:?}, not {status} {code}", wire.status, wire.error_type));
                }
                body
            }
        };
        if answer != *expected {
            return Err(format!("the server answered\n{answer}, not\n{expected}"));
        }
        Ok(())
    }
}

fn pairs(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| percent_decode_str(text).decode_utf8().unwrap().into_owned();
    let pair = |pair: &str| pair.split_once('=').map(|(key, value)| (decode(key), decode(value)));
    query.split('&').filter_map(pair).collect()
}

/// The part that knows an operation's types. Values are compared, never printed: that would be more code than all the rest.
fn exchange<O>(journey: &Journey, call: for<'c> fn(&'c Client, O) -> Call<'c, O>) -> Result<(), String>
where
    O: Operation<Error = Error> + PartialEq,
    O::Response: Clone + PartialEq,
{
    let (request, problems) =
        journey.parts(|parts| RestJson1::read_request::<O>(parts, Reading::default())).map_err(|error| error.to_string())?;
    if problems.recorded().iter().any(|problem| problem.kind != ProblemKind::Unrecognized) {
        return Err(format!("the sample is refused: {problems:?}"));
    }
    let answer = match &journey.answer {
        Answer::Response(body) => {
            let body = if body.is_null() { String::new() } else { body.to_string() };
            let headers = HeaderMap::new();
            let parts = ResponseParts { status: O::INFO.status, headers: &headers, body: BodyParts::Bytes(body.as_bytes()) };
            Ok(RestJson1::read_response::<O>(parts, DecodeLimits::default()).map_err(|it| it.to_string())?)
        }
        Answer::Error(status, code, body) => Err(error(*status, code, body)),
    };
    journey.desk.0.lock().unwrap().answer = Some(Box::new(answer.clone()));

    let mut result = None;
    let mut call = pin!(call(&journey.client, request.clone()).send());
    journey.wait(&mut |context| call.as_mut().poll(context).map(|it| result = Some(it)));

    journey.check_wire()?;
    if journey.desk.take_handled().and_then(|it| it.downcast().ok()).is_none_or(|handled: Box<O>| *handled != request) {
        return Err("the handler saw another request".to_owned());
    }
    match (answer, result) {
        (Ok(answer), Some(Ok(got))) if answer == got => Ok(()),
        (Err(answer), Some(Err(got))) => same_error(&answer, &got),
        _ => Err("the caller got another answer".to_owned()),
    }
}

fn error(status: u16, code: &str, body: &Value) -> Error {
    let headers = HeaderMap::from_iter([(http::HeaderName::from_static("x-amzn-errortype"), code.parse().unwrap())]);
    RestJson1::read_error(status, &headers, body.to_string().as_bytes())
}

fn same_error(answer: &Error, got: &Error) -> Result<(), String> {
    // What came with the response, as its request id, is what the handler's error has not.
    let said = |error: &Error| {
        let text = format!("{error:?}");
        text.split("meta: ").next().unwrap_or_default().to_owned()
    };
    if said(answer) == said(got) { Ok(()) } else { Err(format!("the caller got {got:?}, not {answer:?}")) }
}

fn connect() -> Model {
    Service::connect().unwrap().refine().into_result().unwrap()
}

/// Makes every operation's exchange with samples of this extent; what went wrong, by operation. The unions' members that
/// occurred are kept.
fn exchange_all<'m>(model: &'m Model, extent: Extent, requests: &mut Sampler<'m>, responses: &mut Sampler<'m>) -> Vec<String> {
    // A server refuses values that the model does not know, unless it is told to leave that to the service.
    let mut journey = Journey::new(extent != Extent::Unknown);
    let mut failures = Vec::new();
    for case in CASES {
        let operation = &model.operations[case.name];
        let roots: Vec<&ShapeId> = operation.input.iter().chain(&operation.output).collect();
        let rounds = if extent == Extent::All { roots.iter().map(|id| requests.rounds(id)).max().unwrap_or(1) } else { 1 };
        for _ in 0..rounds {
            journey.request = requests.request(operation, extent).unwrap();
            journey.answer = Answer::Response(responses.response(operation, extent).unwrap());
            if let Err(failure) = (case.exchange)(&journey) {
                failures.push(format!("{}: {failure}", case.name));
                break;
            }
        }
    }
    failures
}

fn check_all(extent: Extent) {
    let model = connect();
    let failures = exchange_all(&model, extent, &mut Sampler::new(&model), &mut Sampler::new(&model));
    assert!(failures.is_empty(), "{} operations fail:\n\n{}", failures.len(), failures.join("\n\n"));
}

#[test]
fn every_operation_of_the_model_is_exchanged() {
    let cases: BTreeSet<&str> = CASES.iter().map(|case| case.name).collect();
    assert_eq!(cases, connect().operations.keys().map(String::as_str).collect());
}

#[test]
fn what_is_required_goes_there_and_back() {
    check_all(Extent::Least);
}

#[test]
fn every_member_and_every_union_member_goes_there_and_back() {
    let model = connect();
    let (mut requests, mut responses) = (Sampler::new(&model), Sampler::new(&model));
    let failures = exchange_all(&model, Extent::All, &mut requests, &mut responses);
    assert!(failures.is_empty(), "{} operations fail:\n\n{}", failures.len(), failures.join("\n\n"));

    let missed = |input: bool, seen: &BTreeSet<(&str, &str)>| {
        let unions = model.shapes.iter().filter_map(|(id, shape)| match &shape.kind {
            ShapeKind::Union(union) => (if input { shape.usage.input } else { shape.usage.output }).then_some((id, union)),
            _ => None,
        });
        let variants = unions.flat_map(|(id, union)| union.members.iter().map(move |member| (id.0.clone(), member.name.clone())));
        variants.filter(|(union, member)| !seen.contains(&(union, member))).collect::<Vec<_>>()
    };
    assert_eq!(missed(true, &requests.variants), [], "not in any request");
    assert_eq!(missed(false, &responses.variants), [], "not in any response");
}

#[test]
fn what_the_model_does_not_know_goes_there_and_back() {
    check_all(Extent::Unknown);
}

#[test]
fn every_idempotency_token_that_is_not_set_is_made_up() {
    let model = connect();
    let mut sampler = Sampler::new(&model);
    let mut journey = Journey::new(true);
    let (mut made_up, mut missing) = (0, Vec::new());
    for case in CASES {
        let operation = &model.operations[case.name];
        let Some(ShapeKind::Structure(input)) = operation.input.as_ref().map(|id| &model.shapes[id].kind) else { continue };
        let Some(token) = input.members.iter().find(|member| member.idempotency_token && !member.required) else { continue };
        journey.request = sampler.request(operation, Extent::Least).unwrap();
        let name = match &token.binding {
            Binding::Query(name) => name.as_str(),
            _ => token.body_name(),
        };
        journey.request.query.retain(|(key, _)| key != name);
        let body = journey.request.body.as_mut().and_then(Value::as_object_mut);
        body.map(|body| body.remove(name));
        journey.answer = Answer::Response(sampler.response(operation, Extent::Least).unwrap());
        // The request in the handler is another than the sample, because it has a token.
        let _ = (case.exchange)(&journey);

        let wire = journey.desk.wire();
        let body: Value = serde_json::from_slice(&wire.body).unwrap_or_default();
        let query = pairs(&wire.query).into_iter().find(|(key, _)| key == name).map(|(_, token)| token);
        match query.as_deref().or(body[name].as_str()) {
            Some(token) if token.len() == 36 => made_up += 1,
            _ => missing.push(case.name),
        }
    }
    // The sixtieth, StartContactStreaming's, is required, so that the request's constructor asks for it.
    assert_eq!((made_up, missing), (59, Vec::new()));
}

#[test]
fn every_modelled_error_reaches_the_caller() {
    let model = connect();
    let mut sampler = Sampler::new(&model);
    let mut journey = Journey::new(true);
    let case = CASES.iter().find(|case| case.name == "DescribeContact").unwrap();
    journey.request = sampler.request(&model.operations["DescribeContact"], Extent::All).unwrap();
    let (mut count, mut failures) = (0, Vec::new());
    for (id, shape) in &model.shapes {
        let ShapeKind::Structure(structure) = &shape.kind else { continue };
        let Some(error) = &structure.error else { continue };
        let code = error.code.clone().unwrap_or_else(|| id.0.clone());
        for extent in [Extent::Least, Extent::All, Extent::Unknown] {
            journey.answer = Answer::Error(error.status, code.clone(), sampler.body(id, extent).unwrap());
            failures.extend((case.exchange)(&journey).err().map(|failure| format!("{id}: {failure}")));
        }
        count += 1;
    }
    assert_eq!(failures, [""; 0]);
    assert_eq!(count, 29);
}

#[test]
fn an_error_that_no_model_knows_reaches_the_caller() {
    let model = connect();
    let mut journey = Journey::new(true);
    let case = CASES.iter().find(|case| case.name == "DescribeContact").unwrap();
    journey.request = Sampler::new(&model).request(&model.operations["DescribeContact"], Extent::All).unwrap();
    let body = json!({"message": "closed for today", "Until": [1, null, {"a": "b"}]});
    journey.answer = Answer::Error(418, "TeapotException".to_owned(), body);
    (case.exchange)(&journey).unwrap();

    let error = error(418, "TeapotException", &json!({"message": "closed"}));
    assert!(matches!(&error, Error::Unrecognized(it) if it.code == "TeapotException" && it.status() == 418), "{error:?}");
}
