//! The codec of what shapes are made of: scalars, options, boxes, lists and maps.

use super::{Decode, DecodeError, Decoded, Decoder, Encode, Encoder, Structure, Zero};
use crate::enumeration::Enumeration;
use crate::timestamp::DateTime;
use aws_smithy_types::{BigDecimal, BigInteger, Blob};
use std::collections::BTreeMap;

macro_rules! scalar {
    ($type:ty, $zero:expr, $value:ident, $to:ident => $encode:expr, $from:ident => $decode:expr) => {
        impl Encode for $type {
            fn encode<E: Encoder>(&self, $to: &mut E) {
                let $value = self;
                $encode
            }
        }

        impl Decode for $type {
            fn decode<D: Decoder>($from: &mut D) -> Result<Self, DecodeError> {
                $decode
            }
        }

        impl Zero for $type {
            fn zero() -> Self {
                $zero
            }
        }
    };
}

scalar!(bool, false, value, to => to.boolean(*value), from => from.boolean());
scalar!(i8, 0, value, to => to.integer((*value).into()), from => from.integer());
scalar!(i16, 0, value, to => to.integer((*value).into()), from => from.integer());
scalar!(i32, 0, value, to => to.integer((*value).into()), from => from.integer());
scalar!(i64, 0, value, to => to.integer(*value), from => from.integer());
scalar!(f32, 0.0, value, to => to.float(*value), from => from.float());
scalar!(f64, 0.0, value, to => to.double(*value), from => from.double());
scalar!(String, String::new(), value, to => to.string(value), from => from.owned_string());
scalar!(Blob, Blob::new(Vec::new()), value, to => to.blob(value.as_ref()), from => from.blob().map(Blob::new));
scalar!(
    DateTime, DateTime::from_secs(0), value,
    to => to.timestamp(value, None), from => from.timestamp(None)
);

scalar!(BigInteger, BigInteger::default(), value, to => to.number(value.as_ref()), from => from.number("an integer"));
scalar!(BigDecimal, BigDecimal::default(), value, to => to.decimal(value.as_ref()), from => from.number("a number"));

/// A reference is written as what it refers to.
impl<T: Encode + ?Sized> Encode for &T {
    fn encode<E: Encoder>(&self, to: &mut E) {
        (**self).encode(to);
    }

    fn is_set(&self) -> bool {
        (**self).is_set()
    }
}

impl Encode for str {
    fn encode<E: Encoder>(&self, to: &mut E) {
        to.string(self);
    }
}

/// No output, or one without members: an empty structure.
impl Encode for () {
    fn encode<E: Encoder>(&self, to: &mut E) {
        to.structure(self);
    }
}

impl Decode for () {
    fn decode<D: Decoder>(from: &mut D) -> Result<Self, DecodeError> {
        from.structure(&mut ())
    }
}

impl Structure for () {
    fn encode_members<E: Encoder>(&self, _: &mut E) {}

    fn decode_member<D: Decoder>(&mut self, _: &str, from: &mut D) -> Result<(), DecodeError> {
        from.skip()
    }
}

impl Zero for () {
    fn zero() -> Self {}
}

impl<T: Encode> Encode for Option<T> {
    fn encode<E: Encoder>(&self, to: &mut E) {
        match self {
            Some(value) => value.encode(to),
            None => to.null(),
        }
    }

    fn is_set(&self) -> bool {
        self.is_some()
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode<D: Decoder>(from: &mut D) -> Result<Self, DecodeError> {
        if from.null()? { Ok(None) } else { Self::decode_given(from) }
    }

    fn decode_given<D: Decoder>(from: &mut D) -> Result<Self, DecodeError> {
        T::decode(from).map(Some)
    }

    fn append<D: Decoder>(&mut self, from: &mut D) -> Decoded {
        match self {
            Some(value) => value.append(from),
            None => self.insert(T::zero()).append(from),
        }
    }

    fn null() -> Option<Self> {
        Some(None)
    }
}

impl<T> Zero for Option<T> {
    fn zero() -> Self {
        None
    }
}

impl<T: Encode> Encode for Box<T> {
    fn encode<E: Encoder>(&self, to: &mut E) {
        (**self).encode(to);
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode<D: Decoder>(from: &mut D) -> Result<Self, DecodeError> {
        from.allocate(size_of::<T>())?;
        T::decode(from).map(Box::new)
    }
}

impl<T: Zero> Zero for Box<T> {
    fn zero() -> Self {
        Box::new(T::zero())
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode<E: Encoder>(&self, to: &mut E) {
        to.list(self.iter());
    }
}

/// A null in a list that does not allow it is passed over, or refused: see [`Decoder::dense_null`].
impl<T: Decode> Decode for Vec<T> {
    fn decode<D: Decoder>(from: &mut D) -> Result<Self, DecodeError> {
        decode_list(from, T::null, T::decode)
    }

