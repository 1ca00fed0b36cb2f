//! Build scripts: a model becomes modules of the crate that is built, as protobuf's become with prost-build and tonic-build.
//!
//! ```text
//!   build.rs ─ Builder ─ reads ─▶ the rest of this crate, which is pure ─ writes ─▶ OUT_DIR/NAME/
//!                 └─ cargo::rerun-if-changed, cargo::warning, cargo::error ─▶ cargo       │
//!   src/lib.rs ─ smithwright_runtime::include_service!("NAME") ───────────────────────────┘
//! ```

mod error;
mod output;

pub use error::BuildError;

use crate::config::{ServiceConfig, ServiceKey, Source};
use crate::diagnostic::{Diagnostics, Place, Severity};
use crate::frontend::files::{NamedText, ServiceFiles};
use crate::home::{Home, Modules};
use crate::{Request, generate};
use output::Output;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Turns a model into modules, in a build script.
///
/// ```no_run
/// // `main` of build.rs:
/// smithwright::Builder::new().model("model/weather.json").client(true).server(true).compile();
/// ```
///
/// The crate has `smithwright-runtime` as a dependency, with the features `client` and `server` where it has these parts, and
/// this crate as a build dependency. It includes what was made in a module of its choice, where there are `api`, `client` and
/// `server`:
///
/// ```text
/// pub mod weather {
///     smithwright_runtime::include_service!("weather");
/// }
///
/// use weather::{api::GetForecastRequest, client::Client, server::Server};
/// ```
///
/// To leave a part to a feature of the crate, ask for the feature where the part is asked for:
/// `.server(cfg!(feature = "server"))`. The crate's edition is 2024.
#[derive(Clone, Debug, Default)]
#[must_use = "nothing is made before `compile` is called"]
pub struct Builder {
    model: PathBuf,
    name: Option<String>,
    service: Option<String>,
    protocol: Option<String>,
    operations: Vec<String>,
    rename: BTreeMap<String, String>,
    modules: Modules,
    out: Option<PathBuf>,
}

impl Builder {
    /// A builder that makes the API of a model; say which model it is, and what else is wanted.
    pub fn new() -> Self {
        Self::default()
    }

    /// The file of the model, found from the crate's folder: Smithy's JSON AST, or botocore's `service-2.json`, whose neighbours are
    /// read, too.
    pub fn model(self, path: impl Into<PathBuf>) -> Self {
        Self { model: path.into(), ..self }
    }

    /// What `include_service!` calls the service; otherwise the model's own name for it, as `city-weather`.
    pub fn name(self, name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// Whether there is a client. It needs the runtime's feature `client`, and `tls` for HTTP connections of its own.
    pub fn client(self, wanted: bool) -> Self {
        Self { modules: Modules { client: wanted, ..self.modules }, ..self }
    }

    /// Whether there is a server. It needs the runtime's feature `server`.
    pub fn server(self, wanted: bool) -> Self {
        Self { modules: Modules { server: wanted, ..self.modules }, ..self }
    }

    /// The operations to make, with what they need: `["ListUsers", "Create*"]`. All, unless it is said.
    pub fn operations(self, patterns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { operations: patterns.into_iter().map(Into::into).collect(), ..self }
    }

    /// Gives something of the model another name in Rust: a shape (`Shape`), a member (`Shape.Member`), an operation, or a value of an
    /// enum (`Shape.VALUE`). It is what diagnostics propose for `[service.NAME.rename]`.
    pub fn rename(mut self, name: impl Into<String>, rust_name: impl Into<String>) -> Self {
        self.rename.insert(name.into(), rust_name.into());
        self
    }

    /// The shape id of the service, where a Smithy model has several.
    pub fn service(self, id: impl Into<String>) -> Self {
        Self { service: Some(id.into()), ..self }
    }

    /// The protocol that the client speaks, where the service has several, or its model names none: `restJson1`.
    pub fn protocol(self, name: impl Into<String>) -> Self {
        Self { protocol: Some(name.into()), ..self }
    }

    /// The folder that modules are written to; cargo's `OUT_DIR`, where `include_service!` looks, unless it is said.
    pub fn out_dir(self, path: impl Into<PathBuf>) -> Self {
        Self { out: Some(path.into()), ..self }
    }

    /// Makes the modules. What is wrong is told to cargo, which shows it and fails the build.
    pub fn compile(self) {
        if let Err(error) = self.try_compile() {
            error.lines().iter().for_each(|line| println!("cargo::error={line}"));
        }
    }

    /// Makes the modules, and leaves it to the caller what becomes of an error. Warnings are told to cargo.
    ///
    /// # Errors
    ///
    /// The model cannot be read, something in it is wrong, or nothing can be written.
    pub fn try_compile(self) -> Result<(), BuildError> {
        let output = match &self.out {
            Some(folder) => Output::at(folder.clone()),
            None => Output::of_cargo()?,
        };
        let config = self.config()?;
        let files = self.read(&config.source)?;
        let mut diagnostics = Diagnostics::default();
        let package = files.lower(&mut diagnostics).map(|model| {
            let key = match &self.name {
                Some(name) => name.parse()?,
                None => ServiceKey::of_model(&model).map_err(BuildError::NoName)?,
            };
            let request = Request {
                key: &key,
                folder: &self.model.display().to_string(),
                config: &config,
                home: &Home::Modules(self.modules),
            };
            let package = generate(request, model, &mut diagnostics);
            Ok::<_, BuildError>(package.map(|package| (key, package)))
        });
        let package = package.transpose()?.flatten();
        let text_of = |name: &str| files.texts().find(|file| file.name == name).map(|file| file.text.as_str());
        let (errors, warnings): (Vec<_>, Vec<_>) =
            diagnostics.lines(text_of).into_iter().partition(|(severity, _)| *severity == Severity::Error);
        warnings.iter().for_each(|(_, line)| println!("cargo::warning={line}"));
        match package {
            Some((key, package)) if errors.is_empty() => output.write(&key, &package),
            _ => Err(BuildError::Model(errors.into_iter().map(|(_, line)| line).collect())),
        }
    }

    /// What a configuration would say of the service.
    fn config(&self) -> Result<ServiceConfig, BuildError> {
        let operations = self.operations.iter().map(|pattern| pattern.parse()).collect::<Result<_, _>>()?;
        self.rename.iter().try_for_each(|(name, rust)| crate::config::check_rename(name, rust))?;
        let source = Source { service: self.service.clone(), protocol: self.protocol.clone(), ..Source::default() };
        let rename = self.rename.clone();
        Ok(ServiceConfig { place: Place::file("build.rs"), source, operations, rename, ..ServiceConfig::default() })
    }

    /// The model's files, for each of which cargo runs the build script again when it changes.
    fn read(&self, source: &Source) -> Result<ServiceFiles, BuildError> {
        let main = read(&self.model)?;
        ServiceFiles::gather(main, None, source, |file| {
            let path = self.model.with_file_name(file);
            path.exists().then(|| read(&path)).transpose()
        })
    }
}

fn read(path: &Path) -> Result<NamedText, BuildError> {
    let name = path.display().to_string();
    println!("cargo::rerun-if-changed={name}");
    match fs::read_to_string(path) {
        Ok(text) => Ok(NamedText { name, text }),
        Err(error) => Err(BuildError::Read { name, error }),
    }
}
