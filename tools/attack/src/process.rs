//! The repository's own programs: built, started, measured, ended.

use anyhow::{Context, bail};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// What a program prints first, before its URL.
const GREETING: &str = "listening on http://";

/// The clock ticks of a second in `/proc/PID/stat`, as Linux has them everywhere.
const TICKS: f64 = 100.0;

/// Memory of a process, in kB.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Memory {
    pub(crate) now: u64,
    pub(crate) peak: u64,
}

/// The memory of a process, by its id or `self`; nothing when it is gone.
pub(crate) fn memory(pid: &str) -> Option<Memory> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let kilobytes = |key: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(key))?;
        line.split_whitespace().next()?.parse().ok()
    };
    Some(Memory { now: kilobytes("VmRSS:")?, peak: kilobytes("VmHWM:")? })
}

/// The CPU seconds of a process so far.
pub(crate) fn cpu(pid: u32) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name, in parentheses, may have blanks.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |index: usize| fields.get(index)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / TICKS)
}

/// Builds programs with cargo; their paths by their names.
pub(crate) fn build(folder: &Path, arguments: &[&OsStr]) -> anyhow::Result<BTreeMap<String, PathBuf>> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(folder).args(["build", "--quiet", "--message-format=json-render-diagnostics"]).args(arguments);
    let output = cargo.stdin(Stdio::null()).stderr(Stdio::inherit()).output().context("cannot run cargo")?;
    if !output.status.success() {
        bail!("cargo build {arguments:?} failed in {}", folder.display());
    }
    let messages = String::from_utf8_lossy(&output.stdout).into_owned();
    let programs = messages.lines().filter_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        Some((message["target"]["name"].as_str()?.to_owned(), message["executable"].as_str()?.into()))
    });
    Ok(programs.collect())
}

/// What a program of the repository says of its options: those that it has alone are given to it.
pub(crate) fn help(program: &Path) -> anyhow::Result<String> {
    let output = Command::new(program).arg("--help").output().with_context(|| format!("cannot run {}", program.display()))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A server that runs until this is dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Server {
    /// Starts a server on a free port, with at most so many files open, and waits until it listens.
    pub(crate) fn start(program: &Path, arguments: &[String], files: Option<u32>) -> anyhow::Result<Self> {
        let mut command = Command::new("sh");
        let limit = files.map_or_else(String::new, |files| format!("ulimit -n {files}; "));
        command.args(["-c", &format!("{limit}exec \"$0\" \"$@\"")]).arg(program);
        command.args(["--listen", "127.0.0.1:0"]).args(arguments);
        // Credentials of nobody, which a fake upstream checks signatures with.
        command.env("AWS_ACCESS_KEY_ID", ACCESS_KEY).env("AWS_SECRET_ACCESS_KEY", SECRET_KEY).env("AWS_REGION", REGION);
        command.env_remove("AWS_SESSION_TOKEN");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().with_context(|| format!("cannot start {}", program.display()))?;
        let mut line = String::new();
        let output = child.stdout.take().context("a server has no output")?;
        let mut output = BufReader::new(output);
        output.read_line(&mut line)?;
        // What else it prints must not fill the pipe.
        std::thread::spawn(move || output.lines().for_each(drop));
        let address = line.trim_end().strip_prefix(GREETING).and_then(|address| address.parse().ok());
        match address {
            Some(address) => Ok(Self { child, address }),
            None => {
                let _ = child.kill();
                let _ = child.wait();
                bail!("{} does not listen: it said {line:?}", program.display())
            }
        }
    }

    /// The process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it still runs.
    pub(crate) fn lives(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Begins to measure.
    pub(crate) fn meter(&self) -> Meter {
        let _ = fs::write(format!("/proc/{}/clear_refs", self.id()), "5");
        let memory = memory(&self.id().to_string()).map_or(0, |memory| memory.now);
        Meter { pid: self.id(), cpu: cpu(self.id()).unwrap_or_default(), memory }
    }

    /// Asks it to end, and waits so long for it; how it ended, and when.
    pub(crate) fn terminate(&mut self, within: Duration) -> Option<(ExitStatus, Duration)> {
        let began = Instant::now();
        let _ = Command::new("kill").args(["-TERM", &self.id().to_string()]).status();
        while began.elapsed() < within {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Some((status, began.elapsed()));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        None
    }
}

/// However the campaign ends, nothing of it keeps running.
impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The credentials that servers are started with.
pub(crate) const ACCESS_KEY: &str = "AKIDATTACK";
pub(crate) const SECRET_KEY: &str = "a secret of nobody";
pub(crate) const REGION: &str = "us-east-1";

/// What a process takes from a moment on.
pub(crate) struct Meter {
    pid: u32,
    cpu: f64,
    memory: u64,
}

impl Meter {
    /// CPU seconds and MB above what it began with, at most.
    pub(crate) fn read(&self) -> (f64, f64) {
        let cpu = cpu(self.pid).unwrap_or_default() - self.cpu;
        let peak = memory(&self.pid.to_string()).map_or(0, |memory| memory.peak);
        (cpu, peak.saturating_sub(self.memory) as f64 / 1024.0)
    }
}
