//! What a client holds, and how it drives a call.

use crate::client::auth::{self, RequestSigner};
use crate::client::call::Call;
#[cfg(feature = "checksum")]
use crate::client::checksum::ChecksumPolicy;
use crate::client::compression::Compression;
use crate::client::discovery::{self, KnownEndpoints};
use crate::client::endpoint::{EndpointInterceptor, EndpointResolver, EndpointSettings, set_auth_schemes, set_tokens};
use crate::client::failure::{ErrorAnswer, Failure, Transmission, TransmissionInterceptor};
use crate::client::limits::ResponseLimits;
use crate::client::overrides::Overrides;
use crate::client::service::ServiceInfo;
use crate::client::timeouts::{self, Pace, timeouts};
use crate::client::token::TokenProvider;
use crate::client::upload::{self, Upload};
use crate::client::wire::{Dialect, Wire};
use crate::endpoint::EndpointParameters;
use crate::operation::{Operation, OperationInfo};
use crate::protocol::Protocol;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::token::SharedTokenProvider;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};
use aws_credential_types::{Credentials, Token};
use aws_runtime::auth::{SigV4OperationSigningConfig, SigningOptions};
use aws_runtime::invocation_id::InvocationIdInterceptor;
use aws_runtime::recursion_detection::RecursionDetectionInterceptor;
use aws_runtime::request_info::RequestInfoInterceptor;
use aws_runtime::retries::classifiers::AwsErrorCodeClassifier;
use aws_runtime::service_clock_skew::{DisableClockSkewCorrection, ServiceClockSkewClassifier, ServiceClockSkewInterceptor};
use aws_runtime::user_agent::{ApiMetadata, UserAgentInterceptor};
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, default_async_sleep};
use aws_smithy_runtime::client::defaults::{DefaultPluginParams, default_plugins};
use aws_smithy_runtime::client::http::connection_poisoning::ConnectionPoisoningInterceptor;
use aws_smithy_runtime::client::metrics::MetricsRuntimePlugin;
use aws_smithy_runtime::client::orchestrator::{AuthSchemeAndEndpointOrchestrationV2, StopPoint, invoke_with_stop_point};
use aws_smithy_runtime::client::retries::classifiers::{
    HttpStatusCodeClassifier, ModeledAsRetryableClassifier, TransientErrorClassifier,
};
use aws_smithy_runtime::client::stalled_stream_protection::StalledStreamProtectionInterceptor;
use aws_smithy_runtime_api::client::auth::AuthSchemeOptionResolverParams;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::endpoint::SharedEndpointResolver;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::interceptors::context::{Input, InterceptorContext, Output};
use aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor};
use aws_smithy_runtime_api::client::orchestrator::SensitiveOutput;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::{
    Order, RuntimePlugin, RuntimePlugins, SharedRuntimePlugin, StaticRuntimePlugin,
};
use aws_smithy_types::config_bag::{FrozenLayer, Layer};
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::endpoint_config::{EndpointUrl, UseDualStack, UseFips};
use aws_types::region::{Region, SigningRegion};
use aws_types::sdk_ua_metadata::FrameworkMetadata;
use aws_types::service_config::ServiceConfigKey;
use aws_types::{SdkConfig, SigningName};
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use tracing::Instrument as _;

/// What the future of every call comes to, whatever the operation.
pub(crate) type Driven<'a, T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send + 'a>>;

/// All that a client holds; clones share it.
#[derive(Clone, Debug)]
pub struct Core(Arc<Shared>);

#[derive(Clone, Debug)]
struct Shared {
    service: &'static ServiceInfo,
    plugins: Plugins,
    /// What the program says of timeouts.
    timeouts: Option<TimeoutConfig>,
    sleep: Option<SharedAsyncSleep>,
    tokens: TokenProvider,
    /// Whether the program says what signs.
    has_credentials: bool,
    /// Where the service says that it is called.
    known_endpoints: Arc<KnownEndpoints>,
    /// Whether that is asked for; `None` when only where it is required.
    discovery: Option<bool>,
    /// Whether the program says where the service is.
    has_endpoint_url: bool,
}

