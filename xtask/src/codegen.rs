//! `cargo xtask codegen`.

use crate::lock::{ReadLock, WriteLock};
use crate::sources::{ServiceFiles, model_folder, read_config};
use crate::sync::{Change, Output};
use anyhow::bail;
use smithwright::config::{Config, ServiceConfig, ServiceKey};
use smithwright::diagnostic::Diagnostics;
use smithwright::package::Package;
use smithwright::{Request, generate};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Options of `cargo xtask codegen`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The services; all of models.toml when none is named.
    services: Vec<String>,
    /// Write nothing; fail when something would change.
    #[arg(long)]
    check: bool,
    /// A full model (`service-2.json`) whose prose becomes the documentation.
    #[arg(long, value_name = "FULL_MODEL")]
    docs: Option<PathBuf>,
}

/// How many files that differ are named; the others are counted.
const MAX_NAMED: usize = 100;

/// What a run has to say, kept until it holds no lock: whoever reads it slowly, or not at all, would hold all others that write.
#[derive(Default)]
struct Said {
    /// What was done.
    results: Vec<String>,
    /// What is wrong.
    problems: Vec<String>,
}

impl Said {
    fn print(&self) {
        self.results.iter().for_each(|line| println!("{line}"));
        self.problems.iter().for_each(|line| eprintln!("{line}"));
    }
}

/// Generates the crates of services. Nothing is written unless every service is sound. From the reading of models.toml to the last
/// write no other task writes, so that what is compared is what is replaced.
pub(crate) fn run(root: &Path, options: &Options) -> anyhow::Result<ExitCode> {
    let mut said = Said::default();
    let result = match options.check {
        true => run_check(root, options, &mut said),
        false => run_write(root, options, &mut said),
    };
    said.print();
    result
}

fn run_check(root: &Path, options: &Options, said: &mut Said) -> anyhow::Result<ExitCode> {
    let _lock = ReadLock::acquire(root)?;
    run_locked(root, options, said, |_, changes, said| Ok(check(&changes, said)))
}

fn run_write(root: &Path, options: &Options, said: &mut Said) -> anyhow::Result<ExitCode> {
    let lock = WriteLock::acquire(root)?;
    Output::generated(root).recover(&lock)?;
    run_locked(root, options, said, |output, changes, said| write(output, &lock, &changes, said))
}

fn run_locked(
    root: &Path,
    options: &Options,
    said: &mut Said,
    then: impl FnOnce(&Output, Vec<Change<'_>>, &mut Said) -> anyhow::Result<ExitCode>,
) -> anyhow::Result<ExitCode> {
    let config = read_config(root)?;
    let services = selected(&config, &options.services)?;
    if options.docs.is_some() && services.len() != 1 {
        bail!("--docs needs the name of one service");
    }
    let mut packages = Vec::new();
    for (key, service) in &services {
        packages.extend(generate_service(root, key, service, options, said)?.map(|package| (*key, package)));
    }
    if packages.len() < services.len() {
        return Ok(ExitCode::FAILURE);
    }
    let output = Output::generated(root);
    let changes = packages.iter().map(|(key, package)| output.compare(key, &package.files)).collect::<anyhow::Result<_>>()?;
    then(&output, changes, said)
}

/// The crates of one service; `None`, when its diagnostics, which are said, have an error.
fn generate_service(
    root: &Path,
    key: &ServiceKey,
    config: &ServiceConfig,
    options: &Options,
    said: &mut Said,
) -> anyhow::Result<Option<Package>> {
    let files = ServiceFiles::read(root, key, config, options.docs.as_deref())?;
    let folder = model_folder(key, config);
    let mut diagnostics = Diagnostics::default();
    let model = files.lower(&mut diagnostics);
    let request = Request { key, folder: &folder, config };
    let package = model.and_then(|model| generate(request, model, &mut diagnostics));
    if !diagnostics.list.is_empty() {
        said.problems.push(format!("{diagnostics}\n"));
    }
    Ok(package)
}

/// Says how services' crates differ from what they should be.
fn check(changes: &[Change<'_>], said: &mut Said) -> ExitCode {
    let drifted = || changes.iter().filter(|change| !change.drift.is_empty());
    let mut lines = drifted().flat_map(differences);
    said.problems.extend(lines.by_ref().take(MAX_NAMED));
    let others = lines.count();
    if others > 0 {
        said.problems.push(format!("and {others} other files"));
    }
    let keys: Vec<&str> = drifted().map(|change| change.key.as_str()).collect();
    if keys.is_empty() {
        return ExitCode::SUCCESS;
    }
    said.problems.push(format!("run `cargo xtask codegen {}`", keys.join(" ")));
    ExitCode::FAILURE
}

/// How a service's crates differ, a line each file.
fn differences<'c>(change: &'c Change<'_>) -> impl Iterator<Item = String> + 'c {
    let Change { key, drift, .. } = change;
    let changed = drift.changed.iter().map(move |path| format!("generated/{key}/{path} is not what the model gives"));
    changed.chain(drift.stale.iter().map(move |path| format!("generated/{key}/{path} is not generated any more")))
}

/// Writes services' crates.
fn write(output: &Output, lock: &WriteLock, changes: &[Change<'_>], said: &mut Said) -> anyhow::Result<ExitCode> {
    output.replace(lock, changes)?;
    said.results.extend(changes.iter().map(|Change { key, files, drift }| {
        format!("generated/{key}: {} files, {} written, {} deleted", files.len(), drift.changed.len(), drift.stale.len())
    }));
    Ok(ExitCode::SUCCESS)
}

fn selected<'c>(config: &'c Config, names: &'c [String]) -> anyhow::Result<Vec<(&'c ServiceKey, &'c ServiceConfig)>> {
    if names.is_empty() {
        return Ok(config.service.iter().collect());
    }
    let find = |name: &'c String| match config.service.get_key_value(name.as_str()) {
        Some(service) => Ok(service),
        None => bail!("models.toml has no service {name:?}; run `cargo xtask models update` with its name"),
    };
    names.iter().map(find).collect()
}
