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
    /// `date-time`: `2024-02-03T04:05:06.123456Z`; what is finer than microseconds is dropped.
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

    /// Reads a timestamp, also one with an offset; `None` when the text is not of the format.
    pub fn read(self, text: &str) -> Option<DateTime> {
        match self {
            Self::EpochSeconds => read_epoch_seconds(text),
            Self::DateTime => DateTime::from_str(text, Format::DateTimeWithOffset).ok(),
            Self::HttpDate => DateTime::from_str(text, Format::HttpDate).ok(),
        }
    }
}

impl TimestampFormat {
    /// Reads a timestamp as a server does: in UTC only, and letter by letter as the format has it, where [`read`](Self::read)
    /// takes what it can make sense of.
    pub fn read_strictly(self, text: &str) -> Option<DateTime> {
        match self {
            Self::EpochSeconds => self.read(text),
            Self::DateTime if text.as_bytes().get(10) != Some(&b'T') => None,
            Self::DateTime => DateTime::from_str(text, Format::DateTime).ok().filter(has_year),
            Self::HttpDate => self.read(text).filter(has_year).filter(|_| is_http_date(text)),
        }
    }
}

/// Whether a timestamp is not before the year 1, which nothing is written of.
fn has_year(value: &DateTime) -> bool {
    const FIRST_SECOND: i64 = -62_135_596_800;
    value.secs() >= FIRST_SECOND
}

/// Whether a text looks like `Sat, 03 Feb 2024 04:05:06 GMT`, or with milliseconds; the numbers are not looked at.
fn is_http_date(text: &str) -> bool {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let Some((day, rest)) = text.split_at_checked(3) else { return false };
    let Some(time) = rest.strip_suffix(" GMT") else { return false };
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let looks_like = |text: &str, pattern: &str| {
        text.len() == pattern.len()
            && text.bytes().zip(pattern.bytes()).all(|(byte, expected)| match expected {
                b'0' => byte.is_ascii_digit(),
                b'a' => byte.is_ascii_alphabetic(),
                expected => byte == expected,
            })
    };
    let is_fraction = (1..=3).contains(&fraction.len()) && fraction.bytes().all(|byte| byte.is_ascii_digit());
    DAYS.contains(&day) && looks_like(time, ", 00 aaa 0000 00:00:00") && is_fraction
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

/// Exact, also with an exponent, down to nanoseconds: as fine as a `DateTime` gets.
fn read_epoch_seconds(text: &str) -> Option<DateTime> {
    /// The most digits that nanoseconds can have.
    const MAX_DIGITS: usize = 30;
    let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (sign, number) = number.strip_prefix('-').map_or((1, number), |number| (-1, number));
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_start_matches('0');
    let zeros = digits.len() - significant.len();
    if significant.is_empty() {
        return Some(DateTime::from_secs(0));
    }
    // How many of the digits are nanoseconds and what is larger.
    let count =
        exponent.parse::<i64>().ok()?.saturating_add_unsigned(whole.len() as u64 + 9).saturating_sub_unsigned(zeros as u64);
    let count = usize::try_from(count).unwrap_or_default();
    let nanos = match count {
        0 => 0,
        1..=MAX_DIGITS => format!("{significant:0<count$}").get(..count)?.parse::<i128>().ok()?,
        _ => return None,
    };
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
        for (text, plain) in [
            ("9.46845296123E8", "946845296.123"),
            ("-1e-9", "-0.000000001"),
            ("1e-10", "0"),
            ("0e999999", "0"),
            ("0.0001E+4", "1"),
            ("17069331061e-1", "1706933106.1"),
            ("1e-9223372036854775808", "0"),
        ] {
            let value = TimestampFormat::EpochSeconds.read(text).unwrap();
            assert_eq!(TimestampFormat::EpochSeconds.write(&value).unwrap(), plain, "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_no_timestamp() {
        for text in [
            "",
            "-",
            ".",
            "1.",
            ".5",
            "1.2.3",
            "0x1",
            "+1",
            "+1e3",
            ".5e1",
            "1.e1",
            "1e",
            "1e400",
            "1e999999999999",
            "NaN",
            "99999999999999999999999999",
        ] {
            assert_eq!(TimestampFormat::EpochSeconds.read(text), None, "{text}");
        }
    }

    #[test]
    fn a_server_takes_no_offset_and_no_small_letter() {
        for text in ["2024-02-03T04:05:06+01:00", "2024-02-03t04:05:06Z", "2024-02-03 04:05:06Z"] {
            assert_eq!(TimestampFormat::DateTime.read_strictly(text), None, "{text}");
        }
        assert_eq!(TimestampFormat::DateTime.read("2024-02-03T05:05:06+01:00").unwrap().secs(), 1_706_933_106);
        assert_eq!(TimestampFormat::DateTime.read_strictly("2024-02-03T04:05:06Z").unwrap().secs(), 1_706_933_106);
    }

    #[test]
    fn a_server_takes_an_http_date_letter_by_letter() {
        for text in [
            " Sat, 03 Feb 2024 04:05:06 GMT",
            "Sat, +3 Feb 2024 04:05:06 GMT",
            "Xxx, 03 Feb 2024 04:05:06 GMT",
            "Sat; 03 Feb 2024 04:05:06 GMT",
            "Sat, 03 Feb 2024 04:05:06. GMT",
            "Sat, 03 Feb 2024 04:05:06 UTC",
            "é",
        ] {
            assert_eq!(TimestampFormat::HttpDate.read_strictly(text), None, "{text}");
        }
        for text in ["Sat, 03 Feb 2024 04:05:06 GMT", "Sat, 03 Feb 2024 04:05:06.789 GMT"] {
            assert_eq!(TimestampFormat::HttpDate.read_strictly(text).unwrap().secs(), 1_706_933_106, "{text}");
        }
    }

    #[test]
    fn a_server_takes_no_year_that_it_could_not_write() {
        for (format, text) in
            [(TimestampFormat::DateTime, "0000-12-31T23:59:59Z"), (TimestampFormat::HttpDate, "Sun, 31 Dec 0000 23:59:59 GMT")]
        {
            assert_eq!(format.read_strictly(text), None, "{text}");
            let first = text
                .replace("0000-12-31T23:59:59", "0001-01-01T00:00:00")
                .replace("31 Dec 0000 23:59:59", "01 Jan 0001 00:00:00");
            assert!(format.write(&format.read_strictly(&first).unwrap()).is_some(), "{first}");
        }
    }

    #[test]
    fn http_dates_drop_the_fraction() {
        let value = DateTime::from_secs_and_nanos(1_706_933_106, 999_000_000);
        assert_eq!(TimestampFormat::HttpDate.write(&value).unwrap(), "Sat, 03 Feb 2024 04:05:06 GMT");
    }
}
