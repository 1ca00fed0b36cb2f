//! Endpoint discovery: what an operation says of where others are called, and what requests say to that.

use super::Planner;
use super::lookup::{Found, Item, LookupError, Shapes};
use crate::diagnostic::Diagnostics;
use crate::ir::jmespath::Expression;
use crate::ir::{self, EndpointDiscovery};
use crate::rust::names::Name;
use crate::rust::plan::{Constructor, Description, Discovery, Operation, Structure, TypeItem};
use crate::rust::types::{Primitive, Type};

/// Why an operation does not say where others are called.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
enum DiscoveryError {
    #[error(transparent)]
    Lookup(#[from] LookupError),
    #[error("`{0}` is not {1}")]
    Type(&'static str, &'static str),
    #[error("its request needs members")]
    Required,
}

impl Planner<'_> {
    /// Plans what operations have to do with it.
    pub(super) fn plan_discovery(&self, operations: &mut [Operation], types: &[TypeItem], diagnostics: &mut Diagnostics) {
        let shapes = Shapes::new(operations, types);
        let mut plan = |operation: &Operation| {
            let model = self.model.operations.get(&operation.name)?;
            match model.discovery.as_ref()? {
                EndpointDiscovery::Discovered { required } => Some(Discovery::Discovered { required: *required }),
                EndpointDiscovery::Describes { error } => {
                    describe(operation, error, &shapes).map_err(|problem| report(&problem, model, diagnostics)).ok()
                }
            }
        };
        let planned: Vec<_> = operations.iter().map(&mut plan).collect();
        operations.iter_mut().zip(planned).for_each(|(operation, discovery)| operation.discovery = discovery);
    }
}

fn report(problem: &DiscoveryError, operation: &ir::Operation, diagnostics: &mut Diagnostics) {
    let message = format!("`{}` cannot say where others are called: {problem}", operation.name);
    let help = "have it answer `Endpoints`, a list of structures with a string `Address` and a long `CachePeriodInMinutes`";
    diagnostics.error(&operation.place, message, help);
}

fn describe(operation: &Operation, error: &str, shapes: &Shapes<'_>) -> Result<Discovery, DiscoveryError> {
    if operation.request.constructor != Constructor::Default {
        return Err(DiscoveryError::Required);
    }
    let response = Found::Item(Item::variable("response", Type::Structure(operation.response.name.clone())));
    let endpoints = shapes.find(&Expression::member("Endpoints"), &response)?.item("elements")?.items()?;
    let one = Found::Item(endpoints.one());
    let address = shapes.text(&shapes.find(&Expression::member("Address"), &one)?);
    let address = address.ok_or(DiscoveryError::Type("Address", "a string"))?.lookup;
    let minutes = shapes.find(&Expression::member("CachePeriodInMinutes"), &one)?.item("a number")?;
    if minutes.ty != Type::Primitive(Primitive::I64) {
        return Err(DiscoveryError::Type("CachePeriodInMinutes", "a long"));
    }
    Ok(Discovery::Describes(Box::new(Description {
        error: error.to_owned(),
        endpoints: endpoints.iterator(),
        address,
        minutes: minutes.lookup,
        question: question(&operation.request),
    })))
}

/// The members that a request has for what is asked, if it has them.
fn question(request: &Structure) -> Option<(Name, Name)> {
    let is_string = |ty: &Type| *ty == Type::String;
    let is_strings = |ty: &Type| matches!(ty, Type::Map(key, value) if is_string(key) && is_string(value));
    let field = |member: &str, is_right: &dyn Fn(&Type) -> bool| {
        let field = request.fields.iter().find(|field| field.member == member)?;
        (field.is_optional() && is_right(&field.ty)).then(|| field.name.clone())
    };
    Some((field("Operation", &is_string)?, field("Identifiers", &is_strings)?))
}
