//! Endpoint rules: <https://smithy.io/2.0/additional-specs/rules-engine/specification.html>.

use super::jmespath::Expression;
use crate::diagnostic::Place;
use std::fmt;

/// A rule set.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointRules {
    /// The parameters, in the rule set's order.
    pub parameters: Vec<EndpointParameter>,
    /// How it decides.
    pub decision: Decision,
}

impl EndpointRules {
    /// Whether an endpoint may ask for this auth scheme. One whose name is found out may be any.
    pub fn names_scheme(&self, name: &str) -> bool {
        match &self.decision {
            Decision::Rules(rules) => rules.iter().any(|rule| rule.outcome.names_scheme(name)),
            Decision::Diagram(diagram) => diagram.results.iter().any(|result| result.names_scheme(name)),
        }
    }
}

/// A parameter of a rule set.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointParameter {
    /// Its name: `UseFIPS`.
    pub name: String,
    /// Its type.
    pub kind: ParameterType,
    /// Where a client takes it from, when neither the request nor the program says it.
    pub built_in: Option<BuiltIn>,
    /// Whether it must be set.
    pub required: bool,
    /// What it is when nobody says it.
    pub default: Option<ParameterValue>,
}

/// The type of an [`EndpointParameter`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterType {
    /// A string.
    String,
    /// A boolean.
    Boolean,
    /// Strings.
    StringArray,
}

/// As messages call it.
impl fmt::Display for ParameterType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::String => "a string",
            Self::Boolean => "a boolean",
            Self::StringArray => "an array of strings",
        })
    }
}

/// What an [`EndpointParameter`] is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterValue {
    /// A string.
    String(String),
    /// A boolean.
    Boolean(bool),
    /// Strings.
    StringArray(Vec<String>),
}

impl ParameterValue {
    /// Its type.
    pub fn kind(&self) -> ParameterType {
        match self {
            Self::String(_) => ParameterType::String,
            Self::Boolean(_) => ParameterType::Boolean,
            Self::StringArray(_) => ParameterType::StringArray,
        }
    }
}

/// Where a client takes an [`EndpointParameter`] from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BuiltIn {
    /// `AWS::Region`.
    Region,
    /// `AWS::UseFIPS`.
    UseFips,
    /// `AWS::UseDualStack`.
    UseDualStack,
    /// `SDK::Endpoint`.
    Endpoint,
    /// `AWS::Auth::AccountId`.
    AccountId,
    /// `AWS::Auth::AccountIdEndpointMode`.
    AccountIdEndpointMode,
    /// One of a service's own, which the program says: `AWS::S3::ForcePathStyle`.
    Setting,
}

/// How a rule set decides.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// By the first rule whose conditions hold.
    Rules(Vec<EndpointRule>),
    /// By a diagram.
    Diagram(Diagram),
}

/// Rules as a binary decision diagram.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagram {
    /// The conditions.
    pub conditions: Vec<Condition>,
    /// The results.
    pub results: Vec<Outcome>,
    /// Where to begin.
    pub root: i32,
    /// The condition of each node, where it leads when that holds, and where when it does not.
    pub nodes: Vec<[i32; 3]>,
}

/// A rule: conditions, and what follows when all of them hold.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointRule {
    /// The conditions, in order; a later one sees what an earlier one assigned.
    pub conditions: Vec<Condition>,
    /// What follows.
    pub outcome: Outcome,
}

/// What follows when an [`EndpointRule`]'s conditions hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// More rules, one of which must decide.
    Rules(Vec<EndpointRule>),
    /// An endpoint.
    Endpoint(Endpoint),
    /// No endpoint, for this reason.
    Error(Argument),
}

impl Outcome {
    fn names_scheme(&self, name: &str) -> bool {
        match self {
            Self::Rules(rules) => rules.iter().any(|rule| rule.outcome.names_scheme(name)),
            Self::Endpoint(endpoint) => {
                endpoint.auth_schemes.iter().any(|scheme| scheme.name == name || scheme.name.contains('{'))
            }
            Self::Error(_) => false,
        }
    }
}

