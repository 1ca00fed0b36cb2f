//! The generator, as the command calls it: files and configuration in, a package or diagnostics out.

use crate::configuration::{Configuration, Correction};
use serde_json::Value;
use smithwright::Request;
use smithwright::config::{Config, Crates, ServiceConfig};
use smithwright::diagnostic::{Diagnostic, Diagnostics};
use smithwright::frontend::SourceFile;
use smithwright::frontend::botocore::{self, BotocoreSources};
use smithwright::frontend::smithy::{self, SmithySources};
use smithwright::package::File;
use std::collections::BTreeMap;

/// The files of a service, by their stems.
const SERVICE: &str = "service-2";
const PAGINATORS: &str = "paginators-1";
const WAITERS: &str = "waiters-2";
const ENDPOINT_RULES: &str = "endpoint-rule-set-1";
const SDK_EXTRAS: &str = "service-2.sdk-extras";
const SMITHY: &str = "model";

/// All stems, of both formats.
pub(crate) const STEMS: [&str; 6] = [SERVICE, PAGINATORS, WAITERS, ENDPOINT_RULES, SDK_EXTRAS, SMITHY];

/// A model with its configuration: what is attacked.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    /// Where it is from, for people.
    pub(crate) name: String,
    /// Whether the model is Smithy's; botocore's otherwise.
    pub(crate) is_smithy: bool,
    /// The files by their stems.
    pub(crate) files: BTreeMap<&'static str, Value>,
    /// The text of the model, when it is not that of a tree.
    pub(crate) raw: Option<String>,
    /// The service's key in models.toml.
    pub(crate) key: String,
    /// What models.toml says of it.
    pub(crate) config: Configuration,
}

/// What became of a subject.
pub(crate) enum Outcome {
    /// It is refused.
    Refused(Vec<Diagnostic>),
    /// Its files, and what is said about it.
    Accepted(Vec<File>, Vec<Diagnostic>),
}

impl Subject {
    /// A subject of these files.
    pub(crate) fn new(name: String, is_smithy: bool, files: BTreeMap<&'static str, Value>) -> Self {
        let protocol = is_smithy.then(|| "restJson1".to_owned());
        let config = Configuration { is_smithy, api_version: "2020-01-01".to_owned(), protocol, ..Configuration::default() };
        Self { name, is_smithy, files, raw: None, key: "desk".to_owned(), config }
    }

    /// The main file.
    pub(crate) fn model_mut(&mut self) -> Option<&mut Value> {
        self.files.get_mut(if self.is_smithy { SMITHY } else { SERVICE })
    }

    /// Adds a correction, so that there is one.
    pub(crate) fn patch(&mut self, shape: &str, pattern: &str, reason: &str) {
        let patch = Correction { pattern: Some(pattern.to_owned()), reason: reason.to_owned() };
        self.config.patch.insert(shape.to_owned(), patch);
    }

    /// Generates, through the text of models.toml and of the files, as the command does.
    pub(crate) fn generate(&self) -> Outcome {
        let config = match Config::parse("models.toml", &self.config.text(&self.key)) {
            Ok(config) => config,
            Err(diagnostics) => return Outcome::Refused(diagnostics.list),
        };
        let Some((key, config)) = config.service.iter().next() else { return Outcome::Refused(Vec::new()) };
        let folder = format!("models/{key}/{}", config.source.api_version);
        let mut diagnostics = Diagnostics::default();
        let model = self.lower(config, &mut diagnostics);
        let request = Request { key, folder: &folder, config, home: &Crates::of_workspace().into() };
        let package = model.and_then(|model| smithwright::generate(request, model, &mut diagnostics));
        match package {
            Some(package) => Outcome::Accepted(package.files, diagnostics.list),
            None => Outcome::Refused(diagnostics.list),
        }
    }

    fn lower(&self, config: &ServiceConfig, diagnostics: &mut Diagnostics) -> Option<smithwright::ir::Model> {
        let mut texts: BTreeMap<&str, String> = self.files.iter().map(|(stem, value)| (*stem, value.to_string())).collect();
        if let Some(text) = &self.raw {
            texts.insert(if self.is_smithy { SMITHY } else { SERVICE }, text.clone());
        }
        let file = |stem: &'static str| texts.get(stem).map(|text| SourceFile { name: stem, text });
        let (service, protocol) = (config.source.service.as_deref(), config.source.protocol.as_deref());
        if self.is_smithy {
            let sources = SmithySources { model: file(SMITHY)?, service, protocol };
            return smithy::read(&sources, diagnostics);
        }
        let sources = BotocoreSources {
            service: file(SERVICE)?,
            paginators: file(PAGINATORS),
            waiters: file(WAITERS),
            endpoint_rules: file(ENDPOINT_RULES),
            sdk_extras: file(SDK_EXTRAS),
            protocol,
        };
        botocore::read(&sources, diagnostics)
    }
}

/// What a refusal owes whoever reads it: a reason, each with a place and a help, and not more text than anyone can read.
pub(crate) fn check_refusal(diagnostics: &[Diagnostic]) -> Result<(), String> {
    if diagnostics.is_empty() {
        return Err("refused, and nothing says why".to_owned());
    }
    let nameless = |it: &&Diagnostic| it.place.file.is_empty() || it.message.is_empty() || it.help.is_empty();
    if let Some(it) = diagnostics.iter().find(nameless) {
        return Err(format!("a diagnostic without a place, a problem or a help: {it:?}"));
    }
    let size: usize = diagnostics.iter().map(|it| it.message.len() + it.help.len() + it.place.pointer.len()).sum();
    if size > 1_000_000 {
        return Err(format!("{} diagnostics of {size} bytes: nobody reads these", diagnostics.len()));
    }
    Ok(())
}
