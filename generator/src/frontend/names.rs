//! Names of shapes and members: <https://smithy.io/2.0/spec/model.html#shape-id>.

use crate::diagnostic::{Diagnostics, Place};

/// Whether a text is an identifier: underscores, if any, then a letter, then letters, digits and underscores, all of ASCII.
pub(crate) fn is_identifier(text: &str) -> bool {
    let starts_with_letter = text.trim_start_matches('_').starts_with(|first: char| first.is_ascii_alphabetic());
    starts_with_letter && text.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
}

/// How long a name can be: files are called after shapes, in words, and no file system takes more than 255 bytes.
const MAX_NAME: usize = 160;

/// Reports a name that is no identifier: nothing could be called like that in Rust either.
pub(crate) fn check_name(name: &str, place: &Place, diagnostics: &mut Diagnostics) {
    if !is_identifier(name) {
        let message = format!("`{name}` is no name");
        diagnostics.error(place, message, "use letters, digits and underscores, a letter first");
    } else if name.len() > MAX_NAME {
        let message = format!("`{name}` has {} characters, where {MAX_NAME} will do", name.len());
        diagnostics.error(place, message, "shorten it");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_letters_digits_and_underscores_and_starts_with_a_letter() {
        for name in ["a", "ListContacts", "__string", "A1_b"] {
            assert!(is_identifier(name), "{name}");
        }
        for name in ["", "_", "1a", "_1", "a-b", "a b", "é", "a.b", "²"] {
            assert!(!is_identifier(name), "{name}");
        }
    }
}
