//! What stands before every service: a request that is too long or for somebody else does not get further.

use super::hosts::Misdirected;
use super::{Hosts, Limits};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode};
use http_body_util::{Either, Full};
use hyper::body::{Body, Incoming};
use hyper::service::Service as _;
use hyper_util::service::TowerToHyperService;
use smithwright_runtime::server::BoxError;
use std::convert::Infallible;
use uuid::Uuid;

/// What can be served: a tower service, as every generated `Server` is.
pub trait Service:
    tower_service::Service<Request<Incoming>, Response = Response<Self::Body>, Error = Infallible, Future: Send + 'static>
    + Clone
    + Send
    + 'static
{
    /// The body of its answers.
    type Body: Body<Data = Bytes, Error: Into<BoxError>> + Send + 'static;
}

impl<S, B> Service for S
where
    S: tower_service::Service<Request<Incoming>, Response = Response<B>, Error = Infallible, Future: Send + 'static>,
    S: Clone + Send + 'static,
    B: Body<Data = Bytes, Error: Into<BoxError>> + Send + 'static,
{
    type Body = B;
}

/// A service and its front.
#[derive(Clone)]
pub(super) struct Front<S> {
    service: S,
    hosts: Hosts,
    target_bytes: usize,
}

/// What is answered instead of the service's answer.
struct Refusal {
    status: StatusCode,
    code: &'static str,
    message: &'static str,
}

impl<S: Service> Front<S> {
    pub(super) fn new(service: S, hosts: Hosts, limits: &Limits) -> Self {
        Self { service, hosts, target_bytes: limits.target_bytes }
    }

    /// Answers a request.
    pub(super) async fn call(self, request: Request<Incoming>) -> Response<Either<S::Body, Full<Bytes>>> {
        match self.refusal(&request) {
            Some(refusal) => refusal.into_response().map(Either::Right),
            None => match TowerToHyperService::new(self.service).call(request).await {
                Ok(response) => response.map(Either::Left),
                Err(never) => match never {},
            },
        }
    }

    fn refusal(&self, request: &Request<Incoming>) -> Option<Refusal> {
        let target = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
        if target > self.target_bytes {
            let message = "The request's target is too long";
            return Some(Refusal { status: StatusCode::URI_TOO_LONG, code: "UriTooLongException", message });
        }
        if !is_plain(request.headers()) {
            let message = "The request's body is encoded for its transfer in a way that is not known here";
            return Some(Refusal { status: StatusCode::NOT_IMPLEMENTED, code: "NotImplementedException", message });
        }
        match self.hosts.check(request.uri(), request.headers()) {
            Ok(()) => None,
            Err(Misdirected::Unclear) => Some(Refusal {
                status: StatusCode::BAD_REQUEST,
                code: "BadRequestException",
                message: "The request must name one host",
            }),
            Err(Misdirected::Elsewhere) => Some(Refusal {
                status: StatusCode::MISDIRECTED_REQUEST,
                code: "MisdirectedRequestException",
                message: "This server does not go by the request's host",
            }),
        }
    }
}

/// Whether a body is as it is, or in chunks. hyper sees to the chunks, and would hand on what else was done to it.
fn is_plain(headers: &HeaderMap) -> bool {
    let mut encodings = headers.get_all(TRANSFER_ENCODING).iter();
    match (encodings.next(), encodings.next()) {
        (None, _) => true,
        (Some(encoding), None) => encoding.as_bytes().trim_ascii().eq_ignore_ascii_case(b"chunked"),
        _ => false,
    }
}

impl Refusal {
    /// As the service's own errors look.
    fn into_response(self) -> Response<Full<Bytes>> {
        let mut response = Response::new(Full::from(format!(r#"{{"message":"{}"}}"#, self.message)));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert("x-amzn-errortype", HeaderValue::from_static(self.code));
        if let Ok(id) = HeaderValue::try_from(Uuid::new_v4().to_string()) {
            headers.insert("x-amzn-requestid", id);
        }
        response
    }
}
