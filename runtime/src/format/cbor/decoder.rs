//! Reading CBOR.

use super::cursor::{Cursor, Left, NO_TEXT, Syntax};
use super::head::{EPOCH, FALSE, FRACTION, Major, NEGATIVE, NULL, POSITIVE, TRUE, UNDEFINED};
use super::number::{Decimal, MAX_BIGNUM, digits_of, increment};
use crate::codec::tree::{self, Mark, ReadElement, ReadMember, Rest, TreeDecoder};
use crate::codec::{
    Decode, DecodeError, DecodeErrorKind, DecodeLimits, Decoded, Decoder, Ledger, Mode, ProblemKind, Problems, Step, Structure,
    decode_any_member, limited_members, make_room, required_members, string_memory, text_memory,
};
use crate::document::Document;
use crate::format::FormatDecoder;
use crate::timestamp::{DateTime, TimestampFormat};
use aws_smithy_types::base64;
use std::borrow::Cow;
use std::str::FromStr;

/// Reads CBOR from a slice.
#[derive(Debug)]
pub struct CborDecoder<'a> {
    cursor: Cursor<'a>,
    ledger: Ledger,
}

impl<'a> CborDecoder<'a> {
    /// A decoder of a whole body, with the usual limits.
    pub fn new(body: &'a [u8], mode: Mode) -> Self {
        Self::with_limits(body, mode, DecodeLimits::default())
    }

    /// A decoder of a whole body.
    pub fn with_limits(body: &'a [u8], mode: Mode, limits: DecodeLimits) -> Self {
        let mut cursor = Cursor::new(body);
        // Everywhere else, whether there is a null is asked first; a tag that is cut is found out when the value behind it is read.
        let _ = cursor.pass_tags();
        Self { cursor, ledger: Ledger::new(body.len(), mode, limits) }
    }

    /// Whether a strict decoder reads no more elements of a list or map than the model allows, and records unions' members that the
    /// model does not know; it does unless set.
    #[must_use]
    pub fn validating(mut self, validate: bool) -> Self {
        self.ledger.validate = validate && self.ledger.mode == Mode::Strict;
        self
    }

    /// Reads one value, which must be all there is, as a client does, with the usual limits.
    ///
    /// # Errors
    ///
    /// No CBOR, a value of another type, or more than the limits allow.
    pub fn decode<T: Decode>(body: &'a [u8]) -> Result<T, DecodeError> {
        Self::decode_within(body, DecodeLimits::default())
    }

    /// As [`decode`](Self::decode), with other limits.
    ///
    /// # Errors
    ///
    /// No CBOR, a value of another type, or more than the limits allow.
    pub fn decode_within<T: Decode>(body: &'a [u8], limits: DecodeLimits) -> Result<T, DecodeError> {
        let mut decoder = Self::with_limits(body, Mode::Lenient, limits);
        let value = T::decode(&mut decoder)?;
        decoder.finish()?;
        Ok(value)
    }

    /// Ends the body, and gives what a strict decoder recorded.
    ///
    /// # Errors
    ///
    /// More of it.
    pub fn finish(self) -> Result<Problems, DecodeError> {
        self.end()?;
        Ok(self.ledger.problems)
    }

    /// Reads the members of a structure.
    fn members(&mut self, required: &[&str], maxima: &[(&str, usize)], read: ReadMember<'_, Self>) -> Decoded {
        match self.ledger.mode {
            Mode::Lenient => tree::lenient_members(self, read),
            Mode::Strict => self.strict_members(required, maxima, read),
        }
    }

    /// See [`tree::strict_members`].
    #[inline(never)]
    fn strict_members(&mut self, required: &[&str], maxima: &[(&str, usize)], read: ReadMember<'_, Self>) -> Decoded {
        tree::strict_members(self, required, maxima, read)
    }

    /// See [`tree::entries`].
    fn entries(&mut self, read: ReadMember<'_, Self>) -> Decoded {
        tree::entries(self, read)
    }

    /// See [`tree::elements`].
    fn elements(&mut self, maximum: usize, read: ReadElement<'_, Self>) -> Decoded {
        tree::elements(self, maximum, read)
    }

