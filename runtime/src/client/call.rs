//! One call of an operation.

use crate::client::core::{Core, Driven};
use crate::client::failure::Failure;
use crate::client::limits::ResponseLimits;
use crate::client::overrides::Overrides;
use crate::client::pages::{Items, Pages};
use crate::client::presign;
use crate::client::wire::{self, Dialect, ReadError};
use crate::error::{ClientError, ClientErrorKind};
use crate::operation::{Itemized, Operation, Paginated, Presignable};
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_runtime_api::client::interceptors::context::Output;
use aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor};
use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugin, SharedRuntimePlugin};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::endpoint_config::EndpointUrl;
use aws_types::region::Region;
use std::borrow::Cow;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// A call that is not sent yet: await it, or say first how it differs from the client's other calls.
///
/// ```text
/// let response = client.update_contact(request).await?;
/// let response = client.update_contact(request).timeout(Duration::from_secs(2)).header("x-trace", "7").await?;
/// ```
#[derive(Debug)]
#[must_use = "a call is sent when it is awaited"]
pub struct Call<'a, O: Operation> {
    pub(crate) core: &'a Core,
    pub(crate) dialect: Dialect<O>,
    pub(crate) request: O,
    /// Most calls have none.
    pub(crate) overrides: Option<Box<Overrides>>,
}

impl<'a, O: Operation> Call<'a, O> {
    #[inline]
    pub(crate) fn new(core: &'a Core, dialect: Dialect<O>, request: O) -> Self {
        Self { core, dialect, request, overrides: None }
    }

    /// Sends a header, in place of the client's own of that name. Several of one name are all sent.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.overrides().header(name, value);
        self
    }

    /// Waits no longer than this, retries included; 90 s unless set. Where it is longer than the client's defaults for an
    /// attempt, so are these.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.timeouts(TimeoutConfig::builder().operation_timeout(timeout).build())
    }

    /// Waits in another way than the client: what is not set stays as it is there.
    pub fn timeouts(mut self, timeouts: TimeoutConfig) -> Self {
        let timeouts = self.core.timeouts_of_call(timeouts, &O::INFO);
        self.overrides().config.store_put(timeouts);
        self
    }

    /// Retries in another way than the client.
    pub fn retry(mut self, retry: RetryConfig) -> Self {
        self.overrides().config.store_put(retry);
        self
    }

    /// Takes more or less of an answer than the client.
    pub fn response_limits(mut self, limits: ResponseLimits) -> Self {
        self.overrides().config.store_put(limits);
        self
    }

    /// Goes to this URL.
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        self.overrides().config.store_put(EndpointUrl(url.into()));
        self
    }

    /// Goes to this region.
    pub fn region(mut self, region: impl Into<Cow<'static, str>>) -> Self {
        self.overrides().region(Region::new(region));
        self
    }

    /// Signs with these credentials.
    pub fn credentials(mut self, credentials: impl ProvideCredentials + 'static) -> Self {
        self.overrides().credentials(SharedCredentialsProvider::new(credentials));
        self
    }

    /// Runs an interceptor beside the client's.
    pub fn interceptor(mut self, interceptor: impl Intercept + 'static) -> Self {
        self.overrides().interceptor(SharedInterceptor::new(interceptor));
        self
    }

    /// Applies a plugin over everything else: whatever the AWS runtime lets be configured.
    pub fn plugin(mut self, plugin: impl RuntimePlugin + 'static) -> Self {
        self.overrides().plugin(SharedRuntimePlugin::new(plugin));
        self
    }

    /// Sends the call, as awaiting it does.
    pub fn send(mut self) -> CallFuture<'a, O> {
        self.request.fill_labels();
        if let Some(token) = self.request.idempotency_token() {
            token.get_or_insert_with(|| self.core.token());
        }
        let Dialect { wire, read_error } = self.dialect;
        let driven = self.core.drive(wire, wire::input(self.request), self.overrides);
        CallFuture { driven, read_error }
    }

    /// Makes a URL, with the headers that must come along, by which anyone can make this call until it expires.
    ///
    /// # Errors
    ///
    /// A request that cannot be made, or an expiry of nothing or of more than a week.
    pub async fn presigned(mut self, expires_in: Duration) -> Result<http::Request<()>, O::Error>
    where
        O: Presignable,
    {
        self.request.fill_labels();
        let Dialect { wire, read_error } = self.dialect;
        presign::presign(self.core, wire, wire::input(self.request), self.overrides, expires_in)
            .await
            .map_err(|failure| failure.into_error(read_error))
    }

    /// The pages of a list, one call each, as a stream.
    pub fn pages(self) -> Pages<'a, O>
    where
        O: Paginated,
    {
        Pages::new(self)
    }

    /// The items of a list, across its pages, as a stream.
    pub fn items(self) -> Items<'a, O>
    where
        O: Itemized,
    {
        Items::new(self.pages())
    }

    fn overrides(&mut self) -> &mut Overrides {
        self.overrides.get_or_insert_default()
    }
}

impl<'a, O: Operation> IntoFuture for Call<'a, O> {
    type Output = Result<O::Response, O::Error>;
    type IntoFuture = CallFuture<'a, O>;

    fn into_future(self) -> CallFuture<'a, O> {
        self.send()
    }
}

/// A call under way.
#[must_use = "a call is sent when it is awaited"]
pub struct CallFuture<'a, O: Operation> {
    driven: Driven<'a, Output>,
    read_error: ReadError<O::Error>,
}

impl<O: Operation> Future for CallFuture<'_, O> {
    type Output = Result<O::Response, O::Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let read_error = self.read_error;
        self.driven.as_mut().poll(context).map(|answer| finish::<O>(answer, read_error))
    }
}

impl<O: Operation> fmt::Debug for CallFuture<'_, O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "CallFuture({})", O::INFO.name)
    }
}

/// Gives an answer its types back.
fn finish<O: Operation>(answer: Result<Output, Failure>, read_error: ReadError<O::Error>) -> Result<O::Response, O::Error> {
    let output = answer.map_err(|failure| failure.into_error(read_error))?;
    wire::response::<O>(output)
        .ok_or_else(|| ClientError::new(ClientErrorKind::Response, "an interceptor made another of it").into())
}
