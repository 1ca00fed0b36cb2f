//! The language-neutral model: what front ends produce, what passes refine, what a backend plans from.
//!
//! One file a concept, in Smithy's words. Nothing here knows Rust, JSON or a file format, and every value is typed: a front
//! end has already turned strings into enums, or has reported them.

mod checksum;
mod constraint;
mod customization;
mod default;
mod discovery;
mod doc;
mod endpoint;
mod enumeration;
mod http;
pub mod jmespath;
mod member;
mod operation;
mod paginator;
mod protocol;
mod service;
mod shape;
mod structure;
mod union;
mod waiter;

pub use checksum::{ChecksumAlgorithm, RequestChecksum, ResponseChecksum};
pub use constraint::{Bound, Constraints, Length, Pattern, Range};
pub use customization::Customizations;
pub use default::DefaultValue;
pub use discovery::EndpointDiscovery;
pub use doc::Documentation;
pub use endpoint::{
    Argument, AuthScheme, BuiltIn, Call, ClientParameter, Condition, ContextParameter, ContextSource, Decision, Diagram,
    Endpoint, EndpointParameter, EndpointRule, EndpointRules, Function, Outcome, ParameterType, ParameterValue, Property,
};
pub use enumeration::{Enumeration, EnumerationValue, IntegerEnumeration, IntegerEnumerationValue};
pub use http::{Binding, HostPart, HostPrefix, HttpBinding, Method, Uri, UriSegment};
pub use member::{Member, TimestampFormat};
pub use operation::{ApiKey, Auth, Operation};
pub use paginator::{PageToken, Paginator, PaginatorOrigin};
pub use protocol::{Protocol, Protocols};
pub use service::Service;
pub use shape::{List, Map, Scalar, Shape, ShapeId, ShapeKind, Streaming, Usage};
pub use structure::{ErrorTrait, Retryable, Structure};
pub use union::Union;
pub use waiter::{Acceptor, Expected, Matcher, Quantity, ValueMatcher, Waiter, WaiterState};

use std::collections::BTreeMap;

/// A whole service: its operations and the shapes of their closure.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The service itself.
    pub service: Service,
    /// The operations, by name.
    pub operations: BTreeMap<String, Operation>,
    /// The waiters, by name.
    pub waiters: Vec<Waiter>,
    /// The shapes, by id.
    pub shapes: BTreeMap<ShapeId, Shape>,
    /// The endpoint rules, when the model has them.
    pub endpoint_rules: Option<EndpointRules>,
    /// `smithy.rules#clientContextParams`: what a program can tell the rules.
    pub client_parameters: Vec<ClientParameter>,
    /// What clients do beside what traits say.
    pub customizations: Customizations,
}
