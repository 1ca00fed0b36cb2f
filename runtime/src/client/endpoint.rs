//! Where requests go: <https://smithy.io/2.0/additional-specs/rules-engine/index.html>.
//!
//! The rules of a service are [data](crate::endpoint), which is asked at every call. What they are told comes from the request, else from
//! the client's settings, else from what all services know: region, URL, FIPS, dual stack, account.
//!
//! An operation may have a prefix of its own before the host, [which a host without a name does not get](set_host_prefix). Nothing
//! that is configured can change what stands around it: [regions](check_region) and [URLs](check_url) are checked first, and so is the
//! URL that rules come to.

mod auth;
mod url;

use crate::client::service::ServiceInfo;
use crate::client::wire::Wire;
use crate::endpoint::{BuiltIn, EndpointError as RulesError, EndpointParameters, ParameterValue};
use aws_credential_types::Credentials;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::endpoint::error::ResolveEndpointError;
use aws_smithy_runtime_api::client::endpoint::{EndpointFuture, EndpointPrefix, EndpointResolverParams, ResolveEndpoint};
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::interceptors::context::BeforeSerializationInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use aws_smithy_types::endpoint::Endpoint;
use aws_types::endpoint_config::{AccountIdEndpointMode, EndpointUrl, UseDualStack, UseFips};
use aws_types::region::Region;
use std::net::IpAddr;
use url::{EndpointError, check_label, check_region, check_url};

pub(crate) use auth::{names_schemes, schemes_of_endpoint, set_auth_schemes, set_credentials, set_tokens};
pub(crate) use url::discovered_url;

/// What the program tells the endpoint rules of the service's own parameters.
#[derive(Clone, Debug)]
pub(crate) struct EndpointSettings(pub(crate) EndpointParameters);

impl Storable for EndpointSettings {
    type Storer = StoreReplace<Self>;
}

/// What is wrong with what is configured. It is told when an endpoint is asked for.
#[derive(Clone, Debug)]
struct Misconfigured(EndpointError);

/// What is wrong with the account that credentials name. Rules may have a word for it, which goes first.
#[derive(Clone, Debug)]
struct NoAccount(EndpointError);

/// Asks the service's rules.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EndpointResolver(pub(crate) &'static ServiceInfo);

impl ResolveEndpoint for EndpointResolver {
    fn resolve_endpoint<'a>(&'a self, params: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        EndpointFuture::ready(self.resolve(params))
    }

    /// Credentials say whose account it is, which is known only now.
    fn finalize_params(&self, params: &mut EndpointResolverParams) -> Result<(), BoxError> {
        let Some(name) = self.parameter(BuiltIn::AccountId) else { return Ok(()) };
        let credentials = params.get_property::<Identity>().and_then(Identity::data::<Credentials>);
        let account = credentials.and_then(Credentials::account_id).map(|account| account.as_str().to_owned());
        let mode = self.parameter(BuiltIn::AccountIdEndpointMode);
        let Some(told) = params.get_mut::<EndpointParameters>() else { return Ok(()) };
        let is_disabled = mode.is_some_and(|mode| told.string(mode) == Some("disabled"));
        if let Some(account) = account.filter(|_| !is_disabled) {
            let checked = check_label(&account).map_err(EndpointError::Account);
            told.set(name, account);
            checked.err().into_iter().for_each(|error| params.set_property(NoAccount(error)));
        }
        Ok(())
    }
}

