//! Text that wants to fill the memory, the stack or the day.

use super::*;
use crate::codec::MAX_PROBLEMS;
use aws_smithy_types::{BigDecimal, BigInteger, Blob};

/// Enough for whatever takes quadratic time to be noticed.
const LONG: usize = 250_000;

#[test]
fn depth_is_limited_before_the_stack_is() {
    let text = "[".repeat(100_000);
    assert!(lenient::<Document>(&text).unwrap_err().starts_with("nested more than 128 levels deep"));
    assert!(lenient::<Vec<()>>(&format!("[{{\"a\":{text}")).unwrap_err().starts_with("nested more than 128"));
    let text = "{\"parts\":[".repeat(100_000);
    assert!(strict::<Item>(&text).unwrap_err().to_string().starts_with("nested more than 128"));
}

#[test]
fn as_deep_as_the_limit_is_not_too_deep() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(lenient::<Document>(&nested(128)).is_ok());
    assert!(lenient::<Document>(&nested(129)).is_err());
    assert!(lenient::<Vec<Document>>(&format!("[{}]", vec![nested(127); 1000].join(","))).is_ok());
    assert!(lenient::<Item>(&format!("{{\"name\":\"n\",\"new\":{}}}", nested(127))).is_ok());
}

#[test]
fn depth_is_counted_anew_behind_a_value_that_was_refused() {
    let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
    let problems = strict::<Vec<String>>(&format!("[{deep},{deep},{deep}]")).unwrap();
    assert_eq!(problems.len(), 3);
}

/// Reads a list of many elements in an object, and what comes after them.
fn read_many<T: Decode>(element: &str, count: usize, rest: &str) -> (Decoded, Problems) {
    let text = format!("{{\"a\":[{}{rest}", format!("{element},").repeat(count));
    let mut decoder = JsonDecoder::new(text.as_bytes(), Mode::Strict);
    (BTreeMap::<String, Vec<T>>::decode(&mut decoder).map(drop), decoder.into_problems())
}

#[test]
fn reading_ends_with_the_first_problem_that_is_not_recorded() {
    for (decoded, problems) in [
        read_many::<String>("1", MAX_PROBLEMS + 1, "what is not JSON"),
        read_many::<Item>("{}", MAX_PROBLEMS + 1, "what is not JSON"),
        read_many::<Choice>("{}", MAX_PROBLEMS + 1, "what is not JSON"),
        read_many::<Choice>("{\"name\":\"\",\"b\":1}", MAX_PROBLEMS + 1, "what is not JSON"),
    ] {
        assert_eq!(decoded.unwrap_err().kind(), &DecodeErrorKind::TooManyProblems(MAX_PROBLEMS));
        assert!(problems.has_more());
        assert_eq!(problems.recorded().len(), MAX_PROBLEMS);
        let paths = problems.recorded().iter().map(|problem| problem.path.as_str());
        assert!(paths.enumerate().all(|(index, path)| path.starts_with(&format!("/a/{index}"))), "{problems:?}");
    }
}

#[test]
fn as_many_problems_as_are_recorded_are_all() {
    let (decoded, problems) = read_many::<Item>("{}", MAX_PROBLEMS, "{\"name\":\"n\"}]}");
    assert!(decoded.is_ok() && !problems.has_more() && problems.recorded().len() == MAX_PROBLEMS, "{problems:?}");
}

#[test]
fn a_long_name_stands_in_no_path_as_a_whole() {
    let text = format!("{{\"{}\":[{}1]}}", "é".repeat(LONG), "1,".repeat(10_000));
    let problems = strict::<BTreeMap<String, Vec<String>>>(&text).unwrap();
    assert_eq!(problems.len(), MAX_PROBLEMS);
    assert!(problems.iter().all(|(path, _)| path.len() < 300 && path.contains("…/")));
    assert!(lenient::<BTreeMap<String, bool>>(&format!("{{\"{}\":1}}", "a".repeat(LONG))).unwrap_err().len() < 300);
}

#[test]
fn a_refused_union_is_read_once_however_deep_it_lies() {
    // 60 levels, each with a second member; a reader that started again at each would take 2^60 steps.
    let mut text = "\"n\"".to_owned();
    for _ in 0..60 {
        text = format!("{{\"some\":{text},\"other\":[]}}");
    }
    let problems = strict::<Nested>(&text).unwrap();
    assert_eq!(problems.len(), 60 + 1, "each level, and the string at the bottom");
}

