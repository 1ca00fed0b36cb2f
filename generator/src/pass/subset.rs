//! Keeps the operations that a configuration asks for; what they do not need is pruned behind it.

use crate::config::ServiceConfig;
use crate::diagnostic::Diagnostics;
use crate::ir::{EndpointDiscovery, Model, Operation};

/// Drops the operations that no pattern names, but for the one that says where others are called. A pattern that names none is an error: it is misspelt, or the model has changed.
pub(super) fn keep(model: &mut Model, config: &ServiceConfig, diagnostics: &mut Diagnostics) {
    if config.operations.is_empty() {
        return;
    }
    for (index, pattern) in config.operations.iter().enumerate() {
        if !model.operations.keys().any(|name| pattern.matches(name)) {
            let help = "correct it, or drop it; a star stands for any characters: `List*`";
            let place = config.place.child("operations").child(index);
            diagnostics.error(&place, format!("`{pattern}` matches no operation"), help);
        }
    }
    let is_named = |name: &String| config.operations.iter().any(|pattern| pattern.matches(name));
    let is_discovered = |operation: &Operation| matches!(operation.discovery, Some(EndpointDiscovery::Discovered { .. }));
    let describes = |operation: &Operation| matches!(operation.discovery, Some(EndpointDiscovery::Describes { .. }));
    let needs_description = model.operations.iter().any(|(name, operation)| is_named(name) && is_discovered(operation));
    model.operations.retain(|name, operation| is_named(name) || (needs_description && describes(operation)));
    model.waiters.retain(|waiter| model.operations.contains_key(&waiter.operation));
}
