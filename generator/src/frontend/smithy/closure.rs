//! The closure of a service: its operations, the shapes that they reach, and what these are called.

use super::ast::{AstKind, AstShape, Reference, shape_name};
use super::messages::Messages;
use super::{Definitions, SmithySources, prelude};
use crate::diagnostic::{Diagnostics, Place};
use crate::ir::ShapeId;
use std::collections::{BTreeMap, BTreeSet};

/// The id of the service that is asked for, or of the only one.
pub(super) fn find_service<'j>(
    definitions: &Definitions<'j>,
    sources: &SmithySources<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<&'j str> {
    let is_service = |shape: &AstShape<'_>| shape.kind == AstKind::Service && !shape.traits.has("mixin");
    let services = definitions.shapes.iter().filter(|(_, shape)| is_service(shape)).map(|(id, _)| *id);
    let is_wanted = |id: &str| sources.service.is_none_or(|wanted| id == wanted || shape_name(id) == wanted);
    let found: Vec<&str> = services.clone().filter(|id| is_wanted(id)).collect();
    if let [id] = found.as_slice() {
        return Some(id);
    }
    let place = Place::file(sources.model.name).child("shapes");
    let listed = listed(services);
    match sources.service {
        Some(wanted) if found.is_empty() => {
            diagnostics.error(&place, format!("`{wanted}` is no service of the model"), format!("there are these: {listed}"));
        }
        // Why there is none is reported already.
        _ if found.is_empty() && !definitions.broken.is_empty() => {}
        _ if found.is_empty() => diagnostics.error(&place, "the model has no service", "add a shape of the type `service`"),
        _ => diagnostics.error(&place, format!("several services: {listed}"), "name one of them as the `service` in models.toml"),
    }
    None
}

fn listed<'j>(ids: impl Iterator<Item = &'j str>) -> String {
    ids.map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
}

/// The ids of the service's operations: its own, and those of its resources.
pub(super) fn operations<'j>(
    service: &AstShape<'j>,
    definitions: &Definitions<'j>,
    diagnostics: &mut Diagnostics,
) -> BTreeSet<&'j str> {
    let mut operations = BTreeSet::new();
    let mut resources = BTreeSet::new();
    let mut open = vec![service];
    while let Some(shape) = open.pop() {
        for reference in shape.references.iter().filter(|reference| reference.property != "errors") {
            let Some(target) = definitions.resolve(reference, diagnostics) else { continue };
            let expected = if reference.property == "resources" { AstKind::Resource } else { AstKind::Operation };
            if target.kind != expected {
                report_kind(reference, expected, diagnostics);
            } else if expected == AstKind::Operation {
                operations.insert(reference.target);
            } else if resources.insert(reference.target) {
                finish_resource(target, diagnostics);
                open.push(target);
            }
        }
    }
    operations
}

fn report_kind(reference: &Reference<'_>, expected: AstKind, diagnostics: &mut Diagnostics) {
    let what = if expected == AstKind::Resource { "resource" } else { "operation" };
    let message = format!("`{}` is not a shape of the type `{what}`", reference.target);
    diagnostics.error(&reference.place, message, "correct the reference, or drop it");
}

/// A resource is no more than its operations.
fn finish_resource(resource: &AstShape<'_>, diagnostics: &mut Diagnostics) {
    resource.traits.clone().finish(diagnostics);
}

/// The ids of the shapes that messages reach, and their own.
pub(super) fn data<'j>(
    messages: &Messages<'j>,
    definitions: &Definitions<'j>,
    diagnostics: &mut Diagnostics,
) -> BTreeSet<&'j str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = messages.ids().collect();
    while let Some(id) = open.pop() {
        let Some(shape) = definitions.shapes.get(id) else { continue };
        if !reached.insert(id) || matches!(shape.kind, AstKind::Enum | AstKind::IntEnum) {
            continue;
        }
        for member in &shape.members {
            let Some(target) = definitions.resolve(&member.target, diagnostics) else { continue };
            match target.kind {
                AstKind::Service | AstKind::Resource | AstKind::Operation => {
                    let message = format!("`{}` is no shape of data", member.target.target);
                    diagnostics.error(&member.target.place, message, "a member holds data");
                }
                _ => open.push(member.target.target),
            }
        }
    }
    reached
}

/// The names of the closure's shapes: without namespace, unless the service renames them.
///
/// Names are unique, but those of scalars, lists and maps, which Smithy allows to be the same: they are no types in Rust, so the
/// second of a name keeps its namespace. The service's own namespace goes first, the prelude last.
pub(super) fn names<'j>(
    service_id: &str,
    service: &AstShape<'j>,
    data: &BTreeSet<&'j str>,
    definitions: &Definitions<'j>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<&'j str, ShapeId> {
    check_rename(service, data, diagnostics);
    let own = namespace(service_id);
    let renames: BTreeMap<&str, &str> = service.rename.iter().map(|rename| (rename.shape, rename.name)).collect();
    let mut ids: Vec<&str> = data.iter().copied().collect();
    ids.sort_by_key(|id| {
        let shape = definitions.shapes.get(id);
        let is_type = shape.is_some_and(|shape| is_type(shape.kind));
        (!is_type, namespace(id) != own, namespace(id) == prelude::NAMESPACE, *id)
    });
    let mut owners = BTreeMap::new();
    let mut names = BTreeMap::new();
    for id in ids {
        let Some(shape) = definitions.shapes.get(id) else { continue };
        let name = renames.get(id).copied().unwrap_or_else(|| shape_name(id));
        let owner = *owners.entry(name).or_insert(id);
        let name = match owner == id {
            true => name,
            false if is_type(shape.kind) => {
                let message = format!("`{id}` and `{owner}` are both called `{name}`");
                diagnostics.error(&shape.place, message, "give one of them another name in the service's `rename`");
                continue;
            }
            false => id,
        };
        names.insert(id, ShapeId::from(name));
    }
    names
}

fn namespace(id: &str) -> &str {
    id.split_once('#').map_or("", |(namespace, _)| namespace)
}

fn is_type(kind: AstKind) -> bool {
    matches!(kind, AstKind::Structure | AstKind::Union | AstKind::Enum | AstKind::IntEnum)
}

fn check_rename<'j>(service: &AstShape<'j>, data: &BTreeSet<&'j str>, diagnostics: &mut Diagnostics) {
    for rename in &service.rename {
        if !data.contains(rename.shape) {
            let message = format!("another name for `{}`, which the service does not use", rename.shape);
            diagnostics.error(&rename.place, message, "correct the shape id, or drop the entry");
        }
    }
}
