//! The client crate: the client, one line per operation, the endpoint rules.

mod endpoint;
mod waiters;

use super::{Job, docs};
use crate::config::Role;
use crate::home::Path;
use crate::rust::names::Name;
use crate::rust::plan::{Discovery, Identities, Operation, Plan, Signer};
use crate::rust::visible::{code, plain};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn jobs(plan: &Plan) -> Vec<Job<'_>> {
    let mut jobs = vec![
        Job::rust(plan, Role::Client, &[], || emit_lib(plan)),
        Job::rust(plan, Role::Client, &["client"], || emit_client(plan)),
        Job::rust(plan, Role::Client, &["calls"], || emit_calls(plan)),
    ];
    if let Some(endpoint) = &plan.service.endpoint {
        jobs.push(Job::rust(plan, Role::Client, &["endpoint"], || endpoint::emit_endpoint(endpoint)));
    }
    if !plan.waiters.is_empty() {
        jobs.push(Job::rust(plan, Role::Client, &["waiters"], || waiters::emit_waiters(plan)));
    }
    jobs
}

fn emit_lib(plan: &Plan) -> TokenStream {
    let service = &plan.service;
    let api = plan.home.api(&service.key, 0);
    let docs = docs::inner(&[
        format!("{}: the client, over HTTPS.", plain(&service.title)),
        String::new(),
        "[`Client`] has one method per operation, whose [`Call`] is awaited, customized or paged, and it implements".to_owned(),
        format!("[`{}`]({api}::{}), so that what is written for the trait runs on AWS.", service.name, service.name),
    ]);
    let endpoint = service.endpoint.as_ref().map(|_| {
        quote! {
            #[rustfmt::skip]
            mod endpoint;
        }
    });
    let settings = has_settings(plan).then(|| {
        quote!(
            pub use endpoint::EndpointSettings;
        )
    });
    let has_waiters = !plan.waiters.is_empty();
    let waiters = has_waiters.then(|| {
        quote! {
            #[rustfmt::skip]
            mod waiters;
        }
    });
    let waiting = has_waiters.then(|| {
        quote!(
            pub use smithwright_runtime::client::{Poll, State, Wait, WaitError, Waited};
        )
    });
    quote! {
        #docs
        #![forbid(unsafe_code)]

        #[rustfmt::skip]
        mod calls;
        #[rustfmt::skip]
        mod client;
        #endpoint
        #waiters

        pub use client::Client;
        #settings
        pub use smithwright_runtime::client::config::*;
        pub use smithwright_runtime::client::{Call, Items, Pages, in_process};
        #waiting
    }
}

