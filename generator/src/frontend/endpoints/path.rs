//! Paths of `getAttr`: <https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#parsing-path-strings>.

use crate::frontend::names::is_identifier;

/// A path: `dnsSuffix`, `resourceId[0]`, `[-1]`. None of the types that there are has attributes of attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AttributePath<'p> {
    /// The attribute; empty for an element of what is a list itself.
    pub(super) key: &'p str,
    /// The element, counted from the end where it is negative.
    pub(super) index: Option<i32>,
}

impl<'p> AttributePath<'p> {
    pub(super) fn parse(path: &'p str) -> Option<Self> {
        let (key, index) = match path.split_once('[') {
            None => (path, None),
            Some((key, index)) => (key, Some(parse_index(index.strip_suffix(']')?)?)),
        };
        let is_key = is_identifier(key) || (key.is_empty() && index.is_some());
        is_key.then_some(Self { key, index })
    }
}

fn parse_index(text: &str) -> Option<i32> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_key_an_index_or_both() {
        let path = |key, index| Some(AttributePath { key, index });
        assert_eq!(AttributePath::parse("dnsSuffix"), path("dnsSuffix", None));
        assert_eq!(AttributePath::parse("resourceId[12]"), path("resourceId", Some(12)));
        assert_eq!(AttributePath::parse("[-1]"), path("", Some(-1)));
    }

    #[test]
    fn anything_else_is_none() {
        for text in ["", "a.b", "a[", "a]", "a[]", "a[x]", "a[+1]", "a[1]b", "a[1][2]", "a[99999999999]", "1", "a b", "a[ 1]"] {
            assert_eq!(AttributePath::parse(text), None, "{text}");
        }
    }
}
