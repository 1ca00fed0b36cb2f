//! What is known of a service beside its operations.

use crate::client::endpoint::EndpointParameters;

/// A service, as the generator found it in its model.
#[derive(Debug)]
pub struct ServiceInfo {
    /// The SDK id, `Connect`: names the service in the user agent, in spans and in `AWS_ENDPOINT_URL_CONNECT`.
    pub name: &'static str,
    /// The version of the API, `2017-08-08`.
    pub version: &'static str,
    /// The name that signatures are made for, `connect`.
    pub signing_name: &'static str,
    /// The endpoint rules: a URL, or what is wrong with the parameters.
    pub endpoint: fn(&EndpointParameters) -> Result<String, String>,
}
