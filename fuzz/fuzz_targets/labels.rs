//! Labels and queries: what a server reads is what was sent, no byte replaced, and no label leads to another path.

#![no_main]

use libfuzzer_sys::fuzz_target;
use smithwright_fuzz::operations::{PutEverything, PutParameters};
use smithwright_fuzz::sent::Sent;

/// What a reader puts in place of bytes that are not UTF-8, and the same as a sender may have meant it.
const REPLACEMENT: char = '\u{fffd}';
const REPLACEMENT_SENT: &str = "%EF%BF%BD";

fuzz_target!(|target: &str| {
    let message = format!("200 {target}\n\n");
    let Some(sent) = Sent::parse(message.as_bytes()) else { return };
    let was_sent = target.contains(REPLACEMENT) || target.to_ascii_uppercase().contains(REPLACEMENT_SENT);
    if let Some(request) = sent.read::<PutEverything>() {
        assert!(was_sent || !format!("{request:?}").contains(REPLACEMENT), "{request:?}: bytes were replaced");
        for label in request.text_labels() {
            assert!(!["", ".", ".."].contains(&label), "{request:?}: a label leads to another path");
        }
    }
    if let Some(request) = sent.read::<PutParameters>() {
        assert!(was_sent || !format!("{request:?}").contains(REPLACEMENT), "{request:?}: bytes were replaced");
    }
    sent.check_exact_request::<PutEverything>();
    sent.check_exact_request::<PutParameters>();
});
