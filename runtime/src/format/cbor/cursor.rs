//! The data items of CBOR: <https://www.rfc-editor.org/rfc/rfc8949#section-3>.

use super::half::half_to_single;
use super::head::{
    BREAK, DOUBLE, EIGHT_BYTES, EPOCH, FOUR_BYTES, FRACTION, HALF, INDEFINITE, Major, ONE_BYTE, SINGLE, SMALL, TWO_BYTES,
    information,
};
use super::known::Known;
use crate::codec::tree::Rest;
use std::borrow::Cow;

/// What is not CBOR, as what was expected there.
pub(super) type Syntax = &'static str;

/// The head of an empty string.
const TEXT: u8 = Major::Text.initial(0);

/// The head of a map of one pair.
const ONE_PAIR: u8 = Major::Map.initial(1);

/// The first head that is of a tag or a simple value.
const TAG: u8 = Major::Tag.initial(0);

/// What is expected where the body ends too early.
const MORE: Syntax = "expected more bytes";

/// What is expected where the bytes of a string are none.
pub(super) const NO_TEXT: Syntax = "expected UTF-8";

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
    /// What is not read yet.
    rest: &'a [u8],
    /// Names of members, and what else comes again.
    known: Known<'a>,
}

impl<'a> Cursor<'a> {
    /// At the start of a body.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, rest: bytes, known: Known::none() }
    }

    /// Where it stands, to come back to.
    pub(super) fn position(&self) -> usize {
        self.bytes.len() - self.rest.len()
    }

    /// Goes to a position that it had.
    pub(super) fn rewind(&mut self, position: usize) {
        self.rest = self.bytes.get(position..).unwrap_or_default();
    }

    /// The byte at hand; a break, which begins no data item, at the end.
    #[inline]
    pub(super) fn peek(&self) -> u8 {
        self.rest.first().copied().unwrap_or(BREAK)
    }

    /// The kind of the data item at hand.
    #[inline]
    pub(super) fn major(&self) -> Major {
        Major::of(self.peek())
    }

    /// Takes the byte at hand, of which it is known that it is there.
    #[inline]
    pub(super) fn step(&mut self) {
        self.rest = self.rest.get(1..).unwrap_or_default();
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
                self.step();
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
        let list = self.rest;
        let left = self.array().ok().filter(|left| !left.is_indefinite);
        self.rest = list;
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

    /// Takes a string that may come again, if one is at hand whose head is a byte, and that does not end the body.
    #[inline(always)]
    pub(super) fn name(&mut self) -> Option<&'a str> {
        let (name, behind) = self.known_at(self.rest)?;
        self.rest = behind;
        Some(name)
    }

    /// As [`name`](Self::name), if the value behind it is a number, a string, bytes, a list or a map, with no tag in front.
    #[inline(always)]
    pub(super) fn name_of_plain(&mut self) -> Option<&'a str> {
        let (name, value) = self.known_at(self.rest)?;
        if *value.first()? >= TAG {
            return None;
        }
        self.rest = value;
        Some(name)
    }

    /// The name of the one member of the map at hand, if that is all there is, and the value as in
    /// [`name_of_plain`](Self::name_of_plain). Neither is taken.
    #[inline(always)]
    pub(super) fn only_member(&mut self) -> Option<(&'a str, &'a [u8])> {
        let [ONE_PAIR, member @ ..] = self.rest else { return None };
        self.known_at(member).filter(|(_, value)| value.first().is_some_and(|initial| *initial < TAG))
    }

    /// Goes on at what is left of the body.
    #[inline]
    pub(super) fn go_on(&mut self, rest: &'a [u8]) {
        self.rest = rest;
    }

    /// The string that is next, as [`name`](Self::name) has it, and what is behind it.
    #[inline(always)]
    fn known_at(&mut self, bytes: &'a [u8]) -> Option<(&'a str, &'a [u8])> {
        let (initial, behind) = bytes.split_first()?;
        let length = usize::from(initial.checked_sub(TEXT).filter(|length| *length < SMALL)?);
        let name = self.known.text(behind, length)?;
        Some((name, behind.get(length..)?))
    }

    /// Takes the head of a map that is one byte, if that is at hand, and gives how many pairs are in it.
    #[inline]
    pub(super) fn short_map(&mut self) -> Option<Left> {
        let (initial, behind) = self.rest.split_first()?;
        let count = initial.checked_sub(Major::Map.initial(0)).filter(|count| *count < SMALL)?;
        self.rest = behind;
        Some(Left { count: count.into(), is_indefinite: false })
    }

    /// Whether a number, a string, bytes, a list or a map is at hand, and no tag or simple value.
    #[inline]
    pub(super) fn is_plain(&self) -> bool {
        self.peek() < TAG
    }

    /// Takes a string as bytes, if one is at hand whose head is a byte or two.
    #[inline]
    pub(super) fn short_text(&mut self) -> Option<&'a [u8]> {
        let (initial, behind) = self.rest.split_first()?;
        let (length, behind) = match initial.checked_sub(TEXT)? {
            ONE_BYTE => behind.split_first().map(|(length, behind)| (*length, behind))?,
            length @ 0..SMALL => (length, behind),
            _ => return None,
        };
        let (text, behind) = behind.split_at_checked(length.into())?;
        self.rest = behind;
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
        if self.rest.is_empty() { MORE } else { ITEM }
    }

    /// Whether any data item begins here.
    pub(super) fn begins(&self) -> bool {
        self.peek() != BREAK
    }

    /// Ends the body.
    pub(super) fn finish(&self) -> Result<(), Syntax> {
        match self.rest.is_empty() {
            true => Ok(()),
            false => Err("expected the end of the body"),
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
            Ok(count) if count <= self.rest.len() / parts => Ok(Left { count, is_indefinite: false }),
            _ => Err(MORE),
        }
    }

    /// Whether no break is at hand, which is taken.
    fn no_break(&mut self) -> Result<bool, Syntax> {
        if self.begins() {
            return Ok(true);
        }
        match self.rest.is_empty() {
            true => return Err(MORE),
            false => self.step(),
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
        str::from_utf8(self.chunk()?).map_err(|_| NO_TEXT)
    }

    /// Takes a head, and as many bytes as it says.
    #[inline]
    fn chunk(&mut self) -> Result<&'a [u8], Syntax> {
        let length = self.argument()?;
        let length = usize::try_from(length).map_err(|_| MORE)?;
        let (chunk, behind) = self.rest.split_at_checked(length).ok_or(MORE)?;
        self.rest = behind;
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
        let (bytes, behind) = self.rest.get(1..).and_then(|behind| behind.split_first_chunk()).ok_or(MORE)?;
        self.rest = behind;
        Ok(*bytes)
    }
}
