//! Endpoint discovery: <https://smithy.io/2.0/aws/aws-core.html#client-endpoint-discovery>.

/// What an operation has to do with endpoint discovery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EndpointDiscovery {
    /// `aws.api#clientEndpointDiscovery`: it says where others are called.
    Describes {
        /// The error that says of an endpoint that it is none any more.
        error: String,
    },
    /// `aws.api#clientDiscoveredEndpoint`: it is called where that one says.
    Discovered {
        /// Whether it cannot be called elsewhere.
        required: bool,
    },
}
