//! Cases that say which operation is called, and with what: `operationInputs`.
//!
//! ```text
//! model, cases ─ prepare ─▶ api and client, a program ─ workspace ─▶ observations ─ judge
//!                program
//! ```
//!
//! They are calls of the generated client, in a program that is compiled: what a request says of its endpoint is generated code, and
//! so are a client's settings. The program sees which endpoint the client comes to, and what it sends there.

mod judge;
mod prepare;
mod program;

use super::suite::Suite;
use crate::conformance::workspace::{self, Built, Crates};
pub(super) use judge::Observation;
use prepare::Service;
use smithwright::config::ServiceKey;
use std::collections::BTreeMap;
use std::path::Path;

/// What came of the calls of a suite: of each, by its case and its place in it, how it differs from what is expected.
pub(super) type Outcome = Result<BTreeMap<(usize, usize), Result<(), String>>, String>;

/// Calls what the cases of suites say; by the suites' places, what came of it.
pub(super) fn run(root: &Path, suites: &[Suite]) -> anyhow::Result<BTreeMap<usize, Outcome>> {
    let called = suites.iter().enumerate().filter(|(_, suite)| suite.has_calls());
    let mut outcomes = BTreeMap::new();
    let mut services = Vec::new();
    for (number, suite) in called {
        match prepare::prepare(&format!("calls-{number}"), suite) {
            Ok(service) => services.push((number, service)),
            Err(reason) => drop(outcomes.insert(number, Err(reason))),
        }
    }
    let crates: Vec<Crates<'_>> = services.iter().map(|(_, service)| service.crates()).collect();
    let mut built = workspace::build(root, "endpoints", &crates)?;
    for (number, service) in &services {
        if let Some(suite) = suites.get(*number) {
            outcomes.insert(*number, observe(suite, service, &mut built)?);
        }
    }
    Ok(outcomes)
}

fn observe(suite: &Suite, service: &Service, built: &mut BTreeMap<ServiceKey, Built>) -> anyhow::Result<Outcome> {
    let program = match built.remove(&service.key) {
        Some(Built::Program(program)) => program,
        Some(Built::Failed(errors)) => return Ok(Err(errors)),
        None => return Ok(Err("it was not built".to_owned())),
    };
    let mut observations = workspace::observe(&program, service.calls.len(), Observation::ended)?;
    let mut outcome = BTreeMap::new();
    for (number, call) in service.calls.iter().enumerate() {
        let (Some(case), came) = (suite.cases.get(call.case), observations.remove(&number)) else { continue };
        let Some(made) = case.calls.get(call.place) else { continue };
        let judged = match (&call.unbuildable, came) {
            (Some(reason), _) => Err(reason.clone()),
            (None, Some(came)) => judge::judge(&case.expected, made, &call.host_prefix, &came),
            (None, None) => Err("the program says nothing of it".to_owned()),
        };
        outcome.insert((call.case, call.place), judged);
    }
    Ok(Ok(outcome))
}

#[cfg(test)]
mod tests {
    use super::super::suite::{self, Expected};
    use super::*;

    /// A suite in which every case expects something wrong fails in every call: a runner that cannot fail is worth nothing.
    #[test]
    fn every_wrong_call_fails() {
        let root = crate::repository_root();
        let mut suites = suite::read_all(&[root.join("tests/endpoints/calls.json")]).unwrap();
        for case in suites.iter_mut().flat_map(|suite| &mut suite.cases) {
            match &mut case.expected {
                Expected::Endpoint { url, .. } => url.push('x'),
                Expected::Error(message) => message.push('x'),
            }
        }
        let outcomes = run(&root, &suites).unwrap();
        let calls = outcomes.into_values().flat_map(|outcome| outcome.unwrap().into_values()).collect::<Vec<_>>();
        assert!(calls.len() > 20);
        assert!(calls.iter().all(|call| call.as_ref().is_err_and(|error| error.contains("another e"))), "{calls:#?}");
    }
}
