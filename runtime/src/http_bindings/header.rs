//! Lists in one header: `a, "b, c", d`.
//!
//! <https://smithy.io/2.0/spec/http-bindings.html#httpheader-trait>

use std::borrow::Cow;

const SPACE: [char; 2] = [' ', '\t'];

/// Adds a text to a list, in quotes where it needs them.
pub(super) fn push(list: &mut String, text: &str, quotes: bool) {
    if !list.is_empty() {
        list.push_str(", ");
    }
    if !quotes {
        return list.push_str(text);
    }
    list.push('"');
    for character in text.chars() {
        if matches!(character, '"' | '\\') {
            list.push('\\');
        }
        list.push(character);
    }
    list.push('"');
}

/// A text without the white space around it, of which HTTP has two kinds.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(SPACE)
}

/// Whether a text in a list needs quotes: it would be taken for two, or for another one.
pub(super) fn needs_quotes(text: &str) -> bool {
    text.is_empty() || text.contains([',', '"']) || trim(text) != text
}

/// The texts of a list; `None` when a quote is not closed, or something follows one.
pub(super) fn split(list: &str) -> Option<Vec<Cow<'_, str>>> {
    let mut texts = Vec::new();
    let mut rest = trim(list);
    while !rest.is_empty() {
        let (text, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_text(quoted)?,
            None => {
                let (text, after) = rest.split_once(',').map_or((rest, None), |(text, after)| (text, Some(after)));
                (Cow::Borrowed(text.trim_end_matches(SPACE)), after)
            }
        };
        texts.push(text);
        rest = after.unwrap_or_default().trim_start_matches(SPACE);
    }
    Some(texts)
}

/// The text up to the closing quote, and what follows the comma after it.
fn quoted_text(quoted: &str) -> Option<(Cow<'_, str>, Option<&str>)> {
    let mut text = String::new();
    let mut characters = quoted.char_indices();
    while let Some((index, character)) = characters.next() {
        match character {
            '"' => {
                let after = quoted[index + 1..].trim_start_matches(SPACE);
                let after = if after.is_empty() { None } else { Some(after.strip_prefix(',')?) };
                return Some((Cow::Owned(text), after));
            }
            '\\' => text.push(characters.next()?.1),
            _ => text.push(character),
        }
    }
    None
}

/// The HTTP dates of a list, each of which has a comma of its own.
pub(super) fn split_dates(list: &str) -> Vec<Cow<'_, str>> {
    let mut commas = list.match_indices(',').map(|(index, _)| index).skip(1).step_by(2);
    let mut texts = Vec::new();
    let mut start = 0;
    loop {
        let end = commas.next();
        let text = trim(&list[start..end.unwrap_or(list.len())]);
        if !text.is_empty() {
            texts.push(Cow::Borrowed(text));
        }
        match end {
            Some(end) => start = end + 1,
            None => return texts,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_comma_or_a_quote_is_quoted_and_comes_back() {
        let texts = ["a", "b,c", "say \"x\"", "d\\e", "", " f "];
        let mut list = String::new();
        for text in texts {
            push(&mut list, text, needs_quotes(text));
        }
        assert_eq!(list, r#"a, "b,c", "say \"x\"", d\e, "", " f ""#);
        assert_eq!(split(&list).unwrap(), texts);
    }

    #[test]
    fn blanks_around_a_text_do_not_count() {
        assert_eq!(split("a ,  b,c").unwrap(), ["a", "b", "c"]);
        assert_eq!(split("").unwrap(), [""; 0]);
        assert_eq!(split("a,").unwrap(), ["a"]);
    }

    #[test]
    fn white_space_that_is_none_of_http_counts() {
        assert_eq!(split("\u{a0}a ,\t\u{3000}").unwrap(), ["\u{a0}a", "\u{3000}"]);
        assert!(!needs_quotes("\u{3000}"));
    }

    #[test]
    fn an_open_quote_is_no_list() {
        for list in ["\"a", "\"a\\", "\"a\"b", "\"a\" \"b\""] {
            assert_eq!(split(list), None, "{list}");
        }
    }

    #[test]
    fn a_date_has_a_comma_of_its_own() {
        let date = "Mon, 16 Dec 2019 23:48:18 GMT";
        assert_eq!(split_dates(&format!("{date}, {date}")), [date, date]);
        assert_eq!(split_dates(date), [date]);
        assert_eq!(split_dates(""), [""; 0]);
    }
}
