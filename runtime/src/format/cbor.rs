//! CBOR as a [`Decoder`](crate::codec::Decoder) and an [`Encoder`](crate::codec::Encoder), as Smithy's RPC protocol has it:
//! <https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html#shape-serialization>.
//!
//! | what | is written as | and read from |
//! |---|---|---|
//! | integers | the smallest head | any head |
//! | floats, doubles | 32 bits where these are exact, else 64 | 16, 32 or 64 bits, or an integer |
//! | numbers of any size | an integer, a bignum (tags 2 and 3), a decimal fraction (tag 4) | these, or a float |
//! | timestamps, whatever their format | tag 1, an integer or a double | tag 1, an integer or any float |
//! | lists, maps, structures | their length and what is in them | these, or up to a break |
//! | strings, blobs | their length and bytes | these, or in chunks |
//!
//! `undefined` is read as null, and tags that nothing asks for are passed over. Documents are no part of the protocol. One that is read,
//! since a union keeps what it does not know, loses what JSON has not: bytes are base64, and a timestamp is its number.

mod cursor;
mod decoder;
mod encoder;
mod half;
mod head;
mod known;
mod number;

pub use decoder::CborDecoder;
pub use encoder::CborEncoder;

use super::Format;
use crate::codec::{Mode, Reading};

/// CBOR: <https://www.rfc-editor.org/rfc/rfc8949>.
#[derive(Clone, Copy, Debug)]
pub enum Cbor {}

impl Format for Cbor {
    type Encoder = CborEncoder;
    type Decoder<'a> = CborDecoder<'a>;

    const EMPTY: &'static [u8] = &[head::Major::Map.initial(0)];

    fn is_empty(body: &[u8]) -> bool {
        body == Self::EMPTY || body == [head::Major::Map.initial(head::INDEFINITE), head::BREAK]
    }

    fn encode(write: impl FnOnce(&mut CborEncoder)) -> Vec<u8> {
        let mut encoder = CborEncoder::default();
        write(&mut encoder);
        encoder.into_bytes()
    }

    fn decoder(body: &[u8], mode: Mode, reading: Reading) -> CborDecoder<'_> {
        CborDecoder::with_limits(body, mode, reading.limits).validating(reading.validate)
    }
}
