//! Connections that are slow, idle, many, or never read what they asked for.

use crate::support::*;
use smithwright_examples::serve::Limits;
use std::time::{Duration, Instant};
use tokio::io::AsyncWriteExt as _;
use tokio::time::sleep;

const SHORT: Duration = Duration::from_millis(200);

/// Limits that nothing here reaches, but for those that a test sets.
fn limits() -> Limits {
    let long = Duration::from_secs(60);
    Limits { connections: 100, head_time: long, idle_time: long, write_time: long, drain_time: long, ..Limits::default() }
}

#[tokio::test]
async fn half_a_head_is_given_up() {
    for begun in ["", "GET /con"] {
        let served = Served::start(odd(), Limits { head_time: SHORT, ..limits() }).await;
        let start = Instant::now();
        let mut stream = served.connect(begun).await;
        assert_eq!(rest(&mut stream).await, "");
        assert!(start.elapsed() >= SHORT);
    }
}

#[tokio::test]
async fn a_head_that_comes_byte_by_byte_is_given_up() {
    let served = Served::start(odd(), Limits { head_time: SHORT, ..limits() }).await;
    // Another request, so that the time does not count from the beginning of the connection.
    let mut stream = served.connect(ASK).await;
    head(&mut stream).await;
    let mut sent = 0;
    while stream.write_all(&ASK.as_bytes()[sent..sent + 1]).await.is_ok() {
        sent += 1;
        sleep(SHORT / 8).await;
        assert!(sent < 40);
    }
    assert!(sent >= 6, "{sent}");
}

#[tokio::test]
async fn an_idle_connection_is_closed() {
    let served = Served::start(odd(), Limits { idle_time: SHORT, ..limits() }).await;
    let mut stream = served.connect(ASK).await;
    head(&mut stream).await;
    let start = Instant::now();
    assert_eq!(rest(&mut stream).await, "");
    assert!(start.elapsed() >= SHORT / 2);
}

#[tokio::test]
async fn a_request_that_takes_long_is_not_idle() {
    let served = Served::start(odd(), Limits { idle_time: SHORT, head_time: SHORT, write_time: SHORT, ..limits() }).await;
    let mut stream = served.connect(ASK_SLOWLY).await;
    assert_eq!(statuses(&head(&mut stream).await), [404]);
}

/// As hyper has it: a handler is not to work for nobody, and half a connection looks like none.
#[tokio::test]
async fn whoever_closes_its_side_before_the_answer_has_gone() {
    let served = Served::start(odd(), limits()).await;
    let mut stream = served.connect(ASK_SLOWLY).await;
    stream.shutdown().await.unwrap();
    let start = Instant::now();
    assert_eq!(rest(&mut stream).await, "");
    assert!(start.elapsed() < SLOW);
    assert!(served.serves().await);
}

#[tokio::test]
async fn an_answer_that_nobody_reads_is_given_up() {
    let served = Served::start(odd(), Limits { connections: 1, write_time: SHORT, ..limits() }).await;
    let _unread = served.connect(ASK.replace("nobody", "large")).await;
    // There is one place, which is not free before the answer is given up.
    let start = Instant::now();
    assert!(served.serves().await);
    assert!(start.elapsed() >= SHORT / 2);
}

#[tokio::test]
async fn where_there_is_no_place_the_longest_idle_makes_one() {
    let served = Served::start(odd(), Limits { connections: 3, ..limits() }).await;
    let mut idle = Vec::new();
    for _ in 0..3 {
        let mut stream = served.connect(ASK).await;
        head(&mut stream).await;
        idle.push(stream);
    }
    let mut new = served.connect(ASK).await;
    assert_eq!(statuses(&head(&mut new).await), [404]);
    assert_eq!(rest(&mut idle[0]).await, "");
    for stream in &mut idle[1..] {
        stream.write_all(ASK.as_bytes()).await.unwrap();
        assert_eq!(statuses(&head(stream).await), [404]);
    }
}

#[tokio::test]
async fn where_nobody_is_idle_a_connection_waits() {
    let served = Served::start(odd(), Limits { connections: 1, ..limits() }).await;
    let mut slow = served.connect(ASK_SLOWLY).await;
    assert!(served.serves().await);
    assert_eq!(statuses(&head(&mut slow).await), [404]);
}

#[tokio::test]
async fn a_panic_costs_its_own_request() {
    let served = Served::start(odd(), limits()).await;
    let mut stream = served.connect(ASK.replace("nobody", "panic")).await;
    let failed = head(&mut stream).await;
    assert_eq!(statuses(&failed), [500]);
    assert!(failed.contains("x-amzn-requestid: ") && !failed.contains("secret"), "{failed}");
    stream.write_all(ASK.as_bytes()).await.unwrap();
    assert_eq!(statuses(&head(&mut stream).await), [404]);
}
