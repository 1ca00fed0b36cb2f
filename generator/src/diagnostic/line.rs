//! Diagnostics on one line each, with line and column: what a build script can say.

use super::{Diagnostic, Diagnostics, Place, Severity, visible};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;

impl Diagnostics {
    /// The findings, one line each, with their line and column in the file of a name, whose text `text_of` knows.
    pub fn lines<'t>(&self, text_of: impl Fn(&str) -> Option<&'t str>) -> Vec<(Severity, String)> {
        let mut lines: Vec<(Severity, String)> =
            self.list.iter().map(|it| (it.severity, line(it, text_of(&it.place.file)))).collect();
        let left_out = [(Severity::Error, self.left_out.errors), (Severity::Warning, self.left_out.warnings)];
        let left_out = left_out.into_iter().filter(|(_, count)| *count > 0);
        lines.extend(left_out.map(|(severity, count)| (severity, format!("and {count} more"))));
        lines
    }
}

fn line(diagnostic: &Diagnostic, text: Option<&str>) -> String {
    let Diagnostic { severity: _, place, message, help } = diagnostic;
    let position =
        text.and_then(|text| position(text, place)).map_or_else(String::new, |(line, column)| format!(":{line}:{column}"));
    let pointer = match place.pointer.as_str() {
        "" => String::new(),
        pointer => format!(" (at #{})", visible(pointer)),
    };
    format!("{}{position}: {}{pointer}; help: {}", visible(&place.file), visible(message), visible(help))
}

/// Line and column of a place in its file's text, from one on, the column in characters; of what holds it, where it is not there itself.
/// `None` for the whole file, or a text that is no JSON.
fn position(text: &str, place: &Place) -> Option<(usize, usize)> {
    let mut value: &str = serde_json::from_str::<&RawValue>(text).ok()?.get();
    let mut steps = place.pointer.split('/').skip(1).peekable();
    steps.peek()?;
    for step in steps {
        match child(value, &step.replace("~1", "/").replace("~0", "~")) {
            Some(inner) => value = inner,
            None => break,
        }
    }
    // Both are parts of one text.
    let before = text.get(..value.as_ptr().addr().checked_sub(text.as_ptr().addr())?)?;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    Some((before.matches('\n').count() + 1, before.get(start..)?.chars().count() + 1))
}

/// What a step leads to in a value's text.
fn child<'t>(value: &'t str, step: &str) -> Option<&'t str> {
    let found = match value.starts_with('{') {
        true => serde_json::from_str::<BTreeMap<Cow<'t, str>, &'t RawValue>>(value).ok()?.remove(step)?,
        false => *serde_json::from_str::<Vec<&'t RawValue>>(value).ok()?.get(step.parse::<usize>().ok()?)?,
    };
    Some(found.get())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODEL: &str = "{\n  \"shapes\": {\n    \"a~b/c\": {\"é\": [1, {\"x\": true}]}\n  }\n}\n";

    fn at(steps: &[&str]) -> Option<(usize, usize)> {
        position(MODEL, &steps.iter().fold(Place::file("model.json"), |place, step| place.child(step)))
    }

    #[test]
    fn a_place_is_where_its_value_begins() {
        assert_eq!(at(&["shapes"]), Some((2, 13)));
        assert_eq!(at(&["shapes", "a~b/c"]), Some((3, 14)));
        assert_eq!(at(&["shapes", "a~b/c", "é", "1", "x"]), Some((3, 30)));
    }

    #[test]
    fn what_is_not_there_is_where_it_should_be() {
        assert_eq!(at(&["shapes", "none", "of", "these"]), at(&["shapes"]));
        assert_eq!(at(&["shapes", "a~b/c", "é", "7"]), at(&["shapes", "a~b/c", "é"]));
        assert_eq!(at(&[]), None);
        assert_eq!(position("not JSON", &Place::file("model.json").child("a")), None);
    }

    #[test]
    fn a_finding_is_one_line_whatever_it_shows() {
        let mut diagnostics = Diagnostics::default();
        let place = Place::file("model.json").child("shapes").child("a~b/c");
        diagnostics.warning(&place, "it is\nodd", "make it even");
        let lines = diagnostics.lines(|file| (file == "model.json").then_some(MODEL));
        let expected = "model.json:3:14: it is\\nodd (at #/shapes/a~0b~1c); help: make it even";
        assert_eq!(lines, [(Severity::Warning, expected.to_owned())]);
    }
}