/// An endpoint.
#[derive(Clone, Debug, PartialEq)]
pub struct Endpoint {
    /// The URL.
    pub url: Argument,
    /// `authSchemes`: how requests may be authenticated there, the best first.
    pub auth_schemes: Vec<AuthScheme>,
    /// What else is said of it.
    pub properties: Vec<(String, Property)>,
    /// Headers that requests have there.
    pub headers: Vec<(String, Vec<Argument>)>,
}

/// How requests may be authenticated at an [`Endpoint`]. Texts have insertions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AuthScheme {
    /// `name`.
    pub name: String,
    /// `signingName`.
    pub signing_name: Option<String>,
    /// `signingRegion`.
    pub signing_region: Option<String>,
    /// `signingRegionSet`.
    pub signing_region_set: Vec<String>,
    /// `disableDoubleEncoding`.
    pub disable_double_encoding: Option<bool>,
    /// What else is said of it.
    pub properties: Vec<(String, Property)>,
}

/// What is said of an [`Endpoint`] beside its URL and its headers.
#[derive(Clone, Debug, PartialEq)]
pub enum Property {
    /// A boolean.
    Boolean(bool),
    /// A string, with insertions.
    Text(String),
    /// A list.
    List(Vec<Property>),
    /// An object.
    Map(Vec<(String, Property)>),
}

/// A condition: a call that must give a value that is neither unset nor false.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The call.
    pub call: Call,
    /// The name that the value gets.
    pub assign: Option<String>,
}

/// A call, or its opposite.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The function, with what it takes.
    pub function: Function,
    /// `not`.
    pub negated: bool,
}

/// A function of the [standard library](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html) or of
/// [AWS's](https://smithy.io/2.0/aws/rules-engine/library-functions.html).
#[derive(Clone, Debug, PartialEq)]
pub enum Function {
    /// A value as it is: `getAttr` of a name.
    Value(Argument),
    /// `isSet`.
    IsSet(Argument),
    /// `booleanEquals`.
    BooleanEquals(Argument, Argument),
    /// `stringEquals`.
    StringEquals(Argument, Argument),
    /// `getAttr` of what a function gives.
    Attribute(Argument, String),
    /// `isValidHostLabel`.
    IsValidHostLabel(Argument, Argument),
    /// `parseURL`.
    ParseUrl(Argument),
    /// `substring`.
    Substring {
        /// Of what.
        text: Argument,
        /// From here.
        start: u32,
        /// Up to here.
        end: u32,
        /// Whether both are counted from the end.
        from_the_end: bool,
    },
    /// `uriEncode`.
    UriEncode(Argument),
    /// `split`: what, at what, and into how many parts; 0 for as many as there are.
    Split(Argument, Argument, u32),
    /// `coalesce`.
    Coalesce(Vec<Argument>),
    /// `ite`.
    IfThenElse(Box<[Argument; 3]>),
    /// `aws.partition`.
    Partition(Argument),
    /// `aws.parseArn`.
    ParseArn(Argument),
    /// `aws.isVirtualHostableS3Bucket`.
    IsVirtualHostableBucket(Argument, Argument),
}

/// What a [`Function`] takes.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// A literal boolean.
    Boolean(bool),
    /// A literal string, with insertions as the model writes them: `{Region}`, `{PartitionResult#dnsSuffix}`, `{{` for a brace.
    Text(String),
    /// A parameter or the result of an earlier condition, or an attribute of it: `Bucket`, `bucketArn#resourceId[0]`.
    Path(String),
    /// What a call gives.
    Call(Box<Call>),
}

/// What the model says of an endpoint's parameter beside the rules.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientParameter {
    /// The parameter's name.
    pub name: String,
    /// Its type.
    pub kind: ParameterType,
    /// Where the model says it.
    pub place: Place,
}

/// What an operation tells the rules.
#[derive(Clone, Debug, PartialEq)]
pub struct ContextParameter {
    /// The parameter's name.
    pub name: String,
    /// What it is.
    pub source: ContextSource,
    /// Where the model says it.
    pub place: Place,
}

/// Where an operation takes a [`ContextParameter`] from.
#[derive(Clone, Debug, PartialEq)]
pub enum ContextSource {
    /// `smithy.rules#staticContextParams`: the same for every request.
    Static(ParameterValue),
    /// `smithy.rules#operationContextParams`: what is at a path in the request.
    Path(Expression),
}
