//! What a decoder takes, refuses and records.

mod examples;
mod hostile;
mod limits;
mod maxima;
mod numbers;
mod shortcuts;
mod strict;
mod timestamps;

use super::*;
use crate::codec::{Encoder, Zero};
use crate::format::cbor::CborEncoder;
use crate::format::json::JsonDecoder;
use crate::format::shapes::{Choice, Item};
use std::collections::BTreeMap;

/// The bytes of hexadecimal digits.
fn hex(digits: &str) -> Vec<u8> {
    let digits = digits.replace(' ', "");
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
}

fn document(json: &str) -> Document {
    JsonDecoder::decode(json.as_bytes()).unwrap()
}

/// The CBOR of what is written in JSON.
fn cbor(json: &str) -> Vec<u8> {
    CborEncoder::encode(&document(json))
}

/// The same in indefinite lengths, each string in chunks of a character.
fn indefinite(value: &Document) -> Vec<u8> {
    let text = |text: &str| {
        let chunks = text.chars().flat_map(|character| CborEncoder::encode(&character.to_string()));
        [vec![0x7f], chunks.collect(), vec![0xff]].concat()
    };
    match value {
        Document::String(value) => text(value),
        Document::List(values) => [vec![0x9f], values.iter().flat_map(indefinite).collect(), vec![0xff]].concat(),
        Document::Object(members) => {
            let members = members.iter().flat_map(|(name, value)| [text(name), indefinite(value)].concat());
            [vec![0xbf], members.collect(), vec![0xff]].concat()
        }
        other => CborEncoder::encode(other),
    }
}

fn strict<T: Decode>(body: &[u8]) -> Result<Vec<(String, ProblemKind)>, DecodeError> {
    let mut decoder = CborDecoder::new(body, Mode::Strict);
    let problems = match T::decode(&mut decoder) {
        Ok(_) => decoder.finish()?,
        Err(error) if matches!(error.kind(), DecodeErrorKind::TooManyProblems(_)) => decoder.into_problems(),
        Err(error) => return Err(error),
    };
    Ok(problems.recorded().iter().cloned().map(|it| (it.path, it.kind)).collect())
}

fn lenient<T: Decode>(body: &[u8]) -> Result<T, String> {
    CborDecoder::decode(body).map_err(|error| error.to_string())
}

/// Passes over whatever it is.
#[derive(Debug)]
struct Skipped;

impl Zero for Skipped {
    fn zero() -> Self {
        Self
    }
}

impl Decode for Skipped {
    fn decode<D: Decoder>(from: &mut D) -> Result<Self, DecodeError> {
        from.skip().map(|()| Self)
    }
}

