//! Values to wire and back, whatever the format: what a generated shape implements, and what a format offers it.
//!
//! Generated code is generic over [`Encoder`] and [`Decoder`]. That is not for show: rustc makes machine code of a generic
//! function only where it is used, so a program pays for the operations that it calls, not for the whole service.

use crate::document::Document;
use crate::enumeration::Enumeration;
use crate::text::{BindingName, Form};
use crate::timestamp::{DateTime, TimestampFormat};
use aws_smithy_types::{BigDecimal, BigInteger, Blob};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// A value that can be written.
pub trait Encode {
    /// Writes the value.
    fn encode<E: Encoder>(&self, to: &mut E);

    /// Whether there is a value: a member that is not set is not written.
    fn is_set(&self) -> bool {
        true
    }
}

/// A structure, member by member: generated, a line a member (see [`members!`](crate::members!)).
pub trait Structure: Zero {
    /// The members in the body that must be there.
    const REQUIRED: &'static [&'static str] = &[];

    /// Writes the members in the body.
    fn encode_members<E: Encoder>(&self, to: &mut E);

    /// Reads the member of this name.
    ///
    /// # Errors
    ///
    /// A value of another type, or text that is not of the format.
    fn decode_member<D: Decoder>(&mut self, member: &str, from: &mut D) -> Decoded;

    /// Gives members their defaults that are not given, where a client tells the two apart: a server does not.
    fn fill_defaults(&mut self) {}
}

/// What reading something into its place comes to.
pub type Decoded = Result<(), DecodeError>;

/// What stands for a required value that is missing: empty, zero, or unrecognized
/// ([client error correction](https://smithy.io/2.0/spec/aggregate-types.html#client-error-correction)).
pub trait Zero: Sized {
    /// The value.
    fn zero() -> Self;
}

/// A structure, changed in the middle of an expression.
pub trait With: Sized {
    /// The same value after the change: `.with(|it| it.next_token = token)` sets what a setter cannot unset.
    #[must_use]
    fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }
}

impl<T: Zero> With for T {}

/// A value that can be read.
pub trait Decode: Zero {
    /// Reads the value.
    ///
    /// # Errors
    ///
    /// A value of another type, or text that is not of the format.
    fn decode<D: Decoder>(from: &mut D) -> Result<Self, DecodeError>;

    /// What null stands for in a list or map, if it stands for anything.
    fn null() -> Option<Self> {
        None
    }
}

/// A format that values are written in.
pub trait Encoder: Sized {
    /// Writes an object, whose members the closure writes.
    fn object(&mut self, members: impl FnOnce(&mut Self));

    /// Writes a structure.
    fn structure<T: Structure>(&mut self, value: &T) {
        self.object(|to| value.encode_members(to));
    }

    /// Writes a member of a structure, if it is set.
    fn member<T: Encode + ?Sized>(&mut self, name: &str, value: &T);

    /// Writes a union by its one member.
    fn variant<T: Encode + ?Sized>(&mut self, tag: &str, value: &T) {
        self.object(|to| to.member(tag, value));
    }

    /// Writes a list.
    fn list<T: Encode>(&mut self, elements: impl Iterator<Item = T>);

    /// Writes a map.
    fn map<'t, T: Encode>(&mut self, entries: impl Iterator<Item = (&'t str, T)>);

    /// Writes a null.
    fn null(&mut self);

    /// Writes a boolean.
    fn boolean(&mut self, value: bool);

    /// Writes an integer of any width.
    fn integer(&mut self, value: i64);

    /// Writes a single-precision number.
    fn float(&mut self, value: f32);

    /// Writes a double-precision number.
    fn double(&mut self, value: f64);

    /// Writes a number that is given in decimal digits, exactly.
    fn number(&mut self, digits: &str);

    /// Writes a string.
    fn string(&mut self, value: &str);

    /// Writes bytes.
    fn blob(&mut self, value: &[u8]);

    /// Writes a timestamp.
    fn timestamp(&mut self, value: &DateTime, format: TimestampFormat);
}

/// A format that values are read from.
///
/// A decoder is lenient (a client's: a missing member stays [zero](Zero), unknown members are skipped) or strict
/// (a server's: everything that is missing or of another type is recorded with its path).
pub trait Decoder: Sized {
    /// Reads the members of a structure into it; those that have no value stay as they are.
    ///
    /// # Errors
    ///
    /// No structure, or a member of another type.
    fn structure<T: Structure>(&mut self, value: &mut T) -> Result<(), DecodeError>;

