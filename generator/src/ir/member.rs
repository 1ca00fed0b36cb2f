//! Members of structures and unions: <https://smithy.io/2.0/spec/model.html#member-shapes>.

use super::{Binding, DefaultValue, Documentation, ShapeId};

/// A member of a structure or union.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The member's name in the model.
    pub name: String,
    /// The shape of its value.
    pub target: ShapeId,
    /// `smithy.api#required`.
    pub required: bool,
    /// Where it travels.
    pub binding: Binding,
    /// Its name in the body, where that is not [`name`](Self::name): what the service's protocols read of the names that a model gives.
    pub wire_name: Option<String>,
    /// The format of a timestamp, where the member asks for one.
    pub timestamp_format: Option<TimestampFormat>,
    /// `smithy.api#idempotencyToken`: made up by the client when absent.
    pub idempotency_token: bool,
    /// `smithy.api#hostLabel`: its value is in the host, too.
    pub host_label: bool,
    /// `aws.api#clientEndpointDiscoveryId`: endpoints are discovered by its value.
    pub endpoint_id: bool,
    /// `smithy.rules#contextParam`: what it is called in the endpoint rules, when a request has it.
    pub context_parameter: Option<String>,
    /// `smithy.api#default`: what the member is when it is not given; `None` also for a default of null.
    pub default: Option<DefaultValue>,
    /// `smithy.api#clientOptional`, and every member of a structure with `smithy.api#input`: a client tells a member that is not
    /// given from one that has the default.
    pub client_optional: bool,
    /// Whether the member closes a cycle that only a pointer can break; filled in by [`crate::pass`].
    pub boxed: bool,
    /// Prose and deprecation.
    pub documentation: Documentation,
}

impl Member {
    /// The member's name in a body.
    pub fn body_name(&self) -> &str {
        self.wire_name.as_deref().unwrap_or(&self.name)
    }
}

/// `smithy.api#timestampFormat`: <https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    /// `epoch-seconds`: seconds since 1970, with a fraction.
    EpochSeconds,
    /// `date-time`: RFC 3339.
    DateTime,
    /// `http-date`: RFC 7231's IMF-fixdate.
    HttpDate,
}
