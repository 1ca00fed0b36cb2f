//! What an update of a model changes, and whom that breaks.
//!
//! ```text
//! old model ─ refine, plan ─▶ Side ─┬─ compare: the IR, concept by concept ─▶ changes ──┐
//! new model ─ refine, plan ─▶ Side ─┤              policy: what each kind does to whom ─┼─▶ Report ─ render ─▶ text, html ..
//!                                   └─ surface: what the plans offer programs ─────────┘
//! ```
//!
//! Both front ends lower to the IR, so that models of both formats can be compared. What breaks source is read off the plans, which
//! know every name and type; each difference there is given to the change of the model that explains it.

mod change;
mod compare;
mod outline;
mod policy;
mod render;
mod report;
mod surface;

pub use change::{Change, Said, Subject};
pub use outline::{Line, Outline};
pub use policy::{Breaks, ChangeKind, Effect, Impact, Row};
pub use render::{Format, render};
pub use report::{Report, Semver};
pub use surface::RustChange;

use crate::Request;
use crate::diagnostic::Diagnostics;
use crate::ir::{Member, Model, ShapeId, ShapeKind, Usage};
use crate::rust::names::Names;
use crate::rust::plan::Plan;
use std::collections::{BTreeMap, HashMap};
use surface::Surface;

/// One of two models, refined and planned.
pub struct Side {
    label: String,
    model: Model,
    plan: Plan,
    rename: BTreeMap<String, String>,
}

impl Side {
    /// A model as it would be generated; `None`, when something, which is reported, keeps it from that. `label` is what
    /// reports call it: a path, or a release.
    pub fn new(label: &str, request: Request<'_>, mut model: Model, diagnostics: &mut Diagnostics) -> Option<Self> {
        let plan = crate::refine(request, &mut model, diagnostics)?;
        Some(Self { label: label.to_owned(), model, plan, rename: request.config.rename.clone() })
    }

    /// What the model calls its service.
    pub fn title(&self) -> &str {
        &self.model.service.title
    }

    fn surface(&self) -> Surface<'_> {
        Surface::of(&self.plan, &self.model, Names::new(&self.rename))
    }
}

/// Compares two models.
pub fn compare(old: &Side, new: &Side) -> Report {
    let mut changes = Changes::new(compare::compare(&old.model, &new.model));
    for (subject, rust) in surface::compare(&old.surface(), &new.surface()) {
        changes.explain(subject, rust, [&new.model, &old.model]);
    }
    Report::new(old, new, changes.list)
}

/// Changes, by what they are about.
struct Changes {
    list: Vec<Change>,
    by_subject: HashMap<Subject, Vec<usize>>,
    /// The members of each shape that changed.
    by_owner: HashMap<Subject, Vec<usize>>,
}

impl Changes {
    fn new(list: Vec<Change>) -> Self {
        let mut changes = Self { list: Vec::new(), by_subject: HashMap::new(), by_owner: HashMap::new() };
        list.into_iter().for_each(|change| changes.push(change));
        changes
    }

    fn push(&mut self, change: Change) {
        let index = self.list.len();
        self.by_subject.entry(change.subject.clone()).or_default().push(index);
        self.by_owner.entry(change.subject.owner()).or_default().push(index);
        self.list.push(change);
    }

    /// Gives a change in Rust to the change in the model that explains it: of the same subject, of one of its members, of a shape that it
    /// holds, or of the shape that it is a member of. What nothing explains is a change by itself.
    fn explain(&mut self, subject: Subject, rust: RustChange, models: [&Model; 2]) {
        let mut held = models.into_iter().flat_map(|model| targets(model, &subject));
        let found = self
            .explaining(&self.by_subject, &subject, &rust)
            .or_else(|| self.explaining(&self.by_owner, &subject, &rust))
            .or_else(|| held.find_map(|target| self.explaining(&self.by_subject, &target, &rust)))
            .or_else(|| self.explaining(&self.by_subject, &subject.owner(), &rust));
        match found {
            Some(index) => {
                if let Some(change) = self.list.get_mut(index) {
                    change.add_rust(rust);
                }
            }
            None => {
                let mut change = Change::new(ChangeKind::RustChanged, subject, None, None, Usage::default());
                change.add_rust(rust);
                self.push(change);
            }
        }
    }

    fn explaining(&self, by: &HashMap<Subject, Vec<usize>>, subject: &Subject, rust: &RustChange) -> Option<usize> {
        let explains = |index: &usize| self.list.get(*index).is_some_and(|change| !rust.breaks() || change.explains_rust());
        by.get(subject)?.iter().copied().find(explains)
    }
}

/// The shapes that a member holds: its target, and what that is a list or map of. Of a shape, what all of its members hold.
fn targets(model: &Model, subject: &Subject) -> Vec<Subject> {
    let mut found = Vec::new();
    let (id, name) = match subject {
        Subject::Member(id, name) => (id, Some(name)),
        Subject::Shape(id) => (id, None),
        _ => return found,
    };
    let members = match model.shapes.get(id).map(|shape| &shape.kind) {
        Some(ShapeKind::Structure(structure)) => structure.members.as_slice(),
        Some(ShapeKind::Union(union)) => union.members.as_slice(),
        _ => return found,
    };
    let is_named = |member: &&Member| name.is_none_or(|name| member.name == *name);
    let mut next: Vec<&ShapeId> = members.iter().filter(is_named).map(|member| &member.target).collect();
    while let Some(id) = next.pop() {
        let subject = Subject::Shape(id.clone());
        if found.contains(&subject) {
            continue;
        }
        match model.shapes.get(id).map(|shape| &shape.kind) {
            Some(ShapeKind::List(list)) => next.push(&list.member),
            Some(ShapeKind::Map(map)) => next.extend([&map.key, &map.value]),
            _ => {}
        }
        found.push(subject);
    }
    found
}

#[cfg(test)]
mod tests;
