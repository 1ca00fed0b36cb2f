//! Bodies, by their media type.

use super::{Difference, NOTHING};
use crate::conformance::node::Node;
use crate::conformance::suite::{Body, BodyAssertion};
use regex::Regex;

pub(super) fn compare(expected: &Body, came: &[u8]) -> Option<Difference> {
    match &expected.assertion {
        BodyAssertion::Contents(text) if is_same(text, came, expected.media_type.as_deref()) => None,
        BodyAssertion::Contents(text) => Some(Difference::new("body", readable(text.as_bytes()), readable(came))),
        BodyAssertion::OneOf(texts) if texts.iter().any(|text| is_same(text, came, expected.media_type.as_deref())) => None,
        BodyAssertion::OneOf(texts) => {
            let text = texts.first().map(String::as_str).unwrap_or_default();
            Some(Difference::new("body", readable(text.as_bytes()), readable(came)))
        }
        BodyAssertion::MessageMatches(expression) => compare_message(expression, came),
    }
}

/// Without a media type, what are equal JSON values is equal, too: some cases do not say theirs.
fn is_same(expected: &str, came: &[u8], media_type: Option<&str>) -> bool {
    let is_json = media_type.is_none_or(|it| it == "application/json" || it.ends_with("+json"));
    expected.as_bytes() == came || is_json && is_same_json(expected, came)
}

fn is_same_json(expected: &str, came: &[u8]) -> bool {
    match (Node::parse(expected).ok(), json(came)) {
        (Some(expected), Some(came)) => expected.same(&came),
        _ => false,
    }
}

fn compare_message(expression: &str, came: &[u8]) -> Option<Difference> {
    let body = json(came).unwrap_or(Node::Null);
    let message = ["message", "Message"].iter().find_map(|name| body.get(name)?.as_str());
    let expected = match Regex::new(expression) {
        Ok(regex) if message.is_some_and(|message| regex.is_match(message)) => return None,
        Ok(_) => format!("one that matches {expression}"),
        Err(error) => format!("the case's expression is not understood: {error}"),
    };
    Some(Difference::new("body's message", expected, message.map_or_else(|| readable(came), str::to_owned)))
}

fn json(bytes: &[u8]) -> Option<Node> {
    Node::parse(std::str::from_utf8(bytes).ok()?).ok()
}

/// A body as a reader wants it: JSON over several lines, bytes that are no text as such.
pub(super) fn readable(body: &[u8]) -> String {
    match (body, json(body), std::str::from_utf8(body)) {
        ([], ..) => NOTHING.to_owned(),
        (_, Some(json), _) => json.pretty(),
        (_, None, Ok(text)) => text.to_owned(),
        (_, None, Err(_)) => body.escape_ascii().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(expected: &str, came: &str, media_type: Option<&str>) -> bool {
        let assertion = BodyAssertion::Contents(expected.to_owned());
        compare(&Body { assertion, media_type: media_type.map(str::to_owned) }, came.as_bytes()).is_none()
    }

    #[test]
    fn json_is_compared_by_value_and_anything_else_by_bytes() {
        assert!(same("{\n  \"a\": 1\n}\n", r#"{"a":1}"#, Some("application/json")));
        assert!(!same(r#"{"a":1}"#, r#"{"a":2}"#, Some("application/json")));
        assert!(!same("1 ", "1", Some("text/plain")));
        assert!(same("a b", "a b", Some("text/plain")));
        assert!(same(r#"{"a": 1}"#, r#"{"a":1}"#, None));
        assert!(!same("a", "b", None));
    }

    #[test]
    fn an_empty_body_is_empty() {
        assert!(same("", "", Some("application/json")));
        assert!(!same("", "{}", Some("application/json")));
        assert!(!same("{}", "", Some("application/json")));
    }

    #[test]
    fn one_of_several_bodies_is_enough_and_another_is_not() {
        let one_of = |came: &str| {
            let assertion = BodyAssertion::OneOf(vec![r#"{"a": "$$"}"#.to_owned(), r#"{"a": "$"}"#.to_owned()]);
            compare(&Body { assertion, media_type: Some("application/json".to_owned()) }, came.as_bytes()).is_none()
        };
        assert!(one_of(r#"{"a":"$"}"#) && one_of(r#"{"a":"$$"}"#));
        assert!(!one_of(r#"{"a":"$$$"}"#));
    }

    #[test]
    fn a_message_matches_an_expression() {
        let matches = |expression: &str, came: &str| {
            let assertion = BodyAssertion::MessageMatches(expression.to_owned());
            compare(&Body { assertion, media_type: None }, came.as_bytes()).is_none()
        };
        assert!(matches("^one .*", r#"{"message": "one two"}"#));
        assert!(matches("two$", r#"{"Message": "one two"}"#));
        assert!(!matches("^two", r#"{"message": "one two"}"#));
        assert!(!matches(".*", "no JSON"));
        assert!(!matches("(", r#"{"message": "("}"#));
    }

    #[test]
    fn bodies_are_shown_readably() {
        assert_eq!(readable(b""), "(nothing)");
        assert_eq!(readable(br#"{"a":[1]}"#), "{\n  \"a\": [\n    1\n  ]\n}");
        assert_eq!(readable(b"\xff\x00a"), "\\xff\\x00a");
    }
}
