//! The endpoint rules: what every reference stands for, checked, so that what comes out compiles.

use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{
    Argument, BuiltIn, Condition, EndpointRules, Function, Parameter, ParameterType, Rule, RuleBody, Template, TemplatePart,
};
use crate::rust::names::{Name, Scope};
use crate::rust::plan::{
    Endpoint, EndpointCondition, EndpointParameter, EndpointRule, Operand, Outcome, ParameterSource, PartitionAttribute, Test,
    TextExpression, TextPart,
};
use crate::rust::words;
use std::collections::{BTreeMap, BTreeSet};

/// Plans the rules of a service, which stand at `place`.
pub(super) fn plan(rules: &EndpointRules, service: &str, place: &Place, diagnostics: &mut Diagnostics) -> Endpoint {
    let mut planner = Planner {
        scope: Scope::new(service, &[("parameters", "the function's argument")]),
        attributes: BTreeMap::new(),
        place,
        diagnostics,
    };
    let mut known = Known::new();
    let parameters: Vec<EndpointParameter> =
        rules.parameters.iter().map(|parameter| planner.parameter(parameter, &mut known)).collect();
    let planned = planner.rules(&rules.rules, &known);
    let decides = planned.last().is_some_and(|rule| rule.conditions.is_empty());
    let reads = planned.iter().flat_map(reads_of_rule).collect::<BTreeSet<_>>();
    Endpoint {
        parameters: parameters.into_iter().filter(|parameter| reads.contains(&parameter.variable)).collect(),
        otherwise: (!decides).then(|| "no endpoint rule applies".to_owned()),
        partitions: if planned.iter().any(looks_up_partition) { rules.partitions.clone() } else { Vec::new() },
        rules: planned,
    }
}

/// What references stand for, where they stand.
type Known<'r> = BTreeMap<&'r str, Value>;

/// What a reference stands for.
#[derive(Clone)]
enum Value {
    Boolean(Name),
    /// A string that need not be set.
    Optional(Name),
    Text(Name),
    /// A partition, whose attributes have variables of their own.
    Partition,
}

struct Planner<'p> {
    scope: Scope<'p>,
    /// The variable of each attribute of each partition.
    attributes: BTreeMap<(String, PartitionAttribute), Name>,
    place: &'p Place,
    diagnostics: &'p mut Diagnostics,
}

impl<'r> Planner<'_> {
    fn parameter(&mut self, parameter: &'r Parameter, known: &mut Known<'r>) -> EndpointParameter {
        let owner = format!("the endpoint parameter {}", parameter.name);
        let variable = self.scope.claim(&words::snake_case(&parameter.name), &owner, self.place, self.diagnostics);
        let (kind, source) = match parameter.built_in {
            Some(BuiltIn::Region) => (ParameterType::String, ParameterSource::Region),
            Some(BuiltIn::Endpoint) => (ParameterType::String, ParameterSource::Endpoint),
            Some(BuiltIn::UseFips) => (ParameterType::Boolean, ParameterSource::UseFips),
            Some(BuiltIn::UseDualStack) => (ParameterType::Boolean, ParameterSource::UseDualStack),
            None if parameter.kind == ParameterType::Boolean => {
                (ParameterType::Boolean, ParameterSource::Boolean(parameter.default.unwrap_or_default()))
            }
            None => (ParameterType::String, ParameterSource::Unset),
        };
        if kind != parameter.kind {
            self.report::<()>(&format!("the parameter `{}` has a built-in of another type", parameter.name));
        }
        let must_be_set = kind == ParameterType::String && parameter.required;
        let value = match kind {
            ParameterType::Boolean => Value::Boolean(variable.clone()),
            ParameterType::String if must_be_set => Value::Text(variable.clone()),
            ParameterType::String => Value::Optional(variable.clone()),
        };
        known.insert(&parameter.name, value);
        let missing = must_be_set.then(|| format!("the endpoint rules need `{}`, which is not set", parameter.name));
        EndpointParameter { variable, source, missing }
    }

