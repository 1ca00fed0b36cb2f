//! What was promised, and what came of it.

use super::measure::{Side, Unit};
use super::report::Report;
use super::{build, cbor, generation};
use anyhow::Context;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use toml_edit::DocumentMut;

/// Something that was promised.
struct Target {
    /// Its key in `reasons.toml`.
    key: &'static str,
    name: &'static str,
    figure: Figure,
    bound: Bound,
}

/// Which figure is held against the bound.
enum Figure {
    /// The ratio of ours and another side's, of the same thing.
    Beside(String, Side),
    /// The ratio of ours and the fastest of other sides, of the same thing.
    BesideFastest(&'static str, &'static [Side]),
    /// The ratio of two things of ours.
    Growth { large: String, small: String },
    /// A thing of ours, as it is.
    Alone(String),
}

#[derive(Clone, Copy)]
enum Bound {
    AtMost(f64),
    AtLeast(f64),
}

fn target(key: &'static str, name: &'static str, figure: Figure, bound: Bound) -> Target {
    Target { key, name, figure, bound }
}

fn beside(what: &str, side: Side) -> Figure {
    Figure::Beside(what.to_owned(), side)
}

fn fastest(what: &'static str, sides: &'static [Side]) -> Figure {
    Figure::BesideFastest(what, sides)
}

fn targets() -> Vec<Target> {
    use Bound::{AtLeast, AtMost};
    use Side::{Axum, Ciborium, Minicbor, MinicborSerde, Sdk, Serde};
    const CBOR: &[Side] = &[Minicbor, MinicborSerde, Ciborium];
    let growth = Figure::Growth { large: generation::wall(10), small: generation::wall(1) };
    vec![
        target("check", "check, CPU", beside("check: CPU", Sdk), AtMost(0.20)),
        target("debug", "debug build, CPU", beside("debug build: CPU", Sdk), AtMost(0.08)),
        target("release", "release build, CPU", beside("release build: CPU", Sdk), AtMost(0.06)),
        target("memory", "peak memory of a rustc", beside(build::PEAK, Sdk), AtMost(0.22)),
        target("lines", "generated lines, client and API", beside(build::LINES, Sdk), AtMost(0.12)),
        target("rlibs", "rlibs, debug", beside("debug build: rlibs", Sdk), AtMost(0.10)),
        target("binary", "stripped program of one operation", beside("one operation", Sdk), AtMost(0.70)),
        target("call-empty", "call, empty response", beside("call, response of 0 references", Sdk), AtMost(1.0)),
        target("call-1000", "call, response of 1,000 items", beside("call, response of 1000 references", Sdk), AtMost(0.45)),
        target("decode", "decoding 1,000 items, beside serde_json", beside("decode 1000 references", Serde), AtMost(0.9)),
        target(
            "cbor-decode",
            "decoding CBOR, beside the best of minicbor and ciborium",
            fastest(cbor::DECODE, CBOR),
            AtMost(0.9),
        ),
        target(
            "cbor-encode",
            "encoding CBOR, beside the best of minicbor and ciborium",
            fastest(cbor::ENCODE, CBOR),
            AtMost(0.9),
        ),
        target("codegen", "codegen of Connect, wall", Figure::Alone(generation::wall(1)), AtMost(0.5)),
        target("growth", "codegen of a model 10 times as large", growth, AtMost(11.0)),
        target("serve-update", "serving UpdateContact, beside axum", beside("serve UpdateContact", Axum), AtLeast(0.95)),
        target(
            "serve-list",
            "serving 100 references, beside axum",
            beside("serve ListContactReferences of 100", Axum),
            AtLeast(0.95),
        ),
        target(
            "router",
            "router, mean over all operations",
            Figure::Alone("route, mean over all operations".to_owned()),
            AtMost(300.0),
        ),
    ]
}

/// What came of a target.
#[derive(Debug, Serialize)]
pub(crate) struct Verdict {
    pub(crate) name: &'static str,
    /// Ours, and what it is held against.
    pub(crate) ours: Option<Value>,
    pub(crate) peer: Option<Value>,
    /// The ratio, or ours when the target is absolute.
    pub(crate) figure: Option<f64>,
    /// `at most 0.2`.
    pub(crate) target: String,
    /// The bound alone.
    pub(crate) bound: f64,
    pub(crate) kind: Kind,
    pub(crate) outcome: Outcome,
    /// Why it was missed, when somebody measured that.
    pub(crate) reason: Option<String>,
}

