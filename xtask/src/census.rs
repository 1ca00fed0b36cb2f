//! `cargo xtask census`: a program of a workspace of its own, `tools/census`, so that nobody else pays for what it depends on.

use crate::interop::Venv;
use anyhow::Context;
use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode};

/// Options of `cargo xtask census`: the program's own, `--help` among them.
#[derive(clap::Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Options {
    /// What the program is told.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

/// Builds the program and runs it, over botocore's models unless it is told of others.
pub(crate) fn run(root: &Path, options: &Options) -> anyhow::Result<ExitCode> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--quiet", "--manifest-path"]).arg(root.join("tools/census/Cargo.toml"));
    cargo.arg("--target-dir").arg(root.join("target/census-build")).arg("--").arg("--root").arg(root);
    let is_named = |argument: &OsString| ["--models", "--help", "-h"].iter().any(|flag| argument == flag);
    if !options.arguments.iter().any(is_named) {
        let venv = Venv::prepare(&root.join("target/interop-venv"), "python3")?;
        cargo.arg("--models").arg(venv.package("botocore")?.join("data"));
    }
    let status = cargo.args(&options.arguments).status().context("cannot run cargo")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
