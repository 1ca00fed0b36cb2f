//! `smithwright vendor`: takes the facts of a service's model from the botocore package.

mod changelog;
pub mod package;
mod tidy;

use crate::lock::WriteLock;
use crate::project::Project;
use crate::sources::{ENDPOINT_RULES, MODELS, PAGINATORS, PARTITIONS, SDK_EXTRAS, SERVICE, WAITERS};
use crate::sync::{Kind, kind_of};
use anyhow::{Context, bail};
use package::Package;
use sha2::{Digest, Sha256};
use smithwright::config::{ApiVersion, Config, Format, Release, ServiceConfig, ServiceKey};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tidy::{FileKind, tidy};
use toml_edit::{DocumentMut, Item, Table, value};

/// The package that models come from.
const PACKAGE: &str = "botocore";

/// The release that is taken for a service that the configuration does not know yet.
const DEFAULT_VERSION: &str = "1.44.5";

/// Where a file is written before it takes its place, below `models/`. A task that was killed leaves it to the next.
const STAGED: &str = ".staged";

/// Options of the command.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The service, as botocore calls it: `connect`.
    pub service: ServiceKey,
    /// The release of botocore; the one in the configuration when it is not given.
    #[arg(long, value_name = "X")]
    pub version: Option<Release>,
    /// A wheel of botocore, or a folder that was unpacked from one; downloaded by pip when it is not given.
    #[arg(long, value_name = "WHEEL_OR_DIR")]
    pub from: Option<PathBuf>,
}

/// What is recorded of a model.
struct Origin {
    release: Release,
    api_version: ApiVersion,
    sha256: BTreeMap<String, String>,
}

/// Takes a service's model from the botocore package. Files go first, then the configuration, and last what is stale, so
/// that an update that is cut off leaves a configuration whose files are there.
pub fn run(project: &Project, options: &Options) -> anyhow::Result<ExitCode> {
    let root = project.root();
    let _lock = WriteLock::acquire(root)?;
    let models = Models::read(project)?;
    let (mut package, release) = open_package(root, options, models.release_of(&options.service)?)?;
    let api_version = package.newest_api_version(&options.service)?;
    let files = tidied_files(&mut package, &options.service, &api_version)?;
    let sha256 = files.iter().map(|(path, bytes)| (path.clone(), hex_digest(bytes))).collect();
    refuse_links(root, &options.service, &api_version)?;
    let update = changelog::Update::of(project, &models.config()?, &options.service, &release, &files);
    for (path, bytes) in &files {
        write_if_changed(root, &root.join(MODELS).join(path), bytes)?;
    }
    println!("{} is that of {PACKAGE} {release}", options.service);
    models.record(root, &options.service, &Origin { release, api_version, sha256 })?;
    remove_stale(root, &options.service, &files)?;
    if let Some(update) = update {
        update.tell(root, &options.service)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Opens what `--from` and `--version` ask for.
fn open_package(root: &Path, options: &Options, recorded: Option<Release>) -> anyhow::Result<(Package, Release)> {
    let asked = options.version.clone();
    let Some(path) = &options.from else {
        let release = asked.or(recorded).map_or_else(|| DEFAULT_VERSION.parse(), Ok)?;
        let package = Package::download(&release, &root.join("target").join(PACKAGE))?;
        return Ok((package, release));
    };
    let package = Package::open(path)?;
    let found: Option<Release> = package.version().map(str::parse).transpose()?;
    if let (Some(asked), Some(found)) = (&asked, &found)
        && asked != found
    {
        bail!("{} is botocore {found}, not {asked}", path.display());
    }
    match found.or(asked) {
        Some(release) => Ok((package, release)),
        None => bail!("a folder does not say which release it is: add --version"),
    }
}

/// The files to vendor, by their path below `models/`.
fn tidied_files(
    package: &mut Package,
    service: &ServiceKey,
    api_version: &ApiVersion,
) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let folder = format!("{service}/{api_version}");
    let mut files = BTreeMap::new();
    for stem in [SERVICE, PAGINATORS, ENDPOINT_RULES, SDK_EXTRAS] {
        add_file(&format!("{folder}/{stem}"), FileKind::Service, package, &mut files)?;
    }
    add_file(&format!("{folder}/{WAITERS}"), FileKind::Waiters, package, &mut files)?;
    add_file(PARTITIONS, FileKind::Partitions, package, &mut files)?;
    if !files.contains_key(&format!("{folder}/{SERVICE}.json")) {
        bail!("{} has no {folder}/{SERVICE}.json", package.display());
    }
    Ok(files)
}

fn add_file(name: &str, kind: FileKind, package: &mut Package, files: &mut BTreeMap<String, Vec<u8>>) -> anyhow::Result<()> {
    if let Some(bytes) = package.read(name)? {
        let tidied = tidy(&bytes, kind).with_context(|| format!("{name}.json of {}", package.display()))?;
        files.insert(format!("{name}.json"), tidied);
    }
    Ok(())
}

/// Nothing is written or deleted behind a link: it may lead anywhere.
fn refuse_links(root: &Path, service: &ServiceKey, api_version: &ApiVersion) -> anyhow::Result<()> {
    let models = root.join(MODELS);
    let folder = models.join(service.as_str());
    let version = folder.join(api_version.as_str());
    for path in [models, folder, version] {
        if kind_of(&path)? == Some(Kind::Link) {
            bail!("{} is a symbolic link, and would be followed: put a folder there", path.display());
        }
    }
    Ok(())
}

/// Writes a file at once: whoever reads it, and whenever the task ends, it is the old one or the new.
fn write_if_changed(root: &Path, path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    }
    let staged = root.join(MODELS).join(STAGED);
    if kind_of(&staged)?.is_some() {
        fs::remove_file(&staged).with_context(|| format!("cannot remove {}", staged.display()))?;
    }
    let written =
        fs::File::create_new(&staged).and_then(|mut file| file.write_all(bytes)).and_then(|()| fs::rename(&staged, path));
    if written.is_err() {
        // What it says about why comes from the write; what cannot be removed now is removed by the next update.
        let _ = fs::remove_file(&staged);
    }
    written.with_context(|| format!("cannot write {}", path.display()))?;
    println!("wrote {}", path.display());
    Ok(())
}

