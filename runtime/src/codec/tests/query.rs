//! Queries: <https://smithy.io/2.0/aws/protocols/aws-query-protocol.html>, and EC2's,
//! <https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html>.

mod decoder;
mod encoder;

use super::shapes::{Letter, Part, Payment, pairs, texts};
use crate::timestamp::DateTime;
use aws_smithy_types::Blob;
use decoder::QueryDecoder;
use encoder::{Dialect, QueryEncoder};

/// Fails unless the letter is this text, and the text the letter.
#[track_caller]
fn check(letter: Letter, text: &str) {
    assert_eq!(QueryEncoder::encode(Dialect::Aws, &letter), text);
    assert_eq!(QueryDecoder::decode::<Letter>(Dialect::Aws, text).unwrap(), letter);
}

/// As [`check`], for EC2.
#[track_caller]
fn check_ec2(letter: Letter, text: &str) {
    assert_eq!(QueryEncoder::encode(Dialect::Ec2, &letter), text);
    assert_eq!(QueryDecoder::decode::<Letter>(Dialect::Ec2, text).unwrap(), letter);
}

#[test]
fn a_member_is_called_by_its_key_or_by_the_name_of_its_element() {
    check(Letter { subject: Some("s".into()), sender: Some("me".into()), ..Letter::default() }, "subject=s&SentBy=me");
    check(Letter { seal: Some(Blob::new("hi")), version: Some(2), ..Letter::default() }, "m:version=2&seal=aGk=");
}

#[test]
fn a_list_is_numbered_behind_the_name_of_its_elements() {
    check(
        Letter { lines: Some(texts(["a", "b"])), notes: Some(texts(["c"])), ..Letter::default() },
        "lines.member.1=a&lines.member.2=b&Notes.line.1=c",
    );
    check(Letter { lines: Some(vec![]), ..Letter::default() }, "lines=");
}

#[test]
fn a_flattened_list_is_numbered_behind_its_own() {
    check(Letter { to: Some(texts(["a", "b"])), cc: Some(texts(["c"])), ..Letter::default() }, "To.1=a&To.2=b&Cc.1=c");
}

#[test]
fn more_than_nine_elements_stay_in_their_order() {
    let many: Vec<String> = (1..=11).map(|index| index.to_string()).collect();
    let text: Vec<String> = (1..=11).map(|index| format!("To.{index}={index}")).collect();
    check(Letter { to: Some(many), ..Letter::default() }, &text.join("&"));
}

#[test]
fn lists_of_lists_and_of_structures_have_names_at_each_level() {
    check(
        Letter { grid: Some(vec![vec![1, 2], vec![3]]), rows: Some(vec![vec![4], vec![5]]), ..Letter::default() },
        "grid.row.1.cell.1=1&grid.row.1.cell.2=2&grid.row.2.cell.1=3&row.1.cell.1=4&row.2.cell.1=5",
    );
    check(
        Letter {
            parts: Some(vec![Part::new("1", "one")]),
            stamps: Some(vec![Part { tags: texts(["x", "y"]), ..Part::new("2", "two") }]),
            ..Letter::default()
        },
        "parts.part.1.title=one&parts.part.1.ID=1&parts.part.1.tag.1=t&stamp.1.title=two&stamp.1.ID=2&stamp.1.tag.1=x&stamp.1.tag.2=y",
    );
}

#[test]
fn a_map_is_numbered_entries() {
    check(
        Letter { words: Some(pairs([("a", "1".to_owned()), ("b", "2".to_owned())])), ..Letter::default() },
        "words.entry.1.key=a&words.entry.1.value=1&words.entry.2.key=b&words.entry.2.value=2",
    );
    check(
        Letter {
            headers: Some(pairs([("a", "1".to_owned())])),
            groups: Some(pairs([("b", texts(["x", "y"]))])),
            ..Letter::default()
        },
        "Header.1.K=a&Header.1.V=1&group.1.key=b&group.1.values.line.1=x&group.1.values.line.2=y",
    );
}

#[test]
fn timestamps_have_the_format_of_their_member() {
    let at = DateTime::from_secs(1_706_933_106);
    check(Letter { sent: Some(at), ..Letter::default() }, "sent=2024-02-03T04:05:06Z");
    check(Letter { seen: Some(vec![at]), ..Letter::default() }, "seen.1=Sat, 03 Feb 2024 04:05:06 GMT");
    check(
        Letter { read: Some(pairs([("a", at)])), opened: Some(vec![at]), ..Letter::default() },
        "Read.1.key=a&Read.1.value=1706933106&opened.member.1=1706933106",
    );
}

#[test]
fn unions_and_structures_in_themselves_are_paths() {
    for (payment, text) in [
        (Payment::Cash(5), "payment.Money=5"),
        (Payment::Stamps(texts(["a", "b"])), "payment.stamp.1=a&payment.stamp.2=b"),
        (Payment::Fees(pairs([("a", 1)])), "payment.Fee.1.K=a&payment.Fee.1.V=1"),
        (Payment::Parcel(Part::new("1", "one")), "payment.parcel.title=one&payment.parcel.ID=1&payment.parcel.tag.1=t"),
    ] {
        check(Letter { payment: Some(payment), ..Letter::default() }, text);
    }
    let inner = Letter { to: Some(texts(["b"])), ..Letter::default() };
    check(Letter { to: Some(texts(["a"])), reply: Some(Box::new(inner)), ..Letter::default() }, "To.1=a&re.To.1=b");
}

#[test]
fn ec2_has_names_of_its_own_and_large_first_letters() {
    check_ec2(
        Letter { subject: Some("s".into()), sender: Some("me".into()), version: Some(1), ..Letter::default() },
        "M:version=1&Subject=s&SentBy=me",
    );
    check_ec2(Letter { payment: Some(Payment::Cash(5)), ..Letter::default() }, "Payment.Money=5");
}

#[test]
fn ec2_has_no_other_lists_than_flattened_ones_and_does_not_write_empty_ones() {
    check_ec2(
        Letter { to: Some(texts(["a"])), lines: Some(texts(["b"])), notes: Some(texts(["c"])), ..Letter::default() },
        "To.1=a&Lines.1=b&Notes.1=c",
    );
    check_ec2(
        Letter { parts: Some(vec![Part::new("1", "one")]), grid: Some(vec![vec![1, 2]]), ..Letter::default() },
        "Parts.1.Title=one&Parts.1.ID=1&Parts.1.Tag.1=t&Grid.1.1=1&Grid.1.2=2",
    );
    assert_eq!(QueryEncoder::encode(Dialect::Ec2, &Letter { lines: Some(vec![]), ..Letter::default() }), "");
}

#[test]
fn a_value_of_another_type_is_told_with_its_place() {
    let error = QueryDecoder::decode::<Letter>(Dialect::Aws, "grid.row.1.cell.1=x").unwrap_err();
    assert_eq!(error.to_string(), "expected an integer at /grid/row/1/cell/1");
}
