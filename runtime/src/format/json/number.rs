//! Whole numbers, however they are written.

/// The most digits that a 64-bit integer has.
const MAX_DIGITS: usize = 19;

/// The integer that a JSON number stands for: JSON does not tell `1000` from `1e3` and `1000.0`, and some writers make the
/// latter of whole numbers. Exact: a number that is not whole, or does not fit, is none.
pub(super) fn whole_number(number: &str) -> Option<i64> {
    number.parse().ok().or_else(|| shift(number))
}

/// A number with a fraction or an exponent, by shifting its point.
fn shift(number: &str) -> Option<i64> {
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |digits| ("-", digits));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_end_matches('0');
    let zeros = digits.len() - significant.len();
    let significant = significant.trim_start_matches('0');
    if significant.is_empty() {
        return Some(0);
    }
    let shifted = read_exponent(exponent).saturating_sub_unsigned(fraction.len() as u64).saturating_add_unsigned(zeros as u64);
    let zeros = usize::try_from(shifted).ok().filter(|zeros| significant.len().saturating_add(*zeros) <= MAX_DIGITS)?;
    format!("{sign}{significant}{:0<zeros$}", "").parse().ok()
}

/// An exponent; one that does not fit is as large as can be.
fn read_exponent(exponent: &str) -> i64 {
    exponent.parse().unwrap_or(if exponent.starts_with('-') { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_is_one_however_it_is_written() {
        for (number, expected) in [
            ("0", 0),
            ("-0", 0),
            ("-0.0", 0),
            ("0e999999999999999999999", 0),
            ("1.0", 1),
            ("1e3", 1000),
            ("-1.50E+1", -15),
            ("1200e-2", 12),
            ("0.001e3", 1),
            ("9007199254740993.0", 9_007_199_254_740_993),
            ("9223372036854775807", i64::MAX),
            ("-9.223372036854775808e18", i64::MIN),
        ] {
            assert_eq!(whole_number(number), Some(expected), "{number}");
        }
    }

    #[test]
    fn what_is_not_whole_or_does_not_fit_is_none() {
        for number in [
            "1.001",
            "0.5",
            "1e-1",
            "1e-999999999999999999999",
            "9223372036854775808",
            "-9223372036854775809",
            "1e19",
            "1e999999999",
            "1e999999999999999999999",
        ] {
            assert_eq!(whole_number(number), None, "{number}");
        }
    }

    #[test]
    fn a_number_of_many_digits_takes_no_more_time_than_they() {
        let digits = "1".repeat(1_000_000);
        assert_eq!(whole_number(&digits), None);
        assert_eq!(whole_number(&format!("{digits}e-999999")), None);
        assert_eq!(whole_number(&format!("1{}e-1000000", "0".repeat(1_000_000))), Some(1));
    }
}
