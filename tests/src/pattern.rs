//! Texts that match a pattern.

use regex_syntax::hir::{Class, Hir, HirKind};
use smithwright::ir::{Length, Pattern};

/// For patterns with look-around, of which the parser knows nothing.
const GUESSES: [&str; 4] = ["a", "key", "Aa1aaaaa", "abcdefgh"];

/// What a class is asked for first: readable, and not all of one kind.
const LIKED: [char; 8] = ['a', '7', 'A', '-', '/', '+', ' ', '.'];

/// A text that matches the pattern and is as long as it must be.
pub(crate) fn matching_text(pattern: &Pattern, length: Option<Length>) -> Option<String> {
    let regex = if pattern.whole { format!("^(?:{})$", pattern.regex) } else { pattern.regex.clone() };
    let regex = fancy_regex::RegexBuilder::new(&regex).delegate_size_limit(64 << 20).build().ok()?;
    let hir = regex_syntax::parse(&pattern.regex).ok();
    let generated = hir.iter().flat_map(|hir| {
        let choices = (0..4).flat_map(|alternative| (0..=100).map(move |more| Choice { alternative, more }));
        choices.filter_map(|choice| {
            let mut text = String::new();
            choice.write(hir, &mut text).map(|()| text)
        })
    });
    let mut candidates = generated.chain(GUESSES.iter().map(|guess| (*guess).to_owned()));
    candidates.find(|text| fits(text, length) && regex.is_match(text).unwrap_or(false))
}

pub(crate) fn fits(text: &str, length: Option<Length>) -> bool {
    let Some(Length { min, max }) = length else { return true };
    let count = text.chars().count() as u64;
    min.is_none_or(|min| min <= count) && max.is_none_or(|max| count <= max)
}

/// Which of a pattern's texts.
#[derive(Clone, Copy)]
struct Choice {
    alternative: usize,
    /// How often something is repeated beyond the least.
    more: u32,
}

impl Choice {
    fn write(self, hir: &Hir, text: &mut String) -> Option<()> {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
            HirKind::Class(class) => text.push(character(class)?),
            HirKind::Capture(capture) => self.write(&capture.sub, text)?,
            HirKind::Concat(parts) => parts.iter().try_for_each(|part| self.write(part, text))?,
            HirKind::Alternation(parts) => self.write(parts.get(self.alternative % parts.len())?, text)?,
            HirKind::Repetition(repetition) => {
                let times = repetition.min.saturating_add(self.more).min(repetition.max.unwrap_or(u32::MAX));
                (0..times).try_for_each(|_| self.write(&repetition.sub, text))?;
            }
        }
        Some(())
    }
}

fn character(class: &Class) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.iter().map(|range| (range.start(), range.end())).collect(),
        Class::Bytes(class) => class.iter().map(|range| (range.start().into(), range.end().into())).collect(),
    };
    let has = |it: &char| ranges.iter().any(|(start, end)| (start..=end).contains(&it));
    LIKED.into_iter().find(has).or_else(|| ranges.first().map(|(start, _)| *start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matching(regex: &str, min: u64, max: u64) -> Option<String> {
        let pattern = Pattern { regex: regex.to_owned(), whole: true };
        matching_text(&pattern, Some(Length { min: Some(min), max: Some(max) }))
    }

    #[test]
    fn a_text_matches_and_is_long_enough() {
        assert_eq!(matching(r"\+[1-9]\d{1,14}", 6, 16).as_deref(), Some("+77777"));
        assert_eq!(matching("[a-z]{2}|longer", 6, 6).as_deref(), Some("longer"));
        assert_eq!(matching("(?!aws:)[a-z:]+", 1, 4).as_deref(), Some("a"));
        assert_eq!(matching("[a-z]{2}", 3, 4), None);
    }
}
