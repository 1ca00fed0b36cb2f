//! AWS's partitions, which the runtime has once for all services: they are those of `models/partitions.json`.

#![allow(clippy::unwrap_used, reason = "a helper fails as its test does")]

use serde_json::Value;
use smithwright_runtime::endpoint::{PARTITIONS, Partition};
use smithwright_tests::service::root;
use std::fs;

/// What is wrong, and where to mend it.
const HELP: &str = "correct runtime/src/endpoint/partition/table.rs";

fn vendored() -> Vec<Value> {
    let text = fs::read_to_string(root().join("models/partitions.json")).unwrap();
    let json: Value = serde_json::from_str(&text).unwrap();
    json["partitions"].as_array().unwrap().clone()
}

#[test]
fn the_partitions_are_those_that_are_vendored() {
    let names: Vec<&str> = PARTITIONS.iter().map(|partition| partition.name).collect();
    let vendored = vendored();
    let expected: Vec<&str> = vendored.iter().map(|partition| partition["id"].as_str().unwrap()).collect();
    assert_eq!(names, expected, "{HELP}");
}

#[test]
fn each_partition_says_what_its_model_says() {
    for (partition, vendored) in PARTITIONS.iter().zip(vendored()) {
        let outputs = &vendored["outputs"];
        let Partition { name, dns_suffix, dual_stack_dns_suffix, implicit_global_region, .. } = partition;
        let texts = [
            (name, "name"),
            (dns_suffix, "dnsSuffix"),
            (dual_stack_dns_suffix, "dualStackDnsSuffix"),
            (implicit_global_region, "implicitGlobalRegion"),
        ];
        for (text, key) in texts {
            assert_eq!(outputs[key], **text, "{key} of {name}: {HELP}");
        }
        assert_eq!(outputs["supportsFIPS"], partition.supports_fips, "{name}: {HELP}");
        assert_eq!(outputs["supportsDualStack"], partition.supports_dual_stack, "{name}: {HELP}");
        let regions: Vec<&String> = vendored["regions"].as_object().unwrap().keys().collect();
        assert_eq!(partition.regions, regions, "{name}: {HELP}");
    }
}

/// The runtime has prefixes instead of regular expressions, so that no client links an engine for them.
#[test]
fn each_partition_knows_its_regions_by_prefixes_that_mean_its_regular_expression() {
    for (partition, vendored) in PARTITIONS.iter().zip(vendored()) {
        let plain = vendored["regionRegex"].as_str().unwrap().replace("\\-", "-").replace("(de)", "de");
        let prefixes = match partition.prefixes {
            [prefix] => (*prefix).to_owned(),
            prefixes => format!("({})", prefixes.join("|")),
        };
        assert_eq!(plain, format!("^{prefixes}-\\w+-\\d+$"), "{}: {HELP}", partition.name);
    }
}
