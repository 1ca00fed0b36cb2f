//! What clients and operations tell the rules: <https://smithy.io/2.0/additional-specs/rules-engine/parameters.html>.

use super::parameters::{lower_type, lower_value};
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::jmespath;
use crate::frontend::names::check_name;
use crate::frontend::reader::Object;
use crate::ir::{
    ClientParameter, ContextParameter, ContextSource, EndpointRules, Operation, ParameterType, Scalar, Shape, ShapeId, ShapeKind,
};
use std::collections::BTreeMap;

/// `smithy.rules#clientContextParams`: what a program can say.
pub(in crate::frontend) fn lower_client_parameters(
    object: Object<'_, '_>,
    diagnostics: &mut Diagnostics,
) -> Vec<ClientParameter> {
    lower_each(object, diagnostics, |name, mut parameter, diagnostics| {
        let (kind, place) = (lower_type(&mut parameter, diagnostics), parameter.place.clone());
        parameter.take("documentation");
        parameter.finish_read(diagnostics);
        Some(ClientParameter { name: name.to_owned(), kind: kind?, place })
    })
}

/// `smithy.rules#staticContextParams`: what an operation says, whatever the request.
pub(in crate::frontend) fn lower_static_context(object: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Vec<ContextParameter> {
    lower_each(object, diagnostics, |name, mut parameter, diagnostics| {
        let place = parameter.at("value");
        let value = match parameter.take("value") {
            Some(json) => lower_value(json, None, &place, diagnostics),
            None => {
                diagnostics.error(&parameter.place, "the key `value` is missing", "add `value`");
                None
            }
        };
        let place = parameter.place.clone();
        parameter.finish_read(diagnostics);
        Some(ContextParameter { name: name.to_owned(), source: ContextSource::Static(value?), place })
    })
}

/// `smithy.rules#operationContextParams`: what an operation finds in its request.
pub(in crate::frontend) fn lower_operation_context(
    object: Object<'_, '_>,
    diagnostics: &mut Diagnostics,
) -> Vec<ContextParameter> {
    lower_each(object, diagnostics, |name, mut parameter, diagnostics| {
        let text = parameter.required_string("path", diagnostics);
        let (place, path_place) = (parameter.place.clone(), parameter.at("path"));
        parameter.finish_read(diagnostics);
        let text = text?;
        let path = jmespath::parse(text);
        if let Err(error) = &path {
            diagnostics.error(&path_place, format!("in the path `{text}`: {error}"), "correct the path");
        }
        Some(ContextParameter { name: name.to_owned(), source: ContextSource::Path(path.ok()?), place })
    })
}

/// `smithy.rules#contextParam`: what a member of a request is called in the rules.
pub(in crate::frontend) fn lower_context_parameter(
    mut parameter: Object<'_, '_>,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let name = parameter.required_string("name", diagnostics);
    name.iter().for_each(|name| check_name(name, &parameter.at("name"), diagnostics));
    parameter.finish_read(diagnostics);
    name.map(str::to_owned)
}

fn lower_each<T>(
    object: Object<'_, '_>,
    diagnostics: &mut Diagnostics,
    lower: impl Fn(&str, Object<'_, '_>, &mut Diagnostics) -> Option<T>,
) -> Vec<T> {
    let objects = object.into_objects(diagnostics).into_iter();
    let lower = |(name, object): (&str, Object<'_, '_>)| {
        check_name(name, &object.place, diagnostics);
        lower(name, object, diagnostics)
    };
    objects.filter_map(lower).collect()
}

/// Reports what operations tell that the rules do not ask for, or that is of another type.
pub(in crate::frontend) fn check_context(
    rules: Option<&EndpointRules>,
    client: &[ClientParameter],
    operations: &BTreeMap<String, Operation>,
    shapes: &BTreeMap<ShapeId, Shape>,
    diagnostics: &mut Diagnostics,
) {
    let Some(rules) = rules else { return };
    let checker = Checker { rules, shapes };
    for parameter in client {
        let known = rules.parameters.iter().find(|known| known.name == parameter.name);
        if let Some(known) = known.filter(|known| known.kind != parameter.kind) {
            let message = format!("the endpoint parameter `{}` is {} to the rules", parameter.name, known.kind);
            diagnostics.error(&parameter.place, message, "give it one type");
        }
    }
    for operation in operations.values() {
        for parameter in &operation.context {
            checker.check_parameter(parameter, diagnostics);
        }
        checker.check_members(operation, diagnostics);
    }
}

struct Checker<'m> {
    rules: &'m EndpointRules,
    shapes: &'m BTreeMap<ShapeId, Shape>,
}

impl Checker<'_> {
    fn kind(&self, name: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<ParameterType> {
        let parameter = self.rules.parameters.iter().find(|parameter| parameter.name == name);
        if parameter.is_none() {
            let message = format!("the endpoint rules have no parameter `{name}`");
            diagnostics.error(place, message, "correct the name, or add the parameter");
        }
        parameter.map(|parameter| parameter.kind)
    }

    fn check_parameter(&self, parameter: &ContextParameter, diagnostics: &mut Diagnostics) {
        let place = &parameter.place;
        let Some(kind) = self.kind(&parameter.name, place, diagnostics) else { return };
        // What a path finds is known when types are planned.
        let ContextSource::Static(value) = &parameter.source else { return };
        if value.kind() != kind {
            report_type(&parameter.name, kind, value.kind(), place, diagnostics);
        }
    }

    /// Members with `contextParam`.
    fn check_members(&self, operation: &Operation, diagnostics: &mut Diagnostics) {
        let Some(input) = operation.input.as_ref().and_then(|input| self.shapes.get(input)) else { return };
        let ShapeKind::Structure(structure) = &input.kind else { return };
        for member in &structure.members {
            let Some(name) = &member.context_parameter else { continue };
            let place = input.place.child("members").child(&member.name);
            let Some(kind) = self.kind(name, &place, diagnostics) else { continue };
            match self.type_of(&member.target) {
                Ok(found) if found == kind => {}
                Ok(found) => report_type(name, kind, found, &place, diagnostics),
                Err(problem) => {
                    let message = format!("the endpoint parameter `{name}`: {problem}");
                    diagnostics.error(&place, message, format!("make it {}", kind));
                }
            }
        }
    }

    /// What a shape is to the rules.
    fn type_of(&self, id: &ShapeId) -> Result<ParameterType, String> {
        let kind = self.shapes.get(id).map(|shape| &shape.kind);
        match kind {
            Some(ShapeKind::Scalar(Scalar::String) | ShapeKind::Enumeration(_)) => Ok(ParameterType::String),
            Some(ShapeKind::Scalar(Scalar::Boolean)) => Ok(ParameterType::Boolean),
            Some(ShapeKind::List(list)) if self.type_of(&list.member) == Ok(ParameterType::String) => {
                Ok(ParameterType::StringArray)
            }
            _ => Err(format!("`{id}` is no string, no boolean and no list of strings")),
        }
    }
}

fn report_type(name: &str, kind: ParameterType, found: ParameterType, place: &Place, diagnostics: &mut Diagnostics) {
    let message = format!("the endpoint parameter `{name}` is {} to the rules, and {} here", kind, found);
    diagnostics.error(place, message, "give it one type");
}
