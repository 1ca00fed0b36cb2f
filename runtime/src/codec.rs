//! Values to wire and back, whatever the format: what a generated shape implements, and what a format offers it.
//!
//! Generated code is generic over [`Encoder`] and [`Decoder`]. That is not for show: rustc makes machine code of a generic
//! function only where it is used, so a program pays for the operations that it calls, not for the whole service.

mod error;
mod ledger;
mod limits;
mod members;
mod named;
mod names;
mod problem;
mod reading;
mod timestamps;
pub(crate) mod tree;
mod values;

pub use error::{DecodeError, DecodeErrorKind};
pub(crate) use ledger::Ledger;
pub use limits::DecodeLimits;
pub(crate) use members::{decode_any_member, encode_all_members, limited_members, required_members};
pub use names::{Content, Element, MemberName, Names};
pub(crate) use problem::{MAX_PROBLEMS, Step};
pub use problem::{Problem, ProblemKind, Problems};
pub use reading::{Mode, Reading};
pub use timestamps::{EpochSeconds, HttpDate, Rfc3339, Timestamps};
pub use values::MapKey;
pub(crate) use values::{make_room, string_memory, text_memory};

use crate::document::Document;
use crate::timestamp::{DateTime, TimestampFormat};
use std::borrow::Cow;
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

    /// The lists and maps in the body with a greatest length, and that: a server does not read what is beyond it.
    const MAXIMA: &'static [(&'static str, usize)] = &[];

    /// What the members are called, where their keys do not say it all.
    const NAMES: &'static Names = &Names::NONE;

    /// The members that travel elsewhere in HTTP, for protocols that have everything in the body. Where no protocol of a service has, they
    /// are not listed.
    const BOUND: &'static [&'static str] = &[];

    /// Those of [`BOUND`](Self::BOUND) that must be there.
    const REQUIRED_BOUND: &'static [&'static str] = &[];

    /// Writes the members in the body.
    fn encode_members<E: Encoder>(&self, to: &mut E);

    /// Reads the member of this name.
    ///
    /// # Errors
    ///
    /// A value of another type, or text that is not of the format.
    fn decode_member<D: Decoder>(&mut self, member: &str, from: &mut D) -> Decoded;

    /// Writes the [members that travel elsewhere](Self::BOUND).
    fn encode_bound_members<E: Encoder>(&self, to: &mut E) {
        let _ = to;
    }

    /// Reads one of the [members that travel elsewhere](Self::BOUND).
    ///
    /// # Errors
    ///
    /// A value of another type, or text that is not of the format.
    fn decode_bound_member<D: Decoder>(&mut self, member: &str, from: &mut D) -> Decoded {
        let _ = member;
        from.skip()
    }

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

    /// As [`decode`](Self::decode), where no null is next: whoever calls this has asked.
    ///
    /// # Errors
    ///
    /// See there.
    fn decode_given<D: Decoder>(from: &mut D) -> Result<Self, DecodeError> {
        Self::decode(from)
    }

    /// Reads one element of a list, or one entry of a map, in addition to those that are there: of a
    /// [flattened](Element::is_flattened) one they may stand anywhere in the structure.
    ///
    /// # Errors
    ///
    /// A value of another type, or text that is not of the format.
    fn append<D: Decoder>(&mut self, from: &mut D) -> Decoded {
        *self = Self::decode(from)?;
        Ok(())
    }

    /// What null stands for in a list or map, if it stands for anything.
    fn null() -> Option<Self> {
        None
    }
}

/// A format that values are written in.
pub trait Encoder: Sized {
    /// Writes an object, whose members the closure writes.
    fn object(&mut self, members: impl FnOnce(&mut Self));

    /// Whether members that the model binds to parts of HTTP travel there, and not in the body.
    fn binds_http(&self) -> bool {
        true
    }

    /// Whether members are called by their names in the model ([`Names::member`]), and not by their keys.
    fn has_model_names(&self) -> bool {
        false
    }

    /// Writes a structure.
    fn structure<T: Structure>(&mut self, value: &T) {
        self.object(|to| encode_all_members(value, to));
    }

    /// Writes a member of a structure, if it is set.
    fn member<T: Encode + ?Sized>(&mut self, name: &str, value: &T);

    /// Writes a union by its one member.
    fn variant<T: Encode + ?Sized>(&mut self, tag: &str, value: &T) {
        self.object(|to| to.member(tag, value));
    }

