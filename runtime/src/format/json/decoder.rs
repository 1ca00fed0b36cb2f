//! Reading JSON.
//!
//! What is generic over a model's types is kept to a closure each: the loops over members and elements are compiled once, here.

use super::cursor::{Cursor, Syntax};
use super::number::whole_number;
use crate::codec::{
    Decode, DecodeError, DecodeErrorKind, DecodeLimits, Decoded, Decoder, Mode, ProblemKind, Problems, Step, Structure,
    decode_any_member, make_room, required_members, string_memory,
};
use crate::document::Document;
use crate::format::FormatDecoder;
use crate::timestamp::{DateTime, TimestampFormat};
use aws_smithy_types::base64;
use std::borrow::Cow;
use std::mem;
use std::str::FromStr;

/// Reads JSON from a slice.
#[derive(Debug)]
pub struct JsonDecoder<'a> {
    cursor: Cursor<'a>,
    mode: Mode,
    limits: DecodeLimits,
    /// How many levels it may still go down.
    depth: u32,
    /// How many bytes may still be allocated.
    memory: usize,
    /// Whether the model's constraints hold while decoding.
    validate: bool,
    /// How many elements or entries the value at hand may have.
    maximum: usize,
    problems: Problems,
}

/// What a union is.
const ONE_MEMBER: &str = "a union with exactly one member";

/// Where a value begins, to come back to.
#[derive(Clone, Copy)]
struct Mark {
    position: usize,
    depth: u32,
    recorded: usize,
}

/// Reads the member of a name; once compiled, for every shape.
type ReadMember<'f, 'a> = &'f mut dyn FnMut(&str, &mut JsonDecoder<'a>) -> Decoded;

/// Reads an element; once compiled, for every shape.
type ReadElement<'f, 'a> = &'f mut dyn FnMut(&mut JsonDecoder<'a>) -> Decoded;

impl<'a> JsonDecoder<'a> {
    /// A decoder of a whole text, with the usual limits.
    pub fn new(text: &'a [u8], mode: Mode) -> Self {
        Self::with_limits(text, mode, DecodeLimits::default())
    }

    /// A decoder of a whole text.
    pub fn with_limits(text: &'a [u8], mode: Mode, limits: DecodeLimits) -> Self {
        let (depth, memory) = (limits.max_depth(), limits.memory_for(text.len()));
        Self {
            cursor: Cursor::new(text),
            mode,
            limits,
            depth,
            memory,
            validate: mode == Mode::Strict,
            maximum: usize::MAX,
            problems: Problems::default(),
        }
    }

    /// Whether a strict decoder reads no more elements of a list or map than the model allows, and records unions' members that the
    /// model does not know; it does unless set.
    #[must_use]
    pub fn validating(mut self, validate: bool) -> Self {
        self.validate = validate && self.mode == Mode::Strict;
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
        Ok(self.problems)
    }

    /// Reads the members of a structure that are not null; a strict decoder records which required ones are missing.
    fn members(&mut self, required: &[&str], maxima: &[(&str, usize)], read: ReadMember<'_, 'a>) -> Decoded {
        let mut missing = match self.mode {
            Mode::Strict => required.to_vec(),
            Mode::Lenient => Vec::new(),
        };
        let maxima = if self.validate { maxima } else { &[] };
        self.object("an object", |from, name| {
            if from.null()? {
                return Ok(());
            }
            from.maximum = maxima.iter().find(|(member, _)| *member == name).map_or(usize::MAX, |(_, maximum)| *maximum);
            from.step(Step::Member(name), |from| read(name, from))?;
            if let Some(found) = missing.iter().position(|required| *required == name) {
                missing.remove(found);
            }
            Ok(())
        })?;
        missing.iter().try_for_each(|name| self.problems.record_missing(name))
    }

