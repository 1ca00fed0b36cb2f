//! What clients and operations tell the rules: <https://smithy.io/2.0/additional-specs/rules-engine/parameters.html>.

use super::parameters::{lower_type, lower_value, shown};
use super::report_unsupported;
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::names::{check_name, is_identifier};
use crate::frontend::reader::Object;
use crate::ir::{
    ClientParameter, ContextParameter, ContextSource, EndpointRules, Operation, ParameterType, PathStep, Scalar, Shape, ShapeId,
    ShapeKind,
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
        let what = || format!("the path `{text}`, which is more than members, `[*]` and `keys(..)`");
        let steps = parse_path(text).or_else(|| report_unsupported(&what(), &path_place, diagnostics));
        Some(ContextParameter { name: name.to_owned(), source: ContextSource::Path(steps?), place })
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

/// A path of [JMESPath](https://jmespath.org/), as far as models have needed it: `a.b`, `a[*].b`, `keys(a.b)`.
fn parse_path(text: &str) -> Option<Vec<PathStep>> {
    if let Some(inner) = text.strip_prefix("keys(").and_then(|text| text.strip_suffix(')')) {
        let mut steps = parse_path(inner)?;
        steps.push(PathStep::Keys);
        return Some(steps);
    }
    let mut steps = Vec::new();
    for part in text.split('.') {
        let (name, elements) = match part.strip_suffix("[*]") {
            Some(name) => (name, Some(PathStep::Elements)),
            None => (part, None),
        };
        if !is_identifier(name) {
            return None;
        }
        steps.push(PathStep::Member(name.to_owned()));
        steps.extend(elements);
    }
    Some(steps)
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
            let message = format!("the endpoint parameter `{}` is {} to the rules", parameter.name, shown(known.kind));
            diagnostics.error(&parameter.place, message, "give it one type");
        }
    }
    for operation in operations.values() {
        for parameter in &operation.context {
            checker.check_parameter(parameter, operation, diagnostics);
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

    fn check_parameter(&self, parameter: &ContextParameter, operation: &Operation, diagnostics: &mut Diagnostics) {
        let place = &parameter.place;
        let Some(kind) = self.kind(&parameter.name, place, diagnostics) else { return };
        let found = match &parameter.source {
            ContextSource::Static(value) => Some(value.kind()),
            ContextSource::Path(steps) => match self.walk(operation, steps) {
                Ok(found) => Some(found),
                Err(problem) => {
                    let message = format!("the path of the endpoint parameter `{}`: {problem}", parameter.name);
                    diagnostics.error(place, message, "correct the path");
                    None
                }
            },
        };
        if let Some(found) = found.filter(|found| *found != kind) {
            report_type(&parameter.name, kind, found, place, diagnostics);
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
            match self.type_of(&member.target, false) {
                Ok(found) if found == kind => {}
                Ok(found) => report_type(name, kind, found, &place, diagnostics),
                Err(problem) => {
                    let message = format!("the endpoint parameter `{name}`: {problem}");
                    diagnostics.error(&place, message, format!("make it {}", shown(kind)));
                }
            }
        }
    }

    /// What a path leads to.
    fn walk(&self, operation: &Operation, steps: &[PathStep]) -> Result<ParameterType, String> {
        let mut id = operation.input.as_ref().ok_or("the operation takes nothing")?;
        let mut several = false;
        for step in steps {
            let kind = &self.shapes.get(id).ok_or_else(|| format!("`{id}` is not defined"))?.kind;
            id = match (step, kind) {
                (PathStep::Member(name), ShapeKind::Structure(structure)) => {
                    let member = structure.members.iter().find(|member| member.name == *name);
                    &member.ok_or_else(|| format!("`{id}` has no member `{name}`"))?.target
                }
                (PathStep::Elements, ShapeKind::List(list)) => {
                    several = true;
                    &list.member
                }
                (PathStep::Keys, ShapeKind::Map(map)) => {
                    several = true;
                    &map.key
                }
                (PathStep::Member(name), _) => return Err(format!("`{id}` has no member `{name}`: it is no structure")),
                (PathStep::Elements, _) => return Err(format!("`{id}` is no list")),
                (PathStep::Keys, _) => return Err(format!("`{id}` is no map")),
            };
        }
        self.type_of(id, several)
    }

    /// What a shape is to the rules; `several` when there may be more than one of it.
    fn type_of(&self, id: &ShapeId, several: bool) -> Result<ParameterType, String> {
        let kind = self.shapes.get(id).map(|shape| &shape.kind);
        match kind {
            Some(ShapeKind::Scalar(Scalar::String) | ShapeKind::Enumeration(_)) if several => Ok(ParameterType::StringArray),
            Some(ShapeKind::Scalar(Scalar::String) | ShapeKind::Enumeration(_)) => Ok(ParameterType::String),
            Some(ShapeKind::Scalar(Scalar::Boolean)) if !several => Ok(ParameterType::Boolean),
            Some(ShapeKind::List(list)) if !several && self.type_of(&list.member, false) == Ok(ParameterType::String) => {
                Ok(ParameterType::StringArray)
            }
            _ => Err(format!("`{id}` is no string, no boolean and no list of strings")),
        }
    }
}

fn report_type(name: &str, kind: ParameterType, found: ParameterType, place: &Place, diagnostics: &mut Diagnostics) {
    let message = format!("the endpoint parameter `{name}` is {} to the rules, and {} here", shown(kind), shown(found));
    diagnostics.error(place, message, "give it one type");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_members_elements_and_keys() {
        let member = |name: &str| PathStep::Member(name.to_owned());
        assert_eq!(parse_path("a"), Some(vec![member("a")]));
        assert_eq!(parse_path("a.b"), Some(vec![member("a"), member("b")]));
        assert_eq!(
            parse_path("a[*].b.c[*]"),
            Some(vec![member("a"), PathStep::Elements, member("b"), member("c"), PathStep::Elements])
        );
        assert_eq!(parse_path("keys(a.b)"), Some(vec![member("a"), member("b"), PathStep::Keys]));
    }

    #[test]
    fn more_than_that_is_refused() {
        for text in
            ["", ".", "a.", "a[0]", "[*]", "a[*][*]", "a[]", "a[*].[b, c]", "length(a)", "keys(@)", "a | b", "keys(a", "*"]
        {
            assert_eq!(parse_path(text), None, "{text}");
        }
    }
}
