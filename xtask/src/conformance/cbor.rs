//! CBOR as values: <https://www.rfc-editor.org/rfc/rfc8949.html>.

use super::node::Node;
use ciborium::Value;

/// The value that bytes hold, and nothing behind it.
pub(crate) fn parse(mut bytes: &[u8]) -> Option<Value> {
    let value = ciborium::from_reader(&mut bytes).ok()?;
    bytes.is_empty().then_some(value)
}

/// The tag of a time in seconds, which may be an integer or a float: <https://www.rfc-editor.org/rfc/rfc8949.html#section-3.4.2>.
const EPOCH: u64 = 1;

/// Up to here, a double has every integer.
const EXACT: u64 = 1 << f64::MANTISSA_DIGITS;

/// Whether two values are equal: maps in any order, floats of any width, and NaN is NaN.
pub(crate) fn same(one: &Value, two: &Value) -> bool {
    match (one, two) {
        (Value::Float(one), Value::Float(two)) => one == two || one.is_nan() && two.is_nan(),
        (Value::Tag(EPOCH, one), Value::Tag(EPOCH, two)) => {
            same(one, two) || seconds(one).is_some_and(|it| seconds(two) == Some(it))
        }
        (Value::Tag(one, inner), Value::Tag(two, other)) => one == two && same(inner, other),
        (Value::Array(one), Value::Array(two)) => one.len() == two.len() && one.iter().zip(two).all(|(one, two)| same(one, two)),
        (Value::Map(one), Value::Map(two)) => {
            let has = |(key, value): &(Value, Value)| two.iter().any(|(other, it)| same(key, other) && same(value, it));
            one.len() == two.len() && one.iter().all(has)
        }
        (one, two) => one == two,
    }
}

/// The seconds of a time, if a float has them exactly.
fn seconds(value: &Value) -> Option<f64> {
    match value {
        Value::Float(seconds) => Some(*seconds),
        Value::Integer(seconds) => i64::try_from(*seconds).ok().filter(|it| it.unsigned_abs() <= EXACT).map(|it| it as f64),
        _ => None,
    }
}

/// A value as a reader wants it, what JSON does not have in the words of CBOR's diagnostic notation.
pub(crate) fn readable(value: &Value) -> Node {
    match value {
        Value::Null => Node::Null,
        Value::Bool(value) => Node::Bool(*value),
        Value::Integer(number) => Node::Number(i128::from(*number).to_string()),
        Value::Float(number) => Node::Number(format!("{number:?}")),
        Value::Text(text) => Node::String(text.clone()),
        Value::Bytes(bytes) => Node::String(format!("h'{}'", bytes.escape_ascii())),
        Value::Tag(tag, inner) => Node::Object(vec![(format!("tag {tag}"), readable(inner))]),
        Value::Array(elements) => Node::Array(elements.iter().map(readable).collect()),
        Value::Map(entries) => Node::Object(entries.iter().map(|(key, value)| (key_text(key), readable(value))).collect()),
        other => Node::String(format!("{other:?}")),
    }
}

fn key_text(key: &Value) -> String {
    key.as_text().map_or_else(|| readable(key).to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_same(one: &[u8], two: &[u8]) -> bool {
        same(&parse(one).unwrap(), &parse(two).unwrap())
    }

    #[test]
    fn lengths_widths_and_the_order_of_maps_do_not_count() {
        assert!(is_same(b"\xa2aa\x01ab\x02", b"\xbfab\x02aa\x18\x01\xff"));
        assert!(is_same(b"\x82aaab", b"\x9faaab\xff"));
        assert!(is_same(b"\x7faaab\xff", b"bab"));
        assert!(is_same(b"\x5fAaAb\xff", b"Bab"));
        assert!(is_same(b"\xf9\x3c\x00", b"\xfb\x3f\xf0\0\0\0\0\0\0"));
        assert!(is_same(b"\xf9\x7e\x00", b"\xfa\x7f\xc0\0\0"));
        assert!(is_same(b"\xc1\x01", b"\xc1\x19\0\x01"));
        assert!(is_same(b"\xc1\x01", b"\xc1\xf9\x3c\x00"), "the same time");
    }

    #[test]
    fn types_values_and_the_order_of_lists_count() {
        assert!(!is_same(b"\x01", b"\xf9\x3c\x00"), "an integer is no float");
        assert!(!is_same(b"aa", b"Aa"), "text is no bytes");
        assert!(!is_same(b"\x82aaab", b"\x82abaa"));
        assert!(!is_same(b"\xa1aa\x01", b"\xa1aa\x02"));
        assert!(!is_same(b"\xa1aa\x01", b"\xa2aa\x01ab\x01"));
        assert!(!is_same(b"\xc1\x01", b"\x01"), "a time is no number");
        assert!(!is_same(b"\xc1\x02", b"\xc1\xf9\x3c\x00"), "another time");
        assert!(!is_same(b"\xc2\x01", b"\xc2\xf9\x3c\x00"), "another tag");
    }

    #[test]
    fn what_is_cut_off_or_goes_on_is_no_value() {
        for bytes in [&b""[..], b"\xbf", b"\xa1aa", b"\x01\x01", b"\xff"] {
            assert!(parse(bytes).is_none(), "{bytes:?}");
        }
    }

    #[test]
    fn values_are_shown_readably() {
        let shown = |bytes: &[u8]| readable(&parse(bytes).unwrap()).to_string();
        assert_eq!(shown(b"\xa2aa\xc1\xf9\x3e\x00abBhi"), r#"{"a":{"tag 1":1.5},"b":"h'hi'"}"#);
        assert_eq!(shown(b"\xa1\x01\xf9\x7e\x00"), r#"{"1":NaN}"#);
    }
}
