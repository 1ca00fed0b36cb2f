//! Strings that come again.

/// For how many strings there is room.
const SLOTS: usize = 32;

/// How many bytes are looked at together.
const WORD: usize = size_of::<u64>();

/// Which bytes of a word are those of a string of so many bytes, or of a longer one.
const MASKS: [u64; WORD + 1] =
    [0, 0xff, 0xffff, 0xff_ffff, 0xffff_ffff, 0xff_ffff_ffff, 0xffff_ffff_ffff, 0xff_ffff_ffff_ffff, u64::MAX];

/// Short strings that were read before. One that comes again, as the names of members do in every element of a list, is known to be
/// UTF-8, and to be compared is less work than to be checked. The last bytes of a body are not looked for.
#[derive(Debug)]
pub(super) struct Known<'a>([Slot<'a>; SLOTS]);

#[derive(Clone, Copy, Debug)]
struct Slot<'a> {
    /// The first bytes of the string, and zeros where it is shorter.
    word: u64,
    text: &'a str,
}

impl<'a> Known<'a> {
    /// None yet.
    pub(super) fn none() -> Self {
        Self([Slot { word: 0, text: "" }; SLOTS])
    }

    /// The string of the first bytes of these, so many of them, if they are UTF-8.
    #[inline(always)]
    pub(super) fn text(&mut self, bytes: &'a [u8], length: usize) -> Option<&'a str> {
        let Some(mask) = MASKS.get(length) else { return self.long_or_new(bytes, length) };
        let word = u64::from_le_bytes(*bytes.first_chunk()?) & mask;
        let slot = &self.0[slot_of(word, length)];
        match slot.word == word && slot.text.len() == length {
            true => Some(slot.text),
            false => self.long_or_new(bytes, length),
        }
    }

    /// As [`text`](Self::text), of a string that is longer than a word, or that is not known.
    #[inline(never)]
    fn long_or_new(&mut self, bytes: &'a [u8], length: usize) -> Option<&'a str> {
        let word = u64::from_le_bytes(*bytes.first_chunk()?) & MASKS[length.min(WORD)];
        let bytes = bytes.get(..length)?;
        let slot = &mut self.0[slot_of(word, length)];
        if slot.text.as_bytes() != bytes {
            *slot = Slot { word, text: str::from_utf8(bytes).ok()? };
        }
        Some(slot.text)
    }
}

/// Where a string is, if it is known: the upper bits of a product, in which all bits of the word have a part.
#[inline(always)]
fn slot_of(word: u64, length: usize) -> usize {
    /// 2^64 by the golden ratio.
    const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mixed = word.wrapping_add(length as u64).wrapping_mul(SPREAD);
    (mixed >> (u64::BITS - SLOTS.ilog2())) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text with more behind it.
    fn text(known: &mut Known<'static>, bytes: &[u8]) -> Option<&'static str> {
        known.text([bytes, b"\xa1behind it"].concat().leak(), bytes.len())
    }

    #[test]
    fn a_string_is_itself_whatever_was_in_its_place() {
        let names: Vec<String> = (0..1000).map(|index| format!("{}{index}", "long".repeat(index % 6))).collect();
        let mut known = Known::none();
        for name in names.iter().chain(&names) {
            for _ in 0..2 {
                assert_eq!(text(&mut known, name.as_bytes()), Some(name.as_str()));
            }
        }
    }

    #[test]
    fn a_string_is_no_other_that_begins_or_ends_like_it() {
        let body = "namename\0name\0\0name of a thing, name of another, another";
        let mut known = Known::none();
        for start in 0..40 {
            for end in start..40 {
                assert_eq!(known.text(&body.as_bytes()[start..], end - start), Some(&body[start..end]));
            }
        }
    }

    #[test]
    fn what_is_no_text_is_never_known() {
        let mut known = Known::none();
        for _ in 0..2 {
            for bytes in [&b"a\xffz"[..], b"\xff", b"a name\xff\xff", b"a longer name\xff"] {
                assert_eq!(text(&mut known, bytes), None);
            }
            assert_eq!(text(&mut known, "aéz".as_bytes()), Some("aéz"));
        }
    }

    #[test]
    fn what_is_cut_is_not_looked_for() {
        for length in 0..30 {
            assert_eq!(Known::none().text(&vec![b'a'; length], length + 1), None);
        }
        assert_eq!(Known::none().text(b"short", 5), None);
    }
}
