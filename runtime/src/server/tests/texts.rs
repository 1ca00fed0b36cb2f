//! What is not text where text is expected, and text that would make another path.

use super::things::{Error, Kind};
use super::*;
use crate::codec::Reading;
use crate::codegen::*;
use crate::message::{BodyParts, RequestParts};
use crate::protocol::{Protocol as _, RestJson1};
use http::HeaderMap;
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq)]
struct Take {
    folder: String,
    path: String,
    text: Option<String>,
    kind: Option<Kind>,
    texts: Option<Vec<String>>,
    kinds: Option<Vec<Kind>>,
    parameters: BTreeMap<String, Vec<String>>,
    note: Option<String>,
    shape: Option<Kind>,
    notes: Option<Vec<String>>,
    shapes: Option<Vec<Kind>>,
    meta: BTreeMap<String, String>,
}

request! { Take: default {} }

impl Validate for Take {}

impl Operation for Take {
    type Response = ();
    type Error = Error;
    const INFO: OperationInfo =
        OperationInfo::new("Take", "GET", "/{Folder}/all/{Path+}", &[]).request(Media::None).response(Media::None);

    bindings! {
        label "Folder" => folder,
        label "Path" => path,
        query ("Text", "text") => text,
        query "kind" => kind,
        query "texts" => texts,
        query "kinds" => kinds,
        header ("Note", "x-note") => note,
        header "x-shape" => shape,
        header "x-notes" => notes,
        header "x-shapes" => shapes,
        prefix_headers "x-meta-" => meta,
        query_params => parameters,
    }
}

trait Takes: Send + Sync + 'static {
    fn take(&self, request: Take) -> impl Future<Output = Result<(), Error>> + Send;
}

mod generated {
    use super::*;

    crate::server! {
        /// Takes whatever arrives.
        Takes, Error, [RestJson1];
        take(Take),
    }
}

/// Keeps what it took.
#[derive(Clone, Default)]
struct Taker(std::sync::Arc<std::sync::Mutex<Vec<Take>>>);

impl Takes for Taker {
    async fn take(&self, request: Take) -> Result<(), Error> {
        self.0.lock().unwrap().push(request);
        Ok(())
    }
}

