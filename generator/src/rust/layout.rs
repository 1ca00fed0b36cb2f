//! How rustc lays values out on a machine of 64 bits: how large they are, and which values their bytes never have, where an `Option` puts
//! its `None`. Fields are ordered by alignment, and what tells variants apart goes where nothing else is.

use super::plan::{IntegerEnumeration, TypeItem, TypeKind};
use super::types::{Primitive, Type};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How a value lies in memory; all in bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Layout {
    pub(super) size: u64,
    align: u64,
    niche: Option<Niche>,
}

/// Bytes that have values left.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Niche {
    offset: u64,
    size: u64,
    /// How many values are left.
    left: u128,
}

impl Layout {
    const NOTHING: Self = Self { size: 0, align: 1, niche: None };
    const BOOL: Self = Self::scalar(1, 254);
    pub(super) const POINTER: Self = Self::scalar(8, 1);
    /// `String`, `Vec` and what is made of one: a capacity is no larger than an `isize`.
    pub(super) const TEXT: Self = Self { size: 24, align: 8, niche: Some(Niche { offset: 0, size: 8, left: 1 << 63 }) };
    /// `BTreeMap`: its root is an `Option` already.
    const MAP: Self = Self::plain(24, 8);
    /// `DateTime`: seconds and nanoseconds.
    const TIMESTAMP: Self = Self::plain(16, 8);

    /// `ErrorMeta`: an `Option` of a box.
    pub(super) const ERROR_META: Self = Self::plain(8, 8);

    pub(super) const fn plain(size: u64, align: u64) -> Self {
        Self { size, align, niche: None }
    }

    const fn scalar(size: u64, left: u128) -> Self {
        Self { size, align: size, niche: Some(Niche { offset: 0, size, left }) }
    }

    /// `Document`.
    pub(super) fn document() -> Self {
        let text = [Self::TEXT];
        Self::one_of(&[&[], &[Self::BOOL], &text, &text, &text, &text])
    }

    fn left(&self) -> u128 {
        self.niche.map_or(0, |niche| niche.left)
    }

    /// An `Option` of it.
    pub(super) fn optional(self) -> Self {
        Self::one_of(&[&[], &[self]])
    }

    /// A structure of these fields: the largest alignments first, and what has most values left before others.
    pub(super) fn all_of(fields: &[Self]) -> Self {
        let align = fields.iter().map(|field| field.align).max().unwrap_or(1);
        let has_niche = fields.iter().any(|field| field.left() > 0);
        let mut fields = fields.to_vec();
        fields.sort_by_key(|field| {
            let natural = field.align.max(field.size).trailing_zeros();
            let group = if has_niche { natural.min(align.trailing_zeros()) } else { natural };
            (Reverse(group), Reverse(field.left()), field.niche.map_or(0, |niche| niche.offset))
        });
        Self::placed(0, &fields)
    }

    /// Fields in this order, from an offset on.
    fn placed(from: u64, fields: &[Self]) -> Self {
        let (mut end, mut align, mut niche) = (from, 1, None::<Niche>);
        for field in fields {
            let offset = end.next_multiple_of(field.align);
            if field.left() > niche.map_or(0, |niche| niche.left) {
                niche = field.niche.map(|inner| Niche { offset: offset + inner.offset, ..inner });
            }
            (end, align) = (offset + field.size, align.max(field.align));
        }
        Self { size: end.next_multiple_of(align), align, niche }
    }

    /// An enum whose variants have these fields.
    fn one_of(variants: &[&[Self]]) -> Self {
        let tagged = Self::tagged(variants);
        match Self::untagged(variants) {
            Some(untagged) if untagged.size < tagged.size => untagged,
            Some(untagged) if untagged.size == tagged.size && untagged.left() > tagged.left() => untagged,
            _ => tagged,
        }
    }

    /// An enum with as many words, and one that keeps what is none of them.
    fn of_words(count: usize, unrecognized: Self) -> Self {
        let mut variants = vec![&[] as &[Self]; count];
        let unrecognized = [unrecognized];
        variants.push(&unrecognized);
        Self::one_of(&variants)
    }