    /// Rules up to the first that always decides; what stands in a tree without conditions stands as well beside it.
    fn rules(&mut self, rules: &'r [Rule], known: &Known<'r>) -> Vec<EndpointRule> {
        let mut planned: Vec<EndpointRule> = Vec::new();
        for rule in rules {
            match &rule.body {
                RuleBody::Tree(inner) if rule.conditions.is_empty() => planned.extend(self.rules(inner, known)),
                _ => planned.push(self.rule(rule, known)),
            }
            if planned.last().is_some_and(|rule| rule.conditions.is_empty()) {
                break;
            }
        }
        planned
    }

    fn rule(&mut self, rule: &'r Rule, known: &Known<'r>) -> EndpointRule {
        let mut known = known.clone();
        let conditions: Vec<EndpointCondition> = rule
            .conditions
            .iter()
            .filter_map(|condition| self.condition(condition, &mut known))
            .filter(|it| !it.holds())
            .collect();
        let outcome = match &rule.body {
            RuleBody::Tree(inner) => Outcome::Rules(self.rules(inner, &known)),
            RuleBody::Endpoint(endpoint) => Outcome::Url(self.text(&endpoint.url, &known)),
            RuleBody::Error(message) => Outcome::Error(self.text(message, &known)),
        };
        // What nobody reads is tested, not bound.
        let mut reads = reads_of_outcome(&outcome);
        let mut bound: Vec<EndpointCondition> = Vec::new();
        for condition in conditions.into_iter().rev() {
            let condition = condition.binding(&reads);
            reads.extend(reads_of_condition(&condition));
            bound.insert(0, condition);
        }
        match outcome {
            // A tree of one rule joins its conditions.
            Outcome::Rules(mut inner) if inner.len() == 1 => {
                let inner = inner.remove(0);
                bound.extend(inner.conditions);
                EndpointRule { conditions: bound, outcome: inner.outcome }
            }
            outcome => EndpointRule { conditions: bound, outcome },
        }
    }

    fn condition(&mut self, condition: &'r Condition, known: &mut Known<'r>) -> Option<EndpointCondition> {
        match (&condition.function, condition.assign.as_deref()) {
            (Function::IsSet(Argument::Reference(name)), None) => Some(match self.value(name, known)? {
                Value::Optional(variable) => {
                    known.insert(name, Value::Text(variable.clone()));
                    EndpointCondition::IsSet(variable)
                }
                _ => EndpointCondition::Test(Test::Is(Operand::Boolean(true))),
            }),
            (Function::Partition(region), Some(assign)) => {
                let region = self.region(region, known)?;
                known.insert(assign, Value::Partition);
                let attributes = self.attribute_variables(assign);
                Some(EndpointCondition::Partition { attributes, region })
            }
            (function, None) => self.test(function, known).map(EndpointCondition::Test),
            (_, Some(assign)) => self.report(&format!("what `{assign}` is assigned is not a partition")),
        }
    }

    fn test(&mut self, function: &'r Function, known: &Known<'r>) -> Option<Test> {
        Some(match function {
            Function::IsSet(Argument::Reference(name)) => match self.value(name, known)? {
                Value::Optional(variable) => Test::Some(variable),
                _ => Test::Is(Operand::Boolean(true)),
            },
            Function::IsSet(_) => return self.report("`isSet` of anything but a parameter"),
            Function::Partition(region) => Test::HasPartition(self.region(region, known)?),
            Function::Not(inner) => self.test(inner, known)?.negated(),
            Function::BooleanEquals(left, right) => match (self.boolean(left, known)?, self.boolean(right, known)?) {
                (Operand::Boolean(true), other) | (other, Operand::Boolean(true)) => Test::Is(other),
                (Operand::Boolean(false), other) | (other, Operand::Boolean(false)) => Test::IsNot(other),
                (left, right) => Test::Equal(left, right),
            },
            Function::StringEquals(left, right) => Test::Equal(self.string(left, known)?, self.string(right, known)?),
            Function::GetAttr(value, attribute) => match self.attribute(value, attribute, known)? {
                Value::Boolean(variable) => Test::Is(Operand::Variable(variable)),
                _ => Test::Is(Operand::Boolean(true)),
            },
        })
    }

