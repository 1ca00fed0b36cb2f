//! The properties of a codec: what was read strictly, without problems, is written and read again as the same value.

use smithwright_runtime::codec::{Decode, Encode, Mode, Reading};
use smithwright_runtime::format::{Format, FormatDecoder};
use std::fmt::Debug;

/// Reads a body as a `T`, as a server and as a client do, and checks both against each other and against what is written.
pub fn check<F: Format, T: Encode + Decode + Debug>(body: &[u8]) {
    let Some((value, lenient)) = read_both::<F, T>(body) else { return };
    assert_same::<F, T>(&lenient, &value, "a client reads another value than a server");
    assert_same::<F, T>(&written_and_read::<F, T>(&value), &value, "another value comes back");
}

/// As [`check`], for what is written less finely than it is read: the body alone comes back.
pub fn check_text<F: Format, T: Encode + Decode + Debug>(body: &[u8]) {
    let Some((value, _)) = read_both::<F, T>(body) else { return };
    let again = written_and_read::<F, T>(&value);
    assert_eq!(write::<F, T>(&again), write::<F, T>(&value), "another body comes back");
}

/// What a server and a client read, if nothing is wrong with the body.
fn read_both<F: Format, T: Decode>(body: &[u8]) -> Option<(T, T)> {
    let lenient = read::<F, T>(body, Mode::Lenient);
    let value = read::<F, T>(body, Mode::Strict)?;
    match lenient {
        Some(lenient) => Some((value, lenient)),
        None => panic!("a server reads what a client does not"),
    }
}

/// The value, if nothing is wrong with the body.
fn read<F: Format, T: Decode>(body: &[u8], mode: Mode) -> Option<T> {
    let mut decoder = F::decoder(body, mode, Reading::default());
    let value = T::decode(&mut decoder).ok()?;
    decoder.end().ok()?;
    decoder.into_problems().is_empty().then_some(value)
}

fn write<F: Format, T: Encode>(value: &T) -> Vec<u8> {
    F::encode(|to| value.encode(to))
}

fn written_and_read<F: Format, T: Encode + Decode>(value: &T) -> T {
    let written = write::<F, T>(value);
    match read::<F, T>(&written, Mode::Strict) {
        Some(again) => again,
        None => panic!("what was written cannot be read: {}", written.escape_ascii()),
    }
}

/// Compares what the values look like, since a number that is none equals nothing, and how they are written, since secrets look
/// alike.
fn assert_same<F: Format, T: Debug + Encode>(left: &T, right: &T, what: &str) {
    assert_eq!(format!("{left:?}"), format!("{right:?}"), "{what}");
    assert_eq!(write::<F, T>(left), write::<F, T>(right), "{what}");
}
