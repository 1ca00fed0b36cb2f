//! Which functions give LLVM the most to do.

use super::peer::Package;
use super::report::LlvmLines;
use super::{Bench, process};
use std::path::{Path, PathBuf};
use std::process::Command;

/// How many functions are told.
const TOP: usize = 10;

/// What is looked at: its name, its workspace, and what of it.
struct Subject {
    of: &'static str,
    folder: PathBuf,
    target: PathBuf,
    arguments: &'static [&'static str],
}

/// Counts the lines of the API crate and of a program of twenty operations, when the tool is there.
pub(crate) fn measure(bench: &mut Bench<'_>) -> anyhow::Result<()> {
    let Some(tool) = find(bench)? else {
        bench.report.missing.push("lines of LLVM IR: cargo-llvm-lines is not installed; --install-tools does it".to_owned());
        return Ok(());
    };
    let subjects = [
        Subject {
            of: "connect-api",
            folder: bench.root.to_owned(),
            target: bench.peer.folder.join("builds").join("llvm-lines"),
            arguments: &["--package", "connect-api", "--lib"],
        },
        Subject {
            of: "a program of twenty operations",
            folder: bench.peer.folder.clone(),
            target: bench.peer.target(Package::Ours),
            arguments: &["--package", "ours", "--bin", "twenty"],
        },
    ];
    for subject in subjects {
        bench.progress.step(format!("counting lines of LLVM IR of {}", subject.of));
        let mut command = Command::new(&tool);
        command.current_dir(&subject.folder).arg("llvm-lines").args(subject.arguments);
        command.env("CARGO_TARGET_DIR", &subject.target);
        let output = process::read(&mut command)?;
        bench.report.llvm_lines.push(LlvmLines { of: subject.of.to_owned(), top: top(&output) });
    }
    Ok(())
}

/// The functions, without the head of the table and its sum.
fn top(output: &str) -> Vec<String> {
    let functions = output.lines().skip_while(|line| !line.contains("(TOTAL)")).skip(1);
    functions.take(TOP).map(|line| line.trim().to_owned()).collect()
}

/// The tool on the path or among the bench's own, where it is installed when that is asked for.
fn find(bench: &Bench<'_>) -> anyhow::Result<Option<PathBuf>> {
    let own = bench.peer.folder.join("tools");
    let installed = own.join("bin").join(format!("cargo-llvm-lines{}", std::env::consts::EXE_SUFFIX));
    for tool in [PathBuf::from("cargo-llvm-lines"), installed.clone()] {
        if runs(&tool) {
            return Ok(Some(tool));
        }
    }
    if !bench.install_tools {
        return Ok(None);
    }
    bench.progress.step("installing cargo-llvm-lines");
    let mut command = Command::new("cargo");
    command.args(["install", "cargo-llvm-lines", "--locked", "--root"]).arg(&own);
    process::run(&mut command, &bench.peer.output_log())?;
    Ok(Some(installed))
}

fn runs(tool: &Path) -> bool {
    Command::new(tool).args(["llvm-lines", "--version"]).output().is_ok_and(|output| output.status.success())
}
