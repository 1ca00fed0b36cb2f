//! Timestamps in a format that is not the usual one, alone and in collections.

use super::values::{append_entry, decode_list, decode_map, make_room};
use super::{Decode, DecodeError, Decoded, Decoder, Encode, Encoder, MapKey, Zero};
use crate::text::{BindingName, Form};
use crate::timestamp::{DateTime, TimestampFormat};
use std::collections::BTreeMap;

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

    /// As [`Decode::append`].
    ///
    /// # Errors
    ///
    /// Another type, or another format.
    fn append_as<D: Decoder>(&mut self, format: TimestampFormat, from: &mut D) -> Decoded {
        *self = Self::decode_as(format, from)?;
        Ok(())
    }

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
        to.timestamp(self, Some(format));
    }

    fn decode_as<D: Decoder>(format: TimestampFormat, from: &mut D) -> Result<Self, DecodeError> {
        from.timestamp(Some(format))
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

    fn append_as<D: Decoder>(&mut self, format: TimestampFormat, from: &mut D) -> Decoded {
        self.get_or_insert_with(T::zero).append_as(format, from)
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

    fn append_as<D: Decoder>(&mut self, format: TimestampFormat, from: &mut D) -> Decoded {
        make_room(self, from)?;
        self.push(T::decode_as(format, from)?);
        Ok(())
    }
}

impl<K: MapKey, T: Timestamps> Timestamps for BTreeMap<K, T> {
    fn encode_as<E: Encoder>(&self, format: TimestampFormat, to: &mut E) {
        to.map(self.iter().map(|(key, value)| (key.as_key(), Formatted { value, format })));
    }

    fn decode_as<D: Decoder>(format: TimestampFormat, from: &mut D) -> Result<Self, DecodeError> {
        decode_map(from, T::null, |from| T::decode_as(format, from))
    }

    fn append_as<D: Decoder>(&mut self, format: TimestampFormat, from: &mut D) -> Decoded {
        append_entry(self, from, |from| T::decode_as(format, from))
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

        impl<T: Timestamps> $wrapper<T> {
            /// Reads timestamps of this format into their place.
            ///
            /// # Errors
            ///
            /// Another type, or another format.
            pub fn set<D: Decoder>(place: &mut T, from: &mut D) -> Decoded {
                from.set_timestamps($format, place)
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
