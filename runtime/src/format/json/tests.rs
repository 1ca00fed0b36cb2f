//! What RPC protocols have in JSON, and what those with HTTP bindings.

use super::*;
use crate::codec::{Decode, Encode, ProblemKind};
use crate::format::FormatDecoder;
use crate::format::shapes::{File, Place, file};

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
