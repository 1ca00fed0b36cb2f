//! The endpoint rules, as the Rust that a person would write: nested `if`s.

use super::docs;
use crate::ir::{
    Argument, BuiltIn, Condition, EndpointRules, Function, Parameter, ParameterType, Partition, Rule, RuleBody, Template,
    TemplatePart,
};
use crate::rust::names::Name;
use crate::rust::plan::Plan;
use crate::rust::words;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

pub(super) fn emit_endpoint(plan: &Plan) -> TokenStream {
    match &plan.service.endpoint_rules {
        Some(rules) => emit_rules(rules),
        None => emit_without_rules(),
    }
}

/// A model without rules is reached at the URL that the caller gives.
fn emit_without_rules() -> TokenStream {
    let docs = docs::inner(&["Where the service is: the model has no endpoint rules, so the caller says it."]);
    quote! {
        #docs
        use smithwright_runtime::client::EndpointParameters;

        pub(crate) fn resolve(parameters: &EndpointParameters) -> Result<String, String> {
            parameters.endpoint.clone().ok_or_else(|| "set an endpoint URL: the model has no endpoint rules".to_owned())
        }
    }
}

fn emit_rules(rules: &EndpointRules) -> TokenStream {
    let docs = docs::inner(&["Where the service is: the model's endpoint rules."]);
    let reads = reads(&rules.rules);
    let parameters = rules.parameters.iter().filter(|parameter| reads.contains(&Read::Reference(&parameter.name)));
    let parameters = parameters.map(emit_parameter);
    let body = rules.rules.iter().map(|rule| emit_rule(rule, rules));
    let count = proc_macro2::Literal::usize_unsuffixed(rules.partitions.len());
    let otherwise = emit_otherwise(&rules.rules);
    let partitions = rules.partitions.iter().map(emit_partition);
    quote! {
        #docs
        use smithwright_runtime::client::{EndpointParameters, Partition, RegionRegex, partition};

        pub(crate) fn resolve(parameters: &EndpointParameters) -> Result<String, String> {
            #(#parameters)*
            #(#body)*
            #otherwise
        }

        static PARTITIONS: [Partition; #count] = [#(#partitions),*];
    }
}

/// What follows rules of which none need apply.
fn emit_otherwise(rules: &[Rule]) -> TokenStream {
    match rules.last() {
        Some(Rule { conditions, body: RuleBody::Endpoint(_) | RuleBody::Error(_) }) if conditions.is_empty() => {
            TokenStream::new()
        }
        _ => quote!(Err("no endpoint rule applies".to_owned())),
    }
}

fn emit_parameter(parameter: &Parameter) -> TokenStream {
    let name = variable(&parameter.name);
    match parameter.built_in {
        Some(BuiltIn::Region) => quote!(let #name = parameters.region.as_deref();),
        Some(BuiltIn::Endpoint) => quote!(let #name = parameters.endpoint.as_deref();),
        Some(BuiltIn::UseFips) => quote!(let #name = parameters.use_fips;),
        Some(BuiltIn::UseDualStack) => quote!(let #name = parameters.use_dual_stack;),
        None => match (parameter.kind, parameter.default.unwrap_or_default()) {
            (ParameterType::Boolean, default) => quote!(let #name = #default;),
            (ParameterType::String, _) => quote!(let #name: Option<&str> = None;),
        },
    }
}

/// Conditions become one `if`, with what they bind; a tree of one rule joins its conditions.
fn emit_rule(rule: &Rule, rules: &EndpointRules) -> TokenStream {
    if rule.conditions.is_empty() && is_last_of_all(rule, rules) {
        return emit_result(rule);
    }
    let mut conditions: Vec<&Condition> = rule.conditions.iter().collect();
    let mut rule = rule;
    while let RuleBody::Tree(inner) = &rule.body
        && let [only] = inner.as_slice()
    {
        conditions.extend(&only.conditions);
        rule = only;
    }
    let body = match &rule.body {
        RuleBody::Tree(inner) => {
            let inner = inner.iter().map(|rule| emit_rule(rule, rules));
            quote!(#(#inner)*)
        }
        RuleBody::Endpoint(_) | RuleBody::Error(_) => {
            let result = emit_result(rule);
            quote!(return #result;)
        }
    };
    match conditions.as_slice() {
        [] => body,
        conditions => {
            let conditions = conditions.iter().map(|condition| emit_condition(condition, rules));
            quote!(if #(#conditions)&&* { #body })
        }
    }
}

/// Whether nothing follows a rule, so that its result is the function's.
fn is_last_of_all(rule: &Rule, rules: &EndpointRules) -> bool {
    rules.rules.last().is_some_and(|last| std::ptr::eq(last, rule)) && !matches!(rule.body, RuleBody::Tree(_))
}

/// `Ok(url)` or `Err(message)`.
fn emit_result(rule: &Rule) -> TokenStream {
    match &rule.body {
        RuleBody::Endpoint(endpoint) => {
            let url = emit_template(&endpoint.url);
            quote!(Ok(#url))
        }
        RuleBody::Error(message) => {
            let message = emit_template(message);
            quote!(Err(#message))
        }
        RuleBody::Tree(_) => TokenStream::new(),
    }
}

fn emit_condition(condition: &Condition, rules: &EndpointRules) -> TokenStream {
    match &condition.function {
        Function::IsSet(Argument::Reference(name)) => {
            let name = variable(name);
            quote!(let Some(#name) = #name)
        }
        Function::Partition(argument) => {
            let argument = emit_argument(argument);
            let assigned = condition.assign.as_deref().unwrap_or_default();
            let reads = reads(&rules.rules);
            let attributes = reads.iter().filter_map(|read| match read {
                Read::Attribute(value, attribute) if *value == assigned => Some(variable(attribute)),
                _ => None,
            });
            quote!(let Some(&Partition { #(#attributes,)* .. }) = partition(&PARTITIONS, #argument))
        }
        function => emit_test(function),
    }
}

fn emit_test(function: &Function) -> TokenStream {
    match function {
        Function::BooleanEquals(value, Argument::Boolean(true)) | Function::BooleanEquals(Argument::Boolean(true), value) => {
            emit_argument(value)
        }
        Function::BooleanEquals(value, Argument::Boolean(false)) | Function::BooleanEquals(Argument::Boolean(false), value) => {
            let value = emit_argument(value);
            quote!(!#value)
        }
        Function::BooleanEquals(a, b) | Function::StringEquals(a, b) => {
            let (a, b) = (emit_argument(a), emit_argument(b));
            quote!(#a == #b)
        }
        Function::Not(function) => emit_negation(function),
        Function::IsSet(argument) | Function::Partition(argument) => {
            let argument = emit_argument(argument);
            quote!(#argument.is_some())
        }
        Function::GetAttr(_, attribute) => emit_attribute(attribute),
    }
}

fn emit_negation(function: &Function) -> TokenStream {
    match function {
        Function::StringEquals(a, b) => {
            let (a, b) = (emit_argument(a), emit_argument(b));
            quote!(#a != #b)
        }
        Function::IsSet(argument) | Function::Partition(argument) => {
            let argument = emit_argument(argument);
            quote!(#argument.is_none())
        }
        Function::Not(function) => emit_test(function),
        Function::BooleanEquals(..) | Function::GetAttr(..) => {
            let test = emit_test(function);
            quote!(!#test)
        }
    }
}

fn emit_argument(argument: &Argument) -> TokenStream {
    match argument {
        Argument::Boolean(value) => quote!(#value),
        Argument::String(template) => match template.0.as_slice() {
            [TemplatePart::Literal(text)] => quote!(#text),
            _ => emit_template(template),
        },
        Argument::Reference(name) => {
            let name = variable(name);
            quote!(#name)
        }
        Argument::Attribute(_, attribute) => emit_attribute(attribute),
    }
}

/// An attribute of a partition, which its condition has bound by name.
fn emit_attribute(attribute: &str) -> TokenStream {
    let attribute = variable(attribute);
    quote!(#attribute)
}

/// What rules read: parameters and results by name, and attributes of results.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Read<'r> {
    Reference(&'r str),
    Attribute(&'r str, &'r str),
}

fn reads(rules: &[Rule]) -> BTreeSet<Read<'_>> {
    let mut all = BTreeSet::new();
    for rule in rules {
        all.extend(rule.conditions.iter().flat_map(|condition| reads_of_function(&condition.function)));
        match &rule.body {
            RuleBody::Tree(inner) => all.extend(reads(inner)),
            RuleBody::Endpoint(endpoint) => all.extend(reads_of_template(&endpoint.url)),
            RuleBody::Error(message) => all.extend(reads_of_template(message)),
        }
    }
    all
}

fn reads_of_function(function: &Function) -> Vec<Read<'_>> {
    match function {
        Function::IsSet(argument) | Function::Partition(argument) => reads_of_argument(argument),
        Function::BooleanEquals(a, b) | Function::StringEquals(a, b) => [reads_of_argument(a), reads_of_argument(b)].concat(),
        Function::Not(inner) => reads_of_function(inner),
        Function::GetAttr(value, attribute) => vec![Read::Attribute(value, attribute)],
    }
}

fn reads_of_argument(argument: &Argument) -> Vec<Read<'_>> {
    match argument {
        Argument::Boolean(_) => Vec::new(),
        Argument::String(template) => reads_of_template(template),
        Argument::Reference(name) => vec![Read::Reference(name)],
        Argument::Attribute(value, attribute) => vec![Read::Attribute(value, attribute)],
    }
}

fn reads_of_template(template: &Template) -> Vec<Read<'_>> {
    let read = |part| match part {
        &TemplatePart::Literal(_) => None,
        TemplatePart::Reference(name) => Some(Read::Reference(name)),
        TemplatePart::Attribute(value, attribute) => Some(Read::Attribute(value, attribute)),
    };
    template.0.iter().filter_map(read).collect()
}

/// A `format!` of the parts, or a plain string.
fn emit_template(template: &Template) -> TokenStream {
    match template.0.as_slice() {
        [TemplatePart::Literal(text)] => quote!(#text.to_owned()),
        [TemplatePart::Reference(name) | TemplatePart::Attribute(_, name)] => {
            let name = variable(name);
            quote!(#name.to_owned())
        }
        parts => {
            let format: String = parts.iter().map(format_part).collect();
            quote!(format!(#format))
        }
    }
}

fn format_part(part: &TemplatePart) -> String {
    match part {
        TemplatePart::Literal(text) => text.replace('{', "{{").replace('}', "}}"),
        TemplatePart::Reference(name) | TemplatePart::Attribute(_, name) => format!("{{{}}}", variable(name)),
    }
}

fn emit_partition(partition: &Partition) -> TokenStream {
    let Partition { id, region_regex, outputs, regions } = partition;
    let (dns, dual, global) = (&outputs.dns_suffix, &outputs.dual_stack_dns_suffix, &outputs.implicit_global_region);
    let (name, fips, dual_stack) = (&outputs.name, outputs.supports_fips, outputs.supports_dual_stack);
    quote! {
        Partition {
            id: #id,
            name: #name,
            region_regex: RegionRegex::new(#region_regex),
            regions: &[#(#regions),*],
            dns_suffix: #dns,
            dual_stack_dns_suffix: #dual,
            implicit_global_region: #global,
            supports_fips: #fips,
            supports_dual_stack: #dual_stack,
        }
    }
}

/// `PartitionResult` to `partition_result`, `supportsFIPS` to `supports_fips`.
fn variable(name: &str) -> Name {
    Name::new(&words::snake_case(name))
}
