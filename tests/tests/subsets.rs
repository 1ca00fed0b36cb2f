//! Parts of services: the operations that are asked for, with what they need.

#![allow(clippy::unwrap_used, reason = "a helper fails as its test does")]

use smithwright_tests::service::Service;

/// The operations of a part, and how many shapes it has.
#[track_caller]
fn part(fixture: &str, patterns: &[&str]) -> (Vec<String>, usize) {
    let service = Service::fixture("fixtures", fixture).unwrap().with_operations(patterns).unwrap();
    let model = service.refine().into_result().unwrap();
    (model.operations.into_keys().collect(), model.shapes.len())
}

#[test]
fn shapes_that_no_operation_of_the_part_reaches_are_dropped() {
    let (all, part_of_it) = (part("idempotency-token", &["*"]), part("idempotency-token", &["Stamp"]));
    assert_eq!(part_of_it, (vec!["Stamp".to_owned()], 2));
    assert!(all.1 > 2);
}

/// The structure of a stream is a message of the operation that is left out, and of nobody else.
#[test]
fn a_stream_of_an_operation_that_is_left_out_is_nobodys() {
    let service = Service::fixture("fixtures", "event-stream").unwrap().with_operations(&["ListThings"]).unwrap();
    assert!(service.generate().into_result().is_ok_and(|package| !package.files.is_empty()));
}

#[test]
fn an_operation_that_says_where_others_are_called_comes_with_them() {
    assert_eq!(part("endpoint-discovery", &["Book"]).0, ["Book", "WhereTo"]);
    assert_eq!(part("idempotency-token", &["Close"]).0, ["Close"]);
}

#[test]
fn four_operations_of_connect_are_four_methods() {
    let patterns = ["ListContactReferences", "DescribeContact", "StopContact", "TagContact"];
    let package = Service::connect().unwrap().with_operations(&patterns).unwrap().generate().into_result().unwrap();
    let service = package.files.iter().find(|file| file.path == "api/src/service.rs").unwrap();
    assert_eq!(service.text.matches("    fn ").count(), 4);
}
