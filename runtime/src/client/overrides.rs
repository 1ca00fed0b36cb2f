//! What one call has of its own.

use crate::client::auth::{Signing, set_auth};
use crate::client::endpoint::set_credentials;
#[cfg(feature = "event-stream")]
use crate::client::events;
use crate::client::failure::{Failure, Transmission};
use crate::client::service::ServiceInfo;
use crate::client::upload::Upload;
use crate::client::wire::{Codec, Wire};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime_api::client::endpoint::SharedEndpointResolver;
use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_runtime_api::client::retries::classifiers::SharedRetryClassifier;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugins, SharedRuntimePlugin, StaticRuntimePlugin};
use aws_smithy_runtime_api::client::ser_de::{SharedRequestSerializer, SharedResponseDeserializer};
use aws_smithy_types::config_bag::{CloneableLayer, Layer};
use aws_types::region::{Region, SigningRegion};
use http::{HeaderMap, HeaderName, HeaderValue};

/// Settings of a call, before those of its client.
#[derive(Clone, Debug)]
pub(crate) struct Overrides {
    pub(crate) config: CloneableLayer,
    components: RuntimeComponentsBuilder,
    plugins: Vec<SharedRuntimePlugin>,
    headers: HeaderMap,
    /// Whether it has credentials of its own.
    has_credentials: bool,
    /// What the service has in all of its requests, where neither the request nor the call says anything.
    headers_of_service: HeaderMap,
    /// The first header that is none, told when the call is sent.
    invalid_header: Option<String>,
}

impl Default for Overrides {
    fn default() -> Self {
        Self {
            config: CloneableLayer::default(),
            components: RuntimeComponentsBuilder::new("call"),
            plugins: Vec::new(),
            headers: HeaderMap::new(),
            has_credentials: false,
            headers_of_service: HeaderMap::new(),
            invalid_header: None,
        }
    }
}

impl Overrides {
    pub(crate) fn header(&mut self, name: &str, value: &str) {
        if let Some((name, value)) = self.parse_header(name, value) {
            self.headers.append(name, value);
        }
    }

    /// A header that the request or the call may say otherwise.
    pub(crate) fn header_of_service(&mut self, name: &str, value: &str) {
        if let Some((name, value)) = self.parse_header(name, value) {
            self.headers_of_service.insert(name, value);
        }
    }

    fn parse_header(&mut self, name: &str, value: &str) -> Option<(HeaderName, HeaderValue)> {
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(value)) => Some((name, value)),
            _ => {
                self.invalid_header.get_or_insert_with(|| name.to_owned());
                None
            }
        }
    }

    pub(crate) fn endpoint_resolver(&mut self, resolver: SharedEndpointResolver) {
        self.components.set_endpoint_resolver(Some(resolver));
    }

    pub(crate) fn retry_classifier(&mut self, classifier: SharedRetryClassifier) {
        self.components.push_retry_classifier(classifier);
    }

    pub(crate) fn region(&mut self, region: Region) {
        self.config.store_put(region.clone());
        self.config.store_put(SigningRegion::from(region));
    }

    /// With a cache of their own: one call's credentials must not stay in the client's.
    pub(crate) fn credentials(&mut self, provider: SharedCredentialsProvider) {
        set_credentials(&mut self.components, provider);
        self.has_credentials = true;
        self.components.set_identity_cache(Some(IdentityCache::lazy().max_partitions(1).build()));
    }

    pub(crate) fn interceptor(&mut self, interceptor: SharedInterceptor) {
        self.components.push_interceptor(interceptor);
    }

    pub(crate) fn plugin(&mut self, plugin: SharedRuntimePlugin) {
        self.plugins.push(plugin);
    }

    /// The client's plugins with the call's behind them.
    pub(crate) fn apply(
        self,
        wire: Wire,
        service: &'static ServiceInfo,
        has_credentials: bool,
        transmission: &Transmission,
        upload: Option<Upload>,
        mut plugins: RuntimePlugins,
    ) -> Result<RuntimePlugins, Failure> {
        if let Some(name) = self.invalid_header {
            return Err(Failure::construction(format!("the header {name:?} has a name or a value that no header can have")));
        }
        let mut layer = Layer::from(self.config);
        layer.store_put(wire);
        layer.store_put(SharedRequestSerializer::new(Codec {
            wire,
            headers: self.headers,
            headers_of_service: self.headers_of_service,
        }));
        layer.store_put(SharedResponseDeserializer::new(Codec {
            wire,
            headers: HeaderMap::new(),
            headers_of_service: HeaderMap::new(),
        }));
        layer.store_put(Metadata::new(wire.info.name, service.name));
        layer.store_put(transmission.clone());
        if let Some(upload) = upload {
            layer.store_put(upload);
        }
        #[cfg(feature = "event-stream")]
        if wire.has_events() {
            events::settle(wire.info, &mut layer);
        }
        let mut components = self.components;
        let has_credentials = has_credentials || self.has_credentials;
        set_auth(&mut components, wire.info.auth, Signing { rules: service.endpoint, has_credentials });
        let own = StaticRuntimePlugin::new().with_config(layer.freeze()).with_runtime_components(components);
        plugins = plugins.with_operation_plugin(own);
        for plugin in self.plugins {
            plugins = plugins.with_operation_plugin(plugin);
        }
        Ok(plugins)
    }
}
