//! A channel that a stream of events can be made of.

use super::Events;
use futures_core::Stream;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc;

/// Puts events into a stream: the other end of [`EventStream::channel`](super::EventStream::channel). The stream ends when all clones of
/// it are gone.
pub struct EventSender<E: Events>(mpsc::Sender<Result<E, E::Error>>);

/// Nobody reads the stream any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nobody reads the stream of events any more")]
pub struct EventStreamClosed;

impl<E: Events> EventSender<E> {
    /// Sends an event, when there is room for it.
    ///
    /// # Errors
    ///
    /// Nobody reads the stream any more.
    pub async fn send(&self, event: E) -> Result<(), EventStreamClosed> {
        self.0.send(Ok(event)).await.map_err(|_| EventStreamClosed)
    }

    /// Ends the stream with an error.
    ///
    /// # Errors
    ///
    /// Nobody reads the stream any more.
    pub async fn fail(self, error: impl Into<E::Error>) -> Result<(), EventStreamClosed> {
        self.0.send(Err(error.into())).await.map_err(|_| EventStreamClosed)
    }

    /// Waits until nobody reads the stream any more.
    pub async fn closed(&self) {
        self.0.closed().await;
    }
}

impl<E: Events> Clone for EventSender<E> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<E: Events> fmt::Debug for EventSender<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("EventSender(..)")
    }
}

/// A channel in which so many events wait, one at least.
pub(super) fn channel<E: Events>(capacity: usize) -> (EventSender<E>, Receiver<E>) {
    let (sender, receiver) = mpsc::channel(capacity.clamp(1, MAX_CAPACITY));
    (EventSender(sender), Receiver(receiver))
}

/// More would make the channel panic.
const MAX_CAPACITY: usize = usize::MAX >> 3;

/// What a stream is made of.
pub(super) struct Receiver<E: Events>(mpsc::Receiver<Result<E, E::Error>>);

impl<E: Events> Stream for Receiver<E> {
    type Item = Result<E, E::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}
