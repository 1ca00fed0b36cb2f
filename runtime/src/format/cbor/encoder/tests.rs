//! What values are written as.

use super::*;
use crate::document::Document;
use crate::format::cbor::Cbor;
use crate::format::json::JsonDecoder;
use crate::format::shapes::{Choice, File, Item, file};
use crate::format::{Format, cbor::CborDecoder};
use aws_smithy_types::{BigDecimal, BigInteger, Blob};
use std::collections::BTreeMap;

fn hex<T: Encode>(value: &T) -> String {
    CborEncoder::encode(value).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn integers_have_the_smallest_head() {
    for (value, expected) in [
        (0, "00"),
        (23, "17"),
        (24, "1818"),
        (255, "18ff"),
        (256, "190100"),
        (65_536, "1a00010000"),
        (4_294_967_296, "1b0000000100000000"),
        (-1, "20"),
        (-24, "37"),
        (-25, "3818"),
        (-257, "390100"),
        (i64::MIN, "3b7fffffffffffffff"),
        (i64::MAX, "1b7fffffffffffffff"),
    ] {
        assert_eq!(hex(&value), expected, "{value}");
    }
}

#[test]
fn doubles_are_singles_where_these_are_exact_and_never_halves() {
    for (value, expected) in [
        (1.5, "fa3fc00000"),
        (0.0, "fa00000000"),
        (-0.0, "fa80000000"),
        (1.1, "fb3ff199999999999a"),
        (1e300, "fb7e37e43c8800759c"),
        (f64::INFINITY, "fa7f800000"),
        (f64::NAN, "fa7fc00000"),
    ] {
        assert_eq!(hex(&value), expected, "{value}");
    }
    assert_eq!(hex(&1.1f32), "fa3f8ccccd");
}

#[test]
fn structures_say_how_many_members_are_set() {
    assert_eq!(hex(&Item { name: "n".into(), ..Item::default() }), "a2646e616d65616e65706172747380");
    assert_eq!(hex(&Choice::Name("n".into())), "a1646e616d65616e");
    assert_eq!(hex(&()), "a0");
}

/// A structure of many members.
struct Many(usize);

impl Encode for Many {
    fn encode<E: Encoder>(&self, to: &mut E) {
        to.object(|to| (0..self.0).for_each(|index| to.member(&index.to_string(), &Many(0))));
    }
}

#[test]
fn a_structure_of_many_members_has_a_longer_head() {
    for (count, head) in [(23, "b7"), (24, "b818"), (255, "b8ff"), (256, "b90100"), (70_000, "ba00011170")] {
        let written = hex(&vec![Many(count), Many(1)]);
        assert!(written.starts_with(&format!("82{head}6130a06131a0")), "{}", &written[..20]);
        assert!(written.ends_with("a16130a0"));
        let all = CborDecoder::decode::<Vec<BTreeMap<String, ()>>>(&CborEncoder::encode(&vec![Many(count), Many(1)])).unwrap();
        assert_eq!((all[0].len(), all[1].len()), (count, 1));
    }
}

#[test]
fn a_list_is_as_long_as_it_turns_out_to_be() {
    let written = |count: u64| Cbor::encode(|to| to.list((0..count).filter(|index| index % 2 == 0).map(|index| index as i64)));
    assert_eq!(written(5), [0x83, 0, 2, 4]);
    assert_eq!(CborDecoder::decode::<Vec<i32>>(&written(1000)).unwrap().len(), 500);
}

#[test]
fn strings_and_blobs_are_text_and_bytes() {
    assert_eq!(hex(&"ü".to_owned()), "62c3bc");
    assert_eq!(hex(&Blob::new("hi")), "426869");
    assert!(hex(&"a".repeat(300)).starts_with("79012c61"));
}

#[test]
fn integers_of_any_size_are_integers_while_they_fit() {
    for (digits, expected) in [
        ("0", "00"),
        ("-0", "00"),
        ("007", "07"),
        ("-1", "20"),
        ("18446744073709551615", "1bffffffffffffffff"),
        ("18446744073709551616", "c249010000000000000000"),
        ("-18446744073709551616", "3bffffffffffffffff"),
        ("-18446744073709551617", "c349010000000000000000"),
    ] {
        assert_eq!(hex(&digits.parse::<BigInteger>().unwrap()), expected, "{digits}");
    }
}

#[test]
fn decimals_are_fractions_even_when_they_are_whole() {
    for (digits, expected) in [
        ("273.15", "c48221196ab3"),
        ("5", "c4820005"),
        ("-1.50", "c482213895"),
        ("1e3", "c4820301"),
        ("1844674407370955161.6", "c48220c249010000000000000000"),
    ] {
        assert_eq!(hex(&digits.parse::<BigDecimal>().unwrap()), expected, "{digits}");
    }
}

#[test]
fn numbers_of_documents_are_integers_doubles_or_exact() {
    for (digits, expected) in [
        ("1", "01"),
        ("1.0", "fa3f800000"),
        ("1.50", "fa3fc00000"),
        ("0.1", "fb3fb999999999999a"),
        ("1e300", "fb7e37e43c8800759c"),
        ("1e400", "c48219019001"),
        ("0.1000000000000000000001", "c48235c2493635c9adc5dea00001"),
        ("1e99999999999999999999", "76"),
    ] {
        let written = hex(&Document::Number(digits.to_owned()));
        assert!(written.starts_with(expected), "{digits}: {written}");
    }
}

#[test]
fn timestamps_are_tagged_integers_or_doubles() {
    assert_eq!(hex(&DateTime::from_secs(1_363_896_240)), "c11a514b67b0");
    assert_eq!(hex(&DateTime::from_secs_and_nanos(1_363_896_240, 500_000_000)), "c1fb41d452d9ec200000");
    assert_eq!(hex(&DateTime::from_secs(-1)), "c120");
}

#[test]
fn what_is_empty_is_a_map_of_nothing() {
    assert_eq!(Cbor::encode(|to| to.object(|_| {})), Cbor::EMPTY);
    assert!(Cbor::is_empty(&[0xa0]) && Cbor::is_empty(&[0xbf, 0xff]));
    assert!(!Cbor::is_empty(&[]) && !Cbor::is_empty(&[0xa1, 0x60, 0xf6]));
}

#[test]
fn a_body_has_all_members_by_the_names_of_the_model() {
    let written = CborEncoder::encode(&file());
    let json = br#"{"title":"t","tagList":["a"],"place":{"streetName":"s"},"fileVersion":2}"#;
    assert_eq!(CborDecoder::decode::<Document>(&written).unwrap(), JsonDecoder::decode::<Document>(json).unwrap());
    assert_eq!(CborDecoder::decode::<File>(&written).unwrap(), file());
}

#[test]
fn what_is_written_is_read() {
    let inner = Item { name: "é".repeat(300), size: Some(-70_000), parts: vec![] };
    let item = Item { name: "n".into(), size: Some(24), parts: vec![inner, Item::default()] };
    assert_eq!(CborDecoder::decode::<Item>(&CborEncoder::encode(&item)).unwrap(), item);
    for choice in [Choice::Name("n".into()), Choice::Unrecognized("new".into(), Document::List(vec![Document::Null]))] {
        assert_eq!(CborDecoder::decode::<Choice>(&CborEncoder::encode(&choice)).unwrap(), choice);
    }
}
