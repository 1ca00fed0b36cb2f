//! `cargo xtask endpoints`: runs test cases of endpoint rules: botocore's, of all services, and those of Smithy models.
//!
//! ```text
//! path ─ suite ─▶ rules, cases ─ frontend, pass ─▶ ir ─ data ─▶ the runtime's data ─ resolve ─▶ judge
//!                 model, calls ─ calls ─▶ a generated client in a program ─▶ endpoint and request ─▶ judge
//! ```
//!
//! Rules are data, which the runtime evaluates here as it does in a client. Where a case says which operation is called, and with what,
//! a client is compiled and makes the call. There is no list of known failures: a case passes or the task fails.

mod calls;
mod data;
mod judge;
#[cfg(test)]
mod random;
mod suite;

use smithwright::diagnostic::Diagnostics;
use smithwright::frontend::SourceFile;
use smithwright::frontend::endpoints::read_file;
use smithwright::pass::simplify_endpoint_rules;
use smithwright_runtime::endpoint::EndpointRules;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use suite::{Case, Suite};

/// Options of `cargo xtask endpoints`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// botocore's source, unpacked (`pip download --no-deps --no-binary :all: botocore`), or Smithy models with
    /// `smithy.rules#endpointTests`, and folders of them.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Tell of each service, also where all of its cases pass.
    #[arg(long)]
    verbose: bool,
}

/// How many cases and calls passed and failed.
#[derive(Debug, Default, PartialEq)]
struct Count {
    passed: usize,
    failed: usize,
    calls_passed: usize,
    calls_failed: usize,
    refused: usize,
}

/// Runs the cases, and prints what came of them.
pub(crate) fn run(root: &Path, options: &Options) -> anyhow::Result<ExitCode> {
    let suites = suite::read_all(&options.paths)?;
    let mut total = Count::default();
    let mut outcomes = calls::run(root, &suites)?;
    for (number, suite) in suites.iter().enumerate() {
        let mut count = run_suite(suite).plus(&count_calls(suite, outcomes.remove(&number)));
        count.refused = count.refused.min(1);
        if options.verbose || !count.is_clean() {
            println!("{}: {count}", suite.name);
        }
        total = total.plus(&count);
    }
    println!("{} services, {total}", suites.len());
    Ok(if total.is_clean() && total.passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Count {
    fn plus(self, other: &Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            calls_passed: self.calls_passed + other.calls_passed,
            calls_failed: self.calls_failed + other.calls_failed,
            refused: self.refused + other.refused,
        }
    }

    fn is_clean(&self) -> bool {
        self.failed + self.calls_failed + self.refused == 0
    }
}

impl fmt::Display for Count {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { passed, failed, calls_passed, calls_failed, refused } = self;
        write!(
            formatter,
            "{passed} cases passed, {failed} failed, {calls_passed} calls passed, {calls_failed} failed, {refused} services refused"
        )
    }
}

/// Counts the calls of a suite, and prints those that failed.
fn count_calls(suite: &Suite, outcome: Option<calls::Outcome>) -> Count {
    let mut count = Count::default();
    let all = suite.cases.iter().map(|case| case.calls.len()).sum();
    let judged = match outcome {
        Some(Ok(judged)) => judged,
        Some(Err(reason)) => {
            println!("{}: nothing is called\n{reason}", suite.name);
            return Count { calls_failed: all, refused: 1, ..count };
        }
        None => return Count { calls_failed: all, ..count },
    };
    for (number, case) in suite.cases.iter().enumerate() {
        for place in 0..case.calls.len() {
            match judged.get(&(number, place)) {
                Some(Ok(())) => count.calls_passed += 1,
                other => {
                    count.calls_failed += 1;
                    let difference = other.map_or("  it was not called", |it| it.as_ref().err().map_or("", String::as_str));
                    println!("FAILED {}: {}\n{difference}", suite.name, case.documentation);
                }
            }
        }
    }
    count
}

fn run_suite(suite: &Suite) -> Count {
    let rules = match load(suite) {
        Ok(rules) => rules,
        Err(diagnostics) => {
            println!("{}: refused\n{diagnostics}", suite.name);
            return Count { refused: 1, failed: suite.cases.len(), ..Count::default() };
        }
    };
    let mut count = Count::default();
    for case in &suite.cases {
        match run_case(rules, case) {
            Ok(()) => count.passed += 1,
            Err(difference) => {
                count.failed += 1;
                println!("FAILED {}: {}\n{difference}", suite.name, case.documentation);
            }
        }
    }
    count
}

fn load(suite: &Suite) -> Result<&'static EndpointRules, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    match read_file(SourceFile { name: &suite.name, text: &suite.rules }, &mut diagnostics) {
        Some(mut rules) => {
            simplify_endpoint_rules(&mut rules);
            Ok(data::keep(data::rules(&rules)))
        }
        None => Err(diagnostics),
    }
}

fn run_case(rules: &EndpointRules, case: &Case) -> Result<(), String> {
    judge::judge(&case.expected, rules.resolve(&case.told))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn suite(cases: Value) -> Suite {
        let rules = json!({
            "version": "1.0",
            "parameters": { "Region": { "type": "string" } },
            "rules": [
                { "conditions": [{ "fn": "isSet", "argv": [{ "ref": "Region" }] }], "type": "endpoint",
                  "endpoint": { "url": "https://{Region}", "properties": { "a": ["b"] }, "headers": { "x": ["{Region}"] } } },
                { "conditions": [], "type": "error", "error": "no region" },
            ],
        });
        Suite { name: "desk".to_owned(), rules: rules.to_string(), model: None, cases: suite::cases(&cases).unwrap() }
    }

    #[test]
    fn a_case_passes_that_expects_what_comes() {
        let cases = json!([
            { "params": { "Region": "eu" },
              "expect": { "endpoint": { "url": "https://eu", "properties": { "a": ["b"] }, "headers": { "x": ["eu"] } } } },
            { "expect": { "error": "no region" } },
        ]);
        let count = run_suite(&suite(cases));
        assert_eq!((count.passed, count.failed, count.refused), (2, 0, 0));
    }

    /// A runner that cannot fail is worth nothing.
    #[test]
    fn a_case_fails_that_expects_anything_else() {
        let cases = json!([
            { "params": { "Region": "us" }, "expect": { "endpoint": { "url": "https://eu", "properties": { "a": ["b"] }, "headers": { "x": ["us"] } } } },
            { "params": { "Region": "eu" }, "expect": { "endpoint": { "url": "https://eu", "headers": { "x": ["eu"] } } } },
            { "params": { "Region": "eu" }, "expect": { "endpoint": { "url": "https://eu", "properties": { "a": ["b"] } } } },
            { "params": { "Region": "eu" }, "expect": { "error": "no region" } },
            { "expect": { "error": "another" } },
            { "expect": { "endpoint": { "url": "https://eu" } } },
        ]);
        let count = run_suite(&suite(cases));
        assert_eq!((count.passed, count.failed, count.refused), (0, 6, 0));
    }
}
