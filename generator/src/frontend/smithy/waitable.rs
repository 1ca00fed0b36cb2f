//! `smithy.waiters#waitable`.

use super::ast::{AstShape, shape_name};
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::fate::{Fate, Fates, PROSE, TOOLS};
use crate::frontend::json::Json;
use crate::frontend::paths::lower_expression;
use crate::frontend::reader::Object;
use crate::frontend::waiters::{self, HELP, MAX_DELAY, MAX_WAIT, lower_state, warn};
use crate::ir::{Acceptor, Expected, Matcher, Quantity, ValueMatcher, Waiter};

/// The trait.
pub(super) const WAITABLE: &str = "smithy.waiters#waitable";

/// The keys of a waiter.
const WAITER_KEYS: Fates = &[
    ("acceptors", Fate::Used),
    ("minDelay", Fate::Used),
    ("maxDelay", Fate::Used),
    ("deprecated", Fate::Used),
    ("documentation", PROSE),
    ("tags", TOOLS),
    // AWS's own models have it.
    ("description", PROSE),
];

/// How many seconds to wait between two calls at least where the model does not say it.
const MIN_DELAY: u64 = 2;

/// Lowers the waiters of some operations, by name.
pub(super) fn lower_waiters<'s>(
    operations: impl Iterator<Item = (&'s str, &'s AstShape<'s>)>,
    diagnostics: &mut Diagnostics,
) -> Vec<Waiter> {
    let mut waiters: Vec<Waiter> =
        operations.flat_map(|(id, operation)| lower_operation(shape_name(id), operation, diagnostics)).collect();
    waiters.sort_by(|a, b| a.name.cmp(&b.name));
    waiters
}

fn lower_operation(name: &str, operation: &AstShape<'_>, diagnostics: &mut Diagnostics) -> Vec<Waiter> {
    let Some(waitable) = operation.traits.get(WAITABLE) else { return Vec::new() };
    let Some(object) = Object::of_trait(waitable.value, waitable.place.clone(), diagnostics) else { return Vec::new() };
    let waiters = object.into_objects(diagnostics).into_iter();
    waiters.filter_map(|(waiter, entry)| lower_waiter(waiter, name, entry, diagnostics)).collect()
}

fn lower_waiter(name: &str, operation: &str, mut entry: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Waiter> {
    let place = entry.place.clone();
    let min_delay = entry.unsigned("minDelay", diagnostics).unwrap_or(MIN_DELAY).max(1);
    let max_delay = entry.unsigned("maxDelay", diagnostics).unwrap_or(MAX_DELAY);
    let deprecated = entry.flag("deprecated", diagnostics);
    let acceptors = entry.objects("acceptors", diagnostics);
    entry.finish(WAITER_KEYS, diagnostics);
    let lowered: Vec<Option<Acceptor>> = acceptors.into_iter().map(|acceptor| lower_acceptor(acceptor, diagnostics)).collect();
    let acceptors = lowered.into_iter().collect::<Option<Vec<Acceptor>>>()?;
    waiters::check(name, &acceptors, &place, diagnostics)?;
    Some(Waiter {
        name: name.to_owned(),
        operation: operation.to_owned(),
        acceptors,
        min_delay,
        max_delay: max_delay.max(min_delay),
        max_wait: MAX_WAIT,
        deprecated,
        place,
    })
}

fn lower_acceptor(mut acceptor: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Acceptor> {
    let place = acceptor.place.clone();
    let state = acceptor.required_string("state", diagnostics);
    let state = state.and_then(|state| lower_state(state, &acceptor.at("state"), diagnostics));
    let matcher = acceptor.required_object("matcher", diagnostics);
    acceptor.finish_read(diagnostics);
    let matcher = lower_matcher(matcher?, diagnostics);
    Some(Acceptor { state: state?, matcher: matcher?, place })
}

/// A union: one key.
fn lower_matcher(matcher: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Matcher> {
    let (place, entries) = matcher.into_entries();
    let [(kind, value)] = entries else { return warn("a matcher has one key", &place, diagnostics) };
    let at = place.child(kind);
    match (kind.as_ref(), value) {
        ("success", Json::Bool(true)) => Some(Matcher::Success),
        ("success", Json::Bool(false)) => Some(Matcher::AnyError),
        ("errorType", Json::String(error)) => Some(Matcher::Error(shape_name(error).to_owned())),
        ("output", value) => lower_value(Object::of_trait(value, at, diagnostics)?, diagnostics).map(Matcher::Output),
        ("inputOutput", value) => lower_value(Object::of_trait(value, at, diagnostics)?, diagnostics).map(Matcher::InputOutput),
        ("success", _) => warn("a boolean is expected of `success`", &at, diagnostics),
        ("errorType", _) => warn("a name is expected of `errorType`", &at, diagnostics),
        (other, _) => warn(format!("the matcher `{other}` is unknown"), &at, diagnostics),
    }
}

fn lower_value(mut matcher: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<ValueMatcher> {
    let path = matcher.required_string("path", diagnostics).map(|path| (path, matcher.at("path")));
    let expected = matcher.required_string("expected", diagnostics).map(|text| (text, matcher.at("expected")));
    let comparator = matcher.required_string("comparator", diagnostics).map(|text| (text, matcher.at("comparator")));
    matcher.finish_read(diagnostics);
    let (path, at) = path?;
    let expression = lower_expression(path, &at, HELP, diagnostics);
    let (quantity, expected) = lower_comparator(comparator?, expected?, diagnostics)?;
    Some(ValueMatcher { expression: expression?, quantity, expected })
}

fn lower_comparator(
    (comparator, at): (&str, Place),
    (expected, expected_at): (&str, Place),
    diagnostics: &mut Diagnostics,
) -> Option<(Quantity, Expected)> {
    let text = || Expected::Text(expected.to_owned());
    match (comparator, expected) {
        ("stringEquals", _) => Some((Quantity::One, text())),
        ("anyStringEquals", _) => Some((Quantity::Any, text())),
        ("allStringEquals", _) => Some((Quantity::All, text())),
        ("booleanEquals", "true") => Some((Quantity::One, Expected::Boolean(true))),
        ("booleanEquals", "false") => Some((Quantity::One, Expected::Boolean(false))),
        ("booleanEquals", _) => warn("`true` or `false` is expected of `booleanEquals`", &expected_at, diagnostics),
        (other, _) => warn(format!("the comparator `{other}` is unknown"), &at, diagnostics),
    }
}