/// What calls of either pace have in common.
#[derive(Clone, Debug)]
struct Plugins {
    prompt: RuntimePlugins,
    upload: RuntimePlugins,
}

impl Core {
    /// The core of a client that calls the service as the program is configured.
    pub fn new(service: &'static ServiceInfo, config: &SdkConfig) -> Self {
        let timeouts = config.timeout_config().cloned();
        let sleep = config.sleep_impl().or_else(default_async_sleep);
        let (plugins, tokens) = (plugins(service, config), TokenProvider::default());
        let known_endpoints = Arc::new(KnownEndpoints::new(config.time_source().unwrap_or_default()));
        // Asked for where there is something to discover alone: most services have nothing.
        let discovery = service.discovery.and_then(|_| discovery::configured(config, service.name));
        let has_endpoint_url = endpoint_url(service, config).is_some();
        let has_credentials = config.credentials_provider().is_some();
        Self(Arc::new(Shared {
            service,
            plugins,
            timeouts,
            sleep,
            tokens,
            has_credentials,
            known_endpoints,
            discovery,
            has_endpoint_url,
        }))
    }

    /// The core of a client that calls what runs at a URL and checks no signatures, as a fake does.
    pub fn local(service: &'static ServiceInfo, endpoint_url: impl Into<String>) -> Self {
        let credentials = Credentials::new("local", "local", None, None, "local");
        let config = SdkConfig::builder()
            .endpoint_url(endpoint_url)
            .region(Region::from_static("us-east-1"))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .token_provider(SharedTokenProvider::new(Token::new("local", None)))
            .build();
        Self::new(service, &config)
    }

    /// The same core with a key, for operations that ask for one.
    #[must_use]
    pub fn with_api_key(self, key: impl Into<String>) -> Self {
        self.with_plugin(auth::api_key(key.into()))
    }

    /// The same core with user and password, for operations that ask for them in whatever form.
    #[must_use]
    pub fn with_login(self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.with_plugin(auth::login(user.into(), password.into()))
    }

    /// The same core with what signs requests of operations that ask for a scheme of the service's own, the trait of this id.
    #[must_use]
    pub fn with_signer(self, scheme: &'static str, signer: impl RequestSigner) -> Self {
        self.with_plugin(auth::signer(scheme, signer))
    }

    /// The same core with other idempotency tokens than random UUIDs.
    #[must_use]
    pub fn with_token_provider(mut self, token: impl Fn() -> String + Send + Sync + 'static) -> Self {
        Arc::make_mut(&mut self.0).tokens = TokenProvider::new(token);
        self
    }

    /// The same core with an interceptor for every call.
    #[must_use]
    pub fn with_interceptor(self, interceptor: impl Intercept + 'static) -> Self {
        let components = RuntimeComponentsBuilder::new("interceptor").with_interceptor(SharedInterceptor::new(interceptor));
        self.with_plugin(StaticRuntimePlugin::new().with_runtime_components(components))
    }

    /// The same core with a plugin for every call: whatever the AWS runtime lets be configured.
    #[must_use]
    pub fn with_plugin(mut self, plugin: impl RuntimePlugin + 'static) -> Self {
        let plugin = SharedRuntimePlugin::new(plugin);
        let Plugins { prompt, upload } = &mut Arc::make_mut(&mut self.0).plugins;
        *prompt = mem::take(prompt).with_client_plugin(plugin.clone());
        *upload = mem::take(upload).with_client_plugin(plugin);
        self
    }

    /// The same core with other limits of what is read of an answer.
    #[must_use]
    pub fn with_response_limits(self, limits: ResponseLimits) -> Self {
        let mut layer = Layer::new("limits");
        layer.store_put(limits);
        self.with_plugin(StaticRuntimePlugin::new().with_config(layer.freeze()))
    }

    /// The same core, which tells the endpoint rules what the service has settings for. A request that says something else goes first.
    #[must_use]
    pub fn with_endpoint_parameters(self, parameters: EndpointParameters) -> Self {
        let mut layer = Layer::new("endpoint");
        layer.store_put(EndpointSettings(parameters));
        self.with_plugin(StaticRuntimePlugin::new().with_config(layer.freeze()))
    }

