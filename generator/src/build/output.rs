//! The folder that modules are written to.

use super::BuildError;
use crate::config::ServiceKey;
use crate::emit::GENERATED;
use crate::package::Package;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Where the folder of a service goes.
pub(super) struct Output(PathBuf);

impl Output {
    /// This folder.
    pub(super) fn at(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// That which cargo has for the outputs of a build script.
    pub(super) fn of_cargo() -> Result<Self, BuildError> {
        env::var_os("OUT_DIR").map(|folder| Self(folder.into())).ok_or(BuildError::NoOutDir)
    }

    /// Writes a service's folder. What does not change keeps its time, and what is of another run goes.
    pub(super) fn write(&self, key: &ServiceKey, package: &Package) -> Result<(), BuildError> {
        let folder = self.0.join(key.as_str());
        let files: BTreeMap<PathBuf, &str> =
            package.files.iter().map(|file| (folder.join(&file.path), file.text.as_str())).collect();
        remove_others(&folder, &files)?;
        files.iter().try_for_each(|(path, text)| write(path, text))
    }
}

fn write(path: &Path, text: &str) -> Result<(), BuildError> {
    if fs::read_to_string(path).is_ok_and(|present| present == text) {
        return Ok(());
    }
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    folder.and_then(|()| fs::write(path, text)).map_err(|error| failed(path, error))
}

/// Removes what was generated and is none of these files: modules of a role or a shape that is not wanted any more. A folder that this
/// leaves empty is no harm.
fn remove_others(folder: &Path, files: &BTreeMap<PathBuf, &str>) -> Result<(), BuildError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(folder, error)),
    };
    for entry in entries {
        let entry = entry.map_err(|error| failed(folder, error))?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(|error| failed(folder, error))?);
        if kind.is_dir() {
            remove_others(&path, files)?;
        } else if !files.contains_key(&path)
            && fs::read_to_string(&path)
                .is_ok_and(|text| text.strip_prefix("// ").is_some_and(|text| text.starts_with(GENERATED)))
        {
            fs::remove_file(&path).map_err(|error| failed(&path, error))?;
        }
    }
    Ok(())
}

fn failed(path: &Path, error: io::Error) -> BuildError {
    BuildError::Write { path: path.to_owned(), error }
}
