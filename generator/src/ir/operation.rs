//! Operations: <https://smithy.io/2.0/spec/service-types.html#operation>.

use super::{ContextParameter, Documentation, EndpointDiscovery, HostPrefix, HttpBinding, Paginator, ShapeId};
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
    /// How requests are authenticated: of the schemes that count for the operation, the first that clients know.
    pub auth: Auth,
    /// `smithy.api#idempotent`.
    pub idempotent: bool,
    /// `smithy.api#readonly`.
    pub readonly: bool,
    /// `smithy.api#endpoint`: what goes before the host.
    pub host_prefix: Option<HostPrefix>,
    /// What it tells the endpoint rules, beside its [members](super::Member::context_parameter).
    pub context: Vec<ContextParameter>,
    /// `smithy.api#httpChecksumRequired`: the request has a `content-md5`.
    pub checksum_required: bool,
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Auth {
    /// `aws.auth#sigv4`.
    #[default]
    SigV4,
    /// `smithy.api#httpBearerAuth`.
    Bearer,
    /// None: an empty list of schemes.
    Anonymous,
}
