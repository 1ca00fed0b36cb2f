//! Endpoint rules: <https://smithy.io/2.0/additional-specs/rules-engine/specification.html>.
//!
//! A model's rules are [static data](EndpointRules) that generated clients hold, written with [`rules`]; one evaluator reads it. It is
//! told [parameters](EndpointParameters) and gives an [endpoint](ResolvedEndpoint) or [says why there is none](EndpointError).
//! AWS's [partitions](Partition) are here, once for all services.
//!
//! The generator has checked what it writes: names, types, and that whatever need not be set is asked for first. Nothing here
//! relies on that: data that is wrong in any of these gives no endpoint, and no panic.

mod arn;
mod data;
mod diagram;
mod error;
mod evaluate;
mod functions;
mod parameters;
mod partition;
mod resolved;
pub mod rules;
mod template;
mod url;
mod value;

pub use data::{
    Argument, AuthScheme, BuiltIn, Condition, Decision, Endpoint, EndpointRules, Function, Outcome, Parameter, ParameterDefault,
    ParameterType, Property, Rule,
};
pub use diagram::Diagram;
pub use error::EndpointError;
pub use parameters::{EndpointParameters, ParameterValue, Told};
pub use partition::{PARTITIONS, Partition};
pub use resolved::ResolvedEndpoint;
