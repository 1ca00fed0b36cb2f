//! A project: where its configuration is, its models are, and its crates go.

use anyhow::{Context, bail};
use smithwright::config::Config;
use std::fs;
use std::path::{Path, PathBuf};

/// The file of a project.
const FILE: &str = "smithwright.toml";

/// The same, of a project that keeps it beside its models, as this repository does.
const BESIDE_MODELS: &str = "models/models.toml";

/// A project on a disk.
#[derive(Clone, Debug)]
pub struct Project {
    root: PathBuf,
    file: &'static str,
}

impl Project {
    /// The project of a folder, or of its configuration.
    ///
    /// # Errors
    ///
    /// There is no configuration.
    pub fn at(path: &Path) -> anyhow::Result<Self> {
        let files = [FILE, BESIDE_MODELS];
        let named = files.into_iter().find_map(|file| Some(Self { root: above(path, file)?, file }));
        let held = || files.into_iter().find(|file| path.join(file).is_file()).map(|file| Self { root: path.to_owned(), file });
        match named.or_else(held) {
            Some(project) => Ok(project),
            None => bail!("{} holds no {FILE}", path.display()),
        }
    }

    /// The project that a folder is in: the nearest one above.
    ///
    /// # Errors
    ///
    /// There is none.
    pub fn find(folder: &Path) -> anyhow::Result<Self> {
        match folder.ancestors().find_map(|folder| Self::at(folder).ok()) {
            Some(project) => Ok(project),
            None => bail!("there is no {FILE} in {} or above: write one, or name a model's file", folder.display()),
        }
    }

    /// The project of a folder that may have no configuration yet.
    pub fn in_folder(folder: &Path) -> Self {
        Self::at(folder).unwrap_or_else(|_| Self { root: folder.to_owned(), file: FILE })
    }

    /// The folder that everything is in.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The configuration's file, below the root.
    pub fn file(&self) -> &'static str {
        self.file
    }

    /// Reads the configuration.
    ///
    /// # Errors
    ///
    /// It cannot be read, or something in it is wrong: [`Diagnostics`](smithwright::diagnostic::Diagnostics).
    pub fn read_config(&self) -> anyhow::Result<Config> {
        let path = self.root.join(self.file);
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(Config::parse(self.file, &text)?)
    }
}

/// The folder that a path to the configuration is in.
fn above(path: &Path, file: &str) -> Option<PathBuf> {
    if !path.is_file() || !path.ends_with(file) {
        return None;
    }
    path.ancestors().nth(Path::new(file).components().count()).map(Path::to_owned)
}
