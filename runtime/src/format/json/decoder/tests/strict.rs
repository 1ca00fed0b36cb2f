//! What a server refuses: <https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#shape-serialization>.

use super::*;
use aws_smithy_types::Blob;

/// Whether a server takes `text` as the only element of a list, so that the error has a place.
#[track_caller]
fn check<T: Decode>(text: &str, taken: bool) {
    let whole = format!("[{text}]");
    match strict::<Vec<T>>(&whole) {
        Ok(problems) => assert_eq!(problems.is_empty(), taken, "{text}: {problems:?}"),
        Err(error) => assert!(!taken, "{text}: {error}"),
    }
}

#[track_caller]
fn takes<T: Decode>(texts: &[&str]) {
    texts.iter().for_each(|text| check::<T>(text, true));
}

#[track_caller]
fn refuses<T: Decode>(texts: &[&str]) {
    texts.iter().for_each(|text| check::<T>(text, false));
}

#[test]
fn a_boolean_is_one_of_two_words() {
    takes::<bool>(&["true", "false"]);
    refuses::<bool>(&["True", "FALSE", "\"true\"", "0", "1", "yes", "off", "[]", "{}", "null"]);
}

#[test]
fn an_integer_is_a_whole_number_that_fits() {
    takes::<i8>(&["0", "-0", "127", "-128", "1.0", "1e2"]);
    refuses::<i8>(&["128", "-129", "256", "1e3"]);
    takes::<i16>(&["32767", "-32768"]);
    refuses::<i16>(&["32768", "-32769"]);
    takes::<i32>(&["2147483647", "-2147483648", "2.147483647e9"]);
    refuses::<i32>(&["2147483648", "-2147483649", "123000000000000000000000", "1e999999999"]);
    takes::<i64>(&["9223372036854775807", "-9223372036854775808"]);
    refuses::<i64>(&["9223372036854775808", "-9223372036854775809"]);
}

#[test]
fn an_integer_is_not_rounded_and_nothing_else_is_one() {
    refuses::<i32>(&["1.001", "0.5", "1e-1"]);
    refuses::<i32>(&["\"123\"", "\"\"", "true", "null", "[1]", "{\"a\":1}"]);
    refuses::<i32>(&["2ABC", "0x42", "+1", "01", "Infinity", "-Infinity", "NaN", "\"Infinity\"", "\"-Infinity\"", "\"NaN\""]);
}

#[test]
fn a_double_is_a_number_or_the_name_of_one() {
    takes::<f64>(&["0", "1", "-1.5", "1e308", "5e-324", "\"NaN\"", "\"Infinity\"", "\"-Infinity\""]);
    refuses::<f64>(&["\"1.5\"", "\"\"", "\"nan\"", "\"inf\"", "\"+Infinity\"", "\"infinity\"", "true", "null", "[1]", "{}"]);
    refuses::<f64>(&["NaN", "Infinity", "-Infinity", "0x42", "2ABC", "1.", ".5", "1e400", "-1e400"]);
}

#[test]
fn a_float_is_a_number_that_fits() {
    takes::<f32>(&["1.5", "3.4e38", "\"NaN\"", "1e-60"]);
    refuses::<f32>(&["1e39", "\"1.5\"", "false"]);
}

