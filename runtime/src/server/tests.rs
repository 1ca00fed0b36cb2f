// What macros write is for other crates.
#![allow(unreachable_pub)]

use crate::codegen::*;
use crate::server::{RejectionKind, RequestContext, RequestId, ResponseBody};
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body::{Body, Frame};
use http_body_util::{BodyExt, Empty, Full};
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tower::ServiceExt as _;

// What a generator writes.

enumeration! {
    /// A kind of thing.
    pub enum Kind {
        Round = "ROUND",
        Square = "SQUARE",
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Part {
    name: String,
    size: i32,
}

structure! { Part: Default {} }

impl Structure for Part {
    const REQUIRED: &'static [&'static str] = &["Name", "Size"];

    fn encode_members<E: Encoder>(&self, to: &mut E) {
        to.member("Name", &self.name);
        to.member("Size", &self.size);
    }

    fn decode_member<D: Decoder>(&mut self, member: &str, from: &mut D) -> Result<(), DecodeError> {
        match member {
            "Name" => from.set(&mut self.name),
            "Size" => from.set(&mut self.size),
            _ => from.skip(),
        }
    }
}

impl Validate for Part {
    fn validate(&self, check: &mut Checker) {
        check.at("Name").length(&self.name, 1..=5);
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct PutThing {
    id: String,
    part: Part,
    kind: Option<Kind>,
    sizes: Option<Vec<i32>>,
}

request! { PutThing: Default {} }

impl Structure for PutThing {
    const REQUIRED: &'static [&'static str] = &["Part"];

    fn encode_members<E: Encoder>(&self, to: &mut E) {
        to.member("Part", &self.part);
    }

    fn decode_member<D: Decoder>(&mut self, member: &str, from: &mut D) -> Result<(), DecodeError> {
        match member {
            "Part" => from.set(&mut self.part),
            "Kind" => from.set(&mut self.kind),
            "Sizes" => from.set(&mut self.sizes),
            _ => from.skip(),
        }
    }
}

impl Validate for PutThing {
    fn validate(&self, check: &mut Checker) {
        check.at("ThingId").length(&self.id, ..=30);
        check.at("Part").inside(&self.part);
        check.at("Kind").inside(&self.kind);
    }
}

impl Operation for PutThing {
    type Response = Thing;
    type Error = Error;
    const INFO: OperationInfo = OperationInfo::new("PutThing", "PUT", "/things/{ThingId}", &[]).status(201);

    fn write<W: RequestWriter>(&self, to: &mut W) -> Result<(), WriteError> {
        to.label("ThingId", &self.id)?;
        to.body(self)
    }

    fn read<R: RequestReader>(&mut self, from: &mut R) -> Result<(), DecodeError> {
        from.label("ThingId", &mut self.id)?;
        from.body(self)
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Thing {
    id: String,
    note: Option<String>,
}

structure! { Thing: Default {} }

impl Structure for Thing {
    const REQUIRED: &'static [&'static str] = &[];

    fn encode_members<E: Encoder>(&self, to: &mut E) {
        to.member("Id", &self.id);
        to.member("Note", &self.note);
    }

    fn decode_member<D: Decoder>(&mut self, _: &str, from: &mut D) -> Result<(), DecodeError> {
        from.skip()
    }
}

macro_rules! by_id {
    ($request:ident, $name:literal, $method:literal, $uri:literal, $status:literal -> $response:ty) => {
        #[derive(Clone, Debug, Default, PartialEq)]
        struct $request {
            id: String,
        }

        request! { $request: Default {} }

        impl Validate for $request {}

        impl Operation for $request {
            type Response = $response;
            type Error = Error;
            const INFO: OperationInfo = OperationInfo::new($name, $method, $uri, &[]).status($status);

            fn write<W: RequestWriter>(&self, to: &mut W) -> Result<(), WriteError> {
                to.label("ThingId", &self.id)
            }

            fn read<R: RequestReader>(&mut self, from: &mut R) -> Result<(), DecodeError> {
                from.label("ThingId", &mut self.id)
            }
        }
    };
}

by_id!(GetThing, "GetThing", "GET", "/things/{ThingId}", 200 -> Thing);
by_id!(DeleteThing, "DeleteThing", "DELETE", "/things/{ThingId}", 204 -> ());
by_id!(CountThing, "CountThing", "POST", "/things/{ThingId}/count", 200 -> ());

#[derive(Clone, Debug, PartialEq)]
struct NotFoundException {
    message: Option<String>,
    meta: ErrorMeta,
}

exception!(NotFoundException, Error::NotFound, "NotFoundException", 404, message);

#[derive(Debug)]
enum Error {
    NotFound(NotFoundException),
    Unrecognized(UnrecognizedError),
    Client(ClientError),
}

impl From<UnrecognizedError> for Error {
    fn from(error: UnrecognizedError) -> Self {
        Self::Unrecognized(error)
    }
}

impl From<ClientError> for Error {
    fn from(error: ClientError) -> Self {
        Self::Client(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.exception(), formatter)
    }
}

impl std::error::Error for Error {}

impl ServiceError for Error {
    fn decode<D: Decoder>(_: &str, _: &mut D) -> Result<Option<Self>, DecodeError> {
        Ok(None)
    }

    fn encode<E: Encoder>(&self, to: &mut E) {
        match self {
            Self::NotFound(error) => to.object(|to| to.member("Message", &error.message)),
            Self::Unrecognized(error) => error.encode(to),
            Self::Client(error) => error.encode(to),
        }
    }

    fn exception(&self) -> &dyn Exception {
        match self {
            Self::NotFound(error) => error,
            Self::Unrecognized(error) => error,
            Self::Client(error) => error,
        }
    }

    fn exception_mut(&mut self) -> &mut dyn Exception {
        match self {
            Self::NotFound(error) => error,
            Self::Unrecognized(error) => error,
            Self::Client(error) => error,
        }
    }
}

trait Things: Send + Sync + 'static {
    fn get_thing(&self, request: GetThing) -> impl Future<Output = Result<Thing, Error>> + Send {
        not_implemented(request)
    }

    fn put_thing(&self, request: PutThing) -> impl Future<Output = Result<Thing, Error>> + Send {
        not_implemented(request)
    }

    fn delete_thing(&self, request: DeleteThing) -> impl Future<Output = Result<(), Error>> + Send {
        not_implemented(request)
    }

    fn count_thing(&self, request: CountThing) -> impl Future<Output = Result<(), Error>> + Send {
        not_implemented(request)
    }
}

mod generated {
    use super::*;

    crate::server! {
        /// Serves things.
        Things, Error;
        get_thing(GetThing),
        put_thing(PutThing),
        delete_thing(DeleteThing),
        count_thing(CountThing),
    }
}

use generated::Server;

// What a user writes.

#[derive(Default)]
struct Shelf {
    context: Option<RequestContext>,
}

impl Things for Shelf {
    async fn get_thing(&self, request: GetThing) -> Result<Thing, Error> {
        tokio::task::yield_now().await;
        match request.id.as_str() {
            "nothing" => Err(NotFoundException { message: Some("no such thing".into()), meta: ErrorMeta::default() }.into()),
            "odd" => Err(UnrecognizedError::new("Odd\nException", 200, Some("odd".to_owned())).into()),
            "caller" => {
                let context = self.context.as_ref().unwrap();
                let note = context.extensions().get::<&str>().map(|caller| format!("{caller} {}", context.request_id()));
                assert_eq!(context.operation().name, "GetThing");
                assert_eq!(context.method(), "GET");
                assert_eq!(context.uri().path(), "/things/caller");
                assert_eq!(context.headers()["x-extra"], "1");
                Ok(Thing { id: request.id, note })
            }
            _ => Ok(Thing { id: request.id, note: None }),
        }
    }

    async fn put_thing(&self, request: PutThing) -> Result<Thing, Error> {
        Ok(Thing { id: request.id, note: Some(format!("{:?} {:?}", request.part, request.kind)) })
    }

    async fn delete_thing(&self, _: DeleteThing) -> Result<(), Error> {
        Ok(())
    }
}

fn server() -> Server {
    Server::new(Shelf::default())
}

fn request(method: &str, uri: &str, body: &str) -> Request<Full<Bytes>> {
    Request::builder().method(method).uri(uri).body(Full::new(Bytes::from(body.to_owned()))).unwrap()
}

fn header<'a>(response: &'a Response<ResponseBody>, name: &str) -> Option<&'a str> {
    response.headers().get(name).map(|it| it.to_str().unwrap())
}

