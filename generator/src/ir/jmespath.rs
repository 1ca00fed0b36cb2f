//! Expressions over messages: <https://jmespath.org/specification.html>.

/// An expression, applied to a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// `@`: the value itself.
    Current,
    /// `left.name`: a member of a structure, or the value of a key.
    Member(Box<Expression>, String),
    /// `left[0]`; from the end when it is negative.
    Index(Box<Expression>, i64),
    /// `left | right` and `left.right(..)`: the right one, applied to what the left one gives.
    Then(Box<Expression>, Box<Expression>),
    /// What each of several values gives, without nulls.
    Projection {
        /// The values.
        of: Projected,
        /// What is asked of each.
        each: Box<Expression>,
    },
    /// `left == right`.
    Comparison(Box<Expression>, Comparator, Box<Expression>),
    /// `left && right`.
    And(Box<Expression>, Box<Expression>),
    /// `left || right`: the right one, where the left one is nothing, false or empty.
    Or(Box<Expression>, Box<Expression>),
    /// `!inner`.
    Not(Box<Expression>),
    /// `length(..)`.
    Call(String, Vec<Expression>),
    /// `[a, b]`.
    List(Vec<Expression>),
    /// A value that stands in the expression.
    Literal(Literal),
}

impl Expression {
    /// A member of the value itself.
    pub fn member(name: impl Into<String>) -> Self {
        Self::Member(Box::new(Self::Current), name.into())
    }
}

/// The values of a projection.
#[derive(Clone, Debug, PartialEq)]
pub enum Projected {
    /// `left[*]`: the elements of a list.
    Elements(Box<Expression>),
    /// `left[]`: the elements of a list, and where these are lists, theirs.
    Flattened(Box<Expression>),
    /// `left.*`: the values of a map.
    Values(Box<Expression>),
    /// `left[?condition]`: the elements of a list for which it holds.
    Filtered(Box<Expression>, Box<Expression>),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparator {
    /// `==`.
    Equal,
    /// `!=`.
    NotEqual,
    /// `<`.
    Less,
    /// `<=`.
    LessOrEqual,
    /// `>`.
    Greater,
    /// `>=`.
    GreaterOrEqual,
}

/// A value that stands in an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `null`.
    Null,
    /// `true`.
    Boolean(bool),
    /// `0`.
    Integer(i64),
    /// `'text'`.
    Text(String),
}
