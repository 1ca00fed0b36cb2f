//! `smithy.api#pattern`: <https://smithy.io/2.0/spec/constraint-traits.html#pattern-trait>.

use super::ecmascript::{BOUNDARY, translate};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// How much an engine may compile to, in bytes: `\p{L}{1,4096}` is large.
const SIZE_LIMIT: usize = 64 << 20;

/// How often the backtracking engine may go back in one value: 4 ms in a short one, 35 in one of 10,000 characters.
const BACKTRACK_LIMIT: usize = 100_000;

/// How long the backtracking engine may work for one request, over all values. A limit a value is not enough: a request has room for
/// a hundred thousand values that all go up to it, and a short request is read on a thread that serves others. Ordinary values take
/// microseconds.
const TIME_LIMIT: Duration = Duration::from_millis(200);

/// A boundary of a word, in ASCII, for the backtracking engine, which has Unicode's alone.
const BOUNDARY_BY_LOOKING: &str = "(?:(?<=[0-9A-Z_a-z])(?![0-9A-Z_a-z])|(?<![0-9A-Z_a-z])(?=[0-9A-Z_a-z]))";

/// A pattern of the model, in ECMAScript's syntax, compiled when it is first needed.
///
/// Rust's linear-time engine takes most; look-around and back-references run on fancy-regex, whose steps are limited. An engine of
/// ECMAScript itself, regress, would need no translation, but it backtracks without a limit, so that a request could make it hang.
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    whole: bool,
    compiled: OnceLock<Option<Engine>>,
}

#[derive(Debug)]
enum Engine {
    Linear(regex::Regex),
    Backtracking(Box<fancy_regex::Regex>),
}

/// What backtracking took so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Effort(Duration);

impl Pattern {
    /// A pattern that the whole value must match, as botocore's do.
    pub const fn whole(source: &'static str) -> Self {
        Self { source, whole: true, compiled: OnceLock::new() }
    }

    /// A pattern that a part of the value must match, as Smithy's do.
    pub const fn part(source: &'static str) -> Self {
        Self { source, whole: false, compiled: OnceLock::new() }
    }

    /// The pattern as the model writes it.
    pub fn source(&self) -> &'static str {
        self.source
    }

    /// Whether the value matches. A pattern that no engine takes matches everything; one that takes too long, nothing.
    pub fn matches(&self, value: &str) -> bool {
        self.matches_within(value, &mut Effort::default())
    }

    /// As [`matches`](Self::matches), at the expense of a request's time.
    pub(super) fn matches_within(&self, value: &str, effort: &mut Effort) -> bool {
        match self.compiled.get_or_init(|| self.compile()) {
            Some(Engine::Linear(regex)) => regex.is_match(value),
            Some(Engine::Backtracking(regex)) => effort.spend(|| regex.is_match(value).unwrap_or(false)),
            None => true,
        }
    }

    /// A pattern that is none of ECMAScript's is taken as Rust's engine reads it: AWS's models have some in Java's syntax.
    fn compile(&self) -> Option<Engine> {
        let rust = translate(self.source).unwrap_or_else(|_| self.source.to_owned());
        let rust = if self.whole { format!(r"\A(?:{rust})\z") } else { rust };
        let linear = regex::RegexBuilder::new(&rust).size_limit(SIZE_LIMIT).build();
        linear.map(Engine::Linear).ok().or_else(|| backtracking(&rust))
    }
}

fn backtracking(rust: &str) -> Option<Engine> {
    let mut builder = fancy_regex::RegexBuilder::new(&rust.replace(BOUNDARY, BOUNDARY_BY_LOOKING));
    let regex = builder.backtrack_limit(BACKTRACK_LIMIT).delegate_size_limit(SIZE_LIMIT).build();
    regex.map(Box::new).map(Engine::Backtracking).ok()
}

impl Effort {
    fn spend(&mut self, matches: impl FnOnce() -> bool) -> bool {
        if self.0 >= TIME_LIMIT {
            return false;
        }
        let start = Instant::now();
        let matched = matches();
        self.0 += start.elapsed();
        matched
    }
}

#[cfg(test)]
mod tests;
