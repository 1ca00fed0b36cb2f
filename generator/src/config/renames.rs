//! Renames beside the model that they are for: each is of something, and in the case that Rust writes such a thing in.

use super::ServiceConfig;
use crate::diagnostic::Diagnostics;
use crate::ir::{Model, ShapeId, ShapeKind};

/// What a rename is of; Rust writes types and variants in one case, fields in another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Renamed {
    /// A shape, the service, a union's member or an enum's value.
    Type,
    /// A structure's member.
    Field,
    /// An operation: its method is made `snake_case` anyway.
    Method,
}

/// Reports what is renamed and not there, or not written as Rust does.
pub(crate) fn check(model: &Model, config: &ServiceConfig, diagnostics: &mut Diagnostics) {
    for (name, rust) in &config.rename {
        let place = config.place.child("rename").child(name);
        match find(model, name) {
            None => {
                let message = format!("a rename of `{name}`, which is no shape, member, operation or value that is generated");
                diagnostics.error(&place, message, "correct the name, or drop the rename");
            }
            Some(Renamed::Type) if !is_upper_camel_case(rust) => {
                let message = format!("`{name}` is renamed to `{rust}`, which is not how Rust writes a type or a variant");
                diagnostics.error(&place, message, "begin with a capital, and use no underscore: `FileDetails`");
            }
            Some(Renamed::Field) if !is_snake_case(rust) => {
                let message = format!("`{name}` is renamed to `{rust}`, which is not how Rust writes a field");
                diagnostics.error(&place, message, "use lower case, and single underscores between words: `file_details`");
            }
            Some(_) => {}
        }
    }
}

/// What a name is of. A shape goes before an operation of the same name, and neither has a dot in it; a value may.
fn find(model: &Model, name: &str) -> Option<Renamed> {
    if model.shapes.contains_key(&ShapeId::from(name)) || model.service.sdk_id == name {
        return Some(Renamed::Type);
    }
    if model.operations.contains_key(name) {
        return Some(Renamed::Method);
    }
    let (owner, part) = name.split_once('.')?;
    find_part(&model.shapes.get(&ShapeId::from(owner))?.kind, part)
}

fn find_part(kind: &ShapeKind, part: &str) -> Option<Renamed> {
    let (renamed, is_there) = match kind {
        ShapeKind::Structure(structure) => (Renamed::Field, structure.member(part).is_some()),
        ShapeKind::Union(union) => (Renamed::Type, union.members.iter().any(|member| member.name == part)),
        ShapeKind::Enumeration(enumeration) => {
            let is_named = enumeration.values.iter().any(|value| value.name.as_deref().unwrap_or(&value.value) == part);
            (Renamed::Type, is_named)
        }
        ShapeKind::IntegerEnumeration(enumeration) => (Renamed::Type, enumeration.values.iter().any(|value| value.name == part)),
        ShapeKind::Scalar(_) | ShapeKind::List(_) | ShapeKind::Map(_) => return None,
    };
    is_there.then_some(renamed)
}

fn is_upper_camel_case(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase()) && !name.contains('_')
}

fn is_snake_case(name: &str) -> bool {
    !name.contains(|it: char| it.is_ascii_uppercase()) && !name.contains("__")
}
