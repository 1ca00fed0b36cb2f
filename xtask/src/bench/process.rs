//! Running a command, and what it used.

use anyhow::{Context, bail};
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use wait4::Wait4;

/// What a command and its children used.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Usage {
    pub(crate) cpu: Duration,
    pub(crate) wall: Duration,
    /// The largest of the processes, in megabytes.
    pub(crate) memory: f64,
}

/// How many lines of a failed command's output are shown.
const TAIL: usize = 20;

/// Runs a command whose output goes to a file, which is shown when it fails.
pub(crate) fn run(command: &mut Command, log: &Path) -> anyhow::Result<Usage> {
    let output = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
    command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output);
    let start = Instant::now();
    let mut child = command.spawn().with_context(|| format!("cannot run {command:?}"))?;
    let ended = child.wait4().with_context(|| format!("cannot wait for {command:?}"))?;
    if !ended.status.success() {
        let text = fs::read_to_string(log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        bail!("{command:?} failed: {}\n{}", ended.status, lines[lines.len().saturating_sub(TAIL)..].join("\n"));
    }
    let memory = ended.rusage.maxrss as f64 / 1e6;
    Ok(Usage { cpu: ended.rusage.utime + ended.rusage.stime, wall: start.elapsed(), memory })
}

/// Runs a command, and gives what it prints.
pub(crate) fn read(command: &mut Command) -> anyhow::Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot run {command:?}"))?;
    if !output.status.success() {
        bail!("{command:?} failed: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8(output.stdout)?)
}