impl EndpointResolver {
    pub(crate) fn resolve(&self, params: &EndpointResolverParams) -> Result<Endpoint, BoxError> {
        let told = params.get::<EndpointParameters>().ok_or("endpoint parameters are missing")?;
        if let Some(Misconfigured(error)) = params.get_property::<Misconfigured>() {
            return Err(error.clone().into());
        }
        let resolved = self.0.endpoint.resolve(told);
        let rules_refuse = matches!(resolved, Err(RulesError::Rule(_)));
        if let Some(NoAccount(error)) = params.get_property::<NoAccount>().filter(|_| !rules_refuse) {
            return Err(error.clone().into());
        }
        let resolved = resolved.map_err(|error| ResolveEndpointError::message(error.to_string()))?;
        check_url(&resolved.url)?;
        let mut endpoint = Endpoint::builder().url(resolved.url);
        for (name, property) in resolved.properties {
            endpoint = endpoint.property(name, property);
        }
        for (name, value) in resolved.headers.into_iter().flat_map(|(name, values)| values.into_iter().map(move |it| (name, it)))
        {
            endpoint = endpoint.header(name, value);
        }
        Ok(endpoint.build())
    }

    /// What the parameter is told that is taken from here, when that is a string.
    pub(crate) fn told<'p>(&self, built_in: BuiltIn, told: &'p EndpointParameters) -> Option<&'p str> {
        told.string(self.parameter(built_in)?)
    }

    /// Whether the parameter is told anything that is taken from here.
    pub(crate) fn is_told(&self, built_in: BuiltIn, told: &EndpointParameters) -> bool {
        self.parameter(built_in).is_some_and(|name| told.get(name).is_some())
    }

    /// The name of the parameter that is taken from here.
    fn parameter(&self, built_in: BuiltIn) -> Option<&'static str> {
        let mut parameters = self.0.endpoint.parameters.iter();
        parameters.find(|parameter| parameter.built_in == Some(built_in)).map(|parameter| parameter.name)
    }
}

/// Tells the resolver what the request says, and what is configured, of the client and of the call.
///
/// The orchestrator wants it in the interceptor state; before execution, a call's overrides are not there yet.
#[derive(Debug)]
pub(crate) struct EndpointInterceptor(pub(crate) &'static ServiceInfo);

#[dyn_dispatch_hint]
impl Intercept for EndpointInterceptor {
    fn name(&self) -> &'static str {
        "EndpointInterceptor"
    }

    fn read_before_serialization(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let mut told = EndpointParameters::new();
        if let Some(wire) = config.load::<Wire>() {
            wire.tell_endpoint(context.input(), &mut told);
        }
        if let Some(EndpointSettings(settings)) = config.load::<EndpointSettings>() {
            told.extend(settings.iter().map(|(name, value)| (name, value.clone())));
        }
        for parameter in self.0.endpoint.parameters {
            if let Some(value) = parameter.built_in.and_then(|built_in| configured(built_in, config)) {
                told.set(parameter.name, value);
            }
        }
        let mut params = EndpointResolverParams::new(told);
        if let Err(error) = check(config) {
            params.set_property(Misconfigured(error));
        }
        config.interceptor_state().store_put(params);
        Ok(())
    }
}

/// What all services know of where they are called.
fn configured(built_in: BuiltIn, config: &ConfigBag) -> Option<ParameterValue> {
    match built_in {
        BuiltIn::Region => config.load::<Region>().map(|region| region.to_string().into()),
        BuiltIn::Endpoint => config.load::<EndpointUrl>().map(|url| url.0.clone().into()),
        BuiltIn::UseFips => Some(config.load::<UseFips>().is_some_and(|it| it.0).into()),
        BuiltIn::UseDualStack => Some(config.load::<UseDualStack>().is_some_and(|it| it.0).into()),
        BuiltIn::AccountIdEndpointMode => {
            let mode = config.load::<AccountIdEndpointMode>().cloned().unwrap_or_default();
            Some(mode.to_string().into())
        }
        // The resolver learns it with the credentials.
        BuiltIn::AccountId => None,
    }
}

/// Refuses what would lead elsewhere, or be signed as something else, whether the rules ask for it or not.
fn check(config: &ConfigBag) -> Result<(), EndpointError> {
    config.load::<Region>().map_or(Ok(()), |region| check_region(region.as_ref()))?;
    config.load::<EndpointUrl>().map_or(Ok(()), |url| check_url(&url.0))
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
