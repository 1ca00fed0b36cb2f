//! A page that needs nothing else: verdict, search, then one card per shape or operation, what breaks first, old beside new.

use super::group::{Group, groups};
use super::words::{Of, SIDES, WEIGHTS, broken, plural, subject_kind, transition, verdict};
use crate::diff::change::{Change, Subject};
use crate::diff::outline::{Line, Outline};
use crate::diff::policy::Breaks;
use crate::diff::report::Report;
use crate::diff::surface::RustChange;
use crate::rust::visible::visible;
use std::fmt;

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

pub(super) fn render(report: &Report) -> String {
    let groups = groups(report);
    let (title, old, new) = (Text(&report.title), Text(&report.old), Text(&report.new));
    let sections: String = WEIGHTS.iter().map(|(weight, name)| section(*weight, name, &groups)).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         script-src 'unsafe-inline'\">\n\
         <title>{title}: {old} → {new}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{}\n<main>\n{sections}\
         <p id=\"nothing\" hidden>Nothing matches.</p>\n</main>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n",
        header(report, &groups),
    )
}

fn header(report: &Report, groups: &[Group<'_>]) -> String {
    let semver = report.semver();
    let tiles: String = SIDES.iter().map(|(side, of)| tile(report, side, of)).collect();
    let filters: String = WEIGHTS
        .iter()
        .map(|(weight, name)| {
            let count = groups.iter().filter(|group| group.weight() == *weight).count();
            let weight = weight.as_str();
            format!(
                "<label class=\"filter {weight}\"><input type=\"checkbox\" value=\"{weight}\" checked> {name} \
                 <span class=\"count\">{count}</span></label>"
            )
        })
        .collect();
    format!(
        "<header>\n<p class=\"title\">{}</p>\n<h1>{} <span class=\"arrow\">→</span> {}</h1>\n\
         <p class=\"verdict\"><strong class=\"semver {semver}\">{semver}</strong> {}</p>\n<div class=\"tiles\">{tiles}</div>\n\
         <p class=\"counts\">{}</p>\n\
         </header>\n<nav><input id=\"search\" type=\"search\" placeholder=\"Search names, types, places\" aria-label=\"Search\" \
         autocomplete=\"off\"><div class=\"filters\">{filters}</div></nav>",
        Text(&report.title),
        Text(&report.old),
        Text(&report.new),
        Text(&verdict(report)),
        counts(report),
    )
}

fn tile(report: &Report, side: &str, of: &Of) -> String {
    let breaks = report.count(of, Breaks::Yes);
    let perhaps = report.count(of, Breaks::Perhaps) - breaks;
    let (class, text) = match (breaks, perhaps) {
        (0, 0) => ("no", "not broken".to_owned()),
        (0, perhaps) => ("perhaps", format!("{} may matter", plural(perhaps, "change", "changes"))),
        (breaks, _) => ("yes", format!("broken by {}", plural(breaks, "change", "changes"))),
    };
    format!("<div class=\"tile {class}\"><span class=\"side\">{side}</span><span class=\"state\">{text}</span></div>")
}

/// How many operations and shapes are new, gone, changed.
fn counts(report: &Report) -> String {
    let of = |kind: &str| {
        let count = |id: String| report.changes.iter().filter(|change| change.kind.row().id == id).count();
        let (added, removed) = (count(format!("{kind}-added")), count(format!("{kind}-removed")));
        format!("{kind}s: {added} added, {removed} removed")
    };
    let changes = plural(report.changes.len(), "change", "changes");
    format!("{changes} · {} · {} · {}", of("operation"), of("shape"), of("member"))
}

fn section(weight: Breaks, name: &str, groups: &[Group<'_>]) -> String {
    let cards: Vec<String> = groups.iter().filter(|group| group.weight() == weight).map(card).collect();
    if cards.is_empty() {
        return String::new();
    }
    format!("<section data-weight=\"{}\">\n<h2>{name}</h2>\n{}</section>\n", weight.as_str(), cards.concat())
}

fn card(group: &Group<'_>) -> String {
    let Group { subject, changes, outline } = group;
    let kind = outline.map_or(subject_kind(subject), |outline| outline.kind.as_str());
    let items: String = changes.iter().map(|change| item(change, subject)).collect();
    let sides = outline.map(|outline| side_by_side(outline, group.weight())).unwrap_or_default();
    let subject = subject.to_string();
    let subject = if subject == kind { String::new() } else { subject };
    format!(
        "<article class=\"{}\">\n<h3><span class=\"kind\">{}</span> {}</h3>\n<ul>\n{items}</ul>\n{sides}</article>\n",
        group.weight().as_str(),
        Text(kind),
        Text(&subject),
    )
}

fn item(change: &Change, owner: &Subject) -> String {
    let row = change.kind.row();
    let worst = change.impact.worst();
    let part = match &change.subject {
        Subject::Member(_, part) if change.subject != *owner => format!(" <code>{}</code>", Text(part)),
        _ => String::new(),
    };
    let transition = transition(change);
    let transition = if transition.is_empty() { transition } else { format!(" <span class=\"to\">{}</span>", Text(&transition)) };
    let badges: String = [Breaks::Yes, Breaks::Perhaps].into_iter().map(|weight| badge(change, weight)).collect();
    let place = change.place().map(|place| format!("<span class=\"place\">{}</span>", Text(&place.to_string())));
    let rust: String = change.rust.iter().filter(|rust| rust.breaks() || worst == Breaks::No).map(rust_item).collect();
    let rust = if rust.is_empty() { rust } else { format!("<ul class=\"rust\">{rust}</ul>") };
    format!(
        "<li class=\"{}\"><span class=\"what\">{}</span>{part}{transition} {badges}<span class=\"why\">{}</span>{rust}{}</li>\n",
        worst.as_str(),
        row.title,
        marked(row.why),
        place.unwrap_or_default(),
    )
}

fn badge(change: &Change, weight: Breaks) -> String {
    let sides = broken(change.impact, weight);
    let verb = if weight == Breaks::Yes { "breaks" } else { "may matter to" };
    match sides.as_str() {
        "" => String::new(),
        sides => format!("<span class=\"badge {}\">{verb} {sides}</span> ", weight.as_str()),
    }
}

fn rust_item(rust: &RustChange) -> String {
    let old = rust.old.as_deref().map(|old| format!("<del>{}</del> ", Text(old))).unwrap_or_default();
    let new = rust.new.as_deref().map(|new| format!("<ins>{}</ins>", Text(new))).unwrap_or_default();
    format!("<li><code>{}</code> {old}{new}</li>", Text(&rust.item))
}

/// Old beside new: lines that changed, and behind a click all of them.
fn side_by_side(outline: &Outline, weight: Breaks) -> String {
    if outline.lines.is_empty() {
        return String::new();
    }
    let rows: String = outline.lines.iter().map(table_row).collect();
    let same = outline.lines.iter().filter(|line| line.is_same()).count();
    let open = if weight > Breaks::No { " open" } else { "" };
    let more = match same {
        0 => String::new(),
        _ => format!("<button type=\"button\" class=\"all\">show {} that did not change</button>", plural(same, "line", "lines")),
    };
    format!(
        "<details{open}><summary>side by side</summary><div class=\"sides\"><table><thead><tr><th></th><th>old</th><th>new</th></tr>\
         </thead><tbody>\n{rows}</tbody></table></div>{more}</details>\n"
    )
}

fn table_row(line: &Line) -> String {
    let class = match (&line.old, &line.new) {
        _ if line.is_same() => "same",
        (None, _) => "added",
        (_, None) => "removed",
        _ => "changed",
    };
    let cell = |text: &Option<String>| text.as_deref().map(|text| Text(text).to_string()).unwrap_or_default();
    format!("<tr class=\"{class}\"><th>{}</th><td>{}</td><td>{}</td></tr>\n", Text(&line.name), cell(&line.old), cell(&line.new))
}

/// The policy's words, with code between backticks.
fn marked(text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts
        .map(|(index, part)| if index % 2 == 1 { format!("<code>{}</code>", Text(part)) } else { Text(part).to_string() })
        .collect()
}

/// Text of a model: shown as it is, whatever it holds.
struct Text<'t>(&'t str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        visible(self.0).chars().try_for_each(|character| match character {
            '&' => formatter.write_str("&amp;"),
            '<' => formatter.write_str("&lt;"),
            '>' => formatter.write_str("&gt;"),
            '"' => formatter.write_str("&quot;"),
            '\'' => formatter.write_str("&#39;"),
            other => write!(formatter, "{other}"),
        })
    }
}
