//! Strings with insertions: <https://smithy.io/2.0/additional-specs/rules-engine/specification.html#template-string>.

use std::borrow::Cow;
use std::iter;

/// A part of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'t> {
    /// Text that stands as it is.
    Literal(&'t str),
    /// What is inserted: `Region`, `PartitionResult#dnsSuffix`.
    Path(&'t str),
}

/// The parts of a template. A brace that opens or closes nothing stands for itself.
pub(super) fn parts(template: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = template;
    iter::from_fn(move || {
        let (part, behind) = next(rest)?;
        rest = behind;
        Some(part)
    })
}

/// The first part, and what is behind it.
fn next(text: &str) -> Option<(Part<'_>, &str)> {
    let brace = text.find(['{', '}']).unwrap_or(text.len());
    if brace > 0 {
        let (literal, behind) = text.split_at(brace);
        return Some((Part::Literal(literal), behind));
    }
    for doubled in ["{{", "}}"] {
        if let Some(behind) = text.strip_prefix(doubled) {
            return Some((Part::Literal(&doubled[..1]), behind));
        }
    }
    match text.strip_prefix('{').and_then(|text| text.split_once('}')) {
        Some((path, behind)) => Some((Part::Path(path), behind)),
        None => (!text.is_empty()).then_some((Part::Literal(text), "")),
    }
}

/// A template filled in; `None` where something in it is not set.
pub(super) fn fill<'v>(template: &'v str, mut insert: impl FnMut(&str) -> Option<Cow<'v, str>>) -> Option<Cow<'v, str>> {
    let mut parts = parts(template);
    let first = match parts.next() {
        None => return Some(Cow::Borrowed("")),
        Some(Part::Literal(text)) => Cow::Borrowed(text),
        Some(Part::Path(path)) => insert(path)?,
    };
    parts.try_fold(first, |text, part| {
        let mut text = text.into_owned();
        match part {
            Part::Literal(literal) => text.push_str(literal),
            Part::Path(path) => text.push_str(&insert(path)?),
        }
        Some(Cow::Owned(text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str) -> Option<String> {
        fill(template, |path| (path != "Unset").then(|| Cow::Owned(format!("<{path}>")))).map(Cow::into_owned)
    }

    #[test]
    fn what_is_in_braces_is_inserted() {
        assert_eq!(filled("https://a.{R}.{P#d}/{A#r[0]}").unwrap(), "https://a.<R>.<P#d>/<A#r[0]>");
        assert_eq!(filled("{R}").unwrap(), "<R>");
        assert_eq!(filled("").unwrap(), "");
    }

    #[test]
    fn doubled_braces_are_braces() {
        assert_eq!(filled("{{a}}").unwrap(), "{a}");
        assert_eq!(filled("{{{R}}}").unwrap(), "{<R>}");
    }

    #[test]
    fn without_an_insertion_there_is_no_text() {
        assert_eq!(filled("a{Unset}b"), None);
    }

    #[test]
    fn a_brace_alone_is_no_reason_to_panic() {
        for text in ["{", "}", "{a", "a}", "}{", "{}"] {
            assert!(filled(text).is_some(), "{text}");
        }
    }
}
