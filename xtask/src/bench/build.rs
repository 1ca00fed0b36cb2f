//! What building the generated crates takes, beside aws-sdk-connect. Dependencies are counted apart.

use super::generation::count_rust;
use super::measure::{Part, Sample, Side, Unit};
use super::peer::{Incremental, Package, Peer};
use super::rustc::{Compilation, read_log};
use super::{Bench, llvm_lines, process, rebuild};
use anyhow::Context;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What cargo is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Profile {
    Check,
    Debug,
    Release,
}

impl Profile {
    const ALL: [Self; 3] = [Self::Check, Self::Debug, Self::Release];

    fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Debug => "debug build",
            Self::Release => "release build",
        }
    }

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Check => &["check"],
            Self::Debug => &["build"],
            Self::Release => &["build", "--release"],
        }
    }

    /// The folder of what is made, below cargo's target folder.
    fn folder(self) -> &'static str {
        if self == Self::Release { "release" } else { "debug" }
    }
}

/// A client with all its crates, and how often it is worth the time to build it.
struct Subject {
    side: Side,
    package: Package,
    crates: &'static [&'static str],
    again: bool,
}

const OURS: Subject =
    Subject { side: Side::Ours, package: Package::Ours, crates: &["connect-api", "connect-client"], again: true };
const THEIRS: Subject = Subject { side: Side::Sdk, package: Package::Theirs, crates: &["aws-sdk-connect"], again: false };

/// The peak memory of one rustc, whatever is built.
pub(crate) const PEAK: &str = "any build: peak memory of a rustc";
/// The lines of the client with its API.
pub(crate) const LINES: &str = "client and API: lines";

/// Measures sizes, builds and rebuilds.
pub(crate) fn measure(bench: &mut Bench<'_>) -> anyhow::Result<()> {
    if !bench.quick {
        clear(&bench.peer)?;
    }
    sources(bench)?;
    for profile in Profile::ALL {
        if bench.peer.sdk.is_some() {
            let what = format!("{} of {}", profile.name(), THEIRS.side);
            match bench.quick && profile != Profile::Check {
                true => bench.report.missing.push(format!("{what}: left out by --quick")),
                false => bench.attempt(&what, |bench| first_build(bench, &THEIRS, profile)),
            }
        }
        first_build(bench, &OURS, profile)?;
        rounds(bench, &OURS, profile)?;
    }
    peak(bench);
    incremental(bench)?;
    bench.attempt("lines of LLVM IR", llvm_lines::measure);
    rebuild::measure(bench)
}

/// Forgets the builds of earlier runs, so that dependencies are built and counted.
fn clear(peer: &Peer) -> anyhow::Result<()> {
    for package in [Package::Ours, Package::Theirs] {
        let folder = peer.target(package);
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
        }
    }
    Ok(())
}

fn sources(bench: &mut Bench<'_>) -> anyhow::Result<()> {
    let generated = bench.root.join("generated").join("connect");
    let mut folders = vec![(Side::Ours, generated.join("api")), (Side::Ours, generated.join("client"))];
    folders.extend(bench.peer.sdk.iter().map(|sdk| (Side::Sdk, sdk.folder.clone())));
    for side in [Side::Ours, Side::Sdk] {
        let own: Vec<_> = folders.iter().filter(|(of, _)| *of == side).collect();
        if own.is_empty() {
            continue;
        }
        let counts = own.iter().map(|(_, folder)| count_rust(&folder.join("src"))).collect::<anyhow::Result<Vec<_>>>()?;
        let lines: usize = counts.iter().map(|(lines, _)| lines).sum();
        let files: usize = counts.iter().map(|(_, files)| files).sum();
        bench.report.add(Part::Build, Sample::new(LINES, side, Unit::Lines, lines as f64));
        bench.report.add(Part::Build, Sample::new("client and API: files", side, Unit::Files, files as f64));
    }
    Ok(())
}

/// Builds everything; what is not the subject's own is its dependencies'.
fn first_build(bench: &mut Bench<'_>, subject: &Subject, profile: Profile) -> anyhow::Result<()> {
    bench.progress.step(format!("{} of {} and its dependencies", profile.name(), subject.side));
    clean(bench, subject, profile)?;
    let (all, usage) = build(bench, subject, profile, Incremental::No)?;
    let own = own(&all, subject);
    if !subject.again {
        add(bench, subject, profile, &own);
    }
    sizes(bench, subject, profile)?;
    // A folder from an earlier run has them already.
    if all.iter().any(|compilation| compilation.name == "aws_smithy_runtime") {
        let dependencies = usage.cpu.saturating_sub(Duration::from_secs_f64(own.iter().map(|it| it.cpu).sum()));
        let what = format!("{}: CPU of dependencies and the program", profile.name());
        let sample = Sample::new(what, subject.side, Unit::CpuSeconds, dependencies.as_secs_f64());
        bench.report.add(Part::Build, sample);
    }
    Ok(())
}

