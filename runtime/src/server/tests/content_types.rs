//! What a body says it is.

use super::*;

async fn send_as<B>(server: impl Serves<B>, method: &str, uri: &str, content_types: &[&str], body: B) -> (u16, String, String) {
    let mut request = Request::builder().method(method).uri(uri);
    for content_type in content_types {
        request = request.header("content-type", *content_type);
    }
    answer(server, request.body(body).unwrap()).await
}

fn refused(takes: &str) -> (u16, String, String) {
    error(415, "UnsupportedMediaTypeException", &format!("This operation takes {takes}"))
}

#[tokio::test]
async fn a_structure_says_that_it_is_json() {
    for content_type in ["application/json", "application/json; charset=utf-8", "APPLICATION/JSON"] {
        assert_eq!(send_as(server(), "PUT", "/things/a", &[content_type], PART.to_owned()).await.0, 201, "{content_type}");
    }
    let refused = refused("application/json only");
    let wrong: [&[&str]; 5] =
        [&[], &["text/plain"], &["application/jsonx"], &["application/hal+json"], &["application/json", "text/plain"]];
    for content_types in wrong {
        assert_eq!(send_as(server(), "PUT", "/things/a", content_types, PART.to_owned()).await, refused, "{content_types:?}");
    }
}

#[tokio::test]
async fn text_says_its_media_type() {
    let text = |content_types| send_as(cabinet(), "POST", "/text", content_types, "hello".to_owned());
    assert_eq!(text(&["text/plain"]).await, (200, String::new(), "hello".to_owned()));
    assert_eq!(text(&["text/plain; charset=utf-8"]).await.0, 200);
    assert_eq!(text(&["application/json"]).await, refused("text/plain only"));
    assert_eq!(text(&[]).await, refused("text/plain only"));
}

#[tokio::test]
async fn bytes_may_be_anything() {
    let types: [&[&str]; 3] = [&[], &["image/png"], &["application/json"]];
    for content_types in types {
        let answer = send_as(cabinet(), "POST", "/bytes", content_types, "hello".to_owned()).await;
        assert_eq!(answer, (200, String::new(), "hello".to_owned()));
    }
}

#[tokio::test]
async fn an_operation_without_a_body_takes_none_that_says_what_it_is() {
    assert_eq!(send_as(cabinet(), "POST", "/nothing", &["application/json"], "{}".to_owned()).await, refused("no body"));
    assert_eq!(send_as(cabinet(), "POST", "/nothing", &[], "{}".to_owned()).await.0, 200);
}

#[tokio::test]
async fn an_operation_of_a_structure_without_members_passes_over_its_json() {
    let empty = |content_types| send_as(cabinet(), "POST", "/empty", content_types, "{}".to_owned());
    assert_eq!(empty(&["application/json"]).await.0, 200);
    assert_eq!(empty(&[]).await.0, 200);
    assert_eq!(empty(&["text/plain"]).await, refused("no body"));
}

#[tokio::test]
async fn a_stream_of_a_media_type_says_so_and_another_need_not() {
    let image = |content_types| send_as(cabinet(), "PUT", "/image", content_types, "hello".to_owned());
    assert_eq!(image(&["image/png"]).await.0, 200);
    assert_eq!(image(&["image/jpeg"]).await, refused("image/png only"));
    assert_eq!(image(&[]).await, refused("image/png only"));
    for content_types in [&[] as &[&str], &["image/jpeg"]] {
        assert_eq!(send_as(cabinet(), "PUT", "/file", content_types, "hello".to_owned()).await.0, 200);
    }
}

#[tokio::test]
async fn no_body_may_say_anything() {
    for (method, uri) in [("POST", "/nothing"), ("POST", "/text"), ("PUT", "/image")] {
        assert_eq!(send_as(cabinet(), method, uri, &["font/woff"], String::new()).await.0, 200, "{uri}");
    }
    assert_eq!(send_as(server(), "GET", "/things/a", &["font/woff"], String::new()).await.0, 200);
}

#[tokio::test]
async fn a_body_that_turns_out_to_be_empty_may_say_anything() {
    assert_eq!(send_as(cabinet(), "POST", "/text", &[], dripping([], End::Comes)).await.0, 200);
    assert_eq!(send_as(cabinet(), "POST", "/text", &[], dripping(["a"], End::Comes)).await, refused("text/plain only"));
}

#[tokio::test]
async fn a_body_of_the_wrong_type_and_a_known_length_is_not_read() {
    assert_eq!(send_as(cabinet(), "POST", "/text", &["image/png"], Untouchable(3)).await.0, 415);
}
