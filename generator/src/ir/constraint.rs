//! Constraint traits: <https://smithy.io/2.0/spec/constraint-traits.html>.

/// What a value must satisfy beside its type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints {
    /// `smithy.api#length`: characters of a string, bytes of a blob, entries of a list or map.
    pub length: Option<Length>,
    /// `smithy.api#range`, of a number.
    pub range: Option<Range>,
    /// `smithy.api#pattern`, of a string.
    pub pattern: Option<Pattern>,
    /// `smithy.api#uniqueItems`, of a list.
    pub unique_items: bool,
}

impl Constraints {
    /// Whether there is nothing to check.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Inclusive bounds of a length; at least one is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Length {
    /// The least length.
    pub min: Option<u64>,
    /// The greatest length.
    pub max: Option<u64>,
}

/// Inclusive bounds of a number; at least one is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The least value.
    pub min: Option<Bound>,
    /// The greatest value.
    pub max: Option<Bound>,
}

/// One end of a [`Range`], exact in its own kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// A whole number.
    Integer(i64),
    /// A number with a fraction or an exponent.
    Float(f64),
}

/// A regular expression in ECMAScript's syntax.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// The expression, as the model writes it.
    pub regex: String,
    /// Whether the expression must match the whole value (botocore) or a part of it (Smithy).
    pub whole: bool,
}
