//! Reading JSON.

use super::Flavour;
use super::cursor::{Cursor, Syntax};
use super::number::whole_number;
use crate::codec::tree::{self, Mark, ReadElement, ReadMember, Rest, TreeDecoder};
use crate::codec::{
    Decode, DecodeError, DecodeErrorKind, DecodeLimits, Decoded, Decoder, Ledger, Mode, ProblemKind, Problems, Step, Structure,
    decode_any_member, limited_members, make_room, required_members, string_memory,
};
use crate::document::Document;
use crate::format::FormatDecoder;
use crate::timestamp::{DateTime, TimestampFormat};
use aws_smithy_types::base64;
use std::borrow::Cow;
use std::str::FromStr;

/// Reads JSON from a slice.
#[derive(Debug)]
pub struct JsonDecoder<'a> {
    cursor: Cursor<'a>,
    ledger: Ledger,
    flavour: Flavour,
}

/// Whether there is more of an object or a list.
#[derive(Default)]
pub(crate) struct More(bool);

impl Rest for More {
    #[inline]
    fn is_more(&self) -> bool {
        self.0
    }
}

impl<'a> JsonDecoder<'a> {
    /// A decoder of a whole text, with the usual limits.
    pub fn new(text: &'a [u8], mode: Mode) -> Self {
        Self::with_limits(text, mode, DecodeLimits::default())
    }

    /// A decoder of a whole text.
    pub fn with_limits(text: &'a [u8], mode: Mode, limits: DecodeLimits) -> Self {
        Self { cursor: Cursor::new(text), ledger: Ledger::new(text.len(), mode, limits), flavour: Flavour::Rest }
    }

    /// The same decoder for [RPC protocols](super::RpcJson).
    #[must_use]
    pub fn rpc(mut self) -> Self {
        self.flavour = Flavour::Rpc;
        self
    }

