//! Events that come or go while a program works on them.

use super::reader::Manner;
use super::received::Received;
use super::{EventSender, Events, channel};
use crate::codec::{Mode, Reading, Zero};
use crate::format::Format;
use crate::stream::ByteStream;
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

/// Events that come or go while a program works on them, an error of the service perhaps at their end.
///
/// It is a [`Stream`], and is made of any. Clones share it; what one of them reads, the others do not get. Unlike the bytes of a
/// [`ByteStream`], events are never sent again: a call whose request has a stream of events is made once.
///
/// ```text
/// let (audio, events) = EventStream::channel(16);
/// let mut transcript = client.start_transcription(StartTranscriptionRequest::new("en-US").audio(events)).await?.transcript;
/// audio.send(AudioEvent::Chunk(bytes)).await?;
/// while let Some(event) = transcript.recv().await? { .. }
/// ```
pub struct EventStream<E: Events>(Option<Arc<Mutex<Source<E>>>>);

/// Where events come from.
type Source<E> = Pin<Box<dyn Stream<Item = Result<E, <E as Events>::Error>> + Send>>;

impl<E: Events> EventStream<E> {
    /// The events of any stream. What is behind an error is not sent.
    pub fn new(events: impl Stream<Item = Result<E, E::Error>> + Send + 'static) -> Self {
        Self(Some(Arc::new(Mutex::new(Box::pin(events)))))
    }

    /// A stream, and what puts events into it. So many wait in it; then the sender does.
    pub fn channel(capacity: usize) -> (EventSender<E>, Self) {
        let (sender, receiver) = channel::channel(capacity);
        (sender, Self::new(receiver))
    }

    /// The next event; `None` at the end.
    ///
    /// # Errors
    ///
    /// An error of the service, or a stream that broke off. Nothing comes behind it.
    pub async fn recv(&mut self) -> Result<Option<E>, E::Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }

    /// The events that arrive as bytes, whose values are in this format, and are called this. A client reads leniently, a server strictly.
    pub fn received<F: Format>(bytes: ByteStream, mode: Mode, reading: Reading, media_type: &'static str) -> Self {
        Self::new(Received::<E, F>::new(bytes, Manner { mode, reading, media_type }))
    }
}

impl<E: Events> Stream for EventStream<E> {
    type Item = Result<E, E::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(source) = &self.0 else { return Poll::Ready(None) };
        let next = ready!(source.lock().unwrap_or_else(PoisonError::into_inner).as_mut().poll_next(context));
        if !matches!(next, Some(Ok(_))) {
            // An ended stream must not be asked again.
            self.0 = None;
        }
        Poll::Ready(next)
    }
}

/// An empty one.
impl<E: Events> Default for EventStream<E> {
    fn default() -> Self {
        Self(None)
    }
}

impl<E: Events> Zero for EventStream<E> {
    fn zero() -> Self {
        Self::default()
    }
}

impl<E: Events> Clone for EventStream<E> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<E: Events> FromIterator<E> for EventStream<E> {
    fn from_iter<T: IntoIterator<Item = E>>(events: T) -> Self {
        Self::new(Listed(events.into_iter().collect::<Vec<E>>().into_iter()))
    }
}

impl<E: Events> From<Vec<E>> for EventStream<E> {
    fn from(events: Vec<E>) -> Self {
        events.into_iter().collect()
    }
}

impl<E: Events, const N: usize> From<[E; N]> for EventStream<E> {
    fn from(events: [E; N]) -> Self {
        events.into_iter().collect()
    }
}

/// Events that are there already.
struct Listed<E>(std::vec::IntoIter<E>);

impl<E> Unpin for Listed<E> {}

impl<E: Events> Stream for Listed<E> {
    type Item = Result<E, E::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next().map(Ok))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

/// Clones of one stream, or both empty.
impl<E: Events> PartialEq for EventStream<E> {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (None, None) => true,
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

/// Nothing of what comes.
impl<E: Events> fmt::Debug for EventStream<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("EventStream(..)")
    }
}
