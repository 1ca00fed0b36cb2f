//! Schemes of a service's own: <https://smithy.io/2.0/spec/authentication-traits.html#authdefinition-trait>.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::{AuthSchemeEndpointConfig, Sign};
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use std::error::Error;
use std::fmt;

/// Authenticates requests in a way of the service's own. Closures do:
///
/// ```text
/// let client = client.with_palace_key(|request: &mut HttpRequest| {
///     request.headers_mut().insert("x-palace-key", "secret");
///     Ok(())
/// });
/// ```
///
/// What needs more than that, as identities that expire, is an `AuthScheme` of AWS's runtime, put in by a plugin.
pub trait RequestSigner: Send + Sync + 'static {
    /// Authenticates a request, which is sent as it is then. It is asked again at every attempt.
    ///
    /// # Errors
    ///
    /// Whatever keeps it from it: nothing is sent.
    fn sign(&self, request: &mut HttpRequest) -> Result<(), Box<dyn Error + Send + Sync>>;
}

impl<F> RequestSigner for F
where
    F: Fn(&mut HttpRequest) -> Result<(), Box<dyn Error + Send + Sync>> + Send + Sync + 'static,
{
    fn sign(&self, request: &mut HttpRequest) -> Result<(), Box<dyn Error + Send + Sync>> {
        self(request)
    }
}

/// What the program brings.
pub(super) struct Signer(Box<dyn RequestSigner>);

impl fmt::Debug for Signer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Signer")
    }
}

impl Signer {
    pub(super) fn new(signer: impl RequestSigner) -> Self {
        Self(Box::new(signer))
    }
}

impl Sign for Signer {
    fn sign_http_request(
        &self,
        request: &mut HttpRequest,
        _: &Identity,
        _: AuthSchemeEndpointConfig<'_>,
        _: &RuntimeComponents,
        _: &ConfigBag,
    ) -> Result<(), BoxError> {
        self.0.sign(request)
    }
}
