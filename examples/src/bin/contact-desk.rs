//! An Amazon Connect in memory.

use clap::Parser;
use connect_server::Server;
use smithwright_examples::Desk;
use smithwright_examples::serve::{Listen, serve};
use std::io;

/// An Amazon Connect in memory: creates, updates, describes and lists contacts.
#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    listen: Listen,
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    serve(&arguments.listen, Server::new(Desk::default())).await
}
