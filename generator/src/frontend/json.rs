//! A JSON tree that keeps the order of keys: the order of a structure's members is information, and `serde_json`'s own map
//! sorts it away.

use super::SourceFile;
use crate::diagnostic::{Diagnostics, Place};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Number;
use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

/// Up to here, comparing every pair of keys is cheaper than hashing them.
const SMALL_OBJECT: usize = 12;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(Cow<'a, str>),
    /// An array.
    Array(Vec<Json<'a>>),
    /// An object, its keys distinct and in the order of the text.
    Object(Vec<Entry<'a>>),
}

/// A key of an object, and its value.
pub(crate) type Entry<'a> = (Cow<'a, str>, Json<'a>);

/// Parses a file; reports what is no JSON.
pub(crate) fn parse<'a>(file: SourceFile<'a>, diagnostics: &mut Diagnostics) -> Option<Json<'a>> {
    match Json::parse(file.text) {
        Ok(json) => Some(json),
        Err(error) => {
            diagnostics.error(&Place::file(file.name), format!("not a JSON model: {error}"), "check how the file was made");
            None
        }
    }
}

impl<'a> Json<'a> {
    /// Parses a text.
    fn parse(text: &'a str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// What the value is, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }

    /// Takes over what `other` has: objects are merged key by key, anything else is replaced.
    pub(crate) fn merge(&mut self, other: Json<'a>) {
        match (self, other) {
            (Self::Object(entries), Self::Object(others)) => {
                for (key, value) in others {
                    match entries.iter_mut().find(|(known, _)| *known == key) {
                        Some((_, known)) => known.merge(value),
                        None => entries.push((key, value)),
                    }
                }
            }
            (this, other) => *this = other,
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Json<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Json::Bool(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        Number::from_f64(value).map(Json::Number).ok_or_else(|| E::custom("a number that is not finite"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Json::String(Cow::Owned(value.to_owned())))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Json::String(Cow::Borrowed(value)))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Self::Value, E> {
        Ok(Json::String(Cow::Owned(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = access.next_element()? {
            values.push(value);
        }
        Ok(Json::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut entries: Vec<Entry<'de>> = Vec::new();
        while let Some(Key(key)) = access.next_key()? {
            entries.push((key, access.next_value()?));
        }
        match repeated_key(&entries) {
            Some(key) => Err(A::Error::custom(format_args!("the key `{key}` occurs twice in one object"))),
            None => Ok(Json::Object(entries)),
        }
    }
}

/// A key, borrowed where it has no escapes.
#[derive(serde::Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

fn repeated_key<'e>(entries: &'e [Entry<'_>]) -> Option<&'e str> {
    if entries.len() <= SMALL_OBJECT {
        let is_repeated = |index: usize, key: &str| entries.iter().take(index).any(|(earlier, _)| earlier == key);
        return entries.iter().enumerate().find(|(index, (key, _))| is_repeated(*index, key)).map(|(_, (key, _))| key.as_ref());
    }
    let mut seen = HashSet::with_capacity(entries.len());
    entries.iter().map(|(key, _)| key.as_ref()).find(|key| !seen.insert(*key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_order_of_keys() {
        let Ok(Json::Object(entries)) = Json::parse(r#"{"b": 1, "a": [null, "x\n"]}"#) else { panic!("no object") };
        assert_eq!(entries.iter().map(|(key, _)| key.as_ref()).collect::<Vec<_>>(), ["b", "a"]);
    }

    #[test]
    fn refuses_repeated_keys() {
        let error = Json::parse(r#"{"a": 1, "a": 2}"#).unwrap_err();
        assert!(error.to_string().starts_with("the key `a` occurs twice in one object at line 1"), "{error}");
    }

    #[test]
    fn merges_deeply() {
        let mut json = Json::parse(r#"{"a": {"b": 1, "c": 2}}"#).unwrap();
        json.merge(Json::parse(r#"{"a": {"c": [3], "d": 4}}"#).unwrap());
        assert_eq!(json, Json::parse(r#"{"a": {"b": 1, "c": [3], "d": 4}}"#).unwrap());
    }
}
