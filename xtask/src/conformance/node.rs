//! A JSON value that keeps the digits of its numbers and the order of its objects: `serde_json`'s own number is an `f64` where
//! a test case means a number of any size, and its switch for that would reach into the generator, too.

use anyhow::{Context, bail};
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt::{self, Write as _};

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Null,
    Bool(bool),
    /// A number, as it is written.
    Number(String),
    String(String),
    Array(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    /// Parses a text.
    pub(crate) fn parse(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str::<&RawValue>(text).and_then(Self::read)
    }

    fn read(raw: &RawValue) -> Result<Self, serde_json::Error> {
        let text = raw.get();
        Ok(match text.as_bytes().first() {
            Some(b'n') => Self::Null,
            Some(b't' | b'f') => Self::Bool(text == "true"),
            Some(b'"') => Self::String(serde_json::from_str(text)?),
            Some(b'[') => {
                let elements: Vec<&RawValue> = serde_json::from_str(text)?;
                Self::Array(elements.into_iter().map(Self::read).collect::<Result<_, _>>()?)
            }
            Some(b'{') => {
                let members = serde_json::Deserializer::from_str(text).deserialize_map(Members)?;
                let read = |(name, value): (Cow<'_, str>, &RawValue)| Ok((name.into_owned(), Self::read(value)?));
                Self::Object(members.into_iter().map(read).collect::<Result<_, serde_json::Error>>()?)
            }
            _ => Self::Number(text.to_owned()),
        })
    }

    /// The member of this name.
    pub(crate) fn get(&self, name: &str) -> Option<&Node> {
        self.members().iter().find(|(member, _)| member == name).map(|(_, value)| value)
    }

    /// The member of this name, which has to be there.
    pub(crate) fn need(&self, name: &str) -> anyhow::Result<&Node> {
        self.get(name).with_context(|| format!("`{name}` is missing"))
    }

    /// The members of an object; of anything else, none.
    pub(crate) fn members(&self) -> &[(String, Node)] {
        match self {
            Self::Object(members) => members,
            _ => &[],
        }
    }

    /// The elements of an array; of anything else, none.
    pub(crate) fn elements(&self) -> &[Node] {
        match self {
            Self::Array(elements) => elements,
            _ => &[],
        }
    }

    /// Whether an array or object has nothing in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.members().is_empty() && self.elements().is_empty()
    }

    /// The text of a string.
    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a string, which it has to be.
    pub(crate) fn text(&self) -> anyhow::Result<&str> {
        match self.as_str() {
            Some(text) => Ok(text),
            None => bail!("`{self}` is not a string"),
        }
    }

    /// The member of this name as a string, if it is there.
    pub(crate) fn text_of(&self, name: &str) -> anyhow::Result<Option<String>> {
        self.get(name).map(|text| text.text().map(str::to_owned).with_context(|| format!("in `{name}`"))).transpose()
    }

    /// The member of this name as strings; none when it is not there.
    pub(crate) fn texts_of(&self, name: &str) -> anyhow::Result<Vec<String>> {
        let texts = self.get(name).map_or(&[] as &[Node], Node::elements);
        texts.iter().map(|text| text.text().map(str::to_owned).with_context(|| format!("in `{name}`"))).collect()
    }

    /// Whether two values are equal: numbers by their value, objects in any order.
    pub(crate) fn same(&self, other: &Node) -> bool {
        match (self, other) {
            (Self::Number(one), Self::Number(two)) => Decimal::parse(one) == Decimal::parse(two),
            (Self::Array(one), Self::Array(two)) => one.len() == two.len() && one.iter().zip(two).all(|(a, b)| a.same(b)),
            (Self::Object(one), Self::Object(two)) => {
                one.len() == two.len() && one.iter().all(|(name, value)| other.get(name).is_some_and(|it| value.same(it)))
            }
            (one, two) => one == two,
        }
    }

    /// The value over several lines.
    pub(crate) fn pretty(&self) -> String {
        let mut text = String::new();
        self.write_pretty(0, &mut text);
        text
    }

    fn write_pretty(&self, depth: usize, text: &mut String) {
        let line = |depth: usize, text: &mut String| {
            let _ = write!(text, "\n{:1$}", "", depth * 2);
        };
        match self {
            Self::Array(elements) if !elements.is_empty() => {
                text.push('[');
                for (index, element) in elements.iter().enumerate() {
                    text.push_str(if index > 0 { "," } else { "" });
                    line(depth + 1, text);
                    element.write_pretty(depth + 1, text);
                }
                line(depth, text);
                text.push(']');
            }
            Self::Object(members) if !members.is_empty() => {
                text.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    text.push_str(if index > 0 { "," } else { "" });
                    line(depth + 1, text);
                    let _ = write!(text, "{}: ", serde_json::Value::from(name.as_str()));
                    value.write_pretty(depth + 1, text);
                }
                line(depth, text);
                text.push('}');
            }
            other => {
                let _ = write!(text, "{other}");
            }
        }
    }
}

