//! Reduces a botocore file to facts: no prose, and keys in an order that does not change from release to release.

use anyhow::Context;
use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};
use serde_json::{Map, Value};

/// Keys that hold prose.
const PROSE: &[&str] = &["documentation", "deprecatedMessage"];

/// Which kind of file is tidied.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum FileKind {
    /// A file of a service.
    Service,
    /// `waiters-2.json`, whose `description`s are prose.
    Waiters,
    /// `partitions.json`, whose `description`s are prose too.
    Partitions,
}

/// What the keys of an object are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keys {
    /// Words of the format, such as `documentation`.
    Words,
    /// Names that the model gives, in no order.
    Names,
    /// Names that the model gives, in an order that says something.
    OrderedNames,
}

impl Keys {
    /// What the keys of the object at a word are.
    fn below(word: &str) -> Self {
        match word {
            "members" => Self::OrderedNames,
            "operations" | "pagination" | "parameters" | "regions" | "shapes" | "waiters" => Self::Names,
            _ => Self::Words,
        }
    }
}

/// Tidies a file; the result ends with a line feed.
pub(super) fn tidy(text: &[u8], kind: FileKind) -> anyhow::Result<Vec<u8>> {
    let mut value = serde_json::from_slice(text).context("not JSON")?;
    tidy_value(&mut value, Keys::Words, kind);
    let mut out = Vec::new();
    // One space keeps a repository of models small.
    value.serialize(&mut Serializer::with_formatter(&mut out, PrettyFormatter::with_indent(b" ")))?;
    out.push(b'\n');
    Ok(out)
}

fn tidy_value(value: &mut Value, keys: Keys, kind: FileKind) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(|value| tidy_value(value, Keys::Words, kind)),
        Value::Object(object) => tidy_object(object, keys, kind),
        _ => {}
    }
}

fn tidy_object(object: &mut Map<String, Value>, keys: Keys, kind: FileKind) {
    if keys == Keys::Words {
        object.retain(|key, value| !(value.is_string() && is_prose(key, kind)));
    }
    if keys != Keys::OrderedNames {
        object.sort_keys();
    }
    for (key, value) in object {
        let below = if keys == Keys::Words { Keys::below(key) } else { Keys::Words };
        tidy_value(value, below, kind);
    }
}

fn is_prose(key: &str, kind: FileKind) -> bool {
    PROSE.contains(&key) || (kind != FileKind::Service && key == "description")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, kind: FileKind, expected: &str) {
        let tidied: Value = serde_json::from_slice(&tidy(text.as_bytes(), kind).unwrap()).unwrap();
        assert_eq!(tidied.to_string(), expected);
    }

    #[test]
    fn drops_prose_and_sorts_all_but_members() {
        check(
            r#"{"shapes": {"B": {"type": "structure", "documentation": "x", "members": {"z": {"shape": "A", "deprecatedMessage": "y"},
                "a": {"shape": "A"}}}, "A": {"type": "string"}}, "documentation": "x"}"#,
            FileKind::Service,
            r#"{"shapes":{"A":{"type":"string"},"B":{"members":{"z":{"shape":"A"},"a":{"shape":"A"}},"type":"structure"}}}"#,
        );
    }

    #[test]
    fn keeps_names_that_look_like_prose() {
        let text = r#"{"shapes":{"documentation":{"members":{"documentation":{"shape":"S"},"members":{"shape":"S"}}}}}"#;
        check(text, FileKind::Service, text);
    }

    #[test]
    fn drops_descriptions_of_waiters_but_not_a_waiter_of_that_name() {
        let text = r#"{"version":2,"waiters":{"description":{"description":"x","operation":"Get"}}}"#;
        check(text, FileKind::Waiters, r#"{"version":2,"waiters":{"description":{"operation":"Get"}}}"#);
    }

    #[test]
    fn drops_descriptions_of_regions() {
        let text = r#"{"partitions":[{"regions":{"b":{"description":"x"},"a":{}}}]}"#;
        check(text, FileKind::Partitions, r#"{"partitions":[{"regions":{"a":{},"b":{}}}]}"#);
    }
}
