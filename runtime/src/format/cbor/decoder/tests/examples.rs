//! The examples of RFC 8949: what is CBOR, and what is not.

use super::*;

/// <https://www.rfc-editor.org/rfc/rfc8949#appendix-A>, with what a document makes of it.
const WELL_FORMED: &[(&str, &str)] = &[
    ("00", "0"),
    ("01", "1"),
    ("0a", "10"),
    ("17", "23"),
    ("1818", "24"),
    ("1819", "25"),
    ("1864", "100"),
    ("1903e8", "1000"),
    ("1a000f4240", "1000000"),
    ("1b000000e8d4a51000", "1000000000000"),
    ("1bffffffffffffffff", "18446744073709551615"),
    ("c249010000000000000000", "18446744073709551616"),
    ("3bffffffffffffffff", "-18446744073709551616"),
    ("c349010000000000000000", "-18446744073709551617"),
    ("20", "-1"),
    ("29", "-10"),
    ("3863", "-100"),
    ("3903e7", "-1000"),
    ("f90000", "0.0"),
    ("f98000", "-0.0"),
    ("f93c00", "1.0"),
    ("fb3ff199999999999a", "1.1"),
    ("f93e00", "1.5"),
    ("f97bff", "65504.0"),
    ("fa47c35000", "100000.0"),
    ("fa7f7fffff", "3.4028234663852886e38"),
    ("fb7e37e43c8800759c", "1e300"),
    ("f90001", "5.960464477539063e-8"),
    ("f90400", "6.103515625e-5"),
    ("f9c400", "-4.0"),
    ("fbc010666666666666", "-4.1"),
    ("f97c00", r#""Infinity""#),
    ("f97e00", r#""NaN""#),
    ("f9fc00", r#""-Infinity""#),
    ("fa7f800000", r#""Infinity""#),
    ("fa7fc00000", r#""NaN""#),
    ("faff800000", r#""-Infinity""#),
    ("fb7ff0000000000000", r#""Infinity""#),
    ("fb7ff8000000000000", r#""NaN""#),
    ("fbfff0000000000000", r#""-Infinity""#),
    ("f4", "false"),
    ("f5", "true"),
    ("f6", "null"),
    ("f7", "null"),
    ("f0", "null"),
    ("f8ff", "null"),
    ("c074323031332d30332d32315432303a30343a30305a", r#""2013-03-21T20:04:00Z""#),
    ("c11a514b67b0", "1363896240"),
    ("c1fb41d452d9ec200000", "1363896240.5"),
    ("d74401020304", r#""AQIDBA==""#),
    ("d818456449455446", r#""ZElFVEY=""#),
    ("d82076687474703a2f2f7777772e6578616d706c652e636f6d", r#""http://www.example.com""#),
    ("40", r#""""#),
    ("4401020304", r#""AQIDBA==""#),
    ("60", r#""""#),
    ("6161", r#""a""#),
    ("6449455446", r#""IETF""#),
    ("62225c", r#""\"\\""#),
    ("62c3bc", r#""ü""#),
    ("63e6b0b4", r#""水""#),
    ("64f0908591", r#""𐅑""#),
    ("80", "[]"),
    ("83010203", "[1,2,3]"),
    ("8301820203820405", "[1,[2,3],[4,5]]"),
    (
        "98190102030405060708090a0b0c0d0e0f101112131415161718181819",
        "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25]",
    ),
    ("a0", "{}"),
    ("a26161016162820203", r#"{"a":1,"b":[2,3]}"#),
    ("826161a161626163", r#"["a",{"b":"c"}]"#),
    ("a56161614161626142616361436164614461656145", r#"{"a":"A","b":"B","c":"C","d":"D","e":"E"}"#),
    ("5f42010243030405ff", r#""AQIDBAU=""#),
    ("7f657374726561646d696e67ff", r#""streaming""#),
    ("9fff", "[]"),
    ("9f018202039f0405ffff", "[1,[2,3],[4,5]]"),
    ("9f01820203820405ff", "[1,[2,3],[4,5]]"),
    ("83018202039f0405ff", "[1,[2,3],[4,5]]"),
    ("83019f0203ff820405", "[1,[2,3],[4,5]]"),
    (
        "9f0102030405060708090a0b0c0d0e0f101112131415161718181819ff",
        "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25]",
    ),
    ("bf61610161629f0203ffff", r#"{"a":1,"b":[2,3]}"#),
    ("826161bf61626163ff", r#"["a",{"b":"c"}]"#),
    ("bf6346756ef563416d7421ff", r#"{"Fun":true,"Amt":-2}"#),
];

/// <https://www.rfc-editor.org/rfc/rfc8949#appendix-F>, a line a kind.
const NOT_WELL_FORMED: &[&str] = &[
    // A head that ends too early.
    "18 19 1a 1b 1901 1a0102 1b01020304050607 38 58 78 98 9a01ff00 b8 d8 f8 f900 fa0000 fb000000",
    // A string that does.
    "41 61 5affffffff00 5bffffffffffffffff010203 7affffffff00 7b7fffffffffffffff010203",
    // A list or map that does.
    "81 818181818181818181 8200 a1 a20102 a100 a2000000",
    // A tag that tags nothing.
    "c0",
    // What is indefinite without its end.
    "5f4100 7f6100 9f 9f0102 bf bf01020102 819f 9f8000 9f9f9f9f9fffffffff 9f819f819f9fffffff",
    // First bytes that mean nothing.
    "1c 1d 1e 3c 3d 3e 5c 5d 5e 7c 7d 7e 9c 9d 9e bc bd be dc dd de fc fd fe",
    // Simple values that fit in one byte.
    "f800 f801 f818 f81f",
    // Chunks of another kind, and chunks of chunks.
    "5f00ff 5f21ff 5f6100ff 5f80ff 5fa0ff 5fc000ff 5fe0ff 7f4100ff 5f5f4100ffff 7f7f6100ffff",
    // Breaks that end nothing.
    "ff 81ff 8200ff a1ff a1ff00 a100ff a20000ff 9f81ff 9f829f819f9fffffffff bf00ff bf000000ff",
    // Indefinite lengths of what has none.
    "1f 3f df",
];

#[test]
fn what_is_cbor_is_read() {
    for (body, json) in WELL_FORMED {
        assert_eq!(lenient::<Document>(&hex(body)).unwrap(), document(json), "{body}");
        assert!(lenient::<Skipped>(&hex(body)).is_ok(), "{body}");
    }
}

#[test]
fn a_map_may_have_keys_of_any_kind_where_nobody_reads_it() {
    assert!(lenient::<Skipped>(&hex("a201020304")).is_ok());
    assert_eq!(lenient::<Document>(&hex("a201020304")), Err("expected a map whose keys are strings".into()));
    assert_eq!(strict::<Vec<Item>>(&hex("81 a201020304")).unwrap().len(), 1);
}

#[test]
fn what_is_not_cbor_is_refused() {
    for body in NOT_WELL_FORMED.iter().flat_map(|kind| kind.split(' ')) {
        assert!(lenient::<Skipped>(&hex(body)).unwrap_err().starts_with("not CBOR: "), "{body}");
        assert!(lenient::<Document>(&hex(body)).is_err(), "{body}");
        assert!(lenient::<Item>(&[hex("a1 616e"), hex(body)].concat()).is_err(), "{body}");
        assert!(strict::<Item>(&[hex("a1 6473697a65"), hex(body)].concat()).is_err(), "{body}");
    }
}

#[test]
fn a_body_is_one_data_item() {
    assert_eq!(lenient::<i32>(&hex("0000")), Err("not CBOR: expected the end of the body".into()));
    assert_eq!(lenient::<i32>(&[]), Err("not CBOR: expected more bytes".into()));
}

#[test]
fn a_string_is_utf_8_also_in_chunks() {
    for body in ["62 c328", "7f 61 c3 61 bc ff", "61 ff"] {
        assert_eq!(lenient::<String>(&hex(body)), Err("not CBOR: expected UTF-8".into()), "{body}");
        assert!(lenient::<Skipped>(&hex(body)).is_err(), "{body}");
    }
    assert_eq!(lenient::<String>(&hex("7f 62c3bc 60 6161 ff")).unwrap(), "üa");
}
