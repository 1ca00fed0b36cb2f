//! Constraints: what they allow more, and what they allow less.

use super::{About, Comparison, Pair};
use crate::diff::policy::ChangeKind as Kind;
use crate::ir::{Bound, Constraints, Length, Pattern, Range};
use std::cmp::Ordering;

impl Comparison<'_> {
    pub(super) fn constraints(&mut self, about: &About<'_>, both: Pair<&Constraints>) {
        if !both.differs() {
            return;
        }
        // A field that is new must be compared.
        let Constraints { length: _, range: _, pattern: _, unique_items: _ } = both.new;
        let lengths = both.map(|it| it.length);
        let less = loses(lengths.map(|length| length?.min), lengths.map(|length| length?.max), |one: &u64, other| one.cmp(other));
        self.bounds(about, less, lengths.map(|length| length.map(length_text)));
        let ranges = both.map(|it| it.range);
        let less = loses(ranges.map(|range| range?.min), ranges.map(|range| range?.max), compare_bounds);
        self.bounds(about, less, ranges.map(|range| range.map(range_text)));
        let unique = both.map(|it| it.unique_items.then(|| "unique items".to_owned()));
        self.bounds(about, both.new.unique_items, unique);
        self.pattern(about, both.map(|it| it.pattern.as_ref()));
    }

    /// Bounds that changed, and whether they allow less than before; those that allow less and more are tightened.
    fn bounds(&mut self, about: &About<'_>, allows_less: bool, texts: Pair<Option<String>>) {
        if texts.differs() {
            let kind = if allows_less { Kind::ConstraintTightened } else { Kind::ConstraintLoosened };
            self.changed(kind, about, texts.map(|text| text.unwrap_or_else(|| "no bound".to_owned())));
        }
    }

    fn pattern(&mut self, about: &About<'_>, both: Pair<Option<&Pattern>>) {
        let text = |pattern: &Pattern| format!("pattern `{}`", pattern.regex);
        match (both.old, both.new) {
            (None, Some(new)) => {
                self.changed(Kind::ConstraintTightened, about, Pair { old: "any text".to_owned(), new: text(new) })
            }
            (Some(old), None) => {
                self.changed(Kind::ConstraintLoosened, about, Pair { old: text(old), new: "any text".to_owned() })
            }
            (Some(old), Some(new)) if language(old) != language(new) => {
                self.changed(Kind::PatternChanged, about, Pair { old: text(old), new: text(new) });
            }
            _ => {}
        }
    }
}

/// An expression and whether it must match the whole value: botocore's do, as do Smithy's that are anchored.
fn language(pattern: &Pattern) -> (&str, bool) {
    let regex = pattern.regex.as_str();
    let anchored = regex.strip_prefix('^').and_then(|regex| regex.strip_suffix('$'));
    // Behind an alternative or an escape an anchor may be of a part alone.
    let anchored = anchored.filter(|regex| !regex.contains('|') && !regex.ends_with('\\'));
    match anchored {
        Some(inner) => (inner, true),
        None => (regex, pattern.whole),
    }
}

/// Whether what is allowed between two ends is less than before.
fn loses<T>(min: Pair<Option<T>>, max: Pair<Option<T>>, compare: impl Fn(&T, &T) -> Ordering) -> bool {
    let is_beyond = |ends: &Pair<Option<T>>, wanted: Ordering| match (&ends.old, &ends.new) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(old), Some(new)) => compare(new, old) == wanted,
    };
    is_beyond(&min, Ordering::Greater) || is_beyond(&max, Ordering::Less)
}

fn compare_bounds(one: &Bound, other: &Bound) -> Ordering {
    match (one, other) {
        (Bound::Integer(one), Bound::Integer(other)) => one.cmp(other),
        _ => float(one).total_cmp(&float(other)),
    }
}

#[expect(clippy::cast_precision_loss, reason = "beside a float, a bound is one")]
fn float(bound: &Bound) -> f64 {
    match bound {
        Bound::Integer(value) => *value as f64,
        Bound::Float(value) => *value,
    }
}

/// A length in a few words.
pub(in crate::diff) fn length_text(length: Length) -> String {
    span("length", length.min, length.max)
}

/// A range in a few words.
pub(in crate::diff) fn range_text(range: Range) -> String {
    let text = |bound: Bound| match bound {
        Bound::Integer(value) => value.to_string(),
        Bound::Float(value) => value.to_string(),
    };
    span("range", range.min.map(text), range.max.map(text))
}

fn span(what: &str, min: Option<impl std::fmt::Display>, max: Option<impl std::fmt::Display>) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!("{what} {min} to {max}"),
        (Some(min), None) => format!("{what} from {min}"),
        (None, Some(max)) => format!("{what} up to {max}"),
        (None, None) => "no bound".to_owned(),
    }
}