    /// Takes the head of a map, if that is what is next.
    #[inline(never)]
    fn long_map(&mut self, expected: &'static str) -> Result<Left, DecodeError> {
        match self.cursor.major() {
            Major::Map => self.cursor.map().map_err(syntax),
            _ => Err(self.mistyped(expected)),
        }
    }

    /// Passes over pairs, whatever their keys are.
    fn skip_pairs(&mut self) -> Decoded {
        let mut rest = self.enter_object("a map")?;
        while rest.is_more() {
            self.skip()?;
            self.skip()?;
            self.behind_member(&mut rest)?;
        }
        self.ledger.ascend();
        Ok(())
    }

    /// Reads a string that may come again, if that is what is next.
    #[inline(always)]
    fn text(&mut self, expected: &'static str) -> Result<Cow<'a, str>, DecodeError> {
        match self.cursor.name() {
            Some(text) => Ok(Cow::Borrowed(text)),
            None => self.long_text(expected),
        }
    }

    /// Reads a string of any length, or refuses whatever else is next.
    fn long_text(&mut self, expected: &'static str) -> Result<Cow<'a, str>, DecodeError> {
        match self.cursor.major() {
            Major::Text => self.cursor.text().map_err(syntax),
            _ => Err(self.mistyped(expected)),
        }
    }

    /// As [`long_text`](Self::long_text), for its reader to keep.
    #[inline(never)]
    fn long_string(&mut self) -> Result<String, DecodeError> {
        let text = self.long_text("a string")?;
        self.allocate(string_memory(&text))?;
        Ok(text.into_owned())
    }

    /// Reads bytes, if that is what is next.
    fn bytes(&mut self, expected: &'static str) -> Result<Cow<'a, [u8]>, DecodeError> {
        match self.cursor.major() {
            Major::Bytes => self.cursor.blob().map_err(syntax),
            _ => Err(self.mistyped(expected)),
        }
    }

    /// Reads an integer of the 65 bits that heads have, if that is what is next.
    fn whole(&mut self, expected: &'static str) -> Result<i128, DecodeError> {
        match self.cursor.major() {
            Major::Unsigned => Ok(self.argument()?.into()),
            Major::Negative => Ok(-1 - i128::from(self.argument()?)),
            _ => Err(self.mistyped(expected)),
        }
    }

    /// Reads an integer of 64 bits.
    fn long(&mut self, expected: &'static str) -> Result<i64, DecodeError> {
        i64::try_from(self.whole(expected)?).map_err(|_| DecodeError::mistyped(expected))
    }

    fn argument(&mut self) -> Result<u64, DecodeError> {
        self.cursor.argument().map_err(syntax)
    }

    /// Reads a number with a fraction, or an integer, which it may also be written as.
    fn floating(&mut self, expected: &'static str) -> Result<f64, DecodeError> {
        match self.cursor.float().map_err(syntax)? {
            Some(number) => Ok(number),
            None => self.whole(expected).map(|number| number as f64),
        }
    }

    /// Reads a number by its digits.
    fn digits(&mut self, expected: &'static str) -> Result<String, DecodeError> {
        if self.cursor.peek() == FRACTION {
            return self.fraction(expected);
        }
        match self.cursor.float().map_err(syntax)? {
            Some(number) if number.is_finite() => Ok(format!("{number:?}")),
            Some(_) => Err(DecodeError::mistyped(expected)),
            None => self.whole_digits(expected),
        }
    }

    /// Reads an integer of any size by its digits.
    fn whole_digits(&mut self, expected: &'static str) -> Result<String, DecodeError> {
        let is_negative = match self.cursor.peek() {
            POSITIVE => false,
            NEGATIVE => true,
            _ => return self.whole(expected).map(|number| number.to_string()),
        };
        self.cursor.step();
        let bytes = self.bytes(expected)?;
        let significant = bytes.iter().position(|byte| *byte != 0).and_then(|first| bytes.get(first..)).unwrap_or_default();
        if significant.len() > MAX_BIGNUM {
            return Err(DecodeError::mistyped("a number of at most 1,024 bytes"));
        }
        if !is_negative {
            return Ok(digits_of(significant));
        }
        let mut magnitude = significant.to_vec();
        increment(&mut magnitude);
        Ok(format!("-{}", digits_of(&magnitude)))
    }

    /// Reads a decimal fraction by its digits.
    fn fraction(&mut self, expected: &'static str) -> Result<String, DecodeError> {
        let not_two = |from: &mut Self, rest: &Left, more: bool| match rest.is_more() == more {
            true => Ok(()),
            false => Err(from.mistyped(expected)),
        };
        self.cursor.step();
        let mut rest = self.enter_list()?;
        not_two(self, &rest, true)?;
        let exponent = self.long(expected)?;
        self.behind_element(&mut rest)?;
        not_two(self, &rest, true)?;
        let mantissa = self.whole_digits(expected)?;
        self.behind_element(&mut rest)?;
        not_two(self, &rest, false)?;
        self.ledger.ascend();
        let (is_negative, digits) = match mantissa.strip_prefix('-') {
            Some(digits) => (true, digits.to_owned()),
            None => (false, mantissa),
        };
        Ok(Decimal { is_negative, digits, exponent, is_whole: false }.write())
    }

    /// Reads a number of a document.
    fn any_number(&mut self) -> Result<Document, DecodeError> {
        let mark = self.cursor.position();
        if let Some(number) = self.cursor.float().map_err(syntax)? {
            if !number.is_finite() {
                return Ok(Document::String(not_finite(number).to_owned()));
            }
            self.cursor.rewind(mark);
        }
        let digits = self.digits("a number")?;
        self.allocate(string_memory(&digits))?;
        Ok(Document::Number(digits))
    }

    /// Reads a null, if one is next, behind any tags.
    #[inline(never)]
    fn tagged_null(&mut self) -> Result<bool, DecodeError> {
        if self.cursor.major() == Major::Tag {
            self.cursor.pass_tags().map_err(syntax)?;
        }
        let found = matches!(self.cursor.peek(), NULL | UNDEFINED);
        if found {
            self.cursor.step();
        }
        Ok(found)
    }

    /// Another value than the one that is next, or none.
    #[cold]
    fn mistyped(&self, expected: &'static str) -> DecodeError {
        match self.cursor.begins() {
            true => DecodeError::mistyped(expected),
            false => syntax(self.cursor.expected_item()),
        }
    }
}

/// What JSON calls a number that is not finite.
fn not_finite(number: f64) -> &'static str {
    match number {
        f64::INFINITY => "Infinity",
        f64::NEG_INFINITY => "-Infinity",
        _ => "NaN",
    }
}

#[cold]
fn syntax(problem: Syntax) -> DecodeError {
    DecodeError::new(DecodeErrorKind::Syntax(format!("not CBOR: {problem}")))
}

impl<'a> TreeDecoder<'a> for CborDecoder<'a> {
    type Rest = Left;

    #[inline]
    fn ledger(&mut self) -> &mut Ledger {
        &mut self.ledger
    }

    #[inline]
    fn position(&self) -> usize {
        self.cursor.position()
    }

    fn rewind(&mut self, position: usize) {
        self.cursor.rewind(position);
    }

    #[inline]
    fn enter_object(&mut self, expected: &'static str) -> Result<Left, DecodeError> {
        let left = match self.cursor.short_map() {
            Some(left) => left,
            None => self.long_map(expected)?,
        };
        self.ledger.descend()?;
        Ok(left)
    }

    #[inline]
    fn enter_list(&mut self) -> Result<Left, DecodeError> {
        if self.cursor.major() != Major::Array {
            return Err(self.mistyped("a list"));
        }
        let left = self.cursor.array().map_err(syntax)?;
        self.ledger.descend()?;
        Ok(left)
    }

    #[inline(always)]
    fn name(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        self.text("a map whose keys are strings")
    }

    #[inline(always)]
    fn easy_name(&mut self) -> Option<&'a str> {
        self.cursor.name_of_plain()
    }

