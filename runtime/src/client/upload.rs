//! Answers to uploads. Nobody knows how long an upload takes, so the time for its answer runs from its end.

use crate::client::core::Driven;
use crate::client::failure::Failure;
use crate::error::{ClientError, ClientErrorKind};
use aws_smithy_async::rt::sleep::{AsyncSleep as _, SharedAsyncSleep};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{Storable, StoreReplace};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

/// What is in memory is handed over at once, and then sent; nobody tells when. So many bytes take a second, at the slowest.
const BYTES_PER_SECOND: u64 = 64 << 10;

/// Where the upload of a call is, told by the body to whoever waits.
#[derive(Clone, Debug, Default)]
pub(crate) struct Upload(Arc<Mutex<Progress>>);

#[derive(Debug, Default)]
enum Progress {
    #[default]
    Begun,
    /// Somebody waits for its end.
    Awaited(Waker),
    /// All of it is handed over, and takes this long at most to be sent.
    Over(Duration),
}

impl Storable for Upload {
    type Storer = StoreReplace<Self>;
}

impl Upload {
    /// Has the body of a request tell its end.
    pub(crate) fn watch(&self, body: &mut SdkBody) {
        match body.bytes() {
            Some(bytes) => {
                let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                self.end(Duration::from_secs(length / BYTES_PER_SECOND));
            }
            None => {
                let watched = std::mem::replace(body, SdkBody::taken());
                *body = SdkBody::from_body_1_x(Watched { body: watched, upload: self.clone() });
            }
        }
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self, sending: Duration) {
        if let Progress::Awaited(waker) = std::mem::replace(&mut *self.progress(), Progress::Over(sending)) {
            waker.wake();
        }
    }

    /// Waits for the end, and says how long it still takes to be sent.
    async fn ended(&self) -> Duration {
        poll_fn(|context| {
            let mut progress = self.progress();
            if let Progress::Over(sending) = *progress {
                return Poll::Ready(sending);
            }
            *progress = Progress::Awaited(context.waker().clone());
            Poll::Pending
        })
        .await
    }
}

/// A call that fails when there is no answer so long after the end of its upload.
pub(crate) async fn answered<T>(
    mut call: Driven<'_, T>,
    upload: Upload,
    patience: Duration,
    sleep: SharedAsyncSleep,
) -> Result<T, Failure> {
    let mut late = pin!(async {
        let sending = upload.ended().await;
        sleep.sleep(patience + sending).await;
    });
    poll_fn(|context| {
        if let Poll::Ready(answer) = call.as_mut().poll(context) {
            return Poll::Ready(answer);
        }
        ready!(late.as_mut().poll(context));
        let source = format!("there was no answer within {patience:?} of the end of the upload");
        Poll::Ready(Err(Failure::Client(ClientError::new(ClientErrorKind::Timeout, source))))
    })
    .await
}

/// A body that tells its end: at the latest when whoever sends it drops it.
struct Watched {
    body: SdkBody,
    upload: Upload,
}

impl Body for Watched {
    type Data = Bytes;
    type Error = aws_smithy_types::body::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        if frame.is_none() {
            self.upload.end(Duration::ZERO);
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        Body::size_hint(&self.body)
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.upload.end(Duration::ZERO);
    }
}
