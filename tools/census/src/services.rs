//! The services that there are, in botocore's folders or as Smithy models.

use anyhow::Context;
use flate2::read::GzDecoder;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// A service.
#[derive(Clone, Debug)]
pub(crate) struct Service {
    /// The name of its folder or file, which its crates are called after.
    pub(crate) name: String,
    /// Where its model is.
    pub(crate) files: Files,
}

/// Where a model is.
#[derive(Clone, Debug)]
pub(crate) enum Files {
    /// The folder of botocore's files.
    Botocore(PathBuf),
    /// Smithy's JSON AST.
    Smithy(PathBuf),
}

/// The services in a folder, by name.
pub(crate) fn find(folder: &Path) -> anyhow::Result<Vec<Service>> {
    let mut services = match folder.join("partitions.json").exists() {
        true => find_botocore(folder)?,
        false => find_smithy(folder)?,
    };
    services.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(services)
}

/// botocore has a folder for each service, and in it one for each version.
fn find_botocore(folder: &Path) -> anyhow::Result<Vec<Service>> {
    let mut services = Vec::new();
    for (name, path) in entries(folder)?.into_iter().filter(|(_, path)| path.is_dir()) {
        let mut versions = entries(&path)?;
        versions.sort();
        if let Some((_, newest)) = versions.pop() {
            services.push(Service { name, files: Files::Botocore(newest) });
        }
    }
    Ok(services)
}

fn find_smithy(folder: &Path) -> anyhow::Result<Vec<Service>> {
    let models = entries(folder)?.into_iter();
    let service = |(name, path): (String, PathBuf)| {
        let name = name.strip_suffix(".json")?.replace(['.', '_', ' '], "-").to_lowercase();
        Some(Service { name, files: Files::Smithy(path) })
    };
    Ok(models.filter_map(service).collect())
}

fn entries(folder: &Path) -> anyhow::Result<Vec<(String, PathBuf)>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let entry = |entry: std::io::Result<fs::DirEntry>| {
        let entry = entry?;
        let name = entry.file_name().into_string().ok().context("a file whose name is not text")?;
        Ok((name, entry.path()))
    };
    entries.map(entry).collect()
}

/// The text of a file, if it is there, compressed or not.
pub(crate) fn read(path: &Path) -> anyhow::Result<Option<String>> {
    if path.exists() {
        return Ok(Some(fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?));
    }
    let compressed = path.with_added_extension("gz");
    if !compressed.exists() {
        return Ok(None);
    }
    let mut text = String::new();
    let bytes = fs::read(&compressed).with_context(|| format!("cannot read {}", compressed.display()))?;
    GzDecoder::new(bytes.as_slice())
        .read_to_string(&mut text)
        .with_context(|| format!("cannot read {}", compressed.display()))?;
    Ok(Some(text))
}
