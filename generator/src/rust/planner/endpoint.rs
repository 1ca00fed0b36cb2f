//! What the endpoint rules are told: settings of the program, and what requests say.

use super::Planner;
use super::lookup::{Found, Item, LookupError, Presence, Shapes};
use crate::diagnostic::{Diagnostics, Place};
use crate::ir::jmespath::Expression;
use crate::ir::{BuiltIn, ClientParameter, ContextSource, EndpointParameter, EndpointRules, Model, ParameterType};
use crate::rust::names::Scope;
use crate::rust::plan::{Endpoint, Operation, Setting, Told, ToldValue, TypeItem};
use crate::rust::types::{Primitive, Type};
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

/// Why a path into a request tells the rules nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
enum PathError {
    /// The path finds nothing.
    #[error(transparent)]
    Lookup(#[from] LookupError),
    /// What it finds is of another type.
    #[error("it finds what is not {0}")]
    Type(ParameterType),
}

impl Planner<'_> {
    /// Plans what requests tell the rules, if there are some.
    pub(super) fn plan_told(
        &self,
        operations: &mut [Operation],
        types: &[TypeItem],
        diagnostics: &mut Diagnostics,
    ) -> Option<()> {
        let rules = self.model.endpoint_rules.as_ref();
        let shapes = Shapes::new(operations, types);
        let told = operations.iter().map(|operation| self.plan_told_of(operation, rules, &shapes, diagnostics));
        let told = told.collect::<Option<Vec<_>>>()?;
        operations.iter_mut().zip(told).for_each(|(operation, told)| operation.told = told);
        Some(())
    }

    fn plan_told_of(
        &self,
        operation: &Operation,
        rules: Option<&EndpointRules>,
        shapes: &Shapes<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Vec<Told>> {
        let mut told = self.plan_endpoint_members(operation, rules)?;
        let Some(rules) = rules else { return Some(told) };
        let model = self.model.operations.get(&operation.name)?;
        for parameter in &model.context {
            let kind = rules.parameters.iter().find(|known| known.name == parameter.name)?.kind;
            let value = match &parameter.source {
                ContextSource::Static(value) => Ok(ToldValue::Static(value.clone())),
                ContextSource::Path(path) => plan_path(path, kind, operation, shapes),
            };
            match value {
                Ok(value) => told.push(Told { parameter: parameter.name.clone(), value }),
                Err(problem) => {
                    let message = format!("the path of the endpoint parameter `{}`: {problem}", parameter.name);
                    diagnostics.error(&parameter.place, message, "correct the path");
                }
            }
        }
        if let Some(input) = &model.input {
            let members = self.structure(input)?.members.iter().zip(&operation.request.fields);
            told.extend(members.filter_map(|(member, field)| {
                let parameter = member.context_parameter.clone()?;
                Some(Told { parameter, value: ToldValue::Field(field.name.clone()) })
            }));
        }
        Some(told)
    }

    /// What a request says of where it goes, and of which endpoint is to be discovered.
    fn plan_endpoint_members(&self, operation: &Operation, rules: Option<&EndpointRules>) -> Option<Vec<Told>> {
        let model = self.model.operations.get(&operation.name)?;
        let Some(input) = &model.input else { return Some(Vec::new()) };
        let members: Vec<_> = self.structure(input)?.members.iter().zip(&operation.request.fields).collect();
        let own = self.model.customizations.endpoint_members.get(&operation.name);
        let endpoint = rules.map_or(Some(ENDPOINT), |rules| {
            let is_endpoint = |known: &&EndpointParameter| known.built_in == Some(BuiltIn::Endpoint);
            rules.parameters.iter().find(is_endpoint).map(|known| known.name.as_str())
        });
        let endpoint = endpoint.into_iter().flat_map(|parameter| {
            let own =
                members.iter().filter(|(member, field)| own.is_some_and(|own| member.name == *own) && field.ty == Type::String);
            own.map(|(_, field)| Told { parameter: parameter.to_owned(), value: ToldValue::Field(field.name.clone()) })
        });
        let identifiers = members
            .iter()
            .filter(|(member, _)| member.endpoint_id)
            .map(|(member, field)| Told { parameter: member.name.clone(), value: ToldValue::Identifier(field.name.clone()) });
        Some(endpoint.chain(identifiers).collect())
    }
}

/// The parameter of the rules that a client has whose model has none.
const ENDPOINT: &str = "Endpoint";

/// What is at a path in a request.
fn plan_path(path: &Expression, kind: ParameterType, operation: &Operation, shapes: &Shapes<'_>) -> Result<ToldValue, PathError> {
    let request = Found::Item(Item::this(Type::Structure(operation.request.name.clone())));
    let found = shapes.find(path, &request)?;
    let is_bool = |ty: &Type| *ty == Type::Primitive(Primitive::Bool);
    match (kind, found) {
        (ParameterType::String, Found::Item(item)) if shapes.is_text(&item.ty) => Ok(one(item)),
        (ParameterType::Boolean, Found::Item(item)) if is_bool(&item.ty) => Ok(one(item)),
        (ParameterType::StringArray, Found::Items(items)) if shapes.is_text(&items.ty) => Ok(ToldValue::All(items.iterator())),
        (ParameterType::StringArray, Found::Item(item)) => match item.items() {
            Ok(items) if shapes.is_text(&items.ty) => Ok(ToldValue::All(items.iterator())),
            _ => Err(PathError::Type(kind)),
        },
        _ => Err(PathError::Type(kind)),
    }
}

/// One value.
fn one(item: Item) -> ToldValue {
    match item.presence {
        Presence::Value | Presence::Optional => ToldValue::Value(item.lookup),
        Presence::Reference => ToldValue::First(item.lookup),
    }
}
