//! What a client is made of that calls somebody on this machine.

use aws_smithy_http_client::Builder;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use smithwright_runtime::client::config::{Credentials, Region, RetryConfig, SdkConfig, SharedCredentialsProvider};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, io};

/// The configuration of a client for a URL. It never retries, so that each call is one request.
#[must_use]
pub fn configuration(url: &str) -> SdkConfig {
    SdkConfig::builder()
        .endpoint_url(url)
        .http_client(Builder::new().build_http())
        .region(Region::from_static("us-east-1"))
        .credentials_provider(SharedCredentialsProvider::new(Credentials::new("peer", "peer", None, None, "peers")))
        .retry_config(RetryConfig::disabled())
        .build()
}

/// The configuration of a client for the URL that the program is told: its last argument.
///
/// # Errors
///
/// When it is told none.
pub fn upstream() -> io::Result<SdkConfig> {
    let url = env::args().next_back().filter(|url| url.starts_with("http://"));
    url.map(|url| configuration(&url)).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "say the URL of who answers"))
}

/// Counts the calls of all clients that it is given to.
#[derive(Clone, Debug, Default)]
pub struct Calls(Arc<AtomicUsize>);

impl Calls {
    /// How many there were.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

#[dyn_dispatch_hint]
impl Intercept for Calls {
    fn name(&self) -> &'static str {
        "Calls"
    }

    fn read_before_transmit(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}
