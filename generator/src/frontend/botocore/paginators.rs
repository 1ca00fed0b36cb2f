//! `paginators-1.json`.

use super::Definitions;
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::fate::{Fate, Fates};
use crate::frontend::json::Json;
use crate::frontend::limits::limit;
use crate::frontend::paths::lower_expression;
use crate::frontend::reader::{Object, wrong_type};
use crate::ir::jmespath::Expression;
use crate::ir::{PageToken, Paginator, PaginatorOrigin};

/// The keys of a paginator.
pub(super) const PAGINATOR_KEYS: Fates = &[
    ("input_token", Fate::Used),
    ("output_token", Fate::Used),
    ("result_key", Fate::Used),
    ("more_results", Fate::Used),
    ("limit_key", Fate::Harmless("the member that limits a page is set in the request, as every other")),
    (
        "non_aggregate_keys",
        Fate::Harmless("what botocore keeps of the first page when it joins pages: pages are handed out whole here"),
    ),
    ("py_input_token", Fate::Harmless("a name in Python")),
];

/// How many tokens or results a paginator can have. AWS's have up to four.
const MAX_TEXTS: usize = 100;

/// What comes of a paginator that cannot be read.
const HELP: &str = "nothing to do: the operation is paged only if its members tell how";

/// Gives operations their paginators.
pub(super) fn lower_paginators(mut root: Object<'_, '_>, definitions: &mut Definitions, diagnostics: &mut Diagnostics) {
    root.take("version");
    let pagination = root.required_object("pagination", diagnostics);
    root.finish_read(diagnostics);
    let Some((place, entries)) = pagination.map(Object::into_entries) else { return };
    let Definitions { operations, broken, .. } = definitions;
    for (name, json) in entries {
        let Some(entry) = Object::new(json, place.child(name), diagnostics) else { continue };
        match operations.get_mut(name.as_ref()) {
            Some(operation) => operation.paginator = lower_paginator(entry, diagnostics),
            None if broken.contains(name.as_ref()) => {}
            None => {
                let help = "nothing to do, unless the operation is called otherwise";
                diagnostics.warning(&entry.place, format!("a paginator for `{name}`, which is no operation"), help);
            }
        }
    }
}

fn lower_paginator(mut entry: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Paginator> {
    let inputs = texts("input_token", &mut entry, diagnostics);
    let outputs = texts("output_token", &mut entry, diagnostics);
    let items: Option<Vec<Expression>> =
        texts("result_key", &mut entry, diagnostics).iter().map(|(text, place)| lower(text, place, diagnostics)).collect();
    let more = match texts("more_results", &mut entry, diagnostics).first() {
        Some((text, place)) => lower(text, place, diagnostics).map(Some),
        None => Some(None),
    };
    let place = entry.place.clone();
    entry.finish(PAGINATOR_KEYS, diagnostics);
    if inputs.is_empty() || inputs.len() != outputs.len() {
        let message = format!("a paginator with {} input tokens and {} output tokens", inputs.len(), outputs.len());
        diagnostics.warning(&place, message, HELP);
        return None;
    }
    let token = |((input, _), (output, place)): (&(&str, Place), &(&str, Place))| {
        Some(PageToken { input: (*input).to_owned(), output: lower(output, place, diagnostics)? })
    };
    let tokens: Option<Vec<PageToken>> = inputs.iter().zip(&outputs).map(token).collect();
    Some(Paginator { tokens: tokens?, items: items?, more: more?, origin: PaginatorOrigin::Model, place })
}

fn lower(text: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<Expression> {
    lower_expression(text, place, HELP, diagnostics)
}

/// The texts of a key, which has one or a list of them, and where they stand.
fn texts<'j>(key: &str, entry: &mut Object<'j, '_>, diagnostics: &mut Diagnostics) -> Vec<(&'j str, Place)> {
    let place = entry.at(key);
    match entry.take(key) {
        None => Vec::new(),
        Some(Json::Array(values)) => {
            let count = limit(values.len(), MAX_TEXTS, key, &place, diagnostics);
            let read = |(index, value)| text(value, place.child(index), diagnostics);
            values.iter().enumerate().take(count).filter_map(read).collect()
        }
        Some(value) => text(value, place, diagnostics).into_iter().collect(),
    }
}

fn text<'j>(value: &'j Json<'_>, place: Place, diagnostics: &mut Diagnostics) -> Option<(&'j str, Place)> {
    match value {
        Json::String(text) => Some((text.as_ref(), place)),
        other => wrong_type(&place, "a string", other, diagnostics),
    }
}
