//! `smithwright generate`: crates made of models.

pub(crate) mod subject;

use crate::lock::{ReadLock, WriteLock};
use crate::project::Project;
use crate::sync::{Change, Output};
use anyhow::{Context, bail};
use smithwright::config::{Manifest, OperationPattern, ServiceKey};
use smithwright::diagnostic::Diagnostics;
use smithwright::package::Package;
use smithwright::{Request, generate};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use subject::{Subject, Subjects};

/// Options of the command.
#[derive(Debug, Default, clap::Args)]
pub struct Options {
    /// The services, or the files of models that need no configuration; all services of the configuration when none is named.
    #[arg(value_name = "NAME|MODEL.json")]
    pub services: Vec<String>,
    /// Write nothing; fail when something would change.
    #[arg(long)]
    pub check: bool,
    /// A full model (`service-2.json`) whose prose becomes the documentation.
    #[arg(long, value_name = "FULL_MODEL")]
    pub docs: Option<PathBuf>,
    /// The operations to generate, with what they need: `ListUsers,Create*`. Instead of those that the configuration names.
    #[arg(long, value_name = "OPERATIONS", value_delimiter = ',')]
    pub only: Vec<OperationPattern>,
    /// How manifests are written: `standalone` or `workspace`. Instead of what the configuration says.
    #[arg(long, value_name = "KIND")]
    pub manifest: Option<Manifest>,
    /// Where a folder for each service goes; `generated` in the project, or in the working folder, when it is not given.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Say nothing of what was done, only what is wrong.
    #[arg(long, short)]
    pub quiet: bool,
}

/// How many files that differ are named; the others are counted.
const MAX_NAMED: usize = 100;

/// Where crates go, unless it is said otherwise.
const GENERATED: &str = "generated";

/// What a run has to say, kept until it holds no lock: whoever reads it slowly, or not at all, would hold all others that write.
#[derive(Default)]
struct Said {
    /// What was done.
    results: Vec<String>,
    /// What is wrong.
    problems: Vec<String>,
}

impl Said {
    fn print(&self, is_quiet: bool) {
        if !is_quiet {
            self.results.iter().for_each(|line| println!("{line}"));
        }
        self.problems.iter().for_each(|line| eprintln!("{line}"));
    }
}

/// Generates crates, of services in the project that the working folder is in or of models' files.
///
/// # Errors
///
/// What cannot be read, or written. Then nothing has changed.
pub fn run(project: impl FnOnce() -> anyhow::Result<Project>, options: &Options) -> anyhow::Result<ExitCode> {
    let project = match subject::are_files(&options.services)? {
        true => None,
        false => Some(project()?),
    };
    let root = project.as_ref().map_or(Path::new("."), Project::root);
    let run = Run { project: project.as_ref(), out: options.out.clone().unwrap_or_else(|| root.join(GENERATED)), options };
    let mut said = Said::default();
    let result = match options.check {
        true => run.check(&mut said),
        false => run.write(&mut said),
    };
    said.print(options.quiet);
    result
}

/// One run: from the reading of the configuration to the last write no other run writes to the folder, so that what is compared is
/// what is replaced. Nothing is written unless every service is sound.
struct Run<'a> {
    project: Option<&'a Project>,
    out: PathBuf,
    options: &'a Options,
}

