//! What is JSON, and what is not.

use super::*;
use crate::document::Document;
use crate::format::json::JsonDecoder;

fn string(text: &str) -> Result<Cow<'_, str>, Syntax> {
    Cursor::new(text.as_bytes()).string()
}

fn is_json(bytes: &[u8]) -> bool {
    JsonDecoder::decode::<Document>(bytes).is_ok()
}

#[test]
fn a_string_without_escapes_is_a_part_of_the_text() {
    for text in ["", "a", "€ and 😀", "a text of more than eight bytes", "\u{7f}\u{80}\u{2028}"] {
        assert!(matches!(string(&format!("\"{text}\"")), Ok(Cow::Borrowed(string)) if string == text), "{text}");
    }
}

#[test]
fn escapes_stand_for_their_characters() {
    for (text, expected) in [
        (r#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
        (r#""\u0041\u00e9\u00E9\u20ac""#, "Aéé€"),
        (r#""\u0000""#, "\0"),
        (r#""\ud83d\ude00 \uD83D\uDE00""#, "😀 😀"),
        (r#""\ud800\udc00\udbff\udfff""#, "\u{10000}\u{10ffff}"),
        (r#""plain, \n and then a longer plain part""#, "plain, \n and then a longer plain part"),
        (r#""é\té""#, "é\té"),
    ] {
        assert_eq!(string(text).as_deref(), Ok(expected), "{text}");
    }
}

#[test]
fn broken_strings_are_refused() {
    for text in [
        r#"""#,
        r#""a"#,
        r#""\"#,
        r#""\""#,
        r#""\x41""#,
        r#""\u""#,
        r#""\u12""#,
        r#""\u123""#,
        r#""\u123g""#,
        r#""\u+123""#,
        r#""\ud83d""#,
        r#""\ud83d!""#,
        r#""\ud83d\n""#,
        r#""\ud83d\u""#,
        r#""\ud83d\u0041""#,
        r#""\ude00\ud83d""#,
        r#""\U0041""#,
        "\"\t\"",
        "\"\n\"",
        "\"\0\"",
        "\"a plain text and then \u{1f}\"",
        "'a'",
    ] {
        assert!(!is_json(text.as_bytes()), "{text:?}");
    }
}

#[test]
fn numbers_keep_their_digits() {
    for number in ["0", "-0", "10", "0.10", "-1.5e+10", "1E-7", "0e0", "123456789012345678901234567890"] {
        let text = format!("{number} ");
        let mut cursor = Cursor::new(text.as_bytes());
        assert_eq!(cursor.number(), Ok(number));
        assert_eq!(cursor.finish(), Ok(()));
    }
}

#[test]
fn broken_numbers_are_refused() {
    for text in [
        "-",
        "+1",
        "01",
        "-01",
        "00",
        "1.",
        ".5",
        "-.5",
        "1.e5",
        "1e",
        "1e+",
        "1e1.5",
        "0x42",
        "1_000",
        "1,5",
        "--1",
        "2ABC",
        "1f",
        "NaN",
        "Infinity",
        "-Infinity",
        "１",
    ] {
        assert!(!is_json(text.as_bytes()), "{text}");
    }
}

#[test]
fn white_space_is_four_characters_between_tokens() {
    assert!(is_json(b" \t\r\n{ \t\r\n\"a\" : [ 1 , true , null , { } , [ ] , \"\" ] , \"b\" : 1.5 } \t\r\n"));
    for space in ["\u{b}", "\u{c}", "\0", "\u{a0}", "\u{2028}", "\u{feff}"] {
        assert!(!is_json(format!("{space}1").as_bytes()), "{space:?}");
        assert!(!is_json(format!("[1{space}]").as_bytes()), "{space:?}");
        assert!(!is_json(format!("1{space}").as_bytes()), "{space:?}");
    }
}

#[test]
fn what_is_not_one_whole_value_is_refused() {
    for text in [
        "",
        " ",
        "{",
        "[",
        "}",
        "]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[,]",
        "[1 2]",
        "[1,,2]",
        "[1}",
        "{]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{,}",
        "{,\"a\":1}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\"::1}",
        "{a:1}",
        "{'a':1}",
        "{1:1}",
        "{null:1}",
        "[1]]",
        "{}{}",
        "1 2",
        "{}a",
        "abc",
        "tru",
        "truefalse",
        "True",
        "TRUE",
        "nul",
        "nulls",
        "None",
        "undefined",
        "1 // one",
        "1 /* one */",
        "/* one */ 1",
        "# one\n1",
    ] {
        assert!(!is_json(text.as_bytes()), "{text}");
    }
}

#[test]
fn a_text_that_breaks_off_anywhere_is_refused() {
    let text = r#"{"a":[1.5e3,"\u00e9€",{"b":null,"c":true}],"d":{}}"#;
    assert!(is_json(text.as_bytes()));
    for length in 0..text.len() {
        assert!(!is_json(&text.as_bytes()[..length]), "{length}");
    }
}

#[test]
fn what_is_not_utf_8_is_refused_wherever_it_lies() {
    for bytes in [
        &b"\"\xff\""[..],
        b"\xef\xbb\xbf{}",
        b"{}\xff",
        b"{} \x80",
        b"[\xff]",
        b"{\"\xc0\xaf\":1}",
        b"\"\xed\xa0\x80\"",
        b"\"a longer text that ends amid a character \xe2\x82",
        b"{\0\"\0a\0\"\0",
    ] {
        assert!(!is_json(bytes), "{bytes:?}");
    }
}

#[test]
fn text_that_is_not_utf_8_is_said_to_be() {
    let error = JsonDecoder::decode::<String>(b"\"abc\xff\"").unwrap_err();
    assert_eq!(error.to_string(), "not JSON: expected UTF-8");
}
