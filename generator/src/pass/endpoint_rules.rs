//! Makes endpoint rules as flat as they can be: what is left says the same.

use crate::ir::{Argument, Call, Condition, Decision, EndpointParameter, EndpointRule, EndpointRules, Function, Outcome};

/// Leaves out conditions that always hold, trees without conditions, and rules that nobody comes to.
pub fn simplify(rules: &mut EndpointRules) {
    if let Decision::Rules(list) = &mut rules.decision {
        let flat = flatten(std::mem::take(list), &rules.parameters);
        *list = flat;
    }
}

fn flatten(rules: Vec<EndpointRule>, parameters: &[EndpointParameter]) -> Vec<EndpointRule> {
    let mut flat: Vec<EndpointRule> = Vec::new();
    for mut rule in rules {
        rule.conditions.retain(|condition| !is_always_true(condition, parameters));
        if let Outcome::Rules(inner) = rule.outcome {
            rule.outcome = Outcome::Rules(flatten(inner, parameters));
        }
        let decides = rule.conditions.is_empty();
        match rule.outcome {
            // A tree decides, even if none of its rules does.
            Outcome::Rules(inner) if decides => flat.extend(inner),
            _ => flat.push(joined(rule)),
        }
        if decides {
            break;
        }
    }
    flat
}

/// A tree of one rule, whose conditions hold whenever the tree's do, joins them.
fn joined(mut rule: EndpointRule) -> EndpointRule {
    match rule.outcome {
        Outcome::Rules(mut inner) if matches!(inner.as_slice(), [only] if only.conditions.iter().all(always_gives)) => {
            let only = inner.remove(0);
            rule.conditions.extend(only.conditions);
            EndpointRule { outcome: only.outcome, ..rule }
        }
        outcome => EndpointRule { outcome, ..rule },
    }
}

/// Whether a condition asks for a parameter that is there anyway.
fn is_always_true(condition: &Condition, parameters: &[EndpointParameter]) -> bool {
    let Condition { call: Call { function: Function::IsSet(Argument::Path(name)), negated: false }, assign: None } = condition
    else {
        return false;
    };
    parameters.iter().any(|parameter| parameter.name == *name && (parameter.required || parameter.default.is_some()))
}

/// Whether a condition holds whatever it is told: every region has a partition.
fn always_gives(condition: &Condition) -> bool {
    matches!(condition.call, Call { function: Function::Partition(Argument::Path(_) | Argument::Text(_)), negated: false })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Endpoint, ParameterType, ParameterValue};

    fn condition(function: Function) -> Condition {
        Condition { call: Call { function, negated: false }, assign: None }
    }

    fn is_set(name: &str) -> Condition {
        condition(Function::IsSet(Argument::Path(name.to_owned())))
    }

    fn partition() -> Condition {
        condition(Function::Partition(Argument::Text("{Region}".to_owned())))
    }

    fn rule(conditions: Vec<Condition>, outcome: Outcome) -> EndpointRule {
        EndpointRule { conditions, outcome }
    }

    fn endpoint(url: &str) -> Outcome {
        let url = Argument::Text(url.to_owned());
        Outcome::Endpoint(Endpoint { url, auth_schemes: Vec::new(), properties: Vec::new(), headers: Vec::new() })
    }

    /// What becomes of rules with a parameter `Known` that is always set.
    fn simplified(rules: Vec<EndpointRule>) -> Vec<EndpointRule> {
        let known = EndpointParameter {
            name: "Known".to_owned(),
            kind: ParameterType::Boolean,
            built_in: None,
            required: true,
            default: Some(ParameterValue::Boolean(false)),
        };
        let mut rules = EndpointRules { parameters: vec![known], decision: Decision::Rules(rules) };
        simplify(&mut rules);
        let Decision::Rules(rules) = rules.decision else { panic!("{rules:?}") };
        rules
    }

    #[test]
    fn a_tree_without_conditions_is_its_rules_and_nothing_behind_it_counts() {
        let tree = Outcome::Rules(vec![rule(vec![is_set("A")], endpoint("a")), rule(vec![], endpoint("b"))]);
        let rules = vec![rule(vec![is_set("Known")], tree), rule(vec![], endpoint("never"))];
        assert_eq!(simplified(rules), [rule(vec![is_set("A")], endpoint("a")), rule(vec![], endpoint("b"))]);
    }

    #[test]
    fn a_tree_of_one_rule_that_always_decides_is_that_rule() {
        let tree = Outcome::Rules(vec![rule(vec![partition()], endpoint("a"))]);
        let rules = vec![rule(vec![is_set("A")], tree)];
        assert_eq!(simplified(rules), [rule(vec![is_set("A"), partition()], endpoint("a"))]);
    }

    #[test]
    fn a_tree_of_one_rule_that_may_not_decide_stays() {
        let tree = Outcome::Rules(vec![rule(vec![is_set("B")], endpoint("a"))]);
        let rules = vec![rule(vec![is_set("A")], tree), rule(vec![], endpoint("b"))];
        assert_eq!(simplified(rules.clone()), rules, "with A and without B, no rule applies");
    }
}
