//! botocore's models: `service-2.json` and the files beside it.
//!
//! The format is AWS's older "C2J"; what its keys mean was read off botocore and off the Smithy models of the same services.

mod bindings;
mod check;
mod derived;
mod members;
mod operation;
mod paginators;
mod service;
mod shape;
mod waiters;

use super::discovery::check_discovery;
use super::endpoints::{check_context, lower_client_parameters};
use super::fate::{Fate, Fates, PROSE};
use super::json::{Json, parse};
use super::reader::Object;
use super::{SourceFile, customizations, endpoints};
use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{Auth, ClientParameter, EndpointRules, Model, Operation, Service, Shape, ShapeId, Waiter};
use operation::PayloadReference;
use std::collections::{BTreeMap, BTreeSet};

/// The files of one service.
#[derive(Clone, Copy, Debug)]
pub struct BotocoreSources<'a> {
    /// `service-2.json`: operations and shapes.
    pub service: SourceFile<'a>,
    /// `paginators-1.json`.
    pub paginators: Option<SourceFile<'a>>,
    /// `waiters-2.json`.
    pub waiters: Option<SourceFile<'a>>,
    /// `endpoint-rule-set-1.json`.
    pub endpoint_rules: Option<SourceFile<'a>>,
    /// `service-2.sdk-extras.json`: what SDKs add to the service.
    pub sdk_extras: Option<SourceFile<'a>>,
    /// The protocol that a client speaks, where it is not the first of the service's: `awsJson1_0`.
    pub protocol: Option<&'a str>,
}

/// The keys of the file.
const ROOT_KEYS: Fates = &[
    ("version", Fate::Harmless("of the file; what differs between them differs in its keys, too")),
    ("metadata", Fate::Used),
    ("operations", Fate::Used),
    ("shapes", Fate::Used),
    ("documentation", PROSE),
    ("deprecated", PROSE),
    ("deprecatedMessage", PROSE),
    ("examples", PROSE),
    ("authorizers", Fate::Refused),
    ("clientContextParams", Fate::Used),
];

/// Reads a service; `None` when something in it is an error.
pub fn read(sources: &BotocoreSources<'_>, diagnostics: &mut Diagnostics) -> Option<Model> {
    let errors_before = diagnostics.error_count();
    let service = read_service(sources, diagnostics);
    let endpoint_rules = read_endpoint_rules(sources, diagnostics);
    let mut definitions = service?;
    if let Some(file) = sources.paginators {
        read_paginators(file, &mut definitions, diagnostics);
    }
    if let Some(file) = sources.waiters {
        read_waiters(file, &mut definitions, diagnostics);
    }
    bindings::settle(&mut definitions, diagnostics);
    check::check(&definitions, diagnostics);
    check_discovery(&definitions.operations, &definitions.shapes, diagnostics);
    let Definitions { client_parameters, operations, shapes, .. } = &definitions;
    check_context(endpoint_rules.as_ref(), client_parameters, operations, shapes, diagnostics);
    if diagnostics.error_count() > errors_before {
        return None;
    }
    let Definitions { service, mut operations, waiters, shapes, client_parameters, .. } = definitions;
    let service = service?;
    let customizations = customizations::of(&service, &mut operations, &shapes);
    Some(Model { service, operations, waiters, shapes, endpoint_rules, client_parameters, customizations })
}

/// What `service-2.json` defines, as far as it could be read.
struct Definitions {
    service: Option<Service>,
    operations: BTreeMap<String, Operation>,
    waiters: Vec<Waiter>,
    shapes: BTreeMap<ShapeId, Shape>,
    client_parameters: Vec<ClientParameter>,
    /// The payloads that operations name.
    payloads: Vec<PayloadReference>,
    /// Names of operations and shapes that are there but could not be read: the reason is reported already.
    broken: BTreeSet<String>,
}

fn read_service(sources: &BotocoreSources<'_>, diagnostics: &mut Diagnostics) -> Option<Definitions> {
    let extras = sources.sdk_extras.and_then(|file| read_sdk_extras(file, diagnostics));
    let mut json = parse(sources.service, diagnostics)?;
    if let Some(extras) = extras {
        json.merge(extras);
    }
    let place = Place::file(sources.service.name);
    let mut root = Object::new(&json, place, diagnostics)?;
    root.string("version", diagnostics);
    root.flag("deprecated", diagnostics);
    let metadata = root.required_object("metadata", diagnostics);
    let service = metadata.and_then(|metadata| service::lower_service(metadata, sources.protocol, diagnostics));
    let mut broken = BTreeSet::new();
    let mut payloads = Vec::new();
    let operations = match root.required_object("operations", diagnostics) {
        Some(operations) => {
            let of_service = service.as_ref().map_or_else(|| vec![Auth::SigV4], |service| service.auth.clone());
            operation::lower_operations(operations, &of_service, &mut broken, &mut payloads, diagnostics)
        }
        None => BTreeMap::new(),
    };
    let shapes = match root.required_object("shapes", diagnostics) {
        Some(shapes) => shape::lower_shapes(shapes, &mut broken, diagnostics),
        None => BTreeMap::new(),
    };
    let client_parameters = root.object("clientContextParams", diagnostics);
    let client_parameters = client_parameters.map(|it| lower_client_parameters(it, diagnostics)).unwrap_or_default();
    root.finish(ROOT_KEYS, diagnostics);
    Some(Definitions { service, operations, waiters: Vec::new(), shapes, client_parameters, payloads, broken })
}

fn read_sdk_extras<'a>(file: SourceFile<'a>, diagnostics: &mut Diagnostics) -> Option<Json<'a>> {
    let json = parse(file, diagnostics)?;
    let mut root = Object::new(&json, Place::file(file.name), diagnostics)?;
    root.take("version");
    let merge = root.take("merge").cloned();
    root.finish_read(diagnostics);
    merge
}

fn read_paginators(file: SourceFile<'_>, definitions: &mut Definitions, diagnostics: &mut Diagnostics) {
    let Some(json) = parse(file, diagnostics) else { return };
    let Some(root) = Object::new(&json, Place::file(file.name), diagnostics) else { return };
    paginators::lower_paginators(root, definitions, diagnostics);
}

fn read_waiters(file: SourceFile<'_>, definitions: &mut Definitions, diagnostics: &mut Diagnostics) {
    let Some(json) = parse(file, diagnostics) else { return };
    let Some(root) = Object::new(&json, Place::file(file.name), diagnostics) else { return };
    waiters::lower_waiters(root, definitions, diagnostics);
}

fn read_endpoint_rules(sources: &BotocoreSources<'_>, diagnostics: &mut Diagnostics) -> Option<EndpointRules> {
    let file = sources.endpoint_rules?;
    let json = parse(file, diagnostics)?;
    endpoints::read(&json, Place::file(file.name), diagnostics)
}

#[cfg(test)]
mod tests;
