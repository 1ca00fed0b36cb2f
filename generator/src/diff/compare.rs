//! What differs between two refined models, concept by concept. Every field of every concept of the IR is named here: what is compared,
//! and what is passed over and why.

mod constraints;
mod members;
mod operations;
mod service;
mod shapes;
mod structures;
mod values;
mod waiters;

pub(super) use constraints::{length_text, range_text};
pub(super) use members::binding_text;
pub(super) use values::{default_text, format_text, kind_name, type_of};

use super::change::{Change, Said, Subject};
use super::policy::ChangeKind;
use crate::diagnostic::Place;
use crate::ir::{Model, ShapeId, Usage};
use std::fmt::Display;

/// The changes from one model to another, in no order.
pub(super) fn compare(old: &Model, new: &Model) -> Vec<Change> {
    // A field that is new must be compared.
    let Model { service: _, operations: _, waiters: _, shapes: _, endpoint_rules: _, client_parameters: _, customizations: _ } =
        new;
    let mut comparison = Comparison { old, new, changes: Vec::new() };
    comparison.service();
    comparison.operations();
    comparison.shapes();
    comparison.waiters();
    comparison.changes
}

/// Two models, and what was found.
struct Comparison<'m> {
    old: &'m Model,
    new: &'m Model,
    changes: Vec<Change>,
}

/// Which of two models: the old one and the new.
#[derive(Clone, Copy, Debug)]
struct Pair<T> {
    old: T,
    new: T,
}

impl<T> Pair<T> {
    fn map<U>(self, of: impl Fn(T) -> U) -> Pair<U> {
        Pair { old: of(self.old), new: of(self.new) }
    }
}

impl<T: PartialEq> Pair<T> {
    fn differs(&self) -> bool {
        self.old != self.new
    }
}

/// What a change is about: its subject, where that is in both models, and how it is used.
#[derive(Clone, Debug)]
struct About<'m> {
    subject: Subject,
    places: Pair<&'m Place>,
    /// Steps from the places, where the subject is a part of what has one.
    steps: Vec<String>,
    usage: Usage,
}

impl About<'_> {
    fn said(&self, place: &Place, text: impl Display) -> Said {
        let place = self.steps.iter().fold(place.clone(), |place, step| place.child(step));
        Said { text: text.to_string(), place }
    }
}

/// How something is used that no shape is.
const EVERYWHERE: Usage = Usage { input: true, output: true, error: true };

impl<'m> Comparison<'m> {
    /// Records that something changed.
    fn changed(&mut self, kind: ChangeKind, about: &About<'_>, texts: Pair<impl Display>) {
        let (old, new) = (about.said(about.places.old, texts.old), about.said(about.places.new, texts.new));
        self.changes.push(Change::new(kind, about.subject.clone(), Some(old), Some(new), about.usage));
    }

    /// Records that something is new.
    fn added(&mut self, kind: ChangeKind, about: &About<'_>, text: impl Display) {
        let new = about.said(about.places.new, text);
        self.changes.push(Change::new(kind, about.subject.clone(), None, Some(new), about.usage));
    }

    /// Records that something is gone.
    fn removed(&mut self, kind: ChangeKind, about: &About<'_>, text: impl Display) {
        let old = about.said(about.places.old, text);
        self.changes.push(Change::new(kind, about.subject.clone(), Some(old), None, about.usage));
    }

    /// Records that something changed, if its texts differ.
    fn compare(&mut self, kind: ChangeKind, about: &About<'_>, texts: Pair<String>) {
        if texts.differs() {
            self.changed(kind, about, texts);
        }
    }

    fn about_service(&self) -> About<'m> {
        let places = Pair { old: &self.old.service.place, new: &self.new.service.place };
        About { subject: Subject::Service, places, steps: Vec::new(), usage: EVERYWHERE }
    }

    /// A shape that one of the models has, or both; where it is missing, its place is that of the other.
    fn about_shape(&self, id: &ShapeId) -> Option<About<'m>> {
        let (old, new) = (self.old.shapes.get(id), self.new.shapes.get(id));
        let (before, after) = (old.or(new)?, new.or(old)?);
        let usage = Usage {
            input: before.usage.input || after.usage.input,
            output: before.usage.output || after.usage.output,
            error: before.usage.error || after.usage.error,
        };
        let places = Pair { old: &before.place, new: &after.place };
        Some(About { subject: Subject::Shape(id.clone()), places, steps: Vec::new(), usage })
    }
}

/// What a flag says: its name, or nothing.
fn flag(is_set: bool, name: &str) -> &str {
    if is_set { name } else { "" }
}
