//! How much of everything there is.

use std::time::Duration;

/// Connections where the system sets no limit that is lower.
const MOST_CONNECTIONS: usize = 1024;

/// File descriptors that are for other things than connections: standard streams, the listener, the runtime's own.
const OTHER_DESCRIPTORS: u64 = 32;

/// File descriptors that a connection may take: its own, and that of a call further on, a proxy's say.
const DESCRIPTORS_EACH: u64 = 2;

/// How many connections are served, and how large and how slow a request and the reading of its answer may be.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The connections at a time. When there is another, the one that has been idle for the longest is closed; while none is idle, it
    /// waits.
    pub connections: usize,
    /// The length of a request's head (its line and its headers), in bytes: 431 beyond.
    pub head_bytes: usize,
    /// The length of a request's target, in bytes: 414 beyond.
    pub target_bytes: usize,
    /// The time for a request's head, from its first byte; or from the beginning, on a new connection.
    pub head_time: Duration,
    /// The time between requests.
    pub idle_time: Duration,
    /// The time in which an answer must go on being read.
    pub write_time: Duration,
    /// The time for which more of a request is taken and thrown away when it is answered already and the connection closes: whoever
    /// still sends would not see the answer.
    pub linger_time: Duration,
    /// The time for requests that are being served when the server stops.
    pub drain_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: connections(),
            head_bytes: 32 << 10,
            target_bytes: 16 << 10,
            head_time: Duration::from_secs(10),
            idle_time: Duration::from_secs(75),
            write_time: Duration::from_secs(20),
            linger_time: Duration::from_secs(2),
            drain_time: Duration::from_secs(10),
        }
    }
}

/// As many connections as there are file descriptors for.
fn connections() -> usize {
    let each = descriptors().map(|all| all.saturating_sub(OTHER_DESCRIPTORS) / DESCRIPTORS_EACH);
    let most = each.and_then(|most| usize::try_from(most).ok()).unwrap_or(MOST_CONNECTIONS);
    most.clamp(1, MOST_CONNECTIONS)
}

#[cfg(unix)]
fn descriptors() -> Option<u64> {
    rustix::process::getrlimit(rustix::process::Resource::Nofile).current
}

#[cfg(not(unix))]
fn descriptors() -> Option<u64> {
    None
}
