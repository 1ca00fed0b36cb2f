//! `cargo xtask conformance`: runs suites of protocol test cases against what is generated from their own models.
//!
//! ```text
//! paths ─ suite ─▶ model, cases ─ prepare ─▶ crates, a program a suite ─ workspace ─▶ observations ─ judge ─▶ differences ─ report
//!         smithy                  program                               cargo                query, headers, body
//!         botocore                value
//! ```
//!
//! There is no list of known failures: a case passes or the task fails.

mod cbor;
mod format;
mod implied;
mod judge;
pub(crate) mod node;
mod observation;
mod prepare;
mod program;
mod report;
mod suite;
pub(crate) mod value;
pub(crate) mod workspace;

use observation::Observation;
use prepare::{Prepared, Service};
use program::Test;
use report::{State, SuiteReport, TestReport};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use suite::{Case, EventExchange, Exchange, Side};
use workspace::{Built, Crates};

/// Options of `cargo xtask conformance`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Suites, and folders of them: Smithy models with the traits of `smithy.test`, and botocore's protocol tests.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Look at the cases alone whose id or operation has this in it.
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Look at one side alone.
    #[arg(long)]
    side: Option<Side>,
    /// Write all results to this file, as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// Runs the suites, and prints what came of them.
pub(crate) fn run(root: &Path, options: &Options) -> anyhow::Result<ExitCode> {
    let began = Instant::now();
    let reports = run_suites(root, options)?;
    print!("{}", report::text(&reports));
    println!("\n{:.0} s", began.elapsed().as_secs_f32());
    if let Some(path) = &options.json {
        report::write_json(&reports, path)?;
    }
    Ok(match report::verdict(&reports) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            println!("FAILED: {reason}");
            ExitCode::FAILURE
        }
    })
}

fn run_suites(root: &Path, options: &Options) -> anyhow::Result<Vec<SuiteReport>> {
    let prepared = prepare::prepare(suite::read_all(&options.paths)?);
    let services: Vec<Crates<'_>> = prepared.iter().filter_map(|(_, prepared)| Some(prepared.service()?.crates())).collect();
    let mut built = workspace::build(root, "conformance", &services)?;
    let report = |(name, prepared): (String, Prepared)| {
        let state = match prepared {
            Prepared::OtherProtocol(protocol) => State::OtherProtocol(protocol),
            Prepared::Refused(diagnostics) => State::NotGenerated(diagnostics),
            Prepared::Service(service) => run_service(&service, built.remove(&service.key), options)?,
        };
        Ok(SuiteReport { name, state })
    };
    prepared.into_iter().map(report).collect()
}

fn run_service(service: &Service, built: Option<Built>, options: &Options) -> anyhow::Result<State> {
    let observations = match built {
        Some(Built::Program(program)) => {
            workspace::observe(&program, service.tests.len(), |reason| Observation::Failed { reason })?
        }
        Some(Built::Failed(errors)) => return Ok(State::NotCompiled(errors)),
        None => BTreeMap::new(),
    };
    let is_wanted = |case: &Case, side: Side| {
        let text = options.filter.as_ref().map(|text| text.to_lowercase());
        let has = |name: &str| text.as_ref().is_none_or(|text| name.to_lowercase().contains(text));
        options.side.is_none_or(|it| it == side) && (has(&case.id) || has(&case.operation))
    };
    let mut tests = Vec::new();
    for (number, test) in service.tests.iter().enumerate() {
        if let Some(case) = service.cases.get(test.case).filter(|case| is_wanted(case, test.side)) {
            tests.push(TestReport::new(case, test.side, differences(case, test, observations.get(&number))));
        }
    }
    let not_run = service.not_run.iter().filter(|it| options.filter.is_none() && options.side.is_none_or(|side| it.side == side));
    Ok(State::Ran { tests, not_run: not_run.cloned().collect(), whole: options.filter.is_none() && options.side.is_none() })
}

