//! What each rustc of a build uses: this program stands between cargo and rustc, and keeps a log.

use anyhow::Context;
use serde::{Deserialize, Serialize};
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{SystemTime, UNIX_EPOCH};
use wait4::Wait4;

/// Names the log; when it is set, this program is a wrapper of rustc.
pub(crate) const LOG: &str = "SMITHWRIGHT_BENCH_LOG";

/// What one rustc used.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Compilation {
    /// The crate's name, with underscores.
    pub(crate) name: String,
    /// When it began and ended, in seconds since the epoch.
    pub(crate) start: f64,
    pub(crate) end: f64,
    /// In seconds.
    pub(crate) cpu: f64,
    /// In megabytes.
    pub(crate) memory: f64,
}

/// Runs rustc and logs what it used, when this program was started for that.
pub(crate) fn wrap() -> Option<ExitCode> {
    let log = std::env::var_os(LOG)?;
    let mut arguments = std::env::args_os().skip(1);
    let mut command = Command::new(arguments.next()?);
    command.args(arguments);
    Some(compile(&mut command, Path::new(&log)).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    }))
}

fn compile(command: &mut Command, log: &Path) -> anyhow::Result<ExitCode> {
    let start = now();
    let ended = command.spawn().and_then(|mut child| child.wait4()).with_context(|| format!("cannot run {command:?}"))?;
    let cpu = (ended.rusage.utime + ended.rusage.stime).as_secs_f64();
    if let Some(name) = crate_name(command) {
        let compilation = Compilation { name, start, end: now(), cpu, memory: ended.rusage.maxrss as f64 / 1e6 };
        let line = serde_json::to_string(&compilation)? + "\n";
        OpenOptions::new().create(true).append(true).open(log)?.write_all(line.as_bytes())?;
    }
    let code = ended.status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// What is compiled; `None` when cargo only asks rustc about itself.
fn crate_name(command: &Command) -> Option<String> {
    let mut arguments = command.get_args().skip_while(|argument| *argument != "--crate-name").skip(1);
    let name = arguments.next()?.to_str()?.to_owned();
    (name != "___").then_some(name)
}

fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64())
}

/// Reads a log; one that is not there is empty.
pub(crate) fn read_log(log: &Path) -> anyhow::Result<Vec<Compilation>> {
    let text = if log.exists() { fs::read_to_string(log)? } else { String::new() };
    text.lines().map(|line| serde_json::from_str(line).with_context(|| format!("{} is not a log", log.display()))).collect()
}
