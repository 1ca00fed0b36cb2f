//! `aws.api#clientEndpointDiscovery` and `aws.api#clientDiscoveredEndpoint`.

use super::ast::{AstShape, shape_name};
use super::traits::Traits;
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::reader::Object;
use crate::ir::{EndpointDiscovery, Operation};
use std::collections::BTreeSet;

/// The trait of a service, which operations read.
pub(super) const SERVICE: &str = "aws.api#clientEndpointDiscovery";

/// What a service says.
pub(super) struct Describing<'j> {
    /// The id of the operation that says where others are called.
    operation: &'j str,
    /// The error that says of an endpoint that it is none any more.
    error: &'j str,
    place: Place,
}

/// Lowers the trait of a service with these operations.
pub(super) fn lower_service<'j>(
    service: &AstShape<'j>,
    operations: &BTreeSet<&'j str>,
    diagnostics: &mut Diagnostics,
) -> Option<Describing<'j>> {
    let found = service.traits.get(SERVICE)?;
    let mut discovery = Object::new(found.value, found.place.clone(), diagnostics)?;
    let place = discovery.at("operation");
    let operation = discovery.required_string("operation", diagnostics);
    let error = discovery.required_string("error", diagnostics);
    discovery.finish_read(diagnostics);
    let (operation, error) = (operation?, shape_name(error?));
    if !operations.contains(operation) {
        let message = format!("the service has no operation `{operation}`");
        diagnostics.error(&place, message, "add it to the service, or correct the name");
    }
    Some(Describing { operation, error, place })
}

impl Describing<'_> {
    /// What that is for an operation.
    pub(super) fn of(&self, id: &str, operation: &Operation, diagnostics: &mut Diagnostics) -> Option<EndpointDiscovery> {
        if id != self.operation {
            return None;
        }
        if operation.discovery.is_some() {
            let message = "an operation that says where others are called is called at a discovered endpoint itself";
            diagnostics.error(&self.place, message, "drop `aws.api#clientDiscoveredEndpoint` from it");
        }
        Some(EndpointDiscovery::Describes { error: self.error.to_owned() })
    }
}

/// Lowers the trait of an operation.
pub(super) fn lower_operation(traits: &mut Traits<'_>, diagnostics: &mut Diagnostics) -> Option<EndpointDiscovery> {
    let mut discovered = traits.object("aws.api#clientDiscoveredEndpoint", diagnostics)?;
    let required = discovered.flag("required", diagnostics);
    discovered.finish_read(diagnostics);
    Some(EndpointDiscovery::Discovered { required })
}
