//! What is usual is read in fewer steps, and what looks almost like it must not be.

use super::*;

/// Bytes behind which nobody sees the end of the body, where names are not looked for.
const BEHIND: &str = "70 62656869 6e642020 20202020 20202020";

/// A list of what is written in hexadecimal digits, and a string of some length, so that the end is not near.
fn in_a_list(value: &str) -> Vec<u8> {
    [hex("82"), hex(value), hex(BEHIND)].concat()
}

/// Reads the first element of such a list.
fn first<T: Decode>(value: &str, mode: Mode) -> (Result<T, DecodeError>, Vec<ProblemKind>) {
    let body = in_a_list(value);
    let mut decoder = CborDecoder::new(&body, mode);
    let mut rest = decoder.enter_list().unwrap();
    let read = T::decode(&mut decoder);
    decoder.behind_element(&mut rest).unwrap();
    if read.is_ok() {
        assert_eq!(String::decode(&mut decoder).unwrap(), "behind          ", "{value}");
    }
    (read, decoder.into_problems().recorded().iter().map(|problem| problem.kind.clone()).collect())
}

#[test]
fn a_union_of_one_member_may_be_written_in_any_way() {
    for union in [
        "a1 646e616d65 616e",
        "a1 64 6e616d65 d9d9f7 616e",
        "b801 646e616d65 616e",
        "bf 646e616d65 616e ff",
        "a1 7804 6e616d65 616e",
        "a1 7f 626e61 626d65 ff 616e",
        "a1 646e616d65 7801 6e",
        "a1 646e616d65 7f 616e ff",
        "d9d9f7 a1 646e616d65 616e",
    ] {
        for mode in [Mode::Lenient, Mode::Strict] {
            assert_eq!(first::<Option<Choice>>(union, mode), (Ok(Some(Choice::Name("n".into()))), vec![]), "{union}");
        }
    }
}

#[test]
fn a_union_whose_one_member_does_not_count_has_none() {
    for union in ["a0", "a1 665f5f74797065 616e", "a1 646e616d65 f6", "a1 646e616d65 f7", "a1 646e616d65 c0 f6"] {
        let none = ProblemKind::Mistyped(tree::ONE_MEMBER);
        assert_eq!(first::<Choice>(union, Mode::Lenient), (Ok(Choice::zero()), vec![]), "{union}");
        assert_eq!(first::<Choice>(union, Mode::Strict), (Ok(Choice::zero()), vec![none]), "{union}");
    }
}

#[test]
fn a_union_counts_as_a_level_however_it_is_written() {
    for union in ["a1 646e616d65 616e", "bf 646e616d65 616e ff"] {
        let nested = |depth: usize| [vec![0x81; depth], hex(union), hex(BEHIND)].concat();
        let read = |body: &[u8], depth: usize| {
            let mut decoder = CborDecoder::new(body, Mode::Strict);
            (0..depth).for_each(|_| assert!(decoder.enter_list().is_ok()));
            let read = Choice::decode(&mut decoder).map_err(|error| error.kind().clone());
            (read, decoder.ledger.depth)
        };
        assert_eq!(read(&nested(127), 127), (Ok(Choice::Name("n".into())), 1), "{union}");
        assert_eq!(read(&nested(128), 128), (Err(DecodeErrorKind::TooDeep(128)), 0), "{union}");
    }
}

#[test]
fn names_are_the_same_known_or_new_short_or_long_near_the_end_or_not() {
    for name in ["", "a", "name", "sizes", "exactly8", "nine char", "a name of more than two words", "né", "\0", "a\0", "aa\0\0"]
    {
        let json = |value: &str| Document::Object(vec![(name.to_owned(), document(value))]);
        let list = Document::List(vec![json("1"), json("2"), json("\"x\""), json("[]"), json("null")]);
        assert_eq!(lenient::<Document>(&CborEncoder::encode(&list)), Ok(list), "{name:?}");
    }
}

#[test]
fn a_name_that_is_no_text_is_refused_however_often_it_comes() {
    for name in ["62 c328", "68 6e616d656e616dff", "6c 6e616d656e616d656e616dff", "64 6e61ff65"] {
        for body in [format!("a1 {name} 01"), format!("a2 646e616d65 616e {name} 01")] {
            for count in [1, 3] {
                let many = [hex("9f"), hex(&body).repeat(count), hex(BEHIND), hex("ff")].concat();
                assert!(lenient::<Vec<Item>>(&many).unwrap_err().contains("expected UTF-8"), "{body}");
                assert!(lenient::<Vec<BTreeMap<String, Document>>>(&many).unwrap_err().contains("expected UTF-8"), "{body}");
            }
        }
    }
    assert_eq!(lenient::<String>(&hex("62 c328")), Err("not CBOR: expected UTF-8".into()));
}

#[test]
fn a_body_that_is_cut_anywhere_is_refused() {
    let items = r#"[{"name":"one","size":1,"parts":[{"name":"a part"}]},{"name":"two","a longer name":{"name":"n"},"parts":[]}]"#;
    let choices = r#"[{"name":"n"},{"name":"the same once more"},{"a longer tag":[{}]}]"#;
    for body in [cbor(items), indefinite(&document(items))] {
        (0..body.len())
            .for_each(|end| assert!(lenient::<Vec<Item>>(&body[..end]).is_err() && strict::<Vec<Item>>(&body[..end]).is_err()));
        assert!(lenient::<Vec<Item>>(&body).is_ok());
    }
    for body in [cbor(choices), indefinite(&document(choices))] {
        (0..body.len()).for_each(|end| assert!(lenient::<Vec<Choice>>(&body[..end]).is_err(), "{end}"));
        assert_eq!(lenient::<Vec<Choice>>(&body).unwrap().len(), 3);
    }
}
