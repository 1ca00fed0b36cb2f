//! What Connect's model holds, as `docs` of the model count it: a specification of what must come out.

#![allow(clippy::unwrap_used, reason = "a helper fails as its test does")]

use smithwright::ir::{Model, PaginatorOrigin, ShapeKind};
use smithwright_tests::service::Service;

fn connect() -> Model {
    Service::connect().unwrap().refine().into_result().unwrap()
}

fn count(model: &Model, is: impl Fn(&ShapeKind) -> bool) -> usize {
    model.shapes.values().filter(|shape| is(&shape.kind)).count()
}

#[test]
fn every_operation_is_there() {
    assert_eq!(connect().operations.len(), 405);
}

#[test]
fn every_shape_is_there() {
    let model = connect();
    let is_error = |kind: &ShapeKind| matches!(kind, ShapeKind::Structure(it) if it.error.is_some());
    let counts = [
        ("shapes", model.shapes.len()),
        ("structures", count(&model, |kind| matches!(kind, ShapeKind::Structure(_)))),
        ("errors", count(&model, is_error)),
        ("unions", count(&model, |kind| matches!(kind, ShapeKind::Union(_)))),
        ("enums", count(&model, |kind| matches!(kind, ShapeKind::Enumeration(_)))),
        ("lists", count(&model, |kind| matches!(kind, ShapeKind::List(_)))),
        ("maps", count(&model, |kind| matches!(kind, ShapeKind::Map(_)))),
        ("scalars", count(&model, |kind| matches!(kind, ShapeKind::Scalar(_)))),
    ];
    // The census counts 1,379 structures with the unions among them, and 592 strings with the enums among them.
    let expected = [
        ("shapes", 2446),
        ("structures", 1359),
        ("errors", 29),
        ("unions", 20),
        ("enums", 214),
        ("lists", 352),
        ("maps", 22),
        ("scalars", 479),
    ];
    assert_eq!(counts, expected);
}

#[test]
fn every_member_and_enum_value_is_there() {
    let model = connect();
    let members: usize = model
        .shapes
        .values()
        .map(|shape| match &shape.kind {
            ShapeKind::Structure(structure) => structure.members.len(),
            ShapeKind::Union(union) => union.members.len(),
            _ => 0,
        })
        .sum();
    let values: usize = model
        .shapes
        .values()
        .map(|shape| match &shape.kind {
            ShapeKind::Enumeration(enumeration) => enumeration.values.len(),
            _ => 0,
        })
        .sum();
    assert_eq!((members, values), (4617, 1197));
}

#[test]
fn the_models_paginators_are_there() {
    assert_eq!(paginated(&connect(), PaginatorOrigin::Model).len(), 89);
}

#[test]
fn paginators_are_inferred_for_seventeen_operations() {
    assert_eq!(
        paginated(&connect(), PaginatorOrigin::Inferred),
        [
            "EvaluateDataTableValues",
            "GetCurrentMetricData",
            "GetCurrentUserData",
            "GetMetricDataV2",
            "ListAnalyticsDataAssociations",
            "ListAnalyticsDataLakeDataSets",
            "ListAssociatedContacts",
            "ListNotifications",
            "ListQueueEmailAddresses",
            "ListRealtimeContactAnalysisSegmentsV2",
            "ListTestCaseExecutionRecords",
            "ListTestCaseExecutions",
            "ListUserNotifications",
            "SearchContactEvaluations",
            "SearchEmailAddresses",
            "SearchEvaluationForms",
            "SearchNotifications",
        ]
    );
}

fn paginated(model: &Model, origin: PaginatorOrigin) -> Vec<&str> {
    let has = |it: &smithwright::ir::Operation| it.paginator.as_ref().is_some_and(|paginator| paginator.origin == origin);
    model.operations.values().filter(|operation| has(operation)).map(|operation| operation.name.as_str()).collect()
}

#[test]
fn no_member_needs_a_box() {
    let model = connect();
    let boxed = model.shapes.iter().flat_map(|(id, shape)| match &shape.kind {
        ShapeKind::Structure(structure) => members(id, &structure.members),
        ShapeKind::Union(union) => members(id, &union.members),
        _ => Vec::new(),
    });
    assert_eq!(boxed.collect::<Vec<_>>(), [""; 0]);
}

fn members(id: &smithwright::ir::ShapeId, members: &[smithwright::ir::Member]) -> Vec<String> {
    members.iter().filter(|member| member.boxed).map(|member| format!("{id}.{}", member.name)).collect()
}

#[test]
fn every_member_that_makes_a_call_idempotent_is_known() {
    let model = connect();
    let tokens = model.shapes.values().filter_map(|shape| match &shape.kind {
        ShapeKind::Structure(structure) => Some(&structure.members),
        _ => None,
    });
    assert_eq!(tokens.flatten().filter(|member| member.idempotency_token).count(), 60);
}

#[test]
fn nothing_is_left_to_complain_of() {
    let diagnostics = Service::connect().unwrap().generate().diagnostics;
    assert!(diagnostics.list.is_empty(), "{diagnostics}");
}
