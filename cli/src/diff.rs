//! `smithwright diff`: what an update of a model changes, and whom that breaks.

mod side;

use crate::sources::ServiceFiles;
use anyhow::Context;
use side::Model;
use smithwright::Request;
use smithwright::config::{Crates, ServiceConfig};
use smithwright::diagnostic::Diagnostics;
use smithwright::diff::{Breaks, Format, Report, Side, compare, render};
use std::io::Write;
use std::process::ExitCode;

/// Options of the command.
#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub struct Options {
    /// The model before: a file, a folder of one, a wheel of botocore or a folder that was unpacked from one, or a release of botocore.
    #[arg(value_name = "OLD")]
    pub old: String,
    /// The model after, likewise; it need not be of the same format.
    #[arg(value_name = "NEW")]
    pub new: String,
    /// The service, where a package or a model has several: `connect`, or `example.weather#Weather`.
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,
    /// How to write it: `text`, `markdown`, `html` (one page that needs nothing else) or `json`.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
    /// Exit with 2 when something is `breaking`: callers, implementors or the wire.
    #[arg(long, value_name = "WHAT")]
    pub fail_on: Option<Threshold>,
}

const HELP: &str = "\
Examples:
  smithwright diff old/model.json new/model.json
  smithwright diff 1.42.0 1.44.5 --service connect --format html > connect.html
  smithwright diff models/connect/2017-08-08 botocore-1.45.0-py3-none-any.whl --service connect
  smithwright diff main/model.json model.json --fail-on breaking

Callers and implementors: whether source that was written for the old crates compiles with the new. The wire: whether programs
of the old crates and of the new understand one another.

Exit codes: 0, the models were compared; 1, one of them cannot be read or generated from; 2, --fail-on found what it looks for.";

/// What fails a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Threshold {
    /// Whatever breaks anybody.
    Breaking,
}

/// The exit code of a run that found what fails it.
const FOUND: u8 = 2;

/// Compares two models, and writes what differs to the standard output.
///
/// # Errors
///
/// A model that is not there, or cannot be read.
pub fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let report = match report(&options.old, &options.new, options.service.as_deref())? {
        Ok(report) => report,
        Err(faults) => {
            let texts: Vec<String> = faults.iter().map(ToString::to_string).collect();
            eprintln!("{}", texts.join("\n\n"));
            return Ok(ExitCode::FAILURE);
        }
    };
    let mut out = std::io::stdout().lock();
    out.write_all(render(&report, options.format).as_bytes()).and_then(|()| out.flush()).context("cannot write the report")?;
    let is_found = options.fail_on == Some(Threshold::Breaking) && report.impact().worst() == Breaks::Yes;
    Ok(if is_found { ExitCode::from(FOUND) } else { ExitCode::SUCCESS })
}

/// Compares two models, named as on the command line; otherwise, what is wrong with those that have errors.
///
/// # Errors
///
/// A model that is not there, or cannot be read.
pub fn report(old: &str, new: &str, service: Option<&str>) -> anyhow::Result<Result<Report, Vec<Diagnostics>>> {
    let (old, new) = (Model::find(old, service)?, Model::find(new, service)?);
    Ok(both(&old, &new))
}

/// Lowers and plans both models, each on a thread of its own, and compares them; otherwise, what is wrong with those that have errors.
fn both(old: &Model, new: &Model) -> Result<Report, Vec<Diagnostics>> {
    let config = ServiceConfig::default();
    let plan = |model: &Model| side_of(&model.label, &model.files, &config);
    let (old, new) = std::thread::scope(|scope| {
        let old = scope.spawn(|| plan(old));
        let new = plan(new);
        (old.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), new)
    });
    match (old, new) {
        (Ok(old), Ok(new)) => Ok(compare(&old, &new)),
        (old, new) => Err([old.err(), new.err()].into_iter().flatten().collect()),
    }
}

/// A model, planned; what is wrong with it otherwise.
pub(crate) fn side_of(label: &str, files: &ServiceFiles, config: &ServiceConfig) -> Result<Side, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let side = files.lower(&mut diagnostics).and_then(|model| {
        let key = match crate::generate::subject::key_of(&model) {
            Ok(key) => key,
            Err(error) => {
                diagnostics.error(&model.service.place, format!("{error:#}"), "give the service an id of letters and digits");
                return None;
            }
        };
        let request = Request { key: &key, folder: label, config, home: &Crates::default().into() };
        Side::new(label, request, model, &mut diagnostics)
    });
    side.ok_or(diagnostics)
}
