//! What a run generates: services of a configuration, or models that need none.

use super::Options;
use crate::project::Project;
use crate::sources::ModelFile;
use anyhow::{Context, bail, ensure};
use smithwright::config::{Crates, Runtime, ServiceConfig, ServiceKey};
use smithwright::home::Home;
use smithwright::ir::Model;
use std::path::Path;

/// What is generated in one run.
pub(super) struct Subjects {
    /// Each.
    pub(super) list: Vec<Subject>,
    /// Where their code lives.
    pub(super) home: Home,
}

/// A service to generate.
pub(super) struct Subject {
    key: Option<ServiceKey>,
    /// Where its model is.
    pub(super) file: ModelFile,
    /// What is said of it.
    pub(super) config: ServiceConfig,
}

/// Whether what is named on the command line are files of models; no name is a file's, and no file is named without an ending.
pub(super) fn are_files(names: &[String]) -> anyhow::Result<bool> {
    let files = names.iter().filter(|name| name.contains(['.', '/', '\\'])).count();
    ensure!(files == 0 || files == names.len(), "files of models and names of services are not taken together");
    Ok(files > 0)
}

impl Subjects {
    /// The services of a project.
    pub(super) fn of_project(project: &Project, out: &Path, options: &Options) -> anyhow::Result<Self> {
        let mut config = project.read_config()?;
        if let Runtime::Path(path) = &mut config.crates.runtime {
            *path = from_crates(project.root(), out, path)?;
        }
        if let Some(manifest) = options.manifest {
            config.crates.manifest = manifest;
        }
        for name in &options.services {
            if !config.service.contains_key(name.as_str()) {
                bail!("{} has no service {name:?}: add it, or run `smithwright vendor` with its name", project.file());
            }
        }
        let is_named = |key: &ServiceKey| options.services.is_empty() || options.services.iter().any(|name| name == key.as_str());
        let services = config.service.into_iter().filter(|(key, _)| is_named(key));
        let list = services.map(|(key, config)| {
            let file = ModelFile::of(project.root(), &key, &config)?;
            Ok(Subject { key: Some(key), file, config: with_options(config, options) })
        });
        Self { list: list.collect::<anyhow::Result<_>>()?, home: config.crates.into() }.checked(options)
    }

    /// The models in these files.
    pub(super) fn of_files(options: &Options) -> anyhow::Result<Self> {
        let crates = Crates { manifest: options.manifest.unwrap_or_default(), ..Crates::default() };
        let config = with_options(ServiceConfig::default(), options);
        let subject = |path: &String| Subject { key: None, file: ModelFile::at(Path::new(path)), config: config.clone() };
        Self { list: options.services.iter().map(subject).collect(), home: crates.into() }.checked(options)
    }

    fn checked(self, options: &Options) -> anyhow::Result<Self> {
        ensure!(options.docs.is_none() || self.list.len() == 1, "--docs needs the name of one service");
        ensure!(options.only.is_empty() || self.list.len() == 1, "--only needs the name of one service");
        Ok(self)
    }
}

/// A path that is found from a project, as its crates find it, each in the folder of its service below this one.
fn from_crates(root: &Path, out: &Path, path: &str) -> anyhow::Result<String> {
    let (root, out) = (std::path::absolute(root)?, std::path::absolute(out)?);
    match out.strip_prefix(&root) {
        Ok(below) if Path::new(path).is_relative() => Ok("../".repeat(below.components().count() + 2) + path),
        _ => Ok(root.join(path).display().to_string()),
    }
}

fn with_options(config: ServiceConfig, options: &Options) -> ServiceConfig {
    match options.only.is_empty() {
        true => config,
        false => ServiceConfig { operations: options.only.clone(), ..config },
    }
}

impl Subject {
    /// What the configuration calls it; otherwise what the model does.
    pub(super) fn key(&self, model: &Model) -> anyhow::Result<ServiceKey> {
        if let Some(key) = &self.key {
            return Ok(key.clone());
        }
        key_of(model)
    }
}

/// What a model calls its service, as a configuration would.
pub(crate) fn key_of(model: &Model) -> anyhow::Result<ServiceKey> {
    ServiceKey::of_model(model)
        .with_context(|| format!("{:?} gives no name for its crates: add the model to a configuration", model.service.sdk_id))
}