    /// The same core, which asks the service where its operations are called, also where that is optional; or never. Unless it is said,
    /// `AWS_ENABLE_ENDPOINT_DISCOVERY` and the profile's `endpoint_discovery_enabled` do so.
    #[must_use]
    pub fn with_endpoint_discovery(mut self, enabled: bool) -> Self {
        Arc::make_mut(&mut self.0).discovery = Some(enabled);
        self
    }

    /// A call of an operation in a protocol, to be awaited or customised.
    #[inline]
    pub fn call<P: Protocol, O: Operation>(&self, request: O) -> Call<'_, O> {
        Call::new(self, Dialect::of::<P>(), request)
    }

    /// How long a call waits that says so.
    pub(crate) fn timeouts_of_call(&self, own: TimeoutConfig, info: &OperationInfo) -> TimeoutConfig {
        timeouts::of_call(own, self.0.timeouts.as_ref(), Pace::of(info))
    }

    /// What lets time pass.
    pub(crate) fn sleep(&self) -> Option<SharedAsyncSleep> {
        self.0.sleep.clone()
    }

    /// Where the service says that it is called.
    pub(crate) fn known_endpoints(&self) -> Arc<KnownEndpoints> {
        Arc::clone(&self.0.known_endpoints)
    }

    /// Whether the program says where the service is, and need not be told.
    pub(crate) fn has_endpoint_url(&self) -> bool {
        self.0.has_endpoint_url
    }

    /// A token for a request without one.
    pub(crate) fn token(&self) -> String {
        self.0.tokens.token()
    }

    /// Calls an operation. Boxed, so that what awaits it is the same code for every operation.
    pub(crate) fn drive(&self, wire: Wire, input: Input, overrides: Option<Box<Overrides>>) -> Driven<'_, Output> {
        match Pace::of(wire.info) {
            Pace::Prompt => self.execute(wire, input, overrides, None),
            Pace::Upload => self.upload(wire, input, overrides),
        }
    }

    fn execute(&self, wire: Wire, input: Input, overrides: Option<Box<Overrides>>, upload: Option<Upload>) -> Driven<'_, Output> {
        let transmission = Transmission::default();
        Box::pin(async move {
            let context = self.orchestrate(wire, input, overrides, &transmission, upload, StopPoint::None).await?;
            let output = context.finalize().map_err(|error| Failure::new(error, &transmission))?;
            #[cfg(feature = "event-stream")]
            let output = wire.complete(output).await.map_err(Failure::response)?;
            Ok(output)
        })
    }

    /// Calls an operation whose request is a stream.
    fn upload(&self, wire: Wire, input: Input, overrides: Option<Box<Overrides>>) -> Driven<'_, Output> {
        let Shared { timeouts, sleep, .. } = &*self.0;
        let said = overrides.as_ref().and_then(|it| it.config.load::<TimeoutConfig>()).or(timeouts.as_ref());
        match (timeouts::answer(said), sleep.clone()) {
            (Some(patience), Some(sleep)) => {
                let upload = Upload::default();
                let call = self.execute(wire, input, overrides, Some(upload.clone()));
                Box::pin(upload::answered(call, upload, patience, sleep))
            }
            _ => self.execute(wire, input, overrides, None),
        }
    }

    /// Makes and signs a request that nobody sends.
    pub(crate) async fn prepare(
        &self,
        wire: Wire,
        input: Input,
        overrides: Option<Box<Overrides>>,
    ) -> Result<InterceptorContext, Failure> {
        self.orchestrate(wire, input, overrides, &Transmission::default(), None, StopPoint::BeforeTransmit).await
    }

    async fn orchestrate(
        &self,
        wire: Wire,
        input: Input,
        overrides: Option<Box<Overrides>>,
        transmission: &Transmission,
        upload: Option<Upload>,
        stop_point: StopPoint,
    ) -> Result<InterceptorContext, Failure> {
        let Shared { service, plugins, has_credentials, .. } = &*self.0;
        let mut overrides = overrides.map(|it| *it).unwrap_or_default();
        service.headers.iter().for_each(|(name, value)| overrides.header_of_service(name, value));
        discovery::discover(self, EndpointResolver(service), wire.info, self.0.discovery, &mut overrides)?;
        let plugins = match Pace::of(wire.info) {
            Pace::Prompt => &plugins.prompt,
            Pace::Upload => &plugins.upload,
        };
        let plugins = overrides.apply(wire, service, *has_credentials, transmission, upload, plugins.clone())?;
        let span = tracing::debug_span!(
            "call",
            "rpc.system" = "aws-api",
            "rpc.service" = service.name,
            "rpc.method" = wire.info.name,
            "sdk_invocation_id" = fastrand::u32(1_000_000..10_000_000),
        );
        invoke_with_stop_point(service.name, wire.info.name, input, &plugins, stop_point)
            .instrument(span)
            .await
            .map_err(|error| Failure::new(error, transmission))
    }
}

