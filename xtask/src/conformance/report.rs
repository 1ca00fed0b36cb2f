//! What is said of suites: a table, every failure, and the same as JSON.

use super::judge::Difference;
use super::suite::{Case, Kind, NotRun, Side};
use anyhow::Context;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// What became of a suite.
pub(super) struct SuiteReport {
    pub(super) name: String,
    pub(super) state: State,
}

/// How far a suite came.
pub(super) enum State {
    /// It is about another protocol.
    OtherProtocol(String),
    /// The generator refuses its model.
    NotGenerated(String),
    /// rustc refuses its crates.
    NotCompiled(String),
    /// Its tests ran, or those that were asked for.
    Ran { tests: Vec<TestReport>, not_run: Vec<NotRun>, whole: bool },
}

/// What became of a test.
#[derive(Debug)]
pub(super) struct TestReport {
    id: String,
    operation: String,
    category: String,
    tags: Vec<String>,
    kind: Kind,
    side: Side,
    differences: Vec<Difference>,
}

impl TestReport {
    pub(super) fn new(case: &Case, side: Side, differences: Vec<Difference>) -> Self {
        Self {
            id: case.id.clone(),
            operation: case.operation.clone(),
            category: case.category().to_owned(),
            tags: case.tags.clone(),
            kind: case.kind(),
            side,
            differences,
        }
    }

    pub(super) fn passed(&self) -> bool {
        self.differences.is_empty()
    }
}

/// Whether all is well, or what is not.
pub(super) fn verdict(reports: &[SuiteReport]) -> Result<(), String> {
    let broken = |state: &State| matches!(state, State::NotGenerated(_) | State::NotCompiled(_));
    let has_run = |state: &State| matches!(state, State::Ran { tests, whole, .. } if *whole || !tests.is_empty());
    let suites = reports.iter().filter(|report| broken(&report.state)).count();
    let cases = reports.iter().flat_map(|report| tests(&report.state)).filter(|test| !test.passed()).count();
    match (suites, cases) {
        (0, 0) if reports.iter().any(|report| has_run(&report.state)) => Ok(()),
        (0, 0) => Err("nothing was run".to_owned()),
        (0, cases) => Err(format!("{cases} failed")),
        (suites, 0) => Err(format!("{suites} suites could not be generated or compiled")),
        (suites, cases) => Err(format!("{cases} failed, and {suites} suites could not be generated or compiled")),
    }
}

fn tests(state: &State) -> &[TestReport] {
    match state {
        State::Ran { tests, .. } => tests,
        _ => &[],
    }
}

/// Every failure, then the table.
pub(super) fn text(reports: &[SuiteReport]) -> String {
    let mut text = String::new();
    for report in reports {
        match &report.state {
            State::NotGenerated(why) => {
                let _ = write!(text, "FAILED {}: cannot be generated\n\n{}\n\n", report.name, indented(why, 2));
            }
            State::NotCompiled(why) => {
                let _ = write!(text, "FAILED {}: does not compile\n\n{}\n\n", report.name, indented(why, 2));
            }
            State::Ran { tests, .. } => {
                tests.iter().filter(|test| !test.passed()).for_each(|test| write_failure(&report.name, test, &mut text));
            }
            State::OtherProtocol(_) => {}
        }
    }
    let width = reports.iter().map(|report| report.name.len()).max().unwrap_or(0).max("suite".len());
    let _ = writeln!(text, "{:width$}  kind           side    passed  failed   total  categories that failed", "suite");
    reports.iter().for_each(|report| write_rows(report, width, &mut text));
    text
}

fn write_failure(suite: &str, test: &TestReport, text: &mut String) {
    let _ = writeln!(text, "FAILED {suite}, {} {}, {}: {}", test.side, test.kind, test.operation, test.id);
    for Difference { place, expected, came } in &test.differences {
        let is_short = |part: &str| part.len() <= 80 && !part.contains('\n');
        if is_short(expected) && is_short(came) {
            let _ = writeln!(text, "  {place}\n    expected  {expected}\n    came      {came}");
        } else {
            let _ = writeln!(text, "  {place}\n    expected\n{}\n    came\n{}", indented(expected, 6), indented(came, 6));
        }
    }
    text.push('\n');
}

fn indented(text: &str, spaces: usize) -> String {
    text.lines().map(|line| format!("{:spaces$}{line}", "")).collect::<Vec<_>>().join("\n")
}

fn write_rows(report: &SuiteReport, width: usize, text: &mut String) {
    let name = &report.name;
    let (tests, not_run, whole) = match &report.state {
        State::OtherProtocol(protocol) => {
            let _ = writeln!(text, "{name:width$}  not supported: {protocol}");
            return;
        }
        State::NotGenerated(_) => {
            let _ = writeln!(text, "{name:width$}  FAILED: cannot be generated");
            return;
        }
        State::NotCompiled(_) => {
            let _ = writeln!(text, "{name:width$}  FAILED: does not compile");
            return;
        }
        State::Ran { tests, not_run, whole } => (tests, not_run, *whole),
    };
    if tests.is_empty() && not_run.is_empty() {
        let why = if whole { "no cases" } else { "no case was asked for" };
        let _ = writeln!(text, "{name:width$}  {why}: generated and compiled");
    }
    let mut rows: BTreeMap<(Kind, Side), Vec<&TestReport>> = BTreeMap::new();
    for test in tests {
        rows.entry((test.kind, test.side)).or_default().push(test);
    }
    for ((kind, side), tests) in rows {
        let failed = tests.iter().filter(|test| !test.passed()).count();
        let passed = tests.len() - failed;
        let row = format!("{name:width$}  {kind:13}  {side}  {passed:6}  {failed:6}  {:6}  {}", tests.len(), categories(&tests));
        let _ = writeln!(text, "{}", row.trim_end());
    }
    let mut counts: BTreeMap<(&str, Side), usize> = BTreeMap::new();
    for case in not_run {
        *counts.entry((case.what, case.side)).or_default() += 1;
    }
    for ((what, side), count) in counts {
        let _ = writeln!(text, "{name:width$}  {what:13}  {side}  {:22}  not run: {what}", format!("{count:>22}"));
    }
}

