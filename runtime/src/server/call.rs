//! One request on its way to the service's method.

use super::{Answer, Rejection, RequestContext};
use crate::error::ServiceError;
use crate::json::{Problem, ProblemKind};
use crate::operation::Operation;
use crate::rest_json::{self, RequestParts};
use crate::validate::Checker;
use bytes::Bytes;
use std::pin::Pin;
use std::sync::Arc;

/// A request whose operation is known and whose body is there.
#[derive(Debug)]
pub struct Call {
    pub(super) operation: usize,
    pub(super) context: RequestContext,
    pub(super) body: Bytes,
    pub(super) validate: bool,
}

impl Call {
    /// The operation, by its place in the router's list.
    pub fn operation(&self) -> usize {
        self.operation
    }

    fn parts(&self) -> RequestParts<'_> {
        let uri = self.context.uri();
        RequestParts {
            path: uri.path(),
            query: uri.query().unwrap_or_default(),
            headers: self.context.headers(),
            body: &self.body,
        }
    }

    /// What is missing, as violations to begin with.
    fn check(&self, problems: &[Problem]) -> Result<Checker, Rejection> {
        if problems.iter().any(|problem| problem.kind != ProblemKind::Missing) {
            return Err(Rejection::mistyped(problems));
        }
        let mut check = Checker::default();
        for problem in problems {
            check.missing(&problem.path);
        }
        Ok(check)
    }
}

/// Reads an operation's request, strictly.
///
/// # Errors
///
/// A request that is not of the operation's shape, or violates its constraints.
pub fn read<O: Operation>(call: &Call) -> Result<O, Rejection> {
    let (request, problems) = match rest_json::read_request::<O>(call.parts()) {
        Ok(read) => read,
        Err(error) => return Err(Rejection::malformed(&error)),
    };
    if problems.is_empty() && !call.validate {
        return Ok(request);
    }
    let mut check = call.check(&problems)?;
    if call.validate {
        request.validate(&mut check);
    }
    match Rejection::violated(check, &problems) {
        None => Ok(request),
        Some(rejection) => Err(rejection),
    }
}

/// An answer on its way.
pub type Answering = Pin<Box<dyn Future<Output = Answer> + Send>>;

/// An answer that is there already.
pub fn answering(answer: Answer) -> Answering {
    Box::pin(std::future::ready(answer))
}

/// Calls the method of an operation: what the macro implements for every service.
pub trait Dispatch: Send + Sync + 'static {
    /// Reads the request and calls the service.
    ///
    /// # Errors
    ///
    /// A request that cannot be read.
    fn dispatch(&self, call: &Call) -> Result<Answering, Rejection>;
}

/// Where the service of a request comes from.
pub struct Provider<S, E>(Source<S, E>);

enum Source<S, E> {
    Shared(Arc<S>),
    PerRequest(Box<dyn Fn(RequestContext) -> Result<S, E> + Send + Sync>),
}

impl<S, E: ServiceError> Provider<S, E> {
    /// One for all.
    pub fn shared(service: S) -> Self {
        Self(Source::Shared(Arc::new(service)))
    }

    /// One each.
    pub fn per_request(make: impl Fn(RequestContext) -> Result<S, E> + Send + Sync + 'static) -> Self {
        Self(Source::PerRequest(Box::new(make)))
    }

    /// The service of this request.
    ///
    /// # Errors
    ///
    /// The error to answer instead.
    pub fn provide(&self, call: &Call) -> Result<Arc<S>, Answer> {
        match &self.0 {
            Source::Shared(service) => Ok(Arc::clone(service)),
            Source::PerRequest(make) => match make(call.context.clone()) {
                Ok(service) => Ok(Arc::new(service)),
                Err(error) => Err(Answer::error(&error)),
            },
        }
    }
}
