//! The part of the README that a run writes.

use super::report::Report;
use super::{chart, markdown};
use anyhow::Context;
use std::fs;
use std::path::Path;

const START: &str = "<!-- bench:start -->";
const END: &str = "<!-- bench:end -->";

/// The chart, below the repository.
const CHART: &str = "docs/bench.svg";

/// Replaces what stands between the markers, and the chart.
pub(crate) fn write(root: &Path, report: &Report) -> anyhow::Result<()> {
    let path = root.join("README.md");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let chart_path = root.join(CHART);
    if let Some(folder) = chart_path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    chart::targets(&report.targets, &chart_path)?;
    let block = format!(
        "{}\n\n{}\n![What smithwright takes of what its peers take]({CHART})\n",
        markdown::conditions(report),
        markdown::targets(&report.targets)
    );
    let text = replace(&text, &block).with_context(|| format!("{} has no `{START}` before an `{END}`", path.display()))?;
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn replace(text: &str, block: &str) -> Option<String> {
    let (before, rest) = text.split_once(START)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{START}\n{block}{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_the_markers_is_replaced() {
        let text = format!("# Title\n{START}\nold\n{END}\nrest");
        assert_eq!(replace(&text, "new\n").unwrap(), format!("# Title\n{START}\nnew\n{END}\nrest"));
    }

    #[test]
    fn a_text_without_markers_is_left_alone() {
        assert_eq!(replace("# Title", "new"), None);
    }
}
