//! What rules are made of. They are written with [`rules`](super::rules).

use super::diagram::Diagram;

/// The endpoint rules of a service.
#[derive(Debug)]
pub struct EndpointRules {
    /// What they are told.
    pub parameters: &'static [Parameter],
    /// How they decide.
    pub decision: Decision,
}

impl EndpointRules {
    /// Rules of which the first whose conditions hold decides.
    pub const fn new(parameters: &'static [Parameter], rules: &'static [Rule]) -> Self {
        Self { parameters, decision: Decision::Rules(rules) }
    }

    /// A diagram whose branches lead to a result.
    pub const fn diagram(parameters: &'static [Parameter], diagram: Diagram) -> Self {
        Self { parameters, decision: Decision::Diagram(diagram) }
    }

    /// Whether an endpoint may ask for such an auth scheme. One whose name is found out may be any.
    pub fn names_scheme(&self, is_meant: impl Fn(&str) -> bool) -> bool {
        let rules = match &self.decision {
            Decision::Rules(rules) => rules,
            Decision::Diagram(diagram) => diagram.results,
        };
        rules.iter().any(|rule| rule.names_scheme(&is_meant))
    }
}

/// How rules decide.
#[derive(Debug)]
pub enum Decision {
    /// By the first rule whose conditions hold.
    Rules(&'static [Rule]),
    /// By a diagram.
    Diagram(Diagram),
}

/// What rules are told, by name.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name: `UseFIPS`.
    pub name: &'static str,
    /// Its type.
    pub kind: ParameterType,
    /// Whether there is no endpoint without it.
    pub required: bool,
    /// What it is when nobody says it.
    pub default: Option<ParameterDefault>,
    /// Where a client takes it from.
    pub built_in: Option<BuiltIn>,
}

/// The type of a [`Parameter`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterType {
    /// A string.
    String,
    /// A boolean.
    Boolean,
    /// Strings.
    StringArray,
}

/// What a [`Parameter`] is when nobody says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterDefault {
    /// A string.
    String(&'static str),
    /// A boolean.
    Boolean(bool),
    /// Strings.
    StringArray(&'static [&'static str]),
}

/// Where a client takes a [`Parameter`] from, when neither the request nor the client's settings say it.
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
}

/// Conditions, and what follows when all of them hold.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The conditions, in order; a later one sees what an earlier one assigned.
    pub conditions: &'static [Condition],
    /// What follows.
    pub outcome: Outcome,
}

impl Rule {
    fn names_scheme(&self, is_meant: &impl Fn(&str) -> bool) -> bool {
        match &self.outcome {
            Outcome::Rules(rules) => rules.iter().any(|rule| rule.names_scheme(is_meant)),
            Outcome::Endpoint(endpoint) => {
                endpoint.auth_schemes.iter().any(|scheme| is_meant(scheme.name) || scheme.name.contains('{'))
            }
            Outcome::Error(_) => false,
        }
    }
}

/// What follows when a [`Rule`]'s conditions hold.
#[derive(Clone, Copy, Debug)]
pub enum Outcome {
    /// More rules, one of which must decide.
    Rules(&'static [Rule]),
    /// An endpoint.
    Endpoint(Endpoint),
    /// No endpoint, for this reason.
    Error(Argument),
}

/// An endpoint, with insertions.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    /// The URL.
    pub url: Argument,
    /// How requests may be authenticated there, the best first; what the client does usually where there are none.
    pub auth_schemes: &'static [AuthScheme],
    /// What else is said of it.
    pub properties: &'static [(&'static str, Property)],
    /// Headers that requests have there.
    pub headers: &'static [(&'static str, &'static [Argument])],
}

/// How requests may be authenticated at an [`Endpoint`].
#[derive(Clone, Copy, Debug)]
pub struct AuthScheme {
    /// Its name, with insertions: `sigv4`.
    pub name: &'static str,
    /// `signingName`, with insertions.
    pub signing_name: Option<&'static str>,
    /// `signingRegion`, with insertions.
    pub signing_region: Option<&'static str>,
    /// `signingRegionSet`, with insertions.
    pub signing_region_set: &'static [&'static str],
    /// `disableDoubleEncoding`.
    pub disable_double_encoding: Option<bool>,
    /// What else is said of it.
    pub properties: &'static [(&'static str, Property)],
}

/// What is said of an [`Endpoint`] beside its URL and its headers.
#[derive(Clone, Copy, Debug)]
pub enum Property {
    /// A boolean.
    Boolean(bool),
    /// A string, with insertions.
    Text(&'static str),
    /// A list.
    List(&'static [Property]),
    /// An object.
    Map(&'static [(&'static str, Property)]),
}

/// A function that must give a value, and not `false`.
#[derive(Clone, Copy, Debug)]
pub struct Condition {
    /// The call.
    pub function: Function,
    /// Whether the opposite must hold.
    pub negated: bool,
    /// The name that the value gets.
    pub assigned: Option<&'static str>,
}

/// A call of the [standard library](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html), or of
/// [AWS's](https://smithy.io/2.0/aws/rules-engine/library-functions.html).
#[derive(Clone, Copy, Debug)]
pub enum Function {
    /// A value as it is.
    Value(Argument),
    /// `isSet`.
    IsSet(Argument),
    /// `booleanEquals`.
    BooleanEquals(Argument, Argument),
    /// `stringEquals`.
    StringEquals(Argument, Argument),
    /// `getAttr`, of what is no reference: see [`Argument::Path`].
    Attribute(Argument, &'static str),
    /// `isValidHostLabel`.
    IsValidHostLabel(Argument, Argument),
    /// `parseURL`.
    ParseUrl(Argument),
    /// `substring`: from, to, and whether both are counted from the end.
    Substring(Argument, usize, usize, bool),
    /// `uriEncode`.
    UriEncode(Argument),
    /// `split`: at what, into how many parts; 0 for as many as there are.
    Split(Argument, Argument, usize),
    /// `coalesce`.
    Coalesce(&'static [Argument]),
    /// `ite`.
    IfThenElse(&'static [Argument; 3]),
    /// `aws.partition`.
    Partition(Argument),
    /// `aws.parseArn`.
    ParseArn(Argument),
    /// `aws.isVirtualHostableS3Bucket`.
    IsVirtualHostableBucket(Argument, Argument),
}

/// What a [`Function`] takes.
#[derive(Clone, Copy, Debug)]
pub enum Argument {
    /// A boolean.
    Boolean(bool),
    /// A string, with insertions: `{Region}`, `{PartitionResult#dnsSuffix}`, and `{{` for a brace.
    Text(&'static str),
    /// A parameter or what a condition assigned, or an attribute of it: `Bucket`, `bucketArn#resourceId[0]`.
    Path(&'static str),
    /// What a function gives.
    Call(&'static Condition),
}