/// Removes vendored files of the service that its model has no more: an older API version, a dropped paginator file.
fn remove_stale(root: &Path, service: &ServiceKey, files: &BTreeMap<String, Vec<u8>>) -> anyhow::Result<()> {
    for version in list(&root.join(MODELS).join(service.as_str()), Kind::Folder)? {
        for path in list(&version, Kind::File)? {
            let is_json = path.extension().is_some_and(|extension| extension == "json");
            let is_fresh = files.keys().any(|name| root.join(MODELS).join(name) == path);
            if is_json && !is_fresh {
                fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
                println!("removed {}", path.display());
            }
        }
        let is_empty = fs::read_dir(&version).is_ok_and(|mut entries| entries.next().is_none());
        if is_empty {
            fs::remove_dir(&version).with_context(|| format!("cannot remove {}", version.display()))?;
        }
    }
    Ok(())
}

/// What is in a folder and of this kind itself: a link is neither folder nor file.
fn list(folder: &Path, kind: Kind) -> anyhow::Result<Vec<PathBuf>> {
    let context = || format!("cannot list {}", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).with_context(context)? {
        let path = entry.with_context(context)?.path();
        paths.extend((kind_of(&path)? == Some(kind)).then_some(path));
    }
    Ok(paths)
}

fn hex_digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The configuration, as text that people edit.
struct Models {
    path: PathBuf,
    file: &'static str,
    text: String,
}

impl Models {
    fn read(project: &Project) -> anyhow::Result<Self> {
        let path = project.root().join(project.file());
        let text = match path.exists() {
            true => fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?,
            false => String::new(),
        };
        Ok(Self { path, file: project.file(), text })
    }

    fn config(&self) -> anyhow::Result<Config> {
        Ok(Config::parse(self.file, &self.text)?)
    }

    fn release_of(&self, service: &ServiceKey) -> anyhow::Result<Option<Release>> {
        let config = self.config()?;
        let Some(ServiceConfig { source, .. }) = config.service.get(service) else { return Ok(None) };
        let is_elsewhere = source.file.is_some() || source.format == Some(Format::Smithy);
        if is_elsewhere {
            bail!("the model of `{service}` is not of {PACKAGE}: replace its file");
        }
        Ok(source.version.clone())
    }

    /// Writes where a service's model comes from, and leaves everything else as it is.
    fn record(&self, root: &Path, service: &ServiceKey, origin: &Origin) -> anyhow::Result<()> {
        let context = || format!("{} is not valid", self.path.display());
        let mut document: DocumentMut = self.text.parse().with_context(context)?;
        let services = child_table(document.as_table_mut(), "service").with_context(context)?;
        services.set_implicit(true);
        let entry = child_table(services, service.as_str()).with_context(context)?;
        entry.set_implicit(true);
        let recorded = child_table(entry, "source").with_context(context)?;
        set(recorded, "package", PACKAGE);
        set(recorded, "version", origin.release.as_str());
        set(recorded, "api_version", origin.api_version.as_str());
        let sums = child_table(recorded, "sha256").with_context(context)?;
        sums.retain(|path, _| origin.sha256.contains_key(path));
        for (path, sum) in &origin.sha256 {
            set(sums, path, sum);
        }
        write_if_changed(root, &self.path, document.to_string().as_bytes())
    }
}

fn child_table<'t>(table: &'t mut Table, key: &str) -> anyhow::Result<&'t mut Table> {
    let item = table.entry(key).or_insert_with(|| Item::Table(Table::new()));
    item.as_table_mut().with_context(|| format!("`{key}` is not a table"))
}

/// Sets a string; a value that is there already keeps its comments.
fn set(table: &mut Table, key: &str, text: &str) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) if old.as_str() == Some(text) => {}
        Some(old) => {
            let decor = old.decor().clone();
            *old = text.into();
            *old.decor_mut() = decor;
        }
        None => drop(table.insert(key, value(text))),
    }
}
