//! Waiting for a state: <https://smithy.io/2.0/additional-specs/waiters.html>.
//!
//! An operation is called until a waiter's acceptors find one of its final states, or until there is no time left. Between two calls
//! passes a random time, which grows: Smithy's exponential backoff with jitter.

mod backoff;
mod outcome;

use crate::client::call::Call;
use crate::error::{ClientError, ClientErrorKind, Exception, ServiceError};
use crate::operation::Operation;
use aws_smithy_async::future::timeout::Timeout;
use aws_smithy_async::rt::sleep::{AsyncSleep as _, SharedAsyncSleep};
use backoff::Backoff;
pub use outcome::{WaitError, Waited};
use std::fmt;
use std::ops::RangeInclusive;
use std::pin::Pin;
use std::time::{Duration, Instant};

/// What an operation answers.
pub type Answer<O> = Result<<O as Operation>::Response, <O as Operation>::Error>;

/// What a waiter thinks of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum State {
    /// What was waited for.
    Success,
    /// What was waited for will not come any more.
    Failure,
    /// Not yet.
    Retry,
}

/// A call that was answered.
pub struct Poll<'p, O: Operation> {
    request: &'p O,
    answer: &'p Answer<O>,
    attempt: u32,
    elapsed: Duration,
}

impl<O: Operation> Poll<'_, O> {
    /// What was asked.
    pub fn request(&self) -> &O {
        self.request
    }

    /// What was answered.
    pub fn answer(&self) -> Result<&O::Response, &dyn Exception> {
        self.answer.as_ref().map_err(O::Error::exception)
    }

    /// How many calls there were, with this one.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// How long the wait has taken up to now.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}

impl<O: Operation> fmt::Debug for Poll<'_, O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { request: _, answer, attempt, elapsed } = self;
        formatter.debug_struct("Poll").field("answer", answer).field("attempt", attempt).field("elapsed", elapsed).finish()
    }
}

/// How a waiter waits unless a program says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitTimes {
    min_delay: Duration,
    max_delay: Duration,
    max_wait: Duration,
}

impl WaitTimes {
    /// The least and the greatest delay between two calls, and how long a wait takes at most, in seconds.
    pub const fn from_secs(min_delay: u64, max_delay: u64, max_wait: u64) -> Self {
        Self {
            min_delay: Duration::from_secs(min_delay),
            max_delay: Duration::from_secs(max_delay),
            max_wait: Duration::from_secs(max_wait),
        }
    }
}

/// What a waiter thinks of an answer; `None` when none of its acceptors says anything.
pub type Judge<O> = fn(&Poll<'_, O>) -> Option<State>;

type Observer<'a, O> = Box<dyn FnMut(&Poll<'_, O>, State) + Send + 'a>;

/// A wait that has not begun yet: await it, or say first how it differs.
///
/// ```text
/// client.wait_until_bucket_exists(request).await?;
/// client.wait_until_bucket_exists(request).max_wait(Duration::from_secs(30)).await?;
/// ```
#[must_use = "a wait begins when it is awaited"]
pub struct Wait<'a, O: Operation> {
    call: Call<'a, O>,
    waiter: &'static str,
    times: WaitTimes,
    judge: Judge<O>,
    observer: Option<Observer<'a, O>>,
}

impl<'a, O: Operation> Wait<'a, O> {
    /// A wait for the state of this name, which repeats a call.
    pub fn new(call: Call<'a, O>, waiter: &'static str, times: WaitTimes, judge: Judge<O>) -> Self {
        Self { call, waiter, times, judge, observer: None }
    }

    /// Waits no longer than this. A call that is under way then is given up.
    pub fn max_wait(mut self, max_wait: Duration) -> Self {
        self.times.max_wait = max_wait;
        self
    }

    /// Waits so long between two calls: at least the start, at most the end.
    pub fn delays(mut self, delays: RangeInclusive<Duration>) -> Self {
        (self.times.min_delay, self.times.max_delay) = delays.into_inner();
        self
    }