/// What every call of a client has in common; the order is that of AWS's clients, whose behavior this is.
fn plugins(service: &'static ServiceInfo, config: &SdkConfig) -> Plugins {
    let retry_partition = match config.region() {
        Some(region) => format!("{}-{region}", service.signing_name),
        None => service.signing_name.to_owned(),
    };
    let defaults = DefaultPluginParams::new()
        .with_retry_partition_name(retry_partition)
        .with_behavior_version(config.behavior_version().unwrap_or_else(BehaviorVersion::latest))
        .with_is_aws_sdk(true);
    let configured = StaticRuntimePlugin::new().with_runtime_components(components(service, config));
    let metrics =
        MetricsRuntimePlugin::builder().with_scope("smithwright").with_time_source(config.time_source().unwrap_or_default());
    let metrics = metrics.build().ok().map(SharedRuntimePlugin::new);
    let plugins = default_plugins(defaults).into_iter().chain([SharedRuntimePlugin::new(configured)]).chain(metrics);
    let [prompt, upload] = merged(plugins, [Pace::Prompt, Pace::Upload].map(|pace| settings(service, config, pace)));
    Plugins { prompt, upload }
}

/// The same plugins with each of these settings, and their components put together once instead of at every call. Any other
/// plugin comes after them.
fn merged<const N: usize>(plugins: impl Iterator<Item = SharedRuntimePlugin>, own: [FrozenLayer; N]) -> [RuntimePlugins; N] {
    let mut components = RuntimeComponentsBuilder::new("client");
    let mut settings = Vec::new();
    for plugin in plugins {
        components = components.clone().merge_from(&plugin.runtime_components(&components));
        settings.extend(plugin.config());
    }
    let first = || StaticRuntimePlugin::new().with_order(Order::Defaults);
    let settings = settings.into_iter().map(|layer| SharedRuntimePlugin::new(first().with_config(layer)));
    let plugins = RuntimePlugins::new().with_client_plugins(settings);
    let last = |own| first().with_runtime_components(components.clone()).with_config(own);
    own.map(|own| plugins.clone().with_client_plugin(last(own)))
}

fn settings(service: &'static ServiceInfo, config: &SdkConfig, pace: Pace) -> FrozenLayer {
    let mut layer = Layer::new(service.name);
    layer.store_put(AuthSchemeAndEndpointOrchestrationV2);
    layer.store_put(AuthSchemeOptionResolverParams::new(()));
    // Bodies stay out of the log: what is sensitive in them is marked in the types, not in the text.
    layer.store_put(SensitiveOutput);

    layer.store_put(SigningName::from_static(service.signing_name));
    layer.store_or_unset(config.region().cloned());
    layer.store_or_unset(config.region().cloned().map(SigningRegion::from));
    // restJson1's: the path is normalized, and encoded once more. These are the defaults, too.
    layer.store_put(SigV4OperationSigningConfig { signing_options: SigningOptions::default(), ..Default::default() });
    layer.store_or_unset(config.auth_scheme_preference().cloned());
    layer.store_or_unset(config.disable_clock_skew_correction().map(DisableClockSkewCorrection::from));

    layer.store_or_unset(config.use_fips().map(UseFips));
    layer.store_or_unset(config.use_dual_stack().map(UseDualStack));
    layer.store_or_unset(endpoint_url(service, config).map(EndpointUrl));
    layer.store_or_unset(config.account_id_endpoint_mode().cloned());

    layer.store_put(Compression::of(config));
    #[cfg(feature = "checksum")]
    layer.store_put(ChecksumPolicy::of(config));
    layer.store_put(timeouts(config.timeout_config(), pace));
    if let Some(retry) = config.retry_config() {
        layer.store_put(retry.clone());
    }
    if let Some(protection) = config.stalled_stream_protection() {
        layer.store_put(protection);
    }

    layer.store_put(ApiMetadata::new(service.name, service.version));
    layer.store_or_unset(config.app_name().cloned());
    // The user agent begins with AWS's runtime; behind it, who drives it.
    if let Ok(own) = FrameworkMetadata::new("smithwright", Some(env!("CARGO_PKG_VERSION"))) {
        layer.store_append(own);
    }
    for framework in config.framework_metadata() {
        layer.store_append(framework.clone());
    }
    layer.freeze()
}

