//! Reading JSON. The tokens come from hifijson: see ARCHITECTURE.md.

use crate::codec::{Decode, DecodeError, DecodeErrorKind, Decoder, Structure};
use crate::document::Document;
use crate::timestamp::{DateTime, TimestampFormat};
use aws_smithy_types::base64;
use hifijson::num::{Lex as _, LexWrite as _};
use hifijson::str::{Lex as _, LexAlloc as _};
use hifijson::token::Lex as _;
use hifijson::{Read as _, SliceLexer};
use memchr::memchr2;
use std::borrow::Cow;

/// How deeply values may nest; AWS's own services stop long before.
const MAX_DEPTH: u32 = 128;

/// How many problems are recorded; the others are passed over, so that a hostile body cannot fill the memory.
const MAX_PROBLEMS: usize = 128;

/// How much a decoder forgives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A client's: a missing member gets its zero, and the first value of another type is an error.
    Lenient,
    /// A server's: everything that is missing or of another type is recorded.
    Strict,
}

/// What a strict decoder recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where, as a JSON pointer.
    pub path: String,
    /// What.
    pub kind: ProblemKind,
}

/// The kinds of [`Problem`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// A required member that is not there.
    Missing,
    /// A value of another type; says which was expected.
    Mistyped(&'static str),
}

/// Reads JSON from a slice.
pub struct JsonDecoder<'a> {
    lexer: SliceLexer<'a>,
    mode: Mode,
    depth: u32,
    problems: Vec<Problem>,
}

impl<'a> JsonDecoder<'a> {
    /// A decoder of a whole text.
    pub fn new(text: &'a [u8], mode: Mode) -> Self {
        Self { lexer: SliceLexer::new(text), mode, depth: 0, problems: Vec::new() }
    }

    /// Reads one value, which must be all there is, as a client does.
    ///
    /// # Errors
    ///
    /// No JSON, or a value of another type.
    pub fn decode<T: Decode>(text: &'a [u8]) -> Result<T, DecodeError> {
        let mut decoder = Self::new(text, Mode::Lenient);
        let value = T::decode(&mut decoder)?;
        decoder.finish()?;
        Ok(value)
    }

    /// Ends the text, and gives what a strict decoder recorded.
    ///
    /// # Errors
    ///
    /// More text.
    pub fn finish(mut self) -> Result<Vec<Problem>, DecodeError> {
        match self.lexer.ws_peek() {
            None => Ok(self.problems),
            Some(_) => Err(syntax("expected the end of the text")),
        }
    }

    fn peek(&mut self) -> Result<u8, DecodeError> {
        self.lexer.ws_peek().ok_or_else(|| syntax("expected a value"))
    }

    /// Goes one level down, into a bracket that is next.
    fn open(&mut self, bracket: u8, expected: &'static str) -> Result<(), DecodeError> {
        if self.peek()? != bracket {
            return Err(DecodeError::mistyped(expected));
        }
        self.lexer.take_next();
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(DecodeError::new(DecodeErrorKind::TooDeep(MAX_DEPTH)));
        }
        Ok(())
    }

    /// Whether there is another element or member before the closing bracket, past the comma between them.
    fn another(&mut self, first: &mut bool, bracket: u8) -> Result<bool, DecodeError> {
        let next = self.lexer.ws_peek();
        if next == Some(bracket) {
            self.lexer.take_next();
            self.depth -= 1;
            return Ok(false);
        }
        if !std::mem::replace(first, false) {
            if next != Some(b',') {
                return Err(syntax("expected a comma or a closing bracket"));
            }
            self.lexer.take_next();
            if self.lexer.ws_peek() == Some(bracket) {
                return Err(syntax("expected a value after the comma"));
            }
        }
        Ok(true)
    }

    /// The key of the next member, past its colon.
    fn key(&mut self, first: &mut bool) -> Result<Option<Cow<'a, str>>, DecodeError> {
        if !self.another(first, b'}')? {
            return Ok(None);
        }
        if self.lexer.ws_peek() != Some(b'"') {
            return Err(syntax("expected a member's name"));
        }
        let key = self.text()?;
        self.lexer.expect(SliceLexer::ws_peek, b':').ok_or_else(|| syntax("expected a colon"))?;
        Ok(Some(key))
    }

    /// A string, whose quote is next.
    fn text(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        self.lexer.take_next();
        match plain_text(self.lexer.as_slice()) {
            Some((text, rest)) => {
                self.lexer = SliceLexer::new(rest);
                Ok(Cow::Borrowed(text))
            }
            None => self.lexer.str_string().map_err(syntax),
        }
    }

    /// The digits of a number that is next.
    fn digits(&mut self) -> Result<&'a str, DecodeError> {
        let (digits, _) = self.lexer.num_string().validated().map_err(syntax)?;
        Ok(digits)
    }

    /// Reads what lies at `step` of the value at hand; what is recorded inside learns of the step on the way out.
    fn within(&mut self, step: &str, read: impl FnOnce(&mut Self) -> Result<(), DecodeError>) -> Result<(), DecodeError> {
        let recorded = self.problems.len();
        let start = self.lexer.as_slice();
        let depth = self.depth;
        match read(self) {
            Ok(()) => {}
            Err(error) => match error.kind() {
                DecodeErrorKind::Mistyped(expected) if self.mode == Mode::Strict => {
                    self.record(String::new(), ProblemKind::Mistyped(expected));
                    self.lexer = SliceLexer::new(start);
                    self.depth = depth;
                    self.skip()?;
                }
                _ => return Err(error.within(step)),
            },
        }
        for problem in &mut self.problems[recorded..] {
            problem.path.insert_str(0, &format!("/{step}"));
        }
        Ok(())
    }

    fn record(&mut self, path: String, kind: ProblemKind) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem { path, kind });
        }
    }

    /// Reads a word: `null`, `true` or `false`.
    fn word(&mut self) -> Result<Option<bool>, DecodeError> {
        self.lexer.null_or_bool().ok_or_else(|| syntax("expected a value"))
    }
}

