//! Where requests go: <https://smithy.io/2.0/additional-specs/rules-engine/index.html>.
//!
//! The rules of a service are a generated function; what they are told is here. An operation may have a
//! prefix of its own before the host, [which a host without a name does not get](set_host_prefix). Nothing that is configured
//! can change what stands around it: [regions](check_region) and [URLs](check_url) are checked first.

mod url;

use crate::client::service::ServiceInfo;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::endpoint::error::ResolveEndpointError;
use aws_smithy_runtime_api::client::endpoint::{EndpointFuture, EndpointPrefix, EndpointResolverParams, ResolveEndpoint};
use aws_smithy_runtime_api::client::interceptors::context::BeforeSerializationInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::endpoint::Endpoint;
use aws_types::endpoint_config::{EndpointUrl, UseDualStack, UseFips};
use aws_types::region::Region;
use std::net::IpAddr;
use url::{check_region, check_url};

/// What endpoint rules are told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EndpointParameters {
    /// The region, `us-west-2`.
    pub region: Option<String>,
    /// Whether the endpoint must be FIPS 140's.
    pub use_fips: bool,
    /// Whether the endpoint must answer on IPv6, too.
    pub use_dual_stack: bool,
    /// The URL that the program asks for instead.
    pub endpoint: Option<String>,
}

/// Asks the service's rules.
#[derive(Debug)]
pub(crate) struct EndpointResolver(pub(crate) &'static ServiceInfo);

impl ResolveEndpoint for EndpointResolver {
    fn resolve_endpoint<'a>(&'a self, params: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        EndpointFuture::ready(self.resolve(params))
    }
}

impl EndpointResolver {
    fn resolve(&self, params: &EndpointResolverParams) -> Result<Endpoint, BoxError> {
        let parameters = params.get::<EndpointParameters>().ok_or("endpoint parameters are missing")?;
        parameters.region.as_deref().map_or(Ok(()), check_region)?;
        parameters.endpoint.as_deref().map_or(Ok(()), check_url)?;
        let url = (self.0.endpoint)(parameters).map_err(ResolveEndpointError::message)?;
        Ok(Endpoint::builder().url(url).build())
    }
}

/// Tells the resolver what is configured, of the client and of the call.
///
/// The orchestrator wants it in the interceptor state; before execution, a call's overrides are not there yet.
#[derive(Debug)]
pub(crate) struct EndpointInterceptor;

#[dyn_dispatch_hint]
impl Intercept for EndpointInterceptor {
    fn name(&self) -> &'static str {
        "EndpointInterceptor"
    }

    fn read_before_serialization(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let parameters = EndpointParameters {
            region: config.load::<Region>().map(ToString::to_string),
            use_fips: config.load::<UseFips>().is_some_and(|it| it.0),
            use_dual_stack: config.load::<UseDualStack>().is_some_and(|it| it.0),
            endpoint: config.load::<EndpointUrl>().map(|it| it.0.clone()),
        };
        config.interceptor_state().store_put(EndpointResolverParams::new(parameters));
        Ok(())
    }
}

/// Puts something before the host: <https://smithy.io/2.0/spec/endpoint-traits.html#endpoint-trait>.
///
/// Also before that of a URL of the program's own, but not before an address or `localhost`: there is nobody but the service
/// that runs there, mostly a fake.
///
/// # Errors
///
/// A text that no host can begin with.
pub(crate) fn set_host_prefix(config: &mut ConfigBag, prefix: String) -> Result<(), BoxError> {
    if !config.load::<EndpointUrl>().is_some_and(|url| is_nameless(&url.0)) {
        config.interceptor_state().store_put(EndpointPrefix::new(prefix)?);
    }
    Ok(())
}

/// Whether the host of a URL is an address, or this machine.
fn is_nameless(url: &str) -> bool {
    let Ok(url) = url.parse::<http::Uri>() else { return false };
    let host = url.host().unwrap_or_default();
    let address = host.strip_prefix('[').and_then(|it| it.strip_suffix(']')).unwrap_or(host);
    host.eq_ignore_ascii_case("localhost") || address.parse::<IpAddr>().is_ok()
}
