//! Keys: <https://smithy.io/2.0/spec/authentication-traits.html#httpapikeyauth-trait>.
//!
//! AWS's runtime has the scheme, too, and puts a space before a key in a header that has no scheme.

use crate::operation::ApiKey;
use crate::percent::RESERVED;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::{AuthSchemeEndpointConfig, Sign};
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::identity::http::Token;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use percent_encoding::utf8_percent_encode;

/// Shows a key where the service wants it.
#[derive(Debug)]
pub(super) struct ApiKeySigner(pub(super) ApiKey);

impl Sign for ApiKeySigner {
    fn sign_http_request(
        &self,
        request: &mut HttpRequest,
        identity: &Identity,
        _: AuthSchemeEndpointConfig<'_>,
        _: &RuntimeComponents,
        _: &ConfigBag,
    ) -> Result<(), BoxError> {
        let key = identity.data::<Token>().ok_or("what was resolved for an API key is none")?.token();
        match self.0 {
            ApiKey::Header(name, scheme) => {
                let value = scheme.map_or_else(|| key.to_owned(), |scheme| format!("{scheme} {key}"));
                let advice = "the API key is no text that a header can hold";
                request.headers_mut().try_insert(name.to_ascii_lowercase(), value).map_err(|_| advice)?;
            }
            ApiKey::Query(name) => {
                let separator = if request.uri().contains('?') { '&' } else { '?' };
                let [name, key] = [name, key].map(|text| utf8_percent_encode(text, RESERVED));
                let uri = format!("{}{separator}{name}={key}", request.uri());
                request.set_uri(uri)?;
            }
        }
        Ok(())
    }
}
