//! The timestamp formats: what a server takes a client takes, and what was read is written and read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use smithwright_runtime::timestamp::{DateTime, TimestampFormat};

const FORMATS: [TimestampFormat; 3] = [TimestampFormat::EpochSeconds, TimestampFormat::DateTime, TimestampFormat::HttpDate];

fuzz_target!(|text: &str| {
    for format in FORMATS {
        let lenient = format.read(text);
        if let Some(value) = lenient {
            check_written(format, value);
        }
        if let Some(value) = format.read_strictly(text) {
            assert_eq!(lenient, Some(value), "{format:?}: strict, but not lenient");
            assert!(format.write(&value).is_some(), "{format:?}: read, but cannot be written");
        }
    }
});

/// Whoever can read a timestamp that is written reads the same one. Not all that is read has a text: an offset may lead out of
/// the year 9999.
fn check_written(format: TimestampFormat, value: DateTime) {
    let Some(text) = format.write(&value) else { return };
    let value = as_fine_as(format, value);
    assert_eq!(format.read_strictly(&text), Some(value), "{format:?}: {text}");
    assert_eq!(format.read(&text), Some(value), "{format:?}: {text}");
}

/// The part of a timestamp that a format writes.
fn as_fine_as(format: TimestampFormat, value: DateTime) -> DateTime {
    let nanos = match format {
        TimestampFormat::EpochSeconds => value.subsec_nanos(),
        TimestampFormat::DateTime => value.subsec_nanos() / 1_000 * 1_000,
        TimestampFormat::HttpDate => 0,
    };
    DateTime::from_secs_and_nanos(value.secs(), nanos)
}
