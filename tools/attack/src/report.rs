//! What a campaign found: counts by part, failures with how to run them again, figures beside their targets.

use std::collections::BTreeMap;
use std::fmt;

/// A part of the campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub(crate) enum Part {
    /// Hostile text wherever a model has text.
    Text,
    /// Models changed at random.
    Models,
    /// Codegen killed, many at once, on full disks.
    Runs,
    /// Hostile requests to the examples.
    Requests,
    /// Hostile answers to the generated client.
    Upstreams,
}

impl Part {
    /// All of them, in the order that they are run in.
    pub(crate) const ALL: [Self; 5] = [Self::Text, Self::Models, Self::Runs, Self::Requests, Self::Upstreams];

    /// What `--only` calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Models => "models",
            Self::Runs => "runs",
            Self::Requests => "requests",
            Self::Upstreams => "upstreams",
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

/// One thing that did not hold.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) part: Part,
    pub(crate) seed: u64,
    pub(crate) case: u64,
    pub(crate) what: String,
}

/// A measurement beside what it may be at most.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    /// What was measured, with the unit.
    pub(crate) unit: &'static str,
    /// The largest value seen.
    pub(crate) measured: f64,
    /// What it may be; nothing where the figure is there to be compared by a reader.
    pub(crate) at_most: Option<f64>,
}

impl Failure {
    /// What it has in common with others.
    fn kind(&self) -> String {
        let line = self.what.lines().next().unwrap_or_default();
        let is_plain =
            |word: &&str| word.chars().all(|it| it.is_ascii_alphabetic() || it.is_ascii_punctuation()) && !word.contains('/');
        line.split(' ').filter(is_plain).take(ALIKE).collect::<Vec<_>>().join(" ")
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    tried: u64,
    broken: u64,
}

/// Everything that was found.
#[derive(Debug, Default)]
pub(crate) struct Report {
    tallies: BTreeMap<Part, Tally>,
    failures: Vec<Failure>,
    figures: BTreeMap<&'static str, Figure>,
    notes: BTreeMap<&'static str, u64>,
}

/// How many failures that are alike are shown of a part; of the rest there are the numbers.
const SHOWN: usize = 3;

/// How many words make them alike: of their first line, without paths, numbers and what is quoted.
const ALIKE: usize = 5;

/// How much of a failure is shown, in characters.
const LENGTH: usize = 1_200;

impl Report {
    /// A case that held.
    pub(crate) fn held(&mut self, part: Part) {
        self.tallies.entry(part).or_default().tried += 1;
    }

    /// A case that did not.
    pub(crate) fn broke(&mut self, part: Part, seed: u64, case: u64, what: impl Into<String>) {
        let tally = self.tallies.entry(part).or_default();
        tally.tried += 1;
        tally.broken += 1;
        let what = what.into();
        eprintln!("  broken: {part} {case}: {}", what.lines().next().unwrap_or_default().chars().take(200).collect::<String>());
        self.failures.push(Failure { part, seed, case, what });
    }

    /// A case that held, and does not any more.
    pub(crate) fn broke_later(&mut self, part: Part, seed: u64, case: u64, what: impl Into<String>) {
        self.broke(part, seed, case, what);
        self.tallies.entry(part).or_default().tried -= 1;
    }

    /// A case, by what is wrong with it.
    pub(crate) fn case(&mut self, part: Part, seed: u64, case: u64, wrong: Option<String>) {
        match wrong {
            Some(what) => self.broke(part, seed, case, what),
            None => self.held(part),
        }
    }

    /// Keeps the largest value of a figure.
    pub(crate) fn measure(&mut self, name: &'static str, unit: &'static str, at_most: Option<f64>, value: f64) {
        let figure = self.figures.entry(name).or_insert(Figure { unit, measured: value, at_most });
        figure.measured = figure.measured.max(value);
    }

    /// Counts something that a reader of the table wants to know.
    pub(crate) fn note(&mut self, what: &'static str, count: u64) {
        *self.notes.entry(what).or_default() += count;
    }

    /// How many cases of a part were tried.
    pub(crate) fn tried(&self, part: Part) -> u64 {
        self.tallies.get(&part).map_or(0, |tally| tally.tried)
    }

    /// How many cases of a part broke.
    pub(crate) fn broken(&self, part: Part) -> u64 {
        self.tallies.get(&part).map_or(0, |tally| tally.broken)
    }

    /// Whether anything did not hold, a figure among it.
    pub(crate) fn is_broken(&self) -> bool {
        !self.failures.is_empty() || self.figures.values().any(Figure::is_missed)
    }
}

impl Figure {
    fn is_missed(&self) -> bool {
        self.at_most.is_some_and(|at_most| self.measured > at_most)
    }
}

/// Failures with their seeds, then the tables.
impl fmt::Display for Report {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in Part::ALL {
            let failures: Vec<&Failure> = self.failures.iter().filter(|failure| failure.part == part).collect();
            let mut alike: BTreeMap<String, usize> = BTreeMap::new();
            let mut more = Vec::new();
            for failure in &failures {
                let count = alike.entry(failure.kind()).or_default();
                *count += 1;
                if *count > SHOWN {
                    more.push(format!("--seed {} --case {}", failure.seed, failure.case));
                    continue;
                }
                let what: String = failure.what.chars().take(LENGTH).collect();
                writeln!(to, "\nBROKEN {part}: {what}")?;
                writeln!(to, "  again: cargo xtask attack --only {part} --seed {} --case {}", failure.seed, failure.case)?;
            }
            if !more.is_empty() {
                more.truncate(500);
                writeln!(to, "\n.. and others of {part} like these: {}", more.join(", "))?;
            }
        }
        writeln!(to, "\n{:<10} | {:>7} | {:>7} | {:>6}", "part", "tried", "held", "broken")?;
        writeln!(to, "{:-<10}-|-{:->7}-|-{:->7}-|-{:->6}", "", "", "", "")?;
        for (part, tally) in &self.tallies {
            writeln!(to, "{part:<10} | {:>7} | {:>7} | {:>6}", tally.tried, tally.tried - tally.broken, tally.broken)?;
        }
        if !self.figures.is_empty() {
            writeln!(to, "\n{:<66} | {:>9} | {:>9} |", "how good", "at most", "measured")?;
        }
        for (name, figure) in &self.figures {
            let at_most = figure.at_most.map_or_else(|| "-".to_owned(), |value| format!("{value}"));
            let verdict = if figure.is_missed() { "MISSED" } else { "" };
            let name = format!("{name}, {}", figure.unit);
            writeln!(to, "{name:<66} | {at_most:>9} | {:>9.2} | {verdict}", figure.measured)?;
        }
        for (what, count) in &self.notes {
            writeln!(to, "{what}: {count}")?;
        }
        Ok(())
    }
}
