//! What is known of a service beside its operations.

use crate::client::discovery::EndpointDiscovery;
use crate::endpoint::EndpointRules;
use crate::endpoint::rules::{BuiltIn, is_set, otherwise, string, when};

/// A service, as the generator found it in its model.
#[derive(Debug)]
pub struct ServiceInfo {
    /// The SDK id, `Connect`: names the service in the user agent, in spans and in `AWS_ENDPOINT_URL_CONNECT`.
    pub name: &'static str,
    /// The version of the API, `2017-08-08`.
    pub version: &'static str,
    /// The name that signatures are made for, `connect`.
    pub signing_name: &'static str,
    /// The endpoint rules.
    pub endpoint: &'static EndpointRules,
    /// Headers of every request, unless a call says otherwise.
    pub headers: &'static [(&'static str, &'static str)],
    /// What says where operations are called, if something does.
    pub discovery: Option<EndpointDiscovery>,
}

impl ServiceInfo {
    /// What most services have beside their names and rules: nothing.
    pub const PLAIN: Self =
        Self { name: "", version: "", signing_name: "", endpoint: &Self::NO_RULES, headers: &[], discovery: None };

    /// The rules of a model that has none: the program says where the service is.
    pub const NO_RULES: EndpointRules = EndpointRules::new(
        &[string("Endpoint").built_in(BuiltIn::Endpoint)],
        &[
            when(&[is_set("Endpoint")]).endpoint("{Endpoint}"),
            otherwise().error("set an endpoint URL: the model has no endpoint rules"),
        ],
    );
}
