//! Timestamps: <https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait>.
//!
//! The value is aws-smithy-types' `DateTime`, which users of AWS's SDK know and which converts to `chrono` and `time`; its
//! parsers take RFC 3339 and HTTP dates. Epoch seconds are written here: `DateTime` writes and reads `-0.5` as `-1.5`.

pub use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;

/// How a timestamp is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    /// `epoch-seconds`: `1706933106.123456`.
    EpochSeconds,
    /// `date-time`: `2024-02-03T04:05:06.123456Z`.
    DateTime,
    /// `http-date`: `Sat, 03 Feb 2024 04:05:06 GMT`; fractions of a second are dropped.
    HttpDate,
}

impl TimestampFormat {
    /// Writes a timestamp; `None` when the format has no year for it.
    pub fn write(self, value: &DateTime) -> Option<String> {
        match self {
            Self::EpochSeconds => Some(write_epoch_seconds(value)),
            Self::DateTime => value.fmt(Format::DateTime).ok(),
            Self::HttpDate => DateTime::from_secs(value.secs()).fmt(Format::HttpDate).ok(),
        }
    }

    /// Reads a timestamp; `None` when the text is not of the format.
    pub fn read(self, text: &str) -> Option<DateTime> {
        match self {
            Self::EpochSeconds => read_epoch_seconds(text),
            Self::DateTime => DateTime::from_str(text, Format::DateTimeWithOffset).ok(),
            Self::HttpDate => DateTime::from_str(text, Format::HttpDate).ok(),
        }
    }
}

const NANOS: i128 = 1_000_000_000;

fn write_epoch_seconds(value: &DateTime) -> String {
    let nanos = value.as_nanos();
    let (whole, fraction) = (nanos.abs() / NANOS, nanos.abs() % NANOS);
    let sign = if nanos < 0 { "-" } else { "" };
    match fraction {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{fraction:09}").trim_end_matches('0').to_owned(),
    }
}

fn read_epoch_seconds(text: &str) -> Option<DateTime> {
    if text.contains(['e', 'E']) {
        let seconds: f64 = text.parse().ok()?;
        return (seconds.is_finite() && seconds.abs() < 1e15).then(|| DateTime::from_secs_f64(seconds));
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    // Nanoseconds are as fine as a `DateTime` gets.
    let fraction: i128 = format!("{fraction:0<9}").get(..9)?.parse().ok()?;
    let nanos = whole.parse::<i128>().ok()?.checked_mul(NANOS)?.checked_add(fraction)?;
    DateTime::from_nanos(sign * nanos).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn epoch_seconds_are_exact_both_ways() {
        for text in ["0", "1706933106", "1706933106.123456", "-0.5", "-1.5", "-1", "0.000000001"] {
            let value = TimestampFormat::EpochSeconds.read(text).unwrap();
            assert_eq!(TimestampFormat::EpochSeconds.write(&value).unwrap(), text);
        }
    }

    #[test]
    fn half_a_second_before_1970_is_minus_one_and_a_half_from_the_floor() {
        let value = TimestampFormat::EpochSeconds.read("-0.5").unwrap();
        assert_eq!((value.secs(), value.subsec_nanos()), (-1, 500_000_000));
    }

    #[test]
    fn epoch_seconds_take_an_exponent() {
        let value = TimestampFormat::EpochSeconds.read("9.46845296123E8").unwrap();
        assert_eq!(value.secs(), 946_845_296);
    }

    #[test]
    fn what_is_no_number_is_no_timestamp() {
        for text in ["", "-", ".", "1.", ".5", "1.2.3", "0x1", "+1", "1e400", "NaN", "99999999999999999999999999"] {
            assert_eq!(TimestampFormat::EpochSeconds.read(text), None, "{text}");
        }
    }

    #[test]
    fn http_dates_drop_the_fraction() {
        let value = DateTime::from_secs_and_nanos(1_706_933_106, 999_000_000);
        assert_eq!(TimestampFormat::HttpDate.write(&value).unwrap(), "Sat, 03 Feb 2024 04:05:06 GMT");
    }
}
