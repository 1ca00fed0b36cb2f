//! The shapes that the decoders are tested with.

use crate::codec::{Decode, DecodeError, Decoder, Element, Encode, Encoder, MemberName, Names, Structure, Zero};
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

/// A file whose version is bound to a header, and whose title has a name of its own in JSON.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct File {
    pub(crate) version: Option<i32>,
    pub(crate) title: String,
    pub(crate) tags: Option<Vec<String>>,
    pub(crate) place: Option<Place>,
}

impl Structure for File {
    const NAMES: &'static Names = &Names::new(&[
        MemberName::new("Title", Element::new("Title")).member("title"),
        MemberName::new("Tags", Element::new("Tags")).member("tagList"),
    ]);

    crate::members! {
        bound {
            required "fileVersion" => version,
        }
        required "Title" => title,
        "Tags" => tags max 1,
        "place" => place,
    }
}

crate::structure! { File: default {} }

/// A union whose member has a name of its own in JSON.
#[derive(Debug, PartialEq)]
pub(crate) enum Place {
    Street(String),
    Unrecognized(String),
}

impl Place {
    const NAMES: &'static Names = &Names::new(&[MemberName::new("Street", Element::new("Street")).member("streetName")]);
}

impl Encode for Place {
    fn encode<E: Encoder>(&self, to: &mut E) {
        match self {
            Self::Street(name) => to.named_variant(Self::NAMES, "Street", name),
            Self::Unrecognized(tag) => to.named_variant(Self::NAMES, tag, &true),
        }
    }
}

impl Decode for Place {
    fn decode<D: Decoder>(from: &mut D) -> Result<Self, DecodeError> {
        from.named_union(Self::NAMES, |key, tag, from| match key {
            "Street" => from.value().map(Self::Street),
            _ => from.unrecognized().map(|_| Self::Unrecognized(tag.to_owned())),
        })
    }
}

impl Zero for Place {
    fn zero() -> Self {
        Self::Unrecognized(String::new())
    }
}

/// What is bound to a header has the name in the model that the other member has in JSON.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Swapped {
    pub(crate) header: Option<String>,
    pub(crate) body: Option<String>,
}

impl Structure for Swapped {
    const NAMES: &'static Names = &Names::new(&[MemberName::renamed("note", "text")]);

    crate::members! {
        bound {
            "note" => header,
        }
        "note" => body,
    }
}

crate::structure! { Swapped: default {} }

pub(crate) fn file() -> File {
    File { version: Some(2), title: "t".to_owned(), tags: Some(vec!["a".to_owned()]), place: Some(Place::Street("s".to_owned())) }
}
