//! Panics: of a service's methods, of what makes one, of a stream that is answered.
//!
//! One costs its own request and nothing else. futures-util's `CatchUnwind` has the same few lines for a future, but none for a body;
//! tower-http's layer knows neither operation nor request id. What a panic says is the panic hook's to tell: it may quote a value.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

/// Something panicked, and is not to be used again.
#[derive(Debug)]
pub(super) struct Panicked;

/// Runs something that may panic. Nothing of it may be looked at after that.
pub(super) fn caught<T>(run: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|_| Panicked)
}

/// The same for a future, which is dropped when it panics.
pub(super) async fn caught_async<F: Future>(future: F) -> Result<F::Output, Panicked> {
    let mut future = pin!(future);
    poll_fn(|context| match caught(|| future.as_mut().poll(context)) {
        Ok(poll) => poll.map(Ok),
        Err(panicked) => Poll::Ready(Err(panicked)),
    })
    .await
}

/// Tells of a panic. Operation and request are told here, too, for where the request's span is not recorded.
pub(super) fn tell(operation: &str, request_id: &str, what: &str) {
    tracing::error!(operation, request_id, "{what} panicked");
}
