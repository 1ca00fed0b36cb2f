//! Charts of the report, as SVG. Drawn with plotters: charming renders with a JavaScript engine, charts-rs brings fonts and a
//! rasteriser, poloto has no bars.

use super::generation::{self, SIZES};
use super::markdown::figure;
use super::measure::Side;
use super::report::Report;
use super::targets::{Kind, Verdict};
use anyhow::anyhow;
use plotters::coord::ranged1d::SegmentValue;
use plotters::prelude::*;
use std::path::Path;

const OURS: RGBColor = RGBColor(31, 119, 180);
const OTHERS: RGBColor = RGBColor(158, 158, 158);
const MARK: RGBColor = RGBColor(200, 30, 30);
const FONT: &str = "sans-serif";
const WIDTH: u32 = 860;

/// A horizontal bar.
struct Bar {
    label: String,
    value: f64,
    text: String,
    color: RGBColor,
    /// Where a bound is.
    mark: Option<f64>,
}

/// Draws what was measured into a folder; nothing of a part that was not.
pub(crate) fn draw(report: &Report, folder: &Path) -> anyhow::Result<()> {
    targets(&report.targets, &folder.join("targets.svg"))?;
    let calls = calls(report);
    draw_bars("A call on a canned network, microseconds by references in the response", &calls, &folder.join("calls.svg"))?;
    growth(report, &folder.join("growth.svg"))
}

/// The ratios that were promised: how long a bar is, of what the other side took.
pub(crate) fn targets(verdicts: &[Verdict], path: &Path) -> anyhow::Result<()> {
    let bar = |verdict: &Verdict| {
        let value = verdict.figure.filter(|_| verdict.kind == Kind::Beside)?;
        let (label, text) = (verdict.name.to_owned(), format!("{value:.2}"));
        Some(Bar { label, value, text, color: OURS, mark: Some(verdict.bound) })
    };
    let bars: Vec<Bar> = verdicts.iter().filter_map(bar).collect();
    draw_bars("smithwright beside its peer, which is 1; the red marks are the targets", &bars, path)
}

fn calls(report: &Report) -> Vec<Bar> {
    let mut bars = Vec::new();
    for count in [0, 100, 1000] {
        for (side, color) in [(Side::Ours, OURS), (Side::Sdk, OTHERS)] {
            if let Some(value) = report.median(&format!("call, response of {count} references"), side) {
                bars.push(Bar { label: format!("{side}, {count}"), value, text: figure(value), color, mark: None });
            }
        }
    }
    bars
}

fn draw_bars(title: &str, bars: &[Bar], path: &Path) -> anyhow::Result<()> {
    if bars.is_empty() {
        return Ok(());
    }
    let root = SVGBackend::new(path, (WIDTH, 70 + 26 * bars.len() as u32)).into_drawing_area();
    root.fill(&WHITE).map_err(drawing)?;
    let most = bars.iter().map(|bar| bar.value.max(bar.mark.unwrap_or_default())).fold(0.0, f64::max);
    let mut chart = ChartBuilder::on(&root)
        .caption(title, (FONT, 16))
        .margin(8)
        .x_label_area_size(24)
        .y_label_area_size(260)
        .build_cartesian_2d(0.0..most * 1.1, (0..bars.len() - 1).into_segmented())
        .map_err(drawing)?;
    // The axis ends on top, where the first bar stands; plotters counts the end of its range in.
    let label = |value: &SegmentValue<usize>| match value {
        SegmentValue::CenterOf(place) => bars.iter().rev().nth(*place).map(|bar| bar.label.clone()).unwrap_or_default(),
        SegmentValue::Exact(_) | SegmentValue::Last => String::new(),
    };
    chart
        .configure_mesh()
        .disable_y_mesh()
        .max_light_lines(1)
        .y_labels(bars.len())
        .y_label_formatter(&label)
        .label_style((FONT, 13))
        .draw()
        .map_err(drawing)?;
    let edge = |place: usize| if place == bars.len() { SegmentValue::Last } else { SegmentValue::Exact(place) };
    for (place, bar) in bars.iter().rev().enumerate() {
        let mut rectangle = Rectangle::new([(0.0, edge(place)), (bar.value, edge(place + 1))], bar.color.filled());
        rectangle.set_margin(4, 4, 0, 0);
        let text = Text::new(format!(" {}", bar.text), (bar.value, SegmentValue::CenterOf(place)), (FONT, 13));
        chart.draw_series([rectangle]).map_err(drawing)?;
        chart.draw_series([text]).map_err(drawing)?;
        let mark = bar.mark.map(|mark| PathElement::new([(mark, edge(place)), (mark, edge(place + 1))], MARK.stroke_width(2)));
        chart.draw_series(mark).map_err(drawing)?;
    }
    root.present().map_err(drawing)
}

/// How the time of a generation grows with the model.
fn growth(report: &Report, path: &Path) -> anyhow::Result<()> {
    let points: Vec<(f64, f64)> = SIZES
        .iter()
        .filter_map(|copies| Some((*copies as f64, report.median(&generation::wall(*copies), Side::Ours)?)))
        .collect();
    let (Some(first), Some(last)) = (points.first().copied(), points.last().copied()) else { return Ok(()) };
    let root = SVGBackend::new(path, (WIDTH, 360)).into_drawing_area();
    root.fill(&WHITE).map_err(drawing)?;
    let linear = (last.0, first.1 * last.0 / first.0);
    let mut chart = ChartBuilder::on(&root)
        .caption("codegen, seconds by size of the model (1 is Connect); gray: in proportion", (FONT, 16))
        .margin(8)
        .x_label_area_size(28)
        .y_label_area_size(48)
        .build_cartesian_2d(0.0..last.0, 0.0..last.1.max(linear.1) * 1.1)
        .map_err(drawing)?;
    chart.configure_mesh().max_light_lines(1).label_style((FONT, 13)).draw().map_err(drawing)?;
    chart.draw_series([PathElement::new([(0.0, 0.0), linear], OTHERS)]).map_err(drawing)?;
    chart.draw_series([PathElement::new(points.clone(), OURS.stroke_width(2))]).map_err(drawing)?;
    chart.draw_series(points.into_iter().map(|point| Circle::new(point, 4, OURS.filled()))).map_err(drawing)?;
    root.present().map_err(drawing)
}

fn drawing(error: impl std::fmt::Display) -> anyhow::Error {
    anyhow!("cannot draw: {error}")
}
