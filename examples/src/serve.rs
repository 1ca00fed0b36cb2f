//! A server behind a socket.

use axum::Router;
use connect_server::Server;
use std::io::{self, Write as _};
use tokio::net::TcpListener;

/// Where a program listens: what the command lines of the examples share.
#[derive(Debug, clap::Args)]
pub struct Listen {
    /// The address to listen on; port 0 takes any port that is free.
    #[arg(long = "listen", value_name = "ADDR", default_value = "127.0.0.1:8080")]
    address: String,
}

/// Says on standard output where it listens, and serves until Ctrl-C.
///
/// # Errors
///
/// An address that cannot be listened on.
pub async fn serve(listen: &Listen, server: Server) -> io::Result<()> {
    let listener = TcpListener::bind(&listen.address).await?;
    announce(&listener)?;
    axum::serve(listener, router(server)).with_graceful_shutdown(interrupted()).await
}

/// The server for axum, where it could have layers and neighbours.
pub fn router(server: Server) -> Router {
    Router::new().fallback_service(server)
}

/// Flushed, because whoever started the program waits for this line.
fn announce(listener: &TcpListener) -> io::Result<()> {
    let mut output = io::stdout().lock();
    writeln!(output, "listening on http://{}", listener.local_addr()?)?;
    output.flush()
}

/// Ready at Ctrl-C; never, where there is no such signal.
async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}
