//! What became of each service, and what is left to do.

use crate::generate::Outcome;
use std::collections::BTreeMap;
use std::fmt;

/// How many services are named of those that have something in common.
const NAMED: usize = 8;

/// The whole census.
pub(crate) struct Table<'o> {
    pub(crate) outcomes: &'o [Outcome],
    /// How long generating all of them took.
    pub(crate) seconds: f64,
}

impl Table<'_> {
    /// How many services generate.
    pub(crate) fn generated(&self) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.lines > 0).count()
    }

    /// Whether whatever was generated compiles without a warning.
    pub(crate) fn is_clean(&self) -> bool {
        self.outcomes.iter().all(|outcome| outcome.complaints.is_empty())
    }

    /// One line for each service: name, protocols, outcome, warnings, lines, seconds.
    pub(crate) fn tabs(&self) -> String {
        let mut text = "service\tprotocols\toutcome\twarnings\tlines\tseconds\n".to_owned();
        for outcome in self.outcomes {
            let Outcome { name, protocols, warnings, lines, seconds, .. } = outcome;
            let line =
                format!("{name}\t{}\t{}\t{}\t{lines}\t{seconds:.3}\n", protocols.join(","), state(outcome), warnings.len());
            text.push_str(&line);
        }
        text
    }
}

fn state(outcome: &Outcome) -> String {
    match (outcome.errors.first(), outcome.complaints.first()) {
        (Some(error), _) => format!("refused: {error}"),
        (None, Some(complaint)) => format!("complained of: {}", first_line(complaint)),
        (None, None) if outcome.is_compiled => "compiles".to_owned(),
        (None, None) => "generates".to_owned(),
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

impl fmt::Display for Table<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let generated = self.generated();
        let compiled = self.outcomes.iter().filter(|it| it.is_compiled).count();
        let clean = self.outcomes.iter().filter(|it| it.is_compiled && it.complaints.is_empty()).count();
        let lines: usize = self.outcomes.iter().map(|outcome| outcome.lines).sum();
        let total = self.outcomes.len();
        writeln!(formatter, "{generated} of {total} services generate: {lines} lines in {:.1} s", self.seconds)?;
        if compiled > 0 {
            writeln!(formatter, "{clean} of {compiled} compile without a warning")?;
        }
        group(formatter, "refused", self.outcomes.iter().flat_map(|it| it.errors.iter().map(move |error| (error.as_str(), it))))?;
        let complaints =
            self.outcomes.iter().flat_map(|it| it.complaints.iter().map(move |complaint| (first_line(complaint), it)));
        group(formatter, "complained of", complaints)?;
        group(
            formatter,
            "left out",
            self.outcomes.iter().flat_map(|it| it.warnings.iter().map(move |warning| (warning.as_str(), it))),
        )
    }
}

/// What several services have in common, most frequent first. What stands in backquotes is the model's own and does not count.
fn group<'o>(formatter: &mut fmt::Formatter<'_>, what: &str, said: impl Iterator<Item = (&'o str, &'o Outcome)>) -> fmt::Result {
    let mut groups = BTreeMap::<String, Vec<&str>>::new();
    for (message, outcome) in said {
        let services = groups.entry(without_names(message)).or_default();
        if services.last() != Some(&outcome.name.as_str()) {
            services.push(&outcome.name);
        }
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, services)| std::cmp::Reverse(services.len()));
    for (message, services) in groups {
        let named = services.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        let more = if services.len() > NAMED { ", .." } else { "" };
        writeln!(formatter, "{what}: {:4} {message} ({named}{more})", services.len())?;
    }
    Ok(())
}

fn without_names(message: &str) -> String {
    let parts = message.split('`').enumerate();
    parts.map(|(index, part)| if index % 2 == 0 { part } else { "`..`" }).collect()
}
