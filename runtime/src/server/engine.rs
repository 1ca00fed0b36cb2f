//! A request's whole way.

use super::call::{Call, Provider};
#[cfg(feature = "checksum")]
use super::checksum;
use super::decompression::decompressed;
use super::long;
use super::media;
use super::panics::{self, Panicked};
use super::protocol::{ProtocolTable, Protocols};
use super::request::{self, Limits, Received};
use super::route::{Found, Target};
use super::{Answer, Rejection, RequestContext, RequestId, ResponseBody, Router};
use crate::codec::{DecodeLimits, Reading};
use crate::error::ServiceError;
#[cfg(feature = "event-stream")]
use crate::operation::Media;
use crate::operation::OperationInfo;
use crate::stream::{self, BoxedBody};
use http::request::Parts;
use http::{HeaderMap, Method, Request, Response};
use http_body::Body;
use std::collections::HashMap;
use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tracing::{Instrument as _, Span};

/// Any error.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// A response on its way. It never fails: when the service's method panics, the answer is an error of status 500.
pub type ResponseFuture = Pin<Box<dyn Future<Output = Result<Response<ResponseBody>, Infallible>> + Send>>;

/// What a request's operation is called that has none.
const UNKNOWN: &str = "none";

/// What a generated `Server` is inside.
#[derive(Clone)]
pub struct Engine {
    router: &'static Router,
    provider: Arc<Provider>,
    settings: Settings,
}

#[derive(Clone)]
struct Settings {
    limits: Limits,
    /// The lengths of the bodies of operations that have limits of their own, by the operations' names.
    lengths: Option<Arc<HashMap<&'static str, usize>>>,
    reading: Reading,
    rejection: Option<Arc<AnswerRejection>>,
}

/// What to answer instead of a rejection's own answer.
type AnswerRejection = dyn Fn(&Rejection, usize) -> Option<Answer> + Send + Sync;

impl Default for Settings {
    fn default() -> Self {
        let limits = Limits { length: 1 << 20, time: Duration::from_secs(30) };
        Self { limits, lengths: None, reading: Reading::default(), rejection: None }
    }
}

impl Settings {
    fn limits_of(&self, operation: &OperationInfo) -> Limits {
        let length = self.lengths.as_ref().and_then(|lengths| lengths.get(operation.name));
        Limits { length: length.copied().unwrap_or(self.limits.length), ..self.limits }
    }
}

impl Engine {
    /// An engine with default settings.
    pub fn new(router: &'static Router, provider: Provider) -> Self {
        Self { router, provider: Arc::new(provider), settings: Settings::default() }
    }

