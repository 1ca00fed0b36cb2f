//! How a client finds the endpoint: conditions as nested `if`s, every variable with its name.

use crate::ir::Partition;
use crate::rust::names::Name;

/// The function that resolves the endpoint.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// What it reads of the client's settings.
    pub parameters: Vec<EndpointParameter>,
    /// What it goes through.
    pub rules: Vec<EndpointRule>,
    /// What it gives when no rule decides; `None` when one always does.
    pub otherwise: Option<String>,
    /// The partitions that it looks up.
    pub partitions: Vec<Partition>,
}

/// A variable at the start of the function.
#[derive(Clone, Debug)]
pub struct EndpointParameter {
    /// The variable.
    pub variable: Name,
    /// Its value.
    pub source: ParameterSource,
    /// What to say when there is none, where there must be one: the variable is the value itself then, not an option.
    pub missing: Option<String>,
}

/// Where an [`EndpointParameter`] comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterSource {
    /// The region.
    Region,
    /// The URL that the caller gives.
    Endpoint,
    /// Whether FIPS is asked for.
    UseFips,
    /// Whether dual stack is asked for.
    UseDualStack,
    /// A boolean of its own.
    Boolean(bool),
    /// A string that nobody sets.
    Unset,
}

/// A rule.
#[derive(Clone, Debug)]
pub struct EndpointRule {
    /// What must hold, in order; none for a rule that always applies.
    pub conditions: Vec<EndpointCondition>,
    /// What follows.
    pub outcome: Outcome,
}

/// What follows when a rule applies.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// More rules.
    Rules(Vec<EndpointRule>),
    /// The URL.
    Url(TextExpression),
    /// What is wrong with the parameters.
    Error(TextExpression),
}

/// A condition, with what it binds.
#[derive(Clone, Debug)]
pub enum EndpointCondition {
    /// `let Some(region) = region`.
    IsSet(Name),
    /// The partition of a region, with the attributes that are read, each with its variable.
    Partition {
        /// The attributes.
        attributes: Vec<(PartitionAttribute, Name)>,
        /// The region.
        region: Operand,
    },
    /// A test that binds nothing.
    Test(Test),
}

/// What a partition says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartitionAttribute {
    /// `name`.
    Name,
    /// `dnsSuffix`.
    DnsSuffix,
    /// `dualStackDnsSuffix`.
    DualStackDnsSuffix,
    /// `implicitGlobalRegion`.
    ImplicitGlobalRegion,
    /// `supportsFIPS`.
    SupportsFips,
    /// `supportsDualStack`.
    SupportsDualStack,
}

impl PartitionAttribute {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Name,
        Self::DnsSuffix,
        Self::DualStackDnsSuffix,
        Self::ImplicitGlobalRegion,
        Self::SupportsFips,
        Self::SupportsDualStack,
    ];

    /// The attribute that rules call so.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "name" => Self::Name,
            "dnsSuffix" => Self::DnsSuffix,
            "dualStackDnsSuffix" => Self::DualStackDnsSuffix,
            "implicitGlobalRegion" => Self::ImplicitGlobalRegion,
            "supportsFIPS" => Self::SupportsFips,
            "supportsDualStack" => Self::SupportsDualStack,
            _ => return None,
        })
    }

    /// The field of the runtime's partition.
    pub fn field(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::DnsSuffix => "dns_suffix",
            Self::DualStackDnsSuffix => "dual_stack_dns_suffix",
            Self::ImplicitGlobalRegion => "implicit_global_region",
            Self::SupportsFips => "supports_fips",
            Self::SupportsDualStack => "supports_dual_stack",
        }
    }

    /// Whether it is a boolean; the others are strings.
    pub fn is_boolean(self) -> bool {
        matches!(self, Self::SupportsFips | Self::SupportsDualStack)
    }
}

/// A boolean expression.
#[derive(Clone, Debug)]
pub enum Test {
    /// An operand that is a boolean.
    Is(Operand),
    /// Its opposite.
    IsNot(Operand),
    /// Two operands that are equal.
    Equal(Operand, Operand),
    /// Two operands that are not.
    NotEqual(Operand, Operand),
    /// An optional parameter that is set.
    Some(Name),
    /// An optional parameter that is not.
    None(Name),
    /// A region that is in a partition.
    HasPartition(Operand),
    /// A region that is in none.
    HasNoPartition(Operand),
}

/// What tests and functions take.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// A literal boolean.
    Boolean(bool),
    /// A string.
    Text(TextExpression),
    /// A variable.
    Variable(Name),
}

/// A string, with what it inserts.
#[derive(Clone, Debug, PartialEq)]
pub struct TextExpression(pub Vec<TextPart>);

impl TextExpression {
    /// Whether it is written as a literal or a variable, which are `&str`s.
    pub fn is_literal(&self) -> bool {
        self.0.len() <= 1
    }
}

/// A part of a [`TextExpression`].
#[derive(Clone, Debug, PartialEq)]
pub enum TextPart {
    /// Text that stands as it is.
    Literal(String),
    /// A variable.
    Variable(Name),
}
