//! Query parameters: each that is expected must be there, in the order of its key; the order of keys is free.

use super::{Difference, NOTHING};
use crate::conformance::suite::RequestMessage;
use std::collections::BTreeSet;

pub(super) fn compare(expected: &RequestMessage, query: &str) -> Vec<Difference> {
    let entries: Vec<&str> = query.split('&').filter(|entry| !entry.is_empty()).collect();
    let mut differences = Vec::new();
    let keys: BTreeSet<&str> = expected.query.iter().map(|entry| key(entry)).collect();
    for wanted in &keys {
        let expected: Vec<&str> = expected.query.iter().map(String::as_str).filter(|entry| key(entry) == *wanted).collect();
        let came: Vec<&str> = entries.iter().copied().filter(|entry| key(entry) == *wanted).collect();
        if !is_subsequence(&expected, &came) {
            differences.push(Difference::new(format!("query {wanted}"), expected.join("&"), or_nothing(&came.join("&"))));
        }
    }
    for name in expected.require_query.iter().filter(|name| !entries.iter().any(|entry| key(entry) == name.as_str())) {
        differences.push(Difference::new(format!("query {name}"), "(any value)", NOTHING));
    }
    for entry in &entries {
        let forbidden = expected.forbid_query.iter().any(|name| name == key(entry));
        if forbidden || !(expected.other_query || keys.contains(key(entry))) {
            differences.push(Difference::new(format!("query {}", key(entry)), NOTHING, *entry));
        }
    }
    differences
}

fn key(entry: &str) -> &str {
    key_and_value(entry).0
}

/// Whether the expected entries come in their order, maybe with others between them.
fn is_subsequence(expected: &[&str], came: &[&str]) -> bool {
    let mut came = came.iter();
    expected.iter().all(|entry| came.any(|other| key_and_value(other) == key_and_value(entry)))
}

/// `k` is `k=`: a key without a value.
fn key_and_value(entry: &str) -> (&str, &str) {
    entry.split_once('=').unwrap_or((entry, ""))
}

fn or_nothing(text: &str) -> &str {
    if text.is_empty() { NOTHING } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expecting(query: &[&str]) -> RequestMessage {
        let query = query.iter().map(|entry| (*entry).to_owned()).collect();
        RequestMessage { query, other_query: true, ..RequestMessage::default() }
    }

    #[test]
    fn keys_come_in_any_order_and_their_values_in_theirs() {
        let expected = expecting(&["a=1", "a=2", "b=%20"]);
        assert_eq!(compare(&expected, "b=%20&c=3&a=1&a=2"), []);
        assert_eq!(compare(&expected, "b=%20&a=2&a=1")[0], Difference::new("query a", "a=1&a=2", "a=2&a=1"));
        assert_eq!(compare(&expected, "b=+&a=1&a=2")[0].place, "query b");
    }

    #[test]
    fn a_repeated_entry_counts() {
        assert_eq!(compare(&expecting(&["a=1", "a=1"]), "a=1")[0].place, "query a");
    }

    #[test]
    fn a_key_without_a_value_is_one_with_an_empty_one() {
        assert_eq!(compare(&expecting(&["a"]), "a="), []);
        assert_eq!(compare(&expecting(&["a="]), "a"), []);
        assert_eq!(compare(&expecting(&["a=b"]), "a=b=").len(), 1);
        assert_eq!(compare(&expecting(&["a"]), "")[0], Difference::new("query a", "a", NOTHING));
    }

    #[test]
    fn names_are_forbidden_and_required() {
        let expected =
            RequestMessage { forbid_query: vec!["no".to_owned()], require_query: vec!["yes".to_owned()], ..expecting(&[]) };
        assert_eq!(compare(&expected, "yes=1"), []);
        assert_eq!(compare(&expected, "yes&no=1").len(), 1);
        assert_eq!(compare(&expected, "").len(), 1);
    }

    #[test]
    fn a_whole_query_has_nothing_else() {
        let expected = RequestMessage { other_query: false, ..expecting(&["a=1"]) };
        assert_eq!(compare(&expected, "a=1"), []);
        assert_eq!(compare(&expected, "a=1&b=2")[0], Difference::new("query b", NOTHING, "b=2"));
    }
}
