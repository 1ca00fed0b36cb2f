//! Random texts that have to differ, not to be secret: idempotency tokens, request ids.

/// A random UUID.
pub(crate) fn random_uuid() -> String {
    uuid::Builder::from_random_bytes(fastrand::u128(..).to_ne_bytes()).into_uuid().to_string()
}
