//! A typed proxy in front of an Amazon Connect.

use clap::Parser;
use smithwright_examples::serve::{Listen, serve};
use smithwright_examples::{Callers, log, own_callers, proxy};
use std::io;

/// Answers every operation with what another Amazon Connect answers, using the environment's credentials.
///
/// Requests must be signed (AWS Signature Version 4) with the access key that the proxy itself has. Only the id of the key is compared: the
/// signature is not verified, and neither are date, region and service. The id of a key is not a secret, so do not let anybody reach
/// the proxy who may not use its credentials.
#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    listen: Listen,
    /// The URL of the Connect that answers.
    #[arg(long, value_name = "URL")]
    upstream: String,
    /// Lets everybody call who can reach the proxy, with its credentials.
    #[arg(long)]
    allow_unsigned: bool,
}

#[tokio::main]
async fn main() -> io::Result<()> {
    log::start();
    let arguments = Arguments::parse();
    let callers = match arguments.allow_unsigned {
        true => Callers::Everybody,
        false => own_callers(),
    };
    match &callers {
        Callers::Everybody => tracing::warn!("everybody may call, with the credentials of this proxy"),
        Callers::KeyId(_) => tracing::warn!("signatures are not verified: whoever knows the id of the proxy's key may call"),
    }
    serve(&arguments.listen, proxy(&arguments.upstream, callers)).await
}
