//! Connections, one after the other, until the server stops.

use super::connection::Serving;
use super::front::{Front, Service};
use super::house::House;
use super::{Hosts, Limits};
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::sleep;

/// How long nothing is accepted after the system could not; twice as long each time.
const SHORTEST_PAUSE: Duration = Duration::from_millis(10);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// How something is served.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How much of it.
    pub limits: Limits,
    /// For whom it may be meant.
    pub hosts: Hosts,
}

/// Serves until it is told to stop: then it accepts nothing more, ends what is idle, and waits for what is being served, up to
/// [`Limits::drain_time`]. Told a second time, it does not wait.
///
/// # Errors
///
/// It was told a second time, and cut requests off.
pub async fn serve_until(
    listener: TcpListener,
    service: impl Service,
    settings: Settings,
    mut stops: mpsc::Receiver<()>,
) -> io::Result<()> {
    let Settings { limits, hosts } = settings;
    let (house, front, limits) = (House::new(limits.connections), Front::new(service, hosts, &limits), Arc::new(limits));
    let (stop, stopping) = watch::channel(false);
    let mut connections = JoinSet::new();
    loop {
        let accepted = async { (accept(&listener, &house).await, house.place().await) };
        let (stream, place) = tokio::select! {
            biased;
            () = told(&mut stops) => break,
            accepted = accepted => accepted,
        };
        while connections.try_join_next().is_some() {}
        let serving = Serving { front: front.clone(), limits: Arc::clone(&limits), stopping: stopping.clone() };
        connections.spawn(async move {
            serving.run(stream, place.activity()).await;
            drop(place);
        });
    }
    drop(listener);
    stop.send_replace(true);
    drain(&mut connections, limits.drain_time, &mut stops).await
}

/// The next connection. Where the system has no file descriptor for it, somebody who is idle gives theirs.
async fn accept(listener: &TcpListener, house: &House) -> TcpStream {
    let mut pause = SHORTEST_PAUSE;
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) if is_of_the_connection(&error) => {}
            Err(error) => {
                tracing::warn!(error = error.to_string(), "no connection can be accepted");
                house.evict();
                sleep(pause).await;
                pause = LONGEST_PAUSE.min(pause * 2);
            }
        }
    }
}

/// Whether it was ended before it was accepted; the next one is none the worse for it.
fn is_of_the_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}

async fn drain(connections: &mut JoinSet<()>, time: Duration, stops: &mut mpsc::Receiver<()>) -> io::Result<()> {
    tokio::select! {
        biased;
        () = told(stops) => Err(io::Error::new(io::ErrorKind::Interrupted, "stopped while requests were being served")),
        () = async { while connections.join_next().await.is_some() {} } => Ok(()),
        () = sleep(time) => {
            tracing::warn!(connections = connections.len(), "stopped, though requests were still being served");
            Ok(())
        }
    }
}

/// Ready when the server is told to stop; never, when there is nobody left to tell it.
async fn told(stops: &mut mpsc::Receiver<()>) {
    if stops.recv().await.is_none() {
        std::future::pending().await
    }
}
