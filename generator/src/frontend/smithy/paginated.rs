//! `smithy.api#paginated`, of an operation and of its service.

use super::Definitions;
use super::ast::{AstKind, AstMember, AstShape};
use super::report_unsupported;
use super::traits::Trait;
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::json::Json;
use crate::frontend::reader::Object;
use crate::ir::{Paginator, PaginatorOrigin};

const KEYS: [&str; 4] = ["inputToken", "outputToken", "items", "pageSize"];

/// Lowers how to page through an operation. What it does not say itself, its service says.
pub(super) fn lower_paginator(
    paginated: &Trait<'_>,
    service: &AstShape<'_>,
    operation: &AstShape<'_>,
    definitions: &Definitions<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Paginator> {
    let mut own = Object::new(paginated.value, paginated.place.clone(), diagnostics)?;
    own.pass_over(&KEYS);
    own.finish_read(diagnostics);
    let layers: Vec<&Trait<'_>> = [paginated].into_iter().chain(service.traits.get("paginated")).collect();
    let side = |name: &'static str| {
        let shape = operation.message(name).and_then(|message| definitions.target(message));
        Side { name, members: shape.map(|shape| shape.members.as_slice()).unwrap_or_default() }
    };
    let (input, output) = (side("input"), side("output"));
    let input_token = required("inputToken", &input, &layers, diagnostics);
    let output_token = required("outputToken", &output, &layers, diagnostics);
    let items = required("items", &output, &layers, diagnostics);
    let limit = find("pageSize", &layers, diagnostics).and_then(|key| lower_member(&key, &input, diagnostics));
    let items = items.and_then(|items| check_items(items, &paginated.place, definitions, diagnostics));
    Some(Paginator {
        input_token: input_token?.name.to_owned(),
        output_token: output_token?.name.to_owned(),
        items: items?.name.to_owned(),
        limit: limit.map(|member| member.name.to_owned()),
        origin: PaginatorOrigin::Model,
    })
}

/// The members that a key can name.
struct Side<'m, 'j> {
    name: &'static str,
    members: &'m [AstMember<'j>],
}

/// A key, and what it names.
struct Key<'j> {
    path: &'j str,
    place: Place,
}

fn required<'m, 'j>(
    key: &str,
    side: &Side<'m, 'j>,
    layers: &[&Trait<'_>],
    diagnostics: &mut Diagnostics,
) -> Option<&'m AstMember<'j>> {
    let Some(found) = find(key, layers, diagnostics) else {
        let place = layers.first().map(|layer| &layer.place);
        place.into_iter().for_each(|place| report_unsupported(&format!("a paginator without `{key}`"), place, diagnostics));
        return None;
    };
    lower_member(&found, side, diagnostics)
}

fn find<'j>(key: &str, layers: &[&Trait<'j>], diagnostics: &mut Diagnostics) -> Option<Key<'j>> {
    let find_in = |layer: &&Trait<'j>| match layer.value {
        Json::Object(_) => {
            let mut object = Object::new(layer.value, layer.place.clone(), diagnostics)?;
            object.string(key, diagnostics).map(|path| Key { path, place: object.at(key) })
        }
        // Reported where it stands.
        _ => None,
    };
    layers.iter().find_map(find_in)
}

fn lower_member<'m, 'j>(key: &Key<'_>, side: &Side<'m, 'j>, diagnostics: &mut Diagnostics) -> Option<&'m AstMember<'j>> {
    let Key { path, place } = key;
    let member = side.members.iter().find(|member| member.name == *path);
    if member.is_none() && path.contains('.') {
        report_unsupported(&format!("the path `{path}` in a paginator"), place, diagnostics);
    } else if member.is_none() {
        let message = format!("the {} has no member `{path}`", side.name);
        diagnostics.error(place, message, "name one of its members, or drop the paginator");
    }
    member
}

fn check_items<'m, 'j>(
    items: &'m AstMember<'j>,
    place: &Place,
    definitions: &Definitions<'j>,
    diagnostics: &mut Diagnostics,
) -> Option<&'m AstMember<'j>> {
    // A target that is not defined is reported where it is named.
    let is_list = |shape: &AstShape<'_>| matches!(shape.kind, AstKind::List | AstKind::Set);
    if definitions.target(&items.target).is_some_and(|shape| !is_list(shape)) {
        report_unsupported(&format!("a paginator of `{}`, which is no list", items.name), place, diagnostics);
        return None;
    }
    Some(items)
}
