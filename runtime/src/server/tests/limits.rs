//! How large and how slow a request may be.

use super::*;
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
    let large = Bytes::from(vec![b' '; (10 << 20) + 1]);
    assert_eq!(answer(server(), part(Full::new(large))).await.0, 413);
}

#[tokio::test]
async fn a_body_that_says_that_it_is_too_large_is_not_read() {
    let expected = error(413, "RequestEntityTooLargeException", "The body is larger than 9 bytes");
    assert_eq!(answer(server().body_limit(9), part(Untouchable(10))).await, expected);
}