    /// Goes into a union, to the value of its first member that is not null, and gives its tag. Without one, the union is over.
    fn first_variant(&mut self) -> Result<Option<Cow<'a, str>>, DecodeError> {
        self.open(b'{', "a union")?;
        let mut more = !self.cursor.take(b'}');
        while more {
            if let Some(tag) = self.variant_tag()? {
                return Ok(Some(tag));
            }
            more = self.another(b'}')?;
        }
        self.depth += 1;
        if self.mode == Mode::Strict {
            self.problems.record(ProblemKind::Mistyped(ONE_MEMBER))?;
        }
        Ok(None)
    }

    /// Goes out of a union, behind the value of its first member; no other may follow.
    fn last_variant(&mut self) -> Decoded {
        let mut alone = true;
        while self.another(b'}')? {
            match self.variant_tag()? {
                None => {}
                Some(_) if self.mode == Mode::Lenient => return Err(DecodeError::mistyped(ONE_MEMBER)),
                Some(_) => {
                    alone = false;
                    self.skip()?;
                }
            }
        }
        self.depth += 1;
        match alone {
            true => Ok(()),
            false => self.problems.record(ProblemKind::Mistyped(ONE_MEMBER)),
        }
    }

    /// The tag of a union's member whose value is next; what does not count is passed over.
    fn variant_tag(&mut self) -> Result<Option<Cow<'a, str>>, DecodeError> {
        let tag = self.name()?;
        if tag == "__type" {
            return self.skip().map(|()| None);
        }
        Ok(if self.null()? { None } else { Some(tag) })
    }

    /// Reads the entries of a map, nulls too.
    fn entries(&mut self, read: ReadMember<'_, 'a>) -> Decoded {
        self.object("a map", |from, name| from.step(Step::Member(name), |from| read(name, from)))
    }

    /// Reads the elements of a list: one more than it may have, which shows that there are too many, and passes over the others.
    fn elements(&mut self, maximum: usize, read: ReadElement<'_, 'a>) -> Decoded {
        self.open(b'[', "a list")?;
        let mut index = 0;
        let mut more = !self.cursor.take(b']');
        while more {
            match index <= maximum {
                true => self.step(Step::Element(index), &mut *read)?,
                false => self.skip()?,
            }
            index += 1;
            more = self.another(b']')?;
            if more && self.cursor.peek() == b']' {
                return Err(self.after_comma());
            }
        }
        self.depth += 1;
        match index > maximum {
            true => self.problems.record(ProblemKind::TooLong { length: index, maximum }),
            false => Ok(()),
        }
    }

    /// Goes through an object: calls the closure with each name, when its value is next.
    #[inline]
    fn object(&mut self, expected: &'static str, mut member: impl FnMut(&mut Self, &str) -> Decoded) -> Decoded {
        self.open(b'{', expected)?;
        let mut more = !self.cursor.take(b'}');
        while more {
            let name = self.name()?;
            member(self, &name)?;
            more = self.another(b'}')?;
        }
        self.depth += 1;
        Ok(())
    }

    /// Reads a member's name, up to its value.
    #[inline(always)]
    fn name(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        match self.cursor.peek() {
            b'"' => self.cursor.name().map_err(syntax),
            b'}' => Err(self.after_comma()),
            _ => Err(self.expected("expected a member's name")),
        }
    }

    /// Goes one level down, into a bracket that is next.
    #[inline]
    fn open(&mut self, bracket: u8, expected: &'static str) -> Decoded {
        if !self.cursor.take(bracket) {
            return Err(self.mistyped(expected));
        }
        match self.depth.checked_sub(1) {
            Some(depth) => self.depth = depth,
            None => return Err(DecodeError::new(DecodeErrorKind::TooDeep(self.limits.max_depth()))),
        }
        Ok(())
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
    fn too_large(&self) -> DecodeError {
        DecodeError::new(DecodeErrorKind::TooLarge(self.limits.memory_for(self.cursor.length())))
    }

    #[cold]
    fn after_comma(&self) -> DecodeError {
        self.expected("expected a value after the comma")
    }

    /// Reads what lies a step into the value at hand; whatever is wrong inside learns of the step on the way out.
    #[inline]
    fn step(&mut self, step: Step<'_>, read: impl FnOnce(&mut Self) -> Decoded) -> Decoded {
        let mark = self.mark();
        let decoded = read(self);
        if decoded.is_ok() && self.problems.len() == mark.recorded {
            return Ok(());
        }
        self.step_out(step, mark, decoded)
    }

    #[inline]
    fn mark(&self) -> Mark {
        Mark { position: self.cursor.position(), depth: self.depth, recorded: self.problems.len() }
    }

    /// Puts what is wrong a step down.
    #[cold]
    fn step_out(&mut self, step: Step<'_>, mark: Mark, decoded: Decoded) -> Decoded {
        let passed = decoded.or_else(|error| self.pass_over(error, mark));
        self.problems.step_down(mark.recorded, step);
        passed.map_err(|error| error.within(&step.to_string()))
    }

    /// Records that a value is of another type, if that is the error and the decoder strict, and goes on behind it.
    fn pass_over(&mut self, error: DecodeError, mark: Mark) -> Decoded {
        match error.kind() {
            DecodeErrorKind::Mistyped(expected) if self.mode == Mode::Strict => {
                self.problems.record(ProblemKind::Mistyped(expected))?;
                self.cursor.rewind(mark.position);
                self.depth = mark.depth;
                self.skip()
            }
            _ => Err(error),
        }
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
        match self.mode == Mode::Lenient || number.into().is_finite() {
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

impl Decoder for JsonDecoder<'_> {
    fn structure<T: Structure>(&mut self, value: &mut T) -> Result<(), DecodeError> {
        let required = required_members::<T>(self.binds_http());
        self.members(&required, T::MAXIMA, &mut |name, from| decode_any_member(value, name, from))?;
        if self.mode == Mode::Strict {
            value.fill_defaults();
        }
        Ok(())
    }

    fn union<T: Decode>(&mut self, mut variant: impl FnMut(&str, &mut Self) -> Result<T, DecodeError>) -> Result<T, DecodeError> {
        // What is refused is recorded; a zero only keeps the place until that is told.
        let Some(tag) = self.first_variant()? else { return Ok(T::zero()) };
        let mark = self.mark();
        // Large as it may be, the value is made where the caller wants it, and not moved from here to there.
        let mut value = variant(&tag, self);
        if value.is_err() || self.problems.len() != mark.recorded {
            let (kept, decoded) = match value {
                Ok(value) => (Some(value), Ok(())),
                Err(error) => (None, Err(error)),
            };
            self.step_out(Step::Member(&tag), mark, decoded)?;
            value = Ok(kept.unwrap_or_else(T::zero));
        }
        self.last_variant()?;
        value
    }

    fn unrecognized(&mut self) -> Result<Document, DecodeError> {
        if self.validate {
            self.problems.record(ProblemKind::Unrecognized)?;
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
        mem::replace(&mut self.maximum, usize::MAX)
    }

    fn too_long(&mut self, length: usize, maximum: usize) -> Decoded {
        self.problems.record(ProblemKind::TooLong { length, maximum })
    }

    #[inline]
    fn allocate(&mut self, bytes: usize) -> Decoded {
        match self.memory.checked_sub(bytes) {
            Some(memory) => self.memory = memory,
            None => return Err(self.too_large()),
        }
        Ok(())
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
        match self.mode {
            Mode::Lenient => Ok(()),
            Mode::Strict => Err(DecodeError::mistyped("a value, not null")),
        }
    }

    fn float(&mut self) -> Result<f32, DecodeError> {
        self.floating()
    }

    fn double(&mut self) -> Result<f64, DecodeError> {
        self.floating()
    }

    fn number<T: FromStr>(&mut self, expected: &'static str) -> Result<T, DecodeError> {
        let digits = self.digits(expected)?;
        self.allocate(string_memory(digits))?;
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
        let format = format.unwrap_or(super::TIMESTAMPS);
        let text = match format {
            TimestampFormat::EpochSeconds => Cow::Borrowed(self.digits(EXPECTED)?),
            TimestampFormat::DateTime | TimestampFormat::HttpDate => self.text(EXPECTED)?,
        };
        let timestamp = match self.mode {
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
            b'{' => self.object("an object", |from, _| from.skip()),
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
        self.problems
    }
}

#[cfg(test)]
mod tests;
