//! Numbers of any size, compared by their digits.

use std::cmp::Ordering;
use std::fmt;

/// A number in decimal digits, `-12.5e3`: what a `bigInteger` or `bigDecimal` holds, and the bounds of its range.
///
/// It is compared, never computed: `1e999999999` is a number of a few bytes, and must not become one of a gigabyte. That is why this
/// is no arbitrary-precision crate's number.
#[derive(Clone, Copy, Debug)]
pub struct Decimal<'a>(pub &'a str);

/// A number as the comparison sees it: `0.DIGITS * 10^exponent`, where the first digit is not zero.
struct Parts<'a> {
    negative: bool,
    exponent: i128,
    whole: &'a str,
    fraction: &'a str,
}

impl Parts<'_> {
    /// The significant digits, from the first that is not zero to the last that is not.
    fn digits(&self) -> impl Iterator<Item = u8> + '_ {
        let last = self.fraction.trim_end_matches('0');
        let whole = if last.is_empty() { self.whole.trim_end_matches('0') } else { self.whole };
        whole.bytes().chain(last.bytes()).skip_while(|digit| *digit == b'0')
    }

    fn is_zero(&self) -> bool {
        self.digits().next().is_none()
    }

    /// Compares what is left without the sign.
    fn magnitude(&self, other: &Parts<'_>) -> Ordering {
        match (self.is_zero(), other.is_zero()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => self.exponent.cmp(&other.exponent).then_with(|| self.digits().cmp(other.digits())),
        }
    }
}

impl<'a> Decimal<'a> {
    fn parts(self) -> Option<Parts<'a>> {
        let (negative, text) = match self.0.strip_prefix('-') {
            Some(text) => (true, text),
            None => (false, self.0.strip_prefix('+').unwrap_or(self.0)),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let is_number = !(whole.is_empty() && fraction.is_empty()) && [whole, fraction].iter().all(|it| is_digits(it));
        let whole = whole.trim_start_matches('0');
        let leading = if whole.is_empty() { fraction.len() - fraction.trim_start_matches('0').len() } else { 0 };
        // The position of the first significant digit; a text has less than 2^63 digits, so this cannot overflow.
        let exponent = i128::from(whole_exponent(exponent)?) + whole.len() as i128 - leading as i128;
        is_number.then_some(Parts { negative, exponent, whole, fraction })
    }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// An exponent, or the nearest that 64 bits hold.
fn whole_exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !is_digits(digits) {
        return None;
    }
    Some(text.parse().unwrap_or(if text.starts_with('-') { i64::MIN } else { i64::MAX }))
}

/// Texts that are no numbers have no order.
impl<'b> PartialOrd<Decimal<'b>> for Decimal<'_> {
    fn partial_cmp(&self, other: &Decimal<'b>) -> Option<Ordering> {
        let (left, right) = (self.parts()?, other.parts()?);
        Some(match (left.negative && !left.is_zero(), right.negative && !right.is_zero()) {
            (false, false) => left.magnitude(&right),
            (true, true) => right.magnitude(&left),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        })
    }
}

impl<'b> PartialEq<Decimal<'b>> for Decimal<'_> {
    fn eq(&self, other: &Decimal<'b>) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

/// As it is written.
impl fmt::Display for Decimal<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_any_size_have_an_order() {
        let ascending = [
            "-1e999999999999999999999",
            "-123456789012345678901234567890",
            "-2",
            "-1.5",
            "-0.01",
            "0",
            "1e-999999999999999999999",
            "0.009",
            "0.01",
            "0.1",
            "1",
            "1.5",
            "9",
            "10",
            "10.01",
            "99999999999999999999",
            "1e999999999999999999999",
        ];
        for (index, left) in ascending.iter().enumerate() {
            for (other, right) in ascending.iter().enumerate() {
                assert_eq!(Decimal(left).partial_cmp(&Decimal(right)), Some(index.cmp(&other)), "{left} {right}");
            }
        }
    }

    #[test]
    fn one_number_can_be_written_in_many_ways() {
        for (left, right) in [("1", "1.0"), ("100", "1e2"), ("0.5", "5E-1"), ("-0", "0.000"), ("0e5", "0"), ("1200", "12e+2")] {
            assert_eq!(Decimal(left), Decimal(right));
        }
    }

    #[test]
    fn what_is_no_number_has_no_order() {
        for text in ["", "-", ".", "NaN", "1e", "1e+", "1,5", "0x10"] {
            assert_eq!(Decimal(text).partial_cmp(&Decimal("1")), None, "{text}");
        }
    }
}
