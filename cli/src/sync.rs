//! Folders of services made equal to lists of files, each at once: whenever a run ends, be it killed, a service's folder is the old
//! one or the new, and the workspace that it is in can be loaded.
//!
//! A new folder is built in `.codegen`, which is on the file system of the services' folders and where no member of a workspace is
//! looked for: cargo takes `generated/*/*` for members, hidden ones and ones without a manifest included. The new folder then changes
//! places with the old one in one step. Where a file system cannot do that, the old one is moved aside first: a run that is killed
//! between the two moves leaves no folder, which the next run that writes puts back.

mod exchange;
mod inspect;

use crate::lock::WriteLock;
use anyhow::{Context, bail, ensure};
pub use inspect::Drift;
pub(crate) use inspect::{Kind, kind_of};

use smithwright::config::ServiceKey;
use smithwright::package::File;
use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

/// Where new folders are built.
const STAGING: &str = ".codegen";

/// A file of a service's folder that is nobody's to delete or to compare: what updates of its model changed, which
/// [`vendor`](crate::vendor) writes. It goes along with the crate.
pub(crate) const CHANGELOG: &str = "api/CHANGELOG.md";

/// What is behind the name of a folder that was moved aside. No service is called so.
const ASIDE: &str = ".old";

/// What is done about files that nobody generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Strangers {
    /// They are somebody's work: nothing is deleted.
    Refuse,
    /// The whole folder is ours.
    Delete,
}

/// A folder that holds a folder a service.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    staging: PathBuf,
    strangers: Strangers,
}

/// A service's folder beside what it should hold.
#[derive(Debug)]
pub struct Change<'a> {
    /// The service, after which the folder is named.
    pub key: &'a ServiceKey,
    /// What the folder should hold.
    pub files: &'a [File],
    /// How it differs.
    pub drift: Drift,
}

impl Output {
    /// `generated/` of a project, say. It is committed, and people put files where they should not: nothing is deleted that was not
    /// generated. New folders are built beside it.
    ///
    /// # Errors
    ///
    /// It is in no folder.
    pub fn generated(folder: &Path) -> anyhow::Result<Self> {
        let parent = folder.parent().with_context(|| format!("{} is in no folder", folder.display()))?;
        Ok(Self { folder: folder.to_owned(), staging: parent.join(STAGING), strangers: Strangers::Refuse })
    }

