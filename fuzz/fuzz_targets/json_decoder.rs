//! The JSON decoder, with shapes of every kind: what is read strictly comes back, and what is JSON is told as serde_json does.

#![no_main]

use connect_api::{DescribeContactResponse, EvaluationForm, Rule};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use serde::de::IgnoredAny;
use smithwright_fuzz::shapes::{Dates, Everything, Tree};
use smithwright_fuzz::{mutate, round_trip};
use smithwright_runtime::codegen::Document;
use smithwright_runtime::format::json::{Json, JsonDecoder};
use std::collections::BTreeMap;

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate::json(data, size, max_size, seed) });

fuzz_target!(|json: &[u8]| {
    check_syntax(json);
    round_trip::check::<Json, Document>(json);
    round_trip::check::<Json, Everything>(json);
    round_trip::check::<Json, Tree>(json);
    round_trip::check::<Json, BTreeMap<String, Vec<Option<Tree>>>>(json);
    round_trip::check_text::<Json, Dates>(json);
    round_trip::check::<Json, DescribeContactResponse>(json);
    round_trip::check::<Json, EvaluationForm>(json);
    round_trip::check::<Json, Rule>(json);
});

/// What is read is JSON to serde_json, too, and the other way round; skipped values alone it does not look into, and it reads no
/// number that is too large.
fn check_syntax(json: &[u8]) {
    let document = JsonDecoder::decode::<Document>(json);
    match (&document, serde_json::from_slice::<IgnoredAny>(json), serde_json::from_slice::<serde_json::Value>(json)) {
        (Ok(document), Err(error), _) => panic!("{document:?} is no JSON: {error}"),
        (Err(error), _, Ok(value)) => panic!("{value} is JSON: {error}"),
        _ => {}
    }
}
