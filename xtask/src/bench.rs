//! `cargo xtask bench`: what generated code costs.

use anyhow::{Context, bail};
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;
use wait4::Wait4;

/// The crates that a program with a client builds.
const CRATES: [&str; 2] = ["connect-api", "connect-client"];

/// A build of some crates, without their dependencies, and what it must not exceed, if anything.
struct Target {
    name: &'static str,
    cargo: &'static [&'static str],
    cpu_seconds: Option<f64>,
}

/// The peak memory of one rustc that a build must not exceed, in megabytes.
const MEMORY: f64 = 1200.0;

/// The wall time of a rebuild of a user's program that must not be exceeded, in seconds.
const REBUILD: f64 = 2.0;

const TARGETS: [Target; 3] = [
    Target { name: "check", cargo: &["check"], cpu_seconds: None },
    Target { name: "debug build", cargo: &["build"], cpu_seconds: Some(15.0) },
    Target { name: "release build", cargo: &["build", "--release"], cpu_seconds: Some(25.0) },
];

/// Builds the API and the client of a service from scratch, without their dependencies, and a user's program after its
/// `main.rs` was touched. Says what each took; fails when one took more than it may.
pub(crate) fn build(root: &Path) -> anyhow::Result<ExitCode> {
    let bench = root.join("target").join("bench");
    println!("{}, dependencies not counted:", CRATES.join(" and "));
    let mut kept = true;
    for target in &TARGETS {
        let usage = build_alone(root, &bench.join("crates"), target)?;
        kept &= report(target.name, "CPU-s", usage.cpu.as_secs_f64(), target.cpu_seconds);
        kept &= report("", "MB in one rustc", usage.memory, Some(MEMORY));
    }
    println!("a program that implements two methods and serves them, debug:");
    let rebuild = rebuild_program(root, &bench.join("program"))?;
    kept &= report("touch main.rs", "s wall", rebuild.wall.as_secs_f64(), Some(REBUILD));
    Ok(if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn report(name: &str, unit: &str, measured: f64, at_most: Option<f64>) -> bool {
    let kept = at_most.is_none_or(|at_most| measured <= at_most);
    let verdict = match at_most {
        Some(at_most) => format!("at most {at_most:<7} {}", if kept { "kept" } else { "MISSED" }),
        None => "no target".to_owned(),
    };
    println!("  {name:14} {measured:8.1} {unit:16} {verdict}");
    kept
}

/// Builds the crates when their dependencies are built already.
fn build_alone(root: &Path, folder: &Path, target: &Target) -> anyhow::Result<Usage> {
    let packages = CRATES.map(|name| ["--package", name]).concat();
    let cargo = |arguments: &[&str]| {
        let mut command = Command::new("cargo");
        command.current_dir(root).args(arguments).args(&packages).arg("--quiet").arg("--target-dir").arg(folder);
        command
    };
    run(&mut cargo(target.cargo))?;
    let release: &[&str] = if target.cargo.contains(&"--release") { &["--release"] } else { &[] };
    run(&mut cargo(&[&["clean"], release].concat()))?;
    run(&mut cargo(target.cargo))
}

/// Builds a program of its own, and builds it again after its `main.rs` was touched.
fn rebuild_program(root: &Path, folder: &Path) -> anyhow::Result<Usage> {
    write_program(root, folder)?;
    let mut cargo = Command::new("cargo");
    cargo.current_dir(folder).args(["build", "--quiet"]);
    run(&mut cargo)?;
    let main = folder.join("src").join("main.rs");
    fs::write(&main, PROGRAM).with_context(|| format!("cannot touch {}", main.display()))?;
    run(&mut cargo)
}

const PROGRAM: &str = include_str!("bench/program.rs");

fn write_program(root: &Path, folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder.join("src")).with_context(|| format!("cannot make {}", folder.display()))?;
    let dependency =
        |role: &str| format!("connect-{role} = {{ path = {:?} }}\n", root.join("generated").join("connect").join(role));
    let manifest = format!(
        "[workspace]\n\n[package]\nname = \"program\"\nedition = \"2024\"\n\n[dependencies]\naxum = \"0.8\"\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"net\", \"rt-multi-thread\"] }}\n{}{}",
        dependency("api"),
        dependency("server")
    );
    write(&folder.join("Cargo.toml"), &manifest)?;
    write(&folder.join("src").join("main.rs"), PROGRAM)?;
    let lock = root.join("Cargo.lock");
    fs::copy(&lock, folder.join("Cargo.lock")).with_context(|| format!("cannot copy {}", lock.display()))?;
    Ok(())
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// What a command and its children used.
struct Usage {
    cpu: Duration,
    wall: Duration,
    /// The largest of the processes, in megabytes.
    memory: f64,
}

fn run(command: &mut Command) -> anyhow::Result<Usage> {
    let start = std::time::Instant::now();
    let mut child = command.stdin(Stdio::null()).spawn().with_context(|| format!("cannot run {command:?}"))?;
    let ended = child.wait4().with_context(|| format!("cannot wait for {command:?}"))?;
    if !ended.status.success() {
        bail!("{command:?} failed: {}", ended.status);
    }
    let memory = ended.rusage.maxrss as f64 / 1e6;
    Ok(Usage { cpu: ended.rusage.utime + ended.rusage.stime, wall: start.elapsed(), memory })
}