    /// With a tag before the fields, as wide as there is room for.
    fn tagged(variants: &[&[Self]]) -> Self {
        let placed = variants.iter().map(|fields| {
            let mut fields = fields.to_vec();
            fields.sort_by_key(|field| field.align);
            (Self::placed(1, &fields), fields.iter().find(|field| field.size > 0).map(|field| field.align))
        });
        let placed: Vec<(Self, Option<u64>)> = placed.collect();
        let align = placed.iter().map(|(variant, _)| variant.align).max().unwrap_or(1);
        let size = placed.iter().map(|(variant, _)| variant.size).max().unwrap_or(1).next_multiple_of(align);
        let width = placed.iter().filter_map(|(_, first)| *first).min().unwrap_or(1).min(8);
        let count = variants.len() as u128;
        Self { size, align, niche: Some(Niche { offset: 0, size: width, left: (1 << (8 * width)) - count }) }
    }

    /// With the other variants told by values that the largest has left, if they fit beside these.
    fn untagged(variants: &[&[Self]]) -> Option<Self> {
        let placed: Vec<Self> = variants.iter().map(|fields| Self::all_of(fields)).collect();
        let (largest, layout) = placed.iter().enumerate().max_by_key(|(_, variant)| variant.size)?;
        let others = || placed.iter().enumerate().filter(|(index, _)| *index != largest);
        let (first, last) = (others().next()?.0, others().next_back()?.0);
        let (count, niche) = ((last - first + 1) as u128, layout.niche?);
        let behind = niche.offset + niche.size;
        let fits = |other: &Self| {
            other.size == 0 || other.size <= niche.offset || behind.next_multiple_of(other.align) + other.size <= layout.size
        };
        let is_possible = niche.left >= count && others().all(|(_, other)| fits(other));
        let align = placed.iter().map(|variant| variant.align).max()?;
        is_possible.then(|| Self { align, niche: Some(Niche { left: niche.left - count, ..niche }), ..*layout })
    }
}

/// How the types of a service are laid out.
pub(super) struct Layouts<'p> {
    types: BTreeMap<&'p str, &'p TypeKind>,
    known: BTreeMap<&'p str, Layout>,
}

impl<'p> Layouts<'p> {
    /// Those of these types.
    pub(super) fn new(types: &'p [TypeItem]) -> Self {
        let types = types.iter().map(|item| (item.kind.name().as_str(), &item.kind)).collect();
        Self { types, known: BTreeMap::new() }
    }

    /// That of a type. Types do not nest deeper than a pass allows, but for cycles, which are boxed.
    pub(super) fn of(&mut self, ty: &'p Type) -> Layout {
        match ty {
            Type::Unit => Layout::NOTHING,
            Type::Primitive(Primitive::Bool) => Layout::BOOL,
            Type::Primitive(Primitive::I8) => Layout::plain(1, 1),
            Type::Primitive(Primitive::I16) => Layout::plain(2, 2),
            Type::Primitive(Primitive::I32 | Primitive::F32) => Layout::plain(4, 4),
            Type::Primitive(Primitive::I64 | Primitive::F64) => Layout::plain(8, 8),
            Type::String | Type::Blob | Type::List(_) | Type::BigInteger | Type::BigDecimal => Layout::TEXT,
            Type::Map(..) => Layout::MAP,
            Type::Timestamp => Layout::TIMESTAMP,
            Type::Document => Layout::document(),
            // Members of messages alone, which nobody else holds.
            Type::Stream | Type::EventStream(_) => Layout::POINTER,
            Type::Boxed(_) => Layout::POINTER,
            Type::Sparse(inner) => self.of(inner).optional(),
            Type::Structure(name) | Type::Enumeration(name) | Type::Union(name) => self.named(name.as_str()),
        }
    }

