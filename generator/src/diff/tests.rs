//! What each row of the policy means: a model, a change of it, and whom that breaks.

mod cases;
mod evolution;
mod formats;
mod model;

use super::policy::{Breaks, ChangeKind, Effect};
use cases::CASES;
use model::{Desk, report};
use std::collections::BTreeSet;

#[test]
fn each_kind_of_change_does_what_its_case_says() {
    let mut objections = Vec::new();
    for case in CASES {
        let (before, after) = (Desk::with(case.given).edited(case.edits), Desk::with(case.given));
        // Most cases take something away; what is added is the same the other way round.
        let (old, new) = if case.is_addition { (&before, &after) } else { (&after, &before) };
        let report = report(old, new);
        let found = report.changes.iter().find(|it| it.kind == case.kind && it.subject.to_string() == case.subject);
        let Some(change) = found else {
            let found: Vec<String> = report.changes.iter().map(|it| format!("{:?} {}", it.kind, it.subject)).collect();
            objections.push(format!("{:?}: no such change of {} in {found:?}", case.kind, case.subject));
            continue;
        };
        let impact = [change.impact.callers, change.impact.implementors, change.impact.wire];
        if impact != case.breaks {
            objections.push(format!("{:?}: {impact:?} instead of {:?}: {:#?}", case.kind, case.breaks, change.rust));
        }
    }
    assert!(objections.is_empty(), "{}", objections.join("\n"));
}

#[test]
fn each_row_of_the_policy_has_a_case() {
    let covered: BTreeSet<ChangeKind> = CASES.iter().map(|case| case.kind).collect();
    let missing: Vec<&ChangeKind> = ChangeKind::ALL.iter().filter(|kind| !covered.contains(kind)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn each_row_has_an_id_of_its_own() {
    let ids: BTreeSet<&str> = ChangeKind::ALL.iter().map(|kind| kind.row().id).collect();
    assert_eq!(ids.len(), ChangeKind::ALL.len());
}

#[test]
fn what_is_added_breaks_nobody_but_where_it_must_be_given() {
    for kind in ChangeKind::ALL {
        let row = kind.row();
        let must_be_given = *kind == ChangeKind::RequiredMemberAdded || *kind == ChangeKind::DefaultAdded;
        if row.id.ends_with("-added") && !must_be_given {
            let breaks = [row.callers, row.implementors, row.wire].contains(&Effect::Always(Breaks::Yes));
            assert!(!breaks && row.callers != Effect::Source, "{}", row.id);
        }
    }
}
