//! What is generated, compiled as users would, some services at a time: all of them would not fit on a disk.

use crate::generate::Outcome;
use anyhow::{Context, bail};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// What is done with crates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Task {
    /// `cargo check`, warnings denied.
    Check,
    /// `cargo clippy`, warnings denied.
    Clippy,
    /// `cargo doc`, warnings denied.
    Doc,
}

impl Task {
    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Check => &["check"],
            Self::Clippy => &["clippy"],
            Self::Doc => &["doc", "--no-deps"],
        }
    }
}

/// Does the tasks with services that were generated.
pub(crate) fn all(root: &Path, folder: &Path, outcomes: &mut [&mut Outcome], tasks: &[Task], shard: usize) -> anyhow::Result<()> {
    let (count, mut done) = (outcomes.len(), 0);
    let mut rest = outcomes;
    while !rest.is_empty() {
        let (now, others) = rest.split_at_mut(fitting(rest, shard));
        done += now.len();
        eprintln!("{done} of {count}: {}", now.iter().map(|outcome| outcome.name.as_str()).collect::<Vec<_>>().join(", "));
        compile(root, folder, now, tasks)?;
        rest = others;
    }
    Ok(())
}

/// How many services have no more lines than this together; at least one.
fn fitting(outcomes: &[&mut Outcome], lines: usize) -> usize {
    let sums = outcomes.iter().scan(0, |sum, outcome| {
        *sum += outcome.lines;
        Some(*sum)
    });
    sums.take_while(|sum| *sum <= lines).count().max(1)
}

fn compile(root: &Path, folder: &Path, outcomes: &mut [&mut Outcome], tasks: &[Task]) -> anyhow::Result<()> {
    let names: Vec<String> = outcomes.iter().map(|outcome| outcome.name.clone()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    write_workspace(root, folder, &names)?;
    let mut found = BTreeMap::<String, Vec<String>>::new();
    for task in tasks {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(task.arguments()).args(["--workspace", "--keep-going", "--quiet", "--message-format=json", "--target-dir"]);
        cargo.arg(folder.join("target")).env("RUSTDOCFLAGS", "-D warnings").env("CARGO_INCREMENTAL", "0");
        let output = cargo.current_dir(folder).stdin(Stdio::null()).output().context("cannot run cargo")?;
        let complaints = complaints(&String::from_utf8_lossy(&output.stdout), &names);
        if complaints.is_empty() && !output.status.success() {
            bail!("the workspace does not build: {}", String::from_utf8_lossy(&output.stderr));
        }
        for (name, complaint) in complaints {
            found.entry(name).or_default().push(complaint);
        }
    }
    for outcome in outcomes {
        outcome.is_compiled = true;
        outcome.complaints = found.remove(&outcome.name).unwrap_or_default();
    }
    remove_artifacts(folder, &names)
}

/// What is said of each service.
fn complaints(output: &str, names: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for message in output.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        let level = message["message"]["level"].as_str().unwrap_or_default();
        let target = message["target"]["name"].as_str().unwrap_or_default().replace('_', "-");
        let service = ["-api", "-client", "-server"].iter().find_map(|role| target.strip_suffix(role));
        if let (Some(service), "error" | "warning") = (service.filter(|name| names.contains(name)), level) {
            found.push((service.to_owned(), message["message"]["rendered"].as_str().unwrap_or_default().to_owned()));
        }
    }
    found
}

/// A workspace with the repository's lints and the versions of its lock file.
fn write_workspace(root: &Path, folder: &Path, names: &[&str]) -> anyhow::Result<()> {
    let root = root.canonicalize()?;
    let members: Vec<String> =
        names.iter().flat_map(|name| ["api", "client", "server"].map(|role| format!("{name}/{role}"))).collect();
    let runtime = root.join("runtime").display().to_string();
    let mut manifest =
        smithwright::emit::workspace(&members, &runtime, &["warnings", "missing_docs", "unreachable_pub"]).to_string();
    manifest += "\n[workspace.lints.clippy]\nall = { level = \"deny\", priority = -1 }\n";
    fs::write(folder.join("Cargo.toml"), manifest).context("cannot write the workspace")?;
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).context("cannot copy Cargo.lock")?;
    Ok(())
}

/// Removes what was compiled of services: of all of them, it would fill the disk.
fn remove_artifacts(folder: &Path, names: &[&str]) -> anyhow::Result<()> {
    let prefixes: Vec<String> = names.iter().map(|name| name.replace('-', "_")).collect();
    let is_of_service = |file: &str| {
        let file = file.strip_prefix("lib").unwrap_or(file);
        let is_crate = |prefix: &String| {
            let rest = file.strip_prefix(prefix.as_str());
            rest.is_some_and(|rest| ["_api-", "_client-", "_server-"].iter().any(|role| rest.starts_with(role)))
        };
        prefixes.iter().any(is_crate)
    };
    let artifacts = folder.join("target/debug/deps");
    for entry in fs::read_dir(&artifacts).with_context(|| format!("cannot list {}", artifacts.display()))? {
        let entry = entry?;
        if entry.file_name().to_str().is_some_and(is_of_service) {
            fs::remove_file(entry.path())?;
        }
    }
    match fs::remove_dir_all(folder.join("target/doc")) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
