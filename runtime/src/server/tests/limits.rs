//! How large and how slow a request may be.

use super::*;
use crate::codec::DecodeLimits;
use std::time::Duration;

fn part<B>(body: B) -> Request<B> {
    Request::put("/things/a").header("content-type", "application/json").body(body).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_body_that_never_ends_is_given_up() {
    let expected = error(408, "RequestTimeoutException", "The body did not arrive in time");
    let start = tokio::time::Instant::now();
    assert_eq!(answer(server(), part(dripping(["{", " "], End::Never))).await, expected);
    assert_eq!(start.elapsed().as_secs(), 30);
    let start = tokio::time::Instant::now();
    assert_eq!(answer(server().body_timeout(Duration::from_secs(2)), part(dripping([], End::Never))).await, expected);
    assert_eq!(start.elapsed().as_secs(), 2);
}

#[tokio::test]
async fn a_body_that_arrives_in_pieces_is_put_together() {
    let whole = answer(server(), request("PUT", "/things/a", PART)).await;
    let (start, rest) = PART.split_at(5);
    let (middle, end) = rest.split_at(7);
    assert_eq!(answer(server(), part(dripping(["", start, middle, "", end], End::Comes))).await, whole);
    assert_eq!(whole.0, 201);
}

#[tokio::test]
async fn a_body_that_breaks_off_is_refused() {
    let expected = error(400, "IncompleteBodyException", "The body could not be read");
    assert_eq!(answer(server(), part(dripping(["{"], End::Breaks))).await, expected);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let expected = error(413, "RequestEntityTooLargeException", "The body is larger than 9 bytes");
    assert_eq!(answer(server().body_limit(9), request("PUT", "/things/a", PART)).await, expected);
    // One whose length is not known beforehand.
    assert_eq!(answer(server().body_limit(9), part(dripping(["12345", "12345"], End::Never))).await, expected);
    assert_eq!(answer(server().body_limit(PART.len()), request("PUT", "/things/a", PART)).await.0, 201);
    let large = Bytes::from(vec![b' '; (1 << 20) + 1]);
    assert_eq!(answer(server(), part(Full::new(large))).await.0, 413);
}

#[tokio::test]
async fn a_body_that_says_that_it_is_too_large_is_not_read() {
    let expected = error(413, "RequestEntityTooLargeException", "The body is larger than 9 bytes");
    assert_eq!(answer(server().body_limit(9), part(Untouchable(10))).await, expected);
}

#[tokio::test]
async fn an_operation_may_have_a_limit_of_its_own() {
    let server = server().body_limit(9).operation_body_limit::<PutThing>(PART.len());
    assert_eq!(answer(server.clone(), request("PUT", "/things/a", PART)).await.0, 201);
    assert_eq!(answer(server.clone(), request("PUT", "/things/a", &format!("{PART} "))).await.0, 413);
    // Another setting changes neither, nor the server that it was made of.
    let other = server.clone().body_limit(100).operation_body_limit::<PutThing>(9);
    assert_eq!(answer(other, request("PUT", "/things/a", PART)).await.0, 413);
    assert_eq!(answer(server, request("PUT", "/things/a", PART)).await.0, 201);
}

#[tokio::test]
async fn an_operation_without_a_limit_of_its_own_has_the_servers() {
    let put = || request("PUT", "/things/a", PART);
    assert_eq!(answer(server().operation_body_limit::<GetThing>(1), put()).await.0, 201);
    assert_eq!(answer(server().body_limit(9).operation_body_limit::<GetThing>(100), put()).await.0, 413);
}

#[tokio::test]
async fn values_that_need_more_memory_than_they_may_are_refused() {
    let body = format!(r#"{{"Part":{{"Name":"a","Size":1}},"Sizes":[1,2,3],"Labels":{{"a":"{}"}}}}"#, "b".repeat(1_000));
    let limits = DecodeLimits::default().memory(500).memory_per_byte(0);
    let (status, code, text) = answer(server().decode_limits(limits), request("PUT", "/things/a", &body)).await;
    assert_eq!((status, code.as_str()), (413, "RequestEntityTooLargeException"));
    assert!(text.contains("more values than fit in 500 bytes of memory at /Labels/a"), "{text}");
    assert_eq!(answer(server(), request("PUT", "/things/a", &body)).await.0, 201);
}

#[tokio::test]
async fn a_long_body_is_read_on_another_thread_than_those_that_serve() {
    let long = format!("{PART}{}", " ".repeat(64 << 10));
    assert_eq!(
        answer(server(), request("PUT", "/things/a", &long)).await,
        answer(server(), request("PUT", "/things/a", PART)).await
    );
    assert_eq!(things::read_here(), 1, "the short one alone");
}
