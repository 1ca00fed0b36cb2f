//! The command line, as it is typed.

use crate::{diff, generate, new, vendor};
use std::path::PathBuf;

/// Turns Smithy and botocore service models into Rust.
#[derive(Debug, clap::Parser)]
#[command(name = "smithwright", version, after_help = EXIT_CODES, max_term_width = 100)]
pub struct Arguments {
    /// The folder of `smithwright.toml`, or the file; looked for in the working folder and above it when it is not given.
    #[arg(long, global = true, value_name = "PATH")]
    pub project: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0, all is well; 1, something is wrong, and nothing was changed; \
                          2, `diff --fail-on` found what it looks for.";

/// The commands.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Generates the crates of services.
    Generate(generate::Options),
    /// Says what an update of a model changes, and whom that breaks.
    Diff(diff::Options),
    /// Makes a service of your own: a small model, what answers, a client and tests, in an empty folder.
    New(new::Options),
    /// Takes a service's model from the botocore package, without its prose.
    Vendor(vendor::Options),
}
