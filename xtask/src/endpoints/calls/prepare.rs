//! From a suite to crates: those of the operations that are called, and a program that calls them.

use super::program::{self, Call};
use crate::conformance::workspace::Crates;
use crate::endpoints::suite::{ModelText, Suite};
use anyhow::Context;
use serde_json::{Value, json};
use smithwright::config::{self, ServiceConfig, ServiceKey};
use smithwright::diagnostic::{Diagnostics, Severity};
use smithwright::frontend::SourceFile;
use smithwright::frontend::botocore::{self, BotocoreSources};
use smithwright::frontend::smithy::{self, SmithySources};
use smithwright::ir::{Model, Protocol};
use smithwright::package::File;
use smithwright::{Request, emit};
use std::collections::BTreeSet;

/// The crates of a suite's service, and what its program calls.
pub(super) struct Service {
    pub(super) key: ServiceKey,
    pub(super) files: Vec<File>,
    /// The calls, by their numbers in the program.
    pub(super) calls: Vec<Call>,
}

impl Service {
    pub(super) fn crates(&self) -> Crates<'_> {
        Crates { key: &self.key, roles: &["api", "client", "program"], files: &self.files }
    }
}

/// Generates what a suite calls.
///
/// # Errors
///
/// Why nothing is generated.
pub(super) fn prepare(key: &str, suite: &Suite) -> Result<Service, String> {
    let mut diagnostics = Diagnostics::default();
    let service = generate(key, suite, &mut diagnostics);
    diagnostics.list.retain(|diagnostic| diagnostic.severity == Severity::Error);
    match service {
        Ok(Some(service)) => Ok(service),
        Ok(None) => Err(diagnostics.to_string()),
        Err(error) => Err(format!("{error:#}")),
    }
}

fn generate(key: &str, suite: &Suite, diagnostics: &mut Diagnostics) -> anyhow::Result<Option<Service>> {
    let key: ServiceKey = key.parse()?;
    let operations = called(suite).into_iter().map(|name| name.parse().with_context(|| format!("the operation `{name}`")));
    let config = ServiceConfig { operations: operations.collect::<anyhow::Result<_>>()?, ..ServiceConfig::default() };
    let Some(model) = lower(suite, diagnostics)? else { return Ok(None) };
    let request = Request { key: &key, folder: "a suite", config: &config, home: &config::Crates::of_workspace().into() };
    let Some(plan) = smithwright::plan(request, model, diagnostics) else { return Ok(None) };
    let mut files = emit::emit(&plan)?.files;
    files.retain(|file| !file.path.starts_with("server/"));
    let program = program::write(&plan, suite)?;
    files.extend(program.files);
    Ok(Some(Service { key, files, calls: program.calls }))
}

/// The operations that are called: the others would be compiled for nothing.
fn called(suite: &Suite) -> BTreeSet<&str> {
    suite.cases.iter().flat_map(|case| &case.calls).map(|call| call.operation.as_str()).collect()
}

fn lower(suite: &Suite, diagnostics: &mut Diagnostics) -> anyhow::Result<Option<Model>> {
    let rules = SourceFile { name: "rules", text: &suite.rules };
    Ok(match suite.model.as_ref().context("the suite has no model")? {
        ModelText::Smithy(text) => {
            let model = SourceFile { name: "model", text };
            smithy::read(&SmithySources { model, service: Some(&suite.name), protocol: None }, diagnostics)
        }
        ModelText::Botocore { service, extras } => {
            let service = in_a_spoken_protocol(service, &called(suite))?;
            let sources = BotocoreSources {
                service: SourceFile { name: "service-2.json", text: &service },
                paginators: None,
                waiters: None,
                endpoint_rules: Some(rules),
                sdk_extras: extras.as_ref().map(|text| SourceFile { name: "service-2.sdk-extras.json", text }),
                protocol: None,
            };
            botocore::read(&sources, diagnostics)
        }
    })
}

/// A model whose protocol is not generated speaks another one here: where requests go, and which signature they ask for, does not depend
/// on it. What else keeps such a service from being generated is left out.
fn in_a_spoken_protocol(service: &str, called: &BTreeSet<&str>) -> anyhow::Result<String> {
    let mut model: Value = serde_json::from_str(service)?;
    let metadata = model["metadata"].as_object_mut().context("the model has no metadata")?;
    let protocol = metadata.get("protocol").and_then(Value::as_str).context("the model has no protocol")?;
    let spoken = Protocol::ALL.iter().filter_map(|protocol| protocol.definition().botocore);
    if spoken.clone().any(|known| known.protocol == protocol) {
        return Ok(service.to_owned());
    }
    let stand_in = Protocol::AwsJson1_1.definition().botocore.context("no name in botocore")?;
    metadata.insert("protocol".to_owned(), json!(stand_in.protocol));
    metadata.insert("protocols".to_owned(), json!([stand_in.protocol]));
    metadata.insert("jsonVersion".to_owned(), json!(stand_in.json_version));
    metadata.insert("targetPrefix".to_owned(), json!("Calls"));
    metadata.insert("signatureVersion".to_owned(), json!("v4"));
    metadata.remove("checksumFormat");
    let operations = model["operations"].as_object_mut().context("the model has no operations")?;
    operations.retain(|name, _| called.contains(name.as_str()));
    for operation in operations.values_mut() {
        operation["http"] = json!({ "method": "POST", "requestUri": "/" });
    }
    let reached = reached(&model);
    let shapes = model["shapes"].as_object_mut().context("the model has no shapes")?;
    shapes.retain(|name, _| reached.contains(name));
    // A procedure has no streams of bytes.
    for member in
        shapes.values_mut().filter_map(|shape| shape.get_mut("members")?.as_object_mut()).flat_map(|members| members.values_mut())
    {
        member.as_object_mut().and_then(|member| member.remove("streaming"));
    }
    Ok(model.to_string())
}

/// The shapes that a model's operations come to.
fn reached(model: &Value) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut found = vec![&model["operations"]];
    while let Some(value) = found.pop() {
        found.extend(value.as_array().into_iter().flatten());
        for (key, value) in value.as_object().into_iter().flatten() {
            match value.as_str().filter(|_| key == "shape") {
                Some(name) if reached.insert(name.to_owned()) => found.push(&model["shapes"][name]),
                Some(_) => {}
                None => found.push(value),
            }
        }
    }
    reached
}
