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

/// Generates the crates of services. Nothing is written unless every service is sound. From the reading of models.toml to the last
/// write no other task writes, so that what is compared is what is replaced.
pub(crate) fn run(root: &Path, options: &Options) -> anyhow::Result<ExitCode> {
    if options.check {
        let _lock = ReadLock::acquire(root)?;
        return run_locked(root, options, |_, changes| Ok(check(&changes)));
    }
    let lock = WriteLock::acquire(root)?;
    Output::generated(root).recover(&lock)?;
    run_locked(root, options, |output, changes| write(output, &lock, &changes))
}

fn run_locked(
    root: &Path,
    options: &Options,
    then: impl FnOnce(&Output, Vec<Change<'_>>) -> anyhow::Result<ExitCode>,
) -> anyhow::Result<ExitCode> {
    let config = read_config(root)?;
    let services = selected(&config, &options.services)?;
    if options.docs.is_some() && services.len() != 1 {
        bail!("--docs needs the name of one service");
    }
    let mut packages = Vec::new();
    for (key, service) in &services {
        packages.extend(generate_service(root, key, service, options)?.map(|package| (*key, package)));
    }
    if packages.len() < services.len() {
        return Ok(ExitCode::FAILURE);
    }
    let output = Output::generated(root);
    let changes = packages.iter().map(|(key, package)| output.compare(key, &package.files)).collect::<anyhow::Result<_>>()?;
    then(&output, changes)
}

/// The crates of one service; `None`, when its diagnostics, which are printed, have an error.
fn generate_service(root: &Path, key: &ServiceKey, config: &ServiceConfig, options: &Options) -> anyhow::Result<Option<Package>> {
    let files = ServiceFiles::read(root, key, config, options.docs.as_deref())?;
    let folder = model_folder(key, config);
    let mut diagnostics = Diagnostics::default();
    let model = files.lower(&mut diagnostics);
    let request = Request { key, folder: &folder, config };
    let package = model.and_then(|model| generate(request, model, &mut diagnostics));
    if !diagnostics.list.is_empty() {
        eprintln!("{diagnostics}\n");
    }
    Ok(package)
}

/// Says how services' crates differ from what they should be.
fn check(changes: &[Change<'_>]) -> ExitCode {
    for Change { key, drift, .. } in changes.iter().filter(|change| !change.drift.is_empty()) {
        for path in &drift.changed {
            eprintln!("generated/{key}/{path} is not what the model gives");
        }
        for path in &drift.stale {
            eprintln!("generated/{key}/{path} is not generated any more");
        }
        eprintln!("run `cargo xtask codegen {key}`");
    }
    let is_fresh = changes.iter().all(|change| change.drift.is_empty());
    if is_fresh { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Writes services' crates.
fn write(output: &Output, lock: &WriteLock, changes: &[Change<'_>]) -> anyhow::Result<ExitCode> {
    output.replace(lock, changes)?;
    for Change { key, files, drift } in changes {
        println!("generated/{key}: {} files, {} written, {} deleted", files.len(), drift.changed.len(), drift.stale.len());
    }
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
