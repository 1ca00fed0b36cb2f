//! Numbers of any size: bignums and decimal fractions, <https://www.rfc-editor.org/rfc/rfc8949#section-3.4.3>.

/// The longest bignum that is read, in bytes: 2,467 digits. What digits are made of takes quadratic time, so that a body of longer ones
/// would take minutes.
pub(super) const MAX_BIGNUM: usize = 1024;

/// As many decimal digits as fit in a limb.
const LIMB_DIGITS: usize = 19;

/// One more than the largest number of so many digits.
const LIMB: u64 = 10_u64.pow(LIMB_DIGITS as u32);

/// A number as it is written in decimal digits, in parts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    /// Whether it is below zero.
    pub(super) is_negative: bool,
    /// All digits, of which any may be zero.
    pub(super) digits: String,
    /// By how many powers of ten they are multiplied.
    pub(super) exponent: i64,
    /// Whether it is written without a point and an exponent.
    pub(super) is_whole: bool,
}

impl Decimal {
    /// The number of a text: digits, perhaps with a sign, a point and an exponent. Other texts and exponents of more than 64 bits are none.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (is_negative, unsigned) = match text.strip_prefix('-') {
            Some(unsigned) => (true, unsigned),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        let exponent = exponent.parse::<i64>().ok()?.checked_sub_unsigned(fraction.len() as u64)?;
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then_some(Self {
            is_negative,
            exponent,
            digits,
            is_whole: mantissa.len() == unsigned.len() && whole.len() == mantissa.len(),
        })
    }

    /// Whether another decimal is the same number, however it is written; zeros are the same.
    pub(super) fn is(&self, other: &Self) -> bool {
        let (one, two) = (self.significant(), other.significant());
        one == two && (self.is_negative == other.is_negative || one.0.is_empty())
    }

    /// The digits without zeros around them, and the exponent that goes with them.
    fn significant(&self) -> (&str, i128) {
        let digits = self.digits.trim_end_matches('0');
        let zeros = self.digits.len() - digits.len();
        match digits.trim_start_matches('0') {
            "" => ("", 0),
            significant => (significant, i128::from(self.exponent) + zeros as i128),
        }
    }

    /// The text of it.
    pub(super) fn write(&self) -> String {
        /// How many zeros are written before an exponent is.
        const ZEROS: usize = 20;
        let sign = if self.is_negative { "-" } else { "" };
        let digits = &self.digits;
        let places = usize::try_from(self.exponent.unsigned_abs()).unwrap_or(usize::MAX);
        match self.exponent {
            0 => format!("{sign}{digits}"),
            ..0 if places <= digits.len() + ZEROS => {
                let padded = format!("{digits:0>width$}", width = places + 1);
                let (whole, fraction) = padded.split_at(padded.len() - places);
                format!("{sign}{whole}.{fraction}")
            }
            exponent => format!("{sign}{digits}e{exponent}"),
        }
    }
}

/// The digits of the number that these bytes are.
pub(super) fn digits_of(bytes: &[u8]) -> String {
    let mut limbs: Vec<u32> =
        bytes.rchunks(4).map(|chunk| chunk.iter().fold(0, |limb, byte| limb << 8 | u32::from(*byte))).collect();
    let mut groups = Vec::new();
    loop {
        while limbs.last() == Some(&0) {
            limbs.pop();
        }
        if limbs.is_empty() {
            break;
        }
        groups.push(divide(&mut limbs, GROUP));
    }
    let mut groups = groups.into_iter().rev();
    let mut digits = groups.next().unwrap_or_default().to_string();
    groups.for_each(|group| digits.push_str(&format!("{group:0GROUP_DIGITS$}")));
    digits
}

/// The bytes of the number that has these digits.
pub(super) fn bytes_of(digits: &str) -> Vec<u8> {
    let mut limbs: Vec<u64> = Vec::new();
    let first = digits.len() % LIMB_DIGITS;
    let (head, tail) = digits.split_at_checked(first).unwrap_or_default();
    let groups =
        [head].into_iter().chain(tail.as_bytes().chunks(LIMB_DIGITS).map(|group| str::from_utf8(group).unwrap_or_default()));
    for group in groups.filter(|group| !group.is_empty()) {
        multiply_and_add(&mut limbs, LIMB, group.parse().unwrap_or_default());
    }
    let bytes = limbs.iter().rev().flat_map(|limb| limb.to_be_bytes());
    bytes.skip_while(|byte| *byte == 0).collect()
}

/// As many decimal digits as are taken off a number at once, so that what is left over and a limb fit in 64 bits together.
const GROUP_DIGITS: usize = 9;

