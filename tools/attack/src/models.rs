//! Models changed at random: each is refused with a reason, or becomes crates that compile without a warning.

mod compile;
mod directed;
mod mutate;

use crate::campaign::Round;
use crate::generator::{Outcome, Subject, check_refusal};
use crate::pool;
use crate::report::{Part, Report};
use crate::rng::{self, Rng};
use crate::shard::{self, CaseResult};
use smithwright::package::File;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// How many of those that are accepted are compiled in the short form; in the long form all are.
const COMPILED: usize = 12;

/// What is larger is not compiled, in bytes: it is generated, and that is what it is there for.
const LARGE: usize = 1_500_000;

/// Of how many cases one is something that must not be accepted in silence.
const DIRECTED: u64 = 5;

/// Runs the part.
pub(crate) fn run(round: &Round, report: &mut Report) -> anyhow::Result<()> {
    let folder = folder(&round.root);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    shard::run(Part::Models, round, report)?;
    let kept: Vec<u64> = round.numbers().filter(|number| folder.join(format!("m{number}/api")).exists()).collect();
    let step = if round.long { 1 } else { kept.len().div_ceil(COMPILED).max(1) };
    compile::run(round, &folder, &kept.into_iter().step_by(step).collect::<Vec<_>>(), report)
}

/// Where accepted mutants are.
fn folder(root: &Path) -> PathBuf {
    root.join("target").join("attack").join("work").join("models")
}

/// Does cases, and leaves what is accepted in the folder.
pub(crate) fn work(root: &Path, seed: u64, numbers: Range<u64>) -> anyhow::Result<()> {
    let subjects = pool::subjects(root)?;
    let folder = folder(root);
    shard::work(numbers, |number| attack(&subjects, &folder, number, &mut rng::of("models", seed, number)))
}

fn attack(subjects: &[Subject], folder: &Path, number: u64, rng: &mut Rng) -> CaseResult {
    let is_directed = number.is_multiple_of(DIRECTED);
    let (mut subject, changes) = match is_directed {
        true => directed::mutant(subjects, number / DIRECTED, rng)?,
        false => mutate::mutant(subjects, rng),
    };
    subject.key = format!("m{number}");
    let told = || format!("{}: {}", subject.name, changes.join("; "));
    match subject.generate() {
        Outcome::Refused(diagnostics) => {
            check_refusal(&diagnostics).map(|()| "refused").map_err(|error| format!("{error}\n  {}", told()))
        }
        Outcome::Accepted(_, diagnostics) if is_directed && diagnostics.is_empty() => {
            Err(format!("accepted in silence: {}", told()))
        }
        Outcome::Accepted(files, _) => {
            keep(&folder.join(&subject.key), &files, &told()).map_err(|error| format!("cannot be written: {error}"))?;
            Ok("accepted")
        }
    }
}

fn keep(folder: &Path, files: &[File], told: &str) -> std::io::Result<()> {
    if files.iter().map(|file| file.text.len()).sum::<usize>() > LARGE {
        return Ok(());
    }
    for file in files {
        let path = folder.join(&file.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, &file.text)?;
    }
    fs::write(folder.join("about.txt"), told)
}
