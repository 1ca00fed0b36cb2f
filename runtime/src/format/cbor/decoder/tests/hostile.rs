//! Bodies that want to fill the memory, the stack or the day.

use super::*;
use crate::codec::MAX_PROBLEMS;
use crate::format::cbor::number::MAX_BIGNUM;
use aws_smithy_types::{BigDecimal, BigInteger, Blob};

/// Enough for whatever takes quadratic time to be noticed.
const LONG: usize = 100_000;

#[test]
fn depth_is_limited_before_the_stack_is() {
    for open in ["81", "9f", "a16161", "bf6161", "d9d9f781"] {
        let body = hex(open).repeat(100_000);
        assert!(lenient::<Document>(&body).unwrap_err().starts_with("nested more than 128 levels deep"), "{open}");
        assert!(lenient::<Skipped>(&body).unwrap_err().starts_with("nested more than 128 levels deep"), "{open}");
    }
    let body = hex("a1 657061727473 81").repeat(100_000);
    assert!(strict::<Item>(&body).unwrap_err().to_string().starts_with("nested more than 128"));
    // A map as the key of a map as the key of a map.
    assert!(lenient::<Skipped>(&vec![0xa1; 100_000]).unwrap_err().starts_with("nested more than 128"));
}

#[test]
fn as_deep_as_the_limit_is_not_too_deep() {
    let nested = |depth: usize| [vec![0x81; depth - 1], vec![0x80]].concat();
    assert!(lenient::<Document>(&nested(128)).is_ok() && lenient::<Skipped>(&nested(128)).is_ok());
    assert!(lenient::<Document>(&nested(129)).is_err() && lenient::<Skipped>(&nested(129)).is_err());
    let many = [hex("9f"), nested(127).repeat(1000), hex("ff")].concat();
    assert!(lenient::<Vec<Document>>(&many).is_ok() && lenient::<Skipped>(&many).is_ok());
}

#[test]
fn depth_is_counted_anew_behind_a_value_that_was_refused() {
    let deep = [vec![0x81; 99], vec![0x80]].concat();
    assert_eq!(strict::<Vec<String>>(&[hex("83"), deep.repeat(3)].concat()).unwrap().len(), 3);
}

#[test]
fn tags_are_no_levels_and_as_many_as_anybody_likes() {
    for tag in ["c0", "c6", "d9d9f7", "db ffffffffffffffff"] {
        let body = [hex(tag).repeat(LONG), hex("00")].concat();
        assert_eq!(lenient::<Vec<i32>>(&[hex("81"), body.clone()].concat()), Ok(vec![0]), "{tag}");
        assert!(lenient::<Skipped>(&body).is_ok() && lenient::<Document>(&body).is_ok(), "{tag}");
    }
    let epochs = [hex("c1").repeat(LONG), hex("00")].concat();
    assert!(lenient::<Skipped>(&epochs).is_ok() && lenient::<Document>(&epochs).is_ok());
    assert!(lenient::<DateTime>(&epochs).is_err());
}

#[test]
fn a_head_that_announces_more_than_there_is_allocates_nothing() {
    for head in ["5b", "7b", "9b", "bb", "c25b", "c49b"] {
        for length in ["1000000000000000", "ffffffffffffffff", "7fffffffffffffff", "0000000100000000"] {
            let body = [hex(head), hex(length), hex("61 61 01")].concat();
            assert!(lenient::<Document>(&body).unwrap_err().contains("expected more bytes"), "{head} {length}");
            assert!(lenient::<Skipped>(&body).unwrap_err().contains("expected more bytes"), "{head} {length}");
            for error in [lenient::<Vec<i32>>(&body).err(), lenient::<Item>(&body).err(), lenient::<Blob>(&body).err()] {
                assert!(error.is_some(), "{head} {length}");
            }
        }
    }
}

/// Reads a list of many elements in a map, and what comes after them.
fn read_many<T: Decode>(element: &str, count: usize, rest: &str) -> (Decoded, Problems) {
    let body = [hex("bf 6161 9f"), hex(element).repeat(count), hex(rest)].concat();
    let mut decoder = CborDecoder::new(&body, Mode::Strict);
    (BTreeMap::<String, Vec<T>>::decode(&mut decoder).map(drop), decoder.into_problems())
}

#[test]
fn reading_ends_with_the_first_problem_that_is_not_recorded() {
    for (decoded, problems) in [
        read_many::<String>("01", MAX_PROBLEMS + 1, "1c"),
        read_many::<Item>("a0", MAX_PROBLEMS + 1, "1c"),
        read_many::<Choice>("a0", MAX_PROBLEMS + 1, "1c"),
        read_many::<Choice>("a2 646e616d65 60 6162 01", MAX_PROBLEMS + 1, "1c"),
    ] {
        assert_eq!(decoded.unwrap_err().kind(), &DecodeErrorKind::TooManyProblems(MAX_PROBLEMS));
        assert!(problems.has_more());
        let paths = problems.recorded().iter().map(|problem| problem.path.as_str());
        assert!(paths.enumerate().all(|(index, path)| path.starts_with(&format!("/a/{index}"))), "{problems:?}");
    }
    let (decoded, problems) = read_many::<Item>("a0", MAX_PROBLEMS, "ff ff");
    assert!(decoded.is_ok() && !problems.has_more() && problems.recorded().len() == MAX_PROBLEMS, "{problems:?}");
}

