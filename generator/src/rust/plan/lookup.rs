//! How generated code finds something in a message: chains of fields and methods, which read as ones written by hand.

use crate::ir::jmespath::Comparator;
use crate::rust::names::Name;

/// An expression of Rust over a message. The argument of every closure is called `it`.
#[derive(Clone, Debug, PartialEq)]
pub enum Lookup {
    /// `self`.
    This,
    /// A variable.
    Variable(Name),
    /// `name()`: what a closure gives.
    Called(Name),
    /// `all(texts, "text")`: whether there are texts, and all of them are this one.
    All(Box<Lookup>, String),
    /// `texts.any(|it| matches!(it, "a" | "b"))`.
    Any(Box<Lookup>, Vec<String>),
    /// `left.name`.
    Field(Box<Lookup>, Name),
    /// `&inner`.
    Reference(Box<Lookup>),
    /// `left.method()`.
    Method(Box<Lookup>, Method),
    /// `left.method(argument)`.
    With(Box<Lookup>, Method, Box<Lookup>),
    /// `left.method(|it| inner)`.
    Closure(Box<Lookup>, Method, Box<Lookup>),
    /// `left.method(|| inner)`.
    Lazy(Box<Lookup>, Method, Box<Lookup>),
    /// `Some(inner)`.
    Some(Box<Lookup>),
    /// `[a, b]`.
    Array(Vec<Lookup>),
    /// `"text"`.
    Text(String),
    /// `0`.
    Integer(i64),
    /// `true`.
    Boolean(bool),
    /// `left == right`.
    Comparison(Box<Lookup>, Comparator, Box<Lookup>),
    /// `left && right`.
    And(Box<Lookup>, Box<Lookup>),
    /// `left || right`.
    Or(Box<Lookup>, Box<Lookup>),
    /// `!inner`.
    Not(Box<Lookup>),
}

impl Lookup {
    /// A variable.
    pub fn variable(name: &str) -> Self {
        Self::Variable(Name::new(name))
    }

    /// A field of this.
    pub fn field(self, name: &Name) -> Self {
        Self::Field(Box::new(self), name.clone())
    }

    /// A method of this.
    pub fn method(self, method: Method) -> Self {
        Self::Method(Box::new(self), method)
    }

    /// A method of this with an argument.
    pub fn with(self, method: Method, argument: Self) -> Self {
        Self::With(Box::new(self), method, Box::new(argument))
    }

    /// A method of this with a closure of `it`.
    pub fn closure(self, method: Method, inner: Self) -> Self {
        Self::Closure(Box::new(self), method, Box::new(inner))
    }

    /// `self == right`, or another comparison; of a length with nothing, whether there is something.
    pub fn compared(self, comparator: Comparator, right: Self) -> Self {
        use Comparator::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
        match (self, comparator, right) {
            (Self::Method(of, Method::Len), Equal | LessOrEqual, Self::Integer(0))
            | (Self::Method(of, Method::Len), Less, Self::Integer(1)) => of.method(Method::IsEmpty),
            (Self::Method(of, Method::Len), NotEqual | Greater, Self::Integer(0))
            | (Self::Method(of, Method::Len), GreaterOrEqual, Self::Integer(1)) => {
                Self::Not(Box::new(of.method(Method::IsEmpty)))
            }
            (left, comparator, right) => Self::Comparison(Box::new(left), comparator, Box::new(right)),
        }
    }

    /// Whether it has operators that bind less tightly than a method call.
    pub fn is_operation(&self) -> bool {
        matches!(self, Self::Comparison(..) | Self::And(..) | Self::Or(..) | Self::Not(..) | Self::Reference(_))
    }
}

/// The methods of Rust's own types, and those of generated ones, that lookups call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the methods")]
pub enum Method {
    AndThen,
    Any,
    AsDeref,
    AsRef,
    AsStr,
    Code,
    Contains,
    Copied,
    Count,
    Filter,
    FilterMap,
    First,
    FlatMap,
    Flatten,
    Get,
    IntoIter,
    IsEmpty,
    IsSomeAnd,
    Iter,
    Keys,
    Last,
    Len,
    Map,
    Next,
    Nth,
    OrElse,
    Status,
    UnwrapOr,
    Value,
    Values,
}

impl Method {
    /// The method's name.
    pub fn name(self) -> Name {
        Name::new(match self {
            Self::AndThen => "and_then",
            Self::Any => "any",
            Self::AsDeref => "as_deref",
            Self::AsRef => "as_ref",
            Self::AsStr => "as_str",
            Self::Code => "code",
            Self::Contains => "contains",
            Self::Copied => "copied",
            Self::Count => "count",
            Self::Filter => "filter",
            Self::FilterMap => "filter_map",
            Self::First => "first",
            Self::FlatMap => "flat_map",
            Self::Flatten => "flatten",
            Self::Get => "get",
            Self::IntoIter => "into_iter",
            Self::IsEmpty => "is_empty",
            Self::IsSomeAnd => "is_some_and",
            Self::Iter => "iter",
            Self::Keys => "keys",
            Self::Last => "last",
            Self::Len => "len",
            Self::Map => "map",
            Self::Next => "next",
            Self::Nth => "nth",
            Self::OrElse => "or_else",
            Self::Status => "status",
            Self::UnwrapOr => "unwrap_or",
            Self::Value => "value",
            Self::Values => "values",
        })
    }
}
