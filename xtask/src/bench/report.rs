//! All that a run measured.

use super::machine::Machine;
use super::measure::{Part, Sample, Side, Unit};
use super::targets::Verdict;
use serde::Serialize;

/// What `report.json` holds.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    /// When the run began, in UTC, as RFC 3339.
    pub(crate) date: String,
    pub(crate) machine: Machine,
    /// How often what is small was measured; what is printed is the median.
    pub(crate) rounds: usize,
    /// Whether the run was a quick one, whose figures say little.
    pub(crate) quick: bool,
    pub(crate) rows: Vec<Row>,
    pub(crate) llvm_lines: Vec<LlvmLines>,
    /// What could not be measured, and why.
    pub(crate) missing: Vec<String>,
    pub(crate) targets: Vec<Verdict>,
}

/// One thing that was measured, of all sides.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) part: Part,
    pub(crate) what: String,
    pub(crate) unit: Unit,
    pub(crate) values: Vec<Values>,
}

/// What one side measured in all rounds.
#[derive(Debug, Serialize)]
pub(crate) struct Values {
    pub(crate) side: Side,
    pub(crate) median: f64,
    pub(crate) samples: Vec<f64>,
}

/// The functions with the most lines of LLVM IR, all their copies together.
#[derive(Debug, Serialize)]
pub(crate) struct LlvmLines {
    /// Of which crate or program.
    pub(crate) of: String,
    /// As `cargo llvm-lines` prints them.
    pub(crate) top: Vec<String>,
}

impl Report {
    /// Nothing yet.
    pub(crate) fn new(machine: Machine, rounds: usize, quick: bool) -> Self {
        let date = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        Self { date, machine, rounds, quick, rows: Vec::new(), llvm_lines: Vec::new(), missing: Vec::new(), targets: Vec::new() }
    }

    /// Adds a value to those of the same thing.
    pub(crate) fn add(&mut self, part: Part, sample: Sample) {
        let Sample { what, side, unit, value } = sample;
        let place = self.rows.iter().position(|row| row.part == part && row.what == what).unwrap_or_else(|| {
            self.rows.push(Row { part, what, unit, values: Vec::new() });
            self.rows.len() - 1
        });
        self.rows[place].add(side, value);
    }

    /// What was measured of a side.
    pub(crate) fn median(&self, what: &str, side: Side) -> Option<f64> {
        self.row(what)?.median(side)
    }

    pub(crate) fn row(&self, what: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.what == what)
    }
}

impl Row {
    pub(crate) fn median(&self, side: Side) -> Option<f64> {
        self.values.iter().find(|values| values.side == side).map(|values| values.median)
    }

    fn add(&mut self, side: Side, value: f64) {
        match self.values.iter_mut().find(|values| values.side == side) {
            Some(values) => {
                values.samples.push(value);
                values.median = median(&values.samples);
            }
            None => self.values.push(Values { side, median: value, samples: vec![value] }),
        }
    }
}

/// The middle of some values, of which there is one at least; of an even number, between the two in the middle.
fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len().is_multiple_of(2) { f64::midpoint(sorted[middle - 1], sorted[middle]) } else { sorted[middle] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_not_moved_by_one_slow_round() {
        assert_eq!(median(&[3.0, 100.0, 1.0]), 3.0);
        assert_eq!(median(&[1.0, 4.0, 2.0, 100.0]), 3.0);
    }
}
