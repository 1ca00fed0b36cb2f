//! Smithy models in the [JSON AST](https://smithy.io/2.0/spec/json-ast.html), 1.0 and 2.0.
//!
//! What is lowered is the closure of one service: whatever else a file defines, traits among it, is read but not looked into.
//! In the closure every trait is known: it is lowered, or listed as one that changes nothing, or reported.

mod ast;
mod auth;
mod check;
mod closure;
mod constraints;
mod defaults;
mod discovery;
mod documentation;
mod enums;
mod members;
mod messages;
mod mixins;
mod operations;
mod paginated;
mod prelude;
mod protocol;
mod service;
mod shapes;
mod traits;
mod waitable;

use super::discovery::check_discovery;
use super::endpoints::{check_context, lower_client_parameters};
use super::json::parse;
use super::operations::check_operations;
use super::reader::Object;
use super::speech::Speech;
use super::{SourceFile, customizations, endpoints};
use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{EndpointRules, Model};
use ast::{AstShape, Reference, Version};
use std::collections::{BTreeMap, BTreeSet};

/// A model, and what has to be said about it.
#[derive(Clone, Copy, Debug)]
pub struct SmithySources<'a> {
    /// The model: one file, with everything that the service needs.
    pub model: SourceFile<'a>,
    /// The service's shape id, when the file has several; its name will do when that is unique.
    pub service: Option<&'a str>,
    /// The protocol, when the service has no protocol trait or several: `restJson1`.
    pub protocol: Option<&'a str>,
}

/// Reads a service; `None` when something in it is an error.
pub fn read(sources: &SmithySources<'_>, diagnostics: &mut Diagnostics) -> Option<Model> {
    let errors_before = diagnostics.error_count();
    let model = read_model(sources, diagnostics);
    model.filter(|_| diagnostics.error_count() == errors_before)
}

fn read_model(sources: &SmithySources<'_>, diagnostics: &mut Diagnostics) -> Option<Model> {
    let json = parse(sources.model, diagnostics)?;
    let ast = ast::read(&json, sources.model.name, diagnostics)?;
    let mut definitions = mixins::flatten(ast, diagnostics);
    prelude::add(&mut definitions.shapes);
    let id = closure::find_service(&definitions, sources, diagnostics)?;
    let shape = definitions.shapes.get(id)?;
    let (service, schemes) = service::lower_service(id, shape, sources, &definitions, diagnostics);
    let operations = closure::operations(shape, &definitions, diagnostics);
    let messages = messages::collect(shape, &operations, &definitions);
    let data = closure::data(&messages, &definitions, diagnostics);
    check::check_recursion(&data, &definitions, diagnostics);
    let names = closure::names(id, shape, &data, &definitions, diagnostics);
    let speech = Speech::of(service.as_ref());
    let waiters =
        waitable::lower_waiters(operations.iter().filter_map(|id| Some((*id, definitions.shapes.get(id)?))), diagnostics);
    let mut operations = operations::Lowering { service: shape, definitions: &definitions, names: &names, speech, schemes }
        .run(&operations, diagnostics);
    let shapes = shapes::lower_shapes(&data, &messages, &definitions, &names, speech, diagnostics);
    check_operations(&operations, &shapes, diagnostics);
    check_discovery(&operations, &shapes, diagnostics);
    let endpoint_rules = read_endpoint_rules(shape, diagnostics);
    let client_parameters = shape.traits.get("smithy.rules#clientContextParams");
    let client_parameters = client_parameters.and_then(|it| Object::of_trait(it.value, it.place.clone(), diagnostics));
    let client_parameters = client_parameters.map(|it| lower_client_parameters(it, diagnostics)).unwrap_or_default();
    check_context(endpoint_rules.as_ref(), &client_parameters, &operations, &shapes, diagnostics);
    let service = service?;
    let customizations = customizations::of(&service, &mut operations, &shapes);
    Some(Model { service, operations, waiters, shapes, endpoint_rules, client_parameters, customizations })
}

/// The tree goes before the diagram, which says the same: what is generated is read by people, too.
fn read_endpoint_rules(service: &AstShape<'_>, diagnostics: &mut Diagnostics) -> Option<EndpointRules> {
    if let Some(rules) = service.traits.get("smithy.rules#endpointRuleSet") {
        return endpoints::read(rules.value, rules.place.clone(), diagnostics);
    }
    let diagram = service.traits.get("smithy.rules#endpointBdd")?;
    endpoints::read_diagram(diagram.value, diagram.place.clone(), diagnostics)
}

/// What a file defines, its mixins resolved, and the prelude.
struct Definitions<'j> {
    version: Version,
    shapes: BTreeMap<&'j str, AstShape<'j>>,
    /// Shapes that are there but could not be read: the reason is reported already.
    broken: BTreeSet<&'j str>,
}

impl<'j> Definitions<'j> {
    /// The shape that is referred to. Reports a reference that leads nowhere, unless the reason is reported already.
    fn resolve(&self, reference: &Reference<'j>, diagnostics: &mut Diagnostics) -> Option<&AstShape<'j>> {
        let shape = self.shapes.get(reference.target);
        if shape.is_none() && !self.broken.contains(reference.target) {
            let message = format!("the shape `{}` is not defined", reference.target);
            diagnostics.error(&reference.place, message, "define it, or correct the reference");
        }
        shape
    }

    /// The ids of the traits that the model defines as auth schemes.
    fn auth_definitions(&self) -> Vec<&'j str> {
        self.shapes.iter().filter(|(_, shape)| shape.traits.has("authDefinition")).map(|(id, _)| *id).collect()
    }

    /// The shape that is referred to, if there is one.
    fn target(&self, reference: &Reference<'j>) -> Option<&AstShape<'j>> {
        self.shapes.get(reference.target)
    }
}

/// Reports something that Smithy has and smithwright does not.
fn report_unsupported(what: &str, place: &Place, diagnostics: &mut Diagnostics) {
    let help = "drop it from the model if you can do without it, or report that you need it";
    diagnostics.error(place, format!("not supported yet: {what}"), help);
}
