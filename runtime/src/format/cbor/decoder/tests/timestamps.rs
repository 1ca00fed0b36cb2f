//! Timestamps: <https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html#timestamp-type-serialization>.

use super::*;
use crate::codec::{Encode, HttpDate, Rfc3339};

fn at(seconds: &str) -> DateTime {
    TimestampFormat::EpochSeconds.read(seconds).unwrap()
}

#[test]
fn seconds_are_an_integer_or_a_float_of_any_width() {
    for (body, seconds) in [
        ("c1 00", "0"),
        ("c1 1a514b67b0", "1363896240"),
        ("c1 1b00000000514b67b0", "1363896240"),
        ("c1 29", "-10"),
        ("c1 f93e00", "1.5"),
        ("c1 fa3fc00000", "1.5"),
        ("c1 fbbfe0000000000000", "-0.5"),
        ("c1 fb41d452d9ec200000", "1363896240.5"),
        ("c1 d9d9f7 00", "0"),
    ] {
        assert_eq!(lenient::<DateTime>(&hex(body)), Ok(at(seconds)), "{body}");
        assert_eq!(strict::<Vec<DateTime>>(&[hex("81"), hex(body)].concat()).unwrap(), [], "{body}");
    }
}

#[test]
fn what_is_no_number_of_seconds_is_refused() {
    for body in [
        "c1 6130",
        "c1 f97e00",
        "c1 f97c00",
        "c1 1bffffffffffffffff",
        "c1 fb7e37e43c8800759c",
        "c1 f6",
        "c1 80",
        "c0 00",
        "c2 4100",
    ] {
        assert_eq!(strict::<Vec<DateTime>>(&[hex("81"), hex(body)].concat()).map(|it| it.len()).unwrap_or(1), 1, "{body}");
    }
}

#[test]
fn a_client_takes_a_number_without_the_tag_and_a_server_does_not() {
    assert_eq!(lenient::<DateTime>(&hex("1a514b67b0")), Ok(at("1363896240")));
    assert_eq!(strict::<Vec<DateTime>>(&hex("81 1a514b67b0")).unwrap(), [("/0".into(), ProblemKind::Mistyped("a timestamp"))]);
}

#[test]
fn milliseconds_and_microseconds_come_back() {
    for seconds in ["0.001", "1706933106.123", "1706933106.999", "1706933106.123456", "-1.5", "-0.001", "253402300799.999"] {
        assert_eq!(lenient::<DateTime>(&CborEncoder::encode(&at(seconds))), Ok(at(seconds)), "{seconds}");
    }
}

#[test]
fn the_format_of_a_member_counts_nothing() {
    let plain = CborEncoder::encode(&at("1363896240"));
    assert_eq!(plain, hex("c1 1a514b67b0"));
    let written = |value: &dyn Fn(&mut CborEncoder)| {
        let mut encoder = CborEncoder::default();
        value(&mut encoder);
        encoder.into_bytes()
    };
    assert_eq!(written(&|to| Rfc3339(&at("1363896240")).encode(to)), plain);
    assert_eq!(written(&|to| HttpDate(&at("1363896240")).encode(to)), plain);
    assert_eq!(lenient::<Rfc3339<DateTime>>(&plain), Ok(Rfc3339(at("1363896240"))));
}
