//! Cases in processes of their own: one that aborts, hangs or fills the memory ends a worker, and the campaign goes on.
//!
//! A worker tells of each case in two lines: `case 7` before it, then `held 7 WORD` or `broke 7 WHAT`.

use crate::campaign::Round;
use crate::report::{Part, Report};
use anyhow::Context;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::ops::Range;
use std::panic::{self, AssertUnwindSafe};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

/// How long a case may take.
const CASE_TIME: Duration = Duration::from_secs(10);

/// How long a worker may be silent: a case, on a machine that does other things, too.
const SILENCE: Duration = Duration::from_secs(40);

/// How much memory a case may take, in MB.
const CASE_MEMORY: u64 = 512;

/// How much address space a worker has, in kB: what takes more fails to allocate, before the machine does.
const ADDRESS_SPACE: u64 = 6_000_000;

/// How many workers there are.
const WORKERS: u64 = 2;

/// What became of a case.
enum Line {
    Began(u64),
    Held(String),
    Broke(u64, String),
}

/// Runs a part's cases in workers.
pub(crate) fn run(part: Part, round: &Round, report: &mut Report) -> anyhow::Result<()> {
    let numbers = round.numbers();
    let count = numbers.end - numbers.start;
    let workers = WORKERS.min(count);
    let report = Mutex::new(report);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..workers)
            .map(|worker| {
                let range = numbers.start + count * worker / workers..numbers.start + count * (worker + 1) / workers;
                let report = &report;
                scope.spawn(move || run_range(part, round, range, report))
            })
            .collect();
        threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| anyhow::anyhow!("a worker's thread panicked"))?)
    })
}

fn run_range(part: Part, round: &Round, mut range: Range<u64>, report: &Mutex<&mut Report>) -> anyhow::Result<()> {
    while !range.is_empty() {
        let mut child = start(part, round, &range)?;
        let (ended, at) = follow(part, round, &mut child, range.start, report)?;
        if ended.is_none() && at + 1 >= range.end {
            return Ok(());
        }
        let why = ended.unwrap_or_else(|| "the worker ended".to_owned());
        lock(report).broke(part, round.seed, at, why);
        range.start = at + 1;
    }
    Ok(())
}

fn start(part: Part, round: &Round, range: &Range<u64>) -> anyhow::Result<Child> {
    let program = std::env::current_exe().context("this program has no path")?;
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit -v {ADDRESS_SPACE}; exec \"$0\" \"$@\"")]).arg(program);
    command.arg("--root").arg(&round.root).arg("--xtask").arg(&round.xtask);
    command.args(["--only", part.name(), "--seed", &round.seed.to_string()]);
    command.args(["--worker", &format!("{}..{}", range.start, range.end)]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.spawn().context("cannot start a worker")
}

/// Counts a worker's cases until it ends; why it ended early, if it did, and its last case.
fn follow(
    part: Part,
    round: &Round,
    child: &mut Child,
    first: u64,
    report: &Mutex<&mut Report>,
) -> anyhow::Result<(Option<String>, u64)> {
    let output = child.stdout.take().context("a worker has no output")?;
    let (sender, lines) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let _ = sender.send(line);
        }
    });
    let mut at = first;
    loop {
        match lines.recv_timeout(SILENCE) {
            Ok(line) => match read(&line) {
                Some(Line::Began(number)) => at = number,
                Some(Line::Held(word)) => {
                    let mut report = lock(report);
                    report.held(part);
                    report.note(note(part, &word), 1);
                }
                Some(Line::Broke(number, what)) => lock(report).broke(part, round.seed, number, what),
                None => {}
            },
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                let _ = child.kill();
                let _ = child.wait();
                return Ok((Some(format!("no end after {} s", SILENCE.as_secs())), at));
            }
        }
    }
    let status = child.wait()?;
    Ok(((!status.success()).then(|| format!("the generator ended its process: {status}")), at))
}

/// What a table calls the cases that held.
fn note(part: Part, word: &str) -> &'static str {
    match (part, word) {
        (Part::Text, "accepted") => "hostile texts that were accepted and came out as text",
        (Part::Text, _) => "hostile texts that were refused",
        (_, "accepted") => "mutants that were accepted",
        _ => "mutants that were refused",
    }
}

fn lock<'l, 'r>(report: &'l Mutex<&'r mut Report>) -> std::sync::MutexGuard<'l, &'r mut Report> {
    report.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn read(line: &str) -> Option<Line> {
    let (kind, rest) = line.split_once(' ')?;
    let (number, what) = rest.split_once(' ').unwrap_or((rest, ""));
    let number = number.parse().ok()?;
    match kind {
        "case" => Some(Line::Began(number)),
        "held" => Some(Line::Held(what.to_owned())),
        "broke" => Some(Line::Broke(number, what.replace("\\n", "\n"))),
        _ => None,
    }
}

/// A case of a worker: what it came to in a word, or what is wrong.
pub(crate) type CaseResult = Result<&'static str, String>;

/// Does cases and tells of them. A panic is caught and told; so is what takes too long or too much.
pub(crate) fn work(numbers: Range<u64>, mut case: impl FnMut(u64) -> CaseResult) -> anyhow::Result<()> {
    let seen = std::sync::Arc::new(Mutex::new(String::new()));
    let hook = seen.clone();
    panic::set_hook(Box::new(move |info| {
        let mut seen = hook.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *seen = info.to_string();
    }));
    let mut output = std::io::stdout().lock();
    for number in numbers {
        writeln!(output, "case {number}")?;
        // The peak of this case alone.
        let _ = fs::write("/proc/self/clear_refs", "5");
        let began = Instant::now();
        let result = panic::catch_unwind(AssertUnwindSafe(|| case(number)));
        let took = began.elapsed();
        let result = result.unwrap_or_else(|_| {
            let seen = seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            Err(format!("the generator panicked: {seen}"))
        });
        let memory = crate::process::memory("self").map_or(0, |memory| memory.peak / 1024);
        let result = result.and_then(|word| match () {
            () if took > CASE_TIME => Err(format!("it took {:.1} s", took.as_secs_f32())),
            () if memory > CASE_MEMORY => Err(format!("it took {memory} MB")),
            () => Ok(word),
        });
        match result {
            Ok(word) => writeln!(output, "held {number} {word}")?,
            Err(what) => writeln!(output, "broke {number} {}", what.replace('\n', "\\n").replace('\r', "\\r"))?,
        }
        output.flush()?;
    }
    Ok(())
}
