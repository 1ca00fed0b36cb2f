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
    /// The same, but that the formats of timestamps count nothing and that numbers of any size are strings.
    RpcV2,
}

impl Flavour {
    /// What a timestamp is, of which the model says this.
    fn timestamps(self, said: Option<TimestampFormat>) -> TimestampFormat {
        said.filter(|_| self != Self::RpcV2).unwrap_or(TIMESTAMPS)
    }
}

/// JSON: <https://www.rfc-editor.org/rfc/rfc8259>.
#[derive(Clone, Copy, Debug)]
pub enum Json {}

/// JSON as RPC protocols have it: all members are in the body, also those with HTTP bindings, and `jsonName` counts nothing.
/// <https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html#shape-serialization>
#[derive(Clone, Copy, Debug)]
pub enum RpcJson {}

/// JSON as RPC v2 has it: as [`RpcJson`], but timestamps are numbers whatever the model says, and numbers of any size are strings,
/// since readers may take numbers for doubles.
#[derive(Clone, Copy, Debug)]
pub enum RpcV2Json {}

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

/// A format that is JSON but for what a body has of a structure.
macro_rules! flavoured {
    ($format:ident, $flavour:ident) => {
        impl Format for $format {
            type Encoder = JsonEncoder;
            type Decoder<'a> = JsonDecoder<'a>;

            const EMPTY: &'static [u8] = Json::EMPTY;

            fn is_empty(body: &[u8]) -> bool {
                Json::is_empty(body)
            }

            fn encode(write: impl FnOnce(&mut JsonEncoder)) -> Vec<u8> {
                let mut encoder = JsonEncoder::$flavour();
                write(&mut encoder);
                encoder.into_bytes()
            }

            fn decoder(body: &[u8], mode: Mode, reading: Reading) -> JsonDecoder<'_> {
                Json::decoder(body, mode, reading).$flavour()
            }
        }
    };
}

flavoured!(RpcJson, rpc);
flavoured!(RpcV2Json, rpc_v2);

#[cfg(test)]
mod tests;