async fn send<B>(server: Server, request: Request<B>) -> (Response<ResponseBody>, String)
where
    B: Body + Send + 'static,
    B::Error: Into<crate::server::BoxError>,
{
    let mut response = server.oneshot(request).await.unwrap();
    let body = std::mem::take(response.body_mut()).collect().await.unwrap().to_bytes();
    assert!(header(&response, "x-amzn-requestid").is_some());
    assert_eq!(header(&response, "content-type"), (response.status() != 204).then_some("application/json"));
    (response, String::from_utf8(body.to_vec()).unwrap())
}

/// Status, error type and body.
async fn answer<B>(server: Server, request: Request<B>) -> (u16, String, String)
where
    B: Body + Send + 'static,
    B::Error: Into<crate::server::BoxError>,
{
    let (response, body) = send(server, request).await;
    let code = header(&response, "x-amzn-errortype").unwrap_or_default().to_owned();
    (response.status().as_u16(), code, body)
}

fn error(status: u16, code: &str, message: &str) -> (u16, String, String) {
    (status, code.to_owned(), format!(r#"{{"message":{}}}"#, serde_json::to_string(message).unwrap()))
}

const PART: &str = r#"{"Part":{"Name":"p","Size":1},"Kind":"ROUND"}"#;

#[tokio::test]
async fn a_success_has_the_operations_status() {
    let (response, body) = send(server(), request("PUT", "/things/a", PART)).await;
    assert_eq!(response.status(), StatusCode::CREATED);
    assert_eq!(body, r#"{"Id":"a","Note":"Part { name: \"p\", size: 1 } Some(Round)"}"#);
    assert_eq!(header(&response, "x-amzn-errortype"), None);
    assert_eq!(header(&response, "x-amzn-requestid").unwrap().len(), 36);
}

#[tokio::test]
async fn a_success_without_content_has_no_body() {
    assert_eq!(answer(server(), request("DELETE", "/things/a", "")).await, (204, String::new(), String::new()));
}

#[tokio::test]
async fn labels_are_decoded_after_matching() {
    let arn = "/things/arn%3Aaws%3Athing%2Fcount";
    assert_eq!(answer(server(), request("GET", arn, "")).await, (200, String::new(), r#"{"Id":"arn:aws:thing/count"}"#.into()));
}

#[tokio::test]
async fn an_operation_that_nobody_implements_answers_501() {
    let expected = error(501, "NotImplementedException", "CountThing is not implemented");
    assert_eq!(answer(server(), request("POST", "/things/a/count", "")).await, expected);
}

#[tokio::test]
async fn a_modelled_error_is_written_as_modelled() {
    let expected = (404, "NotFoundException".to_owned(), r#"{"Message":"no such thing"}"#.to_owned());
    assert_eq!(answer(server(), request("GET", "/things/nothing", "")).await, expected);
}

#[tokio::test]
async fn an_error_is_never_taken_for_a_success() {
    assert_eq!(answer(server(), request("GET", "/things/odd", "")).await, error(500, "", "odd"));
}

#[tokio::test]
async fn unknown_paths_and_methods_are_refused() {
    let unknown = error(404, "UnknownOperationException", "No operation has this path");
    for path in ["/", "/thing/a", "/things", "/things/", "/things//count", "/things/a/b", "/things/a/"] {
        assert_eq!(answer(server(), request("POST", path, "")).await, unknown, "{path}");
    }
    let (response, body) = send(server(), request("HEAD", "/things/a", "")).await;
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(header(&response, "x-amzn-errortype"), Some("MethodNotAllowedException"));
    assert_eq!(header(&response, "allow"), Some("DELETE, GET, PUT"));
    assert_eq!(body, r#"{"message":"This path takes DELETE, GET, PUT only"}"#);
}

#[tokio::test]
async fn a_client_that_takes_no_json_is_refused() {
    let refused = error(406, "NotAcceptableException", "This service answers application/json only");
    for (accept, is_refused) in [
        ("text/html", true),
        ("text/html, application/json;q=0", true),
        ("text/html, */*;q=0.1", false),
        ("Application/*", false),
        ("application/json; charset=utf-8", false),
        ("", false),
    ] {
        let mut request = request("GET", "/things/a", "");
        request.headers_mut().insert("accept", accept.parse().unwrap());
        assert_eq!(answer(server(), request).await == refused, is_refused, "{accept}");
    }
}

#[tokio::test]
async fn a_body_that_is_no_json_is_refused() {
    let refused = error(415, "UnsupportedMediaTypeException", "This service takes application/json only");
    for (content_type, is_refused) in [
        ("text/plain", true),
        ("application/jsonx", true),
        ("application/json; charset=utf-8", false),
        ("APPLICATION/JSON", false),
    ] {
        let mut with_body = request("PUT", "/things/a", PART);
        with_body.headers_mut().insert("content-type", content_type.parse().unwrap());
        assert_eq!(answer(server(), with_body).await == refused, is_refused, "{content_type}");
        let mut without = request("GET", "/things/a", "");
        without.headers_mut().insert("content-type", content_type.parse().unwrap());
        assert_eq!(answer(server(), without).await.0, 200);
    }
    let mut contradicting = request("PUT", "/things/a", PART);
    contradicting.headers_mut().append("content-type", "application/json".parse().unwrap());
    contradicting.headers_mut().append("content-type", "text/plain".parse().unwrap());
    assert_eq!(answer(server(), contradicting).await, refused);
}

#[tokio::test]
async fn broken_json_is_refused() {
    let (status, code, body) = answer(server(), request("PUT", "/things/a", r#"{"Part":"#)).await;
    assert_eq!((status, code.as_str()), (400, "SerializationException"));
    assert!(body.starts_with(r#"{"message":"not JSON"#), "{body}");
}

#[tokio::test]
async fn everything_mistyped_is_told() {
    let body = r#"{"Part":{"Name":1},"Kind":[],"Sizes":[1,"2",3.5]}"#;
    let message = "expected a string at /Part/Name; expected a string at /Kind; \
                   expected an integer at /Sizes/1; expected an integer at /Sizes/2";
    assert_eq!(answer(server(), request("PUT", "/things/a", body)).await, error(400, "SerializationException", message));
    let no_object = error(400, "SerializationException", "expected an object");
    assert_eq!(answer(server(), request("PUT", "/things/a", "[]")).await, no_object);
}

#[tokio::test]
async fn what_is_missing_is_told() {
    let message = "Value at '/Part' failed to satisfy constraint: Member must not be null";
    let one = format!(
        r#"{{"message":"1 validation error detected. {message}","fieldList":[{{"path":"/Part","message":"{message}"}}]}}"#
    );
    for validation in [true, false] {
        for body in ["", "{}", r#"{"Part":null}"#] {
            let answer = answer(server().validation(validation), request("PUT", "/things/a", body)).await;
            assert_eq!(answer, (400, "ValidationException".to_owned(), one.clone()));
        }
    }
}

#[tokio::test]
async fn every_violation_is_told() {
    let body = r#"{"Part":{"Name":"secret"},"Kind":"TRIANGULAR"}"#;
    let size = "Value at '/Part/Size' failed to satisfy constraint: Member must not be null";
    let name =
        "Value with length 6 at '/Part/Name' failed to satisfy constraint: Member must have length between 1 and 5, inclusive";
    let kind = "Value at '/Kind' failed to satisfy constraint: Member must satisfy enum value set: [ROUND, SQUARE]";
    let expected = format!(
        r#"{{"message":"3 validation errors detected. {size}; {name}; {kind}","fieldList":[{{"path":"/Part/Size","message":"{size}"}},{{"path":"/Part/Name","message":"{name}"}},{{"path":"/Kind","message":"{kind}"}}]}}"#
    );
    assert_eq!(answer(server(), request("PUT", "/things/a", body)).await, (400, "ValidationException".to_owned(), expected));
}

#[tokio::test]
async fn without_validation_what_the_model_does_not_know_goes_through() {
    let body = r#"{"Part":{"Name":"longer","Size":1},"Kind":"TRIANGULAR"}"#;
    let (status, _, body) = answer(server().validation(false), request("PUT", "/things/a", body)).await;
    assert_eq!(status, 201);
    assert!(body.contains("TRIANGULAR"), "{body}");
}

#[tokio::test]
async fn a_rejection_may_be_an_error_of_the_service() {
    let server = server().rejection(|rejection| {
        assert_eq!(rejection.operation().map(|it| it.name), Some("PutThing"));
        let message = rejection.violations().iter().map(|it| it.path.clone()).collect::<String>();
        (rejection.kind() == RejectionKind::Invalid)
            .then(|| NotFoundException { message: Some(message), meta: ErrorMeta::default() }.into())
    });
    let modelled = (404, "NotFoundException".to_owned(), r#"{"Message":"/Part"}"#.to_owned());
    assert_eq!(answer(server.clone(), request("PUT", "/things/a", "{}")).await, modelled);
    assert_eq!(answer(server, request("PUT", "/things/a", "[]")).await.1, "SerializationException");
}

/// A body that gives its data piece by piece, then never ends or breaks.
struct Dripping {
    pieces: Vec<&'static [u8]>,
    breaks: bool,
}

impl Body for Dripping {
    type Data = &'static [u8];
    type Error = std::io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        match self.pieces.pop() {
            Some(piece) => Poll::Ready(Some(Ok(Frame::data(piece)))),
            None if self.breaks => Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionReset.into()))),
            None => Poll::Pending,
        }
    }
}

fn dripping(pieces: Vec<&'static [u8]>, breaks: bool) -> Request<Dripping> {
    Request::builder().method("PUT").uri("/things/a").body(Dripping { pieces, breaks }).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_body_that_never_ends_is_given_up() {
    let expected = error(408, "RequestTimeoutException", "The body did not arrive in time");
    let start = tokio::time::Instant::now();
    assert_eq!(answer(server(), dripping(vec![b"{", b" "], false)).await, expected);
    assert_eq!(start.elapsed().as_secs(), 30);
    let start = tokio::time::Instant::now();
    assert_eq!(answer(server().body_timeout(Duration::from_secs(2)), dripping(vec![], false)).await, expected);
    assert_eq!(start.elapsed().as_secs(), 2);
}

#[tokio::test]
async fn a_body_that_breaks_off_is_refused() {
    let expected = error(400, "IncompleteBodyException", "The body could not be read");
    assert_eq!(answer(server(), dripping(vec![b"{"], true)).await, expected);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let expected = error(413, "RequestEntityTooLargeException", "The body is larger than 9 bytes");
    assert_eq!(answer(server().body_limit(9), request("PUT", "/things/a", PART)).await, expected);
    // One whose length is not known beforehand.
    assert_eq!(answer(server().body_limit(9), dripping(vec![b"12345", b"12345"], false)).await, expected);
    assert_eq!(answer(server().body_limit(PART.len()), request("PUT", "/things/a", PART)).await.0, 201);
    let large = Bytes::from(vec![b' '; (10 << 20) + 1]);
    assert_eq!(answer(server(), Request::put("/things/a").body(Full::new(large)).unwrap()).await.0, 413);
}

#[tokio::test]
async fn a_service_a_request_knows_the_requests_context() {
    let server = Server::per_request(|context| Shelf { context: Some(context) });
    let mut request = request("GET", "/things/caller", "");
    request.headers_mut().insert("x-extra", "1".parse().unwrap());
    request.extensions_mut().insert("ada");
    request.extensions_mut().insert(RequestId("r-1".into()));
    let (response, body) = send(server, request).await;
    assert_eq!(body, r#"{"Id":"caller","Note":"ada r-1"}"#);
    assert_eq!(header(&response, "x-amzn-requestid"), Some("r-1"));
}

#[tokio::test]
async fn a_service_may_be_refused_before_anything_is_decoded() {
    let server = Server::try_per_request(|context| match context.headers().get("authorization") {
        Some(_) => Ok(Shelf { context: Some(context) }),
        None => Err(UnrecognizedError::new("MissingAuthenticationTokenException", 403, "who is there?".to_owned()).into()),
    });
    let expected = error(403, "MissingAuthenticationTokenException", "who is there?");
    assert_eq!(answer(server, request("PUT", "/things/a", "no json")).await, expected);
}

#[test]
fn debug_shows_neither_labels_nor_credentials() {
    let (mut parts, ()) = Request::get("/things/secret").body(()).unwrap().into_parts();
    parts.headers.insert("authorization", "secret".parse().unwrap());
    let context = RequestContext::new(&GetThing::INFO, "r-1".into(), parts);
    assert_eq!(format!("{context:?}"), r#"RequestContext { operation: "GetThing", request_id: "r-1", .. }"#);
    assert!(format!("{:?}", server()).starts_with("Server(Server { operations: 4, body_limit: 10485760"));
}

#[tokio::test]
async fn a_request_that_makes_millions_of_violations_gets_a_short_answer() {
    let body = format!(r#"{{"Part":{{"Name":"a","Size":1}},"Sizes":[{}1]}}"#, "\"\",".repeat(100_000));
    let (status, code, body) = answer(server(), request("PUT", "/things/a", &body)).await;
    assert_eq!((status, code.as_str()), (400, "SerializationException"));
    assert!(body.len() < 10_000);
}

/// Nothing that a client sends hangs, panics or is the server's fault.
#[tokio::test]
async fn nonsense_is_the_clients_fault() {
    let bodies = ["", "{", "null", "\u{0}", "{}{}", r#"{"Part":{},"Part":{}}"#, r#"{"Part":1,"Part":[]}"#, r#"{"":{"":[[[]]]}}"#];
    let paths = [
        "*",
        "/%",
        "/things/%ff",
        "/things/%zz",
        "/things/..",
        "/things/a?&&=&=a",
        "/things/%2F%2F",
        "/things/a//",
        "//things/a",
    ];
    for path in paths {
        for method in ["GET", "PUT", "POST", "DELETE", "OPTIONS", "BREW"] {
            for body in bodies {
                let (status, ..) = answer(server(), request(method, path, body)).await;
                assert!(status < 500, "{method} {path} {body}");
            }
        }
    }
}

#[tokio::test]
async fn axum_takes_it_as_a_fallback() {
    let router: axum::Router = axum::Router::new().fallback_service(server());
    let request = Request::get("/things/a").body(axum::body::Body::empty()).unwrap();
    assert_eq!(router.oneshot(request).await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn it_is_a_tower_service_of_any_body() {
    fn service<S, B>(_: &Request<B>, service: S) -> S
    where
        S: tower_service::Service<Request<B>, Error = Infallible, Future: Send> + Clone + Send + Sync + 'static,
    {
        service
    }
    let request = Request::get("/things/a").body(Empty::<std::collections::VecDeque<u8>>::new()).unwrap();
    assert_eq!(service(&request, server()).oneshot(request).await.unwrap().status(), StatusCode::OK);
}
