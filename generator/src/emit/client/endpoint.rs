//! The endpoint rules, in the runtime's words for them: data that reads as the rules do.

use super::super::docs;
use crate::ir::{
    Argument, AuthScheme, BuiltIn, Call, Condition, Decision, Diagram, Endpoint as IrEndpoint, EndpointParameter, EndpointRule,
    Function, Outcome, ParameterType, ParameterValue, Property,
};
use crate::rust::plan::{Endpoint, Setting};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn emit_endpoint(endpoint: &Endpoint) -> TokenStream {
    let docs = docs::inner(&["Where the service is: the model's endpoint rules."]);
    let parameters = endpoint.rules.parameters.iter().map(emit_parameter);
    let rules = match &endpoint.rules.decision {
        Decision::Rules(rules) => {
            let rules = rules.iter().map(emit_rule);
            quote!(EndpointRules::new(&[#(#parameters),*], &[#(#rules),*]))
        }
        Decision::Diagram(diagram) => {
            let diagram = emit_diagram(diagram);
            quote!(EndpointRules::diagram(&[#(#parameters),*], #diagram))
        }
    };
    let (uses, settings) = match endpoint.settings.as_slice() {
        [] => (None, None),
        settings => (
            Some(quote!(
                use smithwright_runtime::endpoint::EndpointParameters;
            )),
            Some(emit_settings(settings)),
        ),
    };
    quote! {
        #docs
        #uses
        use smithwright_runtime::endpoint::rules::*;

        pub(crate) static RULES: EndpointRules = #rules;

        #settings
    }
}

/// What a program can tell the rules.
fn emit_settings(settings: &[Setting]) -> TokenStream {
    let docs = docs::outer(&["What a program can say of where requests go. What it does not say is as usual."]);
    let fields = settings.iter().map(|Setting { parameter, field, kind }| {
        let docs = docs::outer(&[format!("`{parameter}`.")]);
        let kind = match kind {
            ParameterType::String => quote!(String),
            ParameterType::Boolean => quote!(bool),
            ParameterType::StringArray => quote!(Vec<String>),
        };
        quote!(#docs pub #field: Option<#kind>)
    });
    let lines = settings.iter().map(|Setting { parameter, field, .. }| quote!(parameters.tell(#parameter, &settings.#field);));
    quote! {
        #docs
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct EndpointSettings {
            #(#fields,)*
        }

        impl From<EndpointSettings> for EndpointParameters {
            fn from(settings: EndpointSettings) -> Self {
                let mut parameters = Self::new();
                #(#lines)*
                parameters
            }
        }
    }
}

fn emit_parameter(parameter: &EndpointParameter) -> TokenStream {
    let name = &parameter.name;
    let kind = match parameter.kind {
        ParameterType::String => quote!(string),
        ParameterType::Boolean => quote!(boolean),
        ParameterType::StringArray => quote!(strings),
    };
    let built_in = parameter.built_in.and_then(emit_built_in);
    let default = parameter.default.as_ref().map(|default| match default {
        ParameterValue::String(text) => quote!(.or_string(#text)),
        ParameterValue::Boolean(value) => quote!(.or_boolean(#value)),
        ParameterValue::StringArray(texts) => quote!(.or_strings(&[#(#texts),*])),
    });
    let required = (parameter.required && default.is_none()).then(|| quote!(.required()));
    quote!(#kind(#name)#built_in #default #required)
}

fn emit_built_in(built_in: BuiltIn) -> Option<TokenStream> {
    let name = match built_in {
        BuiltIn::Region => quote!(Region),
        BuiltIn::UseFips => quote!(UseFips),
        BuiltIn::UseDualStack => quote!(UseDualStack),
        BuiltIn::Endpoint => quote!(Endpoint),
        BuiltIn::AccountId => quote!(AccountId),
        BuiltIn::AccountIdEndpointMode => quote!(AccountIdEndpointMode),
        BuiltIn::Setting => return None,
    };
    Some(quote!(.built_in(BuiltIn::#name)))
}

fn emit_rule(rule: &EndpointRule) -> TokenStream {
    let conditions = rule.conditions.iter().map(emit_condition);
    let when = match rule.conditions.as_slice() {
        [] => quote!(otherwise()),
        _ => quote!(when(&[#(#conditions),*])),
    };
    let outcome = emit_outcome(&rule.outcome);
    quote!(#when #outcome)
}

fn emit_outcome(outcome: &Outcome) -> TokenStream {
    match outcome {
        Outcome::Rules(rules) => {
            let rules = rules.iter().map(emit_rule);
            quote!(.then(&[#(#rules),*]))
        }
        Outcome::Endpoint(endpoint) => emit_result(endpoint),
        Outcome::Error(message) => match text(message) {
            Some(message) => quote!(.error(#message)),
            None => {
                let message = emit_argument(message);
                quote!(.error_of(#message))
            }
        },
    }
}

fn emit_result(endpoint: &IrEndpoint) -> TokenStream {
    let url = match text(&endpoint.url) {
        Some(url) => quote!(.endpoint(#url)),
        None => {
            let url = emit_argument(&endpoint.url);
            quote!(.endpoint_of(#url))
        }
    };
    let schemes = (!endpoint.auth_schemes.is_empty()).then(|| {
        let schemes = endpoint.auth_schemes.iter().map(emit_auth_scheme);
        quote!(.auth_schemes(&[#(#schemes),*]))
    });
    let properties = (!endpoint.properties.is_empty()).then(|| {
        let properties = emit_entries(&endpoint.properties);
        quote!(.properties(#properties))
    });
    let headers = (!endpoint.headers.is_empty()).then(|| {
        let headers = endpoint.headers.iter().map(|(name, values)| {
            let values = values.iter().map(emit_argument);
            quote!((#name, &[#(#values),*]))
        });
        quote!(.headers(&[#(#headers),*]))
    });
    quote!(#url #schemes #properties #headers)
}

fn emit_auth_scheme(scheme: &AuthScheme) -> TokenStream {
    let AuthScheme { name, signing_name, signing_region, signing_region_set, disable_double_encoding, properties } = scheme;
    let signing_name = signing_name.as_ref().map(|name| quote!(.name(#name)));
    let region = signing_region.as_ref().map(|region| quote!(.region(#region)));
    let regions = (!signing_region_set.is_empty()).then(|| quote!(.regions(&[#(#signing_region_set),*])));
    let encoding = disable_double_encoding.map(|disabled| quote!(.disable_double_encoding(#disabled)));
    let properties = (!properties.is_empty()).then(|| {
        let properties = emit_entries(properties);
        quote!(.with(#properties))
    });
    quote!(scheme(#name)#signing_name #region #regions #encoding #properties)
}

fn emit_entries(entries: &[(String, Property)]) -> TokenStream {
    let entries = entries.iter().map(|(name, property)| {
        let property = emit_property(property);
        quote!((#name, #property))
    });
    quote!(&[#(#entries),*])
}

fn emit_property(property: &Property) -> TokenStream {
    match property {
        Property::Boolean(value) => quote!(flag(#value)),
        Property::Text(value) => quote!(text(#value)),
        Property::List(elements) => {
            let elements = elements.iter().map(emit_property);
            quote!(list(&[#(#elements),*]))
        }
        Property::Map(entries) => {
            let entries = emit_entries(entries);
            quote!(map(#entries))
        }
    }
}

fn emit_diagram(diagram: &Diagram) -> TokenStream {
    let conditions = diagram.conditions.iter().map(emit_condition);
    let results = diagram.results.iter().map(|outcome| {
        let outcome = emit_outcome(outcome);
        quote!(otherwise()#outcome)
    });
    let root = Literal::i32_unsuffixed(diagram.root);
    let nodes = diagram.nodes.iter().map(|node| {
        let [condition, high, low] = node.map(emit_reference);
        quote!([#condition, #high, #low])
    });
    quote! {
        Diagram {
            conditions: &[#(#conditions),*],
            results: &[#(#results),*],
            root: #root,
            nodes: &[#(#nodes),*],
        }
    }
}

/// A negative number is an operator and a literal.
fn emit_reference(reference: i32) -> TokenStream {
    let number = Literal::u32_unsuffixed(reference.unsigned_abs());
    if reference < 0 { quote!(-#number) } else { quote!(#number) }
}

fn emit_condition(condition: &Condition) -> TokenStream {
    let call = emit_call(&condition.call);
    let assign = condition.assign.as_ref().map(|name| quote!(.assign(#name)));
    quote!(#call #assign)
}

fn emit_call(call: &Call) -> TokenStream {
    let function = emit_word(&call.function).unwrap_or_else(|| {
        let function = emit_function(&call.function);
        quote!(call(#function))
    });
    if call.negated { quote!(not(#function)) } else { function }
}

/// The runtime's word for a function of usual arguments.
fn emit_word(function: &Function) -> Option<TokenStream> {
    Some(match function {
        Function::Value(Argument::Path(path)) => quote!(get(#path)),
        Function::IsSet(Argument::Path(path)) => quote!(is_set(#path)),
        Function::BooleanEquals(Argument::Path(path), Argument::Boolean(true))
        | Function::BooleanEquals(Argument::Boolean(true), Argument::Path(path)) => quote!(is_true(#path)),
        Function::BooleanEquals(Argument::Path(path), Argument::Boolean(false))
        | Function::BooleanEquals(Argument::Boolean(false), Argument::Path(path)) => quote!(is_false(#path)),
        Function::StringEquals(left, right) => {
            let (left, right) = (text(left)?, text(right)?);
            quote!(equal(#left, #right))
        }
        Function::IsValidHostLabel(value, Argument::Boolean(with_dots)) => {
            let value = text(value)?;
            quote!(is_valid_host_label(#value, #with_dots))
        }
        Function::IsVirtualHostableBucket(value, Argument::Boolean(with_dots)) => {
            let value = text(value)?;
            quote!(is_virtual_hostable_bucket(#value, #with_dots))
        }
        Function::ParseUrl(value) => {
            let value = text(value)?;
            quote!(parse_url(#value))
        }
        Function::UriEncode(value) => {
            let value = text(value)?;
            quote!(uri_encode(#value))
        }
        Function::Partition(region) => {
            let region = text(region)?;
            quote!(partition(#region))
        }
        Function::ParseArn(value) => {
            let value = text(value)?;
            quote!(parse_arn(#value))
        }
        Function::Substring { text: value, start, end, from_the_end } => {
            let value = text(value)?;
            let (start, end) = (Literal::u32_unsuffixed(*start), Literal::u32_unsuffixed(*end));
            quote!(substring(#value, #start, #end, #from_the_end))
        }
        Function::Split(value, delimiter, limit) => {
            let (value, delimiter, limit) = (text(value)?, text(delimiter)?, Literal::u32_unsuffixed(*limit));
            quote!(split(#value, #delimiter, #limit))
        }
        Function::Coalesce(values) => {
            let values = values.iter().map(emit_argument);
            quote!(coalesce(&[#(#values),*]))
        }
        Function::IfThenElse(values) => {
            let values = values.iter().map(emit_argument);
            quote!(if_then_else(&[#(#values),*]))
        }
        Function::Value(_) | Function::IsSet(_) | Function::BooleanEquals(..) | Function::Attribute(..) => return None,
        Function::IsValidHostLabel(..) | Function::IsVirtualHostableBucket(..) => return None,
    })
}

/// A function of whatever arguments.
fn emit_function(function: &Function) -> TokenStream {
    let one = |name: TokenStream, value: &Argument| {
        let value = emit_argument(value);
        quote!(Function::#name(#value))
    };
    let two = |name: TokenStream, left: &Argument, right: &Argument| {
        let (left, right) = (emit_argument(left), emit_argument(right));
        quote!(Function::#name(#left, #right))
    };
    match function {
        Function::Value(value) => one(quote!(Value), value),
        Function::IsSet(value) => one(quote!(IsSet), value),
        Function::BooleanEquals(left, right) => two(quote!(BooleanEquals), left, right),
        Function::StringEquals(left, right) => two(quote!(StringEquals), left, right),
        Function::Attribute(value, path) => {
            let value = emit_argument(value);
            quote!(Function::Attribute(#value, #path))
        }
        Function::IsValidHostLabel(value, with_dots) => two(quote!(IsValidHostLabel), value, with_dots),
        Function::IsVirtualHostableBucket(value, with_dots) => two(quote!(IsVirtualHostableBucket), value, with_dots),
        Function::ParseUrl(value) => one(quote!(ParseUrl), value),
        Function::UriEncode(value) => one(quote!(UriEncode), value),
        Function::Partition(region) => one(quote!(Partition), region),
        Function::ParseArn(value) => one(quote!(ParseArn), value),
        Function::Substring { text, start, end, from_the_end } => {
            let text = emit_argument(text);
            let (start, end) = (Literal::u32_unsuffixed(*start), Literal::u32_unsuffixed(*end));
            quote!(Function::Substring(#text, #start, #end, #from_the_end))
        }
        Function::Split(text, delimiter, limit) => {
            let (text, delimiter) = (emit_argument(text), emit_argument(delimiter));
            let limit = Literal::u32_unsuffixed(*limit);
            quote!(Function::Split(#text, #delimiter, #limit))
        }
        Function::Coalesce(values) => {
            let values = values.iter().map(emit_argument);
            quote!(Function::Coalesce(&[#(#values),*]))
        }
        Function::IfThenElse(values) => {
            let values = values.iter().map(emit_argument);
            quote!(Function::IfThenElse(&[#(#values),*]))
        }
    }
}

fn emit_argument(argument: &Argument) -> TokenStream {
    match argument {
        Argument::Boolean(value) => quote!(Argument::Boolean(#value)),
        Argument::Text(text) => quote!(Argument::Text(#text)),
        Argument::Path(path) => quote!(Argument::Path(#path)),
        Argument::Call(call) => {
            let call = emit_call(call);
            quote!(Argument::Call(&#call))
        }
    }
}

/// An argument as a text with insertions, where it is one or a name that can be inserted.
fn text(argument: &Argument) -> Option<String> {
    match argument {
        Argument::Text(text) => Some(text.clone()),
        Argument::Path(path) => Some(format!("{{{path}}}")),
        Argument::Boolean(_) | Argument::Call(_) => None,
    }
}
