//! What tells a program to stop.

use std::io;
use tokio::sync::mpsc;

/// A message for each time that the program is told to stop: by Ctrl-C, or as service managers and containers do (SIGTERM).
///
/// # Errors
///
/// The system's.
pub(super) fn stops() -> io::Result<mpsc::Receiver<()>> {
    let (tell, told) = mpsc::channel(2);
    let mut signals = Signals::new()?;
    tokio::spawn(async move {
        while signals.next().await {
            if tell.send(()).await.is_err() {
                return;
            }
        }
    });
    Ok(told)
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Whether there was another.
    async fn next(&mut self) -> bool {
        tokio::select! {
            signal = self.interrupt.recv() => signal.is_some(),
            signal = self.terminate.recv() => signal.is_some(),
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self)
    }

    /// Whether there was another.
    async fn next(&mut self) -> bool {
        tokio::signal::ctrl_c().await.is_ok()
    }
}
