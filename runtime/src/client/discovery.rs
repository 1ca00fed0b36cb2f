//! Endpoint discovery: an operation of the service says where others are called.
//!
//! What it said is kept for as long as it said, by what the request says of its endpoint. Where a service answers that it is not called
//! there any more, that is forgotten, and the call is made once more. An endpoint URL of the program's own goes before all of it.

mod known;

use crate::client::core::Core;
use crate::client::endpoint::{EndpointResolver, discovered_url};
use crate::client::failure::{ErrorAnswer, Failure};
use crate::client::overrides::Overrides;
use crate::endpoint::{BuiltIn, EndpointParameters};
use crate::operation::{DescribesEndpoints, DiscoveredEndpoint, Discovery, OperationInfo};
use crate::protocol::Protocol;
use aws_credential_types::Credentials;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::endpoint::{EndpointFuture, EndpointResolverParams, ResolveEndpoint, SharedEndpointResolver};
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::interceptors::context::{FinalizerInterceptorContextRef, InterceptorContext};
use aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::retries::classifiers::{ClassifyRetry, RetryAction, SharedRetryClassifier};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::endpoint::Endpoint;
use aws_smithy_types::error::metadata::ProvideErrorMetadata as _;
use aws_smithy_types::retry::ErrorKind;
use aws_types::SdkConfig;
use aws_types::service_config::ServiceConfigKey;
use known::{Found, Key};
use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

pub(crate) use known::KnownEndpoints;

/// The status that says what the error does: <https://www.rfc-editor.org/rfc/rfc9110#name-421-misdirected-request>.
const MISDIRECTED: u16 = 421;

/// What says where operations of a service are called.
#[derive(Clone, Copy, Debug)]
pub struct EndpointDiscovery {
    /// The operation that says it.
    pub(crate) operation: &'static str,
    /// The error that says of an endpoint that it is none any more.
    error: &'static str,
    ask: fn(&Core, Question) -> Asked<'_>,
}

/// What is asked.
#[derive(Debug)]
pub(crate) struct Question {
    key: Key,
    region: Option<String>,
    credentials: Option<Credentials>,
}

type Asked<'a> = Pin<Box<dyn Future<Output = Result<Vec<DiscoveredEndpoint>, BoxError>> + Send + 'a>>;

impl EndpointDiscovery {
    /// That of an operation, in a protocol; `error` is what says of an endpoint that it is none any more.
    pub const fn of<P: Protocol, O: DescribesEndpoints>(error: &'static str) -> Self {
        Self { operation: O::INFO.name, error, ask: ask::<P, O> }
    }
}

/// Asks as the call would be made that wants to know: for its region, with its credentials.
fn ask<P: Protocol, O: DescribesEndpoints>(core: &Core, question: Question) -> Asked<'_> {
    let Question { key, region, credentials } = question;
    let request = key.about.map_or_else(O::default, |(operation, identifiers)| O::about(operation.to_owned(), identifiers));
    let mut call = core.call::<P, O>(request);
    if let Some(region) = region {
        call = call.region(region);
    }
    if let Some(credentials) = credentials {
        call = call.credentials(credentials);
    }
    Box::pin(async move { Ok(O::endpoints(&call.await?)) })
}

/// Whether a program wants endpoints to be discovered; `None` when it does not say.
pub(crate) fn configured(config: &SdkConfig, service: &'static str) -> Option<bool> {
    let key = ServiceConfigKey::builder().service_id(service).env("AWS_ENABLE_ENDPOINT_DISCOVERY");
    let text = config.service_config()?.load_config(key.profile("endpoint_discovery_enabled").build().ok()?)?;
    match text.trim() {
        text if text.eq_ignore_ascii_case("true") => Some(true),
        text if text.eq_ignore_ascii_case("false") => Some(false),
        // `auto`: where it is required.
        _ => None,
    }
}

/// Has a call go where the service says, if its operation does so, and the program wants it to (`enabled`).
///
/// # Errors
///
/// A program that does not want it where there is no other way.
pub(crate) fn discover(
    core: &Core,
    resolver: EndpointResolver,
    operation: &'static OperationInfo,
    enabled: Option<bool>,
    overrides: &mut Overrides,
) -> Result<(), Failure> {
    let service = resolver.0;
    let Some(discovery) = &service.discovery else { return Ok(()) };
    if discovery.operation == operation.name {
        overrides.header_of_service("x-amz-api-version", service.version);
    }
    let is_discovered = match (operation.discovery, enabled) {
        (Discovery::None, _) | (Discovery::Optional, None | Some(false)) => false,
        (Discovery::Optional, Some(true)) | (Discovery::Required, None | Some(true)) => true,
        (Discovery::Required, Some(false)) if core.has_endpoint_url() => false,
        (Discovery::Required, Some(false)) => {
            let message = "the operation is called where the service says, and endpoint discovery is turned off";
            return Err(Failure::construction(message));
        }
    };
    if is_discovered {
        let used = Arc::new(Mutex::new(Used::default()));
        let resolver = Discovering { core: core.clone(), discovery, resolver, operation, used: Arc::clone(&used) };
        let renewal = Renewal { known: core.known_endpoints(), error: discovery.error, used };
        overrides.endpoint_resolver(SharedEndpointResolver::new(resolver));
        overrides.interceptor(SharedInterceptor::new(renewal.clone()));
        overrides.retry_classifier(SharedRetryClassifier::new(renewal));
    }
    Ok(())
}