/// The URL from code, else the service's from the environment or the profile, else every service's from there.
fn endpoint_url(service: &ServiceInfo, config: &SdkConfig) -> Option<String> {
    let general = || config.endpoint_url().map(str::to_owned);
    if config.get_origin("endpoint_url").is_client_config() {
        return general();
    }
    let key = ServiceConfigKey::builder().service_id(service.name).env("AWS_ENDPOINT_URL").profile("endpoint_url").build().ok();
    key.and_then(|key| config.service_config()?.load_config(key)).or_else(general)
}

fn components(service: &'static ServiceInfo, config: &SdkConfig) -> RuntimeComponentsBuilder {
    let mut components = RuntimeComponentsBuilder::new(service.name);
    components.set_http_client(config.http_client().or_else(default_http_client));
    if let Some(sleep) = config.sleep_impl() {
        components.set_sleep_impl(Some(sleep));
    }
    components.set_time_source(Some(config.time_source().unwrap_or_default()));
    if let Some(cache) = config.identity_cache() {
        components.set_identity_cache(Some(cache));
    }
    let credentials = config.credentials_provider().unwrap_or_else(|| SharedCredentialsProvider::new(NoCredentials));
    set_auth_schemes(&mut components, service.endpoint, credentials);
    if let Some(tokens) = config.token_provider() {
        set_tokens(&mut components, tokens);
    }
    components.set_endpoint_resolver(Some(SharedEndpointResolver::new(EndpointResolver(service))));

    components.push_retry_classifier(HttpStatusCodeClassifier::default());
    components.push_retry_classifier(TransientErrorClassifier::<ErrorAnswer>::new());
    components.push_retry_classifier(ModeledAsRetryableClassifier::<ErrorAnswer>::new());
    components.push_retry_classifier(AwsErrorCodeClassifier::<ErrorAnswer>::new());
    components.push_retry_classifier(ServiceClockSkewClassifier::<ErrorAnswer>::new());

    components.push_interceptor(EndpointInterceptor(service));
    components.push_interceptor(TransmissionInterceptor);
    components.push_interceptor(ConnectionPoisoningInterceptor::new());
    components.push_interceptor(StalledStreamProtectionInterceptor::default());
    components.push_interceptor(ServiceClockSkewInterceptor::new());
    components.push_interceptor(RequestInfoInterceptor::new());
    components.push_interceptor(UserAgentInterceptor::new());
    components.push_interceptor(InvocationIdInterceptor::new());
    components.push_interceptor(RecursionDetectionInterceptor::new());
    components
}

/// Says what to do, where the orchestrator would complain of a missing component.
#[derive(Debug)]
struct NoCredentials;

impl ProvideCredentials for NoCredentials {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let advice = "there is none: set one in the `SdkConfig`, as `aws_config::load_defaults` does";
        future::ProvideCredentials::ready(Err(CredentialsError::invalid_configuration(advice)))
    }
}

#[cfg(feature = "tls")]
fn default_http_client() -> Option<SharedHttpClient> {
    Some(crate::client::tls::https())
}

#[cfg(not(feature = "tls"))]
fn default_http_client() -> Option<SharedHttpClient> {
    None
}
