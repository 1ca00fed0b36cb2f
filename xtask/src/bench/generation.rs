//! What the generator takes, and how that grows with the model.

use super::Bench;
use super::measure::{Part, Sample, Side, Unit};
use super::process;
use anyhow::Context;
use smithwright_cli::sources::MODELS;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The service that is multiplied.
const SERVICE: &str = "connect";

/// What is told of the generation of a model so many times the size of Connect's.
pub(crate) fn wall(copies: usize) -> String {
    format!("codegen, {}: wall", size(copies))
}

/// How many times the model is repeated.
pub(crate) const SIZES: [usize; 4] = [1, 2, 5, 10];

fn size(copies: usize) -> String {
    if copies == 1 { "Connect".to_owned() } else { format!("{copies} times Connect") }
}

/// Runs the whole command on each model in turn, and its phases.
pub(crate) fn measure(bench: &mut Bench<'_>) -> anyhow::Result<()> {
    let xtask = build(bench)?;
    let folder = bench.peer.folder.join("generation");
    remove(&folder)?;
    let roots = SIZES.map(|copies| (copies, folder.join(copies.to_string())));
    for (copies, root) in &roots {
        let mut command = Command::new(&xtask);
        command.args(["bench-step", "multiply"]).arg(root.join(MODELS)).arg(copies.to_string());
        process::run(&mut command, &bench.peer.output_log())?;
    }
    for round in 1..=bench.rounds {
        for (copies, root) in &roots {
            bench.progress.step(format!("codegen of {}, round {round}", size(*copies)));
            generate(bench, &xtask, *copies, root)?;
            phases(bench, &xtask, *copies, root)?;
        }
    }
    remove(&folder)
}

/// This program, as a release.
fn build(bench: &Bench<'_>) -> anyhow::Result<PathBuf> {
    bench.progress.step("building the release xtask");
    let target = bench.peer.folder.join("builds").join("xtask");
    let mut command = Command::new("cargo");
    let manifest = bench.root.join("xtask").join("Cargo.toml");
    command.args(["build", "--release", "--manifest-path"]).arg(manifest).arg("--target-dir").arg(&target);
    process::run(&mut command, &bench.peer.output_log())?;
    Ok(target.join("release").join(format!("xtask{}", std::env::consts::EXE_SUFFIX)))
}

/// The command as a user gives it, into an empty folder.
fn generate(bench: &mut Bench<'_>, xtask: &Path, copies: usize, root: &Path) -> anyhow::Result<()> {
    let mut command = Command::new(xtask);
    let usage = process::run(command.arg("--root").arg(root).args(["codegen", SERVICE]), &bench.peer.output_log())?;
    let size = size(copies);
    let (lines, files) = count_rust(&generated(root))?;
    let seconds = usage.wall.as_secs_f64();
    let mut add = |what: String, unit, value| bench.report.add(Part::Generation, Sample::new(what, Side::Ours, unit, value));
    add(wall(copies), Unit::Seconds, seconds);
    add(format!("codegen, {size}: CPU"), Unit::CpuSeconds, usage.cpu.as_secs_f64());
    add(format!("codegen, {size}: peak memory"), Unit::Megabytes, usage.memory);
    add(format!("codegen, {size}: output"), Unit::Lines, lines as f64);
    add(format!("codegen, {size}: files"), Unit::Files, files as f64);
    add(format!("codegen, {size}: throughput"), Unit::LinesPerSecond, lines as f64 / seconds);
    set_aside(root)
}

fn phases(bench: &mut Bench<'_>, xtask: &Path, copies: usize, root: &Path) -> anyhow::Result<()> {
    let mut command = Command::new(xtask);
    command.arg("--root").arg(root).args(["bench-step", "phases"]).env("RAYON_NUM_THREADS", "1");
    let size = size(copies);
    for mut sample in bench.samples(&mut command)? {
        sample.what = format!("phase on one thread, {size}: {}", sample.what);
        bench.report.add(Part::Generation, sample);
    }
    set_aside(root)
}

fn generated(root: &Path) -> PathBuf {
    root.join("generated")
}

/// Makes room for the next run, which writes into an empty folder. Nothing is deleted before all is measured: ext4 does not
/// give a new file the inode of one that was deleted seconds ago, and looks through all of these for each file it makes.
fn set_aside(root: &Path) -> anyhow::Result<()> {
    let folder = generated(root);
    let aside = (1_usize..).map(|number| root.join(format!("generated-{number}"))).find(|path| !path.exists());
    let aside = aside.context("no name is free")?;
    fs::rename(&folder, &aside).with_context(|| format!("cannot move {}", folder.display()))
}

fn remove(folder: &Path) -> anyhow::Result<()> {
    match folder.exists() {
        true => fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display())),
        false => Ok(()),
    }
}

/// The lines and files of Rust below a folder.
pub(crate) fn count_rust(folder: &Path) -> anyhow::Result<(usize, usize)> {
    let (mut lines, mut files) = (0, 0);
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            let (more_lines, more_files) = count_rust(&path)?;
            (lines, files) = (lines + more_lines, files + more_files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            lines += fs::read_to_string(&path)?.lines().count();
            files += 1;
        }
    }
    Ok((lines, files))
}
