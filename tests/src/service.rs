//! Services to generate from: Connect as it is vendored, and fixtures.

use anyhow::{Context, anyhow};
use smithwright::config::{Config, Crates, ServiceConfig, ServiceKey, Source};
use smithwright::diagnostic::Diagnostics;
use smithwright::frontend::SourceFile;
use smithwright::frontend::botocore::{self, BotocoreSources};
use smithwright::frontend::smithy::{self, SmithySources};
use smithwright::home::{Home, Modules};
use smithwright::ir::Model;
use smithwright::package::Package;
use smithwright::{Request, generate, pass};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The model's file, without its ending: botocore's goes before Smithy's.
const BOTOCORE: &str = "service-2";
const SMITHY: &str = "model";

/// A service's files and settings, read.
#[derive(Clone, Debug)]
pub struct Service {
    /// What the command calls it.
    pub key: ServiceKey,
    folder: String,
    config: ServiceConfig,
    home: Home,
    /// Name and text, by the name without its ending.
    files: BTreeMap<String, (String, String)>,
}

/// What came of a service: the result, unless there were errors, and what was found.
#[derive(Clone, Debug)]
pub struct Outcome<T> {
    /// The result.
    pub result: Option<T>,
    /// What was found.
    pub diagnostics: Diagnostics,
}

impl<T> Outcome<T> {
    /// The result, or what is wrong.
    pub fn into_result(self) -> anyhow::Result<T> {
        let Self { result, diagnostics } = self;
        result.ok_or_else(|| anyhow!("{diagnostics}"))
    }
}

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The names of the folders in one of this crate's, sorted.
pub fn folders(parent: &str) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in read_dir(&Path::new(env!("CARGO_MANIFEST_DIR")).join(parent))? {
        if entry.is_dir() {
            names.push(file_name(&entry));
        }
    }
    names.sort();
    Ok(names)
}

impl Service {
    /// Amazon Connect, as `cargo xtask codegen` reads it.
    pub fn connect() -> anyhow::Result<Self> {
        let models = root().join("models");
        let mut config = Config::parse("models/models.toml", &read(&models.join("models.toml"))?)?;
        let home = config.crates.into();
        let config = config.service.remove("connect").context("models.toml has no service `connect`")?;
        let folder = format!("models/connect/{}", config.source.api_version);
        let files = read_files(&root().join(&folder), &folder)?;
        Ok(Self { key: "connect".parse()?, folder, config, home, files })
    }

    /// A fixture: `fixtures/enum` or `fixtures-broken/not-json`. A `models.toml` in its folder is used.
    pub fn fixture(parent: &str, name: &str) -> anyhow::Result<Self> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(parent).join(name);
        let settings = path.join("models.toml");
        let mut config = if settings.exists() { Config::parse("models.toml", &read(&settings)?)? } else { Config::default() };
        Ok(Self {
            key: name.parse()?,
            folder: format!("tests/{parent}/{name}"),
            config: config.service.remove(name).unwrap_or_default(),
            home: Crates::of_workspace().into(),
            files: read_files(&path, name)?,
        })
    }

    /// The same service, of which these operations alone are generated.
    pub fn with_operations(mut self, patterns: &[&str]) -> anyhow::Result<Self> {
        self.config.operations = patterns.iter().map(|pattern| pattern.parse()).collect::<Result<_, _>>()?;
        Ok(self)
    }

    /// The same service, as modules of a crate.
    pub fn into_modules(self) -> Self {
        Self { home: Home::Modules(Modules { client: true, server: true }), ..self }
    }

    /// Whether the same is there as a Smithy model.
    pub fn has_twin(&self) -> bool {
        self.files.contains_key(SMITHY)
    }

    /// The Smithy model of what is there for botocore too.
    pub fn into_twin(mut self) -> Self {
        self.files.remove(BOTOCORE);
        self
    }

    /// The model, as passes leave it.
    pub fn refine(&self) -> Outcome<Model> {
        let mut diagnostics = Diagnostics::default();
        let mut result = self.lower(&mut diagnostics);
        if let Some(model) = &mut result {
            pass::run(model, &self.config, &mut diagnostics);
        }
        Outcome { result, diagnostics }
    }

    /// The crates.
    pub fn generate(&self) -> Outcome<Package> {
        let mut diagnostics = Diagnostics::default();
        let request = Request { key: &self.key, folder: &self.folder, config: &self.config, home: &self.home };
        let result = self.lower(&mut diagnostics).and_then(|model| generate(request, model, &mut diagnostics));
        Outcome { result, diagnostics }
    }

    fn lower(&self, diagnostics: &mut Diagnostics) -> Option<Model> {
        let file = |stem: &str| self.files.get(stem).map(|(name, text)| SourceFile { name, text });
        let Source { service: shape, protocol, .. } = &self.config.source;
        let Some(service) = file(BOTOCORE) else {
            let sources = SmithySources { model: file(SMITHY)?, service: shape.as_deref(), protocol: protocol.as_deref() };
            return smithy::read(&sources, diagnostics);
        };
        let sources = BotocoreSources {
            service,
            paginators: file("paginators-1"),
            waiters: file("waiters-2"),
            endpoint_rules: file("endpoint-rule-set-1"),
            sdk_extras: file("service-2.sdk-extras"),
            protocol: protocol.as_deref(),
        };
        botocore::read(&sources, diagnostics)
    }
}

/// The JSON files of a folder, named as if they were in `folder`.
fn read_files(path: &Path, folder: &str) -> anyhow::Result<BTreeMap<String, (String, String)>> {
    let mut files = BTreeMap::new();
    for entry in read_dir(path)? {
        let name = file_name(&entry);
        if let Some(stem) = name.strip_suffix(".json") {
            files.insert(stem.to_owned(), (format!("{folder}/{name}"), read(&entry)?));
        }
    }
    Ok(files)
}

fn read_dir(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))?;
    entries.map(|entry| Ok(entry?.path())).collect()
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
