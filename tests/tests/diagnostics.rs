//! What a user reads about a model that is wrong: everything at once, each with its place and what to do.

use smithwright_tests::service::{Service, folders};

macro_rules! broken {
    ($($test:ident: $name:literal,)*) => {
        $(
            #[test]
            fn $test() {
                let outcome = Service::fixture("fixtures-broken", $name).unwrap().generate();
                insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "snapshots/diagnostics" }, {
                    insta::assert_snapshot!($name, outcome.diagnostics.to_string());
                });
                assert!(outcome.diagnostics.has_errors(), "there is no error");
                assert!(outcome.result.is_none(), "something is generated all the same");
            }
        )*

        #[test]
        fn every_broken_fixture_has_a_test() {
            assert_eq!(folders("fixtures-broken").unwrap(), [$($name),*]);
        }
    };
}

broken! {
    answers: "answers",
    authentication: "authentication",
    bad_http: "bad-http",
    bindings: "bindings",
    checksums: "checksums",
    colliding_names: "colliding-names",
    dangling_shape: "dangling-shape",
    endpoint_context: "endpoint-context",
    endpoint_context_paths: "endpoint-context-paths",
    endpoint_discovery: "endpoint-discovery",
    endpoint_discovery_answer: "endpoint-discovery-answer",
    endpoint_rules: "endpoint-rules",
    events: "events",
    held_streams: "held-streams",
    host_prefix: "host-prefix",
    label_without_member: "label-without-member",
    member_without_label: "member-without-label",
    member_without_shape: "member-without-shape",
    names: "names",
    no_operations: "no-operations",
    not_json: "not-json",
    payloads: "payloads",
    renames: "renames",
    repeated_key: "repeated-key",
    required_cycles: "required-cycles",
    reserved_names: "reserved-names",
    routes: "routes",
    several_problems: "several-problems",
    streams: "streams",
    unknown_key: "unknown-key",
    unknown_protocol: "unknown-protocol",
    unknown_trait: "unknown-trait",
    unknown_words: "unknown-words",
    unsupported: "unsupported",
    values: "values",
    wire_names: "wire-names",
    wrong_types: "wrong-types",
}
