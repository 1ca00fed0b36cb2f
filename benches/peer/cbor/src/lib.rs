//! One response in CBOR, by this repository's codec and by others'.

mod packed;

use connect_api::ListContactReferencesResponse;
use peer_shared::{mirror, references, sample};
use smithwright_runtime::format::cbor::{CborDecoder, CborEncoder};
use smithwright_runtime::format::json::JsonDecoder;
use std::error::Error;
use std::hint::black_box;

/// Who reads and writes.
#[derive(Clone, Copy, Debug)]
pub enum Side {
    /// The runtime's codec, with generated shapes.
    Ours,
    /// ciborium, with serde's derives.
    Ciborium,
    /// minicbor by serde, with its derives.
    MinicborSerde,
    /// minicbor's own derives, which know no members by names: numbers are their keys.
    Minicbor,
}

impl Side {
    /// All, in the order in which they are told.
    pub const ALL: [Self; 4] = [Self::Ours, Self::Ciborium, Self::MinicborSerde, Self::Minicbor];

    /// What the bench calls it.
    pub fn sample(self) -> sample::Side {
        match self {
            Self::Ours => sample::Side::Ours,
            Self::Ciborium => sample::Side::Ciborium,
            Self::MinicborSerde => sample::Side::MinicborSerde,
            Self::Minicbor => sample::Side::Minicbor,
        }
    }
}

/// The response as everybody has it.
pub struct Response {
    ours: ListContactReferencesResponse,
    mirror: mirror::ListContactReferencesResponse,
    packed: packed::Response,
    /// By names, as three of them read it.
    body: Vec<u8>,
    /// By numbers.
    packed_body: Vec<u8>,
}

impl Response {
    /// One with so many references.
    ///
    /// # Errors
    ///
    /// Two who do not read or write the same.
    pub fn new(count: usize) -> Result<Self, Box<dyn Error>> {
        let ours = JsonDecoder::decode(&references::response_json(count))?;
        let (mirror, packed) = (references::response(count), packed::response(count));
        let (body, packed_body) = (CborEncoder::encode(&ours), minicbor::to_vec(&packed)?);
        let mut theirs = Vec::new();
        ciborium::into_writer(&mirror, &mut theirs)?;
        assert_eq!(CborDecoder::decode::<ListContactReferencesResponse>(&theirs)?, ours, "ours reads what ciborium writes");
        ciborium::from_reader::<mirror::ListContactReferencesResponse, _>(&*body)?;
        minicbor_serde::from_slice::<mirror::ListContactReferencesResponse>(&body)?;
        Ok(Self { ours, mirror, packed, body, packed_body })
    }

    /// How long it is in CBOR.
    pub fn length(&self, side: Side) -> usize {
        match side {
            Side::Minicbor => self.packed_body.len(),
            Side::Ours | Side::Ciborium | Side::MinicborSerde => self.body.len(),
        }
    }

    /// Reads it.
    pub fn decode(&self, side: Side) {
        let body = black_box(&*self.body);
        match side {
            Side::Ours => drop(black_box(CborDecoder::decode::<ListContactReferencesResponse>(body))),
            Side::Ciborium => drop(black_box(ciborium::from_reader::<mirror::ListContactReferencesResponse, _>(body))),
            Side::MinicborSerde => drop(black_box(minicbor_serde::from_slice::<mirror::ListContactReferencesResponse>(body))),
            Side::Minicbor => drop(black_box(minicbor::decode::<packed::Response>(black_box(&self.packed_body)))),
        }
    }

    /// Writes it.
    pub fn encode(&self, side: Side) {
        match side {
            Side::Ours => drop(black_box(CborEncoder::encode(black_box(&self.ours)))),
            Side::Ciborium => {
                let mut body = Vec::new();
                let _ = black_box(ciborium::into_writer(black_box(&self.mirror), &mut body));
                drop(black_box(body));
            }
            Side::MinicborSerde => drop(black_box(minicbor_serde::to_vec(black_box(&self.mirror)))),
            Side::Minicbor => drop(black_box(minicbor::to_vec(black_box(&self.packed)))),
        }
    }
}
