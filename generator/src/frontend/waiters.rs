//! Waiters, as far as formats say them alike. What is wrong with one is warned of: the service is generated without it.

use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{Acceptor, WaiterState};

/// What comes of a waiter that cannot be read.
pub(super) const HELP: &str = "nothing to do: the service is generated without this waiter";

/// How many seconds a wait takes at most where the model does not say it: as long as most of botocore's waiters.
pub(super) const MAX_WAIT: u64 = 600;

/// How many seconds to wait between two calls at most where the model does not say it, as Smithy has it.
pub(super) const MAX_DELAY: u64 = 120;

/// How many acceptors a waiter can have, which are compared with one another. AWS's have up to fifteen.
const MAX_ACCEPTORS: usize = 100;

/// Warns of something about a waiter.
pub(super) fn warn<T>(message: impl Into<String>, place: &Place, diagnostics: &mut Diagnostics) -> Option<T> {
    diagnostics.warning(place, format!("in a waiter: {}", message.into()), HELP);
    None
}

/// Whether a waiter can be waited for: it has a name that can stand in Rust, and something is what it waits for.
pub(super) fn check(name: &str, acceptors: &[Acceptor], place: &Place, diagnostics: &mut Diagnostics) -> Option<()> {
    let is_name =
        name.starts_with(|first: char| first.is_ascii_alphabetic()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_name {
        return warn("its name is not of letters and digits", place, diagnostics);
    }
    if acceptors.len() > MAX_ACCEPTORS {
        return warn(format!("{} acceptors, where {MAX_ACCEPTORS} will do", acceptors.len()), place, diagnostics);
    }
    let succeeds = acceptors.iter().any(|acceptor| acceptor.state == WaiterState::Success);
    if succeeds { Some(()) } else { warn("none of its acceptors is a success", place, diagnostics) }
}

/// The state of an acceptor.
pub(super) fn lower_state(state: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<WaiterState> {
    match state {
        "success" => Some(WaiterState::Success),
        "failure" => Some(WaiterState::Failure),
        "retry" => Some(WaiterState::Retry),
        other => warn(format!("the state `{other}` is unknown"), place, diagnostics),
    }
}
