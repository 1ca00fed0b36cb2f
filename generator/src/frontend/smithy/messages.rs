//! The structures that operations take, answer and fail with, and the events that these stream.

use super::Definitions;
use super::ast::{AstKind, AstShape, Reference};
use crate::frontend::bindings::Role;
use std::collections::{BTreeMap, BTreeSet};

/// The roles of structures.
pub(super) struct Messages<'j> {
    messages: BTreeMap<&'j str, Role>,
    /// The ids of what streams of events hold.
    events: BTreeSet<&'j str>,
}

impl<'j> Messages<'j> {
    /// The ids of the structures.
    pub(super) fn ids(&self) -> impl Iterator<Item = &'j str> {
        self.messages.keys().copied()
    }

    /// The role of a shape.
    pub(super) fn role(&self, id: &str) -> Role {
        Role { event: self.events.contains(id), ..self.messages.get(id).copied().unwrap_or_default() }
    }
}

/// Finds the structures of a service's operations.
pub(super) fn collect<'j>(service: &AstShape<'j>, operations: &BTreeSet<&'j str>, definitions: &Definitions<'j>) -> Messages<'j> {
    let mut roles = BTreeMap::<&str, Role>::new();
    let mut add = |reference: &Reference<'j>, is_input: bool| {
        let role = roles.entry(reference.target).or_default();
        role.input |= is_input;
        role.response |= !is_input;
    };
    for operation in operations.iter().filter_map(|id| definitions.shapes.get(id)) {
        operation.message("input").into_iter().for_each(|input| add(input, true));
        operation.message("output").into_iter().for_each(|output| add(output, false));
        operation.references("errors").for_each(|error| add(error, false));
    }
    if !operations.is_empty() {
        service.references("errors").for_each(|error| add(error, false));
    }
    Messages { messages: roles, events: events(definitions) }
}

/// The ids of what streams of events hold, whether the service has them or not.
fn events<'j>(definitions: &Definitions<'j>) -> BTreeSet<&'j str> {
    let is_stream = |shape: &&AstShape<'j>| shape.kind == AstKind::Union && shape.traits.has("streaming");
    let streams = definitions.shapes.values().filter(is_stream);
    streams.flat_map(|stream| &stream.members).map(|member| member.target.target).collect()
}
