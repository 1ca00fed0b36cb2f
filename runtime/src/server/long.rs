//! Reading long bodies away from the threads that serve.
//!
//! Reading a request is work without a pause. A short one takes less time than handing it on; while a long one is read, tens of
//! milliseconds for ten mebibytes and more when it is hostile, whoever else is served by the same thread waits.

use std::panic::resume_unwind;
use std::sync::LazyLock;
use std::thread::available_parallelism;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tracing::Span;

/// The length of a body that is read elsewhere, in bytes: about what is read in a fifth of a millisecond, where handing it on takes a
/// fiftieth.
pub(super) const LONG: usize = 64 << 10;

/// How many are read at the same time: more would only take the processor from each other, and memory for each.
static TURNS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(available_parallelism().map_or(1, usize::from)));

/// Runs long work on a thread where it may block, when there is a turn. Without tokio's runtime, or without threads, it runs here.
pub(super) async fn elsewhere<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let Some(runtime) = Handle::try_current().ok().filter(|_| cfg!(not(target_family = "wasm"))) else {
        return work();
    };
    // The turn goes with the work: a client that hangs up does not end it. There always is one, since nobody closes the semaphore.
    let turn = TURNS.acquire().await.ok();
    let span = Span::current();
    let work = move || {
        let _turn = turn;
        span.in_scope(work)
    };
    match runtime.spawn_blocking(work).await {
        Ok(done) => done,
        Err(failed) => match failed.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            // The runtime shuts down, and this task with it.
            Err(_) => std::future::pending().await,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::Future;
    use std::pin::pin;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, mpsc};
    use std::task::{Context, Poll, Waker};
    use std::thread;

    #[tokio::test]
    async fn others_are_served_while_work_goes_on() {
        let (done, wait) = mpsc::channel();
        let work = elsewhere(move || wait.recv().unwrap());
        let other = async { done.send("done").unwrap() };
        assert_eq!(tokio::join!(work, other).0, "done");
    }

    #[tokio::test]
    async fn as_many_work_at_the_same_time_as_there_are_processors_and_those_who_hang_up_count() {
        let most = available_parallelism().map_or(1, usize::from);
        let (working, peak) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let work = || {
            let (working, peak) = (Arc::clone(&working), Arc::clone(&peak));
            elsewhere(move || {
                peak.fetch_max(working.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                thread::sleep(std::time::Duration::from_millis(5));
                working.fetch_sub(1, Ordering::SeqCst);
            })
        };
        for _ in 0..10 * most {
            let _ = pin!(work()).poll(&mut Context::from_waker(Waker::noop()));
        }
        work().await;
        assert!((1..=most).contains(&peak.load(Ordering::SeqCst)), "{peak:?}");
    }

    #[tokio::test]
    async fn a_panic_is_the_callers() {
        let task = tokio::spawn(elsewhere(|| panic!("there")));
        assert_eq!(task.await.unwrap_err().into_panic().downcast_ref(), Some(&"there"));
    }

    #[test]
    fn without_a_runtime_the_work_is_done_here() {
        let here = thread::current().id();
        let work = pin!(elsewhere(|| thread::current().id()));
        assert_eq!(work.poll(&mut Context::from_waker(Waker::noop())), Poll::Ready(here));
    }
}
