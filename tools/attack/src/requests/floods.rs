//! Bodies that cost the sender nothing: what they cost the server, and everybody else who waits for it.

use super::Case;
use super::arena::{Arena, Target, head, probe};
use super::service::{List, Service};
use super::wire::{self, Ending};
use crate::campaign::Round;
use crate::report::Report;
use crate::rng;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Ten million bytes, and as many as a server takes unless told otherwise.
const SIZES: [usize; 2] = [10 << 20, (1 << 20) - 4_096];

/// How long one request may be waited for: long enough to see that it is slow.
const PATIENCE: Duration = Duration::from_secs(15);

/// What one request may take.
const CPU: f64 = 0.3;
const MEMORY: f64 = 100.0;

/// What a good client may wait, in seconds, while so many floods are in flight.
const WAIT: f64 = 0.25;
const FLOODS: usize = 8;

/// How long floods go on while a good client's waits are taken.
const FLOOD_TIME: Duration = Duration::from_secs(4);

/// The cases: the lists whose elements must have most members, and some others.
pub(super) fn cases(round: &Round, service: &Service) -> Vec<Case> {
    let mut rng = rng::of("requests", round.seed, 0);
    let mut lists = service.lists.clone();
    rng.shuffle(&mut lists);
    lists.sort_by_key(|list| std::cmp::Reverse(list.required));
    let others = if round.long { 30 } else { 4 };
    let (worst, rest) = lists.split_at(4);
    let rest: Vec<&List> = rest.iter().step_by((rest.len() / others).max(1)).take(others).collect();
    let mut cases = Vec::new();
    for (index, list) in worst.iter().chain(rest).enumerate() {
        for size in SIZES {
            let what = format!("{size} bytes of {{}} in {}{}", service.operations[list.operation].name, list.path);
            let list = list.clone();
            let target = if index == 1 { Target::Proxy } else { Target::Desk };
            cases.push(Case::new(what, move |arena, report| measured(arena, report, target, &list, &filled(&list, "{},", size))));
        }
    }
    let list = worst[0].clone();
    for (what, body) in shapes(&list) {
        let list = list.clone();
        cases.push(Case::new(what, move |arena, report| measured(arena, report, Target::Desk, &list, &body())));
    }
    for size in SIZES {
        let (list, what) = (list.clone(), format!("a good client beside {FLOODS} floods of {size} bytes"));
        cases.push(Case::new(what, move |arena, report| waited(arena, report, &list, &filled(&list, "{},", size))));
    }
    cases.push(Case::new("a gzip bomb", move |arena, report| bomb(arena, report, &list)));
    cases
}

/// A body whose list is full of something that ends with a comma.
fn filled(list: &List, element: &str, size: usize) -> Vec<u8> {
    let count = size.saturating_sub(list.before.len() + list.behind.len()) / element.len();
    let elements = element.repeat(count);
    format!("{}{}{}", list.before, elements.trim_end_matches(','), list.behind).into_bytes()
}

/// What makes a text of so many bytes.
type Text = fn(usize) -> String;

/// What makes a body, which is too large to be kept until it is needed.
type Body = Box<dyn Fn() -> Vec<u8>>;

/// Other shapes of floods.
fn shapes(list: &List) -> Vec<(String, Body)> {
    let size = SIZES[1];
    let mut shapes: Vec<(String, Body)> = Vec::new();
    for element in ["\"\",", "0,", "null,", "[],", "{\"zq\":0},", "\"\\u0000\",", "1e308,", "-0.0000000000001,"] {
        let list = list.clone();
        shapes.push((format!("{size} bytes of {element}"), Box::new(move || filled(&list, element, size))));
    }
    let within = |list: &List, text: String| format!("{}{text}{}", list.before, list.behind).into_bytes();
    let texts: [(&str, Text); 7] = [
        ("nested arrays", |size| format!("{}{}", "[".repeat(size / 2), "]".repeat(size / 2))),
        ("arrays that are never closed", |size| "[".repeat(size)),
        ("nested objects", |size| format!("{}0{}", "{\"a\":".repeat(size / 6), "}".repeat(size / 6))),
        ("many members", |size| {
            let members: Vec<String> = (0..size / 12).map(|number| format!("\"zq{number:06}\":0")).collect();
            format!("{{{}}}", members.join(","))
        }),
        ("one member many times", |size| format!("{{{}\"a\":0}}", "\"a\":0,".repeat(size / 6))),
        ("a number of many digits", |size| "9".repeat(size)),
        ("a string of escapes", |size| format!("\"{}\"", "\\u00e9".repeat(size / 6))),
    ];
    for (what, text) in texts {
        let list = list.clone();
        shapes.push((format!("{size} bytes: {what}"), Box::new(move || within(&list, text(size)))));
    }
    shapes
}

