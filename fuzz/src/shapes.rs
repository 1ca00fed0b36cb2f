//! Shapes of every kind, as the generator would write them.

use smithwright_runtime::codegen::*;
use std::collections::BTreeMap;

enumeration! {
    /// An enum.
    pub enum Colour {
        Red = "RED",
        Green = "GREEN",
    }
}

integer_enumeration! {
    /// An enum of integers.
    pub enum Level {
        Low = 1,
        High = 10,
    }
}

/// Members of every type in the body, and of every timestamp format that is written as finely as it is read.
#[derive(Clone, Debug)]
pub struct Everything {
    required: String,
    boolean: Option<bool>,
    byte: Option<i8>,
    short: Option<i16>,
    integer: Option<i32>,
    long: Option<i64>,
    float: Option<f32>,
    double: Option<f64>,
    big_integer: Option<BigInteger>,
    big_decimal: Option<BigDecimal>,
    blob: Option<Blob>,
    document: Option<Document>,
    colour: Option<Colour>,
    level: Option<Level>,
    timestamp: Option<DateTime>,
    epoch_seconds: Option<Vec<DateTime>>,
    list: Option<Vec<f64>>,
    sparse_list: Option<Vec<Option<i64>>>,
    map: Option<BTreeMap<Colour, Blob>>,
    sparse_map: Option<BTreeMap<String, Option<Level>>>,
    tree: Option<Tree>,
    inner: Option<Box<Everything>>,
}

structure! {
    Everything(text required) {
        value boolean: bool,
        value byte: i8,
        value short: i16,
        value integer: i32,
        value long: i64,
        value float: f32,
        value double: f64,
        value big_integer: BigInteger,
        value big_decimal: BigDecimal,
        value blob: Blob,
        value document: Document,
        value colour: Colour,
        value level: Level,
        value timestamp: DateTime,
        list epoch_seconds: DateTime,
        list list: f64,
        list sparse_list: Option<i64>,
        value map: BTreeMap<Colour, Blob>,
        map sparse_map: Option<Level>,
        value tree: Tree,
        boxed inner: Everything,
    }
}

impl Structure for Everything {
    members! {
        required "required" => required,
        "boolean" => boolean,
        "byte" => byte,
        "short" => short,
        "integer" => integer,
        "long" => long,
        "float" => float,
        "double" => double,
        "bigInteger" => big_integer,
        "bigDecimal" => big_decimal,
        "blob" => blob,
        "document" => document,
        "colour" => colour,
        "level" => level,
        "timestamp" => timestamp,
        "epochSeconds" => epoch_seconds as EpochSeconds,
        "list" => list,
        "sparseList" => sparse_list,
        "map" => map,
        "sparseMap" => sparse_map,
        "tree" => tree,
        "inner" => inner,
    }
}

/// A recursive union.
#[derive(Clone, Debug)]
pub enum Tree {
    /// A leaf.
    Leaf(String),
    /// Trees.
    Branches(Vec<Tree>),
    /// Trees by name.
    Names(BTreeMap<String, Tree>),
    /// A tree that is there, or none.
    Inner(Box<Tree>),
    /// A member without a value.
    Nothing(()),
    /// A member that the model does not know.
    Unrecognized {
        /// Its name.
        tag: String,
        /// Its value.
        value: Document,
    },
}

impl Encode for Tree {
    fn encode<E: Encoder>(&self, to: &mut E) {
        match self {
            Self::Leaf(it) => to.variant("leaf", it),
            Self::Branches(it) => to.variant("branches", it),
            Self::Names(it) => to.variant("names", it),
            Self::Inner(it) => to.variant("inner", it),
            Self::Nothing(it) => to.variant("nothing", it),
            Self::Unrecognized { tag, value } => to.variant(tag, value),
        }
    }
}

impl Decode for Tree {
    fn decode<D: Decoder>(from: &mut D) -> Result<Self, DecodeError> {
        from.union(|tag, from| match tag {
            "leaf" => from.value().map(Self::Leaf),
            "branches" => from.value().map(Self::Branches),
            "names" => from.value().map(Self::Names),
            "inner" => from.value().map(Self::Inner),
            "nothing" => from.value().map(Self::Nothing),
            _ => from.unrecognized().map(|value| Self::Unrecognized { tag: tag.to_owned(), value }),
        })
    }
}

impl Zero for Tree {
    fn zero() -> Self {
        Self::Unrecognized { tag: String::new(), value: Document::Null }
    }
}

/// Timestamps of the formats that are written less finely than they are read.
#[derive(Clone, Debug, Default)]
pub struct Dates {
    one: Option<DateTime>,
    many: Option<Vec<DateTime>>,
    sparse: Option<Vec<Option<DateTime>>>,
    named: Option<BTreeMap<String, DateTime>>,
}

structure! {
    Dates: default {
        value one: DateTime,
        list many: DateTime,
        list sparse: Option<DateTime>,
        map named: DateTime,
    }
}

impl Structure for Dates {
    members! {
        "one" => one as HttpDate,
        "many" => many as Rfc3339,
        "sparse" => sparse as HttpDate,
        "named" => named as Rfc3339,
    }
}
