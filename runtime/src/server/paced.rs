//! Streams that must go on.

use super::engine::BoxError;
use crate::stream::BoxedBody;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Sleep, sleep};

/// A body that breaks off when nothing arrives for too long. The time that its reader takes does not count.
pub(super) struct Paced {
    body: BoxedBody,
    pause: Duration,
    /// Runs while somebody waits.
    timer: Option<Pin<Box<Sleep>>>,
}

impl Paced {
    pub(super) fn new(body: BoxedBody, pause: Duration) -> Self {
        Self { body, pause, timer: None }
    }
}

impl Body for Paced {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            self.timer = None;
            return Poll::Ready(frame);
        }
        let pause = self.pause;
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(pause)));
        match timer.as_mut().poll(context) {
            Poll::Ready(()) => {
                self.timer = None;
                let error = io::Error::new(io::ErrorKind::TimedOut, "the body did not go on in time");
                Poll::Ready(Some(Err(error.into())))
            }
            Poll::Pending => Poll::Pending,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
