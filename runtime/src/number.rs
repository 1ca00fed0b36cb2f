//! Numbers of any size that generated code writes down.
//!
//! Their types are made of text alone, and of some texts they are not: to fall back on zero then would be another value than the
//! model's. So the text is checked where it stands, when the crate that it stands in is compiled.

/// A [`BigInteger`](crate::api::BigInteger), in digits.
///
/// ```
/// assert_eq!(smithwright_runtime::big_integer!("-12").as_ref(), "-12");
/// ```
///
/// ```compile_fail
/// smithwright_runtime::big_integer!("1.5");
/// ```
#[macro_export]
macro_rules! big_integer {
    ($digits:literal) => {{
        const _: () = assert!($crate::number::is_integer($digits), "no integer");
        $digits.parse::<$crate::api::BigInteger>().unwrap_or_default()
    }};
}

/// A [`BigDecimal`](crate::api::BigDecimal), in digits.
///
/// ```
/// assert_eq!(smithwright_runtime::big_decimal!("2.50").as_ref(), "2.50");
/// ```
///
/// ```compile_fail
/// smithwright_runtime::big_decimal!("1e99999999999999999999");
/// ```
#[macro_export]
macro_rules! big_decimal {
    ($digits:literal) => {{
        const _: () = assert!($crate::number::is_decimal($digits), "no decimal number");
        $digits.parse::<$crate::api::BigDecimal>().unwrap_or_default()
    }};
}

/// How many digits an exponent may have: whatever they are, its number can be parsed.
const MAX_EXPONENT: usize = 18;

/// Whether a text is a whole number, in digits.
#[doc(hidden)]
#[must_use]
pub const fn is_integer(text: &str) -> bool {
    let bytes = text.as_bytes();
    let start = behind(bytes, 0, b"-");
    let end = behind_digits(bytes, start);
    end > start && end == bytes.len()
}

/// Whether a text is a number as JSON writes it, but for zeros that lead.
#[doc(hidden)]
#[must_use]
pub const fn is_decimal(text: &str) -> bool {
    let bytes = text.as_bytes();
    let whole = behind(bytes, 0, b"-");
    let mut end = behind_digits(bytes, whole);
    let mut is_sound = end > whole;
    let fraction = behind(bytes, end, b".");
    if fraction > end {
        end = behind_digits(bytes, fraction);
        is_sound &= end > fraction;
    }
    let exponent = behind(bytes, end, b"eE");
    if exponent > end {
        let digits = behind(bytes, exponent, b"+-");
        end = behind_digits(bytes, digits);
        is_sound &= end > digits && end - digits <= MAX_EXPONENT;
    }
    is_sound && end == bytes.len()
}

/// The place behind one of these bytes, when one is here.
const fn behind(bytes: &[u8], at: usize, any: &[u8]) -> usize {
    let mut index = 0;
    while index < any.len() {
        if at < bytes.len() && bytes[at] == any[index] {
            return at + 1;
        }
        index += 1;
    }
    at
}

/// The place behind the digits that are here.
const fn behind_digits(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && bytes[at].is_ascii_digit() {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{BigDecimal, BigInteger};

    const INTEGERS: [&str; 4] = ["0", "-1", "007", "123456789012345678901234567890"];
    const DECIMALS: [&str; 5] = ["0.5", "-12.250", "1e9", "1.5E-999999999999999999", "2e+999999999999999999"];
    const NEITHER: [&str; 14] =
        ["", "-", "+1", ".5", "5.", "1.2.3", "--5", "1e", "e1", "1e+", "1e-1e1", "1e9999999999999999999", "NaN", "1 "];

    #[test]
    fn what_is_a_number_can_be_parsed() {
        for text in INTEGERS {
            assert!(is_integer(text) && text.parse::<BigInteger>().is_ok(), "{text}");
        }
        for text in INTEGERS.into_iter().chain(DECIMALS) {
            assert!(is_decimal(text) && text.parse::<BigDecimal>().is_ok(), "{text}");
        }
    }

    #[test]
    fn what_is_none_is_refused() {
        assert_eq!(DECIMALS.into_iter().chain(NEITHER).find(|text| is_integer(text)), None);
        assert_eq!(NEITHER.into_iter().find(|text| is_decimal(text)), None);
    }

    #[test]
    fn the_text_is_kept() {
        assert_eq!(crate::big_integer!("-123456789012345678901234567890").as_ref(), "-123456789012345678901234567890");
        assert_eq!(crate::big_decimal!("0.10000000000000000000001").as_ref(), "0.10000000000000000000001");
    }
}
