//! Text for a terminal: the verdict, then one line per change, each with its place, and one per item of Rust that breaks.

use super::words::{WEIGHTS, broken, subject_kind, transition, verdict};
use crate::diff::change::Change;
use crate::diff::report::Report;
use crate::diff::surface::RustChange;
use crate::rust::visible::visible;
use std::fmt::Write;

pub(super) fn render(report: &Report) -> String {
    let mut out = String::new();
    let (old, new) = (visible(&report.old), visible(&report.new));
    line(&mut out, format_args!("{}: {old} -> {new}", visible(&report.title)));
    line(&mut out, format_args!("{}: {}", report.semver(), verdict(report)));
    for (weight, title) in WEIGHTS {
        let mut changes = report.of_weight(weight).peekable();
        if changes.peek().is_some() {
            line(&mut out, format_args!("\n{title}:"));
        }
        changes.for_each(|change| add_change(&mut out, change));
    }
    out
}

fn add_change(out: &mut String, change: &Change) {
    let sides = broken(change.impact, change.impact.worst());
    let sides = if sides.is_empty() { sides } else { format!(" ({sides})") };
    let transition = transition(change);
    let transition = if transition.is_empty() { transition } else { format!(": {transition}") };
    let place = change.place().map(|place| format!("  [{place}]")).unwrap_or_default();
    let (kind, what) = (change.kind.row().title, subject_kind(&change.subject));
    let subject = visible(&change.subject.to_string());
    line(out, format_args!("  {kind}{sides}: {what} {subject}{transition}{place}"));
    change.rust.iter().filter(|rust| rust.breaks()).for_each(|rust| add_rust(out, rust));
}

fn add_rust(out: &mut String, rust: &RustChange) {
    let old = rust.old.as_deref().unwrap_or("nothing");
    let new = rust.new.as_deref().unwrap_or("gone");
    line(out, format_args!("    Rust: {}: {old} -> {new}", rust.item));
}

/// Adds a line: writing to a string does not fail.
fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = writeln!(out, "{text}");
}
