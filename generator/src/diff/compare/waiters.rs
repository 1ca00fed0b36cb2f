//! Waiters.

use super::{About, Comparison, EVERYWHERE, Pair};
use crate::diff::change::Subject;
use crate::diff::policy::ChangeKind as Kind;
use crate::ir::{Acceptor, Matcher, Waiter, WaiterState};
use std::collections::BTreeMap;

impl Comparison<'_> {
    pub(super) fn waiters(&mut self) {
        let by_name = |waiters: &'_ [Waiter]| -> BTreeMap<String, Waiter> {
            waiters.iter().map(|waiter| (waiter.name.clone(), waiter.clone())).collect()
        };
        let both = Pair { old: by_name(&self.old.waiters), new: by_name(&self.new.waiters) };
        for (name, old) in &both.old {
            match both.new.get(name) {
                Some(new) if behaviour(old) != behaviour(new) => {
                    self.changed(Kind::WaiterChanged, &about(old, new), Pair { old, new }.map(text));
                }
                Some(_) => {}
                None => self.removed(Kind::WaiterRemoved, &about(old, old), text(old)),
            }
        }
        for (_, new) in both.new.iter().filter(|(name, _)| !both.old.contains_key(*name)) {
            self.added(Kind::WaiterAdded, &about(new, new), text(new));
        }
    }
}

fn about<'m>(old: &'m Waiter, new: &'m Waiter) -> About<'m> {
    let places = Pair { old: &old.place, new: &new.place };
    About { subject: Subject::Waiter(new.name.clone()), places, steps: Vec::new(), usage: EVERYWHERE }
}

fn text(waiter: &Waiter) -> String {
    let Waiter { operation, acceptors, min_delay, max_delay, max_wait, .. } = waiter;
    format!("of {operation}, {} acceptors, {min_delay} to {max_delay} s, {max_wait} s in all", acceptors.len())
}

/// What a waiter does, without where the model says it.
type Behaviour<'w> = (&'w str, Vec<(WaiterState, &'w Matcher)>, [u64; 3], bool);

fn behaviour(waiter: &Waiter) -> Behaviour<'_> {
    let Waiter { name: _, operation, acceptors, min_delay, max_delay, max_wait, deprecated, place: _ } = waiter;
    let acceptors = acceptors.iter().map(|Acceptor { state, matcher, place: _ }| (*state, matcher)).collect();
    (operation, acceptors, [*min_delay, *max_delay, *max_wait], *deprecated)
}
