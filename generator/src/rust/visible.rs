//! A model's text where a person reads it: in doc comments, headers and manifests.

use std::fmt::Write as _;

/// The text with everything escaped that is not seen, or that changes how the text around it is seen: control characters, marks of
/// direction, separators of lines. What is left is one line.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hidden(character) {
            let _ = write!(shown, "{}", character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// The text as code in Markdown.
pub fn code(text: &str) -> String {
    let text = visible(text);
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or_default();
    match longest {
        0 if !text.trim().is_empty() => format!("`{text}`"),
        // Behind a longer fence, which spaces keep apart from the text.
        _ => {
            let fence = "`".repeat(longest + 1);
            format!("{fence} {text} {fence}")
        }
    }
}

/// The text as it stands in Markdown, which takes none of it for markup.
pub fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in visible(text).chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~') {
            shown.push('\\');
        }
        shown.push(character);
    }
    shown
}

/// Format characters that Unicode has for directions, joining and tags, beside controls and separators.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_escaped() {
        assert_eq!(visible("a\rb\0\u{202e}c\u{2028}é"), "a\\u{d}b\\u{0}\\u{202e}c\\u{2028}é");
    }

    #[test]
    fn code_ends_where_its_text_ends() {
        assert_eq!(code("name"), "`name`");
        assert_eq!(code("a`b``c"), "``` a`b``c ```");
        assert_eq!(code(""), "`  `");
    }

    #[test]
    fn plain_text_is_not_markup() {
        assert_eq!(plain("[a](b) <c> `d`"), r"\[a\](b) \<c\> \`d\`");
    }
}
