//! An Amazon Connect in memory.

use clap::Parser;
use connect_server::Server;
use smithwright_examples::serve::{Listen, serve};
use smithwright_examples::{Desk, log};
use std::io;

/// An Amazon Connect in memory: creates, updates, describes and lists contacts.
#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    listen: Listen,
}

#[tokio::main]
async fn main() -> io::Result<()> {
    log::start();
    let arguments = Arguments::parse();
    tracing::warn!("everybody may call: there is no authentication");
    serve(&arguments.listen, Server::new(Desk::default())).await
}