fn rounds(bench: &mut Bench<'_>, subject: &Subject, profile: Profile) -> anyhow::Result<()> {
    for round in 1..=bench.rounds {
        bench.progress.step(format!("{} of {}, round {round}", profile.name(), subject.side));
        clean(bench, subject, profile)?;
        let (all, _) = build(bench, subject, profile, Incremental::No)?;
        add(bench, subject, profile, &own(&all, subject));
    }
    Ok(())
}

fn clean(bench: &Bench<'_>, subject: &Subject, profile: Profile) -> anyhow::Result<()> {
    let mut arguments = vec!["clean"];
    if profile == Profile::Release {
        arguments.push("--release");
    }
    arguments.extend(subject.crates.iter().flat_map(|name| ["--package", name]));
    let mut command = bench.peer.cargo(subject.package, &arguments, Incremental::No)?;
    process::run(&mut command, &bench.peer.output_log()).map(drop)
}

/// Builds a program of one operation and what it needs; gives what each rustc and the whole used.
fn build(
    bench: &Bench<'_>,
    subject: &Subject,
    profile: Profile,
    incremental: Incremental,
) -> anyhow::Result<(Vec<Compilation>, process::Usage)> {
    let log = bench.peer.rustc_log();
    fs::write(&log, "").with_context(|| format!("cannot write {}", log.display()))?;
    let arguments = [profile.arguments(), &["--package", subject.package.name(), "--bin", "one"]].concat();
    let usage = process::run(&mut bench.peer.cargo(subject.package, &arguments, incremental)?, &bench.peer.output_log())?;
    Ok((read_log(&log)?, usage))
}

/// The compilations of the subject's own crates.
fn own(all: &[Compilation], subject: &Subject) -> Vec<Compilation> {
    let is_own = |compilation: &&Compilation| subject.crates.iter().any(|name| name.replace('-', "_") == compilation.name);
    all.iter().filter(is_own).cloned().collect()
}

fn add(bench: &mut Bench<'_>, subject: &Subject, profile: Profile, own: &[Compilation]) {
    let start = own.iter().map(|it| it.start).fold(f64::INFINITY, f64::min);
    let end = own.iter().map(|it| it.end).fold(0.0, f64::max);
    let cpu = own.iter().map(|it| it.cpu).sum();
    let memory = own.iter().map(|it| it.memory).fold(0.0, f64::max);
    for (what, unit, value) in [
        ("CPU", Unit::CpuSeconds, cpu),
        ("wall", Unit::Seconds, end - start),
        ("peak memory of a rustc", Unit::Megabytes, memory),
    ] {
        let sample = Sample::new(format!("{}: {what}", profile.name()), subject.side, unit, value);
        bench.report.add(Part::Build, sample);
    }
}

/// The size of what other crates link with.
fn sizes(bench: &mut Bench<'_>, subject: &Subject, profile: Profile) -> anyhow::Result<()> {
    if profile == Profile::Check {
        return Ok(());
    }
    let folder = bench.peer.target(subject.package).join(profile.folder()).join("deps");
    let mut bytes = 0;
    for name in subject.crates {
        bytes += fs::metadata(newest_rlib(&folder, name)?)?.len();
    }
    let sample = Sample::new(format!("{}: rlibs", profile.name()), subject.side, Unit::Megabytes, bytes as f64 / 1e6);
    bench.report.add(Part::Build, sample);
    Ok(())
}

fn newest_rlib(folder: &Path, name: &str) -> anyhow::Result<PathBuf> {
    let prefix = format!("lib{}-", name.replace('-', "_"));
    let mut newest = None;
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        let file = entry.file_name().to_string_lossy().into_owned();
        if file.starts_with(&prefix) && file.ends_with(".rlib") {
            newest = newest.max(Some((entry.metadata()?.modified()?, entry.path())));
        }
    }
    newest.map(|(_, path)| path).with_context(|| format!("no rlib of {name} in {}", folder.display()))
}

/// The most that any build took.
fn peak(bench: &mut Bench<'_>) {
    for side in [Side::Ours, Side::Sdk] {
        let of = |profile: &Profile| bench.report.median(&format!("{}: peak memory of a rustc", profile.name()), side);
        let peaks: Vec<f64> = Profile::ALL.iter().filter_map(of).collect();
        // A check takes less than a build: a side without builds has no peak.
        if peaks.len() == Profile::ALL.len() {
            let most = peaks.into_iter().fold(0.0, f64::max);
            bench.report.add(Part::Build, Sample::new(PEAK, side, Unit::Megabytes, most));
        }
    }
}

/// Generated crates lie in a user's own workspace, where cargo builds in small pieces that it keeps: the first time takes longer.
fn incremental(bench: &mut Bench<'_>) -> anyhow::Result<()> {
    for profile in [Profile::Check, Profile::Debug] {
        bench.progress.step(format!("first {} in small pieces", profile.name()));
        clean(bench, &OURS, profile)?;
        let (all, _) = build(bench, &OURS, profile, Incremental::Yes)?;
        let cpu = own(&all, &OURS).iter().map(|it| it.cpu).sum();
        let what = format!("first incremental {}: CPU", profile.name());
        bench.report.add(Part::Build, Sample::new(what, Side::Ours, Unit::CpuSeconds, cpu));
    }
    Ok(())
}