    /// Reads a union: calls the closure with the tag of the one member that has a value.
    ///
    /// # Errors
    ///
    /// No structure, several members or (strictly) none, or what the closure reports.
    fn union<T: Decode>(&mut self, variant: impl FnMut(&str, &mut Self) -> Result<T, DecodeError>) -> Result<T, DecodeError>;

    /// Reads the value of a union's member that the model does not know.
    ///
    /// # Errors
    ///
    /// Text that is not of the format.
    fn unrecognized(&mut self) -> Result<Document, DecodeError> {
        self.document()
    }

    /// Reads a list: calls the closure for each element.
    ///
    /// # Errors
    ///
    /// No list, or what the closure reports.
    fn list(&mut self, element: impl FnMut(&mut Self) -> Result<(), DecodeError>) -> Result<(), DecodeError>;

    /// Reads a map: calls the closure with the key of each entry.
    ///
    /// # Errors
    ///
    /// No map, or what the closure reports.
    fn map(&mut self, entry: impl FnMut(&str, &mut Self) -> Result<(), DecodeError>) -> Result<(), DecodeError>;

    /// Reads a null, if one is next.
    ///
    /// # Errors
    ///
    /// Text that is not of the format.
    fn null(&mut self) -> Result<bool, DecodeError>;

    /// Says what becomes of a null, already read, in a list or map that does not allow any: it is passed over.
    ///
    /// # Errors
    ///
    /// (Strictly) the null.
    fn dense_null(&mut self) -> Result<(), DecodeError> {
        Ok(())
    }

    /// Reads a boolean.
    ///
    /// # Errors
    ///
    /// Another type.
    fn boolean(&mut self) -> Result<bool, DecodeError>;

    /// Reads an integer.
    ///
    /// # Errors
    ///
    /// Another type, or a number that does not fit.
    fn integer<T: TryFrom<i64>>(&mut self) -> Result<T, DecodeError>;

    /// Reads a number with a fraction, NaN or an infinity.
    ///
    /// # Errors
    ///
    /// Another type.
    fn double(&mut self) -> Result<f64, DecodeError>;

    /// Reads a single-precision number, as [`double`](Self::double).
    ///
    /// # Errors
    ///
    /// Another type.
    fn float(&mut self) -> Result<f32, DecodeError> {
        self.double().map(|value| value as f32)
    }

    /// Reads a number by its digits, exactly; `expected` says what it is, with its article.
    ///
    /// # Errors
    ///
    /// Another type, or digits that are no such number.
    fn number<T: FromStr>(&mut self, expected: &'static str) -> Result<T, DecodeError> {
        match self.document()? {
            Document::Number(digits) => digits.parse().map_err(|_| DecodeError::mistyped(expected)),
            _ => Err(DecodeError::mistyped(expected)),
        }
    }

    /// Reads a string.
    ///
    /// # Errors
    ///
    /// Another type.
    fn string(&mut self) -> Result<Cow<'_, str>, DecodeError>;

    /// Reads bytes.
    ///
    /// # Errors
    ///
    /// Another type, or text that stands for no bytes.
    fn blob(&mut self) -> Result<Vec<u8>, DecodeError>;

    /// Reads a timestamp.
    ///
    /// # Errors
    ///
    /// Another type, or another format.
    fn timestamp(&mut self, format: TimestampFormat) -> Result<DateTime, DecodeError>;

    /// Reads whatever is next.
    ///
    /// # Errors
    ///
    /// Text that is not of the format.
    fn document(&mut self) -> Result<Document, DecodeError>;

    /// Passes over whatever is next.
    ///
    /// # Errors
    ///
    /// Text that is not of the format.
    fn skip(&mut self) -> Result<(), DecodeError>;

    /// Reads a value.
    ///
    /// # Errors
    ///
    /// See [`Decode::decode`].
    fn value<T: Decode>(&mut self) -> Result<T, DecodeError> {
        T::decode(self)
    }

    /// Reads a value into its place.
    ///
    /// # Errors
    ///
    /// See [`Decode::decode`].
    fn set<T: Decode>(&mut self, place: &mut T) -> Result<(), DecodeError> {
        *place = T::decode(self)?;
        Ok(())
    }
}

