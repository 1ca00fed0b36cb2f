//! Why there is no endpoint.

/// Why there is no endpoint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EndpointError {
    /// The rules say it.
    #[error("{0}")]
    Rule(String),
    /// A parameter is missing.
    #[error("the endpoint rules need `{0}`, which is not set")]
    Missing(&'static str),
    /// A parameter is of another type.
    #[error("the endpoint parameter `{0}` is of another type")]
    Type(&'static str),
    /// The rules do not tell.
    #[error("no endpoint rule applies")]
    NoRule,
    /// What is inserted into the host ends it.
    #[error("`{path}` is {text:?}, which would lead to another host")]
    Host {
        /// What is inserted.
        path: &'static str,
        /// What it is.
        text: String,
    },
    /// What an endpoint is made of is not set.
    #[error("`{0}` is not set")]
    Unset(String),
}