fn emit_client(plan: &Plan) -> TokenStream {
    let service = &plan.service;
    let (sdk_id, version, signing_name) = (&service.sdk_id, &service.version, &service.signing_name);
    let docs = docs::outer(&[format!("A client of {}. Cheap to clone.", plain(&service.title))]);
    let rules = service.endpoint.as_ref().map_or(quote!(&ServiceInfo::NO_RULES), |_| quote!(&endpoint::RULES));
    let uses = [
        has_settings(plan).then(|| quote!(EndpointSettings)),
        Some(quote!(SdkConfig)),
        (!service.identities.signers.is_empty()).then(|| quote!(RequestSigner)),
        service.endpoint.as_ref().map(|_| quote!(endpoint)),
    ];
    let uses: Vec<TokenStream> = uses.into_iter().flatten().collect();
    let uses = match uses.as_slice() {
        [one] => one.clone(),
        several => quote!({#(#several),*}),
    };
    let identities = emit_identities(&service.identities);
    let headers = (!service.headers.is_empty()).then(|| {
        let headers = service.headers.iter().map(|(name, value)| quote!((#name, #value)));
        quote!(headers: &[#(#headers),*],)
    });
    let (api, protocol) = (api(plan).import_api(), plan.service.protocols.first().map(|protocol| Name::new(protocol)));
    let discovery = describing(plan)
        .map(|(request, error)| quote!(discovery: Some(EndpointDiscovery::of::<#protocol, api::#request>(#error)),));
    let used = discovery.as_ref().map(|_| quote!(EndpointDiscovery,));
    let api = discovery.as_ref().map(|_| api);
    let protocol = discovery.as_ref().map(|_| quote!(use smithwright_runtime::protocol::#protocol;));
    let settings = has_settings(plan).then(|| {
        quote! {
            /// The same client, which tells the endpoint rules what they ask a program for.
            pub fn with_endpoint_settings(self, settings: EndpointSettings) -> Self {
                Self { core: self.core.with_endpoint_parameters(settings.into()) }
            }
        }
    });
    quote! {
        use crate::#uses;
        #api
        use smithwright_runtime::client::{Core, #used ServiceInfo};
        #protocol

        static SERVICE: ServiceInfo = ServiceInfo {
            name: #sdk_id,
            version: #version,
            signing_name: #signing_name,
            endpoint: #rules,
            #headers
            #discovery
            ..ServiceInfo::PLAIN
        };

        #docs
        #[derive(Clone, Debug)]
        pub struct Client {
            pub(crate) core: Core,
        }

        impl Client {
            /// A client with the credentials, region, endpoint, retries, timeouts and HTTP client of a configuration.
            pub fn new(config: &SdkConfig) -> Self {
                Self { core: Core::new(&SERVICE, config) }
            }

            /// A client of a service that runs somewhere else, a fake say: no AWS configuration is needed.
            pub fn local(endpoint_url: impl Into<String>) -> Self {
                Self { core: Core::local(&SERVICE, endpoint_url) }
            }

            /// The same client, changed: another source of idempotency tokens, an interceptor, a plugin.
            pub fn customize(self, change: impl FnOnce(Core) -> Core) -> Self {
                Self { core: change(self.core) }
            }

            #settings

            #identities
        }
    }
}

/// A method for each identity that operations ask for and no configuration of AWS's has.
fn emit_identities(identities: &Identities) -> TokenStream {
    let api_key = identities.api_key.then(|| {
        quote! {
            /// The same client with the key that operations ask for.
            pub fn with_api_key(self, key: impl Into<String>) -> Self {
                Self { core: self.core.with_api_key(key) }
            }
        }
    });
    let login = identities.login.then(|| {
        quote! {
            /// The same client with the user and the password that operations ask for.
            pub fn with_login(self, user: impl Into<String>, password: impl Into<String>) -> Self {
                Self { core: self.core.with_login(user, password) }
            }
        }
    });
    let signers = identities.signers.iter().map(|Signer { scheme, method }| {
        let docs = docs::outer(&[format!("The same client with what signs requests by the scheme {}.", code(scheme))]);
        quote! {
            #docs
            pub fn #method(self, signer: impl RequestSigner) -> Self {
                Self { core: self.core.with_signer(#scheme, signer) }
            }
        }
    });
    quote! {
        #api_key

        #login

        #(#signers)*
    }
}

/// The request of the operation that says where others are called, and the error by which they say that they are not called there.
fn describing(plan: &Plan) -> Option<(&Name, &str)> {
    plan.operations.iter().find_map(|operation| match &operation.discovery {
        Some(Discovery::Describes(description)) => Some((operation.request.name.name(), description.error.as_str())),
        _ => None,
    })
}

/// Whether a program can tell the endpoint rules something of the service's own.
fn has_settings(plan: &Plan) -> bool {
    plan.service.endpoint.as_ref().is_some_and(|endpoint| !endpoint.settings.is_empty())
}

/// One line per operation: the call, and the trait's method over it.
fn emit_calls(plan: &Plan) -> TokenStream {
    let (api, service) = (api(plan).import_api(), plan.service.name.name());
    let protocol = plan.service.protocols.first().map(|protocol| Name::new(protocol));
    let line = |operation: &Operation| {
        let (method, request, response) = (&operation.method, operation.request.name.name(), operation.response.name.name());
        quote!(#method(api::#request) -> api::#response,)
    };
    let lines = plan.operations.iter().map(line);
    quote! {
        use crate::Client;
        #api
        use smithwright_runtime::protocol::#protocol;

        smithwright_runtime::client! {
            api::#service for Client, api::Error, #protocol;
            #(#lines)*
        }
    }
}

/// The API, from a module of the client.
fn api(plan: &Plan) -> Path {
    plan.home.api(&plan.service.key, 1)
}