#[derive(Debug)]
struct Nested;

impl Zero for Nested {
    fn zero() -> Self {
        Self
    }
}

impl Decode for Nested {
    fn decode<D: Decoder>(from: &mut D) -> Result<Self, DecodeError> {
        from.union(|_, from| from.value())
    }
}

#[test]
fn long_strings_are_read_whatever_they_are_made_of() {
    for (escaped, plain) in [("\\n", "\n"), ("\\u0041", "A"), ("\\ud83d\\ude00", "😀"), ("é", "é"), ("a\\\\", "a\\")] {
        let text = format!("\"{}\"", escaped.repeat(LONG));
        assert_eq!(lenient::<String>(&text).unwrap(), plain.repeat(LONG));
        assert!(lenient::<String>(&text[..text.len() - 1]).is_err());
    }
}

#[test]
fn long_numbers_are_read_whatever_they_are_read_as() {
    let digits = "9".repeat(LONG);
    for text in [digits.clone(), format!("0.{digits}"), format!("{digits}e{digits}"), format!("{digits}e-{digits}")] {
        assert_eq!(lenient::<Document>(&text), Ok(Document::Number(text.clone())));
        assert!(lenient::<f64>(&text).is_ok());
        assert!(lenient::<i64>(&text).is_err());
        assert!(strict::<Vec<i64>>(&format!("[{text}]")).unwrap().len() == 1);
        let _ = lenient::<DateTime>(&text);
    }
}

#[test]
fn a_number_with_a_huge_exponent_is_read_by_its_digits() {
    for digits in ["1e1000000000", "-1e-1000000000"] {
        assert_eq!(lenient::<BigDecimal>(digits).map(|number| number.as_ref().to_owned()), Ok(digits.to_owned()));
        let _ = lenient::<BigInteger>(digits);
        assert!(lenient::<DateTime>(digits).is_err() || digits.contains("e-"));
    }
    let digits = "9".repeat(LONG);
    assert_eq!(lenient::<BigInteger>(&digits).map(|number| number.as_ref().to_owned()), Ok(digits));
}

#[test]
fn a_long_blob_is_read() {
    let text = format!("\"{}\"", "AAAA".repeat(LONG));
    assert_eq!(lenient::<Blob>(&text), Ok(Blob::new(vec![0; 3 * LONG])));
    assert!(lenient::<Blob>(&text.replace("AAA\"", "AA=A\"")).is_err());
}

#[test]
fn a_union_of_many_members_is_one_problem() {
    let text = format!("[{{{}\"z\":[]}}]", "\"name\":\"n\",\"new\":[1],".repeat(50_000));
    assert_eq!(strict::<Vec<Choice>>(&text).unwrap(), [("/0".into(), ProblemKind::Mistyped(tree::ONE_MEMBER))]);
}

#[test]
fn white_space_is_passed_over_once() {
    let space = " \n".repeat(LONG);
    assert_eq!(lenient::<Vec<i32>>(&format!("{space}[{space}1{space},{space}2{space}]{space}")), Ok(vec![1, 2]));
}

#[test]
fn many_unknown_members_and_elements_are_passed_over() {
    let text = format!("{{{}\"name\":\"n\"}}", "\"new\":[{\"a\":[1,\"\\n\"]}],".repeat(50_000));
    assert_eq!(lenient::<Item>(&text).unwrap().name, "n");
    assert_eq!(strict::<Item>(&text).unwrap(), []);
}

#[test]
fn no_cut_or_changed_text_makes_a_decoder_panic() {
    let text =
        br#"{"name":"n\u00e9\ud83d\ude00","size":-1.5e3,"parts":[{"name":null,"parts":[]},{"size":true}],"new":{"":[{}]}}"#;
    for at in 0..text.len() {
        for byte in [0, b' ', b'"', b'\\', b'{', b'}', b'[', b']', b',', b':', b'-', b'0', b'e', b'n', 0x80, 0xe2, 0xff] {
            let mut text = text.to_vec();
            text[at] = byte;
            let _ = JsonDecoder::decode::<Document>(&text);
            let _ = JsonDecoder::decode::<Item>(&text);
            let mut decoder = JsonDecoder::new(&text, Mode::Strict);
            let _ = Item::decode(&mut decoder).map(|_| decoder.finish());
        }
    }
}
