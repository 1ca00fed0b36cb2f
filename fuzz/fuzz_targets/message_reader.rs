//! The readers of paths, queries, headers and bodies: what a server reads without problems is written and read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use smithwright_fuzz::operations::{PutDates, PutEverything, PutParameters, PutSeconds, PutStructure, PutText};
use smithwright_fuzz::sent::Sent;

fuzz_target!(|input: &[u8]| {
    let Some(sent) = Sent::parse(input) else { return };
    sent.check_exact_request::<PutEverything>();
    sent.check_exact_request::<PutSeconds>();
    sent.check_request::<PutDates>();
    sent.check_exact_request::<PutParameters>();
    sent.check_exact_request::<PutText>();
    sent.check_exact_request::<PutStructure>();
    sent.check_response::<PutEverything>();
    sent.check_response::<PutDates>();
    sent.check_response::<PutParameters>();
    sent.check_response::<PutText>();
    sent.check_response::<PutStructure>();
});
