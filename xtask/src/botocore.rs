//! The botocore package: a wheel, or a folder that was unpacked from one.

use anyhow::{Context, bail};
use flate2::read::GzDecoder;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use zip::ZipArchive;
use zip::result::ZipError;

/// Where the models are inside of a package.
const DATA: &str = "botocore/data";

/// A botocore package.
pub(crate) enum Package {
    /// A `.whl` file.
    Wheel {
        /// Where it is.
        path: PathBuf,
        /// What is in it.
        archive: ZipArchive<File>,
    },
    /// The folder that holds a folder a service.
    Folder(PathBuf),
}

impl Package {
    /// Opens a wheel, or a folder that holds `botocore/data`, `data` or the services themselves.
    pub(crate) fn open(path: &Path) -> anyhow::Result<Self> {
        if path.is_dir() {
            let candidates = [path.join(DATA), path.join("data"), path.to_owned()];
            let is_data = |folder: &PathBuf| folder.join("partitions.json").exists();
            return match candidates.into_iter().find(is_data) {
                Some(folder) => Ok(Self::Folder(folder)),
                None => bail!("{} holds no botocore data (looked for {DATA}, data and partitions.json)", path.display()),
            };
        }
        let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
        let archive = ZipArchive::new(file).with_context(|| format!("{} is no wheel", path.display()))?;
        Ok(Self::Wheel { path: path.to_owned(), archive })
    }

    /// Has pip download a release, unless that is there already.
    pub(crate) fn download(version: &str, folder: &Path) -> anyhow::Result<Self> {
        let wheel = folder.join(format!("botocore-{version}-py3-none-any.whl"));
        if !wheel.exists() {
            let requirement = format!("botocore=={version}");
            let arguments = ["-m", "pip", "download", "--quiet", "--no-deps", &requirement, "-d"];
            let status = Command::new("python3").args(arguments).arg(folder).status().context("cannot run python3")?;
            if !status.success() {
                bail!("pip cannot download botocore {version}: see above");
            }
        }
        Self::open(&wheel)
    }

    /// The version that a wheel's name says.
    pub(crate) fn version(&self) -> Option<&str> {
        match self {
            Self::Wheel { path, .. } => path.file_name()?.to_str()?.split('-').nth(1),
            Self::Folder(_) => None,
        }
    }

    /// The newest API version of a service.
    pub(crate) fn newest_api_version(&self, service: &str) -> anyhow::Result<String> {
        let versions = match self {
            Self::Wheel { archive, .. } => wheel_versions(archive, service),
            Self::Folder(folder) => folder_versions(&folder.join(service))?,
        };
        match versions.into_iter().next_back() {
            Some(version) => Ok(version),
            None => bail!("{} has no service `{service}`", self.display()),
        }
    }

    /// Reads `{name}.json`, compressed or not.
    pub(crate) fn read(&mut self, name: &str) -> anyhow::Result<Option<Vec<u8>>> {
        if let Some(bytes) = self.read_file(&format!("{name}.json"))? {
            return Ok(Some(bytes));
        }
        let Some(compressed) = self.read_file(&format!("{name}.json.gz"))? else { return Ok(None) };
        let mut bytes = Vec::new();
        GzDecoder::new(compressed.as_slice())
            .read_to_end(&mut bytes)
            .with_context(|| format!("cannot decompress {name}.json.gz of {}", self.display()))?;
        Ok(Some(bytes))
    }

    /// The package as a user knows it.
    pub(crate) fn display(&self) -> std::path::Display<'_> {
        match self {
            Self::Wheel { path, .. } | Self::Folder(path) => path.display(),
        }
    }

    fn read_file(&mut self, name: &str) -> anyhow::Result<Option<Vec<u8>>> {
        match self {
            Self::Wheel { path, archive } => {
                let context = || format!("cannot read {name} of {}", path.display());
                let mut file = match archive.by_name(&format!("{DATA}/{name}")) {
                    Ok(file) => file,
                    Err(ZipError::FileNotFound) => return Ok(None),
                    Err(error) => return Err(error).with_context(context),
                };
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes).with_context(context)?;
                Ok(Some(bytes))
            }
            Self::Folder(folder) => {
                let path = folder.join(name);
                if !path.exists() {
                    return Ok(None);
                }
                fs::read(&path).map(Some).with_context(|| format!("cannot read {}", path.display()))
            }
        }
    }
}

fn wheel_versions(archive: &ZipArchive<File>, service: &str) -> BTreeSet<String> {
    let prefix = format!("{DATA}/{service}/");
    let version = |name: &str| Some(name.strip_prefix(&prefix)?.split_once('/')?.0.to_owned());
    archive.file_names().filter_map(version).collect()
}

fn folder_versions(folder: &Path) -> anyhow::Result<BTreeSet<String>> {
    if !folder.is_dir() {
        return Ok(BTreeSet::new());
    }
    let context = || format!("cannot list {}", folder.display());
    let mut versions = BTreeSet::new();
    for entry in fs::read_dir(folder).with_context(context)? {
        let entry = entry.with_context(context)?;
        if entry.path().is_dir() {
            versions.extend(entry.file_name().into_string().ok());
        }
    }
    Ok(versions)
}
