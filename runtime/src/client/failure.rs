//! Why a call failed: from the orchestrator's words to the service's errors.

use crate::client::wire::ReadError;
use crate::error::{ClientError, ClientErrorKind, ErrorMeta, Exception, Retryable, ServiceError};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{BeforeTransmitInterceptorContextRef, Error};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::{ConnectorError, SdkError};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
use aws_smithy_types::retry::{ErrorKind, ProvideErrorKind};
use aws_types::request_id::RequestId;
use http::{HeaderMap, HeaderName, HeaderValue};
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A call that failed, before it becomes an error of a service.
#[derive(Debug)]
pub(crate) enum Failure {
    Client(ClientError),
    Service { status: u16, headers: HeaderMap, body: Vec<u8> },
}

impl Failure {
    pub(crate) fn construction(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::Client(ClientError::new(ClientErrorKind::Construction, source))
    }

    /// An answer that makes no sense.
    #[cfg(feature = "event-stream")]
    pub(crate) fn response(source: BoxError) -> Self {
        Self::Client(ClientError::new(ClientErrorKind::Response, source))
    }

    pub(crate) fn new(error: SdkError<Error, HttpResponse>, transmission: &Transmission) -> Self {
        match error {
            SdkError::ServiceError(error) => {
                let response = error.raw();
                let body = response.body().bytes().unwrap_or_default().to_vec();
                Self::Service { status: response.status().as_u16(), headers: header_map(response.headers()), body }
            }
            error => Self::Client(client_error(error, transmission)),
        }
    }

    /// The error that a caller sees: the one thing here that every service has of its own.
    pub(crate) fn into_error<E: ServiceError>(self, read: ReadError<E>) -> E {
        match self {
            Self::Client(error) => E::from(error),
            Self::Service { status, headers, body } => read(status, &headers, &body),
        }
    }
}

fn client_error(error: SdkError<Error, HttpResponse>, transmission: &Transmission) -> ClientError {
    let kind = match &error {
        SdkError::TimeoutError(_) => ClientErrorKind::Timeout,
        SdkError::ConstructionFailure(_) => ClientErrorKind::Construction,
        SdkError::DispatchFailure(failure) if failure.is_timeout() => ClientErrorKind::Timeout,
        SdkError::DispatchFailure(failure) if failure.is_user() || !transmission.began() => ClientErrorKind::Construction,
        SdkError::DispatchFailure(_) => ClientErrorKind::Dispatch,
        _ => ClientErrorKind::Response,
    };
    let meta = error.raw_response().map(|response| {
        let request_id = response.request_id().map(str::to_owned);
        ErrorMeta::new(response.status().as_u16(), request_id, None, None)
    });
    let mut error = ClientError::new(kind, cause(error));
    *error.meta_mut() = meta.unwrap_or_default();
    error
}

/// The cause without the orchestrator's wrapping, which repeats the kind.
fn cause(error: SdkError<Error, HttpResponse>) -> BoxError {
    let source = match error.into_source() {
        Ok(source) => source,
        Err(error) => return error.into(),
    };
    match source.downcast::<ConnectorError>() {
        Ok(error) => error.into_source(),
        Err(source) => source,
    }
}

/// Whether a request went out. The orchestrator calls everything a dispatch failure that goes wrong between the request's
/// text and its transmission: no credentials, no endpoint, no HTTP client.
#[derive(Clone, Debug, Default)]
pub(crate) struct Transmission(Arc<AtomicBool>);

impl Transmission {
    fn began(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Storable for Transmission {
    type Storer = StoreReplace<Self>;
}

/// Notes that a request goes out.
#[derive(Debug)]
pub(crate) struct TransmissionInterceptor;

#[dyn_dispatch_hint]
impl Intercept for TransmissionInterceptor {
    fn name(&self) -> &'static str {
        "TransmissionInterceptor"
    }

    fn read_before_attempt(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        note(config, false);
        Ok(())
    }

    fn read_before_transmit(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if components.http_client().is_none() {
            return Err("no HTTP client: set one in the `SdkConfig`, or turn on the feature `tls`".into());
        }
        note(config, true);
        Ok(())
    }
}

fn note(config: &ConfigBag, began: bool) {
    if let Some(transmission) = config.load::<Transmission>() {
        transmission.0.store(began, Ordering::Relaxed);
    }
}

/// A service's error for the retry classifiers, which ask for its code, and for what the model says about it.
#[derive(Debug)]
pub(crate) struct ErrorAnswer {
    metadata: ErrorMetadata,
    retryable: Option<Retryable>,
}

impl ErrorAnswer {
    pub(crate) fn new(name: Option<String>, retryable: Option<Retryable>) -> Self {
        let mut metadata = ErrorMetadata::builder();
        if let Some(name) = name {
            metadata = metadata.code(name);
        }
        Self { metadata: metadata.build(), retryable }
    }
}

impl fmt::Display for ErrorAnswer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.metadata, formatter)
    }
}

impl StdError for ErrorAnswer {}

impl ProvideErrorMetadata for ErrorAnswer {
    fn meta(&self) -> &ErrorMetadata {
        &self.metadata
    }
}

impl ProvideErrorKind for ErrorAnswer {
    fn retryable_error_kind(&self) -> Option<ErrorKind> {
        self.retryable.map(|retryable| match retryable {
            Retryable::Again => ErrorKind::ServerError,
            Retryable::Throttled => ErrorKind::ThrottlingError,
        })
    }

    fn code(&self) -> Option<&str> {
        self.metadata.code()
    }
}

pub(crate) fn header_map(headers: &Headers) -> HeaderMap {
    let pairs =
        headers.iter().filter_map(|(name, value)| Some((HeaderName::try_from(name).ok()?, HeaderValue::try_from(value).ok()?)));
    let mut map = HeaderMap::with_capacity(headers.len());
    for (name, value) in pairs {
        map.append(name, value);
    }
    map
}
