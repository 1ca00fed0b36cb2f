//! The botocore package: a wheel, or a folder that was unpacked from one.

use anyhow::{Context, bail};
use flate2::read::GzDecoder;
use smithwright::config::{ApiVersion, Release, ServiceKey};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::Command;
use zip::ZipArchive;
use zip::result::ZipError;

/// Where the models are inside of a package.
const DATA: &str = "botocore/data";

/// The largest file that is read, in bytes, decompressed. The largest model has 4 MB; what is larger by far is an archive that was
/// made to fill the memory.
const LARGEST: u64 = 64 << 20;

/// A botocore package. It is looked into by names of our own making: nothing is extracted, so no name in it says where to write.
pub enum Package {
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
    pub fn open(path: &Path) -> anyhow::Result<Self> {
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
    pub fn download(version: &Release, folder: &Path) -> anyhow::Result<Self> {
        let wheel = folder.join(format!("botocore-{version}-py3-none-any.whl"));
        if !wheel.exists() {
            let requirement = format!("botocore=={version}");
            let arguments = ["-m", "pip", "download", "--quiet", "--no-deps", &requirement, "-d"];
            let output = Command::new("python3").args(arguments).arg(folder).output().context("cannot run python3")?;
            if !output.status.success() {
                // Before its last line, it lists all releases that there are.
                let said = String::from_utf8_lossy(&output.stderr);
                let reason = said.lines().rev().find_map(|line| line.strip_prefix("ERROR: ")).unwrap_or("it does not say why");
                bail!("pip cannot download botocore {version}: {reason}");
            }
        }
        Self::open(&wheel)
    }

    /// The version that a wheel's name says.
    pub fn version(&self) -> Option<&str> {
        match self {
            Self::Wheel { path, .. } => path.file_name()?.to_str()?.split('-').nth(1),
            Self::Folder(_) => None,
        }
    }

    /// The newest API version of a service.
    pub fn newest_api_version(&self, service: &ServiceKey) -> anyhow::Result<ApiVersion> {
        let versions = match self {
            Self::Wheel { archive, .. } => wheel_versions(archive, service),
            Self::Folder(folder) => folder_versions(&folder.join(service.as_str()))?,
        };
        // What is no version's name is somebody else's folder.
        match versions.iter().rev().find_map(|name| name.parse().ok()) {
            Some(version) => Ok(version),
            None => bail!("{} has no service `{service}`", self.display()),
        }
    }

    /// Reads `{name}.json`, compressed or not.
    pub fn read(&mut self, name: &str) -> anyhow::Result<Option<Vec<u8>>> {
        if let Some(bytes) = self.read_file(&format!("{name}.json"))? {
            return Ok(Some(bytes));
        }
        let Some(compressed) = self.read_file(&format!("{name}.json.gz"))? else { return Ok(None) };
        let bytes = read_bounded(GzDecoder::new(compressed.as_slice()));
        bytes.map(Some).with_context(|| format!("cannot decompress {name}.json.gz of {}", self.display()))
    }

    /// The package as a user knows it.
    pub fn display(&self) -> std::path::Display<'_> {
        match self {
            Self::Wheel { path, .. } | Self::Folder(path) => path.display(),
        }
    }

    fn read_file(&mut self, name: &str) -> anyhow::Result<Option<Vec<u8>>> {
        match self {
            Self::Wheel { path, archive } => {
                let context = || format!("cannot read {name} of {}", path.display());
                let file = match archive.by_name(&format!("{DATA}/{name}")) {
                    Ok(file) => file,
                    Err(ZipError::FileNotFound) => return Ok(None),
                    Err(error) => return Err(error).with_context(context),
                };
                if file.is_symlink() {
                    bail!("{} is a symbolic link in {}", name, path.display());
                }
                read_bounded(file).map(Some).with_context(context)
            }
            Self::Folder(folder) => {
                let path = folder.join(name);
                if !path.exists() {
                    return Ok(None);
                }
                let context = || format!("cannot read {}", path.display());
                if !fs::metadata(&path).with_context(context)?.is_file() {
                    bail!("{} is not a file", path.display());
                }
                read_bounded(File::open(&path).with_context(context)?).map(Some).with_context(context)
            }
        }
    }
}

/// Reads to the end, unless that is too far.
fn read_bounded(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(LARGEST + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > LARGEST {
        true => Err(io::Error::other(format!("it has more than {} MiB", LARGEST >> 20))),
        false => Ok(bytes),
    }
}

fn wheel_versions(archive: &ZipArchive<File>, service: &ServiceKey) -> BTreeSet<String> {
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
