//! The data items of CBOR: <https://www.rfc-editor.org/rfc/rfc8949#section-3>.

use super::ascii::ascii_run;
use super::half::half_to_single;
use super::head::{
    BREAK, DOUBLE, EIGHT_BYTES, EPOCH, FOUR_BYTES, FRACTION, HALF, INDEFINITE, Major, ONE_BYTE, SINGLE, SMALL, TWO_BYTES,
    information,
};
use crate::codec::tree::Rest;
use std::borrow::Cow;

/// What is not CBOR, as what was expected there.
pub(super) type Syntax = &'static str;

/// The head of an empty string, and that of one whose length is in the next byte.
const TEXT: u8 = Major::Text.initial(0);
const SHORT_TEXT: u8 = Major::Text.initial(ONE_BYTE);

/// What is expected where the body ends too early.
const MORE: Syntax = "expected more bytes";

/// What is expected where a first byte means nothing, or a break nothing that it ends.
const ITEM: Syntax = "expected a data item";

/// How many data items, or pairs of them, are left of a list or a map.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Left {
    /// So many; of what is indefinite, one until the break.
    count: usize,
    is_indefinite: bool,
}

impl Rest for Left {
    #[inline]
    fn is_more(&self) -> bool {
        self.count > 0
    }
}

/// Stands at the first byte of a data item, at a break, or at the end.
#[derive(Debug)]
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Bytes around, all ASCII: a string among them need not be looked at again.
    run: &'a str,
    /// Where they begin.
    run_start: usize,
}

