//! `parameters` of a rule set.

use super::report_unsupported;
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::fate::{Fate, Fates, PROSE};
use crate::frontend::json::{Entry, Json};
use crate::frontend::limits::limit;
use crate::frontend::names::check_name;
use crate::frontend::reader::{Object, wrong_type};
use crate::ir::{BuiltIn, EndpointParameter, ParameterType, ParameterValue};

/// How many parameters a rule set can have: there are not as many.
const MAX_PARAMETERS: usize = 1_000;

/// The keys of a parameter.
const PARAMETER_KEYS: Fates = &[
    ("type", Fate::Used),
    ("builtIn", Fate::Used),
    ("required", Fate::Used),
    ("default", Fate::Used),
    ("documentation", PROSE),
    ("deprecated", PROSE),
];

pub(super) fn lower_parameters(parameters: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Vec<EndpointParameter> {
    let (place, entries) = parameters.into_entries();
    let count = limit(entries.len(), MAX_PARAMETERS, "endpoint parameters", &place, diagnostics);
    let lower = |(name, json): &Entry<'_>| {
        let parameter = Object::new(json, place.child(name), diagnostics)?;
        lower_parameter(name, parameter, diagnostics)
    };
    entries.iter().take(count).filter_map(lower).collect()
}

fn lower_parameter(name: &str, mut parameter: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<EndpointParameter> {
    check_name(name, &parameter.place, diagnostics);
    let kind = lower_type(&mut parameter, diagnostics);
    let built_in = parameter.string("builtIn", diagnostics);
    let built_in = built_in.and_then(|built_in| lower_built_in(built_in, kind, &parameter.at("builtIn"), diagnostics));
    let required = parameter.flag("required", diagnostics);
    let default = lower_default(kind, &mut parameter, diagnostics);
    parameter.finish(PARAMETER_KEYS, diagnostics);
    Some(EndpointParameter { name: name.to_owned(), kind: kind?, built_in, required, default })
}

/// `type`, of a parameter of the rules or of the client.
pub(super) fn lower_type(parameter: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<ParameterType> {
    match parameter.required_string("type", diagnostics)? {
        "string" | "String" => Some(ParameterType::String),
        "boolean" | "Boolean" => Some(ParameterType::Boolean),
        "stringArray" | "StringArray" => Some(ParameterType::StringArray),
        other => report_unsupported(&format!("the parameter type `{other}`"), &parameter.at("type"), diagnostics),
    }
}

fn lower_built_in(name: &str, kind: Option<ParameterType>, place: &Place, diagnostics: &mut Diagnostics) -> Option<BuiltIn> {
    let (built_in, expected) = match name {
        "AWS::Region" => (BuiltIn::Region, ParameterType::String),
        "AWS::UseFIPS" => (BuiltIn::UseFips, ParameterType::Boolean),
        "AWS::UseDualStack" => (BuiltIn::UseDualStack, ParameterType::Boolean),
        "SDK::Endpoint" => (BuiltIn::Endpoint, ParameterType::String),
        "AWS::Auth::AccountId" => (BuiltIn::AccountId, ParameterType::String),
        "AWS::Auth::AccountIdEndpointMode" => (BuiltIn::AccountIdEndpointMode, ParameterType::String),
        "AWS::S3::Accelerate"
        | "AWS::S3::DisableMultiRegionAccessPoints"
        | "AWS::S3::ForcePathStyle"
        | "AWS::S3::UseArnRegion"
        | "AWS::S3::UseGlobalEndpoint"
        | "AWS::S3Control::UseArnRegion"
        | "AWS::STS::UseGlobalEndpoint" => (BuiltIn::Setting, ParameterType::Boolean),
        other => return report_unsupported(&format!("the built-in `{other}`"), place, diagnostics),
    };
    if kind.is_some_and(|kind| kind != expected) {
        let message = format!("the built-in `{name}` is {}", expected);
        diagnostics.error(place, message, "give the parameter its type");
    }
    Some(built_in)
}

fn lower_default(
    kind: Option<ParameterType>,
    parameter: &mut Object<'_, '_>,
    diagnostics: &mut Diagnostics,
) -> Option<ParameterValue> {
    let place = parameter.at("default");
    let json = parameter.take("default")?;
    lower_value(json, kind, &place, diagnostics)
}

/// The value of a parameter, which must be of its type, if that is known.
pub(super) fn lower_value(
    json: &Json<'_>,
    kind: Option<ParameterType>,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<ParameterValue> {
    let value = match json {
        Json::String(text) => ParameterValue::String(text.to_string()),
        Json::Bool(value) => ParameterValue::Boolean(*value),
        Json::Array(elements) => {
            let texts = elements.iter().enumerate().map(|(index, element)| match element {
                Json::String(text) => Some(text.to_string()),
                other => wrong_type(&place.child(index), "a string", other, diagnostics),
            });
            ParameterValue::StringArray(texts.collect::<Option<_>>()?)
        }
        other => return wrong_type(place, "a string, a boolean or an array", other, diagnostics),
    };
    match kind {
        Some(kind) if kind != value.kind() => wrong_type(place, &kind.to_string(), json, diagnostics),
        _ => Some(value),
    }
}
