//! The repository's own tasks: `cargo xtask help`.

mod attack;
mod bench;
mod census;
mod conformance;
mod diff_truth;
mod endpoints;
mod interop;

use clap::{Parser, Subcommand};
use smithwright_cli::project::Project;
use smithwright_cli::{generate, report, vendor};
use std::path::PathBuf;
use std::process::ExitCode;

/// Tasks of the smithwright repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    /// Another folder of models than the repository's, and where its crates go.
    #[arg(long, hide = true)]
    root: Option<PathBuf>,
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Generates the crates of services.
    Codegen(generate::Options),
    /// Looks after the vendored models.
    Models {
        #[command(subcommand)]
        task: ModelsTask,
    },
    /// Runs suites of protocol test cases against what is generated from their models.
    Conformance(conformance::Options),
    /// Runs test cases of endpoint rules: botocore's, of all services, and those of Smithy models.
    Endpoints(endpoints::Options),
    /// Drives the examples with boto3 and with the generated client.
    Interop(interop::Options),
    /// Attacks the generator, its output and the examples.
    Attack(attack::Options),
    /// Generates every service of AWS and compiles it.
    Census(census::Options),
    /// Compares verdicts of `smithwright diff` with those of `cargo semver-checks` on generated crates.
    DiffTruth(diff_truth::Options),
    /// Measures what generated code costs, beside what others cost.
    Bench(bench::Options),
    /// What the bench does in processes of their own.
    #[command(hide = true)]
    BenchStep {
        #[command(subcommand)]
        step: bench::Step,
    },
}

#[derive(Subcommand)]
enum ModelsTask {
    /// Takes a service's model from the botocore package, without its prose.
    Update(vendor::Options),
}

fn main() -> ExitCode {
    if let Some(code) = bench::wrap_rustc() {
        return code;
    }
    let arguments = Arguments::parse();
    let root = arguments.root.unwrap_or_else(repository_root);
    let project = || Ok(Project::in_folder(&root));
    let result = match arguments.task {
        Task::Codegen(options) => generate::run(project, &options),
        Task::Models { task: ModelsTask::Update(options) } => vendor::run(&Project::in_folder(&root), &options),
        Task::Conformance(options) => conformance::run(&root, &options),
        Task::Endpoints(options) => endpoints::run(&root, &options),
        Task::Interop(options) => interop::run(&root, &options),
        Task::Attack(options) => attack::run(&root, &options),
        Task::Census(options) => census::run(&root, &options),
        Task::DiffTruth(options) => diff_truth::run(&root, &options),
        Task::Bench(options) => bench::run(&root, &options),
        Task::BenchStep { step } => bench::run_step(&root, &step),
    };
    report(result)
}

/// The repository: the folder above this crate.
fn repository_root() -> PathBuf {
    let mut root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.pop();
    root
}
