//! Rules as the runtime's data, which clients have from the start: here it is made, and never freed.

use smithwright::ir;
use smithwright_runtime::endpoint::{
    Argument, AuthScheme, BuiltIn, Condition, Diagram, Endpoint, EndpointRules, Function, Outcome, Parameter, ParameterDefault,
    ParameterType, Property, Rule,
};

/// A value for the rest of the program.
pub(super) fn keep<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn keep_all<T>(values: impl Iterator<Item = T>) -> &'static [T] {
    values.collect::<Vec<T>>().leak()
}

fn text(text: &str) -> &'static str {
    text.to_owned().leak()
}

/// A rule set.
pub(super) fn rules(rules: &ir::EndpointRules) -> EndpointRules {
    let parameters = keep_all(rules.parameters.iter().map(parameter));
    match &rules.decision {
        ir::Decision::Rules(rules) => EndpointRules::new(parameters, keep_all(rules.iter().map(rule))),
        ir::Decision::Diagram(diagram) => {
            let ir::Diagram { conditions, results, root, nodes } = diagram;
            let conditions = keep_all(conditions.iter().map(condition));
            let results = keep_all(results.iter().map(|result| Rule { conditions: &[], outcome: outcome(result) }));
            EndpointRules::diagram(parameters, Diagram { conditions, results, root: *root, nodes: nodes.clone().leak() })
        }
    }
}

fn parameter(parameter: &ir::EndpointParameter) -> Parameter {
    Parameter {
        name: text(&parameter.name),
        kind: match parameter.kind {
            ir::ParameterType::String => ParameterType::String,
            ir::ParameterType::Boolean => ParameterType::Boolean,
            ir::ParameterType::StringArray => ParameterType::StringArray,
        },
        required: parameter.required,
        default: parameter.default.as_ref().map(|default| match default {
            ir::ParameterValue::String(value) => ParameterDefault::String(text(value)),
            ir::ParameterValue::Boolean(value) => ParameterDefault::Boolean(*value),
            ir::ParameterValue::StringArray(values) => ParameterDefault::StringArray(keep_all(values.iter().map(|it| text(it)))),
        }),
        built_in: parameter.built_in.and_then(built_in),
    }
}

fn built_in(built_in: ir::BuiltIn) -> Option<BuiltIn> {
    Some(match built_in {
        ir::BuiltIn::Region => BuiltIn::Region,
        ir::BuiltIn::UseFips => BuiltIn::UseFips,
        ir::BuiltIn::UseDualStack => BuiltIn::UseDualStack,
        ir::BuiltIn::Endpoint => BuiltIn::Endpoint,
        ir::BuiltIn::AccountId => BuiltIn::AccountId,
        ir::BuiltIn::AccountIdEndpointMode => BuiltIn::AccountIdEndpointMode,
        ir::BuiltIn::Setting => return None,
    })
}

fn rule(rule: &ir::EndpointRule) -> Rule {
    Rule { conditions: keep_all(rule.conditions.iter().map(condition)), outcome: outcome(&rule.outcome) }
}

fn outcome(outcome: &ir::Outcome) -> Outcome {
    match outcome {
        ir::Outcome::Rules(rules) => Outcome::Rules(keep_all(rules.iter().map(rule))),
        ir::Outcome::Endpoint(endpoint) => Outcome::Endpoint(Endpoint {
            url: argument(&endpoint.url),
            auth_schemes: keep_all(endpoint.auth_schemes.iter().map(auth_scheme)),
            properties: entries(&endpoint.properties),
            headers: keep_all(endpoint.headers.iter().map(|(name, values)| (text(name), keep_all(values.iter().map(argument))))),
        }),
        ir::Outcome::Error(message) => Outcome::Error(argument(message)),
    }
}

fn auth_scheme(scheme: &ir::AuthScheme) -> AuthScheme {
    AuthScheme {
        name: text(&scheme.name),
        signing_name: scheme.signing_name.as_deref().map(text),
        signing_region: scheme.signing_region.as_deref().map(text),
        signing_region_set: keep_all(scheme.signing_region_set.iter().map(|region| text(region))),
        disable_double_encoding: scheme.disable_double_encoding,
        properties: entries(&scheme.properties),
    }
}

fn entries(entries: &[(String, ir::Property)]) -> &'static [(&'static str, Property)] {
    keep_all(entries.iter().map(|(name, value)| (text(name), property(value))))
}

fn property(property_: &ir::Property) -> Property {
    match property_ {
        ir::Property::Boolean(value) => Property::Boolean(*value),
        ir::Property::Text(value) => Property::Text(text(value)),
        ir::Property::List(elements) => Property::List(keep_all(elements.iter().map(property))),
        ir::Property::Map(members) => Property::Map(entries(members)),
    }
}

fn condition(condition: &ir::Condition) -> Condition {
    Condition { assigned: condition.assign.as_deref().map(text), ..call(&condition.call) }
}

fn call(call: &ir::Call) -> Condition {
    Condition { function: function(&call.function), negated: call.negated, assigned: None }
}

fn function(function: &ir::Function) -> Function {
    use ir::Function as From;
    let number = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    match function {
        From::Value(value) => Function::Value(argument(value)),
        From::IsSet(value) => Function::IsSet(argument(value)),
        From::BooleanEquals(left, right) => Function::BooleanEquals(argument(left), argument(right)),
        From::StringEquals(left, right) => Function::StringEquals(argument(left), argument(right)),
        From::Attribute(value, path) => Function::Attribute(argument(value), text(path)),
        From::IsValidHostLabel(value, with_dots) => Function::IsValidHostLabel(argument(value), argument(with_dots)),
        From::ParseUrl(value) => Function::ParseUrl(argument(value)),
        From::Substring { text, start, end, from_the_end } => {
            Function::Substring(argument(text), number(*start), number(*end), *from_the_end)
        }
        From::UriEncode(value) => Function::UriEncode(argument(value)),
        From::Split(value, delimiter, limit) => Function::Split(argument(value), argument(delimiter), number(*limit)),
        From::Coalesce(values) => Function::Coalesce(keep_all(values.iter().map(argument))),
        From::IfThenElse(values) => {
            let [condition, then, otherwise] = &**values;
            Function::IfThenElse(keep([argument(condition), argument(then), argument(otherwise)]))
        }
        From::Partition(region) => Function::Partition(argument(region)),
        From::ParseArn(value) => Function::ParseArn(argument(value)),
        From::IsVirtualHostableBucket(value, with_dots) => {
            Function::IsVirtualHostableBucket(argument(value), argument(with_dots))
        }
    }
}

fn argument(argument: &ir::Argument) -> Argument {
    match argument {
        ir::Argument::Boolean(value) => Argument::Boolean(*value),
        ir::Argument::Text(value) => Argument::Text(text(value)),
        ir::Argument::Path(path) => Argument::Path(text(path)),
        ir::Argument::Call(inner) => Argument::Call(keep(call(inner))),
    }
}
