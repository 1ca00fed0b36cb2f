//! Values that generated code writes down: defaults and bounds.

use crate::rust::names::{Name, TypeName};

/// An expression for a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// `true`.
    Boolean(bool),
    /// `-1`.
    Integer(i64),
    /// `0.5`, finite.
    Float(f64),
    /// An owned string.
    Text(String),
    /// A blob.
    Bytes(Vec<u8>),
    /// A timestamp in seconds since 1970.
    Seconds(i64),
    /// A timestamp in seconds since 1970, with a fraction.
    FractionalSeconds(f64),
    /// An integer of any size, in digits.
    BigInteger(String),
    /// A decimal number of any size, in digits.
    BigDecimal(String),
    /// A value that an enum knows.
    Variant(TypeName, Name),
    /// A value that an enum does not know.
    UnknownText(TypeName, String),
    /// A value that an enum of integers does not know.
    UnknownInteger(TypeName, i32),
    /// An empty list.
    EmptyList,
    /// An empty map.
    EmptyMap,
    /// A stream without bytes.
    EmptyStream,
    /// A stream without events.
    NoEvents,
    /// A document.
    Document(DocumentExpression),
}

/// A document's value.
#[derive(Clone, Debug, PartialEq)]
pub enum DocumentExpression {
    /// `true`.
    Boolean(bool),
    /// A number, in digits.
    Number(String),
    /// A string.
    Text(String),
    /// An empty list.
    EmptyList,
    /// An empty object.
    EmptyObject,
}

/// A bound of a range, in the number's own type.
#[derive(Clone, Debug, PartialEq)]
pub enum Number {
    /// Of an integer.
    Integer(i64),
    /// Of a floating-point number, finite.
    Float(f64),
    /// Of a number of any size, in digits.
    Decimal(String),
}