    /// Says how the calls differ from the client's other calls.
    pub fn customize(mut self, change: impl FnOnce(Call<'a, O>) -> Call<'a, O>) -> Self {
        self.call = change(self.call);
        self
    }

    /// Tells of every call that was answered, and of the state that it was found in.
    pub fn on_poll(mut self, observer: impl FnMut(&Poll<'_, O>, State) + Send + 'a) -> Self {
        self.observer = Some(Box::new(observer));
        self
    }

    async fn run(mut self) -> Result<Waited<O>, WaitError<O>> {
        let Some(sleep) = self.call.core.sleep() else {
            let error =
                ClientError::new(ClientErrorKind::Construction, "there is nothing to sleep with: `SdkConfig::sleep_impl`");
            return Err(WaitError::Call(error.into()));
        };
        let mut course = Course { attempt: 0, elapsed: Duration::ZERO };
        let mut last = None;
        loop {
            let Some(answer) = self.poll(&mut course, &sleep).await else { return Err(self.timeout(last)) };
            let state = self.state(&answer, &course);
            let answer = match (state, answer) {
                (None, Err(error)) => return Err(WaitError::Call(error)),
                (_, answer) => answer,
            };
            let waited = Waited::new(self.waiter, answer, course.attempt, course.elapsed);
            match state {
                Some(State::Success) => return Ok(waited),
                Some(State::Failure) => return Err(WaitError::Failure(waited)),
                Some(State::Retry) | None => {}
            }
            last = Some(waited);
            if !self.pause(&mut course, &sleep).await {
                return Err(self.timeout(last));
            }
        }
    }

    /// Calls the operation; `None` when there is no time left before it answers.
    async fn poll(&mut self, course: &mut Course, sleep: &SharedAsyncSleep) -> Option<Answer<O>> {
        let left = self.times.max_wait.saturating_sub(course.elapsed);
        let Call { core, dialect, request, overrides } = &self.call;
        let call = Call { core, dialect: *dialect, request: request.clone(), overrides: overrides.clone() };
        let begun = Instant::now();
        let answer = Timeout::new(call.send(), sleep.sleep(left)).await.ok();
        course.attempt += 1;
        course.elapsed += begun.elapsed();
        answer
    }

    /// The state that an answer tells of; `None` for an error that ends the wait.
    fn state(&mut self, answer: &Answer<O>, course: &Course) -> Option<State> {
        let Course { attempt, elapsed } = *course;
        let poll = Poll { request: &self.call.request, answer, attempt, elapsed };
        let judged = (self.judge)(&poll).filter(|_| answer.as_ref().err().is_none_or(is_of_service));
        let state = judged.or(answer.is_ok().then_some(State::Retry));
        if let (Some(observer), Some(state)) = (&mut self.observer, state) {
            observer(&poll, state);
        }
        state
    }

    /// Lets time pass until the next call; `false` when there is none left.
    async fn pause(&mut self, course: &mut Course, sleep: &SharedAsyncSleep) -> bool {
        let WaitTimes { min_delay, max_delay, max_wait } = self.times;
        let left = max_wait.saturating_sub(course.elapsed);
        let Some(delay) = (Backoff { min_delay, max_delay }).delay(course.attempt, left, fastrand::f64()) else { return false };
        let begun = Instant::now();
        sleep.sleep(delay).await;
        // A clock that stands still, as a test's may, lets nobody wait for ever.
        course.elapsed += begun.elapsed().max(delay);
        true
    }

    fn timeout(&self, last: Option<Waited<O>>) -> WaitError<O> {
        WaitError::Timeout { waiter: self.waiter, max_wait: self.times.max_wait, last }
    }
}

/// Whether an error is the service's own, with the status that was answered. One of the client's has a status of its own making, and
/// whatever its code is, it tells nothing about what is waited for.
fn is_of_service<E: ServiceError>(error: &E) -> bool {
    let exception = error.exception();
    exception.meta().status() == Some(exception.status())
}

/// How far a wait has come.
struct Course {
    attempt: u32,
    elapsed: Duration,
}

impl<'a, O: Operation> IntoFuture for Wait<'a, O> {
    type Output = Result<Waited<O>, WaitError<O>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl<O: Operation> fmt::Debug for Wait<'_, O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { call, waiter, times, .. } = self;
        let mut debug = formatter.debug_struct("Wait");
        debug.field("waiter", waiter).field("times", times).field("call", call).finish_non_exhaustive()
    }
}

/// Whether there are texts, and all of them are this one.
pub fn all<'t>(texts: impl IntoIterator<Item = &'t str>, expected: &str) -> bool {
    let mut texts = texts.into_iter().peekable();
    texts.peek().is_some() && texts.all(|text| text == expected)
}
