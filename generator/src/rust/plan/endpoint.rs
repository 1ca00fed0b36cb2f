//! How a client finds the endpoint: the rules as they are, and what they are told.

use crate::ir::{EndpointRules, ParameterType, ParameterValue};
use crate::rust::names::Name;

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
    /// The first value that is found.
    First(Vec<Step>),
    /// All values that are found.
    All(Vec<Step>),
}

/// A step into a request.
#[derive(Clone, Debug)]
pub enum Step {
    /// A field.
    Field {
        /// Its name.
        name: Name,
        /// Whether it is an `Option`.
        optional: bool,
    },
    /// The elements of a list.
    Elements {
        /// Whether they are `Option`s.
        sparse: bool,
    },
    /// The keys of a map.
    Keys,
}