/// Why a value could not be read, and where.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError(Box<DecodeFailure>);

#[derive(Clone, PartialEq, Eq)]
struct DecodeFailure {
    path: String,
    kind: DecodeErrorKind,
}

/// What a [`DecodeError`] is about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The text is not of the format.
    #[error("{0}")]
    Syntax(String),
    /// A value has another type than the model's, or does not fit it.
    #[error("expected {0}")]
    Mistyped(&'static str),
    /// Values nest too deeply.
    #[error("nested more than {0} levels deep")]
    TooDeep(u32),
}

impl DecodeError {
    /// An error at the place where decoding stands.
    pub fn new(kind: DecodeErrorKind) -> Self {
        Self(Box::new(DecodeFailure { path: String::new(), kind }))
    }

    /// A value of another type than `expected`, which is a noun with its article.
    pub fn mistyped(expected: &'static str) -> Self {
        Self::new(DecodeErrorKind::Mistyped(expected))
    }

    /// The same error, one step further out.
    #[must_use]
    pub fn within(mut self, step: &str) -> Self {
        self.0.path.insert_str(0, &format!("/{step}"));
        self
    }

    /// What is wrong.
    pub fn kind(&self) -> &DecodeErrorKind {
        &self.0.kind
    }

    /// Where, as a JSON pointer: `/Contact/Tags`.
    pub fn path(&self) -> &str {
        &self.0.path
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.path.as_str() {
            "" => write!(formatter, "{}", self.0.kind),
            path => write!(formatter, "{} at {path}", self.0.kind),
        }
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "DecodeError({self})")
    }
}

impl std::error::Error for DecodeError {}

/// The timestamp inside, in RFC 3339 (`timestampFormat` `date-time`) where the protocol would have another.
#[derive(Clone, Debug, PartialEq)]
pub struct Rfc3339<T>(pub T);

/// The timestamp inside, as an HTTP date (`timestampFormat` `http-date`) where the protocol would have another.
#[derive(Clone, Debug, PartialEq)]
pub struct HttpDate<T>(pub T);

/// The timestamp inside, in epoch seconds (`timestampFormat` `epoch-seconds`) where the protocol would have another.
#[derive(Clone, Debug, PartialEq)]
pub struct EpochSeconds<T>(pub T);

/// Timestamps, and collections of them, in a format that is not the usual one.
pub trait Timestamps: Zero {
    /// Writes them.
    fn encode_as<E: Encoder>(&self, format: TimestampFormat, to: &mut E);

    /// Reads them.
    ///
    /// # Errors
    ///
    /// Another type, or another format.
    fn decode_as<D: Decoder>(format: TimestampFormat, from: &mut D) -> Result<Self, DecodeError>;

    /// See [`Encode::is_set`].
    fn is_given(&self) -> bool {
        true
    }

    /// See [`Decode::null`].
    fn null() -> Option<Self> {
        None
    }
}

impl Timestamps for DateTime {
    fn encode_as<E: Encoder>(&self, format: TimestampFormat, to: &mut E) {
        to.timestamp(self, format);
    }

    fn decode_as<D: Decoder>(format: TimestampFormat, from: &mut D) -> Result<Self, DecodeError> {
        from.timestamp(format)
    }
}

impl<T: Timestamps> Timestamps for Option<T> {
    fn encode_as<E: Encoder>(&self, format: TimestampFormat, to: &mut E) {
        match self {
            Some(value) => value.encode_as(format, to),
            None => to.null(),
        }
    }

    fn decode_as<D: Decoder>(format: TimestampFormat, from: &mut D) -> Result<Self, DecodeError> {
        if from.null()? { Ok(None) } else { T::decode_as(format, from).map(Some) }
    }

    fn is_given(&self) -> bool {
        self.is_some()
    }

    fn null() -> Option<Self> {
        Some(None)
    }
}

impl<T: Timestamps> Timestamps for Vec<T> {
    fn encode_as<E: Encoder>(&self, format: TimestampFormat, to: &mut E) {
        to.list(self.iter().map(|value| Formatted { value, format }));
    }

