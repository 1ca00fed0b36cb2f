//! `cargo xtask endpoints`: runs test cases of endpoint rules: botocore's, of all services, and those of Smithy models.
//!
//! ```text
//! path ─ suite ─▶ rules, cases ─ frontend, pass ─▶ ir ─ data ─▶ the runtime's data ─ resolve ─▶ judge
//! ```
//!
//! No client is compiled: rules are data, which the runtime evaluates here as it does in a client. There is no list of known
//! failures: a case passes or the task fails.

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
use std::path::PathBuf;
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

/// How many cases passed and failed.
#[derive(Default)]
struct Count {
    passed: usize,
    failed: usize,
    refused: usize,
}

/// Runs the cases, and prints what came of them.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let suites = suite::read_all(&options.paths)?;
    let mut total = Count::default();
    for suite in &suites {
        let count = run_suite(suite);
        if options.verbose || count.failed + count.refused > 0 {
            println!("{}: {} passed, {} failed", suite.name, count.passed, count.failed);
        }
        total = total.plus(&count);
    }
    let Count { passed, failed, refused } = total;
    println!("{} services, {passed} cases passed, {failed} failed, {refused} services refused", suites.len());
    Ok(if failed + refused == 0 && passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Count {
    fn plus(self, other: &Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed, refused: self.refused + other.refused }
    }
}

fn run_suite(suite: &Suite) -> Count {
    let rules = match load(suite) {
        Ok(rules) => rules,
        Err(diagnostics) => {
            println!("{}: refused\n{diagnostics}", suite.name);
            return Count { refused: 1, failed: suite.cases.len(), passed: 0 };
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
        Suite { name: "desk".to_owned(), rules: rules.to_string(), cases: suite::cases(&cases).unwrap() }
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
