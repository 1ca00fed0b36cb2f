//! The files of models: where they are, and reading them.

use anyhow::{Context, bail};
use smithwright::config::{Format, ServiceConfig, ServiceKey, Source};
use smithwright::frontend::files::NamedText;
pub use smithwright::frontend::files::ServiceFiles;
pub(crate) use smithwright::frontend::files::{ENDPOINT_RULES, PAGINATORS, SDK_EXTRAS, WAITERS};
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the models, below the project.
pub const MODELS: &str = "models";

/// The main file of a service in botocore, without its ending.
pub const SERVICE: &str = "service-2";

/// The file of a service whose model is Smithy's.
pub(crate) const SMITHY: &str = "model";

/// The file that services share.
pub(crate) const PARTITIONS: &str = "partitions";

/// The main file of a model.
#[derive(Clone, Debug)]
pub struct ModelFile {
    path: PathBuf,
    name: String,
    origin: String,
    format: Option<Format>,
}

impl ModelFile {
    /// Where a configuration says it is.
    ///
    /// # Errors
    ///
    /// There is no such file.
    pub fn of(root: &Path, key: &ServiceKey, config: &ServiceConfig) -> anyhow::Result<Self> {
        let Source { file, format, api_version, .. } = &config.source;
        let folder = format!("{MODELS}/{key}/{api_version}");
        let candidates = match file {
            Some(file) => vec![(file.clone(), *format)],
            None => [(SERVICE, Format::Botocore), (SMITHY, Format::Smithy)]
                .into_iter()
                .filter(|(_, of)| format.is_none_or(|format| format == *of))
                .map(|(stem, of)| (format!("{folder}/{stem}.json"), Some(of)))
                .collect(),
        };
        let is_there = |(name, _): &&(String, Option<Format>)| root.join(name).is_file();
        let origin = |name: &str| if file.is_some() { name.to_owned() } else { folder.clone() };
        match candidates.iter().find(is_there) {
            Some((name, format)) => Ok(Self { path: root.join(name), name: name.clone(), origin: origin(name), format: *format }),
            None => {
                let name = candidates.first().map_or(folder.as_str(), |(name, _)| name);
                bail!("{name} is missing: put it there, or run `smithwright vendor {key}` if it is AWS's")
            }
        }
    }

    /// A file that is named on the command line.
    pub fn at(path: &Path) -> Self {
        let name = path.display().to_string();
        Self { path: path.to_owned(), origin: name.clone(), name, format: None }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where the model is, for the headers of generated files: its folder, when it has one of its own.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Reads it, and the files beside it. `full_model` is read instead of the file itself.
    ///
    /// # Errors
    ///
    /// A file cannot be read.
    pub fn read(&self, source: &Source, full_model: Option<&Path>) -> anyhow::Result<ServiceFiles> {
        let model = match full_model {
            Some(path) => read(path, path.display().to_string())?,
            None => read(&self.path, self.name.clone())?,
        };
        let beside = |file: &str| {
            let (path, name) = (self.path.with_file_name(file), Path::new(&self.name).with_file_name(file));
            path.exists().then(|| read(&path, name.display().to_string())).transpose()
        };
        ServiceFiles::gather(model, self.format, source, beside)
    }
}

fn read(path: &Path, name: String) -> anyhow::Result<NamedText> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
    Ok(NamedText { name, text })
}

/// What was read already, and must be UTF-8.
pub(crate) fn text_of(name: String, bytes: Vec<u8>) -> anyhow::Result<NamedText> {
    let text = String::from_utf8(bytes).with_context(|| format!("{name} is not UTF-8"))?;
    Ok(NamedText { name, text })
}