fn request(arena: &Arena, target: Target, list: &List, body: &[u8], headers: &str) -> Vec<u8> {
    let operation = &arena.service.operations[list.operation];
    let head = head(&operation.method, &arena.service.target(operation), arena.address(target), body.len());
    let head = head.replacen("Connection: close\r\n", &format!("{headers}Connection: close\r\n"), 1);
    [head.as_bytes(), body].concat()
}

fn measured(arena: &mut Arena, report: &mut Report, target: Target, list: &List, body: &[u8]) -> anyhow::Result<Option<String>> {
    let bytes = request(arena, target, list, body, "");
    send_measured(arena, report, target, &bytes)
}

/// Sends a request: it is answered, and took no more than it may.
fn send_measured(arena: &mut Arena, report: &mut Report, target: Target, bytes: &[u8]) -> anyhow::Result<Option<String>> {
    let meter = arena.server(target).meter();
    let ending = wire::exchange(arena.address(target), bytes, PATIENCE);
    let (cpu, memory) = meter.read();
    report.measure("10 MiB of {} and the like, one request: CPU", "s", Some(CPU), cpu);
    report.measure("10 MiB of {} and the like, one request: memory above idle", "MB", Some(MEMORY), memory);
    let ending = match ending {
        Ending::Answer(answer) if answer.status < 500 || answer.status == 501 => None,
        other => Some(other.to_string()),
    };
    let mut wrong: Vec<String> = ending.into_iter().collect();
    if cpu > CPU {
        wrong.push(format!("{cpu:.2} s of CPU"));
    }
    if memory > MEMORY {
        wrong.push(format!("{memory:.0} MB"));
    }
    Ok((!wrong.is_empty()).then(|| wrong.join(", ")))
}

/// How long a good client waits while others flood the server.
fn waited(arena: &mut Arena, report: &mut Report, list: &List, body: &[u8]) -> anyhow::Result<Option<String>> {
    let bytes = request(arena, Target::Desk, list, body, "");
    let address = arena.address(Target::Desk);
    let stop = AtomicBool::new(false);
    let mut longest = Duration::ZERO;
    let mut wrong = None;
    std::thread::scope(|scope| {
        for _ in 0..FLOODS {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    wire::exchange(address, &bytes, PATIENCE);
                }
            });
        }
        std::thread::sleep(Duration::from_millis(300));
        let began = Instant::now();
        while began.elapsed() < FLOOD_TIME {
            let (time, failure) = probe(address, PATIENCE);
            longest = longest.max(time);
            wrong = wrong.take().or(failure);
            std::thread::sleep(Duration::from_millis(15));
        }
        stop.store(true, Ordering::Relaxed);
    });
    report.measure("a good client's wait while 8 of these are in flight", "s", Some(WAIT), longest.as_secs_f64());
    let slow = (longest.as_secs_f64() > WAIT).then(|| format!("it waits {:.2} s", longest.as_secs_f64()));
    Ok(wrong.or(slow))
}

/// A gigabyte in a megabyte.
fn bomb(arena: &mut Arena, report: &mut Report, list: &List) -> anyhow::Result<Option<String>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..900 {
        encoder.write_all(&zeros)?;
    }
    let bytes = request(arena, Target::Desk, list, &encoder.finish()?, "Content-Encoding: gzip\r\n");
    send_measured(arena, report, Target::Desk, &bytes)
}
