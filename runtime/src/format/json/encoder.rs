//! Writing JSON. The shortest form of a number comes from serde_json.

use super::Flavour;
use super::scan::plain_run;
use crate::codec::{Encode, Encoder};
use crate::timestamp::{DateTime, TimestampFormat};
use aws_smithy_types::base64;

/// Writes JSON without white space.
#[derive(Debug, Default)]
pub struct JsonEncoder {
    bytes: Vec<u8>,
    flavour: Flavour,
}

impl JsonEncoder {
    /// An encoder for [RPC protocols](super::RpcJson).
    pub fn rpc() -> Self {
        Self { bytes: Vec::new(), flavour: Flavour::Rpc }
    }

    /// The JSON text of a value.
    pub fn encode<T: Encode>(value: &T) -> Vec<u8> {
        let mut encoder = Self::default();
        value.encode(&mut encoder);
        encoder.into_bytes()
    }

    /// How much was written, in bytes.
    pub(crate) fn length(&self) -> usize {
        self.bytes.len()
    }

    /// What was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// A comma, unless this is the first thing between the brackets: no value ends in an opening bracket.
    fn separate(&mut self) {
        if !matches!(self.bytes.last(), None | Some(b'{' | b'[')) {
            self.bytes.push(b',');
        }
    }

    fn key(&mut self, name: &str) {
        self.separate();
        self.string(name);
        self.bytes.push(b':');
    }

    fn push_number<T: serde::Serialize>(&mut self, value: &T) {
        // A number into memory: nothing can fail.
        let _ = serde_json::to_writer(&mut self.bytes, value);
    }

    /// Goes on behind the first `plain` bytes of a string, where something has to be escaped.
    #[cold]
    fn push_escaped(&mut self, value: &[u8], plain: usize) {
        let (mut rest, mut plain) = (value, plain);
        while let Some((run, [special, behind @ ..])) = rest.split_at_checked(plain) {
            self.bytes.extend_from_slice(run);
            self.push_escape(*special);
            rest = behind;
            plain = plain_run(rest);
        }
        self.bytes.extend_from_slice(rest);
    }

    fn push_escape(&mut self, special: u8) {
        let short = match special {
            b'"' | b'\\' => special,
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0x8 => b'b',
            0xc => b'f',
            // A control character: below 0x20.
            _ => {
                const DIGITS: &[u8; 16] = b"0123456789abcdef";
                let digit = DIGITS[usize::from(special & 0xf)];
                return self.bytes.extend_from_slice(&[b'\\', b'u', b'0', b'0', b'0' + (special >> 4), digit]);
            }
        };
        self.bytes.extend_from_slice(&[b'\\', short]);
    }
}

impl Encoder for JsonEncoder {
    fn object(&mut self, members: impl FnOnce(&mut Self)) {
        self.bytes.push(b'{');
        members(self);
        self.bytes.push(b'}');
    }

    fn binds_http(&self) -> bool {
        self.flavour == Flavour::Rest
    }

    fn has_model_names(&self) -> bool {
        self.flavour == Flavour::Rpc
    }

    fn member<T: Encode + ?Sized>(&mut self, name: &str, value: &T) {
        if value.is_set() {
            self.key(name);
            value.encode(self);
        }
    }

    fn list<T: Encode>(&mut self, elements: impl Iterator<Item = T>) {
        self.bytes.push(b'[');
        for element in elements {
            self.separate();
            element.encode(self);
        }
        self.bytes.push(b']');
    }

