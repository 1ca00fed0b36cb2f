//! The tokens of a JSON text: <https://www.rfc-editor.org/rfc/rfc8259>.

use super::scan::plain_run;
use std::borrow::Cow;

/// What is not JSON, as what was expected there.
pub(super) type Syntax = &'static str;

/// Stands at a byte that counts, or at the end: whatever is read takes the white space behind it along.
#[derive(Debug)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    /// Whether the text was cut where it is no UTF-8.
    cut: bool,
}

impl<'a> Cursor<'a> {
    /// At the start of a text. It is checked for UTF-8 here, once, so that strings are slices of it.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let (text, cut) = match str::from_utf8(bytes) {
            Ok(text) => (text, false),
            Err(_) => (bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid()), true),
        };
        let mut cursor = Self { text, at: 0, cut };
        cursor.skip_space();
        cursor
    }

    /// Where it stands, to come back to.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Goes to a position that it had.
    pub(super) fn rewind(&mut self, position: usize) {
        self.at = position;
    }

    /// The byte at hand; zero, which begins no token, at the end.
    #[inline]
    pub(super) fn peek(&self) -> u8 {
        self.byte(self.at)
    }

    /// Takes the byte at hand.
    #[inline]
    pub(super) fn step(&mut self) {
        self.advance(self.at + 1);
    }

    /// Takes this byte, if it is at hand.
    #[inline]
    pub(super) fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == byte;
        if found {
            self.step();
        }
        found
    }

    /// Takes this word, which must be at hand.
    pub(super) fn word(&mut self, word: &'static str) -> Result<(), Syntax> {
        if !self.rest(self.at).starts_with(word.as_bytes()) {
            return Err(self.expected("expected a value"));
        }
        self.advance(self.at + word.len());
        Ok(())
    }

    /// Takes a string, whose opening quote is at hand; without escapes, it is a part of the text.
    #[inline(always)]
    pub(super) fn string(&mut self) -> Result<Cow<'a, str>, Syntax> {
        let start = self.at + 1;
        let end = start + plain_run(self.rest(start));
        if self.byte(end) != b'"' {
            return self.escaped_string(start).map(Cow::Owned);
        }
        self.advance(end + 1);
        Ok(Cow::Borrowed(self.slice(start, end)))
    }

    /// Takes a member's name, whose opening quote is at hand, and the colon behind it.
    #[inline(always)]
    pub(super) fn name(&mut self) -> Result<Cow<'a, str>, Syntax> {
        let name = self.string()?;
        match self.take(b':') {
            true => Ok(name),
            false => Err(self.expected("expected a colon")),
        }
    }

    /// Takes a number, and gives its digits.
    pub(super) fn number(&mut self) -> Result<&'a str, Syntax> {
        let start = self.at;
        let whole = start + usize::from(self.peek() == b'-');
        let mut end = self.digits(whole)?;
        if self.byte(whole) == b'0' && end > whole + 1 {
            return Err("expected a number without leading zeros");
        }
        if self.byte(end) == b'.' {
            end = self.digits(end + 1)?;
        }
        if matches!(self.byte(end), b'e' | b'E') {
            let sign = matches!(self.byte(end + 1), b'+' | b'-');
            end = self.digits(end + 1 + usize::from(sign))?;
        }
        self.advance(end);
        Ok(self.slice(start, end))
    }

    /// What to say when something else was expected here.
    pub(super) fn expected(&self, expected: Syntax) -> Syntax {
        match self.cut && self.at >= self.text.len() {
            true => "expected UTF-8",
            false => expected,
        }
    }

    /// Ends the text.
    pub(super) fn finish(&self) -> Result<(), Syntax> {
        match self.at < self.text.len() || self.cut {
            true => Err(self.expected("expected the end of the text")),
            false => Ok(()),
        }
    }

    /// The end of the digits, one at least, that begin here.
    fn digits(&self, start: usize) -> Result<usize, Syntax> {
        let length = self.rest(start).iter().take_while(|byte| byte.is_ascii_digit()).count();
        match length {
            0 => Err("expected a digit"),
            _ => Ok(start + length),
        }
    }

    /// A string that has an escape, or is broken.
    #[cold]
    fn escaped_string(&mut self, mut at: usize) -> Result<String, Syntax> {
        // What is in front of the first escape says a little of what is behind it.
        let mut string = String::with_capacity(2 * plain_run(self.rest(at)) + 16);
        loop {
            let end = at + plain_run(self.rest(at));
            string.push_str(self.slice(at, end));
            match self.byte(end) {
                b'"' => {
                    self.advance(end + 1);
                    return Ok(string);
                }
                b'\\' => {
                    let (character, next) = self.escape(end + 1)?;
                    string.push(character);
                    at = next;
                }
                _ if end < self.text.len() => return Err("expected a control character to be escaped"),
                _ => {
                    self.at = end;
                    return Err(self.expected("expected the end of a string"));
                }
            }
        }
    }

    /// What the escape behind a backslash stands for, and where it ends.
    fn escape(&self, at: usize) -> Result<(char, usize), Syntax> {
        let character = match self.byte(at) {
            character @ (b'"' | b'\\' | b'/') => character.into(),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode_escape(at + 1),
            _ => return Err("expected an escape"),
        };
        Ok((character, at + 1))
    }

    /// A character in hexadecimal digits; one beyond the basic plane comes as a pair of surrogates.
    fn unicode_escape(&self, at: usize) -> Result<(char, usize), Syntax> {
        let unit = self.code_unit(at)?;
        let (code, end) = match unit {
            0xd800..0xdc00 if self.rest(at + 4).starts_with(b"\\u") => match self.code_unit(at + 6)? {
                low @ 0xdc00..0xe000 => (0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00), at + 10),
                _ => return Err("expected a pair of surrogates"),
            },
            _ => (unit, at + 4),
        };
        let character = char::from_u32(code).ok_or("expected a pair of surrogates")?;
        Ok((character, end))
    }

    /// Four hexadecimal digits.
    fn code_unit(&self, at: usize) -> Result<u32, Syntax> {
        let digits = self.rest(at).first_chunk::<4>().ok_or("expected four hexadecimal digits")?;
        digits.iter().try_fold(0, |unit, digit| {
            let digit = char::from(*digit).to_digit(16).ok_or("expected four hexadecimal digits")?;
            Ok(unit << 4 | digit)
        })
    }

    #[inline]
    fn advance(&mut self, to: usize) {
        self.at = to;
        // Few writers use white space, and all that is white is small.
        if self.peek() <= b' ' {
            self.skip_space();
        }
    }

    fn skip_space(&mut self) {
        let space = self.rest(self.at).iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')).count();
        self.at += space;
    }

    #[inline]
    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or_default()
    }

    #[inline]
    fn rest(&self, at: usize) -> &'a [u8] {
        self.text.as_bytes().get(at..).unwrap_or_default()
    }

    /// A part of the text that begins and ends beside ASCII.
    #[inline]
    fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
