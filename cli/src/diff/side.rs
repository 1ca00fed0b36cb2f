//! A model that is named on the command line: in a file, in a folder, or in a package.

use crate::sources::{ModelFile, SERVICE, SMITHY, ServiceFiles, text_of};
use crate::vendor::package::Package;
use anyhow::{Context, bail};
use smithwright::config::{Format, Release, ServiceKey, Source};
use std::path::Path;

/// Where releases are downloaded to.
const DOWNLOADS: &str = "target/botocore";

/// A model's files, read.
pub(super) struct Model {
    /// What reports call it.
    pub(super) label: String,
    /// Its files.
    pub(super) files: ServiceFiles,
}

impl Model {
    /// The model of this name: what is at a path goes before a release of botocore.
    pub(super) fn find(name: &str, service: Option<&str>) -> anyhow::Result<Self> {
        let path = Path::new(name);
        if path.is_file() && path.extension().is_none_or(|ending| ending != "whl") {
            return Self::in_file(name, path, service);
        }
        if path.is_dir() && !is_package(path) {
            return Self::in_folder(name, path, service);
        }
        if path.exists() {
            let package = Package::open(path)?;
            let label = package.version().map_or_else(|| name.to_owned(), |release| format!("botocore {release}"));
            return Self::in_package(&label, package, service);
        }
        match name.parse::<Release>() {
            Ok(release) if name.starts_with(|first: char| first.is_ascii_digit()) => {
                let package = Package::download(&release, Path::new(DOWNLOADS))?;
                Self::in_package(&format!("botocore {release}"), package, service)
            }
            _ => bail!("there is no {name}: name a model's file or folder, a wheel of botocore, or one of its releases"),
        }
    }

    fn in_file(label: &str, path: &Path, service: Option<&str>) -> anyhow::Result<Self> {
        let source = Source { service: service.filter(|name| name.contains('#')).map(str::to_owned), ..Source::default() };
        Ok(Self { label: label.to_owned(), files: ModelFile::at(path).read(&source, None)? })
    }

    /// The model in a folder, or in the newest of its folders that are named for versions.
    fn in_folder(label: &str, folder: &Path, service: Option<&str>) -> anyhow::Result<Self> {
        let held = |folder: &Path| {
            let files = [SERVICE, SMITHY].map(|stem| folder.join(stem).with_added_extension("json"));
            files.into_iter().find(|file| file.is_file())
        };
        if let Some(file) = held(folder) {
            return Self::in_file(label, &file, service);
        }
        let context = || format!("cannot list {}", folder.display());
        let entries = std::fs::read_dir(folder).with_context(context)?;
        let mut versions = entries.map(|entry| Ok(entry.with_context(context)?.path())).collect::<anyhow::Result<Vec<_>>>()?;
        versions.sort();
        match versions.iter().rev().find_map(|version| held(version)) {
            Some(file) => Self::in_file(label, &file, service),
            None => bail!("{} holds no model: neither {SERVICE}.json nor {SMITHY}.json", folder.display()),
        }
    }

    fn in_package(label: &str, mut package: Package, service: Option<&str>) -> anyhow::Result<Self> {
        let Some(service) = service else { bail!("{label} has many services: say which with --service") };
        let key: ServiceKey = service.parse()?;
        let folder = format!("{key}/{}", package.newest_api_version(&key)?);
        let mut read = |file: &str| {
            let name = format!("{folder}/{file}");
            package.read(name.trim_end_matches(".json"))?.map(|bytes| text_of(name, bytes)).transpose()
        };
        let main = read(&format!("{SERVICE}.json"))?.with_context(|| format!("{label} has no {folder}/{SERVICE}.json"))?;
        let files = ServiceFiles::gather(main, Some(Format::Botocore), &Source::default(), read)?;
        Ok(Self { label: label.to_owned(), files })
    }
}

/// Whether a folder was unpacked from a wheel of botocore.
fn is_package(folder: &Path) -> bool {
    Package::open(folder).is_ok()
}