/// The categories with failures, and how many of how many failed.
fn categories(tests: &[&TestReport]) -> String {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for test in tests {
        let (failed, total) = counts.entry(&test.category).or_default();
        *failed += usize::from(!test.passed());
        *total += 1;
    }
    let failing = counts.iter().filter(|(_, (failed, _))| *failed > 0);
    failing.map(|(name, (failed, total))| format!("{name} {failed}/{total}")).collect::<Vec<_>>().join(", ")
}

/// Writes all results as JSON.
pub(super) fn write_json(reports: &[SuiteReport], path: &Path) -> anyhow::Result<()> {
    let suites: Vec<Value> = reports.iter().map(suite_json).collect();
    let text = serde_json::to_string_pretty(&json!({"suites": suites}))?;
    fs::write(path, text + "\n").with_context(|| format!("cannot write {}", path.display()))
}

fn suite_json(report: &SuiteReport) -> Value {
    let (state, why) = match &report.state {
        State::OtherProtocol(protocol) => ("not supported", Some(protocol)),
        State::NotGenerated(why) => ("not generated", Some(why)),
        State::NotCompiled(why) => ("not compiled", Some(why)),
        State::Ran { .. } => ("ran", None),
    };
    let not_run: Vec<Value> = match &report.state {
        State::Ran { not_run, .. } => not_run.iter().map(|case| json!({"what": case.what, "side": case.side})).collect(),
        _ => Vec::new(),
    };
    let tests: Vec<Value> = tests(&report.state).iter().map(test_json).collect();
    json!({"name": report.name, "state": state, "why": why, "notRun": not_run, "tests": tests})
}

fn test_json(test: &TestReport) -> Value {
    json!({
        "id": test.id,
        "operation": test.operation,
        "tags": test.tags,
        "kind": test.kind,
        "side": test.side,
        "passed": test.passed(),
        "differences": test.differences,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(id: &str, differences: &[(&str, &str, &str)]) -> TestReport {
        let difference = |(place, expected, came): &(&str, &str, &str)| Difference {
            place: (*place).to_owned(),
            expected: (*expected).to_owned(),
            came: (*came).to_owned(),
        };
        TestReport {
            id: id.to_owned(),
            operation: "Op".to_owned(),
            category: "timestamp".to_owned(),
            tags: vec!["timestamp".to_owned()],
            kind: Kind::Request,
            side: Side::Client,
            differences: differences.iter().map(difference).collect(),
        }
    }

    fn ran(tests: Vec<TestReport>, whole: bool) -> SuiteReport {
        SuiteReport { name: "Desk".to_owned(), state: State::Ran { tests, not_run: Vec::new(), whole } }
    }

    #[test]
    fn one_failure_fails_the_run() {
        assert_eq!(verdict(&[ran(vec![test("A", &[])], true)]), Ok(()));
        let failing = ran(vec![test("A", &[]), test("B", &[("path", "/a", "/b")])], true);
        assert_eq!(verdict(&[failing]), Err("1 failed".to_owned()));
    }

    #[test]
    fn a_suite_that_cannot_be_generated_fails_the_run() {
        let broken = SuiteReport { name: "Desk".to_owned(), state: State::NotGenerated("why".to_owned()) };
        assert!(verdict(&[ran(vec![test("A", &[])], true), broken]).is_err());
    }

    #[test]
    fn running_nothing_fails() {
        let other = || SuiteReport { name: "Desk".to_owned(), state: State::OtherProtocol("restXml".to_owned()) };
        assert_eq!(verdict(&[other()]), Err("nothing was run".to_owned()));
        assert_eq!(verdict(&[other(), ran(Vec::new(), false)]), Err("nothing was run".to_owned()));
        assert_eq!(verdict(&[other(), ran(Vec::new(), true)]), Ok(()), "a suite without cases is compiled");
    }

    #[test]
    fn a_failure_is_shown_with_what_was_expected_and_what_came() {
        let shown = text(&[ran(vec![test("A", &[]), test("B", &[("path", "/a", "/b"), ("body", "{\n}", "x")])], true)]);
        let failure = "FAILED Desk, client request, Op: B\n  path\n    expected  /a\n    came      /b\n  body\n    expected\n      {\n      }\n    came\n      x\n\n";
        assert!(shown.starts_with(failure), "{shown}");
        assert!(shown.contains("Desk   request        client       1       1       2  timestamp 1/2\n"), "{shown}");
    }

    #[test]
    fn what_is_not_run_is_never_told_as_passed() {
        let other = SuiteReport { name: "Desk".to_owned(), state: State::OtherProtocol("restXml".to_owned()) };
        assert!(text(&[other]).ends_with("Desk   not supported: restXml\n"));
        let not_run = vec![NotRun { what: "event streams", side: Side::Client }];
        let streams = SuiteReport { name: "Desk".to_owned(), state: State::Ran { tests: Vec::new(), not_run, whole: true } };
        let shown = text(&[streams]);
        assert!(shown.ends_with("Desk   event streams  client                       1  not run: event streams\n"), "{shown}");
        assert!(text(&[ran(Vec::new(), true)]).ends_with("Desk   no cases: generated and compiled\n"));
        assert!(text(&[ran(Vec::new(), false)]).ends_with("Desk   no case was asked for: generated and compiled\n"));
    }
}
