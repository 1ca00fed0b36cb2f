//! What RPC protocols have in JSON, and what those with HTTP bindings.

use super::*;
use crate::codec::{Decode, Decoder as _, Encode, Encoder as _, ProblemKind};
use crate::document::Document;
use crate::format::FormatDecoder;
use crate::format::shapes::{File, Place, Swapped, file};
use crate::timestamp::DateTime;
use aws_smithy_types::{BigDecimal, BigInteger};

fn written<F: Format<Encoder = JsonEncoder>>(file: &File) -> String {
    String::from_utf8(F::encode(|to| file.encode(to))).unwrap()
}

fn read<F: Format>(text: &str) -> (File, Vec<(String, ProblemKind)>) {
    let mut decoder = F::decoder(text.as_bytes(), Mode::Strict, Reading::default());
    let file = File::decode(&mut decoder).unwrap();
    (file, decoder.into_problems().recorded().iter().cloned().map(|it| (it.path, it.kind)).collect())
}

#[test]
fn a_body_beside_http_bindings_has_the_other_members_by_their_json_names() {
    let text = r#"{"Title":"t","Tags":["a"],"place":{"Street":"s"}}"#;
    assert_eq!(written::<Json>(&file()), text);
    assert_eq!(read::<Json>(text), (File { version: None, ..file() }, vec![]));
}

#[test]
fn a_body_of_rpc_has_all_members_by_the_names_of_the_model() {
    let text = r#"{"title":"t","tagList":["a"],"place":{"streetName":"s"},"fileVersion":2}"#;
    assert_eq!(written::<RpcJson>(&file()), text);
    assert_eq!(read::<RpcJson>(text), (file(), vec![]));
}

#[test]
fn problems_call_members_as_the_body_does() {
    let (_, problems) = read::<RpcJson>(r#"{"tagList":["a","b","c"],"place":{"streetName":1}}"#);
    let expected = [
        ("/tagList", ProblemKind::TooLong { length: 3, maximum: 1 }),
        ("/place/streetName", ProblemKind::Mistyped("a string")),
        ("/title", ProblemKind::Missing),
        ("/fileVersion", ProblemKind::Missing),
    ];
    assert_eq!(problems, expected.map(|(path, kind)| (path.to_owned(), kind)));
}

#[test]
fn members_that_are_not_known_keep_their_names() {
    let (file, _) = read::<RpcJson>(r#"{"title":"t","fileVersion":1,"place":{"city":true}}"#);
    assert_eq!(file.place, Some(Place::Unrecognized("city".to_owned())));
    assert!(written::<RpcJson>(&file).contains(r#""place":{"city":true}"#));
}

#[test]
fn a_member_has_the_name_of_the_protocol_and_no_other() {
    let (file, problems) = read::<RpcJson>(r#"{"Title":"no","title":"t","Tags":["no"],"fileVersion":1,"place":{"Street":"no"}}"#);
    let place = Some(Place::Unrecognized("Street".to_owned()));
    assert_eq!(file, File { version: Some(1), title: "t".to_owned(), tags: None, place });
    assert_eq!(problems, [("/place/Street".to_owned(), ProblemKind::Unrecognized)]);

    let (file, problems) = read::<Json>(r#"{"title":"no","Title":"t","tagList":["no"],"place":{"streetName":"no"}}"#);
    let place = Some(Place::Unrecognized("streetName".to_owned()));
    assert_eq!(file, File { version: None, title: "t".to_owned(), tags: None, place });
    assert_eq!(problems, [("/place/streetName".to_owned(), ProblemKind::Unrecognized)]);
}

#[test]
fn a_member_may_have_the_json_name_that_another_has_in_the_model() {
    let swapped = Swapped { header: Some("h".to_owned()), body: Some("b".to_owned()) };
    let text = r#"{"text":"b","note":"h"}"#;
    assert_eq!(String::from_utf8(RpcJson::encode(|to| swapped.encode(to))).unwrap(), text);
    assert_eq!(value::<RpcJson, Swapped>(text), Some(swapped));
    assert_eq!(value::<Json, Swapped>(r#"{"note":"b"}"#), Some(Swapped { header: None, body: Some("b".to_owned()) }));
}

fn text<F: Format<Encoder = JsonEncoder>>(write: impl FnOnce(&mut JsonEncoder)) -> String {
    String::from_utf8(F::encode(write)).unwrap()
}

fn value<F: Format, T: Decode>(text: &str) -> Option<T> {
    let mut decoder = F::decoder(text.as_bytes(), Mode::Strict, Reading::default());
    T::decode(&mut decoder).ok().filter(|_| decoder.end().is_ok())
}

#[test]
fn rpc_v2_writes_numbers_of_any_size_as_strings_and_documents_as_they_are() {
    let integer: BigInteger = "42".parse().unwrap();
    let decimal: BigDecimal = "-0.100000000000000000000001".parse().unwrap();
    assert_eq!(text::<RpcV2Json>(|to| integer.encode(to)), r#""42""#);
    assert_eq!(text::<RpcV2Json>(|to| decimal.encode(to)), r#""-0.100000000000000000000001""#);
    assert_eq!(text::<RpcJson>(|to| integer.encode(to)), "42");
    assert_eq!(text::<RpcV2Json>(|to| Document::Number("4.20".to_owned()).encode(to)), "4.20");
    assert_eq!(text::<RpcV2Json>(|to| 42_i64.encode(to)), "42");
}

#[test]
fn rpc_v2_reads_numbers_of_any_size_from_strings_and_from_numbers() {
    for read in [r#""42""#, "42"] {
        assert_eq!(value::<RpcV2Json, BigInteger>(read), "42".parse().ok(), "{read}");
    }
    assert_eq!(value::<RpcV2Json, BigDecimal>(r#""1.0e3""#), "1.0e3".parse().ok());
    for refused in [r#""""#, r#"" 42""#, r#""42 ""#, r#""4x""#, r#""+4""#, r#""0x4""#, r#""NaN""#, r#""04""#] {
        assert_eq!(value::<RpcV2Json, BigDecimal>(refused), None, "{refused}");
    }
    assert_eq!(value::<RpcJson, BigInteger>(r#""42""#), None);
    assert_eq!(value::<RpcV2Json, i64>(r#""42""#), None);
    assert_eq!(value::<RpcV2Json, Document>(r#""42""#), Some(Document::String("42".to_owned())));
}

#[test]
fn rpc_v2_has_timestamps_as_seconds_whatever_the_model_says() {
    let time = DateTime::from_secs_and_nanos(1, 500_000_000);
    for format in [None, Some(TimestampFormat::DateTime), Some(TimestampFormat::HttpDate)] {
        assert_eq!(text::<RpcV2Json>(|to| to.timestamp(&time, format)), "1.5");
        let mut decoder = RpcV2Json::decoder(b"1.5", Mode::Strict, Reading::default());
        assert_eq!(decoder.timestamp(format).ok(), Some(time));
    }
    assert_eq!(text::<RpcJson>(|to| to.timestamp(&time, Some(TimestampFormat::DateTime))), r#""1970-01-01T00:00:01.5Z""#);
}
