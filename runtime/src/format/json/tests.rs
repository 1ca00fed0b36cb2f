//! What RPC protocols have in JSON, and what those with HTTP bindings.

use super::*;
use crate::codec::{Decode, DecodeError, Decoder, Element, Encode, Encoder, MemberName, Names, ProblemKind, Structure, Zero};
use crate::format::FormatDecoder;

/// A file whose version is bound to a header, and whose title has a name of its own in JSON.
#[derive(Debug, Default, PartialEq)]
struct File {
    version: Option<i32>,
    title: String,
    tags: Option<Vec<String>>,
    place: Option<Place>,
}

impl Structure for File {
    const NAMES: &'static Names = &Names::new(&[
        MemberName::new("Title", Element::new("Title")).member("title"),
        MemberName::new("Tags", Element::new("Tags")).member("tagList"),
        MemberName::new("Version", Element::new("Version")).member("fileVersion"),
    ]);

    crate::members! {
        bound {
            required "Version" => version,
        }
        required "Title" => title,
        "Tags" => tags max 1,
        "place" => place,
    }
}

crate::structure! { File: default {} }

/// A union whose member has a name of its own in JSON.
#[derive(Debug, PartialEq)]
enum Place {
    Street(String),
    Unrecognized(String),
}

impl Place {
    const NAMES: &'static Names = &Names::new(&[MemberName::new("Street", Element::new("Street")).member("streetName")]);
}

impl Encode for Place {
    fn encode<E: Encoder>(&self, to: &mut E) {
        match self {
            Self::Street(name) => to.named_variant(Self::NAMES, "Street", name),
            Self::Unrecognized(tag) => to.named_variant(Self::NAMES, tag, &true),
        }
    }
}

impl Decode for Place {
    fn decode<D: Decoder>(from: &mut D) -> Result<Self, DecodeError> {
        from.named_union(Self::NAMES, |tag, from| match tag {
            "Street" => from.value().map(Self::Street),
            _ => from.unrecognized().map(|_| Self::Unrecognized(tag.to_owned())),
        })
    }
}

impl Zero for Place {
    fn zero() -> Self {
        Self::Unrecognized(String::new())
    }
}

fn file() -> File {
    File { version: Some(2), title: "t".to_owned(), tags: Some(vec!["a".to_owned()]), place: Some(Place::Street("s".to_owned())) }
}

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
