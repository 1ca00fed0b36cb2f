//! What the server is to the program around it.

use super::*;
use crate::error::UnrecognizedError;
use crate::operation::Operation as _;
use crate::server::{RequestContext, RequestId};
use http_body_util::Empty;
use std::convert::Infallible;

#[tokio::test]
async fn a_service_a_request_knows_the_requests_context() {
    let server = Server::per_request(|context| Shelf { context: Some(context) });
    let mut request = request("GET", "/things/caller", "");
    request.headers_mut().insert("x-extra", "1".parse().unwrap());
    request.extensions_mut().insert("ada");
    request.extensions_mut().insert(RequestId("r-1".into()));
    let (response, body) = send(server, request).await;
    assert_eq!(body, r#"{"Id":"caller","Note":"ada r-1"}"#);
    assert_eq!(header(&response, "x-amzn-requestid"), Some("r-1"));
}

#[tokio::test]
async fn a_service_may_be_refused_before_anything_is_decoded() {
    let server = Server::try_per_request(|context| match context.headers().get("authorization") {
        Some(_) => Ok(Shelf { context: Some(context) }),
        None => Err(UnrecognizedError::new("MissingAuthenticationTokenException", 403, "who is there?".to_owned()).into()),
    });
    let expected = error(403, "MissingAuthenticationTokenException", "who is there?");
    assert_eq!(answer(server, request("PUT", "/things/a", "no json")).await, expected);
}

#[tokio::test]
async fn the_body_of_whoever_is_refused_is_not_read() {
    let server = Server::try_per_request(|_| match false {
        true => Ok(Shelf::default()),
        false => Err(UnrecognizedError::new("AccessDeniedException", 403, None).into()),
    });
    let request = Request::put("/things/a").header("content-type", "application/json").body(Untouchable(9)).unwrap();
    assert_eq!(answer(server, request).await.0, 403);
}

#[test]
fn debug_shows_neither_labels_nor_credentials() {
    let (mut parts, ()) = Request::get("/things/secret").body(()).unwrap().into_parts();
    parts.headers.insert("authorization", "secret".parse().unwrap());
    let context = RequestContext::new(&GetThing::INFO, "r-1".into(), parts);
    assert_eq!(format!("{context:?}"), r#"RequestContext { operation: "GetThing", request_id: "r-1", .. }"#);
    assert!(format!("{:?}", server()).starts_with("Server(Server { operations: 4, body_limit: 1048576"));
}

#[tokio::test]
async fn axum_takes_it_as_a_fallback() {
    let router: axum::Router = axum::Router::new().fallback_service(server());
    let request = Request::get("/things/a").body(axum::body::Body::empty()).unwrap();
    assert_eq!(router.oneshot(request).await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn it_is_a_tower_service_of_any_body() {
    fn service<S, B>(_: &Request<B>, service: S) -> S
    where
        S: tower_service::Service<Request<B>, Error = Infallible, Future: Send> + Clone + Send + Sync + 'static,
    {
        service
    }
    let request = Request::get("/things/a").body(Empty::<std::collections::VecDeque<u8>>::new()).unwrap();
    assert_eq!(service(&request, server()).oneshot(request).await.unwrap().status(), StatusCode::OK);
}
