//! Finds the operations that can be paged through although the model has no paginator for them: a token in, the same token out
//! and exactly one list out.

use super::closure::members;
use crate::ir::jmespath::Expression;
use crate::ir::{Member, Model, Operation, PageToken, Paginator, PaginatorOrigin, Scalar, Shape, ShapeId, ShapeKind};
use std::collections::BTreeMap;

/// The token's name, whatever its case.
const TOKEN: &str = "nexttoken";

/// Gives operations the paginators that can be inferred.
pub(super) fn infer(model: &mut Model) {
    let Model { operations, shapes, .. } = model;
    for operation in operations.values_mut() {
        if operation.paginator.is_none() {
            operation.paginator = infer_paginator(operation, shapes);
        }
    }
}

fn infer_paginator(operation: &Operation, shapes: &BTreeMap<ShapeId, Shape>) -> Option<Paginator> {
    let input = members(shapes.get(operation.input.as_ref()?)?);
    let output = members(shapes.get(operation.output.as_ref()?)?);
    // A token that must be sent is none that a first page can do without.
    let input_token = find(input, TOKEN, is_string, shapes).filter(|member| !member.required)?;
    let output_token = find(output, TOKEN, is_string, shapes)?;
    let mut lists = output.iter().filter(|member| is_list(member, shapes));
    let (Some(items), None) = (lists.next(), lists.next()) else { return None };
    let output = Expression::member(output_token.name.clone());
    Some(Paginator {
        tokens: vec![PageToken { input: input_token.name.clone(), output }],
        items: vec![Expression::member(items.name.clone())],
        more: None,
        origin: PaginatorOrigin::Inferred,
        place: operation.place.clone(),
    })
}

fn find<'m>(
    members: &'m [Member],
    name: &str,
    is_wanted: fn(&ShapeKind) -> bool,
    shapes: &BTreeMap<ShapeId, Shape>,
) -> Option<&'m Member> {
    let is_kind = |member: &Member| shapes.get(&member.target).is_some_and(|shape| is_wanted(&shape.kind));
    members.iter().find(|member| member.name.eq_ignore_ascii_case(name) && is_kind(member))
}

fn is_list(member: &Member, shapes: &BTreeMap<ShapeId, Shape>) -> bool {
    shapes.get(&member.target).is_some_and(|shape| matches!(shape.kind, ShapeKind::List(_)))
}

fn is_string(kind: &ShapeKind) -> bool {
    matches!(kind, ShapeKind::Scalar(Scalar::String))
}
