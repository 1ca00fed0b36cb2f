//! Endpoint discovery: <https://smithy.io/2.0/aws/aws-core.html#client-endpoint-discovery>.

use super::Operation;
use std::collections::BTreeMap;
use std::time::Duration;

/// Whether an operation is called where another one says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Discovery {
    /// It is not.
    None,
    /// It can be.
    Optional,
    /// It must be.
    Required,
}

/// An operation that says where others are called.
pub trait DescribesEndpoints: Operation + Default {
    /// A request about an operation whose requests say this of their endpoints, by the names of their members.
    fn about(_operation: String, _identifiers: BTreeMap<String, String>) -> Self {
        Self::default()
    }

    /// What it answers.
    fn endpoints(response: &Self::Response) -> Vec<DiscoveredEndpoint>;
}

/// Where operations are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiscoveredEndpoint {
    /// A host, perhaps with a port.
    pub(crate) address: String,
    /// For how long.
    pub(crate) period: Duration,
}

impl DiscoveredEndpoint {
    /// An address, and for how many minutes it holds: none of what is not given, or less than nothing.
    pub fn new<'a>(address: impl Into<Option<&'a str>>, minutes: impl Into<Option<i64>>) -> Self {
        let minutes = minutes.into().and_then(|minutes| u64::try_from(minutes).ok()).unwrap_or_default();
        Self { address: address.into().unwrap_or_default().to_owned(), period: Duration::from_secs(minutes.saturating_mul(60)) }
    }
}
