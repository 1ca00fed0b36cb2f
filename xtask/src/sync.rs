//! A folder made equal to a list of files: what changed is written, what is stale is deleted, the rest is left alone.

use anyhow::Context;
use smithwright::package::File;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// How a folder differs from what it should hold; paths below the folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Drift {
    /// Files that are missing or have another text.
    pub(crate) changed: BTreeSet<String>,
    /// Files that should not be there.
    pub(crate) stale: BTreeSet<String>,
}

impl Drift {
    pub(crate) fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.stale.is_empty()
    }
}

/// Compares a folder with the files that it should hold.
pub(crate) fn compare(folder: &Path, files: &[File]) -> anyhow::Result<Drift> {
    recover(folder)?;
    let expected: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let mut present = Vec::new();
    list(folder, "", &mut present)?;
    let stale = present.into_iter().filter(|path| !expected.contains(path.as_str())).collect();
    let differs = |file: &&File| !fs::read(folder.join(&file.path)).is_ok_and(|text| text == file.text.as_bytes());
    let changed = files.iter().filter(differs).map(|file| file.path.clone()).collect();
    Ok(Drift { changed, stale })
}

/// Makes a folder hold exactly these files. It is built beside the old one and takes its place at once, so that an
/// interrupted run leaves the old crates or the new, never half of either. Files that do not change are linked, not written:
/// cargo sees their old times.
pub(crate) fn replace(folder: &Path, files: &[File], drift: &Drift) -> anyhow::Result<()> {
    if drift.is_empty() {
        return Ok(());
    }
    let (new, old) = (beside(folder, "new"), beside(folder, "old"));
    remove(&new)?;
    for file in files {
        let path = new.join(&file.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
        }
        let kept = !drift.changed.contains(&file.path) && link(&folder.join(&file.path), &path);
        if !kept {
            fs::write(&path, &file.text).with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    if folder.exists() {
        fs::rename(folder, &old).with_context(|| format!("cannot move {}", folder.display()))?;
    }
    fs::rename(&new, folder).with_context(|| format!("cannot move {}", new.display()))?;
    remove(&old)
}

/// Finishes what an interrupted run began: without a folder, the old one is put back.
fn recover(folder: &Path) -> anyhow::Result<()> {
    let old = beside(folder, "old");
    if old.exists() && !folder.exists() {
        fs::rename(&old, folder).with_context(|| format!("cannot move {}", old.display()))?;
    }
    remove(&old)
}

fn link(from: &Path, to: &Path) -> bool {
    fs::hard_link(from, to).is_ok()
}

/// `generated/.connect.new` beside `generated/connect`.
fn beside(folder: &Path, role: &str) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    folder.with_file_name(format!(".{name}.{role}"))
}

fn remove(folder: &Path) -> anyhow::Result<()> {
    match folder.exists() {
        true => fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display())),
        false => Ok(()),
    }
}

fn list(folder: &Path, prefix: &str, paths: &mut Vec<String>) -> anyhow::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &format!("{path}/"), paths)?;
        } else {
            paths.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    fn folder(test: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("smithwright-sync-{test}-{}", std::process::id())).join("service");
        let _ = fs::remove_dir_all(folder.parent().unwrap());
        folder
    }

    fn sync(folder: &Path, files: &[File]) {
        let drift = compare(folder, files).unwrap();
        replace(folder, files, &drift).unwrap();
    }

    #[test]
    fn changed_files_are_written_and_stale_ones_deleted() {
        let folder = folder("write");
        sync(&folder, &[file("a/x.rs", "1"), file("b.rs", "2")]);
        sync(&folder, &[file("a/x.rs", "3")]);
        assert_eq!(fs::read_to_string(folder.join("a/x.rs")).unwrap(), "3");
        assert!(!folder.join("b.rs").exists());
    }

    #[test]
    fn a_file_that_does_not_change_keeps_its_time() {
        let folder = folder("time");
        sync(&folder, &[file("kept.rs", "1"), file("changed.rs", "2")]);
        let time = |name: &str| fs::metadata(folder.join(name)).unwrap().modified().unwrap();
        let kept = time("kept.rs");
        std::thread::sleep(std::time::Duration::from_millis(20));
        sync(&folder, &[file("kept.rs", "1"), file("changed.rs", "3")]);
        assert_eq!(time("kept.rs"), kept);
        assert!(time("changed.rs") > kept);
    }

    #[test]
    fn drift_names_the_files() {
        let folder = folder("drift");
        sync(&folder, &[file("a.rs", "1"), file("b.rs", "1")]);
        let drift = compare(&folder, &[file("a.rs", "2"), file("c.rs", "1")]).unwrap();
        assert_eq!(drift.changed, BTreeSet::from(["a.rs".to_owned(), "c.rs".to_owned()]));
        assert_eq!(drift.stale, BTreeSet::from(["b.rs".to_owned()]));
    }

    #[test]
    fn a_run_that_was_cut_off_between_the_moves_leaves_the_old_crates() {
        let folder = folder("recover");
        sync(&folder, &[file("a.rs", "1")]);
        fs::rename(&folder, beside(&folder, "old")).unwrap();
        assert!(compare(&folder, &[file("a.rs", "1")]).unwrap().is_empty());
    }
}