/// Status, error type and message, and what the service took.
async fn take(uri: &str, header: Option<(&'static str, &[u8])>, validation: bool) -> ((u16, String, String), Vec<Take>) {
    let taker = Taker::default();
    let mut request = request("GET", uri, "");
    if let Some((name, value)) = header {
        request.headers_mut().insert(name, HeaderValue::from_bytes(value).unwrap());
    }
    let (status, code, body) = answer(generated::Server::new(taker.clone()).validation(validation), request).await;
    let message = serde_json::from_str(&body).ok().and_then(|it: serde_json::Value| Some(it["message"].as_str()?.to_owned()));
    ((status, code, message.unwrap_or_default()), taker.0.lock().unwrap().clone())
}

/// An overlong slash, a byte that begins nothing, half a pair of surrogates, and text that is cut in the middle of a character.
const NO_UTF8: [(&str, &[u8]); 4] =
    [("%C0%AF", b"\xc0\xaf"), ("a%FF", b"a\xff"), ("%ED%A0%80b", b"\xed\xa0\x80b"), ("%F0%9F%98", b"\xf0\x9f\x98")];

#[tokio::test]
async fn text_that_is_not_utf8_is_refused_wherever_it_stands_and_its_member_named() {
    for ((encoded, bytes), validation) in NO_UTF8.iter().flat_map(|text| [(text, true), (text, false)]) {
        for (uri, header, member) in [
            (format!("/{encoded}/all/p"), None, "/Folder"),
            (format!("/f/all/p/{encoded}/q"), None, "/Path"),
            (format!("/f/all/p?text={encoded}"), None, "/Text"),
            (format!("/f/all/p?kind={encoded}"), None, "/kind"),
            (format!("/f/all/p?texts=a&texts={encoded}&texts=b"), None, "/texts"),
            (format!("/f/all/p?kinds={encoded}"), None, "/kinds"),
            (format!("/f/all/p?any={encoded}"), None, "/any"),
            ("/f/all/p".to_owned(), Some("x-note"), "/Note"),
            ("/f/all/p".to_owned(), Some("x-shape"), "/x-shape"),
            ("/f/all/p".to_owned(), Some("x-notes"), "/x-notes"),
            ("/f/all/p".to_owned(), Some("x-shapes"), "/x-shapes"),
            ("/f/all/p".to_owned(), Some("x-meta-any"), "/x-meta-any"),
        ] {
            let ((status, code, message), taken) = take(&uri, header.map(|name| (name, *bytes)), validation).await;
            assert_eq!((status, code.as_str()), (400, "SerializationException"), "{uri} {header:?}");
            assert!(message.contains(&format!("expected UTF-8 at {member}")), "{uri} {header:?}: {message}");
            assert_eq!(taken, [], "{uri} {header:?}");
        }
    }
}

#[tokio::test]
async fn the_name_of_a_query_parameter_is_text_too() {
    for (encoded, _) in NO_UTF8 {
        let (answered, taken) = take(&format!("/f/all/p?te{encoded}xt=a"), None, false).await;
        let message = "expected UTF-8 in the names of query parameters";
        assert_eq!(answered, (400, "SerializationException".to_owned(), message.to_owned()));
        assert_eq!(taken, []);
    }
}

#[tokio::test]
async fn text_beyond_ascii_is_taken_wherever_it_stands() {
    let uri = "/%C3%A9/all/%F0%9F%98%80/b?text=%C3%A9&texts=%C3%A9&%C3%A9=%C3%A9";
    let (answered, taken) = take(uri, Some(("x-note", "é😀".as_bytes())), true).await;
    assert_eq!(answered.0, 200);
    let [taken] = &taken[..] else { panic!("{taken:?}") };
    assert_eq!((taken.folder.as_str(), taken.path.as_str(), taken.text.as_deref()), ("é", "😀/b", Some("é")));
    assert_eq!((taken.note.as_deref(), &taken.parameters["é"]), (Some("é😀"), &vec!["é".to_owned()]));
}

#[tokio::test]
async fn a_label_that_makes_another_path_is_refused() {
    for (uri, member) in [
        ("/%2e%2e/all/p", "/Folder"),
        ("/../all/p", "/Folder"),
        ("/%2E/all/p", "/Folder"),
        ("/f/all/..", "/Path"),
        ("/f/all/a/%2e%2e/b", "/Path"),
        ("/f/all/./b", "/Path"),
        ("/f/all/a%2F..%2Fb", "/Path"),
        ("/f/all/a/../", "/Path"),
        ("/f/all/a//b", "/Path"),
        ("/f/all//a", "/Path"),
        ("/f/all/a%2F/b", "/Path"),
    ] {
        for validation in [true, false] {
            let ((status, code, message), taken) = take(uri, None, validation).await;
            assert_eq!((status, code.as_str()), (400, "SerializationException"), "{uri}");
            assert!(message.contains(&format!(" segments at {member}")), "{uri}: {message}");
            assert_eq!(taken, [], "{uri}");
        }
    }
}

#[tokio::test]
async fn a_label_of_dots_and_slashes_that_makes_no_other_path_is_taken() {
    for (uri, folder, path) in [
        ("/.../all/..a/.b/c..", "...", "..a/.b/c.."),
        ("/a%2F..%2Fb/all/a/", "a/../b", "a/"),
        ("/%252e%252e/all/%252e", "%2e%2e", "%2e"),
    ] {
        let (answered, taken) = take(uri, None, true).await;
        assert_eq!(answered.0, 200, "{uri}: {answered:?}");
        assert_eq!((taken[0].folder.as_str(), taken[0].path.as_str()), (folder, path));
    }
}

/// What is read of a query and of headers of any length, as no server hands them on: these have limits of their own.
fn read(query: &str, headers: &HeaderMap) -> (Take, usize) {
    let parts = RequestParts { path: "/f/all/p", query, headers, body: BodyParts::Bytes(b"") };
    let (request, problems) = RestJson1::read_request::<Take>(parts, Reading::default()).unwrap();
    (request, problems.recorded().len())
}

#[test]
fn a_long_query_takes_no_more_time_than_its_length() {
    let count = 200_000;
    let (request, problems) = read(&format!("{}text=b&text=c", "texts=a&".repeat(count)), &HeaderMap::new());
    assert_eq!((request.texts.map(|it| it.len()), request.text.as_deref(), problems), (Some(count), Some("b"), 0));
    let different: String = (0..count).map(|index| format!("a{index}=&")).collect();
    assert_eq!(read(&different, &HeaderMap::new()).0.parameters.len(), count);
    let (_, problems) = read(&"a%FF=%FF&".repeat(count), &HeaderMap::new());
    assert_eq!(problems, 128);
}

#[test]
fn a_long_list_in_a_header_takes_no_more_time_than_its_length() {
    for (text, count) in [("a,", 200_000), ("\"a\",", 200_000), (",", 0), ("\"\\\"\",", 100_000)] {
        let value = text.repeat(count.max(200_000));
        let headers = HeaderMap::from_iter([("x-notes".parse().unwrap(), HeaderValue::try_from(value).unwrap())]);
        assert!(read("", &headers).0.notes.is_some_and(|notes| notes.len() >= count), "{text}");
    }
}