    fn boolean(&mut self, argument: &'r Argument, known: &Known<'r>) -> Option<Operand> {
        let value = match argument {
            Argument::Boolean(value) => return Some(Operand::Boolean(*value)),
            Argument::Reference(name) => self.value(name, known)?,
            Argument::Attribute(value, attribute) => self.attribute(value, attribute, known)?,
            Argument::String(_) => return self.report("a string where a boolean is needed"),
        };
        match value {
            Value::Boolean(variable) => Some(Operand::Variable(variable)),
            _ => self.report("a string where a boolean is needed"),
        }
    }

    fn string(&mut self, argument: &'r Argument, known: &Known<'r>) -> Option<Operand> {
        let value = match argument {
            Argument::Boolean(_) => return self.report("a boolean where a string is needed"),
            Argument::String(template) => return Some(Operand::Text(self.text(template, known))),
            Argument::Reference(name) => self.value(name, known)?,
            Argument::Attribute(value, attribute) => self.attribute(value, attribute, known)?,
        };
        match value {
            Value::Text(variable) => Some(Operand::Variable(variable)),
            Value::Optional(variable) => self.report(&format!("`{variable}` is read where it need not be set")),
            Value::Boolean(_) | Value::Partition => self.report("something else where a string is needed"),
        }
    }

    /// What a partition is looked up for: a variable, since its attributes borrow nothing else.
    fn region(&mut self, argument: &'r Argument, known: &Known<'r>) -> Option<Operand> {
        self.string(argument, known)
    }

    fn text(&mut self, template: &'r Template, known: &Known<'r>) -> TextExpression {
        let parts = template.0.iter().filter_map(|part| {
            let value = match part {
                TemplatePart::Literal(text) => return Some(TextPart::Literal(text.clone())),
                TemplatePart::Reference(name) => self.value(name, known)?,
                TemplatePart::Attribute(value, attribute) => self.attribute(value, attribute, known)?,
            };
            match value {
                Value::Text(variable) => Some(TextPart::Variable(variable)),
                _ => self.report("a template inserts something that is not a string, or need not be set"),
            }
        });
        TextExpression(parts.collect())
    }

    fn value(&mut self, name: &str, known: &Known<'r>) -> Option<Value> {
        match known.get(name) {
            Some(value) => Some(value.clone()),
            None => self.report(&format!("nothing is called `{name}` here")),
        }
    }

    fn attribute(&mut self, value: &str, attribute: &str, known: &Known<'r>) -> Option<Value> {
        let Value::Partition = self.value(value, known)? else {
            return self.report(&format!("`{value}` has no attributes"));
        };
        let Some(attribute) = PartitionAttribute::named(attribute) else {
            return self.report(&format!("a partition has no attribute `{attribute}`"));
        };
        let variable = self.attributes.get(&(value.to_owned(), attribute))?.clone();
        Some(if attribute.is_boolean() { Value::Boolean(variable) } else { Value::Text(variable) })
    }

    /// The variables of a partition's attributes, which are called after its name only where another has theirs.
    fn attribute_variables(&mut self, assign: &str) -> Vec<(PartitionAttribute, Name)> {
        PartitionAttribute::ALL
            .into_iter()
            .map(|attribute| {
                let key = (assign.to_owned(), attribute);
                if let Some(variable) = self.attributes.get(&key) {
                    return (attribute, variable.clone());
                }
                let short = attribute.field();
                let long = format!("{}_{short}", words::snake_case(assign));
                let name = if self.scope.is_free(short) { short } else { &long };
                let owner = format!("the attribute {short} of {assign}");
                let variable = self.scope.claim(name, &owner, self.place, self.diagnostics);
                self.attributes.insert(key, variable.clone());
                (attribute, variable)
            })
            .collect()
    }

