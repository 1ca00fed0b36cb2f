//! The files of models: where they are, and reading them.

use anyhow::{Context, bail};
use smithwright::config::{Format, ServiceConfig, ServiceKey, Source};
use smithwright::diagnostic::Diagnostics;
use smithwright::frontend::SourceFile;
use smithwright::frontend::botocore::{self, BotocoreSources};
use smithwright::frontend::smithy::{self, SmithySources};
use smithwright::ir::Model;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the models, below the project.
pub const MODELS: &str = "models";

/// The files of a service: their names in botocore and here.
pub const SERVICE: &str = "service-2";
pub(crate) const PAGINATORS: &str = "paginators-1";
pub(crate) const WAITERS: &str = "waiters-2";
pub(crate) const ENDPOINT_RULES: &str = "endpoint-rule-set-1";
pub(crate) const SDK_EXTRAS: &str = "service-2.sdk-extras";

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
            Some(path) => NamedText::read(path, path.display().to_string())?,
            None => NamedText::read(&self.path, self.name.clone())?,
        };
        Ok(match self.format.unwrap_or_else(|| format_of(&model.text)) {
            Format::Botocore => ServiceFiles::Botocore(self.botocore(model, source)?),
            Format::Smithy => {
                ServiceFiles::Smithy(SmithyFiles { model, service: source.service.clone(), protocol: source.protocol.clone() })
            }
        })
    }

    fn botocore(&self, service: NamedText, source: &Source) -> anyhow::Result<BotocoreFiles> {
        BotocoreFiles::of(service, source.protocol.clone(), |stem| {
            let path = self.path.with_file_name(stem).with_added_extension("json");
            let name = Path::new(&self.name).with_file_name(stem).with_added_extension("json");
            path.exists().then(|| NamedText::read(&path, name.display().to_string())).transpose()
        })
    }
}

/// The format of a model's text: Smithy's begins with its version. What is neither is left to a front end to refuse.
fn format_of(text: &str) -> Format {
    #[derive(serde::Deserialize)]
    struct Start {
        smithy: Option<serde::de::IgnoredAny>,
    }
    match serde_json::from_str(text) {
        Ok(Start { smithy: Some(_) }) => Format::Smithy,
        Ok(Start { smithy: None }) | Err(_) => Format::Botocore,
    }
}

/// The texts of a service's files.
pub enum ServiceFiles {
    /// botocore's.
    Botocore(BotocoreFiles),
    /// A Smithy model.
    Smithy(SmithyFiles),
}

impl ServiceFiles {
    /// The model; `None`, when something in it is an error.
    pub fn lower(&self, diagnostics: &mut Diagnostics) -> Option<Model> {
        match self {
            Self::Botocore(files) => botocore::read(&files.sources(), diagnostics),
            Self::Smithy(files) => smithy::read(&files.sources(), diagnostics),
        }
    }
}

/// A Smithy model, and what to take of it.
pub struct SmithyFiles {
    model: NamedText,
    service: Option<String>,
    protocol: Option<String>,
}

impl SmithyFiles {
    fn sources(&self) -> SmithySources<'_> {
        SmithySources { model: self.model.as_source(), service: self.service.as_deref(), protocol: self.protocol.as_deref() }
    }
}

/// botocore's files.
pub struct BotocoreFiles {
    service: NamedText,
    paginators: Option<NamedText>,
    waiters: Option<NamedText>,
    endpoint_rules: Option<NamedText>,
    sdk_extras: Option<NamedText>,
    protocol: Option<String>,
}

impl BotocoreFiles {
    /// Those of a service; `beside` reads what is beside its main file, by its name without an ending, if it is there.
    pub(crate) fn of(
        service: NamedText,
        protocol: Option<String>,
        mut beside: impl FnMut(&str) -> anyhow::Result<Option<NamedText>>,
    ) -> anyhow::Result<Self> {
        Ok(Self {
            service,
            paginators: beside(PAGINATORS)?,
            waiters: beside(WAITERS)?,
            endpoint_rules: beside(ENDPOINT_RULES)?,
            sdk_extras: beside(SDK_EXTRAS)?,
            protocol,
        })
    }

    fn sources(&self) -> BotocoreSources<'_> {
        BotocoreSources {
            service: self.service.as_source(),
            paginators: self.paginators.as_ref().map(NamedText::as_source),
            waiters: self.waiters.as_ref().map(NamedText::as_source),
            endpoint_rules: self.endpoint_rules.as_ref().map(NamedText::as_source),
            sdk_extras: self.sdk_extras.as_ref().map(NamedText::as_source),
            protocol: self.protocol.as_deref(),
        }
    }
}

/// A file's text, and what diagnostics call the file.
pub(crate) struct NamedText {
    name: String,
    text: String,
}

impl NamedText {
    /// A text that was read already, in UTF-8.
    pub(crate) fn of(name: String, bytes: Vec<u8>) -> anyhow::Result<Self> {
        let text = String::from_utf8(bytes).with_context(|| format!("{name} is not UTF-8"))?;
        Ok(Self { name, text })
    }

    fn read(path: &Path, name: String) -> anyhow::Result<Self> {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
        Ok(Self { name, text })
    }

    fn as_source(&self) -> SourceFile<'_> {
        SourceFile { name: &self.name, text: &self.text }
    }
}