    /// That of a generated type.
    pub(super) fn named(&mut self, name: &str) -> Layout {
        let Some((name, kind)) = self.types.get_key_value(name).map(|(name, kind)| (*name, *kind)) else {
            return Layout::POINTER;
        };
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        self.known.insert(name, Layout::POINTER);
        let layout = match kind {
            TypeKind::Structure(structure) => {
                let fields = structure.fields.iter().map(|field| match field.is_optional() {
                    true => self.of(&field.ty).optional(),
                    false => self.of(&field.ty),
                });
                let mut fields: Vec<Layout> = fields.collect();
                // What came with an error: a boxed map.
                fields.extend(structure.error.as_ref().map(|_| Layout::ERROR_META));
                Layout::all_of(&fields)
            }
            TypeKind::Union(union) => {
                let variants: Vec<[Layout; 1]> = union.variants.iter().map(|variant| [self.of(&variant.field.ty)]).collect();
                let unrecognized = [Layout::TEXT, Layout::document()];
                let variants = variants.iter().map(|variant| variant.as_slice()).chain([unrecognized.as_slice()]);
                Layout::one_of(&variants.collect::<Vec<_>>())
            }
            TypeKind::Enumeration(enumeration) => {
                Layout::of_words(enumeration.values.len() + enumeration.internal.len(), Layout::TEXT)
            }
            TypeKind::IntegerEnumeration(IntegerEnumeration { values, .. }) => {
                Layout::of_words(values.len(), Layout::plain(4, 4))
            }
        };
        self.known.insert(name, layout);
        layout
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap as Map;

    #[expect(dead_code, reason = "it is as large as it would be")]
    #[derive(Clone)]
    enum Document {
        Null,
        Boolean(bool),
        Number(String),
        String(String),
        List(Vec<Document>),
        Object(Vec<(String, Document)>),
    }

    #[expect(dead_code, reason = "it is as large as it would be")]
    enum Word {
        One,
        Two,
        Other(String),
    }

    #[expect(dead_code, reason = "it is as large as it would be")]
    enum Digit {
        One,
        Other(i32),
    }

    #[expect(dead_code, reason = "it is as large as it would be")]
    struct Mixed {
        a: Option<bool>,
        b: Option<i64>,
        c: Option<Word>,
        d: Option<Map<String, String>>,
        e: Option<i32>,
        f: bool,
        g: Option<Digit>,
        h: Option<Box<Document>>,
    }

    #[expect(dead_code, reason = "it is as large as it would be")]
    enum Choice {
        Small(String),
        Large(Mixed),
        Unrecognized { tag: String, value: Document },
    }

    #[expect(dead_code, reason = "it is as large as it would be")]
    enum Alike {
        First([String; 3]),
        Second([String; 3]),
    }

    fn word() -> Layout {
        Layout::of_words(2, Layout::TEXT)
    }

    fn digit() -> Layout {
        Layout::of_words(1, Layout::plain(4, 4))
    }

    fn mixed() -> Layout {
        let number = Layout::plain(8, 8).optional();
        let (map, short) = (Layout::MAP.optional(), Layout::plain(4, 4).optional());
        let (flag, boxed) = (Layout::BOOL, Layout::POINTER.optional());
        Layout::all_of(&[flag.optional(), number, word().optional(), map, short, flag, digit().optional(), boxed])
    }

    #[track_caller]
    fn is<T>(layout: Layout) {
        assert_eq!((layout.size, layout.optional().size), (size_of::<T>() as u64, size_of::<Option<T>>() as u64));
        let twice = layout.optional().optional().size;
        assert_eq!(twice, size_of::<Option<Option<T>>>() as u64, "an option of an option");
    }

    /// On a machine of 64 bits, which is what sizes are told for.
    #[cfg(target_pointer_width = "64")]
    #[test]
    fn values_are_as_large_as_rustc_makes_them() {
        is::<bool>(Layout::BOOL);
        is::<i32>(Layout::plain(4, 4));
        is::<f64>(Layout::plain(8, 8));
        is::<String>(Layout::TEXT);
        is::<Vec<Mixed>>(Layout::TEXT);
        is::<Map<String, String>>(Layout::MAP);
        is::<Box<Document>>(Layout::POINTER);
        is::<Document>(Layout::document());
        is::<Word>(word());
        is::<Digit>(digit());
        is::<Mixed>(mixed());
        let unrecognized = [Layout::TEXT, Layout::document()];
        is::<Choice>(Layout::one_of(&[&[Layout::TEXT], &[mixed()], &unrecognized]));
        let three = [Layout::all_of(&[Layout::TEXT; 3])];
        is::<Alike>(Layout::one_of(&[&three, &three]));
    }
}
