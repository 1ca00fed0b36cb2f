//! `cargo xtask bench`: what generated code costs, beside what others cost, in one run.

mod build;
mod cbor;
mod chart;
mod generation;
mod llvm_lines;
mod machine;
mod markdown;
mod measure;
mod peer;
mod phases;
mod process;
mod programs;
mod progress;
mod readme;
mod rebuild;
mod report;
mod rustc;
mod synthetic;
mod targets;

pub(crate) use rustc::wrap as wrap_rustc;

use anyhow::Context;
use machine::Machine;
use measure::{Part, Sample};
use peer::Peer;
use progress::Progress;
use report::Report;
use smithwright_cli::sources::MODELS;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

/// Options of `cargo xtask bench`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// What to measure; everything when nothing is named.
    parts: Vec<Part>,
    /// How often what is small is measured; the median counts.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    rounds: u16,
    /// One short round, without the large builds of aws-sdk-connect: whether everything runs, not what it costs.
    #[arg(long)]
    quick: bool,
    /// Write the table and the chart of the README.
    #[arg(long)]
    readme: bool,
    /// Install cargo-llvm-lines below target/ when it is not there.
    #[arg(long)]
    install_tools: bool,
}

/// What the bench does in processes of their own.
#[derive(clap::Subcommand)]
pub(crate) enum Step {
    /// Generates every service, and tells how long each phase took.
    Phases,
    /// Writes a `models` folder whose services are several times as large as the repository's. Apart from the bench, because
    /// what a process starts counts its starter's peak memory as its own.
    Multiply {
        /// The new folder.
        to: PathBuf,
        /// How many times as large.
        copies: usize,
    },
}

/// Runs a step of the bench.
pub(crate) fn run_step(root: &Path, step: &Step) -> anyhow::Result<ExitCode> {
    match step {
        Step::Phases => phases::run(root)?,
        Step::Multiply { to, copies } => synthetic::write(&root.join(MODELS), to, *copies)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// A run of the bench.
struct Bench<'a> {
    root: &'a Path,
    peer: Peer,
    rounds: usize,
    quick: bool,
    install_tools: bool,
    progress: Progress,
    report: Report,
}

/// Measures, writes the report, and prints what came of the targets.
pub(crate) fn run(root: &Path, options: &Options) -> anyhow::Result<ExitCode> {
    let rounds = if options.quick { 1 } else { usize::from(options.rounds) };
    let mut report = Report::new(Machine::this(), rounds, options.quick);
    let progress = Progress::new();
    progress.step("looking for aws-sdk-connect");
    let peer = Peer::prepare(root, &mut report.missing)?;
    report.machine.sdk = peer.sdk.as_ref().map(|sdk| sdk.version.clone());
    let mut bench = Bench { root, peer, rounds, quick: options.quick, install_tools: options.install_tools, progress, report };
    for part in Part::ALL.into_iter().filter(|part| options.parts.is_empty() || options.parts.contains(part)) {
        let title = part.title().to_lowercase();
        bench.attempt(&format!("the rest of {title}"), |bench| bench.measure(part));
    }
    let Bench { peer, mut report, progress, .. } = bench;
    drop(progress);
    report.targets = targets::judge(root, &report)?;
    save(&report, &peer.folder)?;
    if options.readme {
        readme::write(root, &report)?;
    }
    println!("{}\n\n{}", markdown::conditions(&report), markdown::targets(&report.targets));
    for missing in &report.missing {
        eprintln!("warning: not measured: {missing}");
    }
    println!("all figures: {}", peer.folder.join("report.md").display());
    Ok(ExitCode::SUCCESS)
}

fn save(report: &Report, folder: &Path) -> anyhow::Result<()> {
    let write = |name: &str, text: String| {
        let path = folder.join(name);
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
    };
    write("report.json", serde_json::to_string_pretty(report)? + "\n")?;
    write("report.md", markdown::report(report))?;
    chart::draw(report, folder)
}

impl Bench<'_> {
    fn measure(&mut self, part: Part) -> anyhow::Result<()> {
        match part {
            Part::Generation => generation::measure(self),
            Part::Build => build::measure(self),
            Part::Binary => programs::measure_sizes(self),
            Part::Client => programs::measure_clients(self),
            Part::Cbor => cbor::measure(self),
            Part::Server => programs::measure_servers(self),
        }
    }

    /// Measures something without which the rest goes on: what was measured is worth more than what was not.
    fn attempt(&mut self, what: &str, measure: impl FnOnce(&mut Self) -> anyhow::Result<()>) {
        if let Err(error) = measure(self) {
            self.report.missing.push(format!("{what}: {error:#}"));
        }
    }

    /// How long a program of the bench takes for one measurement.
    fn milliseconds(&self) -> String {
        let budget = if self.quick { Duration::from_millis(100) } else { Duration::from_millis(1000) };
        budget.as_millis().to_string()
    }

    /// What a program tells, a line a sample.
    fn samples(&self, command: &mut Command) -> anyhow::Result<Vec<Sample>> {
        let output = process::read(command)?;
        output.lines().map(|line| serde_json::from_str(line).with_context(|| format!("`{line}` is no sample"))).collect()
    }

    /// Adds what a program tells.
    fn add_samples(&mut self, part: Part, command: &mut Command) -> anyhow::Result<()> {
        for sample in self.samples(command)? {
            self.report.add(part, sample);
        }
        Ok(())
    }
}
