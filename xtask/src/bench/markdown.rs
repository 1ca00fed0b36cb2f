//! The report as Markdown.

use super::measure::{Part, Side};
use super::report::{Report, Row};
use super::targets::{Kind, Outcome, Value, Verdict};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The whole report.
pub(crate) fn report(report: &Report) -> String {
    let mut text = format!("# What the generated code costs\n\n{}\n\n{}", conditions(report), targets(&report.targets));
    text.push_str("\n![targets](targets.svg)\n");
    for part in Part::ALL {
        let rows: Vec<&Row> = report.rows.iter().filter(|row| row.part == part).collect();
        if !rows.is_empty() {
            let _ = write!(text, "\n## {}\n\n{}", part.title(), table(&rows));
        }
    }
    for lines in &report.llvm_lines {
        let _ = write!(text, "\n## Lines of LLVM IR, {}\n\n```text\n{}\n```\n", lines.of, lines.top.join("\n"));
    }
    if !report.missing.is_empty() {
        let _ =
            write!(text, "\n## Not measured\n\n{}\n", report.missing.iter().map(|it| format!("- {it}\n")).collect::<String>());
    }
    text
}

/// Under which conditions the figures hold.
pub(crate) fn conditions(report: &Report) -> String {
    let date = report.date.split('T').next().unwrap_or_default();
    let sdk = match &report.machine.sdk {
        Some(version) => format!(
            "beside aws-sdk-connect {version} (features `default-https-client` and `rt-tokio`, its TLS on aws-lc, ours on ring)"
        ),
        None => "without aws-sdk-connect, which was not in reach".to_owned(),
    };
    let warning = if report.quick { " A quick run: the figures say little." } else { "" };
    format!(
        "Measured on {date} on {}, {sdk}. Medians of {} rounds; what is large of aws-sdk-connect is built once. \
         Both sides are built with the same profiles, without incremental compilation; dependencies are not counted.{warning}",
        report.machine.describe(),
        report.rounds
    )
}

/// Each target, what was measured, and whether it is met.
pub(crate) fn targets(verdicts: &[Verdict]) -> String {
    let mut text = "| | smithwright | beside | ratio | target | |\n|---|---|---|---|---|---|\n".to_owned();
    for verdict in verdicts {
        let ratio = verdict.figure.filter(|_| verdict.kind != Kind::Alone).map(figure);
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} |",
            verdict.name,
            verdict.ours.map(value).unwrap_or_default(),
            verdict.peer.map(value).unwrap_or_default(),
            ratio.unwrap_or_default(),
            verdict.target,
            outcome(verdict)
        );
    }
    text
}

fn outcome(verdict: &Verdict) -> String {
    match (verdict.outcome, &verdict.reason) {
        (Outcome::Met, _) => "met".to_owned(),
        (Outcome::Missed, Some(reason)) => format!("**missed**: {reason}"),
        (Outcome::Missed, None) => "**missed**".to_owned(),
        (Outcome::NotMeasured, _) => "not measured".to_owned(),
    }
}

/// Medians, a column a side.
fn table(rows: &[&Row]) -> String {
    let sides: BTreeSet<Side> = rows.iter().flat_map(|row| &row.values).map(|values| values.side).collect();
    let mut text = format!(
        "| |{}\n|---|{}\n",
        sides.iter().map(|side| format!(" {side} |")).collect::<String>(),
        "---|".repeat(sides.len())
    );
    for row in rows {
        let cell =
            |side: &Side| row.median(*side).map(|median| value(Value { value: median, unit: row.unit })).unwrap_or_default();
        let _ = writeln!(text, "| {} |{}", row.what, sides.iter().map(|side| format!(" {} |", cell(side))).collect::<String>());
    }
    text
}

fn value(Value { value, unit }: Value) -> String {
    format!("{} {unit}", figure(value))
}

/// Three digits that count, all of those before the point, thousands apart.
pub(crate) fn figure(value: f64) -> String {
    let decimals = match value.abs() {
        0.0 => 0,
        size if size < 1.0 => 3,
        size if size < 10.0 => 2,
        size if size < 100.0 => 1,
        _ => 0,
    };
    let text = format!("{value:.decimals$}");
    let (whole, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = String::new();
    for (place, digit) in whole.char_indices() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) && !grouped.ends_with('-') {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_has_three_digits_that_count() {
        let figures = [0.0, 0.1234, 1.234, 12.34, 123.4, 1234.0, 1_234_567.0].map(figure);
        assert_eq!(figures, ["0", "0.123", "1.23", "12.3", "123", "1,234", "1,234,567"]);
    }
}