#[test]
fn members_are_read_in_any_order_and_unknown_ones_skipped() {
    let item = lenient::<Item>(&cbor(r#"{"new":[{"a":null},"x",1.5,true],"size":3,"name":"n"}"#)).unwrap();
    assert_eq!(item, Item { name: "n".into(), size: Some(3), parts: vec![] });
}

#[test]
fn definite_and_indefinite_lengths_are_the_same_values() {
    for json in [
        r#"{"name":"né","size":3,"parts":[{"name":"a","parts":[]},{"name":"","size":-5}],"new":{"a":["b",{}]}}"#,
        r#"{"name":"","parts":[]}"#,
    ] {
        let value = document(json);
        assert_eq!(lenient::<Item>(&indefinite(&value)), lenient::<Item>(&cbor(json)));
        assert_eq!(lenient::<Document>(&indefinite(&value)).unwrap(), value);
        assert_eq!(strict::<Item>(&indefinite(&value)).unwrap(), []);
    }
    for json in [r#"{"name":"n"}"#, r#"{"__type":"x","other":null,"name":"n"}"#, r#"{"name":"n","a":null,"__type":{}}"#] {
        assert_eq!(lenient::<Choice>(&indefinite(&document(json))), Ok(Choice::Name("n".into())));
        assert_eq!(lenient::<Choice>(&cbor(json)), Ok(Choice::Name("n".into())));
    }
}

#[test]
fn a_member_that_is_null_or_undefined_is_a_missing_one() {
    assert_eq!(lenient::<Item>(&cbor(r#"{"name":null,"size":null}"#)).unwrap(), Item::default());
    assert_eq!(lenient::<Item>(&hex("a1 646e616d65 f7")).unwrap(), Item::default());
    assert_eq!(strict::<Item>(&hex("a1 646e616d65 f7")).unwrap(), [("/name".into(), ProblemKind::Missing)]);
}

#[test]
fn a_strict_decoder_records_everything_with_its_path() {
    let problems = strict::<Item>(&cbor(r#"{"size":"x","parts":[{"name":1},{"parts":[{}],"name":"b"},7]}"#)).unwrap();
    let expected = [
        ("/size", ProblemKind::Mistyped("an integer")),
        ("/parts/0/name", ProblemKind::Mistyped("a string")),
        ("/parts/1/parts/0/name", ProblemKind::Missing),
        ("/parts/2", ProblemKind::Mistyped("an object")),
        ("/name", ProblemKind::Missing),
    ];
    assert_eq!(problems, expected.map(|(path, kind)| (path.to_owned(), kind)));
}

#[test]
fn a_lenient_decoder_says_where_a_value_is_of_another_type() {
    let body = cbor(r#"{"parts":[{"name":"a"},{"name":false}]}"#);
    assert_eq!(lenient::<Item>(&body), Err("expected a string at /parts/1/name".into()));
}

#[test]
fn nulls_in_dense_lists_and_maps_are_dropped_and_in_sparse_ones_kept() {
    assert_eq!(lenient::<Vec<i32>>(&hex("83 01 f6 02")).unwrap(), [1, 2]);
    assert_eq!(lenient::<Vec<Option<i32>>>(&hex("83 01 f7 02")).unwrap(), [Some(1), None, Some(2)]);
    assert_eq!(lenient::<BTreeMap<String, i32>>(&cbor(r#"{"a":null,"b":1}"#)).unwrap(), BTreeMap::from([("b".into(), 1)]));
}

#[test]
fn a_union_without_a_member_is_unrecognized_to_the_lenient() {
    assert_eq!(lenient::<Choice>(&cbor(r#"{"name":null}"#)).unwrap(), Choice::zero());
}

#[test]
fn a_union_keeps_a_member_that_it_does_not_know() {
    let choice = lenient::<Choice>(&cbor(r#"{"new":{"b":[1.5],"a":null}}"#)).unwrap();
    assert_eq!(choice, Choice::Unrecognized("new".into(), document(r#"{"b":[1.5],"a":null}"#)));
}

#[test]
fn a_union_has_exactly_one_member() {
    assert!(lenient::<Choice>(&cbor(r#"{"name":"n","new":1}"#)).unwrap_err().contains("exactly one"));
    let twice = [("/0".to_owned(), ProblemKind::Mistyped("a union with exactly one member"))];
    assert_eq!(strict::<Vec<Choice>>(&cbor(r#"[{"name":"n","new":1}]"#)).unwrap(), twice);
    assert_eq!(strict::<Vec<Choice>>(&cbor("[{}]")).unwrap(), twice);
}

#[test]
fn of_two_members_of_one_name_the_last_counts() {
    assert_eq!(lenient::<BTreeMap<String, i32>>(&hex("a2 6161 01 6161 02")).unwrap(), BTreeMap::from([("a".into(), 2)]));
}

#[test]
fn tags_that_nothing_asks_for_are_passed_over() {
    // Self-described CBOR around a structure, a hint to base64 in front of a string, two tags in front of a null.
    assert_eq!(lenient::<Item>(&hex("d9d9f7 a2 646e616d65 d6 616e 6473697a65 d8ff d864 f6")).unwrap().name, "n");
    assert_eq!(strict::<Item>(&hex("d9d9f7 a1 646e616d65 d6 616e")).unwrap(), []);
}

#[test]
fn documents_lose_what_json_has_not() {
    for (body, json) in [
        ("44 01020304", r#""AQIDBA==""#),
        ("c1 1a514b67b0", "1363896240"),
        ("c1 fb41d452d9ec200000", "1363896240.5"),
        ("c4 82 21 196ab3", "273.15"),
        ("f97e00", r#""NaN""#),
        ("f9fc00", r#""-Infinity""#),
    ] {
        assert_eq!(lenient::<Document>(&hex(body)).unwrap(), document(json), "{body}");
    }
}

#[test]
fn documents_come_back() {
    for json in ["[]", "{}", "1", "-1", "1.0", "1.5", "1e300", "-0.0", "123456789012345678901234567890", "null", r#""é""#] {
        assert_eq!(lenient::<Document>(&cbor(json)).unwrap(), document(json), "{json}");
    }
}
