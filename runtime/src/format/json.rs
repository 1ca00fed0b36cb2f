//! JSON as a [`Decoder`](crate::codec::Decoder) and an [`Encoder`](crate::codec::Encoder).

mod cursor;
mod decoder;
mod encoder;
mod number;
mod scan;

pub use decoder::JsonDecoder;
pub use encoder::JsonEncoder;

use super::Format;
use crate::codec::{Mode, Reading};
use crate::timestamp::TimestampFormat;

/// What a timestamp is that no member asks for another format of.
const TIMESTAMPS: TimestampFormat = TimestampFormat::EpochSeconds;

/// JSON: <https://www.rfc-editor.org/rfc/rfc8259>.
#[derive(Clone, Copy, Debug)]
pub enum Json {}

impl Format for Json {
    type Encoder = JsonEncoder;
    type Decoder<'a> = JsonDecoder<'a>;

    const EMPTY: &'static [u8] = b"{}";

    fn is_empty(body: &[u8]) -> bool {
        body.iter().filter(|byte| !byte.is_ascii_whitespace()).eq(Self::EMPTY)
    }

    fn encode(write: impl FnOnce(&mut JsonEncoder)) -> Vec<u8> {
        let mut encoder = JsonEncoder::default();
        write(&mut encoder);
        encoder.into_bytes()
    }

    fn decoder(body: &[u8], mode: Mode, reading: Reading) -> JsonDecoder<'_> {
        JsonDecoder::with_limits(body, mode, reading.limits).validating(reading.validate)
    }
}
