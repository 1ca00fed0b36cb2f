//! `cargo xtask models update`: vendors the facts of a service's model.

use crate::botocore::Package;
use crate::sources::{ENDPOINT_RULES, MODELS, PAGINATORS, PARTITIONS, SDK_EXTRAS, SERVICE, WAITERS, config_path};
use crate::tidy::{FileKind, tidy};
use anyhow::{Context, bail};
use sha2::{Digest, Sha256};
use smithwright::config::{Config, Format, Source};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use toml_edit::{DocumentMut, Item, Table, value};

/// The package that models come from.
const PACKAGE: &str = "botocore";

/// The release that is taken for a service that models.toml does not know yet.
const DEFAULT_VERSION: &str = "1.44.5";

/// Options of `cargo xtask models update`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The service, as botocore calls it: `connect`.
    service: String,
    /// The release of botocore; the one in models.toml when it is not given.
    #[arg(long, value_name = "X")]
    version: Option<String>,
    /// A wheel of botocore, or a folder that was unpacked from one; downloaded by pip when it is not given.
    #[arg(long, value_name = "WHEEL_OR_DIR")]
    from: Option<PathBuf>,
}

/// Takes a service's model from the botocore package.
pub(crate) fn update(root: &Path, options: &Options) -> anyhow::Result<ExitCode> {
    let models = Models::read(root)?;
    let (mut package, version) = open_package(root, options, models.version_of(&options.service)?)?;
    let api_version = package.newest_api_version(&options.service)?;
    let files = tidied_files(&mut package, &options.service, &api_version)?;
    let sha256 = files.iter().map(|(path, bytes)| (path.clone(), hex_digest(bytes))).collect();
    for (path, bytes) in &files {
        write_if_changed(&root.join(MODELS).join(path), bytes)?;
    }
    remove_stale(root, &options.service, &files)?;
    println!("{} is that of {PACKAGE} {version}", options.service);
    let package = PACKAGE.to_owned();
    models.record(&options.service, &Source { package, version, api_version, sha256, ..Source::default() })?;
    Ok(ExitCode::SUCCESS)
}

/// Opens what `--from` and `--version` ask for.
fn open_package(root: &Path, options: &Options, recorded: Option<String>) -> anyhow::Result<(Package, String)> {
    let asked = options.version.clone();
    let Some(path) = &options.from else {
        let version = asked.or(recorded).unwrap_or_else(|| DEFAULT_VERSION.to_owned());
        let package = Package::download(&version, &root.join("target").join(PACKAGE))?;
        return Ok((package, version));
    };
    let package = Package::open(path)?;
    let found = package.version().map(str::to_owned);
    if let (Some(asked), Some(found)) = (&asked, &found)
        && asked != found
    {
        bail!("{} is botocore {found}, not {asked}", path.display());
    }
    match found.or(asked) {
        Some(version) => Ok((package, version)),
        None => bail!("a folder does not say which release it is: add --version"),
    }
}

/// The files to vendor, by their path below `models/`.
fn tidied_files(package: &mut Package, service: &str, api_version: &str) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let folder = format!("{service}/{api_version}");
    let mut files = BTreeMap::new();
    for stem in [SERVICE, PAGINATORS, WAITERS, ENDPOINT_RULES, SDK_EXTRAS] {
        add_file(&format!("{folder}/{stem}"), FileKind::Service, package, &mut files)?;
    }
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

fn write_if_changed(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    }
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    println!("wrote {}", path.display());
    Ok(())
}

/// Removes vendored files of the service that its model has no more: an older API version, a dropped paginator file.
fn remove_stale(root: &Path, service: &str, files: &BTreeMap<String, Vec<u8>>) -> anyhow::Result<()> {
    let folder = root.join(MODELS).join(service);
    for version in list(&folder)? {
        for path in list(&version)? {
            let is_json = path.extension().is_some_and(|extension| extension == "json");
            let is_fresh = files.keys().any(|name| root.join(MODELS).join(name) == path);
            if is_json && !is_fresh {
                fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
                println!("removed {}", path.display());
            }
        }
        if list(&version)?.is_empty() {
            fs::remove_dir(&version).with_context(|| format!("cannot remove {}", version.display()))?;
        }
    }
    Ok(())
}

fn list(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let context = || format!("cannot list {}", folder.display());
    let entries = fs::read_dir(folder).with_context(context)?;
    entries.map(|entry| Ok(entry.with_context(context)?.path())).collect()
}

fn hex_digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `models.toml`, as text that people edit.
struct Models {
    path: PathBuf,
    text: String,
}

impl Models {
    fn read(root: &Path) -> anyhow::Result<Self> {
        let path = config_path(root);
        let text = match path.exists() {
            true => fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?,
            false => String::new(),
        };
        Ok(Self { path, text })
    }

    fn version_of(&self, service: &str) -> anyhow::Result<Option<String>> {
        let config = Config::parse(&self.text).with_context(|| format!("{} is not valid", self.path.display()))?;
        let Some(service) = config.service.get(service) else { return Ok(None) };
        if service.source.format != Format::Botocore {
            bail!("the model of `{}` is not botocore's: replace its file in {MODELS}/", service.name);
        }
        Ok(Some(service.source.version.clone()))
    }

    /// Writes where a service's model comes from, and leaves everything else as it is.
    fn record(&self, service: &str, source: &Source) -> anyhow::Result<()> {
        let context = || format!("{} is not valid", self.path.display());
        let mut document: DocumentMut = self.text.parse().with_context(context)?;
        let services = child_table(document.as_table_mut(), "service").with_context(context)?;
        services.set_implicit(true);
        let entry = child_table(services, service).with_context(context)?;
        entry.set_implicit(true);
        let recorded = child_table(entry, "source").with_context(context)?;
        set(recorded, "package", &source.package);
        set(recorded, "version", &source.version);
        set(recorded, "api_version", &source.api_version);
        let sums = child_table(recorded, "sha256").with_context(context)?;
        sums.retain(|path, _| source.sha256.contains_key(path));
        for (path, sum) in &source.sha256 {
            set(sums, path, sum);
        }
        write_if_changed(&self.path, document.to_string().as_bytes())
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
