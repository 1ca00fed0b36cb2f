//! What the client takes.

use super::*;

async fn status(server: impl Serves<Full<Bytes>>, method: &str, uri: &str, accept: &[&str]) -> u16 {
    let mut request = request(method, uri, "");
    for value in accept {
        request.headers_mut().append("accept", value.parse().unwrap());
    }
    answer(server, request).await.0
}

#[tokio::test]
async fn a_client_that_takes_no_json_is_refused() {
    let mut request = request("GET", "/things/a", "");
    request.headers_mut().insert("accept", HeaderValue::from_static("text/html"));
    let refused = error(406, "NotAcceptableException", "This operation answers application/json only");
    assert_eq!(answer(server(), request).await, refused);
}

#[tokio::test]
async fn one_range_that_covers_the_answer_is_enough() {
    for accept in ["*/*", "Application/*", "application/json; charset=utf-8", "text/html, */*;q=0.1", "", ", "] {
        assert_eq!(status(server(), "GET", "/things/a", &[accept]).await, 200, "{accept}");
    }
    assert_eq!(status(server(), "GET", "/things/a", &["text/html", "application/json"]).await, 200);
}

#[tokio::test]
async fn a_range_of_other_media_types_does_not_cover_the_answer() {
    for accept in ["application/hal+json", "application/jsonx", "application", "text/*", "json/application", "*/json"] {
        assert_eq!(status(server(), "GET", "/things/a", &[accept]).await, 406, "{accept}");
    }
}

#[tokio::test]
async fn a_range_without_weight_rules_the_answer_out() {
    for accept in ["application/json;q=0", "text/html, application/json; Q=0.000", "*/*, application/json;q=0", "*/*;q=0"] {
        assert_eq!(status(server(), "GET", "/things/a", &[accept]).await, 406, "{accept}");
    }
    assert_eq!(status(server(), "GET", "/things/a", &["application/*;q=0, application/json"]).await, 200);
}

#[tokio::test]
async fn an_answer_of_a_media_type_must_be_taken_as_such() {
    for (accept, expected) in [("text/plain", 200), ("text/*", 200), ("application/json", 406)] {
        assert_eq!(status(cabinet(), "POST", "/text", &[accept]).await, expected, "{accept}");
    }
    for (accept, expected) in [("image/png", 200), ("image/jpeg", 406)] {
        assert_eq!(status(cabinet(), "GET", "/image", &[accept]).await, expected, "{accept}");
    }
}

#[tokio::test]
async fn what_an_answer_of_any_media_type_or_of_none_is_taken_as_does_not_matter() {
    for (method, uri) in [("POST", "/nothing"), ("POST", "/bytes"), ("GET", "/file")] {
        assert_eq!(status(cabinet(), method, uri, &["text/html"]).await, 200, "{uri}");
    }
}
