//! How to wait for a state.

use super::Lookup;
use crate::ir::WaiterState;
use crate::rust::names::{Name, TypeName};

/// A waiter.
#[derive(Clone, Debug)]
pub struct Waiter {
    /// The state that is waited for, as the model calls it.
    pub name: String,
    /// The client's method.
    pub method: Name,
    /// The function that judges answers.
    pub judge: Name,
    /// The operation's method.
    pub operation: Name,
    /// The operation's request.
    pub request: TypeName,
    /// The docs of the method: a paragraph.
    pub docs: String,
    /// The least delay between two calls, in seconds.
    pub min_delay: u64,
    /// The greatest.
    pub max_delay: u64,
    /// How many seconds to wait in all.
    pub max_wait: u64,
    /// Whether a judgement is of the request, too: of a variable `input`.
    pub uses_input: bool,
    /// What an output means: of a variable `it`.
    pub output: Judgement,
    /// What an error means: of a variable `error`.
    pub error: Judgement,
}

/// What an answer means.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// What is looked up once and asked of several times.
    pub bindings: Vec<WaiterBinding>,
    /// The cases, of which the first that holds counts.
    pub cases: Cases,
    /// What it means in any other case; `None` when that is not known.
    pub otherwise: Option<WaiterState>,
}

/// The cases of a [`Judgement`].
#[derive(Clone, Debug, PartialEq)]
pub enum Cases {
    /// One string or number decides.
    Match {
        /// The string or number, or an `Option` of one.
        subject: Lookup,
        /// Whether it may not be there.
        is_optional: bool,
        /// Its values, which are literals, by what they mean.
        arms: Vec<(WaiterState, Vec<Lookup>)>,
    },
    /// Conditions, one after the other; there may be none.
    Chain(Vec<(Lookup, WaiterState)>),
}

/// A variable.
#[derive(Clone, Debug, PartialEq)]
pub struct WaiterBinding {
    /// Its name.
    pub name: Name,
    /// Its value.
    pub lookup: Lookup,
    /// Whether it is a closure, which gives the value anew.
    pub is_closure: bool,
}

impl Judgement {
    /// Whether it looks at what was answered.
    pub fn looks(&self) -> bool {
        self.cases != Cases::Chain(Vec::new())
    }
}
