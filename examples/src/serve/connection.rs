//! One connection, from its first request to its end.

use super::Limits;
use super::activity::Activity;
use super::front::{Front, Service};
use super::socket::Socket;
use bytes::Buf;
use http::Request;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use pin_project_lite::pin_project;
use std::convert::Infallible;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, Sleep, sleep_until};

/// What is read and written at a time, at most, in bytes; a request's head is in one piece.
const BUFFER: usize = 64 << 10;

/// What a connection is served by.
pub(super) struct Serving<S> {
    pub(super) front: Front<S>,
    pub(super) limits: Arc<Limits>,
    /// Turns true when the server stops.
    pub(super) stopping: watch::Receiver<bool>,
}

impl<S: Service> Serving<S> {
    /// Serves a connection until it ends, is idle or slow for too long, or is asked to end while it is idle.
    pub(super) async fn run(self, stream: TcpStream, activity: Arc<Activity>) {
        let Self { front, limits, mut stopping } = self;
        // Whatever is written is a whole answer, or a piece of one that somebody waits for.
        let _ = stream.set_nodelay(true);
        let socket = TokioIo::new(Socket::new(stream, Arc::clone(&activity), limits.linger_time));
        let overdue = Overdue::new(Arc::clone(&activity), Arc::clone(&limits));
        let watched = Arc::clone(&activity);
        let service = service_fn(move |request: Request<Incoming>| {
            let (request_of, front) = (Busy::new(&activity), front.clone());
            async move { Ok::<_, Infallible>(front.call(request).await.map(|body| Watched { body, request_of })) }
        });
        let mut http = http1::Builder::new();
        // All times are ours.
        http.header_read_timeout(None).max_header_size(limits.head_bytes).max_buf_size(limits.head_bytes.max(BUFFER));
        let mut connection = pin!(http.serve_connection(socket, service));
        let mut overdue = pin!(overdue);
        let mut told = false;
        loop {
            tokio::select! {
                biased;
                ended = &mut connection => return tell(ended),
                () = &mut overdue => return tracing::debug!("a connection was idle or slow for too long"),
                () = watched.evicted() => return tracing::debug!("a connection made place for another"),
                Ok(_) = stopping.wait_for(|stopping| *stopping), if !told => told = true,
            }
            // The server stops: at once, or behind the answer.
            if watched.idle_since().is_some() {
                return;
            }
            connection.as_mut().graceful_shutdown();
        }
    }
}

fn tell(ended: hyper::Result<()>) {
    if let Err(error) = ended {
        tracing::debug!(error = error.to_string(), "a connection broke off");
    }
}

/// Ready when a connection has gone on for too long with what it does.
struct Overdue {
    activity: Arc<Activity>,
    limits: Arc<Limits>,
    timer: Pin<Box<Sleep>>,
}

impl Overdue {
    fn new(activity: Arc<Activity>, limits: Arc<Limits>) -> Self {
        let timer = Box::pin(sleep_until(Instant::now() + limits.head_time));
        Self { activity, limits, timer }
    }
}

impl Future for Overdue {
    type Output = ();

    /// It is polled whenever the connection is. The timer is moved forward when something is due before it, and otherwise only when it
    /// has run out: most requests touch no timer.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        loop {
            let deadline = self.activity.deadline(&self.limits);
            if let Some(sooner) = deadline.filter(|deadline| *deadline < self.timer.deadline()) {
                self.timer.as_mut().reset(sooner);
            }
            if self.timer.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            match deadline {
                Some(deadline) if deadline <= Instant::now() => return Poll::Ready(()),
                deadline => {
                    let later = deadline.unwrap_or_else(|| Instant::now() + self.limits.head_time.max(self.limits.write_time));
                    self.timer.as_mut().reset(later);
                }
            }
        }
    }
}

/// A request that is being served, until this is dropped.
struct Busy(Arc<Activity>);

impl Busy {
    fn new(activity: &Arc<Activity>) -> Self {
        activity.serving();
        Self(Arc::clone(activity))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.served();
    }
}

pin_project! {
    /// The body of an answer, which ends the serving of its request.
    struct Watched<B> {
        #[pin]
        body: B,
        request_of: Busy,
    }
}

impl<B: Body<Data: Buf>> Body for Watched<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        self.project().body.poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
