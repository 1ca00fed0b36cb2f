//! The CBOR decoder, with shapes of every kind: what is read strictly comes back, and what is read is CBOR to minicbor, too.

#![no_main]

use libfuzzer_sys::fuzz_target;
use smithwright_fuzz::round_trip;
use smithwright_fuzz::shapes::{Dates, Everything, Tree};
use smithwright_runtime::codegen::Document;
use smithwright_runtime::format::cbor::{Cbor, CborDecoder};
use std::collections::BTreeMap;

fuzz_target!(|body: &[u8]| {
    check_syntax(body);
    // A decimal fraction of a document is written as a double, when it is one.
    round_trip::check_text::<Cbor, Document>(body);
    round_trip::check_text::<Cbor, Everything>(body);
    round_trip::check_text::<Cbor, Tree>(body);
    round_trip::check_text::<Cbor, BTreeMap<String, Vec<Option<Tree>>>>(body);
    // What is finer than a double is dropped.
    round_trip::check_text::<Cbor, Dates>(body);
});

/// What is read is one data item of this length.
fn check_syntax(body: &[u8]) {
    let Ok(document) = CborDecoder::decode::<Document>(body) else { return };
    let mut decoder = minicbor::Decoder::new(body);
    if let Err(error) = decoder.skip() {
        panic!("{document:?} is no CBOR: {error}");
    }
    assert_eq!(decoder.position(), body.len(), "{document:?} is longer or shorter");
}
