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

/// What a body has of a structure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Flavour {
    /// Members that are not bound to other parts of HTTP, by their keys.
    #[default]
    Rest,
    /// All members, by their names in the model.
    Rpc,
}

/// JSON: <https://www.rfc-editor.org/rfc/rfc8259>.
#[derive(Clone, Copy, Debug)]
pub enum Json {}

/// JSON as RPC protocols have it: all members are in the body, also those with HTTP bindings, and `jsonName` counts nothing.
/// <https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html#shape-serialization>
#[derive(Clone, Copy, Debug)]
pub enum RpcJson {}

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

impl Format for RpcJson {
    type Encoder = JsonEncoder;
    type Decoder<'a> = JsonDecoder<'a>;

    const EMPTY: &'static [u8] = Json::EMPTY;

    fn is_empty(body: &[u8]) -> bool {
        Json::is_empty(body)
    }

    fn encode(write: impl FnOnce(&mut JsonEncoder)) -> Vec<u8> {
        let mut encoder = JsonEncoder::rpc();
        write(&mut encoder);
        encoder.into_bytes()
    }

    fn decoder(body: &[u8], mode: Mode, reading: Reading) -> JsonDecoder<'_> {
        Json::decoder(body, mode, reading).rpc()
    }
}

#[cfg(test)]
mod tests;