    fn report<T>(&mut self, problem: &str) -> Option<T> {
        let help = "correct the rules, or drop them and give the client an endpoint URL";
        self.diagnostics.error(self.place, format!("in the endpoint rules: {problem}"), help);
        None
    }
}

impl EndpointCondition {
    /// Whether it says nothing.
    fn holds(&self) -> bool {
        matches!(self, Self::Test(Test::Is(Operand::Boolean(true))))
    }

    /// The same condition, which binds only what is read behind it.
    fn binding(self, reads: &BTreeSet<Name>) -> Self {
        match self {
            Self::IsSet(variable) if !reads.contains(&variable) => Self::Test(Test::Some(variable)),
            Self::Partition { mut attributes, region } => {
                attributes.retain(|(_, variable)| reads.contains(variable));
                match attributes.is_empty() {
                    true => Self::Test(Test::HasPartition(region)),
                    false => Self::Partition { attributes, region },
                }
            }
            other => other,
        }
    }
}

impl Test {
    fn negated(self) -> Self {
        match self {
            Self::Is(operand) => Self::IsNot(operand),
            Self::IsNot(operand) => Self::Is(operand),
            Self::Equal(left, right) => Self::NotEqual(left, right),
            Self::NotEqual(left, right) => Self::Equal(left, right),
            Self::Some(variable) => Self::None(variable),
            Self::None(variable) => Self::Some(variable),
            Self::HasPartition(region) => Self::HasNoPartition(region),
            Self::HasNoPartition(region) => Self::HasPartition(region),
        }
    }
}

fn looks_up_partition(rule: &EndpointRule) -> bool {
    let looks_up = |condition: &EndpointCondition| match condition {
        EndpointCondition::Partition { .. } => true,
        EndpointCondition::Test(test) => matches!(test, Test::HasPartition(_) | Test::HasNoPartition(_)),
        EndpointCondition::IsSet(_) => false,
    };
    let inner = match &rule.outcome {
        Outcome::Rules(inner) => inner.as_slice(),
        Outcome::Url(_) | Outcome::Error(_) => &[],
    };
    rule.conditions.iter().any(looks_up) || inner.iter().any(looks_up_partition)
}

fn reads_of_rule(rule: &EndpointRule) -> BTreeSet<Name> {
    rule.conditions.iter().flat_map(reads_of_condition).chain(reads_of_outcome(&rule.outcome)).collect()
}

fn reads_of_outcome(outcome: &Outcome) -> BTreeSet<Name> {
    match outcome {
        Outcome::Rules(rules) => rules.iter().flat_map(reads_of_rule).collect(),
        Outcome::Url(text) | Outcome::Error(text) => reads_of_text(text).collect(),
    }
}

fn reads_of_condition(condition: &EndpointCondition) -> Vec<Name> {
    match condition {
        EndpointCondition::IsSet(variable) => vec![variable.clone()],
        EndpointCondition::Partition { region, .. } => reads_of_operand(region),
        EndpointCondition::Test(test) => match test {
            Test::Is(operand) | Test::IsNot(operand) => reads_of_operand(operand),
            Test::HasPartition(operand) | Test::HasNoPartition(operand) => reads_of_operand(operand),
            Test::Equal(left, right) | Test::NotEqual(left, right) => [reads_of_operand(left), reads_of_operand(right)].concat(),
            Test::Some(variable) | Test::None(variable) => vec![variable.clone()],
        },
    }
}

fn reads_of_operand(operand: &Operand) -> Vec<Name> {
    match operand {
        Operand::Boolean(_) => Vec::new(),
        Operand::Text(text) => reads_of_text(text).collect(),
        Operand::Variable(variable) => vec![variable.clone()],
    }
}

fn reads_of_text(text: &TextExpression) -> impl Iterator<Item = Name> {
    text.0.iter().filter_map(|part| match part {
        TextPart::Literal(_) => None,
        TextPart::Variable(variable) => Some(variable.clone()),
    })
}
