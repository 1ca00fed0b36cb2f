//! What a decoder takes, refuses and records.

mod hostile;
mod limits;
mod maxima;
mod strict;

use super::*;
use crate::codec::{Encoder, Zero};
use crate::format::shapes::{Choice, Item};
use std::collections::BTreeMap;

fn strict<T: Decode>(text: &str) -> Result<Vec<(String, ProblemKind)>, DecodeError> {
    let mut decoder = JsonDecoder::new(text.as_bytes(), Mode::Strict);
    let problems = match T::decode(&mut decoder) {
        Ok(_) => decoder.finish()?,
        Err(error) if matches!(error.kind(), DecodeErrorKind::TooManyProblems(_)) => decoder.into_problems(),
        Err(error) => return Err(error),
    };
    Ok(problems.recorded().iter().cloned().map(|it| (it.path, it.kind)).collect())
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
    for text in [r#"{"__type":"x","other":null,"name":"n"}"#, r#"{"name":"n","a":null,"b":null,"__type":{}}"#] {
        assert_eq!(lenient::<Choice>(text).unwrap(), Choice::Name("n".into()));
        assert_eq!(strict::<Choice>(text).unwrap(), []);
    }
}

#[test]
fn a_union_without_a_member_is_unrecognized_to_the_lenient() {
    assert_eq!(lenient::<Choice>(r#"{"name":null}"#).unwrap(), Choice::zero());
}

#[test]
fn of_two_members_of_one_name_the_last_counts() {
    assert_eq!(lenient::<Item>(r#"{"name":"a","name":"b"}"#).unwrap().name, "b");
    assert_eq!(lenient::<BTreeMap<String, i32>>(r#"{"a":1,"a":2}"#).unwrap(), BTreeMap::from([("a".into(), 2)]));
}

#[test]
fn a_name_is_known_by_its_characters_not_by_its_escapes() {
    assert_eq!(lenient::<Item>(r#"{"\u006eame":"n"}"#).unwrap().name, "n");
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
fn a_number_too_large_for_its_width_is_infinite_to_the_lenient() {
    assert_eq!(lenient::<f64>("1e400"), Ok(f64::INFINITY));
    assert_eq!(lenient::<f32>("-1e39"), Ok(f32::NEG_INFINITY));
}

#[test]
fn a_float_is_rounded_once() {
    // A little more than halfway between two floats; as a double, just halfway.
    assert_eq!(lenient::<f32>("1.000000059604644775390626"), Ok(1.000_000_1));
}

#[test]
fn numbers_of_any_size_keep_their_digits() {
    let digits = "-12345678901234567890.5e-400";
    assert_eq!(lenient::<Document>(digits), Ok(Document::Number(digits.into())));
    assert_eq!(JsonDecoder::new(digits.as_bytes(), Mode::Lenient).number::<String>("a number").unwrap(), digits);
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
    assert_eq!(crate::format::json::JsonEncoder::encode(&Blob::new("hi")), br#""aGk=""#);
    assert!(lenient::<Blob>(r#""h""#).is_err());
}

#[test]
fn surrogate_pairs_are_one_character() {
    assert_eq!(lenient::<String>(r#""\ud83d\ude00\u00e9""#).unwrap(), "😀é");
    assert!(lenient::<String>(r#""\ud83d""#).is_err());
}
