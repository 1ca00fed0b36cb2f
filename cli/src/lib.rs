//! The command line of smithwright: models in, crates out, on a disk.
//!
//! ```text
//!   smithwright.toml ─ project ─ sources ─▶ smithwright (the library, which is pure) ─▶ sync ─▶ generated/
//!   a model file ────────┘                                                                │
//!                                     generate ── lock: one run writes, the others wait ──┘
//!   a wheel of botocore ── vendor ─▶ models/
//!   two models ── diff ─▶ what an update breaks
//!   an empty folder ── new ─▶ a service that works, which a build script makes
//! ```
//!
//! Each command is a module with its options and a function `run`, so that a repository's own tasks call the same code.

pub mod arguments;
pub mod diff;
pub mod generate;
pub mod lock;
pub mod new;
pub mod project;
pub mod sources;
pub mod sync;
pub mod vendor;

use arguments::{Arguments, Command};
use clap::Parser;
use project::Project;
use smithwright::diagnostic::Diagnostics;
use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the command line; its exit code is that of [`Arguments`]' help.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    match Arguments::try_parse_from(arguments) {
        Ok(arguments) => report(run(arguments)),
        Err(error) => {
            // Help and versions are asked for. What cannot be printed has no reader.
            let _ = error.print();
            ExitCode::from(u8::from(error.use_stderr()))
        }
    }
}

/// Says what kept a command from its end.
pub fn report(result: anyhow::Result<ExitCode>) -> ExitCode {
    result.unwrap_or_else(|error| {
        match error.downcast_ref::<Diagnostics>() {
            Some(diagnostics) => eprintln!("{diagnostics}"),
            None => eprintln!("error: {error:#}"),
        }
        ExitCode::FAILURE
    })
}

fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let project = || match &arguments.project {
        Some(path) => Project::at(path),
        None => Project::find(&std::env::current_dir()?),
    };
    match arguments.command {
        Command::Generate(options) => generate::run(project, &options),
        Command::Diff(options) => diff::run(&options),
        Command::New(options) => new::run(&options),
        // The first model of a project is where its configuration begins.
        Command::Vendor(options) if arguments.project.is_none() => {
            let folder = std::env::current_dir()?;
            vendor::run(&Project::find(&folder).unwrap_or_else(|_| Project::in_folder(&folder)), &options)
        }
        Command::Vendor(options) => vendor::run(&project()?, &options),
    }
}
