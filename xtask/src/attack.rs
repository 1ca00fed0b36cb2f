//! `cargo xtask attack`: a program of a workspace of its own, `tools/attack`, so that nobody else pays for what it depends on.

use anyhow::Context;
use std::env;
use std::path::Path;
use std::process::{Command, ExitCode};

/// Options of `cargo xtask attack`: the program's own, `--help` among them.
#[derive(clap::Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Options {
    /// What the program is told.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Builds the program and runs it. It runs this one in turn, to attack `codegen`.
pub(crate) fn run(root: &Path, options: &Options) -> anyhow::Result<ExitCode> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--quiet", "--package", "attack", "--manifest-path"]).arg(root.join("tools/attack/Cargo.toml"));
    cargo.arg("--target-dir").arg(root.join("target/attack")).arg("--");
    cargo.arg("--root").arg(root).arg("--xtask").arg(env::current_exe().context("this program has no path")?);
    let status = cargo.args(&options.arguments).status().context("cannot run cargo")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
