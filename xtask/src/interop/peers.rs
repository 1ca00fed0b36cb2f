//! Crates of other services, below `target/`: generated from botocore's models, and the programs that stand on them.

use super::program::{Programs, build};
use super::venv::Venv;
use anyhow::Context;
use flate2::read::GzDecoder;
use smithwright::config::{Crates, ServiceConfig, ServiceKey};
use smithwright::diagnostic::{Diagnostics, Severity};
use smithwright::frontend::SourceFile;
use smithwright::frontend::botocore::{self, BotocoreSources};
use smithwright::package::File;
use smithwright_cli::lock::WriteLock;
use smithwright_cli::sync::Output;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

/// Where the sources of the programs are, and what they share.
const PEERS: &str = "tools/peers";

/// A program of `tools/peers/programs`, and the services that it needs.
struct Source {
    /// What the package and the program are called.
    name: String,
    /// Its main file, below the folder of programs.
    main: &'static str,
    /// Its dependencies on generated crates, as lines of a manifest.
    dependencies: String,
}

impl Source {
    /// The proxy of a service. Its source is the same for all: what differs is what the crates are.
    fn proxy(service: &ServiceKey) -> Self {
        let mut dependencies = String::new();
        for role in ["client", "server"] {
            let default = if role == "client" { ", default-features = false" } else { "" };
            let _ = writeln!(
                dependencies,
                "service-{role} = {{ package = \"{service}-{role}\", path = \"../../{service}/{role}\"{default} }}"
            );
        }
        Self { name: proxy_name(service), main: "proxy.rs", dependencies }
    }

    /// A program on several services, of which it needs the API and another crate.
    fn on_all(name: &str, main: &'static str, services: &[ServiceKey], role: &str) -> Self {
        let default = if role == "client" { ", default-features = false" } else { "" };
        let lines = services.iter().map(|service| {
            format!("{service}-api.path = \"../../{service}/api\"\n{service}-{role} = {{ path = \"../../{service}/{role}\"{default} }}\n")
        });
        let dependencies = lines.collect();
        Self { name: name.to_owned(), main, dependencies }
    }

    fn manifest(&self, root: &Path) -> String {
        let Self { name, main, dependencies } = self;
        format!(
            "[package]\nname = \"{name}\"\nversion.workspace = true\nedition.workspace = true\npublish.workspace = true\n\n\
             [lints]\nworkspace = true\n\n[[bin]]\nname = \"{name}\"\npath = {:?}\n\n\
             [dependencies]\npeers.path = {:?}\nsmithwright-runtime.workspace = true\ntokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n{dependencies}",
            root.join(PEERS).join("programs").join(main),
            root.join(PEERS)
        )
    }
}

/// What the proxy of a service is called.
pub(super) fn proxy_name(service: &ServiceKey) -> String {
    format!("{service}-proxy")
}

/// The services of `tools/peers/services.toml`.
pub(super) struct Services {
    /// Those of each change.
    pub(super) short: Vec<ServiceKey>,
    pub(super) all: Vec<ServiceKey>,
    /// Those that have fakes, and that moto's server is asked about.
    pub(super) moto: Vec<ServiceKey>,
}

impl Services {
    /// Reads the file.
    pub(super) fn read(root: &Path) -> anyhow::Result<Self> {
        let path = root.join(PEERS).join("services.toml");
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let document: toml_edit::DocumentMut = text.parse().with_context(|| path.display().to_string())?;
        let list = |key: &str| {
            let names = document[key].as_array().with_context(|| format!("{}: `{key}` is no list", path.display()))?;
            let name = |name: &toml_edit::Value| Ok(name.as_str().context("a service has a name")?.parse()?);
            names.iter().map(name).collect::<anyhow::Result<Vec<ServiceKey>>>()
        };
        Ok(Self { short: list("short")?, all: list("all")?, moto: list("moto")? })
    }
}

/// The program whose generated clients call moto's server.
pub(super) const MOTO: &str = "moto-clients";

/// The program that serves fakes to boto3.
pub(super) const FAKES: &str = "fakes";

/// Builds the proxies of services, and the programs that stand on several, if any.
pub(super) fn programs(root: &Path, venv: &Venv, proxied: &[&ServiceKey], others: &[ServiceKey]) -> anyhow::Result<Programs> {
    let mut sources: Vec<Source> = proxied.iter().map(|service| Source::proxy(service)).collect();
    if !others.is_empty() {
        sources.push(Source::on_all(MOTO, "moto/main.rs", others, "client"));
        sources.push(Source::on_all(FAKES, "fakes/main.rs", others, "server"));
    }
    let services: BTreeSet<&ServiceKey> = proxied.iter().copied().chain(others).collect();
    let folder = write(root, venv, &services.into_iter().collect::<Vec<_>>(), &sources)?;
    let packages: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
    // The folder of the conformance tests: what both depend on is built once.
    build(&folder, &packages, Some(&root.join("target/conformance/target")))
}