impl Run<'_> {
    fn check(&self, said: &mut Said) -> anyhow::Result<ExitCode> {
        let (output, parent) = self.output()?;
        let _lock = if parent.is_dir() { Some(ReadLock::acquire(&parent)?) } else { None };
        self.compare(&output, said, |changes, said| Ok(check(&output, changes, said)))
    }

    fn write(&self, said: &mut Said) -> anyhow::Result<ExitCode> {
        let (output, parent) = self.output()?;
        fs::create_dir_all(&parent).with_context(|| format!("cannot make {}", parent.display()))?;
        let lock = WriteLock::acquire(&parent)?;
        output.recover(&lock)?;
        self.compare(&output, said, |changes, said| write(&output, &lock, changes, said))
    }

    /// Where crates go, and the folder that this is in, which is locked.
    fn output(&self) -> anyhow::Result<(Output, PathBuf)> {
        let out = std::path::absolute(&self.out)?;
        let parent = out.parent().with_context(|| format!("{} is in no folder", out.display()))?;
        Ok((Output::generated(&out)?, parent.to_owned()))
    }

    fn compare(
        &self,
        output: &Output,
        said: &mut Said,
        then: impl FnOnce(&[Change<'_>], &mut Said) -> anyhow::Result<ExitCode>,
    ) -> anyhow::Result<ExitCode> {
        let subjects = match self.project {
            Some(project) => Subjects::of_project(project, &self.out, self.options)?,
            None => Subjects::of_files(self.options)?,
        };
        let mut packages = Vec::new();
        for subject in &subjects.list {
            packages.extend(self.package(subject, &subjects, said)?);
        }
        if packages.len() < subjects.list.len() {
            return Ok(ExitCode::FAILURE);
        }
        refuse_twins(&packages)?;
        let changes: Vec<Change<'_>> =
            packages.iter().map(|(key, package)| output.compare(key, &package.files)).collect::<anyhow::Result<_>>()?;
        then(&changes, said)
    }

    /// The crates of one service; `None`, when its diagnostics, which are said, have an error.
    fn package(&self, subject: &Subject, subjects: &Subjects, said: &mut Said) -> anyhow::Result<Option<(ServiceKey, Package)>> {
        let files = subject.file.read(&subject.config.source, self.options.docs.as_deref())?;
        let mut diagnostics = Diagnostics::default();
        let package = files.lower(&mut diagnostics).map(|model| {
            let key = subject.key(&model)?;
            let request = Request { key: &key, folder: subject.file.origin(), config: &subject.config, home: &subjects.home };
            let package = generate(request, model, &mut diagnostics);
            anyhow::Ok(package.map(|package| (key, package)))
        });
        if !diagnostics.list.is_empty() {
            said.problems.push(format!("{diagnostics}\n"));
        }
        Ok(package.transpose()?.flatten())
    }
}

/// Two files may hold models of one service, which have one folder.
fn refuse_twins(packages: &[(ServiceKey, Package)]) -> anyhow::Result<()> {
    let mut keys: Vec<&ServiceKey> = packages.iter().map(|(key, _)| key).collect();
    keys.sort();
    match keys.windows(2).find(|pair| pair.first() == pair.last()) {
        Some(pair) => bail!("two of the models would be written to the folder `{}`: generate one at a time", pair[0]),
        None => Ok(()),
    }
}

/// Says how services' crates differ from what they should be.
fn check(output: &Output, changes: &[Change<'_>], said: &mut Said) -> ExitCode {
    let drifted = || changes.iter().filter(|change| !change.drift.is_empty());
    let mut lines = drifted().flat_map(|change| differences(output, change));
    said.problems.extend(lines.by_ref().take(MAX_NAMED));
    let others = lines.count();
    if others > 0 {
        said.problems.push(format!("and {others} other files"));
    }
    let keys: Vec<&str> = drifted().map(|change| change.key.as_str()).collect();
    if keys.is_empty() {
        return ExitCode::SUCCESS;
    }
    said.problems.push(format!("generate them again: {}", keys.join(", ")));
    ExitCode::FAILURE
}

/// How a service's crates differ, a line each file.
fn differences<'c>(output: &'c Output, change: &'c Change<'_>) -> impl Iterator<Item = String> + 'c {
    let Change { key, drift, .. } = change;
    let line = move |path: &String, what: &str| format!("{}/{key}/{path} {what}", output.name());
    let changed = drift.changed.iter().map(move |path| line(path, "is not what the model gives"));
    changed.chain(drift.stale.iter().map(move |path| line(path, "is not generated any more")))
}

/// Writes services' crates.
fn write(output: &Output, lock: &WriteLock, changes: &[Change<'_>], said: &mut Said) -> anyhow::Result<ExitCode> {
    output.replace(lock, changes)?;
    said.results.extend(changes.iter().map(|Change { key, files, drift }| {
        let (written, deleted) = (drift.changed.len(), drift.stale.len());
        format!("{}/{key}: {} files, {written} written, {deleted} deleted", output.name(), files.len())
    }));
    Ok(ExitCode::SUCCESS)
}
