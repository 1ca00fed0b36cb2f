//! Streams of events: whatever the bytes are, there are events or an error; what is read as a message is written the same, and what is
//! read strictly as an event comes back.

#![no_main]

use libfuzzer_sys::fuzz_target;
use smithwright_fuzz::events::{self, Says};
use smithwright_runtime::codec::Mode;
use smithwright_runtime::event_stream::{EventFrames, FrameDecoder, encode_frame};
use smithwright_runtime::format::json::Json;

/// Longer than any input.
const LIMIT: usize = 1 << 20;

fuzz_target!(|input: &[u8]| {
    // As they are, and with right lengths and checksums around: nobody would guess these.
    check(input);
    if let Some((split, rest)) = input.split_first() {
        let (headers, payload) = rest.split_at(rest.len() * usize::from(*split) / 255);
        let frame = events::frame(headers, payload);
        check(&frame);
        check(&events::frame(b"\x10:chunk-signature\x06\0\0", &frame));
    }
});

fn check(bytes: &[u8]) {
    let mut decoder = FrameDecoder::new(LIMIT);
    decoder.push(bytes);
    while let Ok(Some(message)) = decoder.message() {
        // Times are read to the millisecond, and so written.
        let written = encode_frame(&message).expect("a message that is read can be written");
        let mut again = FrameDecoder::new(LIMIT);
        again.push(&written);
        assert_eq!(again.message(), Ok(Some(message)));
    }
    let _ = events::all(bytes.to_vec(), Mode::Lenient);
    let strict: Vec<Says> = events::all(bytes.to_vec(), Mode::Strict);
    let frames = EventFrames::of::<Says, Json>(&strict.clone().into(), "application/json").into_bytes();
    let written = events::collected(frames).expect("events that are read can be written");
    assert_eq!(events::all(written, Mode::Strict), strict);
}