#[test]
fn a_string_is_in_quotes() {
    takes::<String>(&["\"\"", "\"1\"", r#""\u0000""#]);
    refuses::<String>(&["1", "true", "null", "[]", "{}", "'a'", "a", r#""\ud83d""#]);
}

#[test]
fn a_blob_is_base64_with_its_padding() {
    takes::<Blob>(&["\"\"", "\"aGk=\"", "\"aGkh\"", "\"aA==\"", "\"+/+/\"", r#""\u0061GkP""#]);
    // Broken lengths, missing and superfluous padding, another alphabet, white space, bits that nothing stands for.
    refuses::<Blob>(&[
        "\"a\"",
        "\"aG\"",
        "\"aGk\"",
        "\"aGk==\"",
        "\"aGkh=\"",
        "\"=\"",
        "\"====\"",
        "\"aG=k\"",
        "\"-_==\"",
        "\"-_-_\"",
    ]);
    refuses::<Blob>(&["\"aG k\"", "\"aGkh\\n\"", "\" aGkh\"", "\"aGl=\"", "\"aB==\"", "\"é\""]);
    refuses::<Blob>(&["1", "true", "[97]", "[\"a\"]", "{}", "blob"]);
}

/// A timestamp in the two formats that are text.
#[derive(Debug)]
struct At<const HTTP: bool>;

impl<const HTTP: bool> Zero for At<HTTP> {
    fn zero() -> Self {
        Self
    }
}

impl<const HTTP: bool> Decode for At<HTTP> {
    fn decode<D: Decoder>(from: &mut D) -> Result<Self, DecodeError> {
        from.timestamp(Some(if HTTP { TimestampFormat::HttpDate } else { TimestampFormat::DateTime })).map(|_| Self)
    }
}

#[test]
fn epoch_seconds_are_a_number() {
    takes::<DateTime>(&["0", "-1", "1706933106", "1706933106.123", "1.7e9"]);
    refuses::<DateTime>(&[
        "\"1706933106\"",
        "\"1706933106.123\"",
        "\"2024-02-03T04:05:06Z\"",
        "\"Sat, 03 Feb 2024 04:05:06 GMT\"",
    ]);
    refuses::<DateTime>(&["true", "{}", "1706933106ABC", "0x42", "1706933106.123.456", "1e400", "Infinity", "\"NaN\"", "NaN"]);
}

#[test]
fn a_date_time_is_rfc_3339_in_utc() {
    takes::<At<false>>(&["\"2024-02-03T04:05:06Z\"", "\"2024-02-03T04:05:06.123456Z\""]);
    refuses::<At<false>>(&["1706933106", "\"1706933106\"", "\"Sat, 03 Feb 2024 04:05:06 GMT\"", "\"\"", "null", "true"]);
    refuses::<At<false>>(&["\"2024-02-03T04:05:06+01:00\"", "\"2024-02-03T04:05:06-08:00\"", "\"2024-02-03T04:05:06\""]);
    refuses::<At<false>>(&["\"2024-02-03\"", "\"2024-02-03T04:05Z\"", "\"20240203T040506Z\"", "\"2024-02-03 04:05:06Z\""]);
    refuses::<At<false>>(&["\"2024-02-30T04:05:06Z\"", "\"2024-02-03T24:05:06Z\"", "\"2024-02-03T04:05:06z\""]);
}

#[test]
fn an_http_date_is_the_fixed_form() {
    takes::<At<true>>(&["\"Sat, 03 Feb 2024 04:05:06 GMT\"", "\"Sat, 03 Feb 2024 04:05:06.123 GMT\""]);
    refuses::<At<true>>(&["1706933106", "\"1706933106\"", "\"2024-02-03T04:05:06Z\"", "\"03 Feb 2024 04:05:06 GMT\"", "true"]);
    refuses::<At<true>>(&[
        "\"Sat, 03 Feb 2024 04:05:06 UTC\"",
        "\"Sat, 03 Feb 2024 04:05:06 +0100\"",
        "\"Sat, 30 Feb 2024 04:05:06 GMT\"",
    ]);
}

#[test]
fn a_list_a_map_and_a_structure_are_what_they_are() {
    takes::<Vec<i32>>(&["[]", "[1,2]"]);
    refuses::<Vec<i32>>(&["{}", "{\"0\":1}", "1", "\"[]\"", "[1,]", "[1", "[1 2]", "[\"a\"]"]);
    takes::<BTreeMap<String, i32>>(&["{}", "{\"a\":1}"]);
    refuses::<BTreeMap<String, i32>>(&["[]", "[[\"a\",1]]", "1", "{null:1}", "{a:1}", "{\"a\":1,}", "{\"a\":\"b\"}"]);
    takes::<Item>(&[r#"{"name":"n"}"#, r#"{"name":"n","new":{}}"#]);
    refuses::<Item>(&["[]", "\"n\"", "1", "{}", r#"{"name":["n"]}"#]);
}

#[test]
fn nulls_are_refused_where_none_are_allowed() {
    let problem = |path: &str| vec![(path.to_owned(), ProblemKind::Mistyped("a value, not null"))];
    assert_eq!(strict::<Vec<i32>>("[1,null]").unwrap(), problem("/1"));
    assert_eq!(strict::<BTreeMap<String, i32>>(r#"{"a":null}"#).unwrap(), problem("/a"));
    takes::<Vec<Option<i32>>>(&["[1,null]"]);
    takes::<BTreeMap<String, Option<i32>>>(&[r#"{"a":null}"#]);
    takes::<Vec<Document>>(&["[null]"]);
}

#[test]
fn a_union_has_one_member_of_its_type() {
    takes::<Choice>(&[r#"{"name":"n"}"#, r#"{"name":"n","other":null}"#]);
    refuses::<Choice>(&[
        "{}",
        r#"{"name":null}"#,
        r#"{"__type":"name"}"#,
        r#"{"name":"n","new":1}"#,
        r#"{"name":"n","name":"n"}"#,
    ]);
    refuses::<Choice>(&["[\"name\"]", "\"name\"", "1", r#"{"name":1}"#]);
}

#[test]
fn unions_in_unions_are_each_reported_where_they_are() {
    let text = r#"[{"name":"n","a":1},{"name":2},{"name":"n"}]"#;
    let problems = strict::<Vec<Choice>>(text).unwrap();
    assert_eq!(
        problems,
        [
            ("/0".to_owned(), ProblemKind::Mistyped("a union with exactly one member")),
            ("/1/name".to_owned(), ProblemKind::Mistyped("a string")),
        ]
    );
}

#[test]
fn broken_text_is_an_error_wherever_a_value_of_another_type_lies() {
    for text in [r#"{"size":"x","#, r#"{"size":x}"#, r#"{"size":[1,]}"#, r#"{"size":"x"}}"#, "abc{}", "{\"size\":\u{c}1}"] {
        let problems = strict::<Item>(text);
        assert!(problems.is_err(), "{text}: {problems:?}");
    }
}

#[test]
fn a_path_is_a_json_pointer() {
    let problems = strict::<BTreeMap<String, Vec<i32>>>(r#"{"a/b~c":["x"]}"#).unwrap();
    assert_eq!(problems[0].0, "/a~1b~0c/0");
}
