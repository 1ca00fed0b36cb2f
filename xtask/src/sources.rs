//! The vendored models: where they are, and reading them.

use anyhow::{Context, bail};
use smithwright::config::{Config, Format, ServiceConfig, ServiceKey};
use smithwright::diagnostic::Diagnostics;
use smithwright::frontend::SourceFile;
use smithwright::frontend::botocore::{self, BotocoreSources};
use smithwright::frontend::smithy::{self, SmithySources};
use smithwright::ir::Model;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the models, below the repository.
pub(crate) const MODELS: &str = "models";

/// The files of a service: their names in botocore and here.
pub(crate) const SERVICE: &str = "service-2";
pub(crate) const PAGINATORS: &str = "paginators-1";
pub(crate) const WAITERS: &str = "waiters-2";
pub(crate) const ENDPOINT_RULES: &str = "endpoint-rule-set-1";
pub(crate) const SDK_EXTRAS: &str = "service-2.sdk-extras";

/// The file of a service whose model is Smithy's.
const SMITHY: &str = "model";

/// The file that services share.
pub(crate) const PARTITIONS: &str = "partitions";

/// `models.toml`.
pub(crate) fn config_path(root: &Path) -> PathBuf {
    root.join(MODELS).join("models.toml")
}

/// Reads `models.toml`.
pub(crate) fn read_config(root: &Path) -> anyhow::Result<Config> {
    let path = config_path(root);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Config::parse(&text)?)
}

/// The texts of a service's files, each with its path below the repository.
pub(crate) enum ServiceFiles {
    /// botocore's.
    Botocore(BotocoreFiles),
    /// A Smithy model.
    Smithy(SmithyFiles),
}

impl ServiceFiles {
    /// Reads the files of a service. `full_model` is read instead of the vendored model.
    pub(crate) fn read(root: &Path, key: &ServiceKey, config: &ServiceConfig, full_model: Option<&Path>) -> anyhow::Result<Self> {
        match config.source.format {
            Format::Botocore => BotocoreFiles::read(root, key, config, full_model).map(Self::Botocore),
            Format::Smithy => SmithyFiles::read(root, key, config, full_model).map(Self::Smithy),
        }
    }

    /// The model; `None`, when something in it is an error.
    pub(crate) fn lower(&self, diagnostics: &mut Diagnostics) -> Option<Model> {
        match self {
            Self::Botocore(files) => botocore::read(&files.sources(), diagnostics),
            Self::Smithy(files) => smithy::read(&files.sources(), diagnostics),
        }
    }
}

/// The folder of a service's model, below the repository. Neither part can lead out of it.
pub(crate) fn model_folder(key: &ServiceKey, config: &ServiceConfig) -> String {
    format!("{MODELS}/{key}/{}", config.source.api_version)
}

/// A Smithy model, and what to take of it.
pub(crate) struct SmithyFiles {
    model: NamedText,
    service: Option<String>,
    protocol: Option<String>,
}

impl SmithyFiles {
    fn read(root: &Path, key: &ServiceKey, config: &ServiceConfig, full_model: Option<&Path>) -> anyhow::Result<Self> {
        let name = format!("{}/{SMITHY}.json", model_folder(key, config));
        let model = match full_model {
            Some(path) => NamedText::read(path)?,
            None => NamedText::read_optional(root, &name)?.with_context(|| format!("{name} is missing"))?,
        };
        let (service, protocol) = (config.source.service.clone(), config.source.protocol.clone());
        Ok(Self { model, service, protocol })
    }

    fn sources(&self) -> SmithySources<'_> {
        SmithySources { model: self.model.as_source(), service: self.service.as_deref(), protocol: self.protocol.as_deref() }
    }
}

/// botocore's files.
pub(crate) struct BotocoreFiles {
    service: NamedText,
    paginators: Option<NamedText>,
    waiters: Option<NamedText>,
    endpoint_rules: Option<NamedText>,
    sdk_extras: Option<NamedText>,
    protocol: Option<String>,
}

impl BotocoreFiles {
    fn read(root: &Path, key: &ServiceKey, config: &ServiceConfig, full_model: Option<&Path>) -> anyhow::Result<Self> {
        let folder = model_folder(key, config);
        let beside = |stem: &str| NamedText::read_optional(root, &format!("{folder}/{stem}.json"));
        let service = match full_model {
            Some(path) => NamedText::read(path)?,
            None => match beside(SERVICE)? {
                Some(service) => service,
                None => bail!("{folder}/{SERVICE}.json is missing; run `cargo xtask models update {key}`"),
            },
        };
        Ok(Self {
            service,
            paginators: beside(PAGINATORS)?,
            waiters: beside(WAITERS)?,
            endpoint_rules: beside(ENDPOINT_RULES)?,
            sdk_extras: beside(SDK_EXTRAS)?,
            protocol: config.source.protocol.clone(),
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

struct NamedText {
    name: String,
    text: String,
}

impl NamedText {
    fn read(path: &Path) -> anyhow::Result<Self> {
        Ok(Self { name: path.display().to_string(), text: read_text(path)? })
    }

    fn read_optional(root: &Path, name: &str) -> anyhow::Result<Option<Self>> {
        let path = root.join(name);
        if !path.exists() {
            return Ok(None);
        }
        Ok(Some(Self { name: name.to_owned(), text: read_text(&path)? }))
    }

    fn as_source(&self) -> SourceFile<'_> {
        SourceFile { name: &self.name, text: &self.text }
    }
}

fn read_text(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
