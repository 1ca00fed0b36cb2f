//! Waiters: <https://smithy.io/2.0/additional-specs/waiters.html>.

use super::jmespath::Expression;
use crate::diagnostic::Place;

/// How to wait for a state. What its expressions name is looked up when it is planned.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiter {
    /// The state that is waited for.
    pub name: String,
    /// The operation that is called until it is there.
    pub operation: String,
    /// What answers mean; the first that applies counts.
    pub acceptors: Vec<Acceptor>,
    /// How many seconds to wait between two calls at least.
    pub min_delay: u64,
    /// How many seconds to wait between two calls at most.
    pub max_delay: u64,
    /// How many seconds to wait in all, unless a program says otherwise.
    pub max_wait: u64,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// Where the model defines it.
    pub place: Place,
}

/// What an answer means.
#[derive(Clone, Debug, PartialEq)]
pub struct Acceptor {
    /// The state that it means.
    pub state: WaiterState,
    /// The answer.
    pub matcher: Matcher,
    /// Where the model defines it.
    pub place: Place,
}

/// The states of what is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WaiterState {
    /// It is there.
    Success,
    /// It will not come any more.
    Failure,
    /// It is not there yet.
    Retry,
}

/// What an answer must be.
#[derive(Clone, Debug, PartialEq)]
pub enum Matcher {
    /// No error.
    Success,
    /// An error, whichever.
    AnyError,
    /// The error of this name or code.
    Error(String),
    /// An answer of this HTTP status.
    Status(u64),
    /// An output of which an expression gives what is expected.
    Output(ValueMatcher),
    /// An input and an output, of which an expression gives what is expected.
    InputOutput(ValueMatcher),
}

/// What an expression must give.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueMatcher {
    /// The expression.
    pub expression: Expression,
    /// How many of its values.
    pub quantity: Quantity,
    /// What they must be.
    pub expected: Expected,
}

/// How many values of an expression must be what is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// The only one.
    One,
    /// Any of several.
    Any,
    /// All of several, of which there is at least one.
    All,
}

/// What is expected.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// A string.
    Text(String),
    /// A boolean.
    Boolean(bool),
    /// A number.
    Integer(i64),
}
