//! Idempotency tokens: <https://smithy.io/2.0/spec/behavior-traits.html#idempotencytoken-trait>.

use crate::random::random_uuid;
use std::fmt;
use std::sync::Arc;

/// Makes the tokens that requests do not bring.
#[derive(Clone)]
pub(crate) struct TokenProvider(Arc<dyn Fn() -> String + Send + Sync>);

impl TokenProvider {
    pub(crate) fn new(token: impl Fn() -> String + Send + Sync + 'static) -> Self {
        Self(Arc::new(token))
    }

    pub(crate) fn token(&self) -> String {
        (self.0)()
    }
}

/// Random UUIDs.
impl Default for TokenProvider {
    fn default() -> Self {
        Self::new(random_uuid)
    }
}

impl fmt::Debug for TokenProvider {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TokenProvider")
    }
}
