//! JSON for programs. Everything that is listed here is always there, unless it says "or null":
//!
//! ```text
//! { "version": 1,                        of this format; what is added does not change it
//!   "service": text,                     what the service is called
//!   "old": text, "new": text,            what the models are called
//!   "semver": "none" | "patch" | "minor" | "major",
//!   "sourceSemver": the same,            of the crates' source alone
//!   "impact": Impact,                    the most that any change does
//!   "changes": [Change] }                what breaks first, then by subject and kind
//!
//! Impact = { "callers": Breaks, "implementors": Breaks, "wire": Breaks }
//! Breaks = "no" | "perhaps" | "yes"
//!
//! Change = {
//!   "kind": text,                        the id of a row of the policy: "member-added"
//!   "subject": { "type": "service" | "operation" | "shape" | "member" | "waiter",
//!                "id": text },           "Contact", or "Contact$Name" of a member and of a value of an enum
//!   "old": Said or null, "new": Said or null,
//!   "impact": Impact,
//!   "why": text,                         the policy's reason
//!   "rust": [Item] }                     what programs can name that changes with it
//!
//! Said = { "text": text, "file": text, "pointer": text }           a JSON pointer, RFC 6901
//! Item = { "item": text, "old": text or null, "new": text or null,
//!          "callers": Breaks, "implementors": Breaks }
//! ```

use super::words::subject_kind;
use crate::diff::change::{Change, Said};
use crate::diff::policy::Impact;
use crate::diff::report::Report;
use crate::diff::surface::RustChange;
use serde_json::{Value, json};

/// The version of the format.
const VERSION: u32 = 1;

pub(super) fn render(report: &Report) -> String {
    let value = json!({
        "version": VERSION,
        "service": report.title,
        "old": report.old,
        "new": report.new,
        "semver": report.semver().as_str(),
        "sourceSemver": report.source_semver().as_str(),
        "impact": impact(report.impact()),
        "changes": report.changes.iter().map(change).collect::<Vec<_>>(),
    });
    format!("{value:#}\n")
}

fn impact(Impact { callers, implementors, wire }: Impact) -> Value {
    json!({ "callers": callers.as_str(), "implementors": implementors.as_str(), "wire": wire.as_str() })
}

fn change(change: &Change) -> Value {
    let row = change.kind.row();
    json!({
        "kind": row.id,
        "subject": { "type": subject_kind(&change.subject), "id": change.subject.to_string() },
        "old": change.old.as_ref().map(said),
        "new": change.new.as_ref().map(said),
        "impact": impact(change.impact),
        "why": row.why,
        "rust": change.rust.iter().map(item).collect::<Vec<_>>(),
    })
}

fn said(Said { text, place }: &Said) -> Value {
    json!({ "text": text, "file": &*place.file, "pointer": place.pointer })
}

fn item(RustChange { item, old, new, callers, implementors }: &RustChange) -> Value {
    json!({
        "item": item,
        "old": old,
        "new": new,
        "callers": callers.as_str(),
        "implementors": implementors.as_str(),
    })
}
