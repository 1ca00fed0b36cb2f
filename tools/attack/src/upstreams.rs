//! Hostile answers to the generated client: each call ends, with an error that says why, within limits of time and memory.

mod hostile;

use crate::campaign::Round;
use crate::process;
use crate::report::{Part, Report};
use anyhow::Context;
use clap::ValueEnum as _;
use hostile::{Scenario, Upstream};
use std::ffi::OsStr;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What a program sets, where it sets anything: an attempt, in milliseconds. All attempts together have twice of it.
const TIMEOUT: u64 = 1_500;

/// How long a call may take with that timeout, how long all pages of a list, and how long either without any of the program's own.
const WITHIN: Duration = Duration::from_secs(10);
const WITHIN_PAGES: Duration = Duration::from_secs(40);
const WITHIN_DEFAULTS: Duration = Duration::from_secs(100);

/// How much memory a call may take, in MB.
const MEMORY: u64 = 200;

/// How often a request may be sent, and how much of the answers may be fetched, in MB.
const ATTEMPTS: u64 = 3;
const FETCHED: u64 = 400;

/// How many pages of a list that never ends may be asked for.
const PAGES: u64 = 200_000;

/// How much address space the program has, in kB: it aborts before the machine is out of memory.
const ADDRESS_SPACE: u64 = 4_000_000;

/// Runs the part.
pub(crate) fn run(round: &Round, report: &mut Report) -> anyhow::Result<()> {
    let driver = driver(round)?;
    let modes: &[Option<u64>] = if round.long { &[Some(TIMEOUT), None] } else { &[Some(TIMEOUT)] };
    let mut cases = Vec::new();
    for mode in modes {
        cases.extend(Scenario::value_variants().iter().map(|scenario| (*mode, *scenario)));
    }
    let numbered: Vec<(u64, (Option<u64>, Scenario))> = (0..).zip(cases).filter(|(number, _)| round.wants(*number)).collect();
    // Most of them wait: four at a time, in order, each with an upstream of its own.
    for several in numbered.chunks(4) {
        let results: Vec<anyhow::Result<Outcome>> = std::thread::scope(|scope| {
            let threads: Vec<_> =
                several.iter().map(|(_, (timeout, scenario))| scope.spawn(|| attack(&driver, *timeout, *scenario))).collect();
            let joined = threads.into_iter().map(|thread| thread.join());
            joined.map(|it| it.unwrap_or_else(|_| Err(anyhow::anyhow!("a thread panicked")))).collect()
        });
        for ((number, (timeout, scenario)), result) in several.iter().zip(results) {
            let outcome = result?;
            report.measure("a hostile upstream's answer: memory of the client above idle", "MB", None, outcome.memory as f64);
            let limits = if timeout.is_some() { "the program's timeouts" } else { "no timeouts but the client's own" };
            let wrong = outcome.wrong.map(|wrong| format!("{scenario:?}, {limits}: {wrong}"));
            report.case(Part::Upstreams, round.seed, *number, wrong);
        }
    }
    Ok(())
}

/// The program of the generated client.
fn driver(round: &Round) -> anyhow::Result<PathBuf> {
    if let Some(folder) = &round.programs {
        return Ok(folder.join("attack-driver"));
    }
    let manifest = round.root.join("tools/attack/Cargo.toml");
    let target = round.root.join("target/attack");
    let arguments = [
        OsStr::new("--manifest-path"),
        manifest.as_os_str(),
        OsStr::new("--target-dir"),
        target.as_os_str(),
        OsStr::new("--package"),
        OsStr::new("attack-driver"),
    ];
    let programs = process::build(&round.root, &arguments)?;
    programs.get("attack-driver").cloned().context("cargo has built no `attack-driver`")
}

/// What became of a call.
struct Outcome {
    memory: u64,
    wrong: Option<String>,
}

fn attack(driver: &Path, timeout: Option<u64>, scenario: Scenario) -> anyhow::Result<Outcome> {
    let upstream = Upstream::start(scenario)?;
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit -v {ADDRESS_SPACE}; exec \"$0\" \"$@\"")]).arg(driver);
    command.args(["--url", &format!("http://{}", upstream.address), "--call", scenario.call()]);
    if let Some(timeout) = timeout {
        command.args(["--timeout", &timeout.to_string()]);
    }
    let within = match (timeout, scenario.is_paging()) {
        (Some(_), false) => WITHIN,
        (Some(_), true) => WITHIN_PAGES,
        _ => WITHIN_DEFAULTS,
    };
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let began = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break Some(status);
        }
        if began.elapsed() > within {
            child.kill()?;
            child.wait()?;
            break None;
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    let mut line = String::new();
    if let Some(mut output) = child.stdout.take() {
        output.read_to_string(&mut line)?;
    }
    let memory = line.split(", ").nth(1).and_then(|it| it.split(' ').next()?.parse().ok()).unwrap_or_default();
    let mut wrong = Vec::new();
    match status {
        None => wrong.push(format!("it does not end in {} s", within.as_secs())),
        Some(status) if !status.success() => wrong.push(format!("the program ends with {status}")),
        // There is no good in any of the answers.
        Some(_) if !line.starts_with("error ") => wrong.push("it is no error".to_owned()),
        Some(_) => {}
    }
    if memory > MEMORY {
        wrong.push(format!("it takes {memory} MB"));
    }
    wrong.extend(upstream.wrong(scenario));
    let wrong = (!wrong.is_empty()).then(|| format!("{}; it says {:?}", wrong.join(", "), line.trim_end()));
    Ok(Outcome { memory, wrong })
}
