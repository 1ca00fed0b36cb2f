//! Smithy models: each twin of a botocore model is lowered to the same model, and what only Smithy can say has fixtures of its
//! own.
//!
//! `INSTA_UPDATE=always cargo test -p smithwright-tests` accepts what the front end says now.

#![allow(clippy::unwrap_used, reason = "a helper fails as its test does")]

use smithwright::diagnostic::{Diagnostics, Place};
use smithwright::ir::Model;
use smithwright_tests::service::{Outcome, Service, folders};

/// The folders of fixtures that can have twins.
const PARENTS: [&str; 2] = ["fixtures", "fixtures-twins"];

#[test]
fn twins_are_lowered_to_the_same_model() {
    let mut differences = String::new();
    let mut count = 0;
    for parent in PARENTS {
        for name in folders(parent).unwrap() {
            let service = Service::fixture(parent, &name).unwrap();
            if service.has_twin() {
                count += 1;
                differences += &compare(&format!("{parent}/{name}"), &service);
            }
        }
    }
    assert!(differences.is_empty(), "{differences}");
    assert!(count >= 33, "only {count} twins are left");
}

fn compare(name: &str, service: &Service) -> String {
    let botocore = text_of(service.refine());
    let smithy = text_of(service.clone().into_twin().refine());
    match botocore == smithy {
        true => String::new(),
        false => format!("{name}: - botocore, + Smithy\n{}\n", diff(&botocore, &smithy)),
    }
}

/// What is found, and the model; both without what depends on the format.
fn text_of(Outcome { result, diagnostics }: Outcome<Model>) -> String {
    let messages: String = diagnostics.list.iter().map(|it| format!("{:?}: {}\n", it.severity, it.message)).collect();
    format!("{messages}{:#?}", result.map(normalize))
}

/// Drops places, the namespace, and how much of a value a pattern must match: all of it for botocore, a part of it for Smithy.
fn normalize(mut model: Model) -> Model {
    let nowhere = Place::file("nowhere");
    model.service.place = nowhere.clone();
    model.service.namespace.clear();
    for operation in model.operations.values_mut() {
        operation.place = nowhere.clone();
        operation.context.iter_mut().for_each(|parameter| parameter.place = nowhere.clone());
        operation.paginator.iter_mut().for_each(|paginator| paginator.place = nowhere.clone());
    }
    for waiter in &mut model.waiters {
        waiter.place = nowhere.clone();
        waiter.acceptors.iter_mut().for_each(|acceptor| acceptor.place = nowhere.clone());
    }
    model.client_parameters.iter_mut().for_each(|parameter| parameter.place = nowhere.clone());
    for shape in model.shapes.values_mut() {
        shape.place = nowhere.clone();
        if let Some(pattern) = &mut shape.constraints.pattern {
            pattern.whole = false;
        }
    }
    model
}

/// The lines that differ, with what is around them: what both start with and end with is left out.
fn diff(left: &str, right: &str) -> String {
    const AROUND: usize = 12;
    let (left, right): (Vec<&str>, Vec<&str>) = (left.lines().collect(), right.lines().collect());
    let before = left.iter().zip(&right).take_while(|(left, right)| left == right).count();
    let rest = left.len().min(right.len()) - before;
    let after = left.iter().rev().zip(right.iter().rev()).take(rest).take_while(|(left, right)| left == right).count();
    let marked = |mark: &'static str, lines: &[&str]| lines.iter().map(|line| format!("{mark} {line}\n")).collect::<String>();
    let shown = &left[before.saturating_sub(AROUND)..before];
    marked(" ", shown)
        + &marked("-", &left[before..left.len() - after])
        + &marked("+", &right[before..right.len() - after])
        + &marked(" ", &left[left.len() - after..(left.len() - after + AROUND).min(left.len())])
}

macro_rules! smithy {
    ($($test:ident: $name:literal,)*) => {
        mod ir {
            $(
                #[test]
                fn $test() {
                    let outcome = super::Service::fixture("fixtures-smithy", $name).unwrap().refine();
                    let found = super::found(&outcome.diagnostics);
                    super::snapshot($name, &format!("{found}{:#?}\n", outcome.into_result().unwrap()));
                }
            )*
        }

        mod rust {
            $(
                #[test]
                fn $test() {
                    super::check_rust($name);
                }
            )*
        }

        #[test]
        fn every_smithy_fixture_has_a_test() {
            assert_eq!(folders("fixtures-smithy").unwrap(), [$($name),*]);
        }
    };
}

smithy! {
    defaults: "defaults",
    enums: "enums",
    error_defaults: "error-defaults",
    events: "events",
    held_output: "held-output",
    int_enums: "int-enums",
    large_variants: "large-variants",
    member_constraints: "member-constraints",
    mixins: "mixins",
    names: "names",
    no_authentication: "no-authentication",
    prelude: "prelude",
    protocol_key: "protocol-key",
    resources: "resources",
    rest_and_rpc: "rest-and-rpc",
    several_protocols: "several-protocols",
    shared_messages: "shared-messages",
    unknown_words: "unknown-words",
    version_one: "version-one",
    waitable: "waitable",
    waiters_of_smithy: "waiters-of-smithy",
}

macro_rules! broken {
    ($($test:ident: $name:literal,)*) => {
        mod broken {
            $(
                #[test]
                fn $test() {
                    let outcome = super::Service::fixture("fixtures-smithy-broken", $name).unwrap().generate();
                    super::snapshot(concat!("broken-", $name), &outcome.diagnostics.to_string());
                    assert!(outcome.diagnostics.has_errors(), "there is no error");
                    assert!(outcome.result.is_none(), "something is generated all the same");
                }
            )*
        }

        #[test]
        fn every_broken_smithy_fixture_has_a_test() {
            assert_eq!(folders("fixtures-smithy-broken").unwrap(), [$($name),*]);
        }
    };
}

broken! {
    api_keys: "api-keys",
    ast: "ast",
    authentication: "authentication",
    big_defaults: "big-defaults",
    bindings: "bindings",
    collisions: "collisions",
    conflicts: "conflicts",
    cycles: "cycles",
    defaults: "defaults",
    events: "events",
    held_streams: "held-streams",
    host_prefix: "host-prefix",
    mixins: "mixins",
    names: "names",
    no_protocol: "no-protocol",
    paginators: "paginators",
    payloads: "payloads",
    references: "references",
    several_services: "several-services",
    streams: "streams",
    traits: "traits",
    unsupported: "unsupported",
}

/// What can be lowered can be generated, or is refused by name.
fn check_rust(name: &str) {
    let Outcome { result, diagnostics } = Service::fixture("fixtures-smithy", name).unwrap().generate();
    let is_refusal = diagnostics.list.iter().all(|it| it.message.starts_with("not supported yet: "));
    assert!(result.is_some() || is_refusal, "{diagnostics}");
}

fn found(diagnostics: &Diagnostics) -> String {
    match diagnostics.list.is_empty() {
        true => String::new(),
        false => format!("{diagnostics}\n\n"),
    }
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "snapshots/smithy" }, {
        insta::assert_snapshot!(name, text);
    });
}
