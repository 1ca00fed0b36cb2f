//! Which operation a request is for.

use super::*;

#[tokio::test]
async fn labels_are_decoded_after_matching() {
    let arn = "/things/arn%3Aaws%3Athing%2Fcount";
    assert_eq!(answer(server(), request("GET", arn, "")).await, (200, String::new(), r#"{"Id":"arn:aws:thing/count"}"#.into()));
}

#[tokio::test]
async fn unknown_paths_and_methods_are_refused() {
    let unknown = error(404, "UnknownOperationException", "No operation has this path");
    for path in ["/", "/thing/a", "/things", "/things/", "/things//count", "/things/a/b", "/things/a/"] {
        assert_eq!(answer(server(), request("POST", path, "")).await, unknown, "{path}");
    }
    let (response, body) = send(server(), request("PATCH", "/things/a", "")).await;
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(header(&response, "x-amzn-errortype"), Some("MethodNotAllowedException"));
    assert_eq!(header(&response, "allow"), Some("DELETE, GET, PUT"));
    assert_eq!(body, r#"{"message":"This path takes DELETE, GET, PUT only"}"#);
}

#[tokio::test]
async fn an_operation_that_nobody_implements_answers_501() {
    let expected = error(501, "NotImplementedException", "CountThing is not implemented");
    assert_eq!(answer(server(), request("POST", "/things/a/count", "")).await, expected);
}
