//! Formats: what values look like in a body.

pub mod cbor;
pub mod json;
#[cfg(test)]
mod shapes;

use crate::codec::{Decoded, Decoder, Encoder, Mode, Problems, Reading};

/// What a protocol writes values in.
pub trait Format: 'static {
    /// What writes it.
    type Encoder: Encoder;

    /// What reads it.
    type Decoder<'a>: FormatDecoder;

    /// A structure without members: what an empty body is taken for.
    const EMPTY: &'static [u8];

    /// Whether a body is a structure without members.
    fn is_empty(body: &[u8]) -> bool;

    /// What is written to an encoder.
    fn encode(write: impl FnOnce(&mut Self::Encoder)) -> Vec<u8>;

    /// A decoder of a whole body.
    fn decoder(body: &[u8], mode: Mode, reading: Reading) -> Self::Decoder<'_>;
}

/// The decoder of a whole body.
pub trait FormatDecoder: Decoder {
    /// Ends the body.
    ///
    /// # Errors
    ///
    /// More of it.
    fn end(&self) -> Decoded;

    /// What a strict decoder recorded, also when it did not come to the end.
    fn into_problems(self) -> Problems;
}