/// One more than the largest number of so many digits.
const GROUP: u32 = 10_u32.pow(GROUP_DIGITS as u32);

/// Divides a number, the least limb first, and gives what is left over.
fn divide(limbs: &mut [u32], by: u32) -> u32 {
    limbs.iter_mut().rev().fold(0, |left, limb| {
        let part = u64::from(left) << 32 | u64::from(*limb);
        // Both fit: what is left over is less than the divisor.
        *limb = (part / u64::from(by)) as u32;
        (part % u64::from(by)) as u32
    })
}

/// Multiplies a number, the least limb first, and adds another.
fn multiply_and_add(limbs: &mut Vec<u64>, by: u64, more: u64) {
    let carry = limbs.iter_mut().fold(more, |carry, limb| {
        let product = u128::from(*limb) * u128::from(by) + u128::from(carry);
        *limb = product as u64;
        (product >> 64) as u64
    });
    if carry > 0 {
        limbs.push(carry);
    }
}

/// Takes one from a number that is not zero.
pub(super) fn decrement(bytes: &mut [u8]) {
    for byte in bytes.iter_mut().rev() {
        let (less, borrows) = byte.overflowing_sub(1);
        *byte = less;
        if !borrows {
            return;
        }
    }
}

/// Adds one to a number.
pub(super) fn increment(bytes: &mut Vec<u8>) {
    for byte in bytes.iter_mut().rev() {
        let (more, carries) = byte.overflowing_add(1);
        *byte = more;
        if !carries {
            return;
        }
    }
    bytes.insert(0, 1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_bytes_are_the_same_number() {
        for (digits, bytes) in [
            ("0", vec![]),
            ("1", vec![1]),
            ("256", vec![1, 0]),
            ("4294967296", vec![1, 0, 0, 0, 0]),
            ("18446744073709551616", vec![1, 0, 0, 0, 0, 0, 0, 0, 0]),
            ("10000000000000000000000000000", vec![0x20, 0x4f, 0xce, 0x5e, 0x3e, 0x25, 0x02, 0x61, 0x10, 0, 0, 0]),
        ] {
            assert_eq!(digits_of(&bytes), digits);
            assert_eq!(bytes_of(digits), bytes, "{digits}");
            assert_eq!(bytes_of(&format!("000{digits}")), bytes, "{digits}");
        }
        assert_eq!(digits_of(&[0, 0, 7]), "7");
    }

    #[test]
    fn the_longest_bignum_comes_back() {
        let bytes = vec![0xff; MAX_BIGNUM];
        let digits = digits_of(&bytes);
        assert_eq!(digits.len(), 2467);
        assert_eq!(bytes_of(&digits), bytes);
    }

    #[test]
    fn one_more_and_one_less_carry() {
        let mut bytes = vec![0xff, 0xff];
        increment(&mut bytes);
        assert_eq!(bytes, [1, 0, 0]);
        decrement(&mut bytes);
        assert_eq!(bytes, [0, 0xff, 0xff]);
        let mut none = vec![];
        increment(&mut none);
        assert_eq!(none, [1]);
    }

    #[test]
    fn a_decimal_is_written_as_it_was() {
        for text in ["0", "-12", "1.50", "-0.001", "273.15", "1e9", "15e-300", "0.00"] {
            assert_eq!(Decimal::parse(text).unwrap().write(), text);
        }
        for (text, written) in [("+5", "5"), (".5", "0.5"), ("5.", "5"), ("1.5E3", "15e2"), ("-1.5e-3", "-0.0015")] {
            assert_eq!(Decimal::parse(text).unwrap().write(), written);
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", "-", ".", "1e", "e1", "NaN", "1 ", "--1", "1e9223372036854775808", "1.5e-9223372036854775808"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        for (one, two) in [("1.50", "15e-1"), ("0.0", "-0"), ("1200", "1.2e3"), ("00", "0e99")] {
            assert!(Decimal::parse(one).unwrap().is(&Decimal::parse(two).unwrap()), "{one} {two}");
        }
        for (one, two) in [("1.5", "-1.5"), ("1", "10"), ("1", "0")] {
            assert!(!Decimal::parse(one).unwrap().is(&Decimal::parse(two).unwrap()), "{one} {two}");
        }
    }

    #[test]
    fn an_exponent_is_never_written_out() {
        assert_eq!(Decimal::parse("1e-1000000000").unwrap().write(), "1e-1000000000");
        assert_eq!(Decimal::parse("1e1000000000").unwrap().write(), "1e1000000000");
    }
}