    fn map<'t, T: Encode>(&mut self, entries: impl Iterator<Item = (&'t str, T)>) {
        self.bytes.push(b'{');
        for (key, value) in entries {
            self.key(key);
            value.encode(self);
        }
        self.bytes.push(b'}');
    }

    fn null(&mut self) {
        self.bytes.extend_from_slice(b"null");
    }

    fn boolean(&mut self, value: bool) {
        self.bytes.extend_from_slice(if value { b"true" } else { b"false" });
    }

    fn integer(&mut self, value: i64) {
        self.push_number(&value);
    }

    fn float(&mut self, value: f32) {
        match special(value.into()) {
            Some(name) => self.string(name),
            None => self.push_number(&value),
        }
    }

    fn double(&mut self, value: f64) {
        match special(value) {
            Some(name) => self.string(name),
            None => self.push_number(&value),
        }
    }

    fn number(&mut self, digits: &str) {
        self.bytes.extend_from_slice(digits.as_bytes());
    }

    fn string(&mut self, value: &str) {
        let value = value.as_bytes();
        let plain = plain_run(value);
        self.bytes.reserve(value.len() + 2);
        self.bytes.push(b'"');
        match plain == value.len() {
            true => self.bytes.extend_from_slice(value),
            false => self.push_escaped(value, plain),
        }
        self.bytes.push(b'"');
    }

    fn blob(&mut self, value: &[u8]) {
        self.string(&base64::encode(value));
    }

    fn timestamp(&mut self, value: &DateTime, format: Option<TimestampFormat>) {
        let format = format.unwrap_or(super::TIMESTAMPS);
        // Past the year 9999 only a number is left to say it.
        match (format, format.write(value)) {
            (TimestampFormat::EpochSeconds, Some(text)) => self.number(&text),
            (_, Some(text)) => self.string(&text),
            (_, None) => self.integer(value.secs()),
        }
    }
}

/// The name of a number that JSON cannot write.
fn special(value: f64) -> Option<&'static str> {
    match value {
        value if value.is_nan() => Some("NaN"),
        f64::INFINITY => Some("Infinity"),
        f64::NEG_INFINITY => Some("-Infinity"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use std::collections::BTreeMap;

    fn json<T: Encode>(value: &T) -> String {
        String::from_utf8(JsonEncoder::encode(value)).unwrap()
    }

    struct Pair(Option<i32>, Vec<String>);

    impl Encode for Pair {
        fn encode<E: Encoder>(&self, to: &mut E) {
            to.object(|to| {
                to.member("a", &self.0);
                to.member("b", &self.1);
            });
        }
    }

    #[test]
    fn a_member_that_is_not_set_is_not_written() {
        assert_eq!(json(&Pair(None, vec![])), r#"{"b":[]}"#);
        assert_eq!(json(&Pair(Some(1), vec!["x".into(), "{".into(), "y".into()])), r#"{"a":1,"b":["x","{","y"]}"#);
    }

    #[test]
    fn a_union_is_an_object_of_one() {
        let mut encoder = JsonEncoder::default();
        encoder.variant("Url", "u");
        assert_eq!(encoder.into_bytes(), br#"{"Url":"u"}"#);
    }

    #[test]
    fn what_json_cannot_write_is_a_string() {
        assert_eq!(json(&vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1.5]), r#"["NaN","Infinity","-Infinity",1.5]"#);
    }

    #[test]
    fn a_float_keeps_its_own_precision() {
        assert_eq!(json(&0.1f32), "0.1");
    }

    #[test]
    fn strings_are_escaped() {
        assert_eq!(json(&"a\"\\\n\u{1}é".to_owned()), r#""a\"\\\n\u0001é""#);
    }

    #[test]
    fn timestamps_are_numbers_unless_a_format_says_otherwise() {
        let value = DateTime::from_secs_and_nanos(1_706_933_106, 123_456_000);
        assert_eq!(json(&value), "1706933106.123456");
        assert_eq!(json(&crate::codec::Rfc3339(&value)), r#""2024-02-03T04:05:06.123456Z""#);
    }

    #[test]
    fn maps_and_documents_keep_their_order() {
        let document = Document::Object(vec![("b".into(), Document::Null), ("a".into(), Document::Number("1.10".into()))]);
        let map = BTreeMap::from([("k".to_owned(), document)]);
        assert_eq!(json(&map), r#"{"k":{"b":null,"a":1.10}}"#);
    }
}
