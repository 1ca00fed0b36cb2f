//! `cargo xtask interop`: AWS's own client and the generated one, against the examples, over sockets.
//!
//! Every check is a program that ends well or not, so that another one is another line in [`checks`].

mod differential;
mod peers;
mod program;
mod venv;

use anyhow::{Context, bail};
use differential::{Differential, Subject};
use peers::{Services, proxy_name};
use program::{Program, Programs, build};
use smithwright::config::ServiceKey;
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
    /// Compares all services of tools/peers/services.toml, instead of one of each protocol.
    #[arg(long)]
    all: bool,
    /// Compares these services alone, and checks nothing else.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    service: Vec<ServiceKey>,
    #[command(flatten)]
    differential: Differential,
}

/// One check: a program, told in a line when it ends well and shown when it does not.
struct Check {
    name: String,
    command: Command,
}

/// The service whose proxy is an example, and whose operations are compared with more seeds than those of others.
const CONNECT: &str = "connect";

/// Runs all checks, also behind one that fails.
pub(crate) fn run(root: &Path, options: &Options) -> anyhow::Result<ExitCode> {
    let root = &root.canonicalize().context("cannot find the repository")?;
    let venv = Venv::prepare(&root.join("target/interop-venv"), &options.python)?;
    let services = Services::read(root)?;
    let compared = options.compared(&services);
    if options.is_alone() {
        return run_all(comparisons(root, &venv, options, &compared, &[])?.0);
    }
    let moto = Venv::prepare_moto(&root.join("target/moto-venv"), &options.python)?;
    let examples = build(root, &["smithwright-examples"], None)?;
    let desk = Program::start(examples.get("contact-desk")?, &[])?;
    let proxy = Program::start(examples.get("connect-proxy")?, &["--upstream", desk.url(), "--allow-unsigned"])?;
    let mut checks = checks(root, &venv, &desk, &proxy);
    let (comparisons, programs) = comparisons(root, &venv, options, &compared, &services.moto)?;
    checks.extend(comparisons);
    checks.extend(fakes(root, &venv, &moto, &programs)?);
    run_all(checks)
}

impl Options {
    /// Whether services are compared, and nothing else is done.
    fn is_alone(&self) -> bool {
        self.differential.is_alone() || !self.service.is_empty()
    }

    /// The services that boto3 is compared on. An operation without a service is Connect's.
    fn compared(&self, services: &Services) -> Vec<ServiceKey> {
        let others = match &self.service[..] {
            [] if self.differential.is_alone() => &[],
            [] if self.all => &services.all[..],
            [] => &services.short[..],
            named => return named.to_vec(),
        };
        std::iter::once(CONNECT.parse()).flatten().chain(others.iter().cloned()).collect()
    }
}

/// Builds the proxies of services, through each of which boto3 is compared, and the programs on the services of `others`.
fn comparisons(
    root: &Path,
    venv: &Venv,
    options: &Options,
    services: &[ServiceKey],
    others: &[ServiceKey],
) -> anyhow::Result<(Vec<Check>, Programs)> {
    let is_connect = |service: &&ServiceKey| service.as_str() == CONNECT;
    let proxied: Vec<&ServiceKey> = services.iter().filter(|service| !is_connect(service)).collect();
    let mut checks = Vec::new();
    let mut check = |service: &ServiceKey, proxy: &Path, seeds| {
        checks.push(options.differential.check(root, venv, &Subject { service: service.as_str(), proxy, seeds }));
    };
    if let Some(connect) = services.iter().find(is_connect) {
        check(connect, build(root, &["smithwright-examples"], None)?.get("connect-proxy")?, 20);
    }
    let programs = match (&proxied[..], others) {
        ([], []) => Programs::default(),
        _ => peers::programs(root, venv, &proxied, others)?,
    };
    for service in proxied {
        check(service, programs.get(&proxy_name(service))?, 1);
    }
    Ok((checks, programs))
}

/// Generated clients against fakes that others wrote, and boto3 against fakes that are generated.
fn fakes(root: &Path, venv: &Venv, moto: &Venv, programs: &Programs) -> anyhow::Result<[Check; 2]> {
    let mut clients = moto.script(&root.join("tests/interop/moto_server.py"));
    clients.arg(programs.get(peers::MOTO)?);
    let mut fakes = venv.script(&root.join("tests/interop/fakes.py"));
    fakes.arg(programs.get(peers::FAKES)?);
    Ok([
        Check { name: "generated clients to moto".into(), command: clients },
        Check { name: "boto3 to generated fakes".into(), command: fakes },
    ])
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
        Check { name: "boto3 to contact-desk".into(), command: script(desk.url()) },
        Check { name: "boto3 to connect-proxy to contact-desk".into(), command: script(proxy.url()) },
        Check { name: "generated client to both".into(), command: sockets },
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
