//! The steps of a JSON pointer: <https://www.rfc-editor.org/rfc/rfc6901>.

use std::fmt::{self, Display, Write as _};

/// How many characters of a step are told: a key of a map can be as long as the request, and stands in every path below it.
const MAX_STEP: usize = 128;

/// A name, key or index as a step of a JSON pointer: `~` and `/` are escaped, and of a long one only the beginning is told.
#[derive(Clone, Copy, Debug)]
pub struct PointerStep<'s>(pub &'s str);

impl PointerStep<'_> {
    /// Whether the step is told as it is: nothing is escaped, nothing left out.
    #[inline]
    pub(super) fn is_plain(self) -> bool {
        self.0.len() <= MAX_STEP && !self.0.bytes().any(|byte| matches!(byte, b'~' | b'/'))
    }
}

impl Display for PointerStep<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_plain() {
            return formatter.write_str(self.0);
        }
        for (index, character) in self.0.chars().enumerate() {
            match character {
                _ if index == MAX_STEP => return formatter.write_char('…'),
                '~' => formatter.write_str("~0")?,
                '/' => formatter.write_str("~1")?,
                _ => formatter.write_char(character)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tilde_and_a_slash_are_escaped() {
        assert_eq!(PointerStep("a/b~c").to_string(), "a~1b~0c");
    }

    #[test]
    fn of_a_long_step_only_the_beginning_is_told() {
        assert_eq!(PointerStep(&"é".repeat(128)).to_string(), "é".repeat(128));
        assert_eq!(PointerStep(&"é".repeat(129)).to_string(), "é".repeat(128) + "…");
    }
}
