//! Text of a model, made fit for showing.

use std::fmt::{self, Write as _};

/// Cuts a text in the middle, where it has more characters than this: how names begin and end tells more than what is between.
pub(super) fn shorten(text: String, max: usize) -> String {
    // No character is shorter than a byte.
    if text.len() <= max || text.chars().count() <= max {
        return text;
    }
    let after = max / 4;
    let before = max - after - 1;
    let at = |count: usize| text.char_indices().nth(count).map_or(text.len(), |(index, _)| index);
    let from = text.char_indices().rev().nth(after - 1).map_or(0, |(index, _)| index);
    format!("{}…{}", &text[..at(before)], &text[from..])
}

/// A text whose control characters, bidirectional marks and other characters that cannot be seen are escaped.
pub(crate) fn visible(text: &str) -> Visible<'_> {
    Visible(text)
}

/// See [`visible`].
pub(crate) struct Visible<'a>(&'a str);

impl fmt::Display for Visible<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|character| match character {
            '\\' | '"' | '\'' => formatter.write_char(character),
            // What `Debug` escapes is what cannot be printed.
            _ => write!(formatter, "{}", character.escape_debug()),
        })
    }
}

/// A number with commas: 299,900.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
