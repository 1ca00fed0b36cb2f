//! Markdown for a change log: a heading, the verdict, a list per weight.

use super::words::{WEIGHTS, broken, transition, verdict};
use crate::diff::change::Change;
use crate::diff::report::Report;
use crate::rust::visible::{code, plain};

pub(super) fn render(report: &Report) -> String {
    let mut out = format!("## {} → {} ({})\n\n{}\n", plain(&report.old), plain(&report.new), report.semver(), verdict(report));
    for (weight, title) in WEIGHTS {
        let changes: Vec<String> = report.of_weight(weight).map(item).collect();
        if !changes.is_empty() {
            out += &format!("\n### {title}\n\n{}\n", changes.join("\n"));
        }
    }
    out
}

fn item(change: &Change) -> String {
    let sides = broken(change.impact, change.impact.worst());
    let sides = if sides.is_empty() { sides } else { format!(" ({sides})") };
    let transition = transition(change);
    let transition = if transition.is_empty() { transition } else { format!(": {}", code(&transition)) };
    let breaking = change.rust.iter().filter(|rust| rust.breaks()).map(|rust| {
        let (old, new) = (rust.old.as_deref().unwrap_or_default(), rust.new.as_deref());
        match new {
            Some(new) => format!("\n  - {}: {} → {}", code(&rust.item), code(old), code(new)),
            None => format!("\n  - {} is gone", code(&rust.item)),
        }
    });
    let title = change.kind.row().title;
    format!("- {}: {title}{sides}{transition}{}", code(&change.subject.to_string()), breaking.collect::<String>())
}
