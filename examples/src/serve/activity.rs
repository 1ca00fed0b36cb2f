//! What a connection is doing, and until when it may.

use super::Limits;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;
use tokio::time::Instant;

/// What a connection is doing: told by its socket and its requests, asked by whoever would end it.
#[derive(Debug)]
pub(super) struct Activity {
    state: Mutex<State>,
    eviction: Notify,
}

#[derive(Debug)]
struct State {
    phase: Phase,
    /// Since when nothing of an answer goes out.
    stalled: Option<Instant>,
    evicted: bool,
}

#[derive(Clone, Copy, Debug)]
enum Phase {
    /// Between requests.
    Waiting(Instant),
    /// In the head of a request.
    Receiving(Instant),
    /// Between a request's head and the end of its answer.
    Serving,
}

impl Activity {
    /// Of a new connection, which has a request to send.
    pub(super) fn new() -> Self {
        let state = State { phase: Phase::Receiving(Instant::now()), stalled: None, evicted: false };
        Self { state: Mutex::new(state), eviction: Notify::new() }
    }

    /// Bytes have come in.
    pub(super) fn received(&self) {
        let mut state = self.state();
        if let Phase::Waiting(_) = state.phase {
            state.phase = Phase::Receiving(Instant::now());
        }
    }

    /// The head of a request is there.
    pub(super) fn serving(&self) {
        self.state().phase = Phase::Serving;
    }

    /// The answer is written, as far as the service is concerned.
    pub(super) fn served(&self) {
        self.state().phase = Phase::Waiting(Instant::now());
    }

    /// Whether bytes go out that should.
    pub(super) fn writing(&self, flows: bool) {
        let mut state = self.state();
        match flows {
            true => state.stalled = None,
            false => drop(state.stalled.get_or_insert_with(Instant::now)),
        }
    }

    /// When the connection ends unless something happens.
    pub(super) fn deadline(&self, limits: &Limits) -> Option<Instant> {
        let state = self.state();
        let phase = match state.phase {
            Phase::Waiting(since) => Some(since + limits.idle_time),
            Phase::Receiving(since) => Some(since + limits.head_time),
            Phase::Serving => None,
        };
        let stalled = state.stalled.map(|since| since + limits.write_time);
        [phase, stalled].into_iter().flatten().min()
    }

    /// Since when nothing is being served; `None` when something is, or when the connection is asked to end already.
    pub(super) fn idle_since(&self) -> Option<Instant> {
        let state = self.state();
        match state.phase {
            Phase::Waiting(since) | Phase::Receiving(since) if state.stalled.is_none() && !state.evicted => Some(since),
            _ => None,
        }
    }

    /// Asks the connection to end.
    pub(super) fn evict(&self) {
        self.state().evicted = true;
        self.eviction.notify_one();
    }

    /// Waits until the connection is to end. One that is not idle any more goes on.
    pub(super) async fn evicted(&self) {
        loop {
            self.eviction.notified().await;
            self.state().evicted = false;
            if self.idle_since().is_some() {
                return;
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
