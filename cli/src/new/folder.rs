//! The folder of a new service: empty before, whole after, or as it was.

use anyhow::{Context, bail};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use toml_edit::DocumentMut;

/// What may be in a folder that is empty otherwise: whoever makes a repository first, has one.
const REPOSITORY: &str = ".git";

/// A folder that holds nothing, or is not there.
pub(super) struct Folder {
    path: PathBuf,
    is_there: bool,
}

impl Folder {
    /// A folder, of which it is seen that it is empty.
    pub(super) fn empty(path: PathBuf) -> anyhow::Result<Self> {
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self { path, is_there: false }),
            Err(error) => return Err(error).with_context(|| format!("{} is no folder that can be read", path.display())),
        };
        for entry in entries {
            let name = entry.with_context(|| format!("cannot read {}", path.display()))?.file_name();
            if name != REPOSITORY {
                let name = name.display();
                bail!("{} holds {name}: name a folder that is empty, or not there yet (`--out`)", path.display());
            }
        }
        Ok(Self { path, is_there: true })
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The manifest of a workspace above, which cargo would take the folder for a part of.
    pub(super) fn workspace(&self) -> anyhow::Result<Option<PathBuf>> {
        let path = std::path::absolute(&self.path)?;
        let manifests = path.ancestors().skip(1).map(|folder| folder.join("Cargo.toml"));
        let is_workspace = |path: &PathBuf| {
            let manifest = fs::read_to_string(path).ok().and_then(|text| text.parse::<DocumentMut>().ok());
            manifest.is_some_and(|manifest| manifest.contains_key("workspace"))
        };
        Ok(manifests.into_iter().find(is_workspace))
    }

    /// Writes files into it. If one cannot be written, those before it go again.
    pub(super) fn fill(&self, files: &[(&str, String)]) -> anyhow::Result<()> {
        let written = self.write(files);
        if written.is_err() {
            // Why it failed is said; what cannot be removed either is empty folders or files of ours.
            let _ = self.undo(files);
        }
        written
    }

    fn write(&self, files: &[(&str, String)]) -> anyhow::Result<()> {
        for (path, text) in files {
            let path = self.path.join(path);
            let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
            folder
                .and_then(|()| fs::File::create_new(&path)?.write_all(text.as_bytes()))
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok(())
    }

    fn undo(&self, files: &[(&str, String)]) -> io::Result<()> {
        if !self.is_there {
            return fs::remove_dir_all(&self.path);
        }
        for (path, _) in files {
            let path = self.path.join(path);
            let _ = fs::remove_file(&path);
            if let Some(folder) = path.parent().filter(|folder| *folder != self.path) {
                let _ = fs::remove_dir(folder);
            }
        }
        Ok(())
    }
}
