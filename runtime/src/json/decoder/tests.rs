//! What a decoder takes, refuses and records.

use super::*;
use crate::codec::{Encoder, Zero};
use std::collections::BTreeMap;

#[derive(Debug, Default, PartialEq)]
struct Item {
    name: String,
    size: Option<i32>,
    parts: Vec<Item>,
}

impl Structure for Item {
    const REQUIRED: &'static [&'static str] = &["name"];

    fn encode_members<E: Encoder>(&self, _: &mut E) {}

    fn decode_member<D: Decoder>(&mut self, member: &str, from: &mut D) -> Result<(), DecodeError> {
        match member {
            "name" => from.set(&mut self.name),
            "size" => from.set(&mut self.size),
            "parts" => from.set(&mut self.parts),
            _ => from.skip(),
        }
    }
}

crate::structure! { Item: Default {} }

#[derive(Debug, PartialEq)]
enum Choice {
    Name(String),
    Unrecognized(String, Document),
}

impl Decode for Choice {
    fn decode<D: Decoder>(from: &mut D) -> Result<Self, DecodeError> {
        from.union(|tag, from| {
            Ok(match tag {
                "name" => Self::Name(from.value()?),
                _ => Self::Unrecognized(tag.to_owned(), from.value()?),
            })
        })
    }
}

impl Zero for Choice {
    fn zero() -> Self {
        Self::Unrecognized(String::new(), Document::Null)
    }
}

fn strict<T: Decode>(text: &str) -> Result<Vec<(String, ProblemKind)>, DecodeError> {
    let mut decoder = JsonDecoder::new(text.as_bytes(), Mode::Strict);
    T::decode(&mut decoder)?;
    Ok(decoder.finish()?.into_iter().map(|it| (it.path, it.kind)).collect())
}

fn lenient<T: Decode>(text: &str) -> Result<T, String> {
    JsonDecoder::decode(text.as_bytes()).map_err(|error| error.to_string())
}

#[test]
fn members_are_read_in_any_order_and_unknown_ones_skipped() {
    let item = lenient::<Item>(r#" { "new" : [{"a":null},"\""] , "size":3, "name":"n" } "#).unwrap();
    assert_eq!(item, Item { name: "n".into(), size: Some(3), parts: vec![] });
}

#[test]
fn a_null_member_is_a_missing_one() {
    assert_eq!(lenient::<Item>(r#"{"name":null,"size":null}"#).unwrap(), Item::default());
    assert_eq!(strict::<Item>(r#"{"name":null}"#).unwrap(), [("/name".into(), ProblemKind::Missing)]);
}

#[test]
fn a_strict_decoder_records_everything_with_its_path() {
    let problems = strict::<Item>(r#"{"size":"x","parts":[{"name":1},{"parts":[{}],"name":"b"},7]}"#).unwrap();
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
    assert_eq!(lenient::<Item>(r#"{"parts":[{"name":"a"},{"name":false}]}"#), Err("expected a string at /parts/1/name".into()));
}

#[test]
fn nulls_in_dense_lists_and_maps_are_dropped_and_in_sparse_ones_kept() {
    assert_eq!(lenient::<Vec<i32>>("[1,null,2]").unwrap(), [1, 2]);
    assert_eq!(lenient::<Vec<Option<i32>>>("[1,null,2]").unwrap(), [Some(1), None, Some(2)]);
    assert_eq!(lenient::<BTreeMap<String, i32>>(r#"{"a":null,"b":1}"#).unwrap(), BTreeMap::from([("b".into(), 1)]));
}

#[test]
fn a_union_passes_over_nulls_and_its_type() {
    let choice = lenient::<Choice>(r#"{"__type":"x","other":null,"name":"n"}"#).unwrap();
    assert_eq!(choice, Choice::Name("n".into()));
}

#[test]
fn a_union_keeps_a_member_that_it_does_not_know() {
    let choice = lenient::<Choice>(r#"{"new":{"b":[1.50],"a":null}}"#).unwrap();
    let value =
        Document::Object(vec![("b".into(), Document::List(vec![Document::Number("1.50".into())])), ("a".into(), Document::Null)]);
    assert_eq!(choice, Choice::Unrecognized("new".into(), value));
}

#[test]
fn a_union_has_exactly_one_member() {
    assert!(lenient::<Choice>(r#"{"name":"n","new":1}"#).unwrap_err().contains("exactly one"));
    let twice = [("/0".to_owned(), ProblemKind::Mistyped("a union with exactly one member"))];
    assert_eq!(strict::<Vec<Choice>>(r#"[{"name":"n","new":1}]"#).unwrap(), twice);
    assert_eq!(strict::<Vec<Choice>>(r#"[{}]"#).unwrap(), twice);
}

#[test]
fn integers_fit_their_width() {
    assert_eq!(lenient::<i8>("-128"), Ok(-128));
    assert!(lenient::<i8>("128").is_err());
    assert_eq!(lenient::<i64>("9223372036854775807"), Ok(i64::MAX));
    assert!(lenient::<i64>("9223372036854775808").is_err());
}

#[test]
fn whole_numbers_with_a_fraction_are_for_the_lenient() {
    assert_eq!(lenient::<i32>("1e3"), Ok(1000));
    assert_eq!(strict::<Vec<i32>>("[1.0]").unwrap(), [("/0".into(), ProblemKind::Mistyped("an integer"))]);
}

#[test]
fn doubles_survive_exactly() {
    assert_eq!(lenient::<f64>("0.1"), Ok(0.1));
    assert_eq!(lenient::<f64>("1e+22"), Ok(1e22));
    assert_eq!(lenient::<f64>(r#""-Infinity""#), Ok(f64::NEG_INFINITY));
    assert!(lenient::<f64>(r#""nan""#).is_err());
}

#[test]
fn blobs_are_base64() {
    use aws_smithy_types::Blob;
    assert_eq!(lenient::<Blob>(r#""aGk=""#).unwrap(), Blob::new("hi"));
    assert_eq!(crate::json::JsonEncoder::encode(&Blob::new("hi")), br#""aGk=""#);
    assert!(lenient::<Blob>(r#""h""#).is_err());
}

#[test]
fn surrogate_pairs_are_one_character() {
    assert_eq!(lenient::<String>(r#""\ud83d\ude00\u00e9""#).unwrap(), "😀é");
    assert!(lenient::<String>(r#""\ud83d""#).is_err());
}

#[test]
fn problems_do_not_pile_up_without_end() {
    let text = format!("[{}1]", "1,".repeat(10_000));
    assert_eq!(strict::<Vec<String>>(&text).unwrap().len(), MAX_PROBLEMS);
}

#[test]
fn broken_text_is_an_error() {
    for text in [
        "",
        "{",
        "[1",
        "[1,]",
        "[1 2]",
        "{\"name\"}",
        "{\"name\":}",
        "{name:1}",
        "{,}",
        "[01]",
        "tru",
        "1 2",
        "\"\t\"",
        "\"",
        "[-]",
    ] {
        assert!(lenient::<Document>(text).is_err(), "{text}");
    }
}

#[test]
fn invalid_utf_8_is_an_error() {
    assert!(JsonDecoder::decode::<String>(b"\"\xff\"").is_err());
}

#[test]
fn depth_is_limited_before_the_stack_is() {
    let text = "[".repeat(100_000);
    assert!(lenient::<Document>(&text).unwrap_err().starts_with("nested more than 128 levels deep"));
    assert!(lenient::<Vec<()>>(&format!("[{{\"a\":{text}")).unwrap_err().starts_with("nested more than 128"));
}
