//! Structures with names of every kind, as the generator would write them.

use crate::codec::{Content, Decode, DecodeError, Decoder, Element, Encode, Encoder, MemberName, Names, Structure, Zero};
use crate::document::Document;
use crate::timestamp::DateTime;
use aws_smithy_types::Blob;
use std::collections::BTreeMap;

/// A list, with elements of this name.
const fn list(item: &'static Element) -> Content {
    Content::List { item, flattened: false }
}

/// A list without an element around it.
const fn flattened(item: &'static Element) -> Content {
    Content::List { item, flattened: true }
}

/// A map without an element around it.
const fn flattened_map(key: &'static Element, value: &'static Element) -> Content {
    Content::Map { key, value, flattened: true }
}

const LINE: Element = Element::new("line");
const CELL: Element = Element::new("cell");
const ROW: Element = Element::new("row").content(list(&CELL));
const PART: Element = Element::new("part").namespace("", "urn:part");
const NAME: Element = Element::new("K").namespace("", "urn:key");
const VALUE: Element = Element::new("V");
const VALUES: Element = Element::new("values").content(list(&LINE));

/// A letter: members of every kind, most of which are not called by their keys.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Letter {
    pub(super) version: Option<i32>,
    pub(super) subject: Option<String>,
    pub(super) sender: Option<String>,
    pub(super) to: Option<Vec<String>>,
    pub(super) cc: Option<Vec<String>>,
    pub(super) lines: Option<Vec<String>>,
    pub(super) notes: Option<Vec<String>>,
    pub(super) parts: Option<Vec<Part>>,
    pub(super) stamps: Option<Vec<Part>>,
    pub(super) grid: Option<Vec<Vec<i32>>>,
    pub(super) rows: Option<Vec<Vec<i32>>>,
    pub(super) words: Option<BTreeMap<String, String>>,
    pub(super) headers: Option<BTreeMap<String, String>>,
    pub(super) groups: Option<BTreeMap<String, Vec<String>>>,
    pub(super) sent: Option<DateTime>,
    pub(super) seen: Option<Vec<DateTime>>,
    pub(super) read: Option<BTreeMap<String, DateTime>>,
    pub(super) opened: Option<Vec<DateTime>>,
    pub(super) seal: Option<Blob>,
    pub(super) payment: Option<Payment>,
    pub(super) reply: Option<Box<Letter>>,
}

impl Structure for Letter {
    const NAMES: &'static Names = &Names::new(&[
        MemberName::new("version", Element::new("m:version").attribute()),
        MemberName::new("sender", Element::new("from").namespace("", "urn:sender")).query("SentBy"),
        MemberName::new("to", Element::new("To").content(flattened(&Element::MEMBER))),
        MemberName::new("cc", Element::new("Cc").content(flattened(&Element::MEMBER))),
        MemberName::new("notes", Element::new("Notes").content(list(&LINE))),
        MemberName::new("parts", Element::new("parts").content(list(&PART))),
        MemberName::new("stamps", Element::new("stamp").content(flattened(&PART))),
        MemberName::new("grid", Element::new("grid").content(list(&ROW))),
        MemberName::new("rows", Element::new("row").content(flattened(&ROW))),
        MemberName::new("headers", Element::new("Header").content(flattened_map(&NAME, &VALUE))),
        MemberName::new("groups", Element::new("group").content(flattened_map(&Element::KEY, &VALUES))),
        MemberName::new("seen", Element::new("seen").content(flattened(&Element::MEMBER))),
        MemberName::new("read", Element::new("Read").content(flattened_map(&Element::KEY, &Element::VALUE))),
        MemberName::new("reply", Element::new("re").namespace("m", "urn:meta")),
    ])
    .root(Element::new("Letter").namespace("m", "urn:meta"));

    crate::members! {
        "version" => version,
        "subject" => subject,
        "sender" => sender,
        "to" => to,
        "cc" => cc,
        "lines" => lines,
        "notes" => notes,
        "parts" => parts,
        "stamps" => stamps,
        "grid" => grid,
        "rows" => rows,
        "words" => words,
        "headers" => headers,
        "groups" => groups,
        "sent" => sent,
        "seen" => seen as HttpDate,
        "read" => read as EpochSeconds,
        "opened" => opened as EpochSeconds,
        "seal" => seal,
        "payment" => payment,
        "reply" => reply,
    }
}

crate::structure! { Letter: default {} }

/// An attribute, whatever the order of the members is, and elements.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Part {
    pub(super) title: Option<String>,
    pub(super) id: Option<String>,
    /// A list that is always there.
    pub(super) tags: Vec<String>,
}

impl Part {
    pub(super) fn new(id: &str, title: &str) -> Self {
        Self { title: Some(title.to_owned()), id: Some(id.to_owned()), tags: texts(["t"]) }
    }
}

impl Structure for Part {
    const NAMES: &'static Names = &Names::new(&[
        MemberName::new("id", Element::new("ID").attribute()),
        MemberName::new("tags", Element::new("tag").content(flattened(&Element::MEMBER))),
    ]);

    crate::members! {
        "title" => title,
        "id" => id,
        "tags" => tags,
    }
}

crate::structure! { Part: default {} }

/// A union whose members are renamed, a list without an element around it among them.
#[derive(Debug, PartialEq)]
pub(super) enum Payment {
    Cash(i32),
    Stamps(Vec<String>),
    Parcel(Part),
    Fees(BTreeMap<String, i32>),
    Unrecognized(String, Document),
}

impl Payment {
    const NAMES: &'static Names = &Names::new(&[
        MemberName::new("cash", Element::new("Coins")).query("Money"),
        MemberName::new("stamps", Element::new("stamp").content(flattened(&Element::MEMBER))),
        MemberName::new("fees", Element::new("Fee").content(flattened_map(&NAME, &VALUE))),
    ])
    .root(Element::new("Payment"));
}

impl Encode for Payment {
    fn encode<E: Encoder>(&self, to: &mut E) {
        match self {
            Self::Cash(it) => to.named_variant(Self::NAMES, "cash", it),
            Self::Stamps(it) => to.named_variant(Self::NAMES, "stamps", it),
            Self::Parcel(it) => to.named_variant(Self::NAMES, "parcel", it),
            Self::Fees(it) => to.named_variant(Self::NAMES, "fees", it),
            Self::Unrecognized(tag, value) => to.named_variant(Self::NAMES, tag, value),
        }
    }
}

impl Decode for Payment {
    fn decode<D: Decoder>(from: &mut D) -> Result<Self, DecodeError> {
        from.named_union(Self::NAMES, |key, tag, from| match key {
            "cash" => from.value().map(Self::Cash),
            "stamps" => from.value().map(Self::Stamps),
            "parcel" => from.value().map(Self::Parcel),
            "fees" => from.value().map(Self::Fees),
            _ => from.unrecognized().map(|value| Self::Unrecognized(tag.to_owned(), value)),
        })
    }
}

impl Zero for Payment {
    fn zero() -> Self {
        Self::Unrecognized(String::new(), Document::Null)
    }
}

pub(super) fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

pub(super) fn pairs<T, const N: usize>(pairs: [(&str, T); N]) -> BTreeMap<String, T> {
    pairs.map(|(key, value)| (key.to_owned(), value)).into()
}