    fn decode_as<D: Decoder>(format: TimestampFormat, from: &mut D) -> Result<Self, DecodeError> {
        decode_list(from, T::null, |from| T::decode_as(format, from))
    }
}

impl<K: MapKey, T: Timestamps> Timestamps for BTreeMap<K, T> {
    fn encode_as<E: Encoder>(&self, format: TimestampFormat, to: &mut E) {
        to.map(self.iter().map(|(key, value)| (key.as_key(), Formatted { value, format })));
    }

    fn decode_as<D: Decoder>(format: TimestampFormat, from: &mut D) -> Result<Self, DecodeError> {
        decode_map(from, T::null, |from| T::decode_as(format, from))
    }
}

/// Timestamps inside a collection.
struct Formatted<'t, T> {
    value: &'t T,
    format: TimestampFormat,
}

impl<T: Timestamps> Encode for Formatted<'_, T> {
    fn encode<E: Encoder>(&self, to: &mut E) {
        self.value.encode_as(self.format, to);
    }
}

macro_rules! timestamp_wrapper {
    ($wrapper:ident, $format:expr) => {
        impl<T: Timestamps> Encode for $wrapper<&T> {
            fn encode<E: Encoder>(&self, to: &mut E) {
                self.0.encode_as($format, to);
            }

            fn is_set(&self) -> bool {
                self.0.is_given()
            }
        }

        impl<T: Timestamps> Decode for $wrapper<T> {
            fn decode<D: Decoder>(from: &mut D) -> Result<Self, DecodeError> {
                T::decode_as($format, from).map(Self)
            }

            fn null() -> Option<Self> {
                T::null().map(Self)
            }
        }

        impl<T: Timestamps> Zero for $wrapper<T> {
            fn zero() -> Self {
                Self(Zero::zero())
            }
        }

        impl<N: Into<BindingName>> From<$wrapper<N>> for BindingName {
            fn from($wrapper(name): $wrapper<N>) -> Self {
                Self { form: Some(Form::Timestamp($format)), ..name.into() }
            }
        }
    };
}

timestamp_wrapper!(Rfc3339, TimestampFormat::DateTime);
timestamp_wrapper!(HttpDate, TimestampFormat::HttpDate);
timestamp_wrapper!(EpochSeconds, TimestampFormat::EpochSeconds);

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
scalar!(String, String::new(), value, to => to.string(value), from => Ok(from.string()?.into_owned()));
scalar!(Blob, Blob::new(Vec::new()), value, to => to.blob(value.as_ref()), from => from.blob().map(Blob::new));
scalar!(
    DateTime, DateTime::from_secs(0), value,
    to => to.timestamp(value, TimestampFormat::EpochSeconds), from => from.timestamp(TimestampFormat::EpochSeconds)
);

scalar!(BigInteger, BigInteger::default(), value, to => to.number(value.as_ref()), from => from.number("an integer"));
scalar!(BigDecimal, BigDecimal::default(), value, to => to.number(value.as_ref()), from => from.number("a number"));

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
        if from.null()? { Ok(None) } else { T::decode(from).map(Some) }
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
}

#[inline]
fn decode_list<D: Decoder, T>(
    from: &mut D,
    null: impl Fn() -> Option<T>,
    decode: impl Fn(&mut D) -> Result<T, DecodeError>,
) -> Result<Vec<T>, DecodeError> {
    let mut list = Vec::new();
    from.list(|from| {
        if !from.null()? {
            list.push(decode(from)?);
        } else if let Some(null) = null() {
            list.push(null);
        } else {
            from.dense_null()?;
        }
        Ok(())
    })?;
    Ok(list)
}

#[inline]
fn decode_map<D: Decoder, K: MapKey, T>(
    from: &mut D,
    null: impl Fn() -> Option<T>,
    decode: impl Fn(&mut D) -> Result<T, DecodeError>,
) -> Result<BTreeMap<K, T>, DecodeError> {
    let mut map = BTreeMap::new();
    from.map(|key, from| {
        let value = if from.null()? { null() } else { Some(decode(from)?) };
        match value {
            Some(value) => {
                map.insert(K::from_key(key), value);
                Ok(())
            }
            None => from.dense_null(),
        }
    })?;
    Ok(map)
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
}

impl<K, T> Zero for BTreeMap<K, T> {
    fn zero() -> Self {
        BTreeMap::new()
    }
}
