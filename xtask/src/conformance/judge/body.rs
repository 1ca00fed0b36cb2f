//! Bodies, by their formats.

use super::{Difference, NOTHING};
use crate::conformance::cbor;
use crate::conformance::format::Format;
use crate::conformance::node::Node;
use crate::conformance::suite::{Body, BodyAssertion};
use regex::Regex;

pub(super) fn compare(expected: &Body, came: &[u8]) -> Option<Difference> {
    let is_same = |bytes: &Vec<u8>| is_same(bytes, came, expected.format);
    match &expected.assertion {
        BodyAssertion::Contents(bytes) if is_same(bytes) => None,
        BodyAssertion::Contents(bytes) => Some(Difference::new("body", readable(bytes), readable(came))),
        BodyAssertion::OneOf(several) if several.iter().any(is_same) => None,
        BodyAssertion::OneOf(several) => {
            Some(Difference::new("body", several.first().map(|bytes| readable(bytes)).unwrap_or_default(), readable(came)))
        }
        BodyAssertion::MessageMatches(expression) => compare_message(expression, came, expected.format),
    }
}

fn is_same(expected: &[u8], came: &[u8], format: Format) -> bool {
    expected == came
        || match format {
            Format::Json => is_same_json(expected, came),
            Format::Cbor => is_same_cbor(expected, came),
            Format::Other => false,
        }
}

fn is_same_json(expected: &[u8], came: &[u8]) -> bool {
    match (json(expected), json(came)) {
        (Some(expected), Some(came)) => expected.same(&came),
        _ => false,
    }
}

fn is_same_cbor(expected: &[u8], came: &[u8]) -> bool {
    match (cbor::parse(expected), cbor::parse(came)) {
        (Some(expected), Some(came)) => cbor::same(&expected, &came),
        _ => false,
    }
}

fn compare_message(expression: &str, came: &[u8], format: Format) -> Option<Difference> {
    let body = match format {
        Format::Cbor => cbor::parse(came).map(|value| cbor::readable(&value)),
        Format::Json | Format::Other => json(came),
    };
    let body = body.unwrap_or(Node::Null);
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

/// A body as a reader wants it: values over several lines, bytes that are no text as such. No map in CBOR is text.
pub(super) fn readable(body: &[u8]) -> String {
    if body.is_empty() {
        return NOTHING.to_owned();
    }
    if let Some(json) = json(body) {
        return json.pretty();
    }
    match (std::str::from_utf8(body), cbor::parse(body)) {
        (Ok(text), _) => text.to_owned(),
        (Err(_), Some(value)) => cbor::readable(&value).pretty(),
        (Err(_), None) => body.escape_ascii().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(expected: &str, came: &str, format: Format) -> bool {
        let assertion = BodyAssertion::Contents(expected.as_bytes().to_vec());
        compare(&Body { assertion, format }, came.as_bytes()).is_none()
    }

    #[test]
    fn json_is_compared_by_value_and_anything_else_by_bytes() {
        assert!(same("{\n  \"a\": 1\n}\n", r#"{"a":1}"#, Format::Json));
        assert!(!same(r#"{"a":1}"#, r#"{"a":2}"#, Format::Json));
        assert!(same("a b", "a b", Format::Json), "what is no JSON may be expected");
        assert!(!same("a", "b", Format::Json));
        assert!(!same("1 ", "1", Format::Other));
        assert!(same("a b", "a b", Format::Other));
    }

    #[test]
    fn cbor_is_compared_by_value() {
        let same = |came: &[u8]| {
            let assertion = BodyAssertion::Contents(b"\xa1aa\x01".to_vec());
            compare(&Body { assertion, format: Format::Cbor }, came).is_none()
        };
        assert!(same(b"\xa1aa\x01") && same(b"\xbfaa\x18\x01\xff"));
        assert!(!same(b"\xa1aa\x02") && !same(b"") && !same(b"\xa1aa"));
    }

    #[test]
    fn an_empty_body_is_empty() {
        assert!(same("", "", Format::Json));
        assert!(!same("", "{}", Format::Json));
        assert!(!same("{}", "", Format::Json));
    }

    #[test]
    fn one_of_several_bodies_is_enough_and_another_is_not() {
        let one_of = |came: &str| {
            let bodies = [r#"{"a": "$$"}"#, r#"{"a": "$"}"#].map(|body| body.as_bytes().to_vec());
            compare(&Body { assertion: BodyAssertion::OneOf(bodies.to_vec()), format: Format::Json }, came.as_bytes()).is_none()
        };
        assert!(one_of(r#"{"a":"$"}"#) && one_of(r#"{"a":"$$"}"#));
        assert!(!one_of(r#"{"a":"$$$"}"#));
    }

    #[test]
    fn a_message_matches_an_expression() {
        let matches = |expression: &str, came: &[u8], format| {
            compare(&Body { assertion: BodyAssertion::MessageMatches(expression.to_owned()), format }, came).is_none()
        };
        assert!(matches("^one .*", br#"{"message": "one two"}"#, Format::Json));
        assert!(matches("two$", br#"{"Message": "one two"}"#, Format::Json));
        assert!(!matches("^two", br#"{"message": "one two"}"#, Format::Json));
        assert!(!matches(".*", b"no JSON", Format::Json));
        assert!(!matches("(", br#"{"message": "("}"#, Format::Json));
        assert!(matches("^one$", b"\xa1gmessagecone", Format::Cbor));
        assert!(!matches(".*", b"\xa1gmessage\x01", Format::Cbor));
    }

    #[test]
    fn bodies_are_shown_readably() {
        assert_eq!(readable(b""), "(nothing)");
        assert_eq!(readable(br#"{"a":[1]}"#), "{\n  \"a\": [\n    1\n  ]\n}");
        assert_eq!(readable(b"\xa1aa\x01"), "{\n  \"a\": 1\n}");
        assert_eq!(readable(b"\xff\x00a"), "\\xff\\x00a");
    }
}