/// What kind of figure a target is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    /// A ratio of ours and of what somebody else made.
    Beside,
    /// A ratio of two things of ours.
    Growth,
    /// No ratio.
    Alone,
}

/// A figure with its unit.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Value {
    pub(crate) value: f64,
    pub(crate) unit: Unit,
}

/// Whether a target was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Outcome {
    Met,
    Missed,
    NotMeasured,
}

/// Holds what was measured against what was promised.
pub(crate) fn judge(root: &Path, report: &Report) -> anyhow::Result<Vec<Verdict>> {
    let reasons = read_reasons(&root.join("benches").join("peer").join("reasons.toml"))?;
    Ok(targets().into_iter().map(|target| verdict(&target, report, &reasons)).collect())
}

fn verdict(target: &Target, report: &Report, reasons: &BTreeMap<String, String>) -> Verdict {
    let value = |what: &str, side: Side| {
        let row = report.row(what)?;
        Some(Value { value: row.median(side)?, unit: row.unit })
    };
    let (kind, ours, peer) = match &target.figure {
        Figure::Beside(what, side) => (Kind::Beside, value(what, Side::Ours), value(what, *side)),
        Figure::BesideFastest(what, sides) => {
            let others = sides.iter().filter_map(|side| value(what, *side));
            (Kind::Beside, value(what, Side::Ours), others.min_by(|one, other| one.value.total_cmp(&other.value)))
        }
        Figure::Growth { large, small } => (Kind::Growth, value(large, Side::Ours), value(small, Side::Ours)),
        Figure::Alone(what) => (Kind::Alone, value(what, Side::Ours), None),
    };
    let figure = match kind {
        Kind::Alone => ours.map(|ours| ours.value),
        Kind::Beside | Kind::Growth => ours.zip(peer).map(|(ours, peer)| ours.value / peer.value),
    };
    let outcome = outcome(figure, target.bound);
    let (word, bound) = match target.bound {
        Bound::AtMost(bound) => ("at most", bound),
        Bound::AtLeast(bound) => ("at least", bound),
    };
    let unit = ours.filter(|_| kind == Kind::Alone).map(|ours| format!(" {}", ours.unit)).unwrap_or_default();
    let reason = reasons.get(target.key).filter(|_| outcome == Outcome::Missed).cloned();
    Verdict { name: target.name, ours, peer, figure, target: format!("{word} {bound}{unit}"), bound, kind, outcome, reason }
}

fn outcome(figure: Option<f64>, bound: Bound) -> Outcome {
    let met = match (figure, bound) {
        (None, _) => return Outcome::NotMeasured,
        (Some(figure), Bound::AtMost(bound)) => figure <= bound,
        (Some(figure), Bound::AtLeast(bound)) => figure >= bound,
    };
    if met { Outcome::Met } else { Outcome::Missed }
}

/// Why targets are missed, by their keys; a key that no target has is an error.
fn read_reasons(path: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let file: DocumentMut = text.parse().with_context(|| format!("{} is not valid", path.display()))?;
    let mut reasons = BTreeMap::new();
    for (key, reason) in file.iter() {
        let reason = reason.as_str().with_context(|| format!("the reason of `{key}` is no text"))?;
        anyhow::ensure!(targets().iter().any(|target| target.key == key), "{}: no target is called `{key}`", path.display());
        reasons.insert(key.to_owned(), reason.to_owned());
    }
    Ok(reasons)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_met_where_it_stands() {
        assert_eq!(outcome(Some(0.2), Bound::AtMost(0.2)), Outcome::Met);
        assert_eq!(outcome(Some(0.21), Bound::AtMost(0.2)), Outcome::Missed);
        assert_eq!(outcome(Some(0.94), Bound::AtLeast(0.95)), Outcome::Missed);
        assert_eq!(outcome(None, Bound::AtLeast(0.95)), Outcome::NotMeasured);
    }

    #[test]
    fn every_target_has_its_own_key() {
        let keys: std::collections::BTreeSet<_> = targets().iter().map(|target| target.key).collect();
        assert_eq!(keys.len(), targets().len());
    }
}