    /// The folder's name.
    pub fn name(&self) -> std::borrow::Cow<'_, str> {
        self.folder.file_name().unwrap_or_default().to_string_lossy()
    }

    /// A workspace below `target/`, where everything is ours, and which names its members one by one.
    pub fn scratch(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), staging: folder.join(STAGING), strangers: Strangers::Delete }
    }

    /// Compares a service's folder with the files that it should hold; writes nothing.
    pub fn compare<'a>(&self, key: &'a ServiceKey, files: &'a [File]) -> anyhow::Result<Change<'a>> {
        let folder = self.service(key);
        is_folder(&self.folder)?;
        is_folder(&folder)?;
        Ok(Change { key, files, drift: Drift::of(&folder, files)? })
    }

    /// Makes services' folders hold exactly what they should. All are built before the first takes its place, so that one that cannot
    /// be built keeps all as they are. Files that do not change are linked, not written: cargo sees their old times.
    pub fn replace(&self, _lock: &WriteLock, changes: &[Change<'_>]) -> anyhow::Result<()> {
        let changes: Vec<&Change<'_>> = changes.iter().filter(|change| !change.drift.is_empty()).collect();
        if changes.is_empty() {
            return Ok(());
        }
        if self.strangers == Strangers::Refuse {
            changes.iter().try_for_each(|change| self.refuse_strangers(change))?;
        }
        let staged = changes.iter().try_for_each(|change| self.stage(change));
        let staged = staged.context("nothing has changed; make room, or the folder writable, and run it again");
        let replaced = staged.and_then(|()| changes.iter().try_for_each(|change| self.swap(change.key)));
        let cleaned = self.clean();
        replaced.and(cleaned)
    }

    /// Ends what a run that was cut off began: what it built is removed, and a folder that it had moved aside is put back.
    pub fn recover(&self, _lock: &WriteLock) -> anyhow::Result<()> {
        self.clean()
    }

    fn service(&self, key: &ServiceKey) -> PathBuf {
        self.folder.join(key.as_str())
    }

    fn staged(&self, key: &ServiceKey) -> PathBuf {
        self.staging.join(key.as_str())
    }

    fn aside(&self, key: &ServiceKey) -> PathBuf {
        self.staging.join(format!("{key}{ASIDE}"))
    }

    fn refuse_strangers(&self, change: &Change<'_>) -> anyhow::Result<()> {
        let folder = self.service(change.key);
        let mut strangers = change.drift.stale.iter().map(|path| folder.join(path)).filter(|path| !inspect::is_generated(path));
        match strangers.next() {
            Some(path) => bail!("{} was not generated and would be deleted: move it away; nothing has changed", path.display()),
            None => Ok(()),
        }
    }

    fn stage(&self, change: &Change<'_>) -> anyhow::Result<()> {
        let (old, new) = (self.service(change.key), self.staged(change.key));
        let mut made: Option<PathBuf> = None;
        for file in change.files {
            let path = below(&new, &file.path)?;
            let parent = path.parent().unwrap_or(&new);
            if made.as_deref() != Some(parent) {
                fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
                made = Some(parent.to_owned());
            }
            let kept = !change.drift.changed.contains(&file.path) && fs::hard_link(old.join(&file.path), &path).is_ok();
            if !kept {
                write_new(&path, file.text.as_bytes()).with_context(|| format!("cannot write {}", path.display()))?;
            }
        }
        keep_changelog(&old, &new)
    }

    fn swap(&self, key: &ServiceKey) -> anyhow::Result<()> {
        let (old, new) = (self.service(key), self.staged(key));
        let context = || format!("cannot move {} to {}", new.display(), old.display());
        if kind_of(&old)?.is_none() {
            return fs::create_dir_all(&self.folder).and_then(|()| fs::rename(&new, &old)).with_context(context);
        }
        match exchange::exchange(&new, &old) {
            Err(error) if error.kind() == io::ErrorKind::Unsupported => self.move_twice(key).with_context(context),
            exchanged => exchanged.with_context(context),
        }
    }

    /// For file systems that cannot exchange. If the second move fails, [`Output::clean`] undoes the first.
    fn move_twice(&self, key: &ServiceKey) -> io::Result<()> {
        fs::rename(self.service(key), self.aside(key))?;
        fs::rename(self.staged(key), self.service(key))
    }

    /// Removes `.codegen`; a folder that was moved aside, and never replaced, is put back.
    fn clean(&self) -> anyhow::Result<()> {
        if !is_folder(&self.staging)? {
            return Ok(());
        }
        for name in names(&self.staging)? {
            let path = self.staging.join(&name);
            let aside = name.strip_suffix(ASIDE).map(str::parse::<ServiceKey>);
            match (aside, name.parse::<ServiceKey>()) {
                (Some(Ok(key)), _) if kind_of(&self.service(&key))?.is_none() => {
                    let folder = self.service(&key);
                    fs::rename(&path, &folder).with_context(|| format!("cannot move {} back", path.display()))?;
                }
                (Some(Ok(_)), _) | (None, Ok(_)) => {
                    fs::remove_dir_all(&path).with_context(|| format!("cannot remove {}", path.display()))?;
                }
                _ => bail!("{} is of nobody who should write there: move it away", path.display()),
            }
        }
        fs::remove_dir(&self.staging).with_context(|| format!("cannot remove {}", self.staging.display()))
    }
}

/// Whether there is a folder, and not a thing that is none, or leads elsewhere.
fn is_folder(path: &Path) -> anyhow::Result<bool> {
    match kind_of(path)? {
        None => Ok(false),
        Some(Kind::Folder) => Ok(true),
        Some(Kind::Link) => bail!("{} is a symbolic link, which is not followed: put a folder there", path.display()),
        Some(Kind::File) => bail!("{} is not a folder: move it away", path.display()),
    }
}

/// A file's path below a folder: steps that lead down, and nothing else.
fn below(folder: &Path, path: &str) -> anyhow::Result<PathBuf> {
    let leads_down = Path::new(path).components().all(|step| matches!(step, Component::Normal(_)));
    ensure!(leads_down && !path.is_empty(), "{path:?} is not a path below {}", folder.display());
    Ok(folder.join(path))
}

/// Takes the change log along, unless the API crate is none any more.
fn keep_changelog(old: &Path, new: &Path) -> anyhow::Result<()> {
    let (from, to) = (old.join(CHANGELOG), new.join(CHANGELOG));
    if kind_of(&from)? != Some(Kind::File) || fs::hard_link(&from, &to).is_ok() {
        return Ok(());
    }
    let text = fs::read(&from).with_context(|| format!("cannot read {}", from.display()))?;
    write_new(&to, &text).with_context(|| format!("cannot write {}", to.display()))
}

/// Writes a file that must not be there: two paths may be one to a file system that ignores case.
fn write_new(path: &Path, text: &[u8]) -> io::Result<()> {
    fs::File::create_new(path)?.write_all(text)
}

fn names(folder: &Path) -> anyhow::Result<Vec<String>> {
    let context = || format!("cannot read {}", folder.display());
    let entries = fs::read_dir(folder).with_context(context)?;
    entries.map(|entry| Ok(entry.with_context(context)?.file_name().to_string_lossy().into_owned())).collect()
}

#[cfg(test)]
mod tests;