/// What a call used, and whether it is made once more for that.
#[derive(Debug, Default)]
struct Used {
    key: Option<Key>,
    renewed: Renewed,
}

/// Whether a call is made once more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Renewed {
    /// There was no reason.
    #[default]
    No,
    /// It is now.
    Now,
    /// It was.
    Before,
}

/// Says where a call goes: to what the rules say, at the address that was discovered.
#[derive(Debug)]
struct Discovering {
    core: Core,
    discovery: &'static EndpointDiscovery,
    resolver: EndpointResolver,
    operation: &'static OperationInfo,
    used: Arc<Mutex<Used>>,
}

impl ResolveEndpoint for Discovering {
    fn resolve_endpoint<'a>(&'a self, params: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        EndpointFuture::new(async move {
            let endpoint = self.resolver.resolve(params)?;
            let told = params.get::<EndpointParameters>().filter(|told| !self.resolver.is_told(BuiltIn::Endpoint, told));
            let Some(told) = told else { return Ok(endpoint) };
            let credentials = params.get_property::<Identity>().and_then(Identity::data::<Credentials>);
            match self.address(&endpoint, told, credentials).await? {
                Some(address) => Ok(moved(&endpoint, discovered_url(&address)?)),
                None => Ok(endpoint),
            }
        })
    }

    fn finalize_params(&self, params: &mut EndpointResolverParams) -> Result<(), BoxError> {
        self.resolver.finalize_params(params)
    }
}

/// The same endpoint somewhere else: signed as before.
fn moved(endpoint: &Endpoint, url: String) -> Endpoint {
    let mut moved = Endpoint::builder().url(url);
    for (name, property) in endpoint.properties() {
        moved = moved.property(name.clone(), property.clone());
    }
    for (name, values) in endpoint.headers() {
        moved = values.fold(moved, |moved, value| moved.header(name.to_owned(), value.to_owned()));
    }
    moved.build()
}

impl Discovering {
    /// The address; `None` when there is none and the rules' will do.
    async fn address(
        &self,
        endpoint: &Endpoint,
        told: &EndpointParameters,
        credentials: Option<&Credentials>,
    ) -> Result<Option<String>, BoxError> {
        let identifiers: BTreeMap<String, String> =
            told.identifiers().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
        let key = Key {
            base: endpoint.url().to_owned(),
            caller: credentials.map(|credentials| credentials.access_key_id().to_owned()),
            about: (!identifiers.is_empty()).then_some((self.operation.name, identifiers)),
        };
        self.used.lock().unwrap_or_else(PoisonError::into_inner).key = Some(key.clone());
        let known = self.core.known_endpoints();
        let old = match known.find(&key) {
            Found::Fresh(address) => return Ok(Some(address)),
            Found::Failing(Some(old)) => return Ok(Some(old)),
            Found::Failing(None) if self.operation.discovery == Discovery::Optional => return Ok(None),
            Found::Failing(None) => None,
            Found::Unknown(old) => old,
        };
        let region = self.resolver.told(BuiltIn::Region, told).map(str::to_owned);
        let question = Question { key: key.clone(), region, credentials: credentials.cloned() };
        let answer = (self.discovery.ask)(&self.core, question).await;
        match answer.and_then(|endpoints| known.keep(key.clone(), endpoints)) {
            Ok(address) => Ok(Some(address)),
            Err(error) => {
                known.fail(key);
                match (old, self.operation.discovery) {
                    (Some(old), _) => Ok(Some(old)),
                    (None, Discovery::Required) => Err(Undiscovered(error).into()),
                    (None, _) => Ok(None),
                }
            }
        }
    }
}

/// Why a call goes nowhere.
#[derive(Debug, thiserror::Error)]
#[error("the service does not say where the operation is called")]
struct Undiscovered(#[source] BoxError);

/// Forgets an address that is none any more, and has the call made once more.
#[derive(Clone, Debug)]
struct Renewal {
    known: Arc<KnownEndpoints>,
    error: &'static str,
    used: Arc<Mutex<Used>>,
}

#[dyn_dispatch_hint]
impl Intercept for Renewal {
    fn name(&self) -> &'static str {
        "EndpointRenewal"
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let error = context.output_or_error().and_then(Result::err);
        let answer = error.and_then(|error| error.as_operation_error()?.downcast_ref::<ErrorAnswer>());
        let is_misdirected = context.response().is_some_and(|response| response.status().as_u16() == MISDIRECTED);
        let is_invalid = is_misdirected || answer.is_some_and(|answer| answer.meta().code() == Some(self.error));
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.renewed = match (used.renewed, is_invalid) {
            (Renewed::No, true) => Renewed::Now,
            (Renewed::No, false) => Renewed::No,
            _ => Renewed::Before,
        };
        if let Some(key) = used.key.take().filter(|_| is_invalid) {
            self.known.forget(&key);
        }
        Ok(())
    }
}

impl ClassifyRetry for Renewal {
    fn classify_retry(&self, _: &InterceptorContext) -> RetryAction {
        match self.used.lock().unwrap_or_else(PoisonError::into_inner).renewed {
            Renewed::Now => RetryAction::retryable_error_with_explicit_delay(ErrorKind::ServerError, Duration::ZERO),
            Renewed::No | Renewed::Before => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "EndpointRenewal"
    }
}
