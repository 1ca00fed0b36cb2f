//! Finds patterns that cannot mean what they say: enforced as they stand, they refuse ordinary values.

use crate::config::ServiceConfig;
use crate::diagnostic::Diagnostics;
use crate::ir::{Model, ShapeId};

/// Warns of every suspicious pattern.
pub(super) fn check(model: &Model, config: &ServiceConfig, diagnostics: &mut Diagnostics) {
    for (id, shape) in &model.shapes {
        let Some(pattern) = &shape.constraints.pattern else { continue };
        if let Some(suspicion) = suspect(&pattern.regex) {
            diagnostics.warning(&shape.place, format!("the pattern of `{id}` {}", suspicion.message()), help(id, config));
        }
    }
}

fn help(id: &ShapeId, config: &ServiceConfig) -> String {
    format!("correct it in models.toml, by an entry `[service.{}.patch.{id}]` with a `pattern` and a `reason`", config.name)
}

/// What is wrong with a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Suspicion {
    DoubleEscape,
    Slashes,
}

impl Suspicion {
    fn message(self) -> &'static str {
        match self {
            Self::DoubleEscape => "is escaped twice, so that it asks for backslashes",
            Self::Slashes => "is wrapped in slashes, so that it asks for them",
        }
    }
}

fn suspect(regex: &str) -> Option<Suspicion> {
    if regex.starts_with("/^") && regex.ends_with("$/") {
        Some(Suspicion::Slashes)
    } else if has_double_escape(regex) {
        Some(Suspicion::DoubleEscape)
    } else {
        None
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
}
