//! What is wrong with a message that is read strictly, to its end.

use crate::validate::{PathHash, PointerStep};
use std::fmt;

/// How many problems have their paths; a hostile body could fill the memory with more.
pub(super) const MAX_PROBLEMS: usize = 128;

/// What a strict decoder recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where, as a JSON pointer (RFC 6901); of a long name, its start.
    pub path: String,
    /// What.
    pub kind: ProblemKind,
}

/// The kinds of [`Problem`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// A required member that is not there.
    Missing,
    /// A value of another type; says which was expected.
    Mistyped(&'static str),
    /// A member of a union that the model does not know.
    Unrecognized,
}

/// A step of a path.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'s> {
    /// Into a member of an object.
    Member(&'s str),
    /// Into an element of a list.
    Element(usize),
}

impl fmt::Display for Step<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Member(name) => PointerStep(name).fmt(formatter),
            Self::Element(index) => write!(formatter, "{index}"),
        }
    }
}

/// Everything that is wrong with a message.
///
/// The first problems have their paths. Of the others, only what is missing is kept, in a few bytes each: it must be counted, and
/// what stands in for it violates no constraint.
#[derive(Debug, Default)]
pub struct Problems {
    told: Vec<Problem>,
    untold: Vec<PathHash>,
    /// Whether a value that is not told is of another type.
    mistyped: bool,
}

impl Problems {
    /// The first ones.
    pub fn told(&self) -> &[Problem] {
        &self.told
    }

    /// The paths of the other members that are missing.
    pub fn untold_missing(&self) -> &[PathHash] {
        &self.untold
    }

    /// Whether a value is of another type than the model's.
    pub fn is_mistyped(&self) -> bool {
        self.mistyped || self.told.iter().any(|problem| matches!(problem.kind, ProblemKind::Mistyped(_)))
    }

    /// Whether a union has a member that the model does not know.
    pub fn is_unrecognized(&self) -> bool {
        self.told.iter().any(|problem| problem.kind == ProblemKind::Unrecognized)
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.told.is_empty()
    }

    /// Records a problem at a path.
    pub fn push(&mut self, path: String, kind: ProblemKind) {
        match kind {
            kind if self.told.len() < MAX_PROBLEMS => self.told.push(Problem { path, kind }),
            ProblemKind::Missing => self.untold.push(PathHash::of(&path)),
            ProblemKind::Mistyped(_) | ProblemKind::Unrecognized => self.mistyped = true,
        }
    }

    /// Adds the problems of a part of the message that lies at a path.
    pub fn extend(&mut self, path: &str, part: Self) {
        part.told.into_iter().for_each(|problem| self.push(format!("{path}{}", problem.path), problem.kind));
        self.untold.extend(part.untold.into_iter().map(|hash| hash.within(path)));
        self.mistyped |= part.mistyped;
    }

    /// How many there are whose paths matter.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.told.len() + self.untold.len()
    }

    /// Records a problem of the value at hand; those around it add where it lies.
    pub(super) fn record(&mut self, kind: ProblemKind) {
        self.push(String::new(), kind);
    }

    /// Records a required member of the value at hand that is not there.
    pub(super) fn record_missing(&mut self, name: &str) {
        self.push(format!("/{}", Step::Member(name)), ProblemKind::Missing);
    }

    /// Puts all but the first `recorded` one step down.
    pub(super) fn step_down(&mut self, recorded: usize, step: Step<'_>) {
        let step = format!("/{step}");
        let untold = recorded.saturating_sub(self.told.len());
        self.told.iter_mut().skip(recorded).for_each(|problem| problem.path.insert_str(0, &step));
        self.untold.iter_mut().skip(untold).for_each(|hash| *hash = hash.within(&step));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_known_past_the_first_problems_and_so_is_that_something_is_mistyped() {
        let mut problems = Problems::default();
        (0..MAX_PROBLEMS).for_each(|_| problems.record_missing("a"));
        problems.step_down(0, Step::Element(0));
        let recorded = problems.len();
        problems.record_missing("b");
        problems.step_down(recorded, Step::Element(1));
        assert!(problems.told().iter().all(|problem| problem.path == "/0/a"));
        assert_eq!(problems.untold_missing(), [PathHash::of("/1/b")]);
        assert!(!problems.is_mistyped());
        problems.record(ProblemKind::Mistyped("a string"));
        assert!(problems.is_mistyped());
    }
}
