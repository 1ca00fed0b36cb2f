//! Shapes: <https://smithy.io/2.0/spec/model.html#shapes>.

use super::{Constraints, Documentation, Enumeration, IntegerEnumeration, Structure, TimestampFormat, Union};
use crate::diagnostic::Place;
use std::fmt;

/// The name of a shape, unique in the closure of its service.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShapeId(pub String);

impl fmt::Display for ShapeId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<&str> for ShapeId {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

/// A shape with what applies to every kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// What the shape is.
    pub kind: ShapeKind,
    /// `smithy.api#sensitive`: never shown.
    pub sensitive: bool,
    /// What its values must satisfy.
    pub constraints: Constraints,
    /// `smithy.api#mediaType`, of a string or a blob: counts in payloads, and in headers, where such a string is in base64.
    pub media_type: Option<String>,
    /// `smithy.api#streaming`: a blob that is not held in memory, or a union that is a stream of events.
    pub streaming: Option<Streaming>,
    /// Prose and deprecation.
    pub documentation: Documentation,
    /// Where operations reach it; filled in by [`crate::pass`].
    pub usage: Usage,
    /// Where the model defines it.
    pub place: Place,
}

impl Shape {
    /// The events, when the shape is a stream of them.
    pub fn events(&self) -> Option<&Union> {
        match &self.kind {
            ShapeKind::Union(union) if self.streaming.is_some() => Some(union),
            _ => None,
        }
    }
}

/// The kinds of shape.
#[derive(Clone, Debug, PartialEq)]
pub enum ShapeKind {
    /// A value without parts.
    Scalar(Scalar),
    /// A string of a known set.
    Enumeration(Enumeration),
    /// An integer of a known set.
    IntegerEnumeration(IntegerEnumeration),
    /// Values of one shape, in order.
    List(List),
    /// Values by string.
    Map(Map),
    /// Named members, any number of which are set.
    Structure(Structure),
    /// Named members, exactly one of which is set.
    Union(Union),
}

/// Simple shapes: <https://smithy.io/2.0/spec/simple-types.html>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// `blob`.
    Blob,
    /// `boolean`.
    Boolean,
    /// `string`.
    String,
    /// `byte`: 8 bits, signed.
    Byte,
    /// `short`: 16 bits, signed.
    Short,
    /// `integer`: 32 bits, signed.
    Integer,
    /// `long`: 64 bits, signed.
    Long,
    /// `float`: IEEE 754 single precision.
    Float,
    /// `double`: IEEE 754 double precision.
    Double,
    /// `bigInteger`.
    BigInteger,
    /// `bigDecimal`.
    BigDecimal,
    /// `timestamp`, with the format that the shape itself asks for.
    Timestamp(Option<TimestampFormat>),
    /// `document`.
    Document,
    /// `smithy.api#Unit`, of a union's member that says all by its name.
    Unit,
}

/// `smithy.api#streaming`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Streaming {
    /// `smithy.api#requiresLength`: its length must be known beforehand.
    pub requires_length: bool,
}

/// A list shape.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// The shape of the elements.
    pub member: ShapeId,
    /// `smithy.api#sparse`: elements may be null.
    pub sparse: bool,
}

/// A map shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Map {
    /// The shape of the keys, a string.
    pub key: ShapeId,
    /// The shape of the values.
    pub value: ShapeId,
    /// `smithy.api#sparse`: values may be null.
    pub sparse: bool,
}

/// Where operations reach a shape.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// From an operation's input.
    pub input: bool,
    /// From an operation's output.
    pub output: bool,
    /// From an error.
    pub error: bool,
}
