//! Changes of one shape or operation, together.

use crate::diff::change::{Change, Subject};
use crate::diff::outline::Outline;
use crate::diff::policy::Breaks;
use crate::diff::report::Report;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The changes of a shape with its members, of an operation, of the service or a waiter.
pub(super) struct Group<'r> {
    /// What they are about.
    pub(super) subject: Subject,
    /// The changes, what breaks first.
    pub(super) changes: Vec<&'r Change>,
    /// Old beside new.
    pub(super) outline: Option<&'r Outline>,
}

impl Group<'_> {
    /// The most that one of the changes does.
    pub(super) fn weight(&self) -> Breaks {
        self.changes.iter().map(|change| change.impact.worst()).max().unwrap_or_default()
    }
}

/// The groups, what breaks first, then by name.
pub(super) fn groups(report: &Report) -> Vec<Group<'_>> {
    let mut by_subject: BTreeMap<Subject, Vec<&Change>> = BTreeMap::new();
    for change in &report.changes {
        by_subject.entry(change.subject.owner()).or_default().push(change);
    }
    let outlines: BTreeMap<&Subject, &Outline> = report.outlines.iter().map(|outline| (&outline.subject, outline)).collect();
    let mut groups: Vec<Group<'_>> = by_subject
        .into_iter()
        .map(|(subject, changes)| Group { outline: outlines.get(&subject).copied(), subject, changes })
        .collect();
    groups.sort_by_key(|group| Reverse(group.weight()));
    groups
}
