//! All changes, and what they come to.

use super::Side;
use super::change::Change;
use super::outline::{self, Outline};
use super::policy::{Breaks, Impact};
use std::fmt;

/// What the next version is, by [semantic versioning](https://semver.org).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Semver {
    /// Nothing changed at all.
    None,
    /// Nothing breaks, and there is nothing more to name.
    Patch,
    /// Nothing breaks, and there is more.
    Minor,
    /// Something breaks.
    Major,
}

impl Semver {
    /// As reports write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl fmt::Display for Semver {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// What an update changes.
#[derive(Clone, Debug)]
pub struct Report {
    /// What the service is called.
    pub title: String,
    /// What the old model is called.
    pub old: String,
    /// What the new model is called.
    pub new: String,
    /// The changes: what breaks first, then by what they are about.
    pub changes: Vec<Change>,
    /// What the changes are about, old beside new, in the order of their names.
    pub outlines: Vec<Outline>,
}

impl Report {
    pub(super) fn new(old: &Side, new: &Side, mut changes: Vec<Change>) -> Self {
        changes.sort_by(|one, other| order(one).cmp(&order(other)));
        let outlines = outline::outlines(&old.model, &new.model, &changes);
        Self { title: new.title().to_owned(), old: old.label.clone(), new: new.label.clone(), changes, outlines }
    }

    /// The version that the update asks for: source and wire together.
    pub fn semver(&self) -> Semver {
        match self.impact().worst() {
            Breaks::Yes => Semver::Major,
            Breaks::No | Breaks::Perhaps => self.source_semver(),
        }
    }

    /// The version that the source of the crates alone asks for, which is what `cargo semver-checks` looks at.
    pub fn source_semver(&self) -> Semver {
        let Impact { callers, implementors, .. } = self.impact();
        let gains = || self.changes.iter().any(|change| change.rust.iter().any(|rust| rust.old.is_none()));
        match callers.max(implementors) {
            Breaks::Yes => Semver::Major,
            _ if self.changes.is_empty() => Semver::None,
            _ if gains() => Semver::Minor,
            _ => Semver::Patch,
        }
    }

    /// The most that any change does to each of the three.
    pub fn impact(&self) -> Impact {
        self.changes.iter().fold(Impact::default(), |most, Change { impact, .. }| Impact {
            callers: most.callers.max(impact.callers),
            implementors: most.implementors.max(impact.implementors),
            wire: most.wire.max(impact.wire),
        })
    }

    /// How many changes do at least so much to what `of` picks.
    pub fn count(&self, of: impl Fn(&Impact) -> Breaks, at_least: Breaks) -> usize {
        self.changes.iter().filter(|change| of(&change.impact) >= at_least).count()
    }

    /// The changes of this weight.
    pub fn of_weight(&self, weight: Breaks) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.impact.worst() == weight)
    }
}

/// What breaks first; then by subject and kind.
fn order(change: &Change) -> impl Ord {
    (std::cmp::Reverse(change.impact.worst()), change.subject.clone(), change.kind)
}
