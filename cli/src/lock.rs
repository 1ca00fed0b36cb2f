//! One task at a time writes to a repository; others wait, readers too, so that nobody sees half of a change.
//!
//! What is locked is the root folder itself. It is there before any task runs, so that a task that only reads writes nothing, not
//! even a file to lock, and nothing is left to clean when a task is killed: the system drops the locks of a process that ends.

use anyhow::Context;
use std::fs::{File, TryLockError};
use std::path::Path;

/// What a task may do for as long as it holds this.
#[derive(Debug)]
pub struct Lock {
    /// Unlocked when it is closed.
    _folder: File,
}

/// The right to write below a root. Whoever asks for it has waited for all others.
#[derive(Debug)]
pub struct WriteLock(#[expect(dead_code, reason = "held, not read")] Lock);

impl WriteLock {
    /// Waits until nobody else reads or writes below the root.
    pub fn acquire(root: &Path) -> anyhow::Result<Self> {
        acquire(root, File::try_lock, File::lock).map(Self)
    }
}

/// The right to see a state that nobody is changing. Several may have it at once.
#[derive(Debug)]
pub struct ReadLock(#[expect(dead_code, reason = "held, not read")] Lock);

impl ReadLock {
    /// Waits until nobody writes below the root.
    pub fn acquire(root: &Path) -> anyhow::Result<Self> {
        acquire(root, File::try_lock_shared, File::lock_shared).map(Self)
    }
}

fn acquire(
    root: &Path,
    attempt: fn(&File) -> Result<(), TryLockError>,
    wait: fn(&File) -> std::io::Result<()>,
) -> anyhow::Result<Lock> {
    let folder = File::open(root).with_context(|| format!("cannot open {}", root.display()))?;
    let locked = match attempt(&folder) {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => {
            eprintln!("waiting for another task that works in {}", root.display());
            wait(&folder)
        }
        Err(TryLockError::Error(error)) => Err(error),
    };
    locked.with_context(|| format!("cannot lock {}", root.display()))?;
    Ok(Lock { _folder: folder })
}
