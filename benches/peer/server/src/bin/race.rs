//! The generated server and the one written by hand, in turns under the same load. Each has a thread and a runtime of its own, of
//! the same kind; the load has another.

use axum::Router;
use peer_shared::clock::{budget, median};
use peer_shared::references;
use peer_shared::sample::{Sample, Side, Unit};
use server::{by_hand, generated, load};
use std::error::Error;
use std::net::{SocketAddr, TcpListener};
use std::{io, thread};
use tokio::runtime::{Builder, Runtime};

/// How many references are listed.
const LISTED: usize = 100;

/// How many references an update has.
const UPDATED: usize = 3;

/// How often the servers take turns, so that a busy moment hits both.
const TURNS: u32 = 10;

/// A request that lists references.
const LIST: &str = "GET /contact/references/instance/contact?referenceTypes=URL HTTP/1.1\r\nhost: localhost\r\n\r\n";

fn main() -> Result<(), Box<dyn Error>> {
    let servers = [(Side::Ours, start(generated::router(LISTED)?)?), (Side::Axum, start(by_hand::router(LISTED))?)];
    let requests = [("UpdateContact", update()?), ("ListContactReferences of 100", LIST.to_owned())];
    let runtime = runtime()?;
    for (operation, request) in requests {
        for (_, address) in &servers {
            runtime.block_on(load::press(*address, request.as_bytes(), budget() / 10))?;
        }
        let mut turns = servers.map(|_| Vec::new());
        for _ in 0..TURNS {
            for ((_, address), turns) in servers.iter().zip(&mut turns) {
                turns.push(runtime.block_on(load::press(*address, request.as_bytes(), budget() / TURNS))?);
            }
        }
        for ((side, _), turns) in servers.iter().zip(&turns) {
            tell(operation, *side, turns)?;
        }
    }
    Ok(())
}

/// A request that updates a contact.
fn update() -> serde_json::Result<String> {
    let body = serde_json::to_string(&references::update(UPDATED))?;
    let head = "POST /contacts/instance/contact HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json";
    Ok(format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len()))
}

fn tell(operation: &str, side: Side, turns: &[load::Outcome]) -> serde_json::Result<()> {
    let throughput = median(turns.iter().map(|turn| turn.requests_per_second).collect());
    let p99 = median(turns.iter().map(|turn| turn.p99).collect());
    Sample { what: &format!("serve {operation}"), side, unit: Unit::RequestsPerSecond, value: throughput }.tell()?;
    Sample { what: &format!("serve {operation}: p99"), side, unit: Unit::Microseconds, value: p99 }.tell()
}

/// Serves on a thread of its own until the program ends.
fn start(router: Router) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = runtime()?;
    thread::spawn(move || runtime.block_on(async { axum::serve(tokio::net::TcpListener::from_std(listener)?, router).await }));
    Ok(address)
}

fn runtime() -> io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}
