//! The campaign: its options, its rounds, and where its parts find things.

use crate::report::{Part, Report};
use crate::{models, requests, runs, text, upstreams};
use anyhow::Context;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// The command line.
#[derive(Debug, clap::Parser)]
#[command(name = "cargo xtask attack", bin_name = "cargo xtask attack")]
pub(crate) struct Arguments {
    /// The repository.
    #[arg(long, hide = true)]
    root: PathBuf,
    /// The program of `cargo xtask`, which the runs of codegen are of.
    #[arg(long, hide = true)]
    xtask: PathBuf,
    /// Where `contact-desk`, `connect-proxy` and `attack-driver` are, when they are not to be built.
    #[arg(long, hide = true)]
    programs: Option<PathBuf>,
    /// Does some cases of a part and tells of each in a line: `from..to`.
    #[arg(long, hide = true, requires = "only")]
    worker: Option<String>,
    /// Rounds until the time is up and every part has had the cases that it needs; without it, one short round.
    #[arg(long)]
    long: bool,
    /// What everything random follows from.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// These parts alone.
    #[arg(long, value_name = "PART", num_args = 1.., value_delimiter = ',')]
    only: Vec<Part>,
    /// How long the rounds of `--long` go on.
    #[arg(long, value_name = "N", default_value_t = 60)]
    minutes: u64,
    /// One case of one part alone, as a failure names it.
    #[arg(long, value_name = "N", requires = "only")]
    case: Option<u64>,
    /// The cases from this one on.
    #[arg(long, value_name = "N", default_value_t = 0, hide = true)]
    from: u64,
}

/// How much a round does of each part, and what `--long` must have done at least.
struct Size {
    short: u64,
    long: u64,
    least: u64,
}

fn size(part: Part) -> Size {
    match part {
        Part::Text => Size { short: 4_000, long: 25_000, least: 50_000 },
        Part::Models => Size { short: 200, long: 1_000, least: 2_000 },
        Part::Runs => Size { short: 20, long: 100, least: 200 },
        // What these do in a round is a list of their own, most of which is in each round.
        Part::Requests | Part::Upstreams => Size { short: 1, long: 1, least: 1 },
    }
}

/// What a part is told.
#[derive(Clone, Debug)]
pub(crate) struct Round {
    /// The repository.
    pub(crate) root: PathBuf,
    /// The program of `cargo xtask`.
    pub(crate) xtask: PathBuf,
    /// Where the programs are, when they are not to be built.
    pub(crate) programs: Option<PathBuf>,
    /// What is random follows from this.
    pub(crate) seed: u64,
    /// How many cases.
    pub(crate) cases: u64,
    /// This case alone.
    pub(crate) case: Option<u64>,
    /// The cases from this one on.
    pub(crate) from: u64,
    /// Whether what takes long is wanted, too.
    pub(crate) long: bool,
}

impl Round {
    /// A folder for what a part writes, below `target/`.
    pub(crate) fn folder(&self, name: &str) -> anyhow::Result<PathBuf> {
        let folder = self.root.join("target").join("attack").join("work").join(name);
        fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        Ok(folder)
    }

    /// The numbers of the cases.
    pub(crate) fn numbers(&self) -> std::ops::Range<u64> {
        self.case.map_or(self.from..self.cases.max(self.from), |case| case..case + 1)
    }

    /// Whether a case is wanted.
    pub(crate) fn wants(&self, case: u64) -> bool {
        case >= self.from && self.case.is_none_or(|only| only == case)
    }
}

/// Attacks, and tells what broke.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let parts = if arguments.only.is_empty() { Part::ALL.to_vec() } else { arguments.only.clone() };
    if let Some(range) = &arguments.worker {
        return work(arguments, parts[0], range);
    }
    let mut report = Report::default();
    let began = Instant::now();
    let mut number = 0;
    loop {
        let left: Vec<Part> = parts.iter().copied().filter(|part| is_left(arguments, *part, number, began, &report)).collect();
        if left.is_empty() {
            break;
        }
        for part in left {
            // The time may have passed while the parts before it ran.
            if is_left(arguments, part, number, began, &report) {
                attack(arguments, part, number, &mut report)?;
            }
        }
        number += 1;
    }
    println!("{report}");
    println!("{} round(s) from seed {}, {} s", number, arguments.seed, began.elapsed().as_secs());
    Ok(if report.is_broken() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Whether a part has another round: the first, those within the time, and those that bring it to its least, within twice the time.
fn is_left(arguments: &Arguments, part: Part, round: u64, began: Instant, report: &Report) -> bool {
    if round == 0 {
        return true;
    }
    let time = Duration::from_secs(60 * arguments.minutes);
    let is_short = report.tried(part) < size(part).least;
    arguments.long && arguments.case.is_none() && (began.elapsed() < time || (is_short && began.elapsed() < 2 * time))
}

fn attack(arguments: &Arguments, part: Part, number: u64, report: &mut Report) -> anyhow::Result<()> {
    let size = size(part);
    let round = Round {
        root: arguments.root.clone(),
        xtask: arguments.xtask.clone(),
        programs: arguments.programs.clone(),
        seed: arguments.seed.wrapping_add(number),
        cases: if arguments.long { size.long } else { size.short },
        case: arguments.case,
        from: arguments.from,
        long: arguments.long,
    };
    let began = Instant::now();
    eprintln!("{part}: seed {}", round.seed);
    match part {
        Part::Text => text::run(&round, report),
        Part::Models => models::run(&round, report),
        Part::Runs => runs::run(&round, report),
        Part::Requests => requests::run(&round, report),
        Part::Upstreams => upstreams::run(&round, report),
    }
    .with_context(|| format!("the part `{part}` cannot be run"))?;
    eprintln!("{part}: {:.1} s", began.elapsed().as_secs_f32());
    Ok(())
}

/// The cases of a worker, each told in a line; see [`shard`](crate::shard).
fn work(arguments: &Arguments, part: Part, range: &str) -> anyhow::Result<ExitCode> {
    let (from, to) = range.split_once("..").context("a worker wants `from..to`")?;
    let numbers = from.parse()?..to.parse()?;
    let root: &Path = &arguments.root;
    match part {
        Part::Text => text::work(root, arguments.seed, numbers)?,
        Part::Models => models::work(root, arguments.seed, numbers)?,
        Part::Runs | Part::Requests | Part::Upstreams => anyhow::bail!("`{part}` has no workers"),
    }
    Ok(ExitCode::SUCCESS)
}
