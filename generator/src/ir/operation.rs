//! Operations: <https://smithy.io/2.0/spec/service-types.html#operation>.

use super::{
    ContextParameter, Documentation, EndpointDiscovery, HostPrefix, HttpBinding, Paginator, RequestChecksum, ResponseChecksum,
    ShapeId,
};
use crate::diagnostic::Place;

/// An operation of a service.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The operation's name.
    pub name: String,
    /// The method, path and status; `None` when no protocol of the service asks for them.
    pub http: Option<HttpBinding>,
    /// The input structure; `None` when the operation takes nothing.
    pub input: Option<ShapeId>,
    /// The output structure; `None` when the operation answers nothing.
    pub output: Option<ShapeId>,
    /// The declared errors, in the model's order.
    pub errors: Vec<ShapeId>,
    /// How to page through it.
    pub paginator: Option<Paginator>,
    /// The ways to authenticate requests that clients know, at least one, the preferred one first.
    pub auth: Vec<Auth>,
    /// `smithy.api#idempotent`.
    pub idempotent: bool,
    /// `smithy.api#readonly`.
    pub readonly: bool,
    /// `smithy.api#endpoint`: what goes before the host.
    pub host_prefix: Option<HostPrefix>,
    /// What it tells the endpoint rules, beside its [members](super::Member::context_parameter).
    pub context: Vec<ContextParameter>,
    /// The checksum that the request has.
    pub request_checksum: Option<RequestChecksum>,
    /// The checksums that the response may have.
    pub response_checksum: Option<ResponseChecksum>,
    /// What it has to do with endpoint discovery.
    pub discovery: Option<EndpointDiscovery>,
    /// `smithy.api#requestCompression` with `gzip`: a client compresses large bodies.
    pub gzip: bool,
    /// Prose and deprecation.
    pub documentation: Documentation,
    /// Where the model defines it.
    pub place: Place,
}

/// The ways to authenticate requests: <https://smithy.io/2.0/spec/authentication-traits.html>.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Auth {
    /// `aws.auth#sigv4`.
    SigV4,
    /// `smithy.api#httpBearerAuth`.
    Bearer,
    /// `smithy.api#httpBasicAuth`.
    Basic,
    /// `smithy.api#httpDigestAuth`.
    Digest,
    /// `smithy.api#httpApiKeyAuth`.
    ApiKey(ApiKey),
    /// A trait of the model's own with `smithy.api#authDefinition`, by its id.
    Custom(String),
    /// None: `smithy.api#noAuth`, an empty list of schemes, or `smithy.api#optionalAuth`.
    Anonymous,
}

/// Where a key travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiKey {
    /// In a header.
    Header {
        /// Its name.
        name: String,
        /// What goes before the key.
        scheme: Option<String>,
    },
    /// In the query, as a parameter of this name.
    Query(String),
}
