//! `waiters-2.json`.

use super::Definitions;
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::fate::{Fate, Fates, PROSE};
use crate::frontend::json::{Entry, Json};
use crate::frontend::paths::lower_expression;
use crate::frontend::reader::Object;
use crate::frontend::waiters::{self, HELP, MAX_DELAY, lower_state, warn};
use crate::ir::{Acceptor, Expected, Matcher, Quantity, ValueMatcher, Waiter};

/// The keys of a waiter.
pub(super) const WAITER_KEYS: Fates = &[
    ("operation", Fate::Used),
    ("delay", Fate::Used),
    ("maxAttempts", Fate::Used),
    ("acceptors", Fate::Used),
    ("description", PROSE),
];

/// The keys of an acceptor.
pub(super) const ACCEPTOR_KEYS: Fates =
    &[("matcher", Fate::Used), ("expected", Fate::Used), ("state", Fate::Used), ("argument", Fate::Used)];

/// Lowers the waiters of a service.
pub(super) fn lower_waiters(mut root: Object<'_, '_>, definitions: &mut Definitions, diagnostics: &mut Diagnostics) {
    root.take("version");
    let waiters = root.required_object("waiters", diagnostics);
    root.finish_read(diagnostics);
    let Some((place, entries)) = waiters.map(Object::into_entries) else { return };
    let lower = |(name, json): &Entry<'_>| {
        lower_waiter(name, Object::new(json, place.child(name), diagnostics)?, definitions, diagnostics)
    };
    let mut waiters: Vec<Waiter> = entries.iter().filter_map(lower).collect();
    waiters.sort_by(|a, b| a.name.cmp(&b.name));
    definitions.waiters = waiters;
}

fn lower_waiter(
    name: &str,
    mut entry: Object<'_, '_>,
    definitions: &Definitions,
    diagnostics: &mut Diagnostics,
) -> Option<Waiter> {
    let place = entry.place.clone();
    let operation = entry.required_string("operation", diagnostics);
    let delay = entry.unsigned("delay", diagnostics).unwrap_or(2).max(1);
    let attempts = entry.unsigned("maxAttempts", diagnostics).unwrap_or(40);
    let acceptors = entry.objects("acceptors", diagnostics);
    entry.finish(WAITER_KEYS, diagnostics);
    let lowered: Vec<Option<Acceptor>> = acceptors.into_iter().map(|acceptor| lower_acceptor(acceptor, diagnostics)).collect();
    let operation = operation?;
    if !definitions.operations.contains_key(operation) {
        let is_reported = definitions.broken.contains(operation);
        return if is_reported { None } else { warn(format!("`{operation}` is no operation"), &place, diagnostics) };
    }
    let acceptors = lowered.into_iter().collect::<Option<Vec<Acceptor>>>()?;
    waiters::check(name, &acceptors, &place, diagnostics)?;
    Some(Waiter {
        name: name.to_owned(),
        operation: operation.to_owned(),
        acceptors,
        min_delay: delay,
        max_delay: delay.max(MAX_DELAY),
        max_wait: delay.saturating_mul(attempts),
        deprecated: false,
        place,
    })
}

fn lower_acceptor(mut acceptor: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Acceptor> {
    let place = acceptor.place.clone();
    let state = acceptor.required_string("state", diagnostics);
    let state = state.and_then(|state| lower_state(state, &acceptor.at("state"), diagnostics));
    let matcher = acceptor.required_string("matcher", diagnostics);
    let argument = acceptor.string("argument", diagnostics).map(|text| (text, acceptor.at("argument")));
    let expected = Wanted { value: acceptor.take("expected"), place: acceptor.at("expected") };
    let matcher_place = acceptor.at("matcher");
    acceptor.finish(ACCEPTOR_KEYS, diagnostics);
    let matcher = match matcher? {
        "path" => lower_output(Quantity::One, argument, &expected, &place, diagnostics),
        "pathAny" => lower_output(Quantity::Any, argument, &expected, &place, diagnostics),
        "pathAll" => lower_output(Quantity::All, argument, &expected, &place, diagnostics),
        "error" => expected.error(diagnostics),
        "status" => expected.status(diagnostics),
        other => warn(format!("the matcher `{other}` is unknown"), &matcher_place, diagnostics),
    };
    Some(Acceptor { state: state?, matcher: matcher?, place })
}

fn lower_output(
    quantity: Quantity,
    argument: Option<(&str, Place)>,
    expected: &Wanted<'_, '_>,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<Matcher> {
    let Some((text, at)) = argument else { return warn("an acceptor of a path has no `argument`", place, diagnostics) };
    let expression = lower_expression(text, &at, HELP, diagnostics);
    let expected = expected.of_output(diagnostics);
    Some(Matcher::Output(ValueMatcher { expression: expression?, quantity, expected: expected? }))
}

/// What an acceptor expects.
struct Wanted<'j, 'a> {
    value: Option<&'j Json<'a>>,
    place: Place,
}

impl Wanted<'_, '_> {
    fn of_output(&self, diagnostics: &mut Diagnostics) -> Option<Expected> {
        match self.value {
            Some(Json::String(text)) => Some(Expected::Text(text.to_string())),
            Some(Json::Bool(value)) => Some(Expected::Boolean(*value)),
            Some(Json::Number(number)) if number.is_i64() => number.as_i64().map(Expected::Integer),
            _ => self.report("a path expects a string, a boolean or a whole number", diagnostics),
        }
    }

    fn error(&self, diagnostics: &mut Diagnostics) -> Option<Matcher> {
        match self.value {
            Some(Json::String(code)) => Some(Matcher::Error(code.to_string())),
            Some(Json::Bool(true)) => Some(Matcher::AnyError),
            Some(Json::Bool(false)) => Some(Matcher::Success),
            _ => self.report("an error is expected by its code, or by whether there is one", diagnostics),
        }
    }

    fn status(&self, diagnostics: &mut Diagnostics) -> Option<Matcher> {
        match self.value {
            Some(Json::Number(number)) if number.is_u64() => number.as_u64().map(Matcher::Status),
            _ => self.report("a status is a number", diagnostics),
        }
    }

    fn report<T>(&self, problem: &str, diagnostics: &mut Diagnostics) -> Option<T> {
        warn(problem, &self.place, diagnostics)
    }
}
