//! What the command lines of the examples share.

use super::front::Service;
use super::{Hosts, Limits, Settings, serve_until, signals};
use std::io::{self, Write as _};
use tokio::net::TcpListener;

/// Where a program listens, and for whom.
#[derive(Debug, clap::Args)]
pub struct Listen {
    /// The address to listen on; port 0 takes any port that is free.
    #[arg(long = "listen", value_name = "ADDR", default_value = "127.0.0.1:8080")]
    address: String,
    /// A name that requests may call this server by, beside its address: other hosts are refused, so that no page in a browser can
    /// reach it under its own name. May be given several times.
    #[arg(long = "host", value_name = "NAME")]
    hosts: Vec<String>,
    /// The most connections at a time; without it, 1024, or half of the file descriptors that the system allows.
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    connections: Option<u32>,
}

/// Says on standard output where it listens, and serves until Ctrl-C or SIGTERM.
///
/// # Errors
///
/// An address that cannot be listened on, or a second signal that cut requests off.
pub async fn serve(listen: &Listen, service: impl Service) -> io::Result<()> {
    // Before anybody may be waiting for the line below, so that no signal is missed after it.
    let stops = signals::stops()?;
    let listener = TcpListener::bind(&listen.address).await?;
    let settings = listen.settings(&listener)?;
    announce(&listener)?;
    serve_until(listener, service, settings, stops).await
}

impl Listen {
    fn settings(&self, listener: &TcpListener) -> io::Result<Settings> {
        let mut limits = Limits::default();
        if let Some(connections) = self.connections.and_then(|count| usize::try_from(count).ok()) {
            limits.connections = connections;
        }
        let own = self.address.rsplit_once(':').map(|(host, _)| host.to_owned());
        let hosts = Hosts::new(listener.local_addr()?.ip(), self.hosts.iter().cloned().chain(own));
        Ok(Settings { limits, hosts })
    }
}

/// Flushed, because whoever started the program waits for this line.
fn announce(listener: &TcpListener) -> io::Result<()> {
    let mut output = io::stdout().lock();
    writeln!(output, "listening on http://{}", listener.local_addr()?)?;
    output.flush()
}
