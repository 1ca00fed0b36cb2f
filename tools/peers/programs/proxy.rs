//! A typed proxy of any service: the generated client behind the generated server.

use peers::{Served, run, upstream};
use std::io;

fn main() -> io::Result<()> {
    let config = upstream()?;
    // Whether a value is allowed is for the other side to say.
    run(|| Served::new(service_server::Server::new(service_client::Client::new(&config)).validation(false).body_limit(64 << 20)))
}
