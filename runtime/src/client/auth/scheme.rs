//! A scheme: its id, and what signs.

use aws_smithy_runtime_api::client::auth::{AuthScheme, AuthSchemeId, Sign};
use aws_smithy_runtime_api::client::identity::SharedIdentityResolver;
use aws_smithy_runtime_api::client::runtime_components::GetIdentityResolver;

/// A scheme whose identities are found by its id.
#[derive(Debug)]
pub(super) struct Scheme<S> {
    /// The id of its trait.
    pub(super) id: AuthSchemeId,
    /// What signs.
    pub(super) signer: S,
}

impl<S: Sign> AuthScheme for Scheme<S> {
    fn scheme_id(&self) -> AuthSchemeId {
        self.id.clone()
    }

    fn identity_resolver(&self, resolvers: &dyn GetIdentityResolver) -> Option<SharedIdentityResolver> {
        resolvers.identity_resolver(self.scheme_id())
    }

    fn signer(&self) -> &dyn Sign {
        &self.signer
    }
}
