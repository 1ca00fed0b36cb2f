//! Where text stops being ASCII.

/// The high bit of every byte of a word: none has it in ASCII.
const HIGH_BITS: u128 = u128::from_le_bytes([0x80; 16]);

/// How many bytes of ASCII come first. Sixteen are looked at together, in a word.
#[inline]
pub(super) fn ascii_run(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<16>();
    let mut at = 0;
    for word in words {
        let found = u128::from_le_bytes(*word) & HIGH_BITS;
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 16;
    }
    at + rest.iter().take_while(|byte| byte.is_ascii()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_ends_at_the_first_other_byte_wherever_it_lies() {
        for length in 0..100 {
            let ascii = vec![0x7f; length];
            assert_eq!(ascii_run(&ascii), length);
            for other in [0x80, 0xa1, 0xff] {
                assert_eq!(ascii_run(&[ascii.clone(), vec![other; 20]].concat()), length);
            }
        }
    }
}
