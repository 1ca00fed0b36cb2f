//! A typed proxy in front of an Amazon Connect.

use clap::Parser;
use smithwright_examples::proxy;
use smithwright_examples::serve::{Listen, serve};
use std::io;

/// Answers every operation with what another Amazon Connect answers.
#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    listen: Listen,
    /// The URL of the Connect that answers.
    #[arg(long, value_name = "URL")]
    upstream: String,
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    serve(&arguments.listen, proxy(&arguments.upstream)).await
}
