//! The repository's own programs: built, started, and ended with the task.

use anyhow::{Context, bail};
use serde_json::Value;
use std::collections::BTreeMap;
use std::env;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// What a program prints first, before its URL.
const GREETING: &str = "listening on ";

/// Cargo, in a workspace.
pub(super) fn cargo(workspace: &Path) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(workspace);
    cargo
}

/// The programs of packages, by their names.
#[derive(Default)]
pub(super) struct Programs(BTreeMap<String, PathBuf>);

impl Programs {
    pub(super) fn get(&self, name: &str) -> anyhow::Result<&Path> {
        self.0.get(name).map(PathBuf::as_path).with_context(|| format!("cargo has built no `{name}`"))
    }
}

/// Builds the programs of packages, in the folder of their workspace. Cargo says where they are, which depends on the user's
/// configuration.
pub(super) fn build(workspace: &Path, packages: &[&str], target: Option<&Path>) -> anyhow::Result<Programs> {
    let mut build = cargo(workspace);
    build.args(["build", "--bins", "--message-format=json-render-diagnostics"]);
    build.args(packages.iter().flat_map(|package| ["--package", package]));
    if let Some(target) = target {
        build.arg("--target-dir").arg(target);
    }
    let output = build.stderr(Stdio::inherit()).output().context("cannot run cargo")?;
    if !output.status.success() {
        bail!("{} does not build", packages.join(", "));
    }
    let messages = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(Programs(messages.lines().filter_map(program).collect()))
}

/// The program that a line of cargo's output tells of; most tell of something else.
fn program(line: &str) -> Option<(String, PathBuf)> {
    let message: Value = serde_json::from_str(line).ok()?;
    Some((message["target"]["name"].as_str()?.to_owned(), message["executable"].as_str()?.into()))
}

/// A server that runs until this is dropped.
pub(super) struct Program {
    child: Child,
    url: String,
}

impl Program {
    /// Starts a server on a free port and waits until it listens.
    pub(super) fn start(path: &Path, arguments: &[&str]) -> anyhow::Result<Self> {
        let mut command = Command::new(path);
        command.args(["--listen", "127.0.0.1:0"]).args(arguments).stdin(Stdio::null()).stdout(Stdio::piped());
        let child = command.spawn().with_context(|| format!("cannot start {}", path.display()))?;
        let mut program = Self { child, url: String::new() };
        let line = program.first_line()?;
        let url = line.trim_end().strip_prefix(GREETING);
        program.url = url.with_context(|| format!("{} does not listen: it said {line:?}", path.display()))?.to_owned();
        Ok(program)
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    fn first_line(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        if let Some(output) = &mut self.child.stdout {
            BufReader::new(output).read_line(&mut line)?;
        }
        Ok(line)
    }
}

/// However the task ends, nothing of it keeps running. One that has ended already is no error.
impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
