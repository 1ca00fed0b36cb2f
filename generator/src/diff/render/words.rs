//! Phrases that several formats share.

use crate::diff::change::{Change, Said, Subject};
use crate::diff::policy::{Breaks, Impact};
use crate::diff::report::{Report, Semver};
use crate::rust::visible::visible;

/// What a change does to one of the three.
pub(super) type Of = fn(&Impact) -> Breaks;

/// The three who could mind, as reports call them.
pub(super) const SIDES: [(&str, Of); 3] =
    [("callers", |impact| impact.callers), ("implementors", |impact| impact.implementors), ("the wire", |impact| impact.wire)];

/// What the weights are called, what breaks first.
pub(super) const WEIGHTS: [(Breaks, &str); 3] =
    [(Breaks::Yes, "Breaking"), (Breaks::Perhaps, "May matter"), (Breaks::No, "Compatible")];

/// The verdict in a sentence: "Major: 3 changes break callers, 1 breaks the wire."
pub(super) fn verdict(report: &Report) -> String {
    match report.semver() {
        Semver::None => "Nothing changed that programs or messages show.".to_owned(),
        Semver::Patch | Semver::Minor => {
            let perhaps = report.count(|impact| impact.worst(), Breaks::Perhaps);
            match perhaps {
                0 => "Nothing breaks.".to_owned(),
                _ => format!("Nothing breaks; {} may matter.", plural(perhaps, "change", "changes")),
            }
        }
        Semver::Major => {
            let breaks = SIDES.iter().filter_map(|(side, of)| match report.count(of, Breaks::Yes) {
                0 => None,
                1 => Some(format!("1 change breaks {side}")),
                count => Some(format!("{count} changes break {side}")),
            });
            let source = match report.source_semver() {
                Semver::Major => "",
                _ => " Source that is built anew goes on compiling.",
            };
            format!("{}.{source}", breaks.collect::<Vec<_>>().join(", "))
        }
    }
}

/// "1 change", "2 changes".
pub(super) fn plural(count: usize, one: &str, several: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {several}") }
}

/// Whom a change breaks: "callers, the wire"; nobody when it is empty.
pub(super) fn broken(impact: Impact, weight: Breaks) -> String {
    let sides: Vec<&str> =
        SIDES.iter().filter(|(_, of)| of(&impact) == weight && weight > Breaks::No).map(|(side, _)| *side).collect();
    sides.join(", ")
}

/// From what to what: "`a` → `b`"; empty when there is nothing to say but that it is there or is not.
pub(super) fn transition(change: &Change) -> String {
    let text = |said: &Option<Said>| said.as_ref().map(|said| visible(&said.text)).unwrap_or_default();
    let or_nothing = |text: String| if text.is_empty() { "nothing".to_owned() } else { text };
    match (text(&change.old), text(&change.new)) {
        (old, new) if old.is_empty() && new.is_empty() => String::new(),
        (old, new) if change.old.is_some() && change.new.is_some() => format!("{} → {}", or_nothing(old), or_nothing(new)),
        (old, new) => [old, new].concat(),
    }
}

/// What a subject is: "operation".
pub(super) fn subject_kind(subject: &Subject) -> &'static str {
    match subject {
        Subject::Service => "service",
        Subject::Operation(_) => "operation",
        Subject::Shape(_) => "shape",
        Subject::Member(..) => "member",
        Subject::Waiter(_) => "waiter",
    }
}
