//! Finds patterns that cannot mean what they say: enforced as they stand, they refuse ordinary values, or mean something else to each
//! reader, since they are none of ECMAScript's.

// The very file that the runtime compiles, so that both read a pattern alike: a crate of its own would be more than this.
#[path = "../../../runtime/src/validate/ecmascript.rs"]
mod ecmascript;

use crate::config::ServiceConfig;
use crate::diagnostic::Diagnostics;
use crate::ir::{Model, ShapeId};
use ecmascript::{SyntaxError, translate};

/// Warns of every suspicious pattern.
pub(super) fn check(model: &Model, config: &ServiceConfig, diagnostics: &mut Diagnostics) {
    for (id, shape) in &model.shapes {
        let Some(pattern) = &shape.constraints.pattern else { continue };
        if let Some(suspicion) = suspect(&pattern.regex) {
            diagnostics.warning(&shape.place, format!("the pattern of `{id}` {suspicion}"), help(id, config));
        }
    }
}

fn help(id: &ShapeId, config: &ServiceConfig) -> String {
    let file = &config.place.file;
    format!("correct it in {file}, by an entry `patch.{id}` of the service with a `pattern` and a `reason`")
}

/// What is wrong with a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
enum Suspicion {
    #[error("is escaped twice, so that it asks for backslashes")]
    DoubleEscape,
    #[error("is wrapped in slashes, so that it asks for them")]
    Slashes,
    #[error("is no regular expression of ECMAScript: {0}")]
    Syntax(#[from] SyntaxError),
}

fn suspect(regex: &str) -> Option<Suspicion> {
    if regex.starts_with("/^") && regex.ends_with("$/") {
        Some(Suspicion::Slashes)
    } else if has_double_escape(regex) {
        Some(Suspicion::DoubleEscape)
    } else {
        translate(regex).err().map(Suspicion::Syntax)
    }
}

/// Whether an escaped backslash stands before something that one escapes.
fn has_double_escape(regex: &str) -> bool {
    let mut characters = regex.chars().peekable();
    while let Some(character) = characters.next() {
        let is_escaped_backslash = character == '\\' && characters.next() == Some('\\');
        if is_escaped_backslash && characters.peek().copied().is_some_and(is_escapable) {
            return true;
        }
    }
    false
}

fn is_escapable(character: char) -> bool {
    matches!(character, 'd' | 'D' | 'w' | 'W' | 's' | 'S' | 'p' | 'P' | 'b' | 'B' | '+' | '*' | '?' | '.' | '-' | '/' | '$' | '^')
        || matches!(character, '(' | ')' | '[' | '{' | '}' | '|')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn double_escapes() {
        for regex in [r"\\+[1-9]\\d{1,14}$", r".*\\S.*", r"^[\\P{C}\r\n\t]+$", r"a|b\\.c"] {
            assert_eq!(suspect(regex), Some(Suspicion::DoubleEscape), "{regex}");
        }
        for regex in [r"\+[1-9]\d{1,14}$", r"^[^\\]*$", r"\\\S", r"[\\,]", r"\\"] {
            assert_eq!(suspect(regex), None, "{regex}");
        }
    }

    #[test]
    fn slashes() {
        assert_eq!(suspect("/^[a-z]$/"), Some(Suspicion::Slashes));
        assert_eq!(suspect("^/[a-z]/$"), None);
    }
    #[test]
    fn what_is_not_ecmascript() {
        assert_eq!(suspect("(?i)a"), Some(Suspicion::Syntax(SyntaxError::UnknownGroup)));
        assert_eq!(suspect(r"\Aa"), Some(Suspicion::Syntax(SyntaxError::UnknownEscape('A'))));
        assert_eq!(suspect(r"^[\w\-\/]+(?<!x)$"), None);
    }
}
