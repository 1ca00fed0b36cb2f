//! XML, as restXml has it: <https://smithy.io/2.0/spec/protocol-traits.html#xml-bindings>.

mod decoder;
mod encoder;
mod node;

use super::shapes::{Letter, Part, Payment, pairs, texts};
use crate::document::Document;
use crate::timestamp::DateTime;
use aws_smithy_types::Blob;
use decoder::XmlDecoder;
use encoder::XmlEncoder;

/// Fails unless the letter is this text within its root, and the text the letter.
#[track_caller]
fn check(letter: Letter, inner: &str) {
    let text = format!(r#"<Letter xmlns:m="urn:meta">{inner}</Letter>"#);
    assert_eq!(XmlEncoder::encode(&letter), text);
    assert_eq!(XmlDecoder::decode::<Letter>(&text).unwrap(), letter);
}

/// Fails unless this text within the root is the letter.
#[track_caller]
fn check_read(inner: &str, letter: Letter) {
    assert_eq!(XmlDecoder::decode::<Letter>(&format!("<Letter>{inner}</Letter>")).unwrap(), letter);
}

#[test]
fn a_member_without_a_name_is_called_by_its_key() {
    check(Letter { subject: Some("a < b & c".into()), ..Letter::default() }, "<subject>a &lt; b &amp; c</subject>");
    check(Letter { seal: Some(Blob::new("hi")), ..Letter::default() }, "<seal>aGk=</seal>");
}

#[test]
fn a_renamed_member_may_declare_a_namespace() {
    let letter = Letter { sender: Some("me".into()), ..Letter::default() };
    check(letter, r#"<from xmlns="urn:sender">me</from>"#);
}

#[test]
fn an_attribute_stands_in_the_tag_of_its_structure() {
    let letter = Letter { version: Some(2), ..Letter::default() };
    let text = r#"<Letter xmlns:m="urn:meta" m:version="2"></Letter>"#;
    assert_eq!(XmlEncoder::encode(&letter), text);
    assert_eq!(XmlDecoder::decode::<Letter>(text).unwrap(), letter);
}

#[test]
fn an_attribute_stands_in_the_tag_wherever_the_model_has_it() {
    let parts = Some(vec![Part::new("1", "one"), Part::new("a\"b", "two")]);
    check(
        Letter { parts, ..Letter::default() },
        concat!(
            r#"<parts><part xmlns="urn:part" ID="1"><title>one</title><tag>t</tag></part>"#,
            r#"<part xmlns="urn:part" ID="a&quot;b"><title>two</title><tag>t</tag></part></parts>"#
        ),
    );
}

#[test]
fn an_element_is_not_taken_for_an_attribute_of_its_name() {
    check_read(
        r#"<parts><part subject="x"><ID>no</ID></part></parts>"#,
        Letter { parts: Some(vec![Part::default()]), ..Letter::default() },
    );
}

#[test]
fn a_list_has_an_element_around_its_members() {
    check(
        Letter { lines: Some(texts(["a", "b"])), notes: Some(texts(["c"])), ..Letter::default() },
        "<lines><member>a</member><member>b</member></lines><Notes><line>c</line></Notes>",
    );
    check(Letter { lines: Some(vec![]), ..Letter::default() }, "<lines></lines>");
}

#[test]
fn a_flattened_list_has_none() {
    check(Letter { to: Some(texts(["a", "b"])), cc: Some(texts(["c"])), ..Letter::default() }, "<To>a</To><To>b</To><Cc>c</Cc>");
    check(
        Letter { stamps: Some(vec![Part::new("1", "one"), Part::new("2", "two")]), ..Letter::default() },
        r#"<stamp ID="1"><title>one</title><tag>t</tag></stamp><stamp ID="2"><title>two</title><tag>t</tag></stamp>"#,
    );
}

#[test]
fn flattened_lists_and_maps_may_stand_anywhere_among_the_others() {
    check_read(
        concat!(
            "<To>a</To><Cc>c</Cc><subject>s</subject><Header><K>x</K><V>1</V></Header><To>b</To>",
            "<stamp ID='1'><tag>p</tag><title>one</title><tag>q</tag></stamp><Cc>d</Cc><Header><V>2</V><K>y</K></Header><stamp/>"
        ),
        Letter {
            subject: Some("s".into()),
            to: Some(texts(["a", "b"])),
            cc: Some(texts(["c", "d"])),
            headers: Some(pairs([("x", "1".to_owned()), ("y", "2".to_owned())])),
            stamps: Some(vec![Part { tags: texts(["p", "q"]), ..Part::new("1", "one") }, Part::default()]),
            ..Letter::default()
        },
    );
}

#[test]
fn lists_of_lists_have_names_at_each_level() {
    check(
        Letter { grid: Some(vec![vec![1, 2], vec![], vec![3]]), ..Letter::default() },
        "<grid><row><cell>1</cell><cell>2</cell></row><row></row><row><cell>3</cell></row></grid>",
    );
    check(
        Letter { rows: Some(vec![vec![1, 2], vec![3]]), ..Letter::default() },
        "<row><cell>1</cell><cell>2</cell></row><row><cell>3</cell></row>",
    );
}

#[test]
fn a_map_has_entries_of_a_key_and_a_value() {
    check(
        Letter { words: Some(pairs([("a", "1".to_owned()), ("b", "2".to_owned())])), ..Letter::default() },
        "<words><entry><key>a</key><value>1</value></entry><entry><key>b</key><value>2</value></entry></words>",
    );
}

#[test]
fn a_flattened_map_is_its_entries_and_names_may_be_others() {
    check(
        Letter { headers: Some(pairs([("a", "1".to_owned()), ("b", "2".to_owned())])), ..Letter::default() },
        r#"<Header><K xmlns="urn:key">a</K><V>1</V></Header><Header><K xmlns="urn:key">b</K><V>2</V></Header>"#,
    );
    check(
        Letter { groups: Some(pairs([("a", texts(["x", "y"])), ("b", vec![])])), ..Letter::default() },
        concat!(
            "<group><key>a</key><values><line>x</line><line>y</line></values></group>",
            "<group><key>b</key><values></values></group>"
        ),
    );
}

#[test]
fn timestamps_have_the_format_of_their_member_also_one_by_one() {
    let at = DateTime::from_secs(1_706_933_106);
    check(Letter { sent: Some(at), ..Letter::default() }, "<sent>2024-02-03T04:05:06Z</sent>");
    check(
        Letter { seen: Some(vec![at, at]), ..Letter::default() },
        "<seen>Sat, 03 Feb 2024 04:05:06 GMT</seen><seen>Sat, 03 Feb 2024 04:05:06 GMT</seen>",
    );
    check(
        Letter { read: Some(pairs([("a", at), ("b", at)])), ..Letter::default() },
        "<Read><key>a</key><value>1706933106</value></Read><Read><key>b</key><value>1706933106</value></Read>",
    );
    check(Letter { opened: Some(vec![at]), ..Letter::default() }, "<opened><member>1706933106</member></opened>");
}

#[test]
fn a_union_is_an_element_with_one_member() {
    for (payment, inner) in [
        (Payment::Cash(5), "<Coins>5</Coins>"),
        (Payment::Stamps(texts(["a", "b"])), "<stamp>a</stamp><stamp>b</stamp>"),
        (Payment::Parcel(Part::new("1", "one")), r#"<parcel ID="1"><title>one</title><tag>t</tag></parcel>"#),
        (
            Payment::Fees(pairs([("a", 1), ("b", 2)])),
            r#"<Fee><K xmlns="urn:key">a</K><V>1</V></Fee><Fee><K xmlns="urn:key">b</K><V>2</V></Fee>"#,
        ),
        (Payment::Unrecognized("new".into(), Document::String("x".into())), "<new>x</new>"),
    ] {
        let root = format!("<Payment>{inner}</Payment>");
        assert_eq!(XmlEncoder::encode(&payment), root);
        assert_eq!(XmlDecoder::decode::<Payment>(&root).unwrap(), payment);
        check(Letter { payment: Some(payment), ..Letter::default() }, &format!("<payment>{inner}</payment>"));
    }
}

#[test]
fn a_structure_within_itself_has_the_name_of_the_member() {
    let inner = Letter { version: Some(1), to: Some(texts(["b"])), reply: Some(Box::default()), ..Letter::default() };
    check(
        Letter { to: Some(texts(["a"])), reply: Some(Box::new(inner)), ..Letter::default() },
        r#"<To>a</To><re xmlns:m="urn:meta" m:version="1"><To>b</To><re xmlns:m="urn:meta"></re></re>"#,
    );
}

#[test]
fn members_that_nobody_knows_are_passed_over() {
    check_read(
        "<!-- a --><new><To>x</To></new><member>y</member><To>a</To>",
        Letter { to: Some(texts(["a"])), ..Letter::default() },
    );
}

#[test]
fn a_value_of_another_type_is_told_with_its_place() {
    let error = XmlDecoder::decode::<Letter>("<Letter><row><cell>1</cell></row><row><cell>x</cell></row></Letter>").unwrap_err();
    assert_eq!(error.to_string(), "expected an integer at /row/cell");
}