impl<'a> Cursor<'a> {
    /// At the start of a body.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, run: "", run_start: 0 }
    }

    /// Where it stands, to come back to.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Goes to a position that it had.
    pub(super) fn rewind(&mut self, position: usize) {
        self.at = position;
    }

    /// The byte at hand; a break, which begins no data item, at the end.
    #[inline]
    pub(super) fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(BREAK)
    }

    /// The kind of the data item at hand.
    #[inline]
    pub(super) fn major(&self) -> Major {
        Major::of(self.peek())
    }

    /// Takes the byte at hand, of which it is known that it is there.
    #[inline]
    pub(super) fn step(&mut self) {
        self.at += 1;
    }

    /// Passes over the tags at hand that nothing asks for.
    pub(super) fn pass_tags(&mut self) -> Result<(), Syntax> {
        while self.major() == Major::Tag && !(EPOCH..=FRACTION).contains(&self.peek()) {
            self.argument()?;
        }
        Ok(())
    }

    /// Takes the head at hand, which is not of indefinite length, and gives its argument.
    #[inline]
    pub(super) fn argument(&mut self) -> Result<u64, Syntax> {
        let information = information(self.peek());
        // At the end it is none of these.
        match information < SMALL {
            true => {
                self.at += 1;
                Ok(information.into())
            }
            false => self.long_argument(),
        }
    }

    /// Takes the head of a list, and gives how many data items are in it.
    #[inline]
    pub(super) fn array(&mut self) -> Result<Left, Syntax> {
        self.left(1)
    }

    /// Takes the head of a map, and gives how many pairs are in it.
    #[inline]
    pub(super) fn map(&mut self) -> Result<Left, Syntax> {
        self.left(2)
    }

    /// What the head of the list at hand says, which is not taken.
    pub(super) fn announced(&mut self) -> usize {
        let at = self.at;
        let left = self.array().ok().filter(|left| !left.is_indefinite);
        self.at = at;
        left.map_or(0, |left| left.count)
    }

    /// Goes on behind a data item, or a pair of them; a break is taken.
    #[inline]
    pub(super) fn behind(&mut self, left: &mut Left) -> Result<(), Syntax> {
        match left.is_indefinite {
            true => left.count = usize::from(self.no_break()?),
            false => left.count = left.count.saturating_sub(1),
        }
        Ok(())
    }

    /// Takes a string, if one is at hand whose head is a byte or two.
    #[inline]
    pub(super) fn short_text(&mut self) -> Option<&'a str> {
        let (length, start) = match self.peek() {
            SHORT_TEXT => (self.bytes.get(self.at + 1).copied()?, self.at + 2),
            initial => (initial.checked_sub(TEXT).filter(|length| *length < SMALL)?, self.at + 1),
        };
        let text = self.utf8(start, length.into())?;
        self.at = start + text.len();
        Some(text)
    }

    /// Takes a string, whose head is at hand; in one piece, it is a part of the body.
    #[inline]
    pub(super) fn text(&mut self) -> Result<Cow<'a, str>, Syntax> {
        if information(self.peek()) == INDEFINITE {
            return self.text_in_chunks().map(Cow::Owned);
        }
        self.chunk_of_text().map(Cow::Borrowed)
    }

    /// Takes bytes, whose head is at hand.
    pub(super) fn blob(&mut self) -> Result<Cow<'a, [u8]>, Syntax> {
        if information(self.peek()) != INDEFINITE {
            return self.chunk().map(Cow::Borrowed);
        }
        let mut bytes = Vec::new();
        self.chunks(Major::Bytes, |from| from.chunk().map(|chunk| bytes.extend_from_slice(chunk)))?;
        Ok(Cow::Owned(bytes))
    }

    /// Takes a floating-point number that is of 16, 32 or 64 bits, if one is at hand.
    pub(super) fn float(&mut self) -> Result<Option<f64>, Syntax> {
        let number = match self.peek() {
            HALF => half_to_single(u16::from_be_bytes(self.first_and_behind()?)).into(),
            SINGLE => f32::from_be_bytes(self.first_and_behind()?).into(),
            DOUBLE => f64::from_be_bytes(self.first_and_behind()?),
            _ => return Ok(None),
        };
        Ok(Some(number))
    }

    /// Takes a simple value, of one byte or of two.
    pub(super) fn simple(&mut self) -> Result<(), Syntax> {
        /// The least that may stand in a second byte.
        const LEAST: u8 = 32;
        match information(self.peek()) {
            0..SMALL => self.step(),
            ONE_BYTE => {
                if u8::from_be_bytes(self.first_and_behind()?) < LEAST {
                    return Err("expected a simple value in one byte");
                }
            }
            _ => return Err(self.expected_item()),
        }
        Ok(())
    }

    /// What to say where a data item does not begin.
    #[cold]
    pub(super) fn expected_item(&self) -> Syntax {
        if self.at < self.bytes.len() { ITEM } else { MORE }
    }

    /// Whether any data item begins here.
    pub(super) fn begins(&self) -> bool {
        self.peek() != BREAK
    }

    /// Ends the body.
    pub(super) fn finish(&self) -> Result<(), Syntax> {
        match self.at < self.bytes.len() {
            true => Err("expected the end of the body"),
            false => Ok(()),
        }
    }

    /// Takes the head of a list or map whose data items have so many parts, each a byte at least.
    #[inline]
    fn left(&mut self, parts: usize) -> Result<Left, Syntax> {
        if information(self.peek()) == INDEFINITE {
            self.step();
            return Ok(Left { count: usize::from(self.no_break()?), is_indefinite: true });
        }
        let count = self.argument()?;
        // A head that announces more than there are bytes is found out before anything is made of it.
        match usize::try_from(count) {
            Ok(count) if count <= self.rest().len() / parts => Ok(Left { count, is_indefinite: false }),
            _ => Err(MORE),
        }
    }

    /// Whether no break is at hand, which is taken.
    fn no_break(&mut self) -> Result<bool, Syntax> {
        if self.begins() {
            return Ok(true);
        }
        match self.at < self.bytes.len() {
            true => self.step(),
            false => return Err(MORE),
        }
        Ok(false)
    }

    #[cold]
    fn text_in_chunks(&mut self) -> Result<String, Syntax> {
        let mut text = String::new();
        // No character is cut between two chunks.
        self.chunks(Major::Text, |from| from.chunk_of_text().map(|chunk| text.push_str(chunk)))?;
        Ok(text)
    }

    /// Takes the chunks of what is of indefinite length.
    fn chunks(&mut self, major: Major, mut take: impl FnMut(&mut Self) -> Result<(), Syntax>) -> Result<(), Syntax> {
        self.step();
        while self.no_break()? {
            if self.major() != major || information(self.peek()) == INDEFINITE {
                return Err("expected a chunk of the same kind");
            }
            take(self)?;
        }
        Ok(())
    }

    fn chunk_of_text(&mut self) -> Result<&'a str, Syntax> {
        str::from_utf8(self.chunk()?).map_err(|_| "expected UTF-8")
    }

    /// The text of so many bytes, if it is one.
    #[inline]
    fn utf8(&mut self, start: usize, length: usize) -> Option<&'a str> {
        let from = start.wrapping_sub(self.run_start);
        match self.run.get(from..from.wrapping_add(length)) {
            Some(text) => Some(text),
            None => self.utf8_behind_run(start, length),
        }
    }

    /// As [`utf8`](Self::utf8), where the run ends. To check a string costs more than to check all that lies between two maps, and most
    /// of that is ASCII: keys, values, and the heads of these.
    fn utf8_behind_run(&mut self, start: usize, length: usize) -> Option<&'a str> {
        /// How far ahead of a string it is looked.
        const AHEAD: usize = 256;
        let rest = self.bytes.get(start..)?;
        let text = rest.get(..length)?;
        if !rest.get(length).is_some_and(u8::is_ascii) {
            return str::from_utf8(text).ok();
        }
        let ahead = rest.get(..AHEAD.max(length)).unwrap_or(rest);
        let run = ascii_run(ahead);
        if run < length {
            return str::from_utf8(text).ok();
        }
        self.run = str::from_utf8(ahead.get(..run)?).ok()?;
        self.run_start = start;
        self.run.get(..length)
    }

    /// Takes a head, and as many bytes as it says.
    #[inline]
    fn chunk(&mut self) -> Result<&'a [u8], Syntax> {
        let length = self.argument()?;
        let length = usize::try_from(length).map_err(|_| MORE)?;
        let chunk = self.rest().get(..length).ok_or(MORE)?;
        self.at += length;
        Ok(chunk)
    }

    /// Takes a head whose argument is not in its first byte.
    fn long_argument(&mut self) -> Result<u64, Syntax> {
        Ok(match information(self.peek()) {
            ONE_BYTE => u8::from_be_bytes(self.first_and_behind()?).into(),
            TWO_BYTES => u16::from_be_bytes(self.first_and_behind()?).into(),
            FOUR_BYTES => u32::from_be_bytes(self.first_and_behind()?).into(),
            EIGHT_BYTES => u64::from_be_bytes(self.first_and_behind()?),
            _ => return Err(self.expected_item()),
        })
    }

    /// Takes a first byte and those behind it.
    fn first_and_behind<const N: usize>(&mut self) -> Result<[u8; N], Syntax> {
        let bytes = self.bytes.get(self.at + 1..).and_then(|rest| rest.first_chunk()).ok_or(MORE)?;
        self.at += 1 + N;
        Ok(*bytes)
    }

    #[inline]
    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }
}
