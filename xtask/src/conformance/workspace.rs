//! The workspace of generated crates and of programs that stand on them, below `target/`: written, built in one go, and run.

use anyhow::Context;
use serde::de::DeserializeOwned;
use serde_json::Value;
use smithwright::config::ServiceKey;
use smithwright::package::File;
use smithwright_cli::lock::WriteLock;
use smithwright_cli::sync::Output;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The crates of a service, a program of its own among them.
#[derive(Clone, Copy)]
pub(crate) struct Crates<'a> {
    /// What they are named after.
    pub(crate) key: &'a ServiceKey,
    /// Which there are, the program last.
    pub(crate) roles: &'a [&'a str],
    /// Their files.
    pub(crate) files: &'a [File],
}

/// What became of a service's crates.
pub(crate) enum Built {
    /// The test program.
    Program(PathBuf),
    /// What rustc says.
    Failed(String),
}

/// Writes and builds the crates of services, in a folder of this name below `target/`; by their keys, what became of each.
pub(crate) fn build(root: &Path, name: &str, services: &[Crates<'_>]) -> anyhow::Result<BTreeMap<ServiceKey, Built>> {
    if services.is_empty() {
        return Ok(BTreeMap::new());
    }
    let folder = root.join("target").join(name);
    write(root, &folder, services)?;
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--workspace", "--keep-going", "--quiet", "--color=never", "--message-format=json"]);
    // What all such programs depend on is built once.
    cargo.arg("--target-dir").arg(root.join("target/conformance/target")).current_dir(&folder).stdin(Stdio::null());
    let output = cargo.output().context("cannot run cargo")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let messages: Vec<Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let failure = String::from_utf8_lossy(&output.stderr);
    Ok(services.iter().map(|service| (service.key.clone(), built(*service, &messages, &failure))).collect())
}

fn built(service: Crates<'_>, messages: &[Value], failure: &str) -> Built {
    let program = program_name(service.key.as_str());
    let executable = messages.iter().find_map(|message| {
        let path = message.get("executable")?.as_str()?;
        (message.pointer("/target/name")?.as_str()? == program).then(|| PathBuf::from(path))
    });
    if let Some(path) = executable {
        return Built::Program(path);
    }
    let crates: Vec<String> = service.roles.iter().map(|role| format!("{}-{role}", service.key).replace('-', "_")).collect();
    let errors = messages.iter().filter_map(|message| {
        let of = message.pointer("/target/name")?.as_str()?.replace('-', "_");
        let is_error = message.pointer("/message/level")?.as_str()? == "error";
        (is_error && crates.contains(&of)).then_some(message.pointer("/message/rendered")?.as_str()?)
    });
    match errors.collect::<String>() {
        errors if errors.is_empty() => Built::Failed(failure.to_owned()),
        errors => Built::Failed(errors),
    }
}

fn write(root: &Path, folder: &Path, services: &[Crates<'_>]) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let lock = WriteLock::acquire(folder)?;
    let output = Output::scratch(folder);
    output.recover(&lock)?;
    let changes = services.iter().map(|service| output.compare(service.key, service.files));
    output.replace(&lock, &changes.collect::<anyhow::Result<Vec<_>>>()?)?;
    let manifest = folder.join("Cargo.toml");
    fs::write(&manifest, workspace_manifest(root, services)).with_context(|| format!("cannot write {}", manifest.display()))?;
    // The repository's versions, so that what is tested is what is released.
    let lock = root.join("Cargo.lock");
    fs::copy(&lock, folder.join("Cargo.lock")).with_context(|| format!("cannot copy {}", lock.display()))?;
    Ok(())
}

fn workspace_manifest(root: &Path, services: &[Crates<'_>]) -> String {
    let members: Vec<String> =
        services.iter().flat_map(|service| service.roles.iter().map(|role| format!("{}/{role}", service.key))).collect();
    let mut manifest = smithwright::emit::workspace(&members, &root.join("runtime").display().to_string(), &[]).to_string();
    manifest += "\n# Nobody debugs these programs, and debug information is half of their build.\n\
                 [profile.dev]\ndebug = false\nincremental = false\n";
    manifest
}

/// The name of the program of a service.
pub(crate) fn program_name(key: &str) -> String {
    format!("{key}-program")
}

/// Runs a program's tests; by their numbers, what came of them. A test that ends the program ends no other: `failed` makes of the
/// reason what came of it.
pub(crate) fn observe<T: DeserializeOwned>(
    program: &Path,
    tests: usize,
    failed: impl Fn(String) -> T,
) -> anyhow::Result<BTreeMap<usize, T>> {
    let mut observations = BTreeMap::new();
    let mut next = 0;
    while next < tests {
        let output = Command::new(program).arg(next.to_string()).stdin(Stdio::null()).output();
        let output = output.with_context(|| format!("cannot run {}", program.display()))?;
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let (number, observation) = parse_line(line)?;
            observations.insert(number, observation);
            next = number + 1;
        }
        if next < tests {
            let stderr = String::from_utf8_lossy(&output.stderr);
            observations.insert(next, failed(format!("the test program ended: {}\n{}", output.status, stderr.trim_end())));
            next += 1;
        }
    }
    Ok(observations)
}

/// The number of a test, and what came of it.
fn parse_line<T: DeserializeOwned>(line: &str) -> anyhow::Result<(usize, T)> {
    let (number, json) = line.split_once(' ').with_context(|| format!("not a line of the test program: {line}"))?;
    let observation = serde_json::from_str(json).with_context(|| format!("not a line of the test program: {line}"))?;
    Ok((number.parse()?, observation))
}
