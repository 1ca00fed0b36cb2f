//! How a client finds the endpoint: the rules as they are, and what they are told.

use crate::ir::{EndpointRules, ParameterType, ParameterValue};
use crate::rust::names::Name;
use crate::rust::plan::Lookup;

/// How a client finds the endpoint.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// The rules.
    pub rules: EndpointRules,
    /// What a program can tell them.
    pub settings: Vec<Setting>,
}

impl Endpoint {
    /// Whether requests may have to be signed with SigV4a.
    pub fn signs_with_sigv4a(&self) -> bool {
        self.rules.names_scheme("sigv4a")
    }
}

/// What a program can tell the rules.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The parameter: `ForcePathStyle`.
    pub parameter: String,
    /// The field: `force_path_style`.
    pub field: Name,
    /// Its type.
    pub kind: ParameterType,
}

/// What a request tells the rules.
#[derive(Clone, Debug)]
pub struct Told {
    /// The parameter: `Bucket`.
    pub parameter: String,
    /// What it is.
    pub value: ToldValue,
}

/// What a request tells the rules of a parameter.
#[derive(Clone, Debug)]
pub enum ToldValue {
    /// The same in every request.
    Static(ParameterValue),
    /// A field.
    Field(Name),
    /// A field by which endpoints are discovered, which the rules do not hear of.
    Identifier(Name),
    /// What is found, there or not.
    Value(Lookup),
    /// What is found, an `Option` of a reference.
    First(Lookup),
    /// All that are found, an iterator of references.
    All(Lookup),
}
