//! How requests are authenticated: with SigV4, unless the endpoint or the operation asks for something else.

use crate::client::auth::{self, Signing};
use crate::endpoint::EndpointRules;
use crate::operation::Auth;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_credential_types::provider::token::SharedTokenProvider;
use aws_runtime::auth::sigv4::{self, SigV4AuthScheme};
#[cfg(feature = "sigv4a")]
use aws_runtime::auth::sigv4a::{self, SigV4aAuthScheme};
use aws_smithy_runtime::client::auth::no_auth::{NO_AUTH_SCHEME_ID, NoAuthScheme};
use aws_smithy_runtime::client::identity::no_auth::NoAuthIdentityResolver;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::http::HTTP_BEARER_AUTH_SCHEME_ID;
use aws_smithy_runtime_api::client::auth::static_resolver::StaticAuthSchemeOptionResolver;
use aws_smithy_runtime_api::client::auth::{AuthSchemeId, SharedAuthSchemeOptionResolver};
use aws_smithy_runtime_api::client::endpoint::{EndpointResolverParams, ResolveEndpoint as _};
use aws_smithy_runtime_api::client::identity::SharedIdentityResolver;
use aws_smithy_runtime_api::client::runtime_components::{RuntimeComponents, RuntimeComponentsBuilder};
use aws_smithy_types::Document;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::endpoint::Endpoint;
use std::borrow::Cow;

/// What rules call it that requests are not signed.
const NONE: &str = "none";

/// Puts in what requests are authenticated with.
pub(crate) fn set_auth_schemes(
    components: &mut RuntimeComponentsBuilder,
    rules: &'static EndpointRules,
    credentials: SharedCredentialsProvider,
) {
    components.push_auth_scheme(SigV4AuthScheme::new());
    #[cfg(feature = "sigv4a")]
    components.push_auth_scheme(SigV4aAuthScheme::new());
    set_credentials(components, credentials);
    components.set_auth_scheme_option_resolver(Some(options(rules)));
    if rules.names_scheme(|name| name == NONE) {
        components.push_auth_scheme(NoAuthScheme::new());
        components.set_identity_resolver(NO_AUTH_SCHEME_ID, SharedIdentityResolver::new(NoAuthIdentityResolver::new()));
    }
}

/// Signs with these credentials, whatever the signature.
pub(crate) fn set_credentials(components: &mut RuntimeComponentsBuilder, credentials: SharedCredentialsProvider) {
    #[cfg(feature = "sigv4a")]
    components.set_identity_resolver(sigv4a::SCHEME_ID, SharedIdentityResolver::new(credentials.clone()));
    components.set_identity_resolver(sigv4::SCHEME_ID, SharedIdentityResolver::new(credentials));
}

/// Authenticates with these tokens, where an operation asks for one.
pub(crate) fn set_tokens(components: &mut RuntimeComponentsBuilder, tokens: SharedTokenProvider) {
    components.set_identity_resolver(HTTP_BEARER_AUTH_SCHEME_ID, SharedIdentityResolver::new(tokens));
}

/// Whether an endpoint may name other schemes than SigV4.
pub(crate) fn names_schemes(rules: &EndpointRules) -> bool {
    rules.names_scheme(|name| name != sigv4::SCHEME_ID.inner())
}

/// The endpoint is asked beforehand only where it can make a difference: most services know nothing but SigV4.
fn options(rules: &'static EndpointRules) -> SharedAuthSchemeOptionResolver {
    match names_schemes(rules) {
        true => auth::options(&[Auth::SigV4], Signing { rules, has_credentials: true }),
        false => SharedAuthSchemeOptionResolver::new(StaticAuthSchemeOptionResolver::new(vec![sigv4::SCHEME_ID])),
    }
}

/// The auth schemes that the endpoint of a call names; SigV4 where it names none.
///
/// # Errors
///
/// A call without an endpoint.
pub(crate) async fn schemes_of_endpoint(
    config: &ConfigBag,
    components: &RuntimeComponents,
) -> Result<Vec<AuthSchemeId>, BoxError> {
    let params = config.load::<EndpointResolverParams>().ok_or("endpoint parameters are missing")?;
    let endpoint = components.endpoint_resolver().resolve_endpoint(params).await?;
    Ok(named(&endpoint))
}

fn named(endpoint: &Endpoint) -> Vec<AuthSchemeId> {
    let Some(Document::Array(schemes)) = endpoint.properties().get("authSchemes") else { return vec![sigv4::SCHEME_ID] };
    let names = schemes.iter().filter_map(|scheme| scheme.as_object()?.get("name")?.as_string());
    names.map(|name| if name == NONE { NO_AUTH_SCHEME_ID } else { AuthSchemeId::from(Cow::Owned(name.to_owned())) }).collect()
}