    /// Refuses a body of more bytes than this. A stream has no limit but its reader's.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.settings.limits.length = bytes;
        self
    }

    /// The same for the bodies of one operation.
    #[must_use]
    pub fn operation_body_limit(mut self, operation: &'static str, bytes: usize) -> Self {
        Arc::make_mut(self.settings.lengths.get_or_insert_default()).insert(operation, bytes);
        self
    }

    /// Refuses a body that nests more deeply, or whose values need more memory, than this.
    #[must_use]
    pub fn decode_limits(mut self, limits: DecodeLimits) -> Self {
        self.settings.reading.limits = limits;
        self
    }

    /// Refuses a body that takes longer than this to arrive, and breaks off a stream when nothing arrives for so long.
    #[must_use]
    pub fn body_timeout(mut self, timeout: Duration) -> Self {
        self.settings.limits.time = timeout;
        self
    }

    /// Whether the model's constraints are checked.
    #[must_use]
    pub fn validation(mut self, validate: bool) -> Self {
        self.settings.reading.validate = validate;
        self
    }

    /// Answers a rejection with an error of the service, where the function gives one.
    #[must_use]
    pub fn rejection<P: Protocols, E: ServiceError>(
        mut self,
        error: impl Fn(&Rejection) -> Option<E> + Send + Sync + 'static,
    ) -> Self {
        let answer = move |rejection: &Rejection, protocol| Some(Answer::error::<P, E>(protocol, &error(rejection)?));
        self.settings.rejection = Some(Arc::new(answer));
        self
    }

    /// Answers a request. The body's time limit needs tokio's clock.
    pub fn call<B>(&self, request: Request<B>) -> ResponseFuture
    where
        B: Body + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let (parts, body) = request.into_parts();
        // A body that is empty is none.
        let body = (!body.is_end_stream()).then(|| stream::boxed(body));
        self.serve(parts, body)
    }

    fn serve(&self, mut parts: Parts, body: Option<BoxedBody>) -> ResponseFuture {
        let RequestId(id) = parts.extensions.get().cloned().unwrap_or_else(RequestId::random);
        let found = self.router.find(Target {
            method: parts.method.as_str(),
            path: parts.uri.path(),
            query: parts.uri.query().unwrap_or_default(),
            headers: &parts.headers,
        });
        let found = match found {
            Ok(found) => found,
            Err((protocol, rejection)) => {
                let refuse = || finish(self.refuse_unknown(&rejection, protocol, &id), UNKNOWN, &parts.method, &id);
                let response = span(UNKNOWN, &id).in_scope(refuse);
                return Box::pin(std::future::ready(Ok(response)));
            }
        };
        let operation = self.router.operation(found.operation);
        let body = self.decode(found, &mut parts.headers, body);
        let context = RequestContext::new(operation, id, parts);
        let span = span(context.operation().name, context.request_id());
        let engine = self.clone();
        let response = async move {
            let finish = |answer| finish(answer, operation.name, context.method(), context.request_id());
            let respond = async { finish(engine.answer(found, &context, body).await) };
            Ok(panics::caught_async(respond).await.unwrap_or_else(|Panicked| {
                panics::tell(operation.name, context.request_id(), "the service");
                finish(Answer::panicked(engine.router.protocol(found.protocol)))
            }))
        };
        Box::pin(response.instrument(span))
    }

    async fn answer(&self, found: Found, context: &RequestContext, body: Result<Option<BoxedBody>, Rejection>) -> Answer {
        let Found { protocol, operation } = found;
        // The service is asked for first: whoever it refuses is not worth a body.
        let service = match self.provider.provide(context, protocol) {
            Ok(service) => service,
            Err(answer) => return *answer,
        };
        let answering = match self.receive(protocol, context, body).await {
            Ok(body) => {
                // What was received is not kept while the service works.
                let call = Call { protocol, operation, context: context.clone(), body, reading: self.settings.reading };
                match call.is_long() {
                    true => long::elsewhere(move || service.dispatch(&call)).await,
                    false => service.dispatch(&call),
                }
            }
            Err(rejection) => Err(rejection),
        };
        match answering {
            Ok(answering) => answering.await,
            Err(rejection) => self.refuse(&rejection.of(context.operation()), protocol),
        }
    }

    async fn receive(
        &self,
        protocol: usize,
        context: &RequestContext,
        body: Result<Option<BoxedBody>, Rejection>,
    ) -> Result<Received, Rejection> {
        let (info, headers) = (context.operation(), context.headers());
        let ProtocolTable { media_type, request_media, response_media, .. } = self.router.protocol(protocol);
        media::check_accept(headers, response_media(info), media_type)?;
        let media = request_media(info);
        let received = request::receive(headers, body?, media, media_type, self.settings.limits_of(info)).await?;
        #[cfg(feature = "event-stream")]
        if media == Media::Events && self.router.protocol(protocol).initial_messages {
            return request::receive_initial(received, self.settings.reading.limits.max_frame()).await;
        }
        Ok(received)
    }

    /// Of a request that no operation has; nothing of it is asynchronous, so that a panic is caught here.
    fn refuse_unknown(&self, rejection: &Rejection, protocol: usize, request_id: &str) -> Answer {
        panics::caught(|| self.refuse(rejection, protocol)).unwrap_or_else(|Panicked| {
            panics::tell(UNKNOWN, request_id, "the service");
            Answer::panicked(self.router.protocol(protocol))
        })
    }

    /// The body as it was before it was put in chunks and compressed; its checksum is verified while it is read.
    fn decode(&self, found: Found, headers: &mut HeaderMap, body: Option<BoxedBody>) -> Result<Option<BoxedBody>, Rejection> {
        #[cfg(feature = "checksum")]
        let body = checksum::verified(self.router.operation(found.operation), headers, body, self.settings.reading.validate)?;
        body.map(|body| self.decompress(found, headers, body)).transpose()
    }

    fn decompress(&self, found: Found, headers: &mut HeaderMap, body: BoxedBody) -> Result<BoxedBody, Rejection> {
        let operation = self.router.operation(found.operation);
        let media = (self.router.protocol(found.protocol).request_media)(operation);
        let is_collected = !media.is_stream();
        match operation.gzip {
            true => decompressed(headers, body, is_collected.then_some(self.settings.limits_of(operation).length)),
            false => Ok(body),
        }
    }

    fn refuse(&self, rejection: &Rejection, protocol: usize) -> Answer {
        let modelled = self.settings.rejection.as_ref().and_then(|error| error(rejection, protocol));
        modelled.unwrap_or_else(|| rejection.answer(self.router.protocol(protocol)))
    }
}

fn span(operation: &'static str, request_id: &str) -> Span {
    tracing::info_span!("request", operation, request_id)
}

fn finish(answer: Answer, operation: &'static str, method: &Method, request_id: &str) -> Response<ResponseBody> {
    match answer.code() {
        Some(code) => tracing::debug!(status = answer.status(), code, "answered an error"),
        None => tracing::debug!(status = answer.status(), "answered"),
    }
    answer.into_response(operation, method, request_id)
}

impl fmt::Debug for Engine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Server")
            .field("operations", &self.router.len())
            .field("body_limit", &self.settings.limits.length)
            .field("body_timeout", &self.settings.limits.time)
            .field("validation", &self.settings.reading.validate)
            .finish_non_exhaustive()
    }
}
