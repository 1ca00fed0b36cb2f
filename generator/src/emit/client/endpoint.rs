//! The endpoint rules, as the Rust that a person would write: nested `if`s.

use super::docs;
use crate::ir::Partition;
use crate::rust::names::Name;
use crate::rust::plan::{
    Endpoint, EndpointCondition, EndpointParameter, EndpointRule, Operand, Outcome, ParameterSource, Plan, Test, TextExpression,
    TextPart,
};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn emit_endpoint(plan: &Plan) -> TokenStream {
    match &plan.service.endpoint {
        Some(endpoint) => emit_rules(endpoint),
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

fn emit_rules(endpoint: &Endpoint) -> TokenStream {
    let docs = docs::inner(&["Where the service is: the model's endpoint rules."]);
    // A rule set may need no parameter at all.
    let argument = if endpoint.parameters.iter().any(reads_argument) { quote!(parameters) } else { quote!(_) };
    let parameters = endpoint.parameters.iter().map(emit_parameter);
    let rules = emit_rule_list(&endpoint.rules, Position::Last);
    let otherwise = endpoint.otherwise.as_ref().map(|message| quote!(Err(#message.to_owned())));
    let (uses, partitions) = match endpoint.partitions.as_slice() {
        [] => (quote!(EndpointParameters), None),
        partitions => {
            let count = Literal::usize_unsuffixed(partitions.len());
            let partitions = partitions.iter().map(emit_partition);
            let uses = quote!({EndpointParameters, Partition, RegionRegex, partition});
            (uses, Some(quote!(static PARTITIONS: [Partition; #count] = [#(#partitions),*];)))
        }
    };
    quote! {
        #docs
        use smithwright_runtime::client::#uses;

        pub(crate) fn resolve(#argument: &EndpointParameters) -> Result<String, String> {
            #(#parameters)*
            #rules
            #otherwise
        }

        #partitions
    }
}

fn reads_argument(parameter: &EndpointParameter) -> bool {
    !matches!(parameter.source, ParameterSource::Boolean(_) | ParameterSource::Unset)
}

fn emit_parameter(parameter: &EndpointParameter) -> TokenStream {
    let name = &parameter.variable;
    let value = match parameter.source {
        ParameterSource::Region => quote!(parameters.region.as_deref()),
        ParameterSource::Endpoint => quote!(parameters.endpoint.as_deref()),
        ParameterSource::UseFips => quote!(parameters.use_fips),
        ParameterSource::UseDualStack => quote!(parameters.use_dual_stack),
        ParameterSource::Boolean(default) => quote!(#default),
        ParameterSource::Unset => quote!(None::<&str>),
    };
    match &parameter.missing {
        Some(message) => quote!(let Some(#name) = #value else { return Err(#message.to_owned()); };),
        None => quote!(let #name = #value;),
    }
}

/// Where rules stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    /// At the end of the function, where a result is its value.
    Last,
    /// In a block, where it is returned.
    Inside,
}

fn emit_rule_list(rules: &[EndpointRule], position: Position) -> TokenStream {
    let rules = rules.iter().map(|rule| emit_rule(rule, position));
    quote!(#(#rules)*)
}

fn emit_rule(rule: &EndpointRule, position: Position) -> TokenStream {
    let result = match &rule.outcome {
        Outcome::Rules(inner) => emit_rule_list(inner, Position::Inside),
        Outcome::Url(url) => emit_result(&quote!(Ok), url, rule, position),
        Outcome::Error(message) => emit_result(&quote!(Err), message, rule, position),
    };
    match rule.conditions.as_slice() {
        [] => result,
        conditions => {
            let conditions = conditions.iter().map(emit_condition);
            quote!(if #(#conditions)&&* { #result })
        }
    }
}

fn emit_result(variant: &TokenStream, text: &TextExpression, rule: &EndpointRule, position: Position) -> TokenStream {
    let text = emit_owned(text);
    match rule.conditions.is_empty() && position == Position::Last {
        true => quote!(#variant(#text)),
        false => quote!(return #variant(#text);),
    }
}

fn emit_condition(condition: &EndpointCondition) -> TokenStream {
    match condition {
        EndpointCondition::IsSet(name) => quote!(let Some(#name) = #name),
        EndpointCondition::Partition { attributes, region } => {
            let fields = attributes.iter().map(|(attribute, variable)| {
                let field = Name::new(attribute.field());
                if *variable == field { quote!(#field) } else { quote!(#field: #variable) }
            });
            let region = emit_text(region);
            quote!(let Some(&Partition { #(#fields,)* .. }) = partition(&PARTITIONS, #region))
        }
        EndpointCondition::Test(test) => emit_test(test),
    }
}

fn emit_test(test: &Test) -> TokenStream {
    match test {
        Test::Is(operand) => emit_operand(operand),
        Test::IsNot(operand) => {
            let operand = emit_operand(operand);
            quote!(!#operand)
        }
        Test::Equal(left, right) => {
            let (left, right) = (emit_operand(left), emit_operand(right));
            quote!(#left == #right)
        }
        Test::NotEqual(left, right) => {
            let (left, right) = (emit_operand(left), emit_operand(right));
            quote!(#left != #right)
        }
        Test::Some(name) => quote!(#name.is_some()),
        Test::None(name) => quote!(#name.is_none()),
        Test::HasPartition(region) => {
            let region = emit_text(region);
            quote!(partition(&PARTITIONS, #region).is_some())
        }
        Test::HasNoPartition(region) => {
            let region = emit_text(region);
            quote!(partition(&PARTITIONS, #region).is_none())
        }
    }
}

/// An operand of a comparison.
fn emit_operand(operand: &Operand) -> TokenStream {
    match operand {
        Operand::Boolean(value) => quote!(#value),
        Operand::Text(text) => emit_borrowed(text),
        Operand::Variable(name) => quote!(#name),
    }
}

/// An operand as a `&str`.
fn emit_text(operand: &Operand) -> TokenStream {
    let text = emit_operand(operand);
    match operand {
        Operand::Text(text_) if !text_.is_literal() => quote!(&#text),
        _ => text,
    }
}

fn emit_borrowed(text: &TextExpression) -> TokenStream {
    match text.0.as_slice() {
        [] => quote!(""),
        [TextPart::Literal(text)] => quote!(#text),
        [TextPart::Variable(name)] => quote!(#name),
        parts => emit_format(parts),
    }
}

fn emit_owned(text: &TextExpression) -> TokenStream {
    match text.0.as_slice() {
        [] => quote!(String::new()),
        [TextPart::Literal(text)] => quote!(#text.to_owned()),
        [TextPart::Variable(name)] => quote!(#name.to_owned()),
        parts => emit_format(parts),
    }
}

/// A `format!` of the parts.
fn emit_format(parts: &[TextPart]) -> TokenStream {
    let part = |part: &TextPart| match part {
        TextPart::Literal(text) => text.replace('{', "{{").replace('}', "}}"),
        TextPart::Variable(name) => format!("{{{name}}}"),
    };
    let format: String = parts.iter().map(part).collect();
    quote!(format!(#format))
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
