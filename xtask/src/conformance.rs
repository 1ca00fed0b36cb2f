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
    // What a program saw is compared with the bytes of a case, which must be what else the case says of them.
    if let Exchange::Events(exchange) = &case.exchange
        && let differences = judge::said(exchange)
        && !differences.is_empty()
    {
        return differences;
    }
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
        for (suite, service) in [("desk.json", "Desk"), ("events.json", "Rooms"), ("rpc-v2-cbor.json", "Orchard")] {
            let text = fs::read_to_string(root.join("tests/suites").join(suite)).unwrap();
            let wrong = with_wrong_cases(&Node::parse(&text).unwrap()).to_string().replace(service, &format!("Wrong{service}"));
            fs::write(folder.join(suite), wrong).unwrap();
        }
        let options = Options { paths: vec![folder.clone()], filter: None, side: None, json: None };
        let reports = run_suites(&root, &options).unwrap();
        fs::remove_dir_all(folder).unwrap();

        let text = report::text(&reports);
        for (report, name) in reports.iter().zip(["WrongDesk", "WrongRooms", "WrongOrchard"]) {
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
                let wrong = cases.iter().flat_map(|case| match name.as_str() {
                    "smithy.test#eventStreamTests" => wrong_events(case),
                    _ => vec![with_wrong_case(case)],
                });
                (name.clone(), Node::Array(wrong.collect()))
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

    /// A case of events for each kind of what it says, of which that alone is wrong.
    fn wrong_events(case: &Node) -> Vec<Node> {
        let initial = [
            ("initialRequest", "method", Node::String("PATCH".to_owned())),
            ("initialRequest", "uri", Node::String("/elsewhere".to_owned())),
            ("initialRequest", "headers", object("X-Speaker", Node::String("somebody else".to_owned()))),
        ];
        let failure = object("errorId", Node::String("example.rooms#OverError".to_owned()));
        let is_failure = case.get("expectation").is_some_and(|it| it.get("failure").is_some());
        let success = object("success", Node::Object(Vec::new()));
        let expectation = if is_failure { success } else { object("failure", failure) };
        let mut wrong: Vec<(String, Node)> = Vec::new();
        for (part, key, value) in initial {
            let Some(told) = case.get(part).filter(|it| it.get(key).is_some()) else { continue };
            wrong.push((format!("{part}-{key}"), with(case, part, with(told, key, value))));
        }
        let params = case.get("initialRequestParams").filter(|params| !params.is_empty());
        wrong.extend(params.map(|params| ("params".to_owned(), with(case, "initialRequestParams", others(params)))));
        if case.get("events").is_some_and(|events| !events.is_empty()) || is_failure {
            // What comes of reading is the reader's.
            let is_request = |event: &Node| event.get("type").and_then(Node::as_str) == Some("request");
            let is_read_by_server = case.get("events").is_some_and(|events| events.elements().iter().any(is_request));
            let reader = if is_read_by_server { "server" } else { "client" };
            if case.get("appliesTo").is_none_or(|side| side.as_str() == Some(reader)) {
                let case = with(case, "appliesTo", Node::String(reader.to_owned()));
                wrong.push(("expectation".to_owned(), with(&case, "expectation", expectation)));
            }
        }
        let events = case.get("events").map_or(&[] as &[Node], Node::elements);
        for (index, event) in events.iter().enumerate() {
            for (kind, changed) in wrong_event(event, is_failure) {
                let mut events = events.to_vec();
                events[index] = changed;
                wrong.push((format!("event-{index}-{kind}"), with(case, "events", Node::Array(events))));
            }
        }
        let id = case.get("id").unwrap().as_str().unwrap();
        wrong.into_iter().map(|(kind, case)| with(&case, "id", Node::String(format!("{id}-{kind}")))).collect()
    }

    /// An event for each kind of what is said of it, of which that alone is wrong.
    fn wrong_event(event: &Node, is_failure: bool) -> Vec<(&'static str, Node)> {
        let nobodys = || Node::Array(vec![Node::String("x-nobody".to_owned())]);
        let mut wrong = vec![("required", with(event, "requireHeaders", nobodys()))];
        let text = |key: &str| event.get(key).and_then(Node::as_str);
        if let Some(headers) = event.get("headers").filter(|headers| !headers.is_empty()) {
            let names = headers.members().iter().map(|(name, _)| Node::String(name.clone())).collect();
            wrong.push(("forbidden", with(event, "forbidHeaders", Node::Array(names))));
            for (name, value) in headers.members() {
                wrong.push(("header", with(event, "headers", with(headers, name, others(value)))));
            }
        }
        wrong.extend(text("body").map(|body| ("body", with(event, "body", Node::String(format!("[{body}]"))))));
        let other_type = Node::String("text/html".to_owned());
        wrong.extend(text("bodyMediaType").map(|_| ("media-type", with(event, "bodyMediaType", other_type))));
        if !is_failure {
            wrong.extend(event.get("params").map(|params| ("params", with(event, "params", deeply_other(params)))));
        }
        wrong
    }

    fn object(key: &str, value: Node) -> Node {
        Node::Object(vec![(key.to_owned(), value)])
    }

    /// The same object with another member, in whose place there may have been one.
    fn with(node: &Node, key: &str, value: Node) -> Node {
        let others = node.members().iter().filter(|(name, _)| name != key).cloned();
        Node::Object(others.chain([(key.to_owned(), value)]).collect())
    }

    /// The same object with another last member.
    fn others(node: &Node) -> Node {
        let last = node.members().iter().rposition(|(_, value)| *value != Node::Null).unwrap();
        let mut members = node.members().to_vec();
        members[last].1 = other(&members[last].1);
        Node::Object(members)
    }

    /// Another value somewhere within; of an event without members, another event.
    fn deeply_other(node: &Node) -> Node {
        match node {
            Node::Object(members) if members.is_empty() => Node::Null,
            Node::Object(members) => {
                let mut members = members.clone();
                let last = members.last_mut().unwrap();
                last.1 = deeply_other(&last.1);
                Node::Object(members)
            }
            other_node => other(other_node),
        }
    }

    fn change(node: &Node, key: &str) -> Node {
        let changed = |value: &Node| match (key, value) {
            ("response", response) => change(response, "code"),
            ("code", _) => Node::Number("500".to_owned()),
            ("method", _) => Node::String("PATCH".to_owned()),
            (_, params) => others(params),
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
