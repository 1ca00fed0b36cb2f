//! What the endpoint rules are told: settings of the program, and what requests say.

use super::Planner;
use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{self, BuiltIn, ClientParameter, ContextSource, EndpointRules, Model, ParameterType, PathStep, ShapeKind};
use crate::rust::names::{Name, Scope};
use crate::rust::plan::{Endpoint, Setting, Step, Structure, Told, ToldValue};
use crate::rust::words;

/// Plans the rules of a model, if it has some.
pub(super) fn plan(model: &Model, service: &str, diagnostics: &mut Diagnostics) -> Option<Endpoint> {
    let rules = model.endpoint_rules.as_ref()?;
    let mut scope = Scope::new(service, &[]);
    let settings = settings(rules, &model.client_parameters);
    let settings = settings.map(|(name, kind)| plan_setting(name, kind, &mut scope, &model.service.place, diagnostics));
    Some(Endpoint { settings: settings.collect(), rules: rules.clone() })
}

/// The parameters that a program sets: those of the client, and built-ins of the service's own.
fn settings<'m>(rules: &'m EndpointRules, client: &'m [ClientParameter]) -> impl Iterator<Item = (&'m str, ParameterType)> {
    let of_client = |name: &str| client.iter().any(|known| known.name == name);
    let is_setting = move |built_in: Option<BuiltIn>, name: &str| built_in == Some(BuiltIn::Setting) || of_client(name);
    let set = rules.parameters.iter().filter(move |parameter| is_setting(parameter.built_in, &parameter.name));
    set.map(|parameter| (parameter.name.as_str(), parameter.kind))
}

fn plan_setting(
    parameter: &str,
    kind: ParameterType,
    scope: &mut Scope<'_>,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Setting {
    let owner = format!("the endpoint parameter {parameter}");
    let field = scope.claim(&words::snake_case(parameter), &owner, place, diagnostics);
    Setting { parameter: parameter.to_owned(), field, kind }
}

impl Planner<'_> {
    /// What a request tells the rules, if there are some.
    pub(super) fn plan_told(
        &self,
        operation: &ir::Operation,
        request: &Structure,
        diagnostics: &mut Diagnostics,
    ) -> Option<Vec<Told>> {
        let Some(rules) = &self.model.endpoint_rules else { return Some(Vec::new()) };
        let mut told = Vec::new();
        for parameter in &operation.context {
            let kind = rules.parameters.iter().find(|known| known.name == parameter.name)?.kind;
            let value = match &parameter.source {
                ContextSource::Static(value) => ToldValue::Static(value.clone()),
                ContextSource::Path(steps) => self.plan_path(operation, steps, kind, diagnostics)?,
            };
            told.push(Told { parameter: parameter.name.clone(), value });
        }
        if let Some(input) = &operation.input {
            let members = self.structure(input)?.members.iter().zip(&request.fields);
            told.extend(members.filter_map(|(member, field)| {
                let parameter = member.context_parameter.clone()?;
                Some(Told { parameter, value: ToldValue::Field(field.name.clone()) })
            }));
        }
        Some(told)
    }

    fn plan_path(
        &self,
        operation: &ir::Operation,
        path: &[PathStep],
        kind: ParameterType,
        diagnostics: &mut Diagnostics,
    ) -> Option<ToldValue> {
        let mut id = operation.input.as_ref()?;
        let mut steps = Vec::new();
        for step in path {
            let shape = self.shape(id)?;
            let (step, next) = match (step, &shape.kind) {
                (PathStep::Member(name), ShapeKind::Structure(structure)) => {
                    let member = structure.members.iter().find(|member| member.name == *name)?;
                    let place = shape.place.child("members").child(name);
                    let name = Name::new(&self.names.member(&id.0, name));
                    let field = self.plan_field(name, member, structure.error.is_some(), &place, diagnostics)?;
                    (Step::Field { optional: field.is_optional(), name: field.name }, &member.target)
                }
                (PathStep::Elements, ShapeKind::List(list)) => (Step::Elements { sparse: list.sparse }, &list.member),
                (PathStep::Keys, ShapeKind::Map(map)) => (Step::Keys, &map.key),
                _ => return None,
            };
            steps.push(step);
            id = next;
        }
        if kind != ParameterType::StringArray {
            return Some(ToldValue::First(steps));
        }
        // A list at the end is its elements.
        if let ShapeKind::List(list) = &self.shape(id)?.kind {
            steps.push(Step::Elements { sparse: list.sparse });
        }
        Some(ToldValue::All(steps))
    }
}
