//! What a wait comes to.

use super::Answer;
use crate::operation::Operation;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

/// The end of a wait: what the last call was answered.
pub struct Waited<O: Operation> {
    waiter: &'static str,
    answer: Answer<O>,
    polls: u32,
    elapsed: Duration,
}

impl<O: Operation> Waited<O> {
    pub(super) fn new(waiter: &'static str, answer: Answer<O>, polls: u32, elapsed: Duration) -> Self {
        Self { waiter, answer, polls, elapsed }
    }

    /// What was answered; an error, too, can be what was waited for.
    pub fn answer(&self) -> Result<&O::Response, &O::Error> {
        self.answer.as_ref()
    }

    /// What was answered.
    ///
    /// # Errors
    ///
    /// An error of the service, where that is what was waited for.
    pub fn into_answer(self) -> Answer<O> {
        self.answer
    }

    /// How many calls there were.
    pub fn polls(&self) -> u32 {
        self.polls
    }

    /// How long it took.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}

impl<O: Operation> fmt::Debug for Waited<O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { waiter, answer, polls, elapsed } = self;
        let mut debug = formatter.debug_struct("Waited");
        debug.field("waiter", waiter).field("answer", answer).field("polls", polls).field("elapsed", elapsed).finish()
    }
}

/// A wait that did not come to what was waited for.
#[non_exhaustive]
pub enum WaitError<O: Operation> {
    /// What was waited for will not come any more.
    Failure(Waited<O>),
    /// There was no time left.
    Timeout {
        /// What was waited for.
        waiter: &'static str,
        /// How long.
        max_wait: Duration,
        /// The last call that was answered; `None` when the first was not.
        last: Option<Waited<O>>,
    },
    /// A call failed in a way that the waiter knows nothing about.
    Call(O::Error),
}

impl<O: Operation> fmt::Debug for WaitError<O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failure(waited) => formatter.debug_tuple("Failure").field(waited).finish(),
            Self::Timeout { waiter, max_wait, last } => {
                let mut debug = formatter.debug_struct("Timeout");
                debug.field("waiter", waiter).field("max_wait", max_wait).field("last", last).finish()
            }
            Self::Call(error) => formatter.debug_tuple("Call").field(error).finish(),
        }
    }
}

impl<O: Operation> fmt::Display for WaitError<O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failure(Waited { waiter, answer: Ok(_), .. }) => write!(formatter, "{waiter}: it will not come any more"),
            Self::Failure(Waited { waiter, answer: Err(error), .. }) => {
                write!(formatter, "{waiter}: it will not come any more: {error}")
            }
            Self::Timeout { waiter, max_wait, .. } => write!(formatter, "{waiter}: not within {max_wait:?}"),
            Self::Call(error) => error.fmt(formatter),
        }
    }
}

impl<O: Operation> StdError for WaitError<O> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Failure(waited) => waited.answer.as_ref().err().map(|error| error as _),
            Self::Timeout { .. } => None,
            Self::Call(error) => error.source(),
        }
    }
}
