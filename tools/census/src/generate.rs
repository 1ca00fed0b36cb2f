//! Every service, generated.

use crate::services::{self, Files, Service};
use anyhow::Context;
use rayon::prelude::*;
use smithwright::Request;
use smithwright::config::{Crates, ServiceConfig, ServiceKey};
use smithwright::diagnostic::{Diagnostics, Severity};
use smithwright::frontend::SourceFile;
use smithwright::frontend::botocore::{self, BotocoreSources};
use smithwright::frontend::smithy::{self, SmithySources};
use smithwright::ir::Model;
use std::fs;
use std::path::Path;
use std::time::Instant;

/// What became of a service.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// Its name.
    pub(crate) name: String,
    /// Its protocols, as they are called without their namespaces; none, if it could not be read.
    pub(crate) protocols: Vec<&'static str>,
    /// Why nothing was generated, if nothing was.
    pub(crate) errors: Vec<String>,
    /// What was left out.
    pub(crate) warnings: Vec<String>,
    /// The lines of its crates.
    pub(crate) lines: usize,
    /// How long that took, in seconds.
    pub(crate) seconds: f64,
    /// Whether the compiler and its friends were asked.
    pub(crate) is_compiled: bool,
    /// What they say.
    pub(crate) complaints: Vec<String>,
}

/// Generates all services on all cores, into a folder for each.
pub(crate) fn all(services: &[Service], folder: &Path) -> anyhow::Result<Vec<Outcome>> {
    services.par_iter().map(|service| one(service, folder).with_context(|| service.name.clone())).collect()
}

fn one(service: &Service, folder: &Path) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    let mut diagnostics = Diagnostics::default();
    let model = read(&service.files, &mut diagnostics)?;
    let protocols = model.iter().flat_map(|model| model.service.protocols.iter());
    let protocols = protocols.map(|protocol| protocol.definition().name()).collect();
    let (key, config): (ServiceKey, _) = (service.name.parse()?, ServiceConfig::default());
    let request = Request { key: &key, folder: "models", config: &config, home: &Crates::of_workspace().into() };
    let package = model.and_then(|model| smithwright::generate(request, model, &mut diagnostics));
    let seconds = start.elapsed().as_secs_f64();
    let files = package.map(|package| package.files).unwrap_or_default();
    let folder = folder.join(&service.name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    for file in &files {
        let path = folder.join(&file.path);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, &file.text)?;
    }
    let said = |severity| {
        let list = diagnostics.list.iter().filter(move |diagnostic| diagnostic.severity == severity);
        list.map(|diagnostic| diagnostic.message.clone()).collect()
    };
    Ok(Outcome {
        name: service.name.clone(),
        protocols,
        errors: said(Severity::Error),
        warnings: said(Severity::Warning),
        lines: files.iter().map(|file| file.text.lines().count()).sum(),
        seconds,
        is_compiled: false,
        complaints: Vec::new(),
    })
}

fn read(files: &Files, diagnostics: &mut Diagnostics) -> anyhow::Result<Option<Model>> {
    match files {
        Files::Botocore(folder) => {
            let [service, paginators, waiters, rules, extras] =
                ["service-2", "paginators-1", "waiters-2", "endpoint-rule-set-1", "service-2.sdk-extras"]
                    .map(|stem| (format!("{stem}.json"), services::read(&folder.join(format!("{stem}.json")))));
            let [service, paginators, waiters, rules, extras] =
                [named(service)?, named(paginators)?, named(waiters)?, named(rules)?, named(extras)?];
            let sources = BotocoreSources {
                service: source(&service).context("it has no service-2.json")?,
                paginators: source(&paginators),
                waiters: source(&waiters),
                endpoint_rules: source(&rules),
                sdk_extras: source(&extras),
                protocol: None,
            };
            Ok(botocore::read(&sources, diagnostics))
        }
        Files::Smithy(path) => {
            let text = fs::read_to_string(path)?;
            let model = SourceFile { name: "model.json", text: &text };
            Ok(smithy::read(&SmithySources { model, service: None, protocol: None }, diagnostics))
        }
    }
}

/// A file's name and text.
type Named = Option<(String, String)>;

fn named((name, text): (String, anyhow::Result<Option<String>>)) -> anyhow::Result<Named> {
    Ok(text?.map(|text| (name, text)))
}

fn source(file: &Named) -> Option<SourceFile<'_>> {
    file.as_ref().map(|(name, text)| SourceFile { name, text })
}
