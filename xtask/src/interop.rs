//! `cargo xtask interop`: AWS's own client and the generated one, against the examples, over sockets.
//!
//! Every check is a program that ends well or not, so that another one is another line in [`checks`].

mod differential;
mod program;
mod venv;

use anyhow::{Context, bail};
use differential::Differential;
use program::{Program, build};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;
pub(crate) use venv::Venv;

/// Options of `cargo xtask interop`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The Python that the virtual environment is made with.
    #[arg(long, value_name = "PROGRAM", default_value = "python3")]
    python: String,
    #[command(flatten)]
    differential: Differential,
}

/// One check: a program, told in a line when it ends well and shown when it does not.
struct Check {
    name: &'static str,
    command: Command,
}

/// Runs all checks, also behind one that fails.
pub(crate) fn run(root: &Path, options: &Options) -> anyhow::Result<ExitCode> {
    let venv = Venv::prepare(&root.join("target/interop-venv"), &options.python)?;
    let examples = build(root, "smithwright-examples")?;
    let differential = options.differential.check(root, &venv, examples.get("connect-proxy")?);
    if options.differential.is_alone() {
        return run_all(vec![differential]);
    }
    let desk = Program::start(examples.get("contact-desk")?, &[])?;
    let proxy = Program::start(examples.get("connect-proxy")?, &["--upstream", desk.url(), "--allow-unsigned"])?;
    let mut checks = checks(root, &venv, &desk, &proxy);
    checks.push(differential);
    run_all(checks)
}

fn run_all(checks: Vec<Check>) -> anyhow::Result<ExitCode> {
    let mut failed = 0;
    for check in checks {
        if !check.run()? {
            failed += 1;
        }
    }
    if failed > 0 {
        bail!("{failed} of the checks failed");
    }
    Ok(ExitCode::SUCCESS)
}

fn checks(root: &Path, venv: &Venv, desk: &Program, proxy: &Program) -> Vec<Check> {
    let script = |url| {
        let mut command = venv.script(&root.join("tests/interop/contact_desk.py"));
        command.arg(url);
        command
    };
    let mut sockets = program::cargo(root);
    sockets.args(["test", "--package", "smithwright-examples", "--test", "sockets"]);
    vec![
        Check { name: "boto3 to contact-desk", command: script(desk.url()) },
        Check { name: "boto3 to connect-proxy to contact-desk", command: script(proxy.url()) },
        Check { name: "generated client to both", command: sockets },
    ]
}

impl Check {
    fn run(mut self) -> anyhow::Result<bool> {
        let began = Instant::now();
        let output = self.command.stdin(Stdio::null()).output();
        let output = output.with_context(|| format!("cannot run {:?}", self.command.get_program()))?;
        let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
        let verdict = if output.status.success() { "ok    " } else { "FAILED" };
        println!("{verdict} {} ({}{:.1} s)", self.name, count(&text), began.elapsed().as_secs_f32());
        if !output.status.success() {
            println!("{text}");
        }
        Ok(output.status.success())
    }
}

/// What a check did, in the words of the differential part (`Compared 405 operations, ..`), of Python's unittest
/// (`Ran 54 tests in 0.6s`) or of cargo (`running 9 tests`).
fn count(text: &str) -> String {
    if let Some(compared) = text.lines().find_map(|line| line.strip_prefix("Compared ")) {
        return format!("{compared}, ");
    }
    let numbers = text.lines().filter_map(|line| {
        let mut words = line.split(' ');
        let is_count = matches!(words.next(), Some("Ran" | "running"));
        words.next().filter(|_| is_count)?.parse::<usize>().ok()
    });
    match numbers.sum() {
        0 => String::new(),
        tests => format!("{tests} tests, "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_is_counted() {
        assert_eq!(count("....\n----\nRan 54 tests in 0.603s\n\nOK\n"), "54 tests, ");
        assert_eq!(count("\nrunning 9 tests\ntest a ... ok\n"), "9 tests, ");
        assert_eq!(count("Compared 405 operations, 20 seeds, 24300 exchanges\n"), "405 operations, 20 seeds, 24300 exchanges, ");
        assert_eq!(count("Traceback"), "");
    }
}
