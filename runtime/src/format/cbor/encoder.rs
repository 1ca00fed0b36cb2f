//! Writing CBOR: <https://www.rfc-editor.org/rfc/rfc8949#section-4.1>.

use super::head::{
    DOUBLE, EIGHT_BYTES, EPOCH, FALSE, FOUR_BYTES, FRACTION, Major, NEGATIVE, NULL, ONE_BYTE, POSITIVE, SINGLE, SMALL, TRUE,
    TWO_BYTES,
};
use super::number::{Decimal, bytes_of, decrement};
use crate::codec::{Encode, Encoder};
use crate::timestamp::{DateTime, TimestampFormat};
use std::mem;

/// Writes CBOR with the smallest heads, and definite lengths.
#[derive(Debug, Default)]
pub struct CborEncoder {
    bytes: Vec<u8>,
    /// How many members the object has that is being written.
    count: usize,
}

impl CborEncoder {
    /// The CBOR of a value.
    pub fn encode<T: Encode>(value: &T) -> Vec<u8> {
        let mut encoder = Self::default();
        value.encode(&mut encoder);
        encoder.into_bytes()
    }

    /// What was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// A first byte, and behind it what of the argument does not fit there.
    #[inline]
    fn head(&mut self, major: Major, argument: u64) {
        match u8::try_from(argument) {
            Ok(small @ 0..SMALL) => self.bytes.push(major.initial(small)),
            _ => self.long_head(major, argument),
        }
    }

    fn long_head(&mut self, major: Major, argument: u64) {
        if let Ok(argument) = u8::try_from(argument) {
            self.bytes.extend_from_slice(&[major.initial(ONE_BYTE), argument]);
        } else if let Ok(argument) = u16::try_from(argument) {
            self.first_and_behind(major.initial(TWO_BYTES), &argument.to_be_bytes());
        } else if let Ok(argument) = u32::try_from(argument) {
            self.first_and_behind(major.initial(FOUR_BYTES), &argument.to_be_bytes());
        } else {
            self.first_and_behind(major.initial(EIGHT_BYTES), &argument.to_be_bytes());
        }
    }

    fn first_and_behind(&mut self, first: u8, behind: &[u8]) {
        self.bytes.push(first);
        self.bytes.extend_from_slice(behind);
    }

    /// Goes on behind a head that is to be the number of what is written then.
    #[inline]
    fn open(&mut self, major: Major, expected: usize) -> Open {
        let start = self.bytes.len();
        self.head(major, expected as u64);
        Open { major, expected, start, outer: mem::take(&mut self.count) }
    }

    /// Corrects the head in front of what was written.
    #[inline]
    fn close(&mut self, open: Open) {
        let count = mem::replace(&mut self.count, open.outer);
        if count == open.expected {
            return;
        }
        match (u8::try_from(count), u8::try_from(open.expected), self.bytes.get_mut(open.start)) {
            (Ok(count @ 0..SMALL), Ok(0..SMALL), Some(first)) => *first = open.major.initial(count),
            _ => self.replace_head(&open, count),
        }
    }

    /// Puts a head in place of one of another length.
    #[cold]
    fn replace_head(&mut self, open: &Open, count: usize) {
        let head_of = |count: usize| {
            let mut encoder = Self::default();
            encoder.head(open.major, count as u64);
            encoder.bytes
        };
        let end = open.start + head_of(open.expected).len();
        self.bytes.splice(open.start..end, head_of(count));
    }

    /// A head, and the bytes whose number it is.
    #[inline]
    fn chunk(&mut self, major: Major, bytes: &[u8]) {
        self.bytes.reserve(bytes.len() + 9);
        self.head(major, bytes.len() as u64);
        self.bytes.extend_from_slice(bytes);
    }

    /// A whole number, of which any of the digits may be zero.
    fn whole(&mut self, is_negative: bool, digits: &str) {
        match (is_negative, digits.parse::<u64>()) {
            (true, Ok(magnitude @ 1..)) => self.head(Major::Negative, magnitude - 1),
            (_, Ok(value)) => self.head(Major::Unsigned, value),
            (_, Err(_)) => self.bignum(is_negative, bytes_of(digits)),
        }
    }

    /// A whole number that is not zero.
    fn bignum(&mut self, is_negative: bool, mut bytes: Vec<u8>) {
        if is_negative {
            decrement(&mut bytes);
        }
        let leading = bytes.iter().take_while(|byte| **byte == 0).count();
        bytes.drain(..leading);
        // The one negative number whose magnitude does not fit where the number does.
        if let Ok(argument) = <[u8; 8]>::try_from(&*bytes) {
            let major = if is_negative { Major::Negative } else { Major::Unsigned };
            return self.head(major, u64::from_be_bytes(argument));
        }
        self.bytes.push(if is_negative { NEGATIVE } else { POSITIVE });
        self.chunk(Major::Bytes, &bytes);
    }

