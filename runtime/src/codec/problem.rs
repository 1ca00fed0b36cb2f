//! What is wrong with a message that is read strictly.

use super::{DecodeError, DecodeErrorKind, Decoded};
use crate::validate::PointerStep;
use std::fmt;

/// How many problems are recorded. A request with more is refused without being read to its end: a hostile one has millions.
pub(crate) const MAX_PROBLEMS: usize = 128;

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
    /// A list or map of more elements than its member may have; those beyond are not read.
    TooLong {
        /// How many there are.
        length: usize,
        /// How many there may be.
        maximum: usize,
    },
}

/// A step of a path.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'s> {
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

/// What is wrong with a message, as far as it was read.
#[derive(Debug, Default)]
pub struct Problems {
    recorded: Vec<Problem>,
    more: bool,
}

impl Problems {
    /// What was recorded, in the order it was found.
    pub fn recorded(&self) -> &[Problem] {
        &self.recorded
    }

    /// Whether there are more than are recorded. The message was not read to its end then.
    pub fn has_more(&self) -> bool {
        self.more
    }

    /// Whether a value is of another type than the model's.
    pub fn is_mistyped(&self) -> bool {
        self.recorded.iter().any(|problem| matches!(problem.kind, ProblemKind::Mistyped(_)))
    }

    /// Whether a union has a member that the model does not know.
    pub fn is_unrecognized(&self) -> bool {
        self.recorded.iter().any(|problem| problem.kind == ProblemKind::Unrecognized)
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.recorded.is_empty()
    }

    /// Records a problem at a path, while there is room.
    pub fn push(&mut self, path: String, kind: ProblemKind) {
        match self.recorded.len() < MAX_PROBLEMS {
            true => self.recorded.push(Problem { path, kind }),
            false => self.more = true,
        }
    }

    /// Adds the problems of a part of the message that lies at a path.
    pub fn extend(&mut self, path: &str, part: Self) {
        part.recorded.into_iter().for_each(|problem| self.push(format!("{path}{}", problem.path), problem.kind));
        self.more |= part.more;
    }

    /// How many are recorded.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.recorded.len()
    }

    /// Records a problem of the value at hand; those around it add where it lies.
    ///
    /// # Errors
    ///
    /// There are too many, and reading ends.
    pub(crate) fn record(&mut self, kind: ProblemKind) -> Decoded {
        self.record_at(String::new(), kind)
    }

    /// Records a required member of the value at hand that is not there.
    ///
    /// # Errors
    ///
    /// There are too many, and reading ends.
    pub(crate) fn record_missing(&mut self, name: &str) -> Decoded {
        self.record_at(format!("/{}", Step::Member(name)), ProblemKind::Missing)
    }

    fn record_at(&mut self, path: String, kind: ProblemKind) -> Decoded {
        self.push(path, kind);
        match self.more {
            true => Err(DecodeError::new(DecodeErrorKind::TooManyProblems(MAX_PROBLEMS))),
            false => Ok(()),
        }
    }

    /// Puts all but the first `recorded` one step down.
    pub(crate) fn step_down(&mut self, recorded: usize, step: Step<'_>) {
        let step = format!("/{step}");
        self.recorded.iter_mut().skip(recorded).for_each(|problem| problem.path.insert_str(0, &step));
    }
}
