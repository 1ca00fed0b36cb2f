//! Rules.

use super::calls::{lower_conditions, lower_text};
use super::endpoint::lower_endpoint;
use super::report_unsupported;
use super::scope::Scope;
use crate::diagnostic::Diagnostics;
use crate::frontend::fate::{Fate, Fates, PROSE};
use crate::frontend::reader::Object;
use crate::ir::{Argument, EndpointRule, Outcome};

/// The keys of a rule.
const RULE_KEYS: Fates = &[
    ("conditions", Fate::Used),
    ("type", Fate::Used),
    ("rules", Fate::Used),
    ("endpoint", Fate::Used),
    ("error", Fate::Used),
    ("documentation", PROSE),
    ("deprecated", PROSE),
];

/// `rules`.
pub(super) fn lower_rules(object: &mut Object<'_, '_>, scope: &mut Scope, diagnostics: &mut Diagnostics) -> Vec<EndpointRule> {
    let rules = object.objects("rules", diagnostics);
    rules.into_iter().filter_map(|rule| scope.within(|scope| lower_rule(rule, scope, diagnostics))).collect()
}

fn lower_rule(mut rule: Object<'_, '_>, scope: &mut Scope, diagnostics: &mut Diagnostics) -> Option<EndpointRule> {
    let conditions = rule.objects("conditions", diagnostics);
    let conditions = lower_conditions(conditions, scope, diagnostics);
    let outcome = lower_outcome(&mut rule, scope, diagnostics);
    // Without its type, nobody can say which keys a rule may have.
    if outcome.is_some() {
        rule.finish(RULE_KEYS, diagnostics);
    }
    Some(EndpointRule { conditions, outcome: outcome? })
}

/// A result of a diagram: a rule without conditions.
pub(super) fn lower_result(mut rule: Object<'_, '_>, scope: &mut Scope, diagnostics: &mut Diagnostics) -> Option<Outcome> {
    if rule.array("conditions", diagnostics).is_some_and(|conditions| !conditions.is_empty()) {
        let help = "drop them: in a diagram, nodes ask conditions";
        diagnostics.error(&rule.at("conditions"), "a result of a diagram has conditions", help);
    }
    let outcome = lower_outcome(&mut rule, scope, diagnostics);
    if let Some(Outcome::Rules(_)) = &outcome {
        diagnostics.error(&rule.at("type"), "a result of a diagram has rules", "make it an endpoint or an error");
    }
    if outcome.is_some() {
        rule.finish(RULE_KEYS, diagnostics);
    }
    outcome
}

fn lower_outcome(rule: &mut Object<'_, '_>, scope: &mut Scope, diagnostics: &mut Diagnostics) -> Option<Outcome> {
    match rule.required_string("type", diagnostics)? {
        "tree" => Some(Outcome::Rules(lower_rules(rule, scope, diagnostics))),
        "endpoint" => {
            let endpoint = rule.required_object("endpoint", diagnostics)?;
            lower_endpoint(endpoint, scope, diagnostics).map(Outcome::Endpoint)
        }
        "error" => lower_key("error", rule, scope, diagnostics).map(Outcome::Error),
        other => report_unsupported(&format!("the rule type `{other}`"), &rule.at("type"), diagnostics),
    }
}

/// A key whose value gives a string.
pub(super) fn lower_key(
    key: &str,
    object: &mut Object<'_, '_>,
    scope: &Scope,
    diagnostics: &mut Diagnostics,
) -> Option<Argument> {
    let place = object.at(key);
    let Some(json) = object.take(key) else {
        diagnostics.error(&object.place, format!("the key `{key}` is missing"), format!("add `{key}`, a string"));
        return None;
    };
    lower_text(json, &place, scope, diagnostics)
}
