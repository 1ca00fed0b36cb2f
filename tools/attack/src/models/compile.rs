//! Accepted mutants, compiled as users would: all in one workspace, which shares what they depend on with the fixtures' test.

use crate::campaign::Round;
use crate::report::{Part, Report};
use anyhow::Context;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// What the figure is called.
const FIGURE: &str = "accepted mutants that do not compile without a warning";

/// Compiles these accepted mutants.
pub(super) fn run(round: &Round, folder: &Path, kept: &[u64], report: &mut Report) -> anyhow::Result<()> {
    report.measure(FIGURE, "mutants", Some(0.0), 0.0);
    if kept.is_empty() {
        return Ok(());
    }
    write_workspace(round, folder, kept)?;
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // Without TLS, which is C and assembly, and has nothing to do with what is generated.
    cargo.args(["check", "--workspace", "--no-default-features", "--offline", "--keep-going", "--quiet", "--color=never"]);
    // What is compiled once, and would fill a disk in an hour.
    cargo.env("CARGO_INCREMENTAL", "0");
    cargo.args(["--message-format=json", "--target-dir"]).arg(round.root.join("target/tmp/fixtures-target"));
    let output = cargo.current_dir(folder).stdin(Stdio::null()).output().context("cannot run cargo")?;
    let wrong = failures(&String::from_utf8_lossy(&output.stdout));
    for (number, messages) in &wrong {
        let about = fs::read_to_string(folder.join(format!("m{number}/about.txt"))).unwrap_or_default();
        report.broke_later(Part::Models, round.seed, *number, format!("does not compile: {messages}\n  {about}"));
    }
    if wrong.is_empty() && !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        report.broke_later(Part::Models, round.seed, kept[0], format!("the mutants' workspace does not build: {text}"));
    }
    report.note("mutants that were compiled", kept.len() as u64);
    report.measure(FIGURE, "mutants", Some(0.0), wrong.len() as f64);
    Ok(())
}

/// What rustc says of each mutant, by its number.
fn failures(output: &str) -> BTreeMap<u64, String> {
    let mut failures = BTreeMap::new();
    for message in output.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        let level = message["message"]["level"].as_str().unwrap_or_default();
        let name = message["target"]["name"].as_str().unwrap_or_default();
        let number = name.strip_prefix('m').and_then(|name| name.split(['_', '-']).next()?.parse().ok());
        let (Some(number), "error" | "warning") = (number, level) else { continue };
        let text = message["message"]["rendered"].as_str().unwrap_or_default();
        failures.entry(number).or_insert_with(|| text.to_owned());
    }
    failures
}

/// A workspace with the repository's lints and the versions of its lock file.
fn write_workspace(round: &Round, folder: &Path, numbers: &[u64]) -> anyhow::Result<()> {
    let root = round.root.canonicalize()?;
    let members: Vec<String> =
        numbers.iter().flat_map(|number| ["api", "client", "server"].map(|role| format!("m{number}/{role}"))).collect();
    let runtime = root.join("runtime").display().to_string();
    let manifest = smithwright::emit::workspace(&members, &runtime, &["warnings", "missing_docs", "unreachable_pub"]);
    fs::write(folder.join("Cargo.toml"), manifest.to_string()).context("cannot write the mutants' workspace")?;
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).context("cannot copy Cargo.lock")?;
    Ok(())
}
