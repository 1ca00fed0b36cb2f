//! How requests are authenticated: <https://smithy.io/2.0/spec/authentication-traits.html>.
//!
//! What signs most services, AWS's signature, is there for all operations, and the [endpoint](crate::client::endpoint) may say which of its
//! forms. What an operation asks for besides is put in when it is called.

mod api_key;
#[cfg(feature = "digest-auth")]
mod digest;
mod own;
mod scheme;

use crate::client::endpoint::{names_schemes, schemes_of_endpoint};
use crate::endpoint::EndpointRules;
use crate::operation::Auth;
use api_key::ApiKeySigner;
use aws_runtime::auth::sigv4;
use aws_smithy_runtime::client::auth::http::{BasicAuthScheme, BearerAuthScheme};
use aws_smithy_runtime::client::auth::no_auth::{NO_AUTH_SCHEME_ID, NoAuthScheme};
use aws_smithy_runtime::client::identity::no_auth::NoAuthIdentityResolver;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::http::{
    HTTP_API_KEY_AUTH_SCHEME_ID, HTTP_BASIC_AUTH_SCHEME_ID, HTTP_BEARER_AUTH_SCHEME_ID, HTTP_DIGEST_AUTH_SCHEME_ID,
};
use aws_smithy_runtime_api::client::auth::{
    AuthSchemeId, AuthSchemeOption, AuthSchemeOptionResolverParams, AuthSchemeOptionsFuture, ResolveAuthSchemeOptions,
    SharedAuthSchemeOptionResolver,
};
use aws_smithy_runtime_api::client::identity::SharedIdentityResolver;
use aws_smithy_runtime_api::client::identity::http::{Login, Token};
use aws_smithy_runtime_api::client::runtime_components::{RuntimeComponents, RuntimeComponentsBuilder};
use aws_smithy_runtime_api::client::runtime_plugin::StaticRuntimePlugin;
use aws_smithy_types::config_bag::ConfigBag;

pub use own::RequestSigner;
use own::Signer;
use scheme::Scheme;

/// What is known of signatures beside the operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Signing {
    /// What may name another form of them.
    pub(crate) rules: &'static EndpointRules,
    /// Whether the program says what signs.
    pub(crate) has_credentials: bool,
}

/// What an operation needs that is not signed as its service's others are.
pub(crate) fn set_auth(components: &mut RuntimeComponentsBuilder, auth: &'static [Auth], signing: Signing) {
    if auth == [Auth::SigV4] {
        return;
    }
    for scheme in auth {
        match scheme {
            // The client has it, or the program brings it.
            Auth::SigV4 | Auth::Custom(_) => {}
            Auth::Bearer => {
                components.push_auth_scheme(BearerAuthScheme::new());
            }
            Auth::Basic => {
                components.push_auth_scheme(BasicAuthScheme::new());
            }
            Auth::ApiKey(place) => {
                components.push_auth_scheme(Scheme { id: HTTP_API_KEY_AUTH_SCHEME_ID, signer: ApiKeySigner(*place) });
            }
            #[cfg(feature = "digest-auth")]
            Auth::Digest => digest::set(components),
            // Clients of such services turn the feature on.
            #[cfg(not(feature = "digest-auth"))]
            Auth::Digest => {}
            Auth::Anonymous => {
                components.push_auth_scheme(NoAuthScheme::new());
                let nobody = SharedIdentityResolver::new(NoAuthIdentityResolver::new());
                components.set_identity_resolver(NO_AUTH_SCHEME_ID, nobody);
            }
        }
    }
    components.set_auth_scheme_option_resolver(Some(options(auth, signing)));
}

/// Offers these schemes, in their order.
pub(crate) fn options(auth: &'static [Auth], signing: Signing) -> SharedAuthSchemeOptionResolver {
    SharedAuthSchemeOptionResolver::new(Schemes { auth, signing })
}

/// The schemes of an operation, in its order. The first counts that there is an identity for.
#[derive(Debug)]
struct Schemes {
    auth: &'static [Auth],
    signing: Signing,
}

impl Schemes {
    /// A signature comes last when nobody says with what: a call that has no other way says then what is missing.
    fn ordered(&self) -> impl Iterator<Item = &'static Auth> {
        let is_last = |scheme: &&Auth| **scheme == Auth::SigV4 && !self.signing.has_credentials;
        let (last, first): (Vec<_>, Vec<_>) = self.auth.iter().partition(is_last);
        first.into_iter().chain(last)
    }

    async fn ids(&self, config: &ConfigBag, components: &RuntimeComponents) -> Result<Vec<AuthSchemeId>, BoxError> {
        let mut ids = Vec::new();
        for scheme in self.ordered() {
            match scheme {
                Auth::SigV4 if names_schemes(self.signing.rules) => ids.extend(schemes_of_endpoint(config, components).await?),
                Auth::SigV4 => ids.push(sigv4::SCHEME_ID),
                Auth::Bearer => ids.push(HTTP_BEARER_AUTH_SCHEME_ID),
                Auth::Basic => ids.push(HTTP_BASIC_AUTH_SCHEME_ID),
                Auth::Digest => ids.push(HTTP_DIGEST_AUTH_SCHEME_ID),
                Auth::ApiKey(_) => ids.push(HTTP_API_KEY_AUTH_SCHEME_ID),
                Auth::Custom(id) => ids.push(AuthSchemeId::new(id)),
                Auth::Anonymous => ids.push(NO_AUTH_SCHEME_ID),
            }
        }
        Ok(ids)
    }
}

impl ResolveAuthSchemeOptions for Schemes {
    fn resolve_auth_scheme_options_v2<'a>(
        &'a self,
        _: &'a AuthSchemeOptionResolverParams,
        config: &'a ConfigBag,
        components: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        AuthSchemeOptionsFuture::new(async move {
            let ids = self.ids(config, components).await?;
            ids.into_iter().map(|id| Ok(AuthSchemeOption::builder().scheme_id(id).build()?)).collect()
        })
    }
}

/// Authenticates with a key.
pub(crate) fn api_key(key: String) -> StaticRuntimePlugin {
    let mut components = RuntimeComponentsBuilder::new("api key");
    let key = SharedIdentityResolver::new(Token::new(key, None));
    components.set_identity_resolver(HTTP_API_KEY_AUTH_SCHEME_ID, key);
    StaticRuntimePlugin::new().with_runtime_components(components)
}

/// Authenticates with user and password.
pub(crate) fn login(user: String, password: String) -> StaticRuntimePlugin {
    let mut components = RuntimeComponentsBuilder::new("login");
    let login = SharedIdentityResolver::new(Login::new(user, password, None));
    components.set_identity_resolver(HTTP_BASIC_AUTH_SCHEME_ID, login.clone());
    components.set_identity_resolver(HTTP_DIGEST_AUTH_SCHEME_ID, login);
    let plugin = StaticRuntimePlugin::new().with_runtime_components(components);
    #[cfg(feature = "digest-auth")]
    let plugin = plugin.with_config(digest::memory());
    plugin
}

/// Authenticates with what the program brings.
pub(crate) fn signer(scheme: &'static str, signer: impl RequestSigner) -> StaticRuntimePlugin {
    let id = AuthSchemeId::new(scheme);
    let mut components = RuntimeComponentsBuilder::new("signer");
    components.set_identity_resolver(id.clone(), SharedIdentityResolver::new(NoAuthIdentityResolver::new()));
    components.push_auth_scheme(Scheme { id, signer: Signer::new(signer) });
    StaticRuntimePlugin::new().with_runtime_components(components)
}
