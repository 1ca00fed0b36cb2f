//! `smithy.api#paginated`, of an operation and of its service.

use super::ast::AstShape;
use super::traits::Trait;
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::json::Json;
use crate::frontend::paths::lower_expression;
use crate::frontend::reader::Object;
use crate::ir::jmespath::Expression;
use crate::ir::{PageToken, Paginator, PaginatorOrigin};

const KEYS: [&str; 4] = ["inputToken", "outputToken", "items", "pageSize"];

/// What comes of a paginator that cannot be read.
const HELP: &str = "nothing to do: the operation is paged only if its members tell how";

/// Lowers how to page through an operation. What it does not say itself, its service says.
pub(super) fn lower_paginator(paginated: &Trait<'_>, service: &AstShape<'_>, diagnostics: &mut Diagnostics) -> Option<Paginator> {
    check_keys(paginated, diagnostics)?;
    let layers: Vec<&Trait<'_>> = [paginated].into_iter().chain(service.traits.get("paginated")).collect();
    let input = required("inputToken", &layers, diagnostics);
    let output = required("outputToken", &layers, diagnostics);
    let items = match find("items", &layers, diagnostics) {
        Some(items) => vec![lower(&items, diagnostics)?],
        None => Vec::new(),
    };
    let token = PageToken { input: input?.path.to_owned(), output: lower(&output?, diagnostics)? };
    let (tokens, place) = (vec![token], paginated.place.clone());
    Some(Paginator { tokens, items, more: None, origin: PaginatorOrigin::Model, place })
}

/// Reports keys that nobody reads.
pub(super) fn check_keys(paginated: &Trait<'_>, diagnostics: &mut Diagnostics) -> Option<()> {
    let mut object = Object::of_trait(paginated.value, paginated.place.clone(), diagnostics)?;
    object.pass_over(&KEYS);
    object.finish_read(diagnostics);
    Some(())
}

/// A key, and what it names.
struct Key<'j> {
    path: &'j str,
    place: Place,
}

fn lower(key: &Key<'_>, diagnostics: &mut Diagnostics) -> Option<Expression> {
    lower_expression(key.path, &key.place, HELP, diagnostics)
}

fn required<'j>(key: &str, layers: &[&Trait<'j>], diagnostics: &mut Diagnostics) -> Option<Key<'j>> {
    let found = find(key, layers, diagnostics);
    if let (None, Some(layer)) = (&found, layers.first()) {
        diagnostics.warning(&layer.place, format!("a paginator without `{key}`"), HELP);
    }
    found
}

fn find<'j>(key: &str, layers: &[&Trait<'j>], diagnostics: &mut Diagnostics) -> Option<Key<'j>> {
    let find_in = |layer: &&Trait<'j>| match layer.value {
        Json::Object(_) => {
            let mut object = Object::of_trait(layer.value, layer.place.clone(), diagnostics)?;
            object.string(key, diagnostics).map(|path| Key { path, place: object.at(key) })
        }
        // Reported where it stands.
        _ => None,
    };
    layers.iter().find_map(find_in)
}
