use super::*;
use crate::codec::EpochSeconds;
use crate::protocol::RestJson1;
use crate::text::Base64;
use crate::timestamp::DateTime;
use std::collections::BTreeMap;

fn request(info: OperationInfo, write: impl Fn(&mut BoundWriter<RestJson1>) -> Written) -> RequestText {
    let mut writer = BoundWriter::<RestJson1>::of_request(&info);
    write(&mut writer).unwrap();
    writer.into_request(&info).unwrap()
}

/// What is said of a path that must not be made.
fn refused(template: &'static str, label: &str) -> WriteError {
    let info = OperationInfo::new("Op", "GET", template, &[]);
    let mut writer = BoundWriter::<RestJson1>::of_request(&info);
    writer.label("a", &label.to_owned()).unwrap();
    writer.into_request(&info).unwrap_err()
}

fn uri(template: &'static str, write: impl Fn(&mut BoundWriter<RestJson1>) -> Written) -> String {
    request(OperationInfo::new("Op", "GET", template, &[]), write).uri
}

fn headers(write: impl Fn(&mut BoundWriter<RestJson1>) -> Written) -> Vec<(String, String)> {
    let text = request(OperationInfo::new("Op", "GET", "/", &[]), write);
    text.headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect()
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

#[test]
fn a_label_escapes_its_slashes_and_a_greedy_one_keeps_them() {
    let write = |writer: &mut BoundWriter<RestJson1>| {
        writer.label("a", &"x/y z".to_owned())?;
        writer.label("b", &"x/y z".to_owned())
    };
    assert_eq!(uri("/p/{a}/{b+}", write), "/p/x%2Fy%20z/x/y%20z");
}

#[test]
fn query_members_follow_the_literals_of_the_template() {
    let write = |writer: &mut BoundWriter<RestJson1>| writer.query("k", &vec!["1".to_owned(), "a+b".to_owned()]);
    assert_eq!(uri("/p", write), "/p?k=1&k=a%2Bb");
    assert_eq!(uri("/p?list", write), "/p?list&k=1&k=a%2Bb");
}

#[test]
fn a_map_of_query_parameters_gives_way_to_members_and_literals() {
    let map: BTreeMap<_, _> = ["k", "list", "m"].into_iter().map(|name| pair(name, "map")).collect();
    let write = |writer: &mut BoundWriter<RestJson1>| {
        writer.query("k", &"member".to_owned())?;
        writer.query_params(&map)
    };
    assert_eq!(uri("/p?list", write), "/p?list&k=member&m=map");
}

#[test]
fn an_empty_label_is_refused() {
    assert_eq!(refused("/p/{a}", ""), WriteError::EmptyLabel("a"));
    assert_eq!(refused("/p/{a+}", ""), WriteError::EmptyLabel("a"));
}

#[test]
fn a_label_that_was_not_written_makes_no_path() {
    let info = OperationInfo::new("Op", "GET", "/p/{a}", &[]);
    assert_eq!(BoundWriter::<RestJson1>::of_request(&info).into_request(&info).unwrap_err(), WriteError::EmptyLabel("a"));
}

#[test]
fn a_label_is_no_dot_segment() {
    for label in [".", ".."] {
        assert_eq!(refused("/p/{a}", label), WriteError::DotSegment("a"), "{label}");
        assert_eq!(refused("/p/{a+}/q", label), WriteError::DotSegment("a"), "{label}");
    }
    for label in ["a/../b", "../a", "a/.", "./"] {
        assert_eq!(refused("/p/{a+}", label), WriteError::DotSegment("a"), "{label}");
    }
}

#[test]
fn a_greedy_label_has_no_empty_segments_but_behind_a_last_slash() {
    for label in ["a//b", "/a", "/", "a//"] {
        assert_eq!(refused("/p/{a+}", label), WriteError::EmptySegment("a"), "{label}");
    }
    assert_eq!(refused("/p/{a+}/q", "a/"), WriteError::EmptySegment("a"));
    assert_eq!(uri("/p/{a+}", |writer| writer.label("a", &"a/".to_owned())), "/p/a/");
}

#[test]
fn a_line_feed_in_a_header_is_refused() {
    let header = BoundWriter::<RestJson1>::default().header("x-a", &"a\nb".to_owned());
    assert_eq!(header, Err(WriteError::Header("x-a".to_owned())));
}

#[test]
fn a_header_holds_what_is_read_of_one_also_beyond_ascii() {
    let info = OperationInfo::new("Op", "GET", "/", &[]);
    let text = request(info, |writer| writer.header("x-a", &" \u{3000}é ".to_owned()));
    assert_eq!(text.headers["x-a"].as_bytes(), "\u{3000}é".as_bytes());
}

#[test]
fn a_list_is_one_header_also_an_empty_one() {
    let write = |writer: &mut BoundWriter<RestJson1>| {
        writer.header("x-a", &vec!["a".to_owned(), "b,c".to_owned()])?;
        writer.header("x-b", &Some(Vec::<i32>::new()))?;
        writer.header("x-c", &None::<Vec<i32>>)
    };
    assert_eq!(headers(write), [pair("x-a", "a, \"b,c\""), pair("x-b", "")]);
}

#[test]
fn dates_in_a_list_are_not_quoted() {
    let write = |writer: &mut BoundWriter<RestJson1>| writer.header("x-a", &vec![DateTime::from_secs(0), DateTime::from_secs(1)]);
    assert_eq!(headers(write), [pair("x-a", "Thu, 01 Jan 1970 00:00:00 GMT, Thu, 01 Jan 1970 00:00:01 GMT")]);
}

#[test]
fn a_member_can_ask_for_another_form() {
    let write = |writer: &mut BoundWriter<RestJson1>| {
        writer.header(EpochSeconds("x-a"), &DateTime::from_secs(7))?;
        writer.header(Base64(("Document", "x-b")), &"true".to_owned())
    };
    assert_eq!(headers(write), [pair("x-a", "7"), pair("x-b", "dHJ1ZQ==")]);
}

#[test]
fn a_header_of_its_own_goes_before_one_of_a_map() {
    let map = BTreeMap::from([pair("a", "map"), pair("b", "map")]);
    let write = |writer: &mut BoundWriter<RestJson1>| {
        writer.header("x-a", &"own".to_owned())?;
        writer.prefix_headers("x-", &map)
    };
    assert_eq!(headers(write), [pair("x-a", "own"), pair("x-b", "map")]);
}

#[test]
fn the_host_gets_a_prefix_with_its_labels() {
    let info = OperationInfo::new("Op", "GET", "/", &[]).host_prefix("{account}.data.");
    let text = request(info, |writer| writer.host_label("account", &Some("a-1".to_owned())));
    assert_eq!(text.host_prefix.as_deref(), Some("a-1.data."));
}

#[test]
fn what_is_no_label_of_a_host_is_refused() {
    for text in ["", "a.b", "a/b", "-a", "a b", "é", &"a".repeat(64)] {
        let label = BoundWriter::<RestJson1>::default().host_label("account", &text.to_owned());
        assert_eq!(label, Err(WriteError::HostLabel("account")), "{text}");
    }
}

#[test]
fn a_payload_that_is_not_given_is_no_body_but_a_structure_in_a_request_is_an_empty_one() {
    let info = OperationInfo::new("Op", "POST", "/", &[]);
    let (mut request, mut response) = (BoundWriter::<RestJson1>::of_request(&info), BoundWriter::<RestJson1>::default());
    request.payload("it", &None::<String>).unwrap();
    response.structure_payload("it", &None::<()>).unwrap();
    assert!(matches!((&request.body, response.body), (BodyText::None, BodyText::None)));
    request.structure_payload("it", &None::<()>).unwrap();
    assert!(matches!(&request.body, BodyText::Bytes(bytes) if bytes == b"{}"));
}

#[test]
fn a_header_of_the_message_says_what_the_payload_is() {
    let write = |writer: &mut BoundWriter<RestJson1>| {
        writer.header("Content-Type", &"image/png".to_owned())?;
        writer.raw_payload("application/octet-stream", &"..".to_owned())
    };
    assert_eq!(headers(write), [pair("content-type", "image/png")]);
}

#[test]
fn a_number_that_is_no_status_is_refused() {
    assert_eq!(BoundWriter::<RestJson1>::default().status(&Some(99)), Err(WriteError::Status(99)));
    assert_eq!(BoundWriter::<RestJson1>::default().status(&Some(299)), Ok(()));
}
