//! A connection's socket.

use super::activity::Activity;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

/// How much is thrown away at a time, in bytes.
const DISCARDED: usize = 8 << 10;

/// A socket that tells what goes in and out, and is closed such that the other side sees the answer.
pub(super) struct Socket {
    stream: TcpStream,
    activity: Arc<Activity>,
    linger_time: Duration,
    /// Runs when all is written.
    linger: Option<Pin<Box<Sleep>>>,
}

impl Socket {
    pub(super) fn new(stream: TcpStream, activity: Arc<Activity>, linger_time: Duration) -> Self {
        Self { stream, activity, linger_time, linger: None }
    }

    fn note(&self, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        self.activity.writing(written.is_ready());
        written
    }

    /// Takes what still comes in, for a while: a socket that is closed with bytes unread resets the connection, and the other side loses
    /// the answer.
    fn poll_discard(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let time = self.linger_time;
        let timer = self.linger.get_or_insert_with(|| Box::pin(sleep(time)));
        if timer.as_mut().poll(context).is_ready() {
            return Poll::Ready(());
        }
        let mut space = [0; DISCARDED];
        let mut buffer = ReadBuf::new(&mut space);
        match ready!(Pin::new(&mut self.stream).poll_read(context, &mut buffer)) {
            Ok(()) if !buffer.filled().is_empty() => {
                // Others have their turn between two of these.
                context.waker().wake_by_ref();
                Poll::Pending
            }
            _ => Poll::Ready(()),
        }
    }
}

impl AsyncRead for Socket {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if buffer.filled().len() > before {
            self.activity.received();
        }
        read
    }
}

impl AsyncWrite for Socket {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.note(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.note(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.linger.is_none() {
            ready!(Pin::new(&mut self.stream).poll_shutdown(context))?;
        }
        ready!(self.poll_discard(context));
        Poll::Ready(Ok(()))
    }
}