/// Writes the workspace: the crates of services, and programs. What does not change keeps its times.
fn write(root: &Path, venv: &Venv, services: &[&ServiceKey], programs: &[Source]) -> anyhow::Result<PathBuf> {
    let folder = root.join("target/peers");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let lock = WriteLock::acquire(&folder)?;
    let (output, models) = (Output::scratch(&folder), venv.package("botocore")?.join("data"));
    output.recover(&lock)?;
    for service in services {
        let files = generate(&models, service).with_context(|| service.to_string())?;
        output.replace(&lock, &[output.compare(service, &files)?])?;
    }
    for program in programs {
        write_if_new(&folder.join("programs").join(&program.name).join("Cargo.toml"), &program.manifest(root))?;
    }
    write_if_new(&folder.join("Cargo.toml"), &workspace(root, services, programs))?;
    // The repository's versions, so that what is tested is what is released.
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).context("cannot copy Cargo.lock")?;
    Ok(folder)
}

fn write_if_new(path: &Path, text: &str) -> anyhow::Result<()> {
    match fs::read_to_string(path) {
        Ok(old) if old == text => return Ok(()),
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error).with_context(|| path.display().to_string()),
        _ => {}
    }
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn workspace(root: &Path, services: &[&ServiceKey], programs: &[Source]) -> String {
    let mut members: Vec<String> =
        services.iter().flat_map(|service| ["api", "client", "server"].map(|role| format!("{service}/{role}"))).collect();
    members.extend(programs.iter().map(|program| format!("programs/{}", program.name)));
    let runtime = root.join("runtime").display().to_string();
    let mut manifest = smithwright::emit::workspace(&members, &runtime, &["warnings"]).to_string();
    // Nobody debugs these programs, and debug information is half of their build.
    manifest += "\n[profile.dev]\ndebug = false\nincremental = false\n";
    manifest
}

fn generate(models: &Path, service: &ServiceKey) -> anyhow::Result<Vec<File>> {
    let files = Model::read(&newest(&models.join(service.as_str()))?)?;
    let (mut diagnostics, config) = (Diagnostics::default(), ServiceConfig::default());
    let model = botocore::read(&files.sources(), &mut diagnostics);
    let request = smithwright::Request { key: service, folder: "models", config: &config, home: &Crates::of_workspace().into() };
    let package = model.and_then(|model| smithwright::generate(request, model, &mut diagnostics));
    diagnostics.list.retain(|diagnostic| diagnostic.severity == Severity::Error);
    Ok(package.with_context(|| format!("nothing is generated: {diagnostics}"))?.files)
}

/// The newest version of a service's model.
fn newest(service: &Path) -> anyhow::Result<PathBuf> {
    let entries = fs::read_dir(service).with_context(|| format!("cannot list {}", service.display()))?;
    let versions = entries.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<Vec<_>>>()?;
    versions.into_iter().max().with_context(|| format!("{} is empty", service.display()))
}

/// The files of a model; botocore compresses the large ones.
struct Model {
    service: Text,
    paginators: Option<Text>,
    waiters: Option<Text>,
    rules: Option<Text>,
    extras: Option<Text>,
}

impl Model {
    fn read(folder: &Path) -> anyhow::Result<Self> {
        Ok(Self {
            service: Text::read(folder, "service-2")?.with_context(|| format!("{} has no service-2", folder.display()))?,
            paginators: Text::read(folder, "paginators-1")?,
            waiters: Text::read(folder, "waiters-2")?,
            rules: Text::read(folder, "endpoint-rule-set-1")?,
            extras: Text::read(folder, "service-2.sdk-extras")?,
        })
    }

    fn sources(&self) -> BotocoreSources<'_> {
        BotocoreSources {
            service: self.service.source(),
            paginators: self.paginators.as_ref().map(Text::source),
            waiters: self.waiters.as_ref().map(Text::source),
            endpoint_rules: self.rules.as_ref().map(Text::source),
            sdk_extras: self.extras.as_ref().map(Text::source),
            protocol: None,
        }
    }
}

struct Text {
    name: String,
    text: String,
}

impl Text {
    /// A file, compressed or not, if it is there.
    fn read(folder: &Path, stem: &str) -> anyhow::Result<Option<Self>> {
        let name = format!("{stem}.json");
        let (plain, compressed) = (folder.join(&name), folder.join(format!("{name}.gz")));
        let mut text = String::new();
        let read = match (plain.exists(), compressed.exists()) {
            (true, _) => fs::File::open(&plain).and_then(|mut file| file.read_to_string(&mut text)),
            (_, true) => fs::File::open(&compressed).and_then(|file| GzDecoder::new(file).read_to_string(&mut text)),
            (false, false) => return Ok(None),
        };
        read.with_context(|| format!("cannot read {}", plain.display()))?;
        Ok(Some(Self { name, text }))
    }

    fn source(&self) -> SourceFile<'_> {
        SourceFile { name: &self.name, text: &self.text }
    }
}