    /// As [`variant`](Self::variant), of a union that has names beside the keys of its members.
    fn named_variant<T: Encode + ?Sized>(&mut self, names: &'static Names, tag: &str, value: &T) {
        match self.has_model_names() {
            true => self.variant(names.member(tag), value),
            false => self.variant(tag, value),
        }
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

    /// Writes an integer of any size, exactly: in formats that do not tell, also a number that is none.
    fn number(&mut self, digits: &str);

    /// Writes a number with a fraction that is given in decimal digits, exactly.
    fn decimal(&mut self, digits: &str) {
        self.number(digits);
    }

    /// Writes a number of a [document](Document), of which nobody knows whether it is an integer, a double, or one of any size.
    fn any_number(&mut self, digits: &str) {
        self.number(digits);
    }

    /// Writes a string.
    fn string(&mut self, value: &str);

    /// Writes bytes.
    fn blob(&mut self, value: &[u8]);

    /// Writes a timestamp, in the protocol's own format if it has none.
    fn timestamp(&mut self, value: &DateTime, format: Option<TimestampFormat>);
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

    /// As [`union`](Self::union), of one that has names beside the keys of its members: calls the closure with the key of the member, which is
    /// empty if it is nobody's, and with the tag.
    ///
    /// # Errors
    ///
    /// See there.
    fn named_union<T: Decode>(
        &mut self,
        names: &'static Names,
        mut variant: impl FnMut(&str, &str, &mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        let has_model_names = self.has_model_names();
        self.union(|tag, from| {
            let key = if has_model_names { names.key(tag).unwrap_or_default() } else { tag };
            variant(key, tag, from)
        })
    }

    /// Whether members that the model binds to parts of HTTP travel there, and not in the body.
    fn binds_http(&self) -> bool {
        true
    }

    /// Whether members are called by their names in the model ([`Names::member`]), and not by their keys.
    fn has_model_names(&self) -> bool {
        false
    }

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

    /// Reads one entry of a flattened map, as [`map`](Self::map) does each: see [`Decode::append`].
    ///
    /// # Errors
    ///
    /// No entry, or what the closure reports.
    fn entry(&mut self, entry: impl FnMut(&str, &mut Self) -> Result<(), DecodeError>) -> Result<(), DecodeError> {
        self.map(entry)
    }

    /// Reads a null, if one is next.
    ///
    /// # Errors
    ///
    /// Text that is not of the format.
    fn null(&mut self) -> Result<bool, DecodeError>;

    /// How many elements the list that is next says that it has; zero, where that is not known.
    #[inline]
    fn announced(&mut self) -> usize {
        0
    }

    /// How many entries the map that is next may have.
    #[inline]
    fn maximum(&mut self) -> usize {
        usize::MAX
    }

    /// Says that a map has more entries than it may have, and how many.
    ///
    /// # Errors
    ///
    /// One problem too many.
    fn too_long(&mut self, length: usize, maximum: usize) -> Decoded {
        let _ = (length, maximum);
        Ok(())
    }

    /// Says that this many bytes are about to be allocated for what is read.
    ///
    /// # Errors
    ///
    /// More than the [limits](DecodeLimits) allow.
    #[inline]
    fn allocate(&mut self, bytes: usize) -> Result<(), DecodeError> {
        let _ = bytes;
        Ok(())
    }

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

    /// Reads a string for its reader to keep.
    ///
    /// # Errors
    ///
    /// Another type.
    fn owned_string(&mut self) -> Result<String, DecodeError> {
        self.string().map(Cow::into_owned)
    }

    /// Reads bytes.
    ///
    /// # Errors
    ///
    /// Another type, or text that stands for no bytes.
    fn blob(&mut self) -> Result<Vec<u8>, DecodeError>;

    /// Reads a timestamp, in the protocol's own format if it has none.
    ///
    /// # Errors
    ///
    /// Another type, or another format.
    fn timestamp(&mut self, format: Option<TimestampFormat>) -> Result<DateTime, DecodeError>;

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

    /// Reads the value of a member, which is no null, into its place.
    ///
    /// # Errors
    ///
    /// See [`Decode::decode`].
    fn set<T: Decode>(&mut self, place: &mut T) -> Result<(), DecodeError> {
        *place = T::decode_given(self)?;
        Ok(())
    }

    /// Reads timestamps of a format into their place.
    ///
    /// # Errors
    ///
    /// Another type, or another format.
    fn set_timestamps<T: Timestamps>(&mut self, format: TimestampFormat, place: &mut T) -> Result<(), DecodeError> {
        *place = T::decode_as(format, self)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
