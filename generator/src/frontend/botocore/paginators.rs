//! `paginators-1.json`.

use super::Definitions;
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::fate::{Fate, Fates};
use crate::frontend::json::Json;
use crate::frontend::reader::{Object, wrong_type};
use crate::ir::{Member, Operation, Paginator, PaginatorOrigin, Shape, ShapeId, ShapeKind};
use std::collections::BTreeMap;

/// The keys of a paginator.
pub(super) const PAGINATOR_KEYS: Fates = &[
    ("input_token", Fate::Used),
    ("output_token", Fate::Used),
    ("result_key", Fate::Used),
    ("limit_key", Fate::Used),
    (
        "non_aggregate_keys",
        Fate::Harmless("what botocore keeps of the first page when it joins pages: pages are handed out whole here"),
    ),
    ("py_input_token", Fate::Harmless("a name in Python")),
    ("more_results", Fate::Refused),
];

/// Gives operations their paginators.
pub(super) fn lower_paginators(mut root: Object<'_, '_>, definitions: &mut Definitions, diagnostics: &mut Diagnostics) {
    root.take("version");
    let pagination = root.required_object("pagination", diagnostics);
    root.finish_read(diagnostics);
    let Some((place, entries)) = pagination.map(Object::into_entries) else { return };
    let Definitions { operations, shapes, broken, .. } = definitions;
    for (name, json) in entries {
        let Some(entry) = Object::new(json, place.child(name), diagnostics) else { continue };
        match operations.get_mut(name.as_ref()) {
            Some(operation) => operation.paginator = lower_paginator(entry, operation, shapes, diagnostics),
            None if broken.contains(name.as_ref()) => {}
            None => {
                let help = "define the operation, or drop the paginator";
                diagnostics.error(&entry.place, format!("a paginator for `{name}`, which is no operation"), help);
            }
        }
    }
}

fn lower_paginator(
    mut entry: Object<'_, '_>,
    operation: &Operation,
    shapes: &BTreeMap<ShapeId, Shape>,
    diagnostics: &mut Diagnostics,
) -> Option<Paginator> {
    let input = Side { name: "input", members: members(operation.input.as_ref(), shapes) };
    let output = Side { name: "output", members: members(operation.output.as_ref(), shapes) };
    let input_token = lower_required_key("input_token", &input, &mut entry, diagnostics);
    let output_token = lower_required_key("output_token", &output, &mut entry, diagnostics);
    let items = lower_required_key("result_key", &output, &mut entry, diagnostics);
    let limit = lower_key("limit_key", &input, &mut entry, diagnostics);
    if let Some(items) = items {
        check_items(items, &entry.at("result_key"), shapes, diagnostics);
    }
    entry.finish(PAGINATOR_KEYS, diagnostics);
    Some(Paginator {
        input_token: input_token?.name.clone(),
        output_token: output_token?.name.clone(),
        items: items?.name.clone(),
        limit: limit.map(|member| member.name.clone()),
        origin: PaginatorOrigin::Model,
    })
}

/// The members that a key of a paginator can name.
struct Side<'m> {
    name: &'static str,
    members: &'m [Member],
}

fn members<'m>(id: Option<&ShapeId>, shapes: &'m BTreeMap<ShapeId, Shape>) -> &'m [Member] {
    match id.and_then(|id| shapes.get(id)).map(|shape| &shape.kind) {
        Some(ShapeKind::Structure(structure)) => &structure.members,
        _ => &[],
    }
}

fn lower_required_key<'m>(
    key: &str,
    side: &Side<'m>,
    entry: &mut Object<'_, '_>,
    diagnostics: &mut Diagnostics,
) -> Option<&'m Member> {
    let before = diagnostics.error_count();
    let member = lower_key(key, side, entry, diagnostics);
    if member.is_none() && diagnostics.error_count() == before {
        diagnostics.error(&entry.place, format!("not supported yet: a paginator without `{key}`"), format!("add `{key}`"));
    }
    member
}

fn lower_key<'m>(key: &str, side: &Side<'m>, entry: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<&'m Member> {
    let place = entry.at(key);
    match entry.take(key)? {
        Json::String(name) => lower_member(name, side, &place, diagnostics),
        Json::Array(_) => report_unsupported(&format!("several values of `{key}`"), &place, diagnostics),
        other => wrong_type(&place, "a string", other, diagnostics),
    }
}

fn lower_member<'m>(name: &str, side: &Side<'m>, place: &Place, diagnostics: &mut Diagnostics) -> Option<&'m Member> {
    let member = side.members.iter().find(|member| member.name == name);
    if member.is_some() {
        return member;
    }
    if name.contains(['.', '[', '|', ' ', '(']) {
        return report_unsupported(&format!("the path `{name}`"), place, diagnostics);
    }
    let message = format!("the {} has no member `{name}`", side.name);
    diagnostics.error(place, message, "name one of its members, or drop the paginator");
    None
}

fn check_items(items: &Member, place: &Place, shapes: &BTreeMap<ShapeId, Shape>, diagnostics: &mut Diagnostics) {
    match shapes.get(&items.target).map(|shape| &shape.kind) {
        // A target that is not defined is reported where it is named.
        None | Some(ShapeKind::List(_)) => {}
        Some(_) => drop(report_unsupported::<()>(&format!("`{}`, which is no list", items.name), place, diagnostics)),
    }
}

fn report_unsupported<T>(what: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<T> {
    let help = "drop the paginator from the file if you can do without it, or report that you need it";
    diagnostics.error(place, format!("not supported yet in a paginator: {what}"), help);
    None
}
