//! The shapes that the decoders are tested with.

use crate::codec::{Decode, DecodeError, Decoder, Encode, Encoder, Structure, Zero};
use crate::document::Document;

#[derive(Debug, Default, PartialEq)]
pub(crate) struct Item {
    pub(crate) name: String,
    pub(crate) size: Option<i32>,
    pub(crate) parts: Vec<Item>,
}

impl Structure for Item {
    crate::members! {
        required "name" => name,
        "size" => size,
        "parts" => parts,
    }
}

crate::structure! { Item: default {} }

#[derive(Debug, PartialEq)]
pub(crate) enum Choice {
    Name(String),
    Unrecognized(String, Document),
}

impl Encode for Choice {
    fn encode<E: Encoder>(&self, to: &mut E) {
        match self {
            Self::Name(it) => to.variant("name", it),
            Self::Unrecognized(tag, value) => to.variant(tag, value),
        }
    }
}

impl Decode for Choice {
    fn decode<D: Decoder>(from: &mut D) -> Result<Self, DecodeError> {
        from.union(|tag, from| {
            Ok(match tag {
                "name" => Self::Name(from.value()?),
                _ => Self::Unrecognized(tag.to_owned(), from.value()?),
            })
        })
    }
}

impl Zero for Choice {
    fn zero() -> Self {
        Self::Unrecognized(String::new(), Document::Null)
    }
}