/// A string without escapes, as most are, and what follows its closing quote. Whatever is odd is left to the lexer, which goes
/// byte by byte and knows what to say of it.
fn plain_text(text: &[u8]) -> Option<(&str, &[u8])> {
    let end = memchr2(b'"', b'\\', text).filter(|end| text[*end] == b'"')?;
    let (text, rest) = (&text[..end], &text[end + 1..]);
    let control = text.iter().fold(false, |control, byte| control | (*byte < 0x20));
    let text = str::from_utf8(text).ok().filter(|_| !control)?;
    Some((text, rest))
}

fn syntax(problem: impl std::fmt::Display) -> DecodeError {
    DecodeError::new(DecodeErrorKind::Syntax(format!("not JSON: {problem}")))
}

impl Decoder for JsonDecoder<'_> {
    fn structure<T: Structure>(&mut self, value: &mut T) -> Result<(), DecodeError> {
        self.open(b'{', "an object")?;
        let mut seen = match self.mode {
            Mode::Strict => vec![false; T::REQUIRED.len()],
            Mode::Lenient => Vec::new(),
        };
        let mut first = true;
        while let Some(name) = self.key(&mut first)? {
            if self.null()? {
                continue;
            }
            self.within(&name, |from| value.decode_member(&name, from))?;
            if self.mode == Mode::Strict {
                T::REQUIRED.iter().zip(&mut seen).filter(|(required, _)| **required == name).for_each(|(_, seen)| *seen = true);
            }
        }
        for (name, _) in T::REQUIRED.iter().zip(&seen).filter(|(_, seen)| !**seen) {
            self.record(format!("/{name}"), ProblemKind::Missing);
        }
        Ok(())
    }

    fn union<T: Decode>(&mut self, mut variant: impl FnMut(&str, &mut Self) -> Result<T, DecodeError>) -> Result<T, DecodeError> {
        let start = self.lexer.as_slice();
        let depth = self.depth;
        self.open(b'{', "a union")?;
        let mut value = None;
        let mut first = true;
        while let Some(tag) = self.key(&mut first)? {
            if tag == "__type" {
                self.skip()?;
            } else if !self.null()? {
                if value.is_some() {
                    (self.lexer, self.depth) = (SliceLexer::new(start), depth);
                    return Err(DecodeError::mistyped("a union with exactly one member"));
                }
                // A value that is refused is recorded, and its zero only keeps the place until the problems are told.
                self.within(&tag, |from| {
                    value = Some(T::zero());
                    value = Some(variant(&tag, from)?);
                    Ok(())
                })?;
            }
        }
        match (value, self.mode) {
            (Some(value), _) => Ok(value),
            (None, Mode::Lenient) => Ok(T::zero()),
            (None, Mode::Strict) => Err(DecodeError::mistyped("a union with exactly one member")),
        }
    }

    fn list(&mut self, mut element: impl FnMut(&mut Self) -> Result<(), DecodeError>) -> Result<(), DecodeError> {
        self.open(b'[', "a list")?;
        let mut first = true;
        let mut index = 0usize;
        while self.another(&mut first, b']')? {
            // Most elements are read without a word, so their number is written only when it is needed.
            let recorded = self.problems.len();
            let start = self.lexer.as_slice();
            let depth = self.depth;
            match element(self) {
                Ok(()) if self.problems.len() == recorded => {}
                Ok(()) => {
                    for problem in &mut self.problems[recorded..] {
                        problem.path.insert_str(0, &format!("/{index}"));
                    }
                }
                Err(error) => {
                    (self.lexer, self.depth) = (SliceLexer::new(start), depth);
                    self.problems.truncate(recorded);
                    self.within(&index.to_string(), |_| Err(error))?;
                }
            }
            index += 1;
        }
        Ok(())
    }

    fn map(&mut self, mut entry: impl FnMut(&str, &mut Self) -> Result<(), DecodeError>) -> Result<(), DecodeError> {
        self.open(b'{', "a map")?;
        let mut first = true;
        while let Some(key) = self.key(&mut first)? {
            self.within(&key, |from| entry(&key, from))?;
        }
        Ok(())
    }

    fn null(&mut self) -> Result<bool, DecodeError> {
        if self.lexer.ws_peek() != Some(b'n') {
            return Ok(false);
        }
        self.word()?;
        Ok(true)
    }

    fn boolean(&mut self) -> Result<bool, DecodeError> {
        match self.peek()? {
            b't' | b'f' => self.word()?.ok_or_else(|| DecodeError::mistyped("a boolean")),
            _ => Err(DecodeError::mistyped("a boolean")),
        }
    }

    fn integer<T: TryFrom<i64>>(&mut self) -> Result<T, DecodeError> {
        let mistyped = || DecodeError::mistyped("an integer");
        if !matches!(self.peek()?, b'-' | b'0'..=b'9') {
            return Err(mistyped());
        }
        let digits = self.digits()?;
        let whole = match self.mode {
            Mode::Strict => digits.parse().ok(),
            Mode::Lenient => digits.parse().ok().or_else(|| whole_number(digits)),
        };
        whole.and_then(|value: i64| T::try_from(value).ok()).ok_or_else(mistyped)
    }

    fn double(&mut self) -> Result<f64, DecodeError> {
        let mistyped = || DecodeError::mistyped("a number");
        match self.peek()? {
            b'-' | b'0'..=b'9' => self.digits()?.parse().map_err(|_| mistyped()),
            b'"' => match self.text()?.as_ref() {
                "NaN" => Ok(f64::NAN),
                "Infinity" => Ok(f64::INFINITY),
                "-Infinity" => Ok(f64::NEG_INFINITY),
                _ => Err(mistyped()),
            },
            _ => Err(mistyped()),
        }
    }

    fn string(&mut self) -> Result<Cow<'_, str>, DecodeError> {
        match self.peek()? {
            b'"' => self.text(),
            _ => Err(DecodeError::mistyped("a string")),
        }
    }

    fn blob(&mut self) -> Result<Vec<u8>, DecodeError> {
        let mistyped = || DecodeError::mistyped("base64");
        match self.peek()? {
            b'"' => base64::decode(self.text()?.as_ref()).map_err(|_| mistyped()),
            _ => Err(mistyped()),
        }
    }

    fn timestamp(&mut self, format: TimestampFormat) -> Result<DateTime, DecodeError> {
        let mistyped = || DecodeError::mistyped("a timestamp");
        let text = match (format, self.peek()?) {
            (TimestampFormat::EpochSeconds, b'-' | b'0'..=b'9') => Cow::Borrowed(self.digits()?),
            (TimestampFormat::DateTime | TimestampFormat::HttpDate, b'"') => self.text()?,
            _ => return Err(mistyped()),
        };
        format.read(&text).ok_or_else(mistyped)
    }

    fn document(&mut self) -> Result<Document, DecodeError> {
        Ok(match self.peek()? {
            b'"' => Document::String(self.text()?.into_owned()),
            b'-' | b'0'..=b'9' => Document::Number(self.digits()?.to_owned()),
            b'[' => {
                let mut values = Vec::new();
                self.list(|from| {
                    values.push(from.document()?);
                    Ok(())
                })?;
                Document::List(values)
            }
            b'{' => {
                let mut members = Vec::new();
                self.map(|name, from| {
                    members.push((name.to_owned(), from.document()?));
                    Ok(())
                })?;
                Document::Object(members)
            }
            _ => self.word()?.map_or(Document::Null, Document::Boolean),
        })
    }

    fn skip(&mut self) -> Result<(), DecodeError> {
        match self.peek()? {
            b'"' => {
                self.lexer.take_next();
                self.lexer.str_ignore().map_err(syntax)
            }
            b'-' | b'0'..=b'9' => self.lexer.num_ignore().validate().map(drop).map_err(syntax),
            b'[' => self.list(Self::skip),
            b'{' => self.map(|_, from| from.skip()),
            _ => self.word().map(drop),
        }
    }
}

/// `1.0` and `1e3`, which some writers make of whole numbers.
fn whole_number(digits: &str) -> Option<i64> {
    let value: f64 = digits.parse().ok()?;
    (value.fract() == 0.0 && value.abs() < 9e15).then_some(value as i64)
}

#[cfg(test)]
mod tests;
