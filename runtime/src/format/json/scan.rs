//! The part of a string that stands for itself.

/// A bit in every byte of a word.
const ONES: u64 = u64::from_le_bytes([1; 8]);

/// How many bytes come before the first that a JSON string cannot hold as it is: a quote, a backslash, a control character.
///
/// This is where the time goes, so eight bytes are looked at together, in a word.
#[inline]
pub(super) fn plain_run(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut at = 0;
    for word in words {
        let found = specials(u64::from_le_bytes(*word));
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    at + rest.iter().take_while(|byte| !is_special(**byte)).count()
}

fn is_special(byte: u8) -> bool {
    byte < b' ' || byte == b'"' || byte == b'\\'
}

/// The high bit of each special byte, since less than it is less than nothing. A byte behind the first special one may be marked
/// without being one, where a borrow crosses.
fn specials(word: u64) -> u64 {
    let controls = word.wrapping_sub(ONES * u64::from(b' '));
    let quotes = (word ^ (ONES * u64::from(b'"'))).wrapping_sub(ONES);
    let backslashes = (word ^ (ONES * u64::from(b'\\'))).wrapping_sub(ONES);
    (controls | quotes | backslashes) & !word & (ONES << 7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_ends_at_the_first_special_byte_wherever_it_lies() {
        for special in ['"', '\\', '\0', '\n', '\u{1f}'] {
            for length in 0..100 {
                let text = format!("{}{special}\"\\\n tail of the text", "x".repeat(length));
                assert_eq!(plain_run(text.as_bytes()), length, "{special:?} after {length}");
            }
        }
    }

    #[test]
    fn every_other_byte_is_plain() {
        for byte in (0..=255).filter(|byte| !is_special(*byte)) {
            for length in [1, 7, 8, 9, 40, 77] {
                assert_eq!(plain_run(&vec![byte; length]), length, "{byte:#x}");
            }
        }
    }

    #[test]
    fn a_byte_beside_a_special_one_is_not_taken_for_it() {
        for byte in (0..=255).filter(|byte| !is_special(*byte)) {
            let text = [byte, b'"', byte, byte, byte, byte, byte, byte];
            assert_eq!(plain_run(&text), 1, "{byte:#x}");
        }
    }
}
