//! What does not fit together in endpoint discovery, whatever the format.

use crate::diagnostic::Diagnostics;
use crate::ir::{EndpointDiscovery, Operation, Shape, ShapeId, ShapeKind};
use std::collections::{BTreeMap, BTreeSet};

/// The error that says of an endpoint that it is none any more, unless the model calls it otherwise.
pub(super) const INVALID_ENDPOINT: &str = "InvalidEndpointException";

/// Reports what does not fit together.
pub(super) fn check_discovery(
    operations: &BTreeMap<String, Operation>,
    shapes: &BTreeMap<ShapeId, Shape>,
    diagnostics: &mut Diagnostics,
) {
    let describes = |it: &&Operation| matches!(it.discovery, Some(EndpointDiscovery::Describes { .. }));
    let mut describing = operations.values().filter(describes);
    let first = describing.next();
    for other in describing {
        let message = format!("`{}` says where others are called, as another operation does", other.name);
        diagnostics.error(&other.place, message, "have one operation say it");
    }
    let is_discovered = |it: &&Operation| matches!(it.discovery, Some(EndpointDiscovery::Discovered { .. }));
    for operation in operations.values().filter(is_discovered) {
        if first.is_none() {
            let message = format!("no operation says where `{}` is called", operation.name);
            diagnostics.error(&operation.place, message, "add the operation that says it, or drop the discovery of its endpoint");
        }
    }
    let inputs: BTreeSet<&ShapeId> = operations.values().filter(is_discovered).flat_map(|it| &it.input).collect();
    for (id, shape) in shapes.iter().filter(|(id, _)| !inputs.contains(id)) {
        let ShapeKind::Structure(structure) = &shape.kind else { continue };
        for member in structure.members.iter().filter(|member| member.endpoint_id) {
            let message =
                format!("`{}` of `{id}` identifies an endpoint, but no operation with a discovered one takes it", member.name);
            diagnostics.error(&shape.place.child("members").child(&member.name), message, "drop it");
        }
    }
}