    #[inline]
    fn behind_member(&mut self, left: &mut Left) -> Decoded {
        self.cursor.behind(left).map_err(syntax)
    }

    #[inline]
    fn behind_element(&mut self, left: &mut Left) -> Decoded {
        self.cursor.behind(left).map_err(syntax)
    }

    #[cold]
    fn step_out(&mut self, step: Step<'_>, mark: Mark, decoded: Decoded) -> Decoded {
        tree::step_out(self, step, mark, decoded)
    }

    fn only_variant(&mut self) -> Option<&'a str> {
        let (tag, value) = self.cursor.only_member()?;
        if tag == tree::TYPE || !self.ledger.descends() {
            return None;
        }
        self.cursor.go_on(value);
        Some(tag)
    }

    fn first_variant(&mut self, left: &mut Left) -> Result<Option<Cow<'a, str>>, DecodeError> {
        tree::first_variant(self, left)
    }

    fn last_variant(&mut self, left: &mut Left) -> Decoded {
        tree::last_variant(self, left)
    }
}

impl Decoder for CborDecoder<'_> {
    fn structure<T: Structure>(&mut self, value: &mut T) -> Decoded {
        let (required, limited) = (required_members::<T, Self>(self), limited_members::<T, Self>(self));
        self.members(&required, &limited, &mut |name, from| decode_any_member(value, name, from))?;
        if self.ledger.mode == Mode::Strict {
            value.fill_defaults();
        }
        Ok(())
    }

    fn union<T: Decode>(&mut self, variant: impl FnMut(&str, &mut Self) -> Result<T, DecodeError>) -> Result<T, DecodeError> {
        tree::union(self, variant)
    }

    fn binds_http(&self) -> bool {
        false
    }

    fn has_model_names(&self) -> bool {
        true
    }

    fn unrecognized(&mut self) -> Result<Document, DecodeError> {
        if self.ledger.validate {
            self.ledger.problems.record(ProblemKind::Unrecognized)?;
        }
        self.document()
    }

    fn list(&mut self, mut element: impl FnMut(&mut Self) -> Decoded) -> Decoded {
        let maximum = self.maximum();
        self.elements(maximum, &mut element)
    }

    fn map(&mut self, mut entry: impl FnMut(&str, &mut Self) -> Decoded) -> Decoded {
        self.entries(&mut entry)
    }

    /// What a head says is no more than there are bytes, and no more is made room for than is read.
    fn announced(&mut self) -> usize {
        match self.cursor.major() {
            Major::Array => self.cursor.announced().min(self.ledger.maximum),
            _ => 0,
        }
    }

    #[inline]
    fn maximum(&mut self) -> usize {
        self.ledger.take_maximum()
    }

    fn too_long(&mut self, length: usize, maximum: usize) -> Decoded {
        self.ledger.problems.record(ProblemKind::TooLong { length, maximum })
    }

    #[inline]
    fn allocate(&mut self, bytes: usize) -> Decoded {
        self.ledger.allocate(bytes)
    }

    fn dense_null(&mut self) -> Decoded {
        self.ledger.dense_null()
    }

    #[inline]
    fn null(&mut self) -> Result<bool, DecodeError> {
        if self.cursor.is_plain() { Ok(false) } else { self.tagged_null() }
    }

    fn boolean(&mut self) -> Result<bool, DecodeError> {
        let value = match self.cursor.peek() {
            TRUE => true,
            FALSE => false,
            _ => return Err(self.mistyped("a boolean")),
        };
        self.cursor.step();
        Ok(value)
    }

    fn integer<T: TryFrom<i64>>(&mut self) -> Result<T, DecodeError> {
        T::try_from(self.long("an integer")?).map_err(|_| DecodeError::mistyped("an integer"))
    }

    fn double(&mut self) -> Result<f64, DecodeError> {
        self.floating("a number")
    }

    /// A double is rounded, since many a writer has no other number; one that is too large is refused by a server.
    fn float(&mut self) -> Result<f32, DecodeError> {
        let double = self.double()?;
        let single = double as f32;
        match self.ledger.mode == Mode::Lenient || single.is_finite() || !double.is_finite() {
            true => Ok(single),
            false => Err(DecodeError::mistyped("a number that is not too large")),
        }
    }

    fn number<T: FromStr>(&mut self, expected: &'static str) -> Result<T, DecodeError> {
        let digits = self.digits(expected)?;
        self.allocate(string_memory(&digits))?;
        digits.parse().map_err(|_| DecodeError::mistyped(expected))
    }

    fn string(&mut self) -> Result<Cow<'_, str>, DecodeError> {
        let text = self.text("a string")?;
        self.allocate(string_memory(&text))?;
        Ok(text)
    }

    fn owned_string(&mut self) -> Result<String, DecodeError> {
        let Some(text) = self.cursor.short_text() else { return self.long_string() };
        self.allocate(text_memory(text.len()))?;
        // Memory of one's own is aligned, and checked in words.
        String::from_utf8(text.to_vec()).map_err(|_| syntax(NO_TEXT))
    }

    fn blob(&mut self) -> Result<Vec<u8>, DecodeError> {
        let bytes = self.bytes("bytes")?;
        self.allocate(bytes.len().saturating_add(24))?;
        Ok(bytes.into_owned())
    }

    /// The format of a member counts nothing in CBOR. A client also takes a number without a tag.
    fn timestamp(&mut self, _: Option<TimestampFormat>) -> Result<DateTime, DecodeError> {
        const EXPECTED: &str = "a timestamp";
        match self.cursor.peek() {
            EPOCH => {
                self.cursor.step();
                self.cursor.pass_tags().map_err(syntax)?;
            }
            _ if self.ledger.mode == Mode::Strict => return Err(self.mistyped(EXPECTED)),
            _ => {}
        }
        match self.cursor.float().map_err(syntax)? {
            // By its digits: what a double of 123 milliseconds has beyond these is nobody's.
            Some(seconds) => {
                TimestampFormat::EpochSeconds.read(&format!("{seconds:e}")).ok_or_else(|| DecodeError::mistyped(EXPECTED))
            }
            None => self.long(EXPECTED).map(DateTime::from_secs),
        }
    }

    fn document(&mut self) -> Result<Document, DecodeError> {
        self.cursor.pass_tags().map_err(syntax)?;
        while self.cursor.peek() == EPOCH {
            self.cursor.step();
            self.cursor.pass_tags().map_err(syntax)?;
        }
        Ok(match self.cursor.major() {
            Major::Unsigned | Major::Negative | Major::Tag => self.any_number()?,
            Major::Bytes => {
                let bytes = self.bytes("bytes")?;
                self.allocate(bytes.len().saturating_mul(4).div_ceil(3).saturating_add(24))?;
                Document::String(base64::encode(&bytes))
            }
            Major::Text => Document::String(self.owned_string()?),
            Major::Array => {
                let mut values = Vec::new();
                self.list(|from| {
                    make_room(&mut values, from)?;
                    values.push(from.document()?);
                    Ok(())
                })?;
                Document::List(values)
            }
            Major::Map => {
                let mut members = Vec::new();
                self.map(|name, from| {
                    from.allocate(string_memory(name))?;
                    make_room(&mut members, from)?;
                    members.push((name.to_owned(), from.document()?));
                    Ok(())
                })?;
                Document::Object(members)
            }
            Major::Simple => match self.cursor.peek() {
                TRUE | FALSE => Document::Boolean(self.boolean()?),
                super::head::HALF..=super::head::DOUBLE => self.any_number()?,
                // Those that nobody has given a meaning, too.
                _ => self.cursor.simple().map(|()| Document::Null).map_err(syntax)?,
            },
        })
    }

    fn skip(&mut self) -> Decoded {
        while self.cursor.major() == Major::Tag {
            self.argument()?;
        }
        match self.cursor.major() {
            Major::Unsigned | Major::Negative | Major::Tag => self.argument().map(drop),
            Major::Bytes => self.cursor.blob().map(drop).map_err(syntax),
            Major::Text => self.cursor.text().map(drop).map_err(syntax),
            Major::Array => self.elements(usize::MAX, &mut Self::skip),
            Major::Map => self.skip_pairs(),
            Major::Simple => match self.cursor.float().map_err(syntax)? {
                Some(_) => Ok(()),
                None => self.cursor.simple().map_err(syntax),
            },
        }
    }
}

impl FormatDecoder for CborDecoder<'_> {
    fn end(&self) -> Decoded {
        self.cursor.finish().map_err(syntax)
    }

    fn into_problems(self) -> Problems {
        self.ledger.problems
    }
}

#[cfg(test)]
mod tests;
