//! Paginators. One that names what is not there, or what no page can be asked for by, is left out with a warning.

use super::lookup::{Found, Item, LookupError, Presence, Shapes};
use crate::diagnostic::{Diagnostics, Place};
use crate::ir;
use crate::ir::jmespath::Expression;
use crate::rust::plan::{
    Field, ItemType, Lookup, Method, Operation, PageItems, PageToken, Paginator, PlainPaginator, Structure, UnusualPaginator,
};
use crate::rust::types::Type;

/// The variable of a page.
const PAGE: &str = "page";

/// Why a paginator is left out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
enum PaginatorError {
    /// An expression finds nothing.
    #[error(transparent)]
    Lookup(#[from] LookupError),
    /// There is no member for a token.
    #[error("the input has no member `{0}`")]
    NoInput(String),
    /// A token cannot be passed on.
    #[error("not supported yet: a token that `{0}` cannot take")]
    OtherType(String),
}

/// Plans how to page through an operation.
pub(super) fn plan_paginator(
    paginator: &ir::Paginator,
    operation: &Operation,
    shapes: &Shapes<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Paginator> {
    let planned = plan(paginator, operation, shapes, diagnostics);
    let warn = |error: PaginatorError| {
        let help = "nothing to do: the operation is generated without a paginator";
        diagnostics.warning(&paginator.place, format!("in the paginator of `{}`: {error}", operation.name), help);
    };
    planned.map_err(warn).ok()
}

fn plan(
    paginator: &ir::Paginator,
    Operation { request, response, .. }: &Operation,
    shapes: &Shapes<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<Paginator, PaginatorError> {
    let page = Found::Item(Item::variable(PAGE, Type::Structure(response.name.clone())));
    let tokens = paginator.tokens.iter().map(|token| plan_token(token, request, &page, shapes));
    let tokens = tokens.collect::<Result<Vec<PageToken>, PaginatorError>>()?;
    let more = paginator.more.as_ref().map(|more| shapes.find(more, &page)?.condition()).transpose()?;
    let items = plan_items(&paginator.items, &page, shapes, &paginator.place, diagnostics);
    let unusual = UnusualPaginator { tokens, more, items };
    Ok(match plain(&unusual, response) {
        Some(plain) => Paginator::Plain(plain),
        None => Paginator::Unusual(unusual),
    })
}

fn plan_token(
    token: &ir::PageToken,
    request: &Structure,
    page: &Found,
    shapes: &Shapes<'_>,
) -> Result<PageToken, PaginatorError> {
    let input = request.fields.iter().find(|field| field.member == token.input);
    let input = input.ok_or_else(|| PaginatorError::NoInput(token.input.clone()))?;
    let found = shapes.find(&token.output, page)?;
    let (output, is_text) = match (shapes.text(&found), found) {
        (Some(text), _) if input.ty == Type::String => (text.option(), true),
        (_, Found::Item(item)) if input.ty == item.ty && takes_values(input) => (item.reference(), false),
        _ => return Err(PaginatorError::OtherType(token.input.clone())),
    };
    Ok(PageToken { input: input.name.clone(), output, is_text })
}

/// Whether tokens of another type than a string can be passed on: they can be absent, and written.
fn takes_values(input: &Field) -> bool {
    input.is_optional() && !matches!(input.ty, Type::Stream | Type::Boxed(_))
}

/// The first list or map: what botocore calls a result may also be a number or a string that every page repeats.
fn plan_items(
    items: &[Expression],
    page: &Found,
    shapes: &Shapes<'_>,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<PageItems> {
    let planned: Vec<Result<PageItems, LookupError>> = items.iter().map(|items| plan_list(items, page, shapes)).collect();
    let first = planned.iter().find_map(|items| items.as_ref().ok()).cloned();
    if let (None, Some(Err(error))) = (&first, planned.first()) {
        let help = "nothing to do: there is `pages`, and no `items`";
        diagnostics.warning(place, format!("in the items of a paginator: {error}"), help);
    }
    first
}

fn plan_list(items: &Expression, page: &Found, shapes: &Shapes<'_>) -> Result<PageItems, LookupError> {
    let (owned, ty) = take(items, page, shapes)?;
    let item = match ty {
        Type::List(element) => ItemType::Element(*element),
        Type::Map(key, value) => ItemType::Entry(*key, *value),
        _ => return Err(LookupError::Unsupported("items that are neither a list nor a map".to_owned())),
    };
    Ok(PageItems { lookup: owned.lookup, item })
}

/// A place in a page, to take what is there out of it.
struct Owned {
    lookup: Lookup,
    is_optional: bool,
}

fn take(items: &Expression, page: &Found, shapes: &Shapes<'_>) -> Result<(Owned, Type), LookupError> {
    let Found::Item(found) = shapes.find(items, page)? else {
        return Err(LookupError::Unsupported("items that are neither a list nor a map".to_owned()));
    };
    let Expression::Member(left, _) = items else {
        return Ok((Owned { lookup: found.lookup, is_optional: false }, found.ty));
    };
    let (owned, _) = take(left, page, shapes)?;
    let step = last_step(items, left, page, shapes)?;
    let is_optional = step.presence == Presence::Optional;
    let lookup = match (owned.is_optional, is_optional, &step.lookup) {
        (false, _, Lookup::Field(_, name)) => owned.lookup.field(name),
        (true, true, Lookup::Field(..)) => owned.lookup.closure(Method::AndThen, step.lookup),
        (true, false, Lookup::Field(..)) => owned.lookup.closure(Method::Map, step.lookup),
        _ => return Err(LookupError::Unsupported("items that are an entry of a map".to_owned())),
    };
    Ok((Owned { lookup, is_optional: is_optional || owned.is_optional }, found.ty))
}

/// The last member of a path, of the variable `it`.
fn last_step(items: &Expression, left: &Expression, page: &Found, shapes: &Shapes<'_>) -> Result<Item, LookupError> {
    let left = shapes.find(left, page)?.item("a member")?;
    let it = Found::Item(Item::variable("it", left.ty));
    let Expression::Member(_, name) = items else { return it.item("a member") };
    shapes.find(&Expression::member(name.clone()), &it)?.item("a member")
}

/// The usual way, if it is the usual way.
fn plain(paginator: &UnusualPaginator, response: &Structure) -> Option<PlainPaginator> {
    let UnusualPaginator { tokens, more: None, items: Some(PageItems { lookup: Lookup::Field(page, items), item }) } = paginator
    else {
        return None;
    };
    let [PageToken { input, output, is_text: true }] = tokens.as_slice() else { return None };
    let field = match output {
        Lookup::Method(field, Method::AsDeref) => field,
        Lookup::Some(text) => match &**text {
            Lookup::Method(field, Method::AsStr) => field,
            _ => return None,
        },
        _ => return None,
    };
    let Lookup::Field(left, output) = &**field else { return None };
    let is_string = response.fields.iter().any(|field| field.name == *output && field.ty == Type::String);
    (is_string && is_page(left) && is_page(page)).then(|| PlainPaginator {
        input: input.clone(),
        output: output.clone(),
        items: items.clone(),
        item: item.clone(),
    })
}

fn is_page(lookup: &Lookup) -> bool {
    *lookup == Lookup::variable(PAGE)
}