#[test]
fn a_long_name_stands_in_no_path_as_a_whole() {
    let body = cbor(&format!("{{\"{}\":[{}1]}}", "é".repeat(LONG), "1,".repeat(10_000)));
    let problems = strict::<BTreeMap<String, Vec<String>>>(&body).unwrap();
    assert_eq!(problems.len(), MAX_PROBLEMS);
    assert!(problems.iter().all(|(path, _)| path.len() < 300 && path.contains("…/")));
}

#[test]
fn a_refused_union_is_read_once_however_deep_it_lies() {
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

    // 60 levels, each with a second member; a reader that started again at each would take 2^60 steps.
    let body = (0..60).fold(hex("616e"), |inner, _| [hex("a2 64736f6d65"), inner, hex("656f74686572 80")].concat());
    assert_eq!(strict::<Nested>(&body).unwrap().len(), 60 + 1, "each level, and the string at the bottom");
}

#[test]
fn strings_of_many_chunks_are_read() {
    for (chunk, text) in [("60", ""), ("6161", "a"), ("62c3bc", "ü")] {
        let body = [hex("7f"), hex(chunk).repeat(LONG), hex("ff")].concat();
        assert_eq!(lenient::<String>(&body).unwrap(), text.repeat(LONG));
        assert!(lenient::<String>(&body[..body.len() - 1]).is_err());
    }
    let body = [hex("5f"), hex("4100").repeat(LONG), hex("ff")].concat();
    assert_eq!(lenient::<Blob>(&body), Ok(Blob::new(vec![0; LONG])));
}

#[test]
fn a_bignum_is_no_longer_than_its_digits_are_made_in_time() {
    let bignum = |length: usize| [hex("c2 59"), (length as u16).to_be_bytes().to_vec(), vec![0xff; length]].concat();
    assert!(lenient::<BigInteger>(&bignum(MAX_BIGNUM)).is_ok());
    assert_eq!(lenient::<BigInteger>(&bignum(MAX_BIGNUM + 1)), Err("expected a number of at most 1,024 bytes".into()));
    assert!(lenient::<Skipped>(&bignum(60_000)).is_ok());
    assert_eq!(strict::<Vec<BigDecimal>>(&[hex("81 c4 82 00"), bignum(60_000)].concat()).unwrap().len(), 1);
    // Zeros in front count nothing.
    let padded = [hex("c2 59 ea60"), vec![0; 59_999], hex("07")].concat();
    assert_eq!(lenient::<BigInteger>(&padded).unwrap().as_ref(), "7");
    let many = [hex("9f"), bignum(MAX_BIGNUM).repeat(LONG / MAX_BIGNUM), hex("ff")].concat();
    assert!(lenient::<Vec<BigInteger>>(&many).is_ok());
}

#[test]
fn a_long_number_of_a_document_is_written() {
    let digits = "9".repeat(20_000);
    assert!(CborEncoder::encode(&Document::Number(digits.clone())).len() > 8_000);
    for digits in [format!("{digits}.{digits}"), format!("1e{digits}"), format!("0.{digits}e-{digits}")] {
        let written = CborEncoder::encode(&Document::Number(digits));
        assert!(lenient::<Skipped>(&written).is_ok());
    }
}

#[test]
fn a_union_of_many_members_is_one_problem() {
    let pairs = hex("646e616d65 616e 636e6577 8101").repeat(50_000);
    let body = [hex("81 bf"), pairs, hex("ff")].concat();
    assert_eq!(strict::<Vec<Choice>>(&body).unwrap(), [("/0".into(), ProblemKind::Mistyped(tree::ONE_MEMBER))]);
}

#[test]
fn no_cut_or_changed_body_makes_a_decoder_panic() {
    let body = [
        cbor(r#"{"name":"né","size":-1500,"parts":[{"name":null,"parts":[]},{"size":true}],"new":{"":[{}, 1.5]}}"#),
        indefinite(&document(r#"{"name":"né","parts":[{"name":"a"}]}"#)),
        hex("c4 82 21 c3 42 0001 c1 fb41d452d9ec200000 f97e00 5f 41 00 ff"),
    ];
    for body in body {
        for at in 0..body.len() {
            let mut decoder = CborDecoder::new(&body[..at], Mode::Strict);
            let _ = Item::decode(&mut decoder).map(|_| decoder.finish());
            for byte in
                [0, 0x18, 0x1b, 0x20, 0x3f, 0x41, 0x5f, 0x61, 0x7f, 0x81, 0x9f, 0xa1, 0xbb, 0xbf, 0xc1, 0xc4, 0xf7, 0xfb, 0xff]
            {
                let mut body = body.clone();
                body[at] = byte;
                let _ = CborDecoder::decode::<Document>(&body);
                let _ = CborDecoder::decode::<BigDecimal>(&body);
                let _ = CborDecoder::decode::<Item>(&body);
                let mut decoder = CborDecoder::new(&body, Mode::Strict);
                let _ = Item::decode(&mut decoder).map(|_| decoder.finish());
            }
        }
    }
}
