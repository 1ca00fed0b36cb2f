//! Floating-point numbers of 16 bits, which Rust does not have yet.

/// The number of these bits: <https://www.rfc-editor.org/rfc/rfc8949#appendix-D>.
pub(super) fn half_to_single(bits: u16) -> f32 {
    const EXPONENTS: u32 = 0x7c00;
    /// What lies between the exponents of both.
    const BIAS: u32 = 127 - 15;
    let sign = u32::from(bits & 0x8000) << 16;
    let (exponent, fraction) = (u32::from(bits) & EXPONENTS, u32::from(bits & 0x3ff));
    let magnitude = match exponent {
        // Less than the least normal number: so many 2^-24.
        0 => (fraction as f32 / 16_777_216.0).to_bits(),
        EXPONENTS => 0x7f80_0000 | fraction << 13,
        _ => ((exponent << 13) + (BIAS << 23)) | (fraction << 13),
    };
    f32::from_bits(sign | magnitude)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_number_is_read() {
        for (bits, expected) in [
            (0x0000, 0.0),
            (0x0001, 5.960_464_5e-8),
            (0x03ff, 6.097_555e-5),
            (0x0400, 6.103_515_6e-5),
            (0x3c00, 1.0),
            (0x3e00, 1.5),
            (0x7bff, 65504.0),
            (0xc400, -4.0),
            (0x7c00, f32::INFINITY),
            (0xfc00, f32::NEG_INFINITY),
        ] {
            assert_eq!(half_to_single(bits), expected, "{bits:#x}");
        }
        assert!(half_to_single(0x7e00).is_nan());
        assert!(half_to_single(0x8000).is_sign_negative());
    }
}
