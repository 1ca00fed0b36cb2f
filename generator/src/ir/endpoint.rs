//! Endpoint rules: <https://smithy.io/2.0/additional-specs/rules-engine/specification.html>.

/// A rule set, and the partitions that its functions read.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointRules {
    /// The parameters, in the rule set's order.
    pub parameters: Vec<Parameter>,
    /// The rules; the first whose conditions hold decides.
    pub rules: Vec<Rule>,
    /// The partitions of `aws.partition`.
    pub partitions: Vec<Partition>,
}

/// A parameter of a rule set.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name: `UseFIPS`.
    pub name: String,
    /// Its type.
    pub kind: ParameterType,
    /// Where a client takes it from.
    pub built_in: Option<BuiltIn>,
    /// Whether it must be set.
    pub required: bool,
    /// The default of a boolean.
    pub default: Option<bool>,
}

/// The type of a [`Parameter`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterType {
    /// A string.
    String,
    /// A boolean.
    Boolean,
}

/// Where a client takes a [`Parameter`] from.
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
}

/// A rule: conditions, and what follows when all of them hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The conditions, in order; a later one sees what an earlier one assigned.
    pub conditions: Vec<Condition>,
    /// What follows.
    pub body: RuleBody,
}

/// What follows when a [`Rule`]'s conditions hold.
#[derive(Clone, Debug, PartialEq)]
pub enum RuleBody {
    /// More rules, one of which must decide.
    Tree(Vec<Rule>),
    /// An endpoint.
    Endpoint(Endpoint),
    /// No endpoint, for this reason.
    Error(Template),
}

/// An endpoint.
#[derive(Clone, Debug, PartialEq)]
pub struct Endpoint {
    /// The URL.
    pub url: Template,
}

/// A condition: a function that must give a value that is neither unset nor false.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The call.
    pub function: Function,
    /// The name that the value gets.
    pub assign: Option<String>,
}

/// The functions of the standard library that plain services use.
#[derive(Clone, Debug, PartialEq)]
pub enum Function {
    /// `isSet`.
    IsSet(Argument),
    /// `not`.
    Not(Box<Function>),
    /// `booleanEquals`.
    BooleanEquals(Argument, Argument),
    /// `stringEquals`.
    StringEquals(Argument, Argument),
    /// `getAttr`.
    GetAttr(String, String),
    /// `aws.partition`.
    Partition(Argument),
}

/// An argument of a [`Function`].
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// A literal boolean.
    Boolean(bool),
    /// A literal string, with what it inserts.
    String(Template),
    /// A parameter, or the result of an earlier condition.
    Reference(String),
    /// `getAttr`: an attribute of an earlier result.
    Attribute(String, String),
}

/// A string with insertions: `https://connect.{Region}.{PartitionResult#dnsSuffix}`.
#[derive(Clone, Debug, PartialEq)]
pub struct Template(pub Vec<TemplatePart>);

/// A part of a [`Template`].
#[derive(Clone, Debug, PartialEq)]
pub enum TemplatePart {
    /// Text that stands as it is.
    Literal(String),
    /// `{Region}`.
    Reference(String),
    /// `{PartitionResult#dnsSuffix}`.
    Attribute(String, String),
}

/// A partition of AWS's regions.
#[derive(Clone, Debug, PartialEq)]
pub struct Partition {
    /// `aws`, `aws-cn`, ..
    pub id: String,
    /// What matches a region that is not listed.
    pub region_regex: String,
    /// What the partition's regions share.
    pub outputs: PartitionOutputs,
    /// The listed regions, sorted.
    pub regions: Vec<String>,
}

/// What `aws.partition` gives.
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionOutputs {
    /// `name`.
    pub name: String,
    /// `dnsSuffix`.
    pub dns_suffix: String,
    /// `dualStackDnsSuffix`.
    pub dual_stack_dns_suffix: String,
    /// `implicitGlobalRegion`.
    pub implicit_global_region: String,
    /// `supportsFIPS`.
    pub supports_fips: bool,
    /// `supportsDualStack`.
    pub supports_dual_stack: bool,
}
