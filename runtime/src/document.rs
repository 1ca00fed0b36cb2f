//! Any value at all: what a model's `document` holds, and what a union keeps of a member that it does not know.

use crate::codec::{Decode, DecodeError, Decoder, Encode, Encoder, Zero};

/// A value of no particular shape, kept exactly: numbers keep their digits, objects their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Document {
    /// Nothing.
    #[default]
    Null,
    /// A boolean.
    Boolean(bool),
    /// A number, in the digits that it was written in.
    Number(String),
    /// A string.
    String(String),
    /// Values in order.
    List(Vec<Document>),
    /// Values by name, in the order they came.
    Object(Vec<(String, Document)>),
}

impl Document {
    /// The member of this name, of an object.
    pub fn get(&self, name: &str) -> Option<&Document> {
        match self {
            Self::Object(members) => members.iter().find(|(member, _)| member == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }
}

impl From<&str> for Document {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Document {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<bool> for Document {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<i64> for Document {
    fn from(value: i64) -> Self {
        Self::Number(value.to_string())
    }
}

impl Encode for Document {
    fn encode<E: Encoder>(&self, to: &mut E) {
        match self {
            Self::Null => to.null(),
            Self::Boolean(value) => to.boolean(*value),
            Self::Number(digits) => to.any_number(digits),
            Self::String(text) => to.string(text),
            Self::List(values) => to.list(values.iter()),
            Self::Object(members) => to.map(members.iter().map(|(name, value)| (name.as_str(), value))),
        }
    }
}

impl Decode for Document {
    fn decode<D: Decoder>(from: &mut D) -> Result<Self, DecodeError> {
        from.document()
    }

    fn null() -> Option<Self> {
        Some(Self::Null)
    }
}

impl Zero for Document {
    fn zero() -> Self {
        Self::Null
    }
}