    /// An exponent of ten and what it multiplies.
    fn fraction(&mut self, decimal: &Decimal) {
        self.bytes.push(FRACTION);
        self.head(Major::Array, 2);
        self.integer(decimal.exponent);
        self.whole(decimal.is_negative, &decimal.digits);
    }
}

/// A list, a map or an object that is being written.
struct Open {
    major: Major,
    /// How many elements or entries its head says that it has.
    expected: usize,
    /// Where its head is.
    start: usize,
    /// How many there are so far of the object around it.
    outer: usize,
}

impl Encoder for CborEncoder {
    fn object(&mut self, members: impl FnOnce(&mut Self)) {
        let open = self.open(Major::Map, 0);
        members(self);
        self.close(open);
    }

    fn binds_http(&self) -> bool {
        false
    }

    fn has_model_names(&self) -> bool {
        true
    }

    fn member<T: Encode + ?Sized>(&mut self, name: &str, value: &T) {
        if value.is_set() {
            self.count += 1;
            self.string(name);
            value.encode(self);
        }
    }

    fn list<T: Encode>(&mut self, elements: impl Iterator<Item = T>) {
        let open = self.open(Major::Array, elements.size_hint().0);
        for element in elements {
            self.count += 1;
            element.encode(self);
        }
        self.close(open);
    }

    fn map<'t, T: Encode>(&mut self, entries: impl Iterator<Item = (&'t str, T)>) {
        let open = self.open(Major::Map, entries.size_hint().0);
        for (key, value) in entries {
            self.count += 1;
            self.string(key);
            value.encode(self);
        }
        self.close(open);
    }

    fn null(&mut self) {
        self.bytes.push(NULL);
    }

    fn boolean(&mut self, value: bool) {
        self.bytes.push(if value { TRUE } else { FALSE });
    }

    fn integer(&mut self, value: i64) {
        match u64::try_from(value) {
            Ok(argument) => self.head(Major::Unsigned, argument),
            // -1 minus the value, which is not below zero.
            Err(_) => self.head(Major::Negative, !value as u64),
        }
    }

    fn float(&mut self, value: f32) {
        self.first_and_behind(SINGLE, &value.to_be_bytes());
    }

    /// In 32 bits where these are exact. 16 bits, which would sometimes do, are not what every reader knows.
    fn double(&mut self, value: f64) {
        let single = value as f32;
        match f64::from(single) == value || value.is_nan() {
            true => self.float(single),
            false => self.first_and_behind(DOUBLE, &value.to_be_bytes()),
        }
    }

    fn number(&mut self, digits: &str) {
        match Decimal::parse(digits) {
            Some(decimal) if decimal.is_whole => self.whole(decimal.is_negative, &decimal.digits),
            _ => self.decimal(digits),
        }
    }

    fn decimal(&mut self, digits: &str) {
        match Decimal::parse(digits) {
            Some(decimal) => self.fraction(&decimal),
            // Of a document: its exponent is beyond all that CBOR has.
            None => self.string(digits),
        }
    }

    /// As a double, if that is exactly what the digits say and they do not look like an integer.
    fn any_number(&mut self, digits: &str) {
        match exact_double(digits) {
            Some(value) => self.double(value),
            None => self.number(digits),
        }
    }

    fn string(&mut self, value: &str) {
        self.chunk(Major::Text, value.as_bytes());
    }

    fn blob(&mut self, value: &[u8]) {
        self.chunk(Major::Bytes, value);
    }

    /// The format of a member counts nothing in CBOR.
    fn timestamp(&mut self, value: &DateTime, _: Option<TimestampFormat>) {
        self.bytes.push(EPOCH);
        let text = TimestampFormat::EpochSeconds.write(value).filter(|_| value.subsec_nanos() != 0);
        match text.and_then(|text| text.parse::<f64>().ok()) {
            Some(seconds) => self.first_and_behind(DOUBLE, &seconds.to_be_bytes()),
            None => self.integer(value.secs()),
        }
    }
}

/// The double that is written in these digits, which do not look like an integer.
fn exact_double(digits: &str) -> Option<f64> {
    let value: f64 = digits.parse().ok().filter(|_| digits.contains(['.', 'e', 'E']))?;
    let exact = Decimal::parse(&format!("{value:e}"))?;
    Decimal::parse(digits)?.is(&exact).then_some(value)
}

#[cfg(test)]
mod tests;
