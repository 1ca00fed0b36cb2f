//! The properties of a codec: what was read strictly, without problems, is written and read again as the same value.

use smithwright_runtime::codec::Mode;
use smithwright_runtime::codec::{Decode, Encode};
use smithwright_runtime::format::json::{JsonDecoder, JsonEncoder};
use std::fmt::Debug;

/// Reads JSON as a `T`, as a server and as a client do, and checks both against each other and against what is written.
pub fn check<T: Encode + Decode + Debug>(json: &[u8]) {
    let lenient = JsonDecoder::decode::<T>(json);
    let Some(value) = read_strictly::<T>(json) else { return };
    match lenient {
        Ok(lenient) => assert_same(&lenient, &value, "a client reads another value than a server"),
        Err(error) => panic!("a server reads what a client does not: {error}"),
    }
    assert_same(&written_and_read(&value), &value, "another value comes back");
}

/// As [`check`], for what is written less finely than it is read: the text alone comes back.
pub fn check_text<T: Encode + Decode + Debug>(json: &[u8]) {
    let _ = JsonDecoder::decode::<T>(json);
    let Some(value) = read_strictly::<T>(json) else { return };
    let again = written_and_read(&value);
    assert_eq!(JsonEncoder::encode(&again), JsonEncoder::encode(&value), "another text comes back");
}

/// The value, if nothing is wrong with the text.
fn read_strictly<T: Decode>(json: &[u8]) -> Option<T> {
    let mut decoder = JsonDecoder::new(json, Mode::Strict);
    let value = T::decode(&mut decoder).ok()?;
    let problems = decoder.finish().ok()?;
    problems.is_empty().then_some(value)
}

fn written_and_read<T: Encode + Decode>(value: &T) -> T {
    let written = JsonEncoder::encode(value);
    match read_strictly(&written) {
        Some(again) => again,
        None => panic!("what was written cannot be read: {}", String::from_utf8_lossy(&written)),
    }
}

/// Compares what the values look like, since a number that is none equals nothing, and how they are written, since secrets look
/// alike.
fn assert_same<T: Debug + Encode>(left: &T, right: &T, what: &str) {
    assert_eq!(format!("{left:?}"), format!("{right:?}"), "{what}");
    assert_eq!(JsonEncoder::encode(left), JsonEncoder::encode(right), "{what}");
}
