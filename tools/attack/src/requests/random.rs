//! Requests changed at random: whatever they are, there is an answer, and nothing else gets through.

use super::Case;
use super::arena::{Arena, Target, head};
use super::twisted::check_arrived;
use super::wire::{self, Ending};
use crate::campaign::Round;
use crate::rng::{self, Rng, pick};
use std::time::Duration;

/// How long a request may be waited for: those that promise more than they send are left to the server's own limits.
const PATIENCE: Duration = Duration::from_secs(1);

/// Pieces that mean something in requests.
const PIECES: [&str; 36] = [
    "/", "//", "/../", "/./", "%2e%2e", "%2F", "%00", "%", "%zz", "?", "&", "=", "#", ";", " ", "\t", "\r\n", "\n", "\r", "\0",
    ":", ",", "{", "}", "[", "]", "\"", "\\u0000", "\\ud800", "null", "1e999", "-0", "\u{fffd}", "HTTP/1.1", "chunked", "zq",
];

/// How many.
fn count(round: &Round) -> u64 {
    if round.long { 600 } else { 200 }
}

/// The cases.
pub(super) fn cases(round: &Round) -> Vec<Case> {
    let seed = round.seed;
    (0..count(round))
        .map(|number| Case::new(format!("random request {number}"), move |arena, _| attack(arena, seed, number)))
        .collect()
}

fn attack(arena: &mut Arena, seed: u64, number: u64) -> anyhow::Result<Option<String>> {
    let rng = &mut rng::of("random requests", seed, number);
    let target = if rng.bool() { Target::Desk } else { Target::Proxy };
    let bytes = request(arena, target, rng);
    arena.upstream.take();
    let ending = wire::exchange(arena.address(target), &bytes, PATIENCE);
    let told = || format!("{target:?}, {:?}", String::from_utf8_lossy(&bytes));
    let arrived = arena.upstream.take();
    if let Some(wrong) = check_arrived(arena, &bytes, false, &arrived) {
        return Ok(Some(format!("{wrong}\n  {}", told())));
    }
    Ok(match ending {
        Ending::Answer(answer) if answer.status == 500 => Some(format!("answered 500: {}\n  {}", answer.text, told())),
        Ending::Refused => Some("the connection is refused".to_owned()),
        // A whole request has an answer.
        Ending::Closed(seen) if seen.is_empty() && is_whole(&bytes) => Some(format!("dropped without an answer\n  {}", told())),
        _ => None,
    })
}

/// Whether there is a head at all: what a server closes before is not known to be a request.
fn is_whole(bytes: &[u8]) -> bool {
    bytes.windows(4).any(|window| window == b"\r\n\r\n") && bytes.is_ascii() && !bytes.contains(&0)
}

/// A request of some operation, with a few changes.
fn request(arena: &Arena, target: Target, rng: &mut Rng) -> Vec<u8> {
    let operation = arena.service.any(rng);
    let list = arena.service.lists.iter().find(|list| arena.service.operations[list.operation].name == operation.name);
    let body = match (list, operation.has_body) {
        (Some(list), _) => format!("{}{}", list.before, list.behind),
        (None, true) => "{}".to_owned(),
        (None, false) => String::new(),
    };
    let mut path = arena.service.target(operation);
    if let Some(query) = operation.queries.first() {
        path = format!("{path}?{query}=zq");
    }
    let head = head(&operation.method, &path, arena.address(target), body.len());
    let mut bytes = format!("{head}{body}").into_bytes();
    for _ in 0..rng.usize(1..=3) {
        change(&mut bytes, rng);
    }
    bytes
}

fn change(bytes: &mut Vec<u8>, rng: &mut Rng) {
    // The first line is what most depends on.
    let line = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let most = if rng.bool() { line } else { bytes.len() };
    let at = rng.usize(..most.max(1)).min(bytes.len());
    match rng.u8(..5) {
        0 => drop(bytes.splice(at..at, pick(rng, &PIECES).bytes())),
        1 if at < bytes.len() => drop(bytes.remove(at)),
        2 if at < bytes.len() => bytes[at] = rng.u8(..),
        3 => {
            let end = (at + rng.usize(1..20)).min(bytes.len());
            let piece = bytes[at.min(end)..end].to_vec();
            drop(bytes.splice(at..at, piece));
        }
        _ => {
            let end = (at + pick(rng, &PIECES).len()).min(bytes.len());
            drop(bytes.splice(at..end, pick(rng, &PIECES).bytes()));
        }
    }
}
