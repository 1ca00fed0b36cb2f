//! One change: what it is about, what it was and is, what it does.

use super::policy::{Breaks, ChangeKind, Effect, Impact};
use super::surface::RustChange;
use crate::diagnostic::Place;
use crate::ir::{ShapeId, Usage};
use std::fmt;

/// What a change is about, in the model's names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The service.
    Service,
    /// An operation.
    Operation(String),
    /// A shape.
    Shape(ShapeId),
    /// A member of a structure or union, or a value of an enum.
    Member(ShapeId, String),
    /// A waiter.
    Waiter(String),
}

impl Subject {
    /// The subject that it is a part of.
    pub fn owner(&self) -> Self {
        match self {
            Self::Member(shape, _) => Self::Shape(shape.clone()),
            other => other.clone(),
        }
    }
}

/// As Smithy writes ids, without a namespace: `Contact$Name`.
impl fmt::Display for Subject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Service => formatter.write_str("service"),
            Self::Operation(name) | Self::Waiter(name) => formatter.write_str(name),
            Self::Shape(id) => id.fmt(formatter),
            Self::Member(id, member) => write!(formatter, "{id}${member}"),
        }
    }
}

/// What a model says about a subject, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What, in a few words; empty when there is nothing to say but that it is there.
    pub text: String,
    /// Where.
    pub place: Place,
}

/// A change from the old model to the new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What kind it is.
    pub kind: ChangeKind,
    /// What it is about.
    pub subject: Subject,
    /// What the old model says; `None` when it says nothing.
    pub old: Option<Said>,
    /// What the new model says.
    pub new: Option<Said>,
    /// What it does to Rust.
    pub rust: Vec<RustChange>,
    /// What it does to whom.
    pub impact: Impact,
}

impl Change {
    /// A change of a subject that is used like this; its effect on source is added later, see [`Change::add_rust`].
    pub(super) fn new(kind: ChangeKind, subject: Subject, old: Option<Said>, new: Option<Said>, usage: Usage) -> Self {
        let row = kind.row();
        let impact =
            Impact { callers: row.callers.on(usage), implementors: row.implementors.on(usage), wire: row.wire.on(usage) };
        Self { kind, subject, old, new, rust: Vec::new(), impact }
    }

    /// Whether what becomes of Rust is part of it.
    pub(super) fn explains_rust(&self) -> bool {
        let row = self.kind.row();
        let explains = |effect| matches!(effect, Effect::Source | Effect::Always(Breaks::Yes));
        explains(row.callers) || explains(row.implementors)
    }

    /// Adds what it does to Rust.
    pub(super) fn add_rust(&mut self, rust: RustChange) {
        self.impact.callers = self.impact.callers.max(rust.callers);
        self.impact.implementors = self.impact.implementors.max(rust.implementors);
        self.rust.push(rust);
    }

    /// Where it is: in the new model, or else in the old one.
    pub fn place(&self) -> Option<&Place> {
        self.new.as_ref().or(self.old.as_ref()).map(|said| &said.place)
    }
}
