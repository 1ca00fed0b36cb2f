//! The body of a request, as its operation takes it: none, all of it, or a stream.

use super::media;
use super::paced::Paced;
use super::rejection::{Rejection, RejectionKind};
#[cfg(feature = "event-stream")]
use crate::event_stream::{FrameError, InitialMessage, initial_message};
use crate::operation::Media;
use crate::stream::{BoxedBody, ByteStream};
use bytes::Bytes;
use http::HeaderMap;
use http::header::CONTENT_LENGTH;
use http_body::Body as _;
use http_body_util::{BodyExt as _, LengthLimitError};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;
use tokio::time::error::Elapsed;
use tokio::time::timeout;

/// A body as its operation takes it.
#[derive(Debug)]
pub(super) enum Received {
    Bytes(Bytes),
    Stream(ByteStream),
    /// Events behind an initial message.
    #[cfg(feature = "event-stream")]
    Events {
        initial: Bytes,
        events: ByteStream,
    },
}

/// How much of a body is received.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// The length of one that is collected, in bytes.
    pub(super) length: usize,
    /// The time until all of one that is collected is there, or until a stream goes on.
    pub(super) time: Duration,
}

/// The body that an operation takes.
///
/// # Errors
///
/// One of another media type, too long, too slow or broken off.
pub(super) async fn receive(
    headers: &HeaderMap,
    body: Option<BoxedBody>,
    media: Media,
    encoded: &'static str,
    limits: Limits,
) -> Result<Received, Rejection> {
    let check_content_type = || media::check_content_type(headers, media, encoded);
    let Some(body) = body else {
        return Ok(match media {
            Media::Stream(_) | Media::SizedStream(_) | Media::Events => Received::Stream(ByteStream::default()),
            _ => Received::Bytes(Bytes::new()),
        });
    };
    match media {
        // Nobody looks at it, so nobody reads it.
        Media::None | Media::Empty => check_content_type().map(|()| Received::Bytes(Bytes::new())),
        Media::Stream(_) | Media::SizedStream(_) | Media::Events => {
            check_content_type()?;
            stream(headers, body, media, limits.time).map(Received::Stream)
        }
        Media::Encoded | Media::Raw(_) | Media::Any => {
            // One of the wrong type need not be read, if it is sure that there is one.
            let announced = body.size_hint().lower() > 0;
            if announced {
                check_content_type()?;
            }
            let bytes = collect(body, limits).await?;
            if !announced && !bytes.is_empty() {
                check_content_type()?;
            }
            Ok(Received::Bytes(bytes))
        }
    }
}

/// A stream of events, with the initial message that a protocol has in front of it.
///
/// # Errors
///
/// A stream that breaks off before its first event, or that begins with something else.
#[cfg(feature = "event-stream")]
pub(super) async fn receive_initial(received: Received, limit: usize) -> Result<Received, Rejection> {
    let Received::Stream(stream) = received else { return Ok(received) };
    match initial_message(InitialMessage::Request, stream, limit).await {
        Ok((initial, events)) => Ok(Received::Events { initial, events }),
        Err(error) if error.is::<FrameError>() => Err(Rejection::new(RejectionKind::Malformed, error.to_string())),
        Err(error) => {
            tracing::debug!(%error, "the stream could not be read");
            Err(Rejection::new(RejectionKind::BodyIncomplete, "The body could not be read"))
        }
    }
}

fn stream(headers: &HeaderMap, body: BoxedBody, media: Media, pause: Duration) -> Result<ByteStream, Rejection> {
    // A layer may have wrapped a body that knew its length in one that does not.
    let said = || headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok();
    let length = body.size_hint().exact().or_else(said);
    if length.is_none() && matches!(media, Media::SizedStream(_)) {
        return Err(Rejection::new(RejectionKind::LengthRequired, "The length of the body must be known beforehand"));
    }
    Ok(ByteStream::sized(Paced::new(body, pause), length))
}

/// The whole body, within its limits.
async fn collect(body: BoxedBody, limits: Limits) -> Result<Bytes, Rejection> {
    match within(limits.time, collect_all(body, limits.length)).await {
        Ok(collected) => collected,
        Err(_) => Err(Rejection::new(RejectionKind::BodyTimeout, "The body did not arrive in time")),
    }
}

/// As [`timeout`], but without a timer for what is there when it is asked again: a connection hands on what it has read only when
/// somebody waits for it, and mostly that is all of the body.
async fn within<F: Future>(time: Duration, future: F) -> Result<F::Output, Elapsed> {
    let mut future = pin!(future);
    let mut waited = false;
    let soon = poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending if waited => Poll::Ready(None),
        Poll::Pending => {
            waited = true;
            context.waker().wake_by_ref();
            Poll::Pending
        }
    });
    match soon.await {
        Some(output) => Ok(output),
        None => timeout(time, future).await,
    }
}

async fn collect_all(mut body: BoxedBody, limit: usize) -> Result<Bytes, Rejection> {
    let too_large = || Rejection::new(RejectionKind::BodyTooLarge, format!("The body is larger than {limit} bytes"));
    // A body that says beforehand that it is too large need not be read.
    let announced = usize::try_from(body.size_hint().lower()).ok().filter(|length| *length <= limit).ok_or_else(too_large)?;
    let mut first = Bytes::new();
    let mut collected = Vec::new();
    while !body.is_end_stream()
        && let Some(frame) = body.frame().await
    {
        let frame = frame.map_err(|error| {
            // Of what was compressed, before it was decompressed.
            if error.is::<LengthLimitError>() {
                return too_large();
            }
            #[cfg(feature = "checksum")]
            if let Some(error) = error.downcast_ref() {
                return Rejection::checksum(error);
            }
            tracing::debug!(%error, "the body could not be read");
            Rejection::new(RejectionKind::BodyIncomplete, "The body could not be read")
        })?;
        if let Ok(data) = frame.into_data() {
            if data.len() > limit - first.len().max(collected.len()) {
                return Err(too_large());
            }
            // Mostly the first is all, and need not be copied.
            if first.is_empty() {
                first = data;
                continue;
            }
            if collected.is_empty() {
                collected.reserve(announced.min(64 << 10));
                collected.extend_from_slice(&first);
            }
            collected.extend_from_slice(&data);
        }
    }
    Ok(if collected.is_empty() { first } else { collected.into() })
}
