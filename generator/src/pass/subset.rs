//! Keeps the operations that a configuration asks for; what they do not need is pruned behind it.

use crate::config::ServiceConfig;
use crate::diagnostic::Diagnostics;
use crate::ir::Model;

/// Drops the operations that no pattern names. A pattern that names none is an error: it is misspelt, or the model has changed.
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
    model.operations.retain(|name, _| config.operations.iter().any(|pattern| pattern.matches(name)));
    model.waiters.retain(|waiter| model.operations.contains_key(&waiter.operation));
}