    /// The same decoder for [RPC v2](super::RpcV2Json).
    #[must_use]
    pub fn rpc_v2(mut self) -> Self {
        self.flavour = Flavour::RpcV2;
        self
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
    /// No JSON, a value of another type, or more than the limits allow.
    pub fn decode<T: Decode>(text: &'a [u8]) -> Result<T, DecodeError> {
        Self::decode_within(text, DecodeLimits::default())
    }

    /// As [`decode`](Self::decode), with other limits.
    ///
    /// # Errors
    ///
    /// No JSON, a value of another type, or more than the limits allow.
    pub fn decode_within<T: Decode>(text: &'a [u8], limits: DecodeLimits) -> Result<T, DecodeError> {
        let mut decoder = Self::with_limits(text, Mode::Lenient, limits);
        let value = T::decode(&mut decoder)?;
        decoder.finish()?;
        Ok(value)
    }

    /// Ends the text, and gives what a strict decoder recorded.
    ///
    /// # Errors
    ///
    /// More text.
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

    /// Passes over an object.
    fn skip_object(&mut self) -> Decoded {
        let mut rest = self.enter_object("an object")?;
        while rest.is_more() {
            self.name()?;
            self.skip()?;
            self.behind_member(&mut rest)?;
        }
        self.ledger.ascend();
        Ok(())
    }

    /// Goes one level down, into a bracket that is next.
    #[inline]
    fn open(&mut self, bracket: u8, expected: &'static str) -> Decoded {
        if !self.cursor.take(bracket) {
            return Err(self.mistyped(expected));
        }
        self.ledger.descend()
    }

    /// Whether there is another element or member, past the comma, or else the closing bracket.
    #[inline]
    fn another(&mut self, bracket: u8) -> Result<bool, DecodeError> {
        let separator = self.cursor.peek();
        if separator != b',' && separator != bracket {
            return Err(self.expected("expected a comma or a closing bracket"));
        }
        self.cursor.step();
        Ok(separator == b',')
    }

    #[cold]
    fn after_comma(&self) -> DecodeError {
        self.expected("expected a value after the comma")
    }

    /// Reads a string, if that is what is next.
    #[inline(always)]
    fn text(&mut self, expected: &'static str) -> Result<Cow<'a, str>, DecodeError> {
        match self.cursor.peek() {
            b'"' => self.cursor.string().map_err(syntax),
            _ => Err(self.mistyped(expected)),
        }
    }

    /// Reads a number, if that is what is next.
    fn digits(&mut self, expected: &'static str) -> Result<&'a str, DecodeError> {
        match self.cursor.peek() {
            b'-' | b'0'..=b'9' => self.cursor.number().map_err(syntax),
            _ => Err(self.mistyped(expected)),
        }
    }

    /// Reads a number that is the whole of a string.
    fn quoted_digits(&mut self, expected: &'static str) -> Result<Cow<'a, str>, DecodeError> {
        let text = self.text(expected)?;
        let mut inner = Cursor::new(text.as_bytes());
        let is_number =
            matches!(inner.peek(), b'-' | b'0'..=b'9') && inner.number().is_ok_and(|digits| digits.len() == text.len());
        if is_number { Ok(text) } else { Err(DecodeError::mistyped(expected)) }
    }

    /// Reads an integer of 64 bits.
    fn long(&mut self) -> Result<i64, DecodeError> {
        whole_number(self.digits("an integer")?).ok_or_else(|| DecodeError::mistyped("an integer"))
    }

    /// Reads a number with a fraction, or the name of one that JSON cannot write.
    fn floating<T: FromStr + From<f32> + Into<f64> + Copy>(&mut self) -> Result<T, DecodeError> {
        const EXPECTED: &str = "a number";
        if self.cursor.peek() == b'"' {
            return match &*self.text(EXPECTED)? {
                "NaN" => Ok(f32::NAN.into()),
                "Infinity" => Ok(f32::INFINITY.into()),
                "-Infinity" => Ok(f32::NEG_INFINITY.into()),
                _ => Err(DecodeError::mistyped(EXPECTED)),
            };
        }
        let number: T = self.digits(EXPECTED)?.parse().map_err(|_| DecodeError::mistyped(EXPECTED))?;
        // Too large a number is read as an infinity, which its writer could have named.
        match self.ledger.mode == Mode::Lenient || number.into().is_finite() {
            true => Ok(number),
            false => Err(DecodeError::mistyped("a number that is not too large")),
        }
    }

    fn word(&mut self, word: &'static str) -> Decoded {
        self.cursor.word(word).map_err(syntax)
    }

    /// Another value than the one that is next, or the end of the text.
    #[cold]
    fn mistyped(&self, expected: &'static str) -> DecodeError {
        match self.cursor.peek() {
            0 => self.expected("expected a value"),
            _ => DecodeError::mistyped(expected),
        }
    }

    #[cold]
    fn expected(&self, expected: Syntax) -> DecodeError {
        syntax(self.cursor.expected(expected))
    }
}

#[cold]
fn syntax(problem: Syntax) -> DecodeError {
    DecodeError::new(DecodeErrorKind::Syntax(format!("not JSON: {problem}")))
}

impl<'a> TreeDecoder<'a> for JsonDecoder<'a> {
    type Rest = More;

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
    fn enter_object(&mut self, expected: &'static str) -> Result<More, DecodeError> {
        self.open(b'{', expected)?;
        Ok(More(!self.cursor.take(b'}')))
    }

    #[inline]
    fn enter_list(&mut self) -> Result<More, DecodeError> {
        self.open(b'[', "a list")?;
        Ok(More(!self.cursor.take(b']')))
    }

    #[inline(always)]
    fn name(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        match self.cursor.peek() {
            b'"' => self.cursor.name().map_err(syntax),
            b'}' => Err(self.after_comma()),
            _ => Err(self.expected("expected a member's name")),
        }
    }

    #[inline]
    fn behind_member(&mut self, rest: &mut More) -> Decoded {
        rest.0 = self.another(b'}')?;
        Ok(())
    }

    #[inline]
    fn behind_element(&mut self, rest: &mut More) -> Decoded {
        rest.0 = self.another(b']')?;
        if rest.0 && self.cursor.peek() == b']' {
            return Err(self.after_comma());
        }
        Ok(())
    }

    #[cold]
    fn step_out(&mut self, step: Step<'_>, mark: Mark, decoded: Decoded) -> Decoded {
        tree::step_out(self, step, mark, decoded)
    }

    fn first_variant(&mut self, rest: &mut More) -> Result<Option<Cow<'a, str>>, DecodeError> {
        tree::first_variant(self, rest)
    }

    fn last_variant(&mut self, rest: &mut More) -> Decoded {
        tree::last_variant(self, rest)
    }
}

impl Decoder for JsonDecoder<'_> {
    fn structure<T: Structure>(&mut self, value: &mut T) -> Result<(), DecodeError> {
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
        self.flavour == Flavour::Rest
    }

    fn has_model_names(&self) -> bool {
        self.flavour != Flavour::Rest
    }

    fn unrecognized(&mut self) -> Result<Document, DecodeError> {
        if self.ledger.validate {
            self.ledger.problems.record(ProblemKind::Unrecognized)?;
        }
        self.document()
    }

    fn list(&mut self, mut element: impl FnMut(&mut Self) -> Result<(), DecodeError>) -> Result<(), DecodeError> {
        let maximum = self.maximum();
        self.elements(maximum, &mut element)
    }

    fn map(&mut self, mut entry: impl FnMut(&str, &mut Self) -> Result<(), DecodeError>) -> Result<(), DecodeError> {
        self.entries(&mut entry)
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

    #[inline]
    fn null(&mut self) -> Result<bool, DecodeError> {
        match self.cursor.peek() {
            b'n' => self.word("null").map(|()| true),
            _ => Ok(false),
        }
    }

    fn boolean(&mut self) -> Result<bool, DecodeError> {
        match self.cursor.peek() {
            b't' => self.word("true").map(|()| true),
            b'f' => self.word("false").map(|()| false),
            _ => Err(self.mistyped("a boolean")),
        }
    }

    fn integer<T: TryFrom<i64>>(&mut self) -> Result<T, DecodeError> {
        T::try_from(self.long()?).map_err(|_| DecodeError::mistyped("an integer"))
    }

    fn dense_null(&mut self) -> Result<(), DecodeError> {
        self.ledger.dense_null()
    }

    fn float(&mut self) -> Result<f32, DecodeError> {
        self.floating()
    }

    fn double(&mut self) -> Result<f64, DecodeError> {
        self.floating()
    }

    fn number<T: FromStr>(&mut self, expected: &'static str) -> Result<T, DecodeError> {
        let digits = match self.flavour == Flavour::RpcV2 && self.cursor.peek() == b'"' {
            true => self.quoted_digits(expected)?,
            false => Cow::Borrowed(self.digits(expected)?),
        };
        self.allocate(string_memory(&digits))?;
        digits.parse().map_err(|_| DecodeError::mistyped(expected))
    }

    fn string(&mut self) -> Result<Cow<'_, str>, DecodeError> {
        let text = self.text("a string")?;
        self.allocate(string_memory(&text))?;
        Ok(text)
    }

    fn blob(&mut self) -> Result<Vec<u8>, DecodeError> {
        let text = self.text("base64")?;
        self.allocate(string_memory(&text))?;
        base64::decode(&*text).map_err(|_| DecodeError::mistyped("base64"))
    }

    fn timestamp(&mut self, format: Option<TimestampFormat>) -> Result<DateTime, DecodeError> {
        const EXPECTED: &str = "a timestamp";
        let format = self.flavour.timestamps(format);
        let text = match format {
            TimestampFormat::EpochSeconds => Cow::Borrowed(self.digits(EXPECTED)?),
            TimestampFormat::DateTime | TimestampFormat::HttpDate => self.text(EXPECTED)?,
        };
        let timestamp = match self.ledger.mode {
            Mode::Lenient => format.read(&text),
            Mode::Strict => format.read_strictly(&text),
        };
        timestamp.ok_or_else(|| DecodeError::mistyped(EXPECTED))
    }

    fn document(&mut self) -> Result<Document, DecodeError> {
        Ok(match self.cursor.peek() {
            b'"' => Document::String(self.string()?.into_owned()),
            b'[' => {
                let mut values = Vec::new();
                self.list(|from| {
                    make_room(&mut values, from)?;
                    values.push(from.document()?);
                    Ok(())
                })?;
                Document::List(values)
            }
            b'{' => {
                let mut members = Vec::new();
                self.map(|name, from| {
                    from.allocate(string_memory(name))?;
                    make_room(&mut members, from)?;
                    members.push((name.to_owned(), from.document()?));
                    Ok(())
                })?;
                Document::Object(members)
            }
            b't' | b'f' => Document::Boolean(self.boolean()?),
            b'n' => self.word("null").map(|()| Document::Null)?,
            b'-' | b'0'..=b'9' => Document::Number(self.number("a number")?),
            _ => return Err(self.expected("expected a value")),
        })
    }

    fn skip(&mut self) -> Result<(), DecodeError> {
        match self.cursor.peek() {
            b'"' => self.text("a string").map(drop),
            b'[' => self.elements(usize::MAX, &mut Self::skip),
            b'{' => self.skip_object(),
            b't' | b'f' => self.boolean().map(drop),
            b'n' => self.word("null"),
            b'-' | b'0'..=b'9' => self.digits("a number").map(drop),
            _ => Err(self.expected("expected a value")),
        }
    }
}

impl FormatDecoder for JsonDecoder<'_> {
    fn end(&self) -> Decoded {
        self.cursor.finish().map_err(syntax)
    }

    fn into_problems(self) -> Problems {
        self.ledger.problems
    }
}

#[cfg(test)]
mod tests;
