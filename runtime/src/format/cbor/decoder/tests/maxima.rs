//! Lists and maps that the model limits.

use super::*;

#[derive(Debug, Default)]
struct Limited {
    list: Option<Vec<Item>>,
    map: BTreeMap<String, i32>,
    free: Vec<i32>,
}

impl Structure for Limited {
    crate::members! {
        "list" => list max 2,
        "map" => map max 1,
        "free" => free,
    }
}

crate::structure! { Limited: default {} }

fn read(text: &str, mode: Mode, validate: bool) -> (Limited, Vec<(String, ProblemKind)>) {
    let body = cbor(text);
    let mut decoder = CborDecoder::new(&body, mode).validating(validate);
    let value = Limited::decode(&mut decoder).unwrap();
    (value, decoder.finish().unwrap().recorded().iter().cloned().map(|it| (it.path, it.kind)).collect())
}

fn too_long(path: &str, length: usize, maximum: usize) -> (String, ProblemKind) {
    (path.to_owned(), ProblemKind::TooLong { length, maximum })
}

#[test]
fn one_element_too_many_is_read_and_the_others_are_counted() {
    let items = [r#"{"name":"n"}"#; 10].join(",");
    let (value, problems) = read(&format!(r#"{{"list":[{items}],"map":{{"a":1,"b":2,"c":3}}}}"#), Mode::Strict, true);
    assert_eq!(problems, [too_long("/list", 10, 2), too_long("/map", 3, 1)]);
    assert_eq!((value.list.unwrap().len(), value.map.len()), (3, 2));
}

#[test]
fn what_is_as_long_as_it_may_be_is_read() {
    let (value, problems) = read(r#"{"list":[{"name":"a"},{"name":"b"}],"map":{"a":1,"a":2}}"#, Mode::Strict, true);
    assert_eq!((value.list.unwrap().len(), value.map, problems), (2, BTreeMap::from([("a".into(), 2)]), vec![]));
}

#[test]
fn a_limit_is_one_of_its_member_alone() {
    let long = "[1,2,3,4]";
    for text in [
        format!(r#"{{"list":null,"free":{long}}}"#),
        format!(r#"{{"list":[],"free":{long}}}"#),
        format!(r#"{{"list":[{{"name":"n","parts":[{{"name":"a"}},{{"name":"b"}},{{"name":"c"}}]}}],"free":{long}}}"#),
        format!(r#"{{"map":{{"a":1}},"new":{long},"free":{long}}}"#),
    ] {
        let (value, problems) = read(&text, Mode::Strict, true);
        assert_eq!((value.free.len(), problems), (4, vec![]), "{text}");
    }
    for text in [format!(r#"{{"list":{{"a":{long}}},"free":{long}}}"#), format!(r#"{{"map":[{long}],"free":{long}}}"#)] {
        let (value, problems) = read(&text, Mode::Strict, true);
        assert_eq!(value.free.len(), 4, "{text}");
        assert!(matches!(problems[..], [(_, ProblemKind::Mistyped(_))]), "{problems:?}");
    }
}

#[test]
fn neither_a_client_nor_a_server_without_validation_is_limited() {
    let text = r#"{"list":[{"name":"a"},{"name":"b"},{"name":"c"},{"name":"d"}],"map":{"a":1,"b":2,"c":3}}"#;
    for (mode, validate) in [(Mode::Lenient, true), (Mode::Strict, false)] {
        let (value, problems) = read(text, mode, validate);
        assert_eq!((value.list.unwrap().len(), value.map.len(), problems), (4, 3, vec![]));
    }
}

#[test]
fn what_is_behind_the_limit_needs_no_memory() {
    let text = format!(r#"{{"list":[{}{{}}]}}"#, "{},".repeat(100_000));
    let body = cbor(&text);
    let limits = DecodeLimits::default().memory(10_000).memory_per_byte(0);
    let mut decoder = CborDecoder::with_limits(&body, Mode::Strict, limits);
    assert!(Limited::decode(&mut decoder).is_ok());
}
