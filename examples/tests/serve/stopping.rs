//! How a server ends.

use crate::support::*;
use smithwright_examples::serve::Limits;
use std::io::ErrorKind;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio::time::sleep;

/// Enough for a request to arrive, and much less than one that is slow takes.
const SOON: Duration = Duration::from_millis(200);

fn draining_for(drain_time: Duration) -> Limits {
    Limits { drain_time, ..Limits::default() }
}

#[tokio::test]
async fn whoever_is_idle_is_not_waited_for() {
    let served = Served::start(odd(), draining_for(Duration::from_secs(60))).await;
    let mut idle = served.connect(ASK).await;
    head(&mut idle).await;
    let _half_a_head = served.connect("GET /con").await;
    let _nothing = served.connect("").await;
    sleep(SOON).await;
    let start = Instant::now();
    served.stops.send(()).await.unwrap();
    served.ended.await.unwrap().unwrap();
    assert!(start.elapsed() < Duration::from_secs(1));
}

#[tokio::test]
async fn what_is_being_served_is_answered() {
    let served = Served::start(odd(), draining_for(Duration::from_secs(60))).await;
    let mut slow = served.connect(ASK_SLOWLY).await;
    sleep(SOON).await;
    served.stops.send(()).await.unwrap();
    let answer = rest(&mut slow).await;
    assert_eq!(statuses(&answer), [404]);
    assert!(answer.contains("connection: close"), "{answer}");
    served.ended.await.unwrap().unwrap();
}

#[tokio::test]
async fn nobody_is_accepted_any_more() {
    let served = Served::start(odd(), draining_for(Duration::from_secs(60))).await;
    let _slow = served.connect(ASK_SLOWLY).await;
    sleep(SOON).await;
    served.stops.send(()).await.unwrap();
    sleep(SOON).await;
    TcpStream::connect(served.address).await.unwrap_err();
}

#[tokio::test]
async fn there_is_an_end_to_waiting() {
    let served = Served::start(odd(), draining_for(SOON)).await;
    let _slow = served.connect(ASK_SLOWLY).await;
    sleep(SOON).await;
    let start = Instant::now();
    served.stops.send(()).await.unwrap();
    served.ended.await.unwrap().unwrap();
    assert!(start.elapsed() >= SOON && start.elapsed() < SLOW - SOON, "{:?}", start.elapsed());
}

#[tokio::test]
async fn told_twice_it_does_not_wait() {
    let served = Served::start(odd(), draining_for(Duration::from_secs(60))).await;
    let _slow = served.connect(ASK_SLOWLY).await;
    sleep(SOON).await;
    let start = Instant::now();
    served.stops.send(()).await.unwrap();
    served.stops.send(()).await.unwrap();
    assert_eq!(served.ended.await.unwrap().unwrap_err().kind(), ErrorKind::Interrupted);
    assert!(start.elapsed() < Duration::from_secs(1));
}
