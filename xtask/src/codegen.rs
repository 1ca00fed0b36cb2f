//! `cargo xtask codegen`.

use crate::sources::{MODELS, ServiceFiles, read_config};
use crate::sync;
use anyhow::bail;
use smithwright::config::{Config, ServiceConfig};
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

/// Generates the crates of services. Nothing is written unless every service is sound.
pub(crate) fn run(root: &Path, options: &Options) -> anyhow::Result<ExitCode> {
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
    let mut fresh = true;
    for (key, package) in &packages {
        fresh &= write_or_check(root, key, package, options.check)?;
    }
    Ok(if fresh { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The crates of one service; `None`, when its diagnostics, which are printed, have an error.
fn generate_service(root: &Path, key: &str, config: &ServiceConfig, options: &Options) -> anyhow::Result<Option<Package>> {
    let files = ServiceFiles::read(root, config, options.docs.as_deref())?;
    let folder = format!("{MODELS}/{}/{}", config.name, config.source.api_version);
    let mut diagnostics = Diagnostics::default();
    let model = files.lower(&mut diagnostics);
    let request = Request { key, folder: &folder, config };
    let package = model.and_then(|model| generate(request, model, &mut diagnostics));
    if !diagnostics.list.is_empty() {
        eprintln!("{diagnostics}\n");
    }
    Ok(package)
}

/// Writes a service's crates, or says how they differ; whether they are as they should be.
fn write_or_check(root: &Path, key: &str, package: &Package, check: bool) -> anyhow::Result<bool> {
    let folder = root.join("generated").join(key);
    let drift = sync::compare(&folder, &package.files)?;
    if check {
        for path in &drift.changed {
            eprintln!("generated/{key}/{path} is not what the model gives");
        }
        for path in &drift.stale {
            eprintln!("generated/{key}/{path} is not generated any more");
        }
        if !drift.is_empty() {
            eprintln!("run `cargo xtask codegen {key}`");
        }
        return Ok(drift.is_empty());
    }
    sync::replace(&folder, &package.files, &drift)?;
    let total = package.files.len();
    println!("generated/{key}: {total} files, {} written, {} deleted", drift.changed.len(), drift.stale.len());
    Ok(true)
}

fn selected<'c>(config: &'c Config, names: &'c [String]) -> anyhow::Result<Vec<(&'c str, &'c ServiceConfig)>> {
    if names.is_empty() {
        return Ok(config.service.iter().map(|(name, service)| (name.as_str(), service)).collect());
    }
    let find = |name: &'c String| match config.service.get(name) {
        Some(service) => Ok((name.as_str(), service)),
        None => bail!("models.toml has no service `{name}`; run `cargo xtask models update {name}`"),
    };
    names.iter().map(find).collect()
}
