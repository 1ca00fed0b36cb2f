//! The repository's own tasks: `cargo xtask help`.

mod bench;
mod botocore;
mod codegen;
mod interop;
mod models;
mod sources;
mod sync;
mod tidy;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Tasks of the smithwright repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Generates the crates of services.
    Codegen(codegen::Options),
    /// Looks after the vendored models.
    Models {
        #[command(subcommand)]
        task: ModelsTask,
    },
    /// Drives the examples with boto3 and with the generated client.
    Interop(interop::Options),
    /// Measures what generated code costs.
    Bench {
        #[command(subcommand)]
        task: BenchTask,
    },
}

#[derive(Subcommand)]
enum BenchTask {
    /// CPU time and memory of building the generated crates, and of rebuilding a user's program.
    Build,
}

#[derive(Subcommand)]
enum ModelsTask {
    /// Takes a service's model from the botocore package, without its prose.
    Update(models::Options),
}

fn main() -> ExitCode {
    let root = repository_root();
    let result = match Arguments::parse().task {
        Task::Codegen(options) => codegen::run(&root, &options),
        Task::Models { task: ModelsTask::Update(options) } => models::update(&root, &options),
        Task::Interop(options) => interop::run(&root, &options),
        Task::Bench { task: BenchTask::Build } => bench::build(&root),
    };
    result.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

/// The repository: the folder above this crate.
fn repository_root() -> PathBuf {
    let mut root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.pop();
    root
}
