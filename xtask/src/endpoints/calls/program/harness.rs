//! What every program has: it makes the calls, one after the other, and writes down where the client would go, and what it sent.
//!
//! It judges nothing: `cargo xtask endpoints` does.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::endpoint::{
    EndpointFuture, EndpointResolverParams, ResolveEndpoint, SharedEndpointResolver,
};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::{RuntimeComponents, RuntimeComponentsBuilder};
use aws_smithy_runtime_api::client::runtime_plugin::{Order, RuntimePlugin};
use aws_smithy_types::Document;
use aws_smithy_types::endpoint::Endpoint;
use aws_types::endpoint_config::AccountIdEndpointMode;
use serde_json::{Value, json};
use smithwright_runtime::client::config::{
    BehaviorVersion, Credentials, Region, RetryConfig, SdkConfig, SharedCredentialsProvider, SharedHttpClient,
};
use std::borrow::Cow;
use std::error::Error as StdError;
use std::future::Future;
use std::io::Write as _;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub use smithwright_runtime::codec::Zero;

/// A call takes no time at all.
const PATIENCE: Duration = Duration::from_secs(20);

/// A call.
pub type Call = fn() -> Pin<Box<dyn Future<Output = Observation> + Send>>;

/// What came of a call.
#[derive(Default)]
pub struct Observation(Value);

/// Makes the calls from the number that is the program's argument, and writes a line each: number and observation.
pub fn run(calls: &[Call]) -> ExitCode {
    let from = std::env::args().nth(1).and_then(|argument| argument.parse().ok()).unwrap_or(0);
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return ExitCode::FAILURE };
    for (number, call) in calls.iter().enumerate().skip(from) {
        let observation = runtime.block_on(async { tokio::time::timeout(PATIENCE, call()).await });
        let Observation(observation) =
            observation.unwrap_or_else(|_| Observation(json!({ "error": [format!("no end after {PATIENCE:?}")] })));
        if writeln!(std::io::stdout(), "{number} {observation}").is_err() {
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// A value to begin with.
#[allow(dead_code, reason = "a suite need not have a request")]
pub fn zero<T: Zero>() -> T {
    T::zero()
}

/// What all clients know of where they call.
#[derive(Default)]
pub struct Given {
    pub region: Option<&'static str>,
    pub fips: bool,
    pub dual_stack: bool,
    pub endpoint: Option<&'static str>,
    pub account: Option<&'static str>,
    pub mode: Option<&'static str>,
}

/// Remembers the last endpoint that a client came to, and the last request that it sent, which nobody answers.
#[derive(Clone, Debug, Default)]
pub struct Recorder {
    seen: Arc<Mutex<Seen>>,
}

#[derive(Debug, Default)]
struct Seen {
    endpoint: Option<Value>,
    request: Option<Value>,
}

impl Recorder {
    /// The configuration of a client whose requests are seen here.
    pub fn config(&self, given: Given) -> SdkConfig {
        let mut credentials = Credentials::builder().access_key_id("AKID").secret_access_key("secret").provider_name("endpoints");
        credentials.set_account_id(given.account.map(Into::into));
        let mut config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .credentials_provider(SharedCredentialsProvider::new(credentials.build()))
            .retry_config(RetryConfig::disabled())
            .use_fips(given.fips)
            .use_dual_stack(given.dual_stack)
            .http_client(SharedHttpClient::new(self.clone()));
        config.set_region(given.region.map(Region::from_static));
        config.set_endpoint_url(given.endpoint.map(str::to_owned));
        let mode = given.mode.and_then(|mode| mode.parse::<AccountIdEndpointMode>().ok());
        config.set_account_id_endpoint_mode(mode);
        config.build()
    }

    /// What came of a call.
    pub fn observe<T, E: StdError + 'static>(&self, outcome: Result<T, E>) -> Observation {
        let seen = lock(&self.seen);
        let error = outcome.err().map(|error| causes(&error));
        Observation(json!({ "endpoint": seen.endpoint, "request": seen.request, "error": error.unwrap_or_default() }))
    }
}

fn causes(error: &(dyn StdError + 'static)) -> Vec<String> {
    let mut texts = vec![error.to_string()];
    let mut cause = error.source();
    while let Some(error) = cause {
        texts.push(error.to_string());
        cause = error.source();
    }
    texts
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// It stands around the client's own resolver.
impl RuntimePlugin for Recorder {
    fn order(&self) -> Order {
        Order::NestedComponents
    }

    fn runtime_components(&self, current: &RuntimeComponentsBuilder) -> Cow<'_, RuntimeComponentsBuilder> {
        let mut components = RuntimeComponentsBuilder::new("recorder");
        if let Some(resolver) = current.endpoint_resolver() {
            components.set_endpoint_resolver(Some(SharedEndpointResolver::new(Resolver {
                seen: Arc::clone(&self.seen),
                resolver: resolver.clone(),
            })));
        }
        Cow::Owned(components)
    }
}

#[derive(Debug)]
struct Resolver {
    seen: Arc<Mutex<Seen>>,
    resolver: SharedEndpointResolver,
}

impl ResolveEndpoint for Resolver {
    fn resolve_endpoint<'a>(&'a self, params: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        EndpointFuture::new(async move {
            let resolved = self.resolver.resolve_endpoint(params).await;
            lock(&self.seen).endpoint = resolved.as_ref().ok().map(endpoint);
            resolved
        })
    }

    fn finalize_params<'a>(&'a self, params: &'a mut EndpointResolverParams) -> Result<(), BoxError> {
        self.resolver.finalize_params(params)
    }
}

fn endpoint(endpoint: &Endpoint) -> Value {
    let properties: serde_json::Map<_, _> = endpoint.properties().iter().map(|(name, value)| (name.to_string(), document(value))).collect();
    let mut headers = serde_json::Map::new();
    for (name, values) in endpoint.headers() {
        headers.insert(name.to_owned(), values.collect());
    }
    json!({ "url": endpoint.url(), "properties": properties, "headers": headers })
}

fn document(document: &Document) -> Value {
    match document {
        Document::Object(members) => Value::Object(members.iter().map(|(name, value)| (name.clone(), self::document(value))).collect()),
        Document::Array(elements) => elements.iter().map(self::document).collect(),
        Document::String(text) => json!(text),
        Document::Bool(value) => json!(value),
        Document::Number(_) | Document::Null => Value::Null,
    }
}

impl HttpClient for Recorder {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Recorder {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let headers: Vec<(&str, &str)> = request.headers().iter().collect();
        lock(&self.seen).request = Some(json!({ "url": request.uri(), "headers": headers }));
        HttpConnectorFuture::ready(Err(ConnectorError::other("nobody answers here".into(), None)))
    }
}