/// How what came differs from what the case expects.
fn differences(case: &Case, test: &Test, came: Option<&Observation>) -> Vec<judge::Difference> {
    let absent = Observation::Failed { reason: "the test program says nothing of it".to_owned() };
    let unbuildable = test.unbuildable.clone().map(|reason| Observation::Failed { reason });
    let came = unbuildable.as_ref().or(came).unwrap_or(&absent);
    match (&case.exchange, test.side) {
        (Exchange::Request { request, .. }, Side::Client) => judge::request(request, came),
        (Exchange::Response { response, .. } | Exchange::Error { response, .. }, Side::Server) => judge::response(response, came),
        (Exchange::Events(EventExchange { initial_request: Some((request, _)), .. }), Side::Client) => {
            judge::request(request, came)
        }
        (Exchange::Events(_), _) => judge::value(came),
        (Exchange::Malformed { response, .. }, _) => judge::refusal(response, came),
        (Exchange::Request { .. }, Side::Server) | (Exchange::Response { .. } | Exchange::Error { .. }, Side::Client) => {
            judge::value(came)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use node::Node;
    use std::fs;

    /// A suite in which every case expects something wrong fails in every test: a runner that cannot fail is worth nothing.
    #[test]
    fn every_wrong_case_fails_and_is_told() {
        let root = crate::repository_root();
        let folder = std::env::temp_dir().join(format!("smithwright-wrong-suites-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for (suite, service) in [("desk.json", "Desk"), ("rpc-v2-cbor.json", "Orchard")] {
            let text = fs::read_to_string(root.join("tests/suites").join(suite)).unwrap();
            let wrong = with_wrong_cases(&Node::parse(&text).unwrap()).to_string().replace(service, &format!("Wrong{service}"));
            fs::write(folder.join(suite), wrong).unwrap();
        }
        let options = Options { paths: vec![folder.clone()], filter: None, side: None, json: None };
        let reports = run_suites(&root, &options).unwrap();
        fs::remove_dir_all(folder).unwrap();

        let text = report::text(&reports);
        for (report, name) in reports.iter().zip(["WrongDesk", "WrongOrchard"]) {
            let State::Ran { tests, .. } = &report.state else { panic!("{text}") };
            assert!(tests.len() > 20, "{text}");
            let passed: Vec<String> = tests.iter().filter(|test| test.passed()).map(|test| format!("{test:?}")).collect();
            assert_eq!(passed, [""; 0], "{name}");
            let failed = format!("FAILED {name}, ");
            assert_eq!(text.lines().filter(|line| line.starts_with(&failed)).count(), tests.len(), "{text}");
        }
    }

    fn with_wrong_cases(node: &Node) -> Node {
        let Node::Object(members) = node else { return node.clone() };
        let member = |(name, value): &(String, Node)| match value {
            Node::Array(cases) if name.starts_with("smithy.test#") => {
                (name.clone(), Node::Array(cases.iter().map(with_wrong_case).collect()))
            }
            other => (name.clone(), with_wrong_cases(other)),
        };
        Node::Object(members.iter().map(member).collect())
    }

    /// Another value where there is one, or else another status or method.
    fn with_wrong_case(case: &Node) -> Node {
        let has_params = case.get("params").is_some_and(|params| !params.is_empty());
        let key = ["params", "response", "code", "method"].into_iter().find(|key| match *key {
            "params" => has_params,
            key => case.get(key).is_some(),
        });
        change(case, key.unwrap())
    }

    fn change(node: &Node, key: &str) -> Node {
        let changed = |value: &Node| match (key, value) {
            ("response", response) => change(response, "code"),
            ("code", _) => Node::Number("500".to_owned()),
            ("method", _) => Node::String("PATCH".to_owned()),
            (_, params) => {
                let last = params.members().iter().rposition(|(_, value)| *value != Node::Null).unwrap();
                let mut members = params.members().to_vec();
                members[last].1 = other(&members[last].1);
                Node::Object(members)
            }
        };
        let member = |(name, value): &(String, Node)| (name.clone(), if name == key { changed(value) } else { value.clone() });
        Node::Object(node.members().iter().map(member).collect())
    }

    fn other(value: &Node) -> Node {
        match value {
            Node::String(text) => Node::String(format!("{text}x")),
            Node::Number(digits) => Node::Number(format!("1{digits}")),
            Node::Bool(value) => Node::Bool(!value),
            Node::Array(_) => Node::Array(Vec::new()),
            Node::Object(_) | Node::Null => Node::Object(Vec::new()),
        }
    }
}