    fn append<D: Decoder>(&mut self, from: &mut D) -> Decoded {
        make_room(self, from)?;
        self.push(T::decode(from)?);
        Ok(())
    }
}

/// Reads a list whose elements the closures read: what stands for a null, if anything does, and any other.
#[inline]
pub(super) fn decode_list<D: Decoder, T>(
    from: &mut D,
    null: impl Fn() -> Option<T>,
    decode: impl Fn(&mut D) -> Result<T, DecodeError>,
) -> Result<Vec<T>, DecodeError> {
    let mut list = Vec::new();
    let announced = from.announced();
    if announced > 0 {
        from.allocate(announced.saturating_mul(size_of::<T>()))?;
        list.reserve_exact(announced);
    }
    from.list(|from| {
        if !from.null()? {
            make_room(&mut list, from)?;
            list.push(decode(from)?);
        } else if let Some(null) = null() {
            make_room(&mut list, from)?;
            list.push(null);
        } else {
            from.dense_null()?;
        }
        Ok(())
    })?;
    Ok(list)
}

/// Makes room for an element, as `push` would, and counts it.
#[inline]
pub(crate) fn make_room<D: Decoder, T>(list: &mut Vec<T>, from: &mut D) -> Result<(), DecodeError> {
    if list.len() == list.capacity() {
        let more = list.capacity().max(if size_of::<T>() <= 1024 { 4 } else { 1 });
        from.allocate(more.saturating_mul(size_of::<T>()))?;
        list.reserve_exact(more);
    }
    Ok(())
}

/// Reads a map whose values the closures read, as those of a list are.
#[inline]
pub(super) fn decode_map<D: Decoder, K: MapKey, T>(
    from: &mut D,
    null: impl Fn() -> Option<T>,
    decode: impl Fn(&mut D) -> Result<T, DecodeError>,
) -> Result<BTreeMap<K, T>, DecodeError> {
    let mut map = BTreeMap::new();
    let maximum = from.maximum();
    let mut passed_over = 0;
    from.map(|key, from| {
        // One more than allowed shows that there are too many.
        if map.len() > maximum {
            passed_over += 1;
            return from.skip();
        }
        // Before there is a value, which would be moved once more.
        from.allocate(string_memory(key) + node_memory::<(K, T)>(map.len()))?;
        let value = if from.null()? { null() } else { Some(decode(from)?) };
        match value {
            Some(value) => {
                map.insert(K::from_key(key), value);
                Ok(())
            }
            None => from.dense_null(),
        }
    })?;
    if map.len() > maximum {
        from.too_long(map.len() + passed_over, maximum)?;
    }
    Ok(map)
}

/// Adds one entry to a map: see [`Decode::append`].
pub(super) fn append_entry<D: Decoder, K: MapKey, T>(
    map: &mut BTreeMap<K, T>,
    from: &mut D,
    decode: impl Fn(&mut D) -> Result<T, DecodeError>,
) -> Decoded {
    from.entry(|key, from| {
        from.allocate(string_memory(key) + node_memory::<(K, T)>(map.len()))?;
        let value = decode(from)?;
        map.insert(K::from_key(key), value);
        Ok(())
    })
}

/// What a string takes on the heap, in bytes, with what the allocator needs.
#[inline]
pub(crate) fn string_memory(text: &str) -> usize {
    text_memory(text.len())
}

/// What a string of so many bytes takes on the heap, in bytes.
#[inline]
pub(crate) fn text_memory(length: usize) -> usize {
    length.saturating_add(24)
}

/// What another entry of a map of this length takes, in bytes: a node of a `BTreeMap` has room for 11, and is half empty.
#[inline]
fn node_memory<T>(length: usize) -> usize {
    if length.is_multiple_of(4) { 8 * size_of::<T>() + 48 } else { 0 }
}

impl<T> Zero for Vec<T> {
    fn zero() -> Self {
        Vec::new()
    }
}

/// What a map can have as its key: a string, or an enum.
pub trait MapKey: Ord + Sized {
    /// The key's text.
    fn as_key(&self) -> &str;

    /// The key of this text.
    fn from_key(text: &str) -> Self;
}

impl MapKey for String {
    fn as_key(&self) -> &str {
        self
    }

    fn from_key(text: &str) -> Self {
        text.to_owned()
    }
}

impl<T: Enumeration> MapKey for T {
    fn as_key(&self) -> &str {
        self.as_str()
    }

    fn from_key(text: &str) -> Self {
        Self::from(text)
    }
}

impl<K: MapKey, T: Encode> Encode for BTreeMap<K, T> {
    fn encode<E: Encoder>(&self, to: &mut E) {
        to.map(self.iter().map(|(key, value)| (key.as_key(), value)));
    }
}

/// A null in a map that does not allow it is passed over, or refused: see [`Decoder::dense_null`].
impl<K: MapKey, T: Decode> Decode for BTreeMap<K, T> {
    fn decode<D: Decoder>(from: &mut D) -> Result<Self, DecodeError> {
        decode_map(from, T::null, T::decode)
    }

    fn append<D: Decoder>(&mut self, from: &mut D) -> Decoded {
        append_entry(self, from, T::decode)
    }
}

impl<K, T> Zero for BTreeMap<K, T> {
    fn zero() -> Self {
        BTreeMap::new()
    }
}
