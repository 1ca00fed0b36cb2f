//! Strings with insertions: <https://smithy.io/2.0/additional-specs/rules-engine/specification.html#template-string>.

use super::scope::{Scope, Type, Typed};
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::names::is_identifier;

/// Checks a text and what it inserts.
pub(super) fn check_template(text: &str, place: &Place, scope: &Scope, diagnostics: &mut Diagnostics) -> Option<()> {
    let Some(insertions) = insertions(text) else {
        let help = "close every `{`, and write `{{` and `}}` for braces themselves";
        diagnostics.error(place, format!("`{text}` is no template"), help);
        return None;
    };
    // All of them, also behind one that is wrong.
    let wrong = insertions.into_iter().filter(|path| check_insertion(path, place, scope, diagnostics).is_none()).count();
    (wrong == 0).then_some(())
}

/// Whether a text inserts nothing.
pub(super) fn is_literal(text: &str) -> bool {
    !text.contains(['{', '}'])
}

fn check_insertion(path: &str, place: &Place, scope: &Scope, diagnostics: &mut Diagnostics) -> Option<()> {
    let inserted = match path.split_once('#') {
        None => scope.name(path, place, diagnostics)?,
        Some((name, attribute)) => {
            let named = scope.name(name, place, diagnostics)?;
            named.expect_set(place, scope, diagnostics)?;
            let (kind, optional) = scope.attribute(named.kind, attribute, place, diagnostics)?;
            Typed { argument: crate::ir::Argument::Path(path.to_owned()), kind, optional }
        }
    };
    inserted.expect(Type::String, place, diagnostics)?;
    inserted.expect_set(place, scope, diagnostics)
}

/// The names that a text which is a template inserts, or inserts attributes of.
pub(super) fn names(text: &str) -> impl Iterator<Item = &str> {
    let insertions = insertions(text).unwrap_or_default();
    insertions.into_iter().map(|path| path.split_once('#').map_or(path, |(name, _)| name))
}

/// What a text inserts; `None` when it is no template.
fn insertions(text: &str) -> Option<Vec<&str>> {
    let mut insertions = Vec::new();
    let mut rest = text;
    while let Some(index) = rest.find(['{', '}']) {
        let (_, tail) = rest.split_at(index);
        if let Some(after) = tail.strip_prefix("{{").or_else(|| tail.strip_prefix("}}")) {
            rest = after;
            continue;
        }
        let (inner, after) = tail.strip_prefix('{')?.split_once('}')?;
        let name = inner.split_once('#').map_or(inner, |(name, _)| name);
        if !is_identifier(name) {
            return None;
        }
        insertions.push(inner);
        rest = after;
    }
    Some(insertions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_braces_is_inserted() {
        assert_eq!(insertions("https://a.{R}.{P#dnsSuffix}/{L#[0]}").unwrap(), ["R", "P#dnsSuffix", "L#[0]"]);
        assert_eq!(insertions("{{a}}").unwrap(), [""; 0]);
        assert_eq!(insertions("").unwrap(), [""; 0]);
    }

    #[test]
    fn a_brace_alone_or_something_without_a_name_is_no_template() {
        for text in ["{a", "a}", "{", "}", "{}", "{1}", "{a b}", "{a.b}", "{#a}", "{a{b}}"] {
            assert_eq!(insertions(text), None, "{text}");
        }
    }
}