/// As compact JSON.
impl fmt::Display for Node {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => formatter.write_str("null"),
            Self::Bool(value) => write!(formatter, "{value}"),
            Self::Number(digits) => formatter.write_str(digits),
            Self::String(text) => write!(formatter, "{}", serde_json::Value::from(text.as_str())),
            Self::Array(elements) => {
                formatter.write_char('[')?;
                for (index, element) in elements.iter().enumerate() {
                    write!(formatter, "{}{element}", if index > 0 { "," } else { "" })?;
                }
                formatter.write_char(']')
            }
            Self::Object(members) => {
                formatter.write_char('{')?;
                for (index, (name, value)) in members.iter().enumerate() {
                    let name = serde_json::Value::from(name.as_str());
                    write!(formatter, "{}{name}:{value}", if index > 0 { "," } else { "" })?;
                }
                formatter.write_char('}')
            }
        }
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Vec<(Cow<'de, str>, &'de RawValue)>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some((name, value)) = access.next_entry::<String, &RawValue>()? {
            members.push((Cow::Owned(name), value));
        }
        Ok(members)
    }
}

/// A decimal number of any size: `digits` with the point before the last `-exponent` of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    negative: bool,
    /// Without zeros at either end; empty for zero.
    digits: String,
    exponent: i64,
}

impl Decimal {
    /// A JSON number; `None`, when the text is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (text, 0),
        };
        let (negative, mantissa) = match mantissa.strip_prefix('-') {
            Some(mantissa) => (true, mantissa),
            None => (false, mantissa),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        if all.is_empty() || !all.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        let kept = all.trim_end_matches('0');
        let exponent = exponent - i64::try_from(fraction.len()).ok()? + i64::try_from(all.len() - kept.len()).ok()?;
        let digits = kept.trim_start_matches('0').to_owned();
        Some(match digits.is_empty() {
            true => Self { negative: false, digits, exponent: 0 },
            false => Self { negative, digits, exponent },
        })
    }

    /// The whole seconds, rounded down, and the nanoseconds after them.
    pub(crate) fn seconds_and_nanoseconds(&self) -> Option<(i64, u32)> {
        if self.digits.is_empty() {
            return Some((0, 0));
        }
        // Less than nothing is finer than a nanosecond.
        let zeros = u32::try_from(self.exponent.checked_add(9)?).ok()?;
        let nanoseconds = self.digits.parse::<i128>().ok()?.checked_mul(10_i128.checked_pow(zeros)?)?;
        let nanoseconds = if self.negative { -nanoseconds } else { nanoseconds };
        let rest = u32::try_from(nanoseconds.rem_euclid(1_000_000_000)).ok()?;
        Some((i64::try_from(nanoseconds.div_euclid(1_000_000_000)).ok()?, rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(one: &str, two: &str) -> bool {
        Node::parse(one).unwrap().same(&Node::parse(two).unwrap())
    }

    #[test]
    fn json_is_compared_by_value() {
        assert!(same(r#"{"a": 1, "b": [true, null]}"#, r#"{ "b" : [true,null], "a":1.0 }"#));
        assert!(same(r#""caf\u00e9""#, r#""café""#));
        assert!(!same(r#"{"a": 1}"#, r#"{"a": 1, "b": null}"#));
        assert!(!same("[1, 2]", "[2, 1]"));
        assert!(!same("1", r#""1""#));
        assert!(!same("null", "false"));
    }

    #[test]
    fn numbers_are_compared_exactly() {
        assert!(same("1e2", "100.0"));
        assert!(same("-0", "0"));
        assert!(!same("1.1", "1.100000023841858"));
        assert!(!same("123456789123456789123456789", "123456789123456789123456788"));
        assert!(!same("5", "-5"));
    }

    #[test]
    fn digits_and_order_are_kept() {
        let text = r#"{"z":[0.10,12345678901234567890123,null],"a":{"b":"\"","c":true}}"#;
        assert_eq!(Node::parse(text).unwrap().to_string(), text);
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for text in ["", "{", "{}{}", "nul", "[1,]", "01"] {
            assert!(Node::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn seconds_have_fractions_and_exponents() {
        let split = |text: &str| Decimal::parse(text).unwrap().seconds_and_nanoseconds();
        assert_eq!(split("1398796238"), Some((1_398_796_238, 0)));
        assert_eq!(split("9.46845296123E8"), Some((946_845_296, 123_000_000)));
        assert_eq!(split("-1.5"), Some((-2, 500_000_000)));
        assert_eq!(split("0"), Some((0, 0)));
        assert_eq!(split("0.0000000001"), None);
    }
}
