//! One request on its way to the service's method.

use super::long::LONG;
use super::protocol::Protocols;
use super::request::Received;
use super::{Answer, Rejection, RequestContext};
use crate::codec::{ProblemKind, Problems, Reading};
use crate::error::ServiceError;
use crate::message::{BodyParts, RequestParts};
use crate::operation::Operation;
use crate::validate::Checker;
#[cfg(feature = "event-stream")]
use crate::validate::Validate;
use std::pin::Pin;
use std::sync::Arc;

/// A request whose operation is known and whose body is there, unless it is a stream.
#[derive(Debug)]
pub struct Call {
    pub(super) protocol: usize,
    pub(super) operation: usize,
    pub(super) context: RequestContext,
    pub(super) body: Received,
    pub(super) reading: Reading,
}

impl Call {
    /// The protocol, by its place in the server's list.
    pub fn protocol(&self) -> usize {
        self.protocol
    }

    /// The operation, by its place in the router's list.
    pub fn operation(&self) -> usize {
        self.operation
    }

    /// Whether reading it would keep others waiting.
    pub(super) fn is_long(&self) -> bool {
        matches!(&self.body, Received::Bytes(bytes) if bytes.len() >= LONG)
    }

    fn parts(&self) -> RequestParts<'_> {
        let uri = self.context.uri();
        RequestParts {
            path: uri.path(),
            query: uri.query().unwrap_or_default(),
            headers: self.context.headers(),
            body: match &self.body {
                Received::Bytes(bytes) => BodyParts::Bytes(bytes),
                Received::Stream(stream) => BodyParts::Stream(stream),
                #[cfg(feature = "event-stream")]
                Received::Events { initial, events } => BodyParts::Events { initial, events },
            },
        }
    }
}

/// What is missing or too long, as violations to begin with.
fn begin_check(problems: &Problems) -> Result<Checker, Rejection> {
    if problems.is_mistyped() || problems.is_unrecognized() {
        return Err(Rejection::mistyped(problems));
    }
    let mut check = Checker::default();
    for problem in problems.recorded() {
        match problem.kind {
            ProblemKind::Missing => check.missing(&problem.path),
            ProblemKind::TooLong { length, maximum } if problems.has_more() => check.too_long(&problem.path, length, maximum),
            ProblemKind::TooLong { length, .. } => check.length_of(&problem.path, length),
            ProblemKind::Mistyped(_) | ProblemKind::Unrecognized => {}
        }
    }
    // What was not read violates nothing.
    if problems.has_more() {
        check.fill();
    }
    Ok(check)
}

/// Whether an event that was read is what the model has.
///
/// # Errors
///
/// Something is of another type, missing, or violates a constraint.
#[cfg(feature = "event-stream")]
pub(crate) fn judge<T: Validate>(value: &T, problems: &Problems, validate: bool) -> Result<(), Rejection> {
    let mut check = begin_check(problems)?;
    if validate {
        value.validate(&mut check);
    }
    Rejection::violated(check).map_or(Ok(()), Err)
}

/// Reads an operation's request, strictly.
///
/// # Errors
///
/// A request that is not of the operation's shape, or violates its constraints.
pub fn read<P: Protocols, O: Operation>(call: &Call) -> Result<O, Rejection> {
    let (request, problems) = match P::read_request::<O>(call.protocol, call.parts(), call.reading) {
        Ok(read) => read,
        Err(error) => return Err(Rejection::malformed(&error)),
    };
    let mut check = begin_check(&problems)?;
    if call.reading.validate {
        request.validate(&mut check);
    }
    match Rejection::violated(check) {
        None => Ok(request),
        Some(rejection) => Err(rejection),
    }
}

/// An answer on its way.
pub type Answering = Pin<Box<dyn Future<Output = Answer> + Send>>;

/// Calls the method of an operation: what the macro implements for every service.
pub trait Dispatch: Send + Sync + 'static {
    /// Reads the request and calls the service.
    ///
    /// # Errors
    ///
    /// A request that cannot be read.
    fn dispatch(self: Arc<Self>, call: &Call) -> Result<Answering, Rejection>;
}

/// Where the service of a request comes from.
pub struct Provider(Source);

enum Source {
    Shared(Arc<dyn Dispatch>),
    PerRequest(Box<Make>),
}

/// Makes a service, or says what is answered instead.
type Make = dyn Fn(RequestContext, usize) -> Result<Arc<dyn Dispatch>, Box<Answer>> + Send + Sync;

impl Provider {
    /// One for all.
    pub fn shared(service: impl Dispatch) -> Self {
        Self(Source::Shared(Arc::new(service)))
    }

    /// One each.
    pub fn per_request<P: Protocols, S: Dispatch, E: ServiceError>(
        make: impl Fn(RequestContext) -> Result<S, E> + Send + Sync + 'static,
    ) -> Self {
        Self(Source::PerRequest(Box::new(move |context, protocol| match make(context) {
            Ok(service) => Ok(Arc::new(service)),
            Err(error) => Err(Box::new(Answer::error::<P, E>(protocol, &error))),
        })))
    }

    /// The service of this request, asked for before its body is read.
    ///
    /// # Errors
    ///
    /// What to answer instead.
    pub(super) fn provide(&self, context: &RequestContext, protocol: usize) -> Result<Arc<dyn Dispatch>, Box<Answer>> {
        match &self.0 {
            Source::Shared(service) => Ok(Arc::clone(service)),
            Source::PerRequest(make) => make(context.clone(), protocol),
        }
    }
}
