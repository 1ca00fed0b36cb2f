//! What changes are about, old beside new, line by line: an operation, a shape with its members.

use super::change::{Change, Subject};
use super::compare::{binding_text, default_text, format_text, kind_name, length_text, range_text, type_of};
use crate::ir::{Binding, Constraints, Member, Model, Operation, Shape, ShapeKind};
use std::collections::BTreeSet;

/// An operation or shape in both models.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// What it is.
    pub subject: Subject,
    /// What it is, in Smithy's words: `structure`.
    pub kind: String,
    /// What is said of it, in the order of the new model; what only the old one says stands where it stood.
    pub lines: Vec<Line>,
}

/// Something that is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Of what: a member, `HTTP`.
    pub name: String,
    /// What the old model says.
    pub old: Option<String>,
    /// What the new model says.
    pub new: Option<String>,
}

impl Line {
    /// Whether both say the same.
    pub fn is_same(&self) -> bool {
        self.old == self.new
    }
}

/// The outlines of what changes are about.
pub(super) fn outlines(old: &Model, new: &Model, changes: &[Change]) -> Vec<Outline> {
    let subjects: BTreeSet<Subject> = changes.iter().map(|change| change.subject.owner()).collect();
    subjects.into_iter().filter_map(|subject| outline(subject, old, new)).collect()
}

fn outline(subject: Subject, old: &Model, new: &Model) -> Option<Outline> {
    let (kind, old, new) = match &subject {
        Subject::Operation(name) => {
            let said = |model: &Model| model.operations.get(name).map(operation).unwrap_or_default();
            ("operation", said(old), said(new))
        }
        Subject::Shape(id) => {
            let said = |model: &Model| model.shapes.get(id).map(|it| shape(model, it)).unwrap_or_default();
            let kind = new.shapes.get(id).or_else(|| old.shapes.get(id)).map(|shape| kind_name(&shape.kind))?;
            (kind, said(old), said(new))
        }
        Subject::Service | Subject::Waiter(_) | Subject::Member(..) => return None,
    };
    Some(Outline { subject, kind: kind.to_owned(), lines: align(old, new) })
}

/// What is said, by of what.
type Sayings = Vec<(String, String)>;

/// Puts side by side what is said of the same.
fn align(old: Sayings, new: Sayings) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut left = old.iter().peekable();
    for (name, text) in &new {
        // What is gone and stood before a line that both have stands before it still.
        while let Some((gone, said)) = left.next_if(|(gone, _)| !new.iter().any(|(name, _)| name == gone)) {
            lines.push(Line { name: gone.clone(), old: Some(said.clone()), new: None });
        }
        let before = old.iter().find(|(other, _)| other == name).map(|(_, said)| said.clone());
        left.next_if(|(other, _)| other == name);
        lines.push(Line { name: name.clone(), old: before, new: Some(text.clone()) });
    }
    for (gone, said) in old.iter().filter(|(gone, _)| !lines.iter().any(|line| line.name == *gone)).collect::<Vec<_>>() {
        lines.push(Line { name: gone.clone(), old: Some(said.clone()), new: None });
    }
    lines
}

fn operation(operation: &Operation) -> Sayings {
    let mut sayings = Vec::new();
    let mut say = |name: &str, text: String| {
        if !text.is_empty() {
            sayings.push((name.to_owned(), text));
        }
    };
    if let Some(http) = &operation.http {
        say("HTTP", format!("{} {} → {}", http.method.as_str(), http.uri, http.status));
    }
    say("input", operation.input.as_ref().map(ToString::to_string).unwrap_or_default());
    say("output", operation.output.as_ref().map(ToString::to_string).unwrap_or_default());
    for error in &operation.errors {
        say(&format!("error {error}"), "answered".to_owned());
    }
    sayings
}

fn shape(model: &Model, shape: &Shape) -> Sayings {
    let mut sayings = Vec::new();
    let facets = facets(shape);
    if !facets.is_empty() {
        sayings.push(("itself".to_owned(), facets));
    }
    match &shape.kind {
        ShapeKind::Structure(structure) => {
            sayings.extend(structure.error.iter().map(|error| ("status".to_owned(), error.status.to_string())));
            sayings.extend(structure.members.iter().map(|it| (it.name.clone(), member(model, it))));
        }
        ShapeKind::Union(union) => sayings.extend(union.members.iter().map(|it| (it.name.clone(), member(model, it)))),
        ShapeKind::Enumeration(enumeration) => {
            sayings.extend(enumeration.values.iter().map(|it| (it.value.clone(), it.name.clone().unwrap_or("value".to_owned()))));
        }
        ShapeKind::IntegerEnumeration(enumeration) => {
            sayings.extend(enumeration.values.iter().map(|it| (it.name.clone(), it.value.to_string())));
        }
        ShapeKind::List(list) => sayings.push(("elements".to_owned(), type_of(model, &list.member))),
        ShapeKind::Map(map) => {
            sayings.push(("keys".to_owned(), type_of(model, &map.key)));
            sayings.push(("values".to_owned(), type_of(model, &map.value)));
        }
        ShapeKind::Scalar(_) => sayings.push(("type".to_owned(), kind_name(&shape.kind).to_owned())),
    }
    sayings
}

/// What is said of a shape as a whole.
fn facets(shape: &Shape) -> String {
    let mut facets = constraints(&shape.constraints);
    facets.extend(shape.sensitive.then(|| "sensitive".to_owned()));
    facets.extend(shape.streaming.map(|_| "streaming".to_owned()));
    facets.extend(shape.media_type.iter().map(|media| format!("media type {media}")));
    facets.extend(shape.documentation.deprecated.then(|| "deprecated".to_owned()));
    facets.join(", ")
}

fn constraints(constraints: &Constraints) -> Vec<String> {
    let length = constraints.length.map(length_text);
    let range = constraints.range.map(range_text);
    let pattern = constraints.pattern.as_ref().map(|pattern| format!("pattern {}", pattern.regex));
    let unique = constraints.unique_items.then(|| "unique items".to_owned());
    [length, range, pattern, unique].into_iter().flatten().collect()
}

fn member(model: &Model, member: &Member) -> String {
    let mut parts = vec![type_of(model, &member.target)];
    parts.extend(member.required.then(|| "required".to_owned()));
    parts.extend(member.default.iter().map(|default| format!("default {}", default_text(default))));
    parts.extend((member.binding != Binding::Body).then(|| binding_text(&member.binding)));
    parts.extend(member.wire_name.iter().map(|name| format!("as `{name}`")));
    parts.extend(member.timestamp_format.map(|format| format_text(Some(format)).to_owned()));
    parts.extend(member.idempotency_token.then(|| "idempotency token".to_owned()));
    parts.extend(member.documentation.deprecated.then(|| "deprecated".to_owned()));
    if let Some(target) = model.shapes.get(&member.target) {
        parts.extend(constraints(&target.constraints));
        parts.extend(target.sensitive.then(|| "sensitive".to_owned()));
    }
    parts.join(", ")
}
