//! The codec alone, beside serde_json with derives on the same structs.

use connect_api::ListContactReferencesResponse;
use peer_shared::clock::{alternate, budget};
use peer_shared::mirror;
use peer_shared::references::{COUNTS, response_json};
use peer_shared::sample::{Sample, Side, Unit};
use smithwright_runtime::format::json::{JsonDecoder, JsonEncoder};
use std::error::Error;
use std::hint::black_box;

/// The two sides, in the order of all that follows.
const SIDES: [Side; 2] = [Side::Ours, Side::Serde];

fn main() -> Result<(), Box<dyn Error>> {
    for count in COUNTS {
        let text = response_json(count);
        let ours: ListContactReferencesResponse = JsonDecoder::decode(&text)?;
        let serde: mirror::ListContactReferencesResponse = serde_json::from_slice(&text)?;
        assert_eq!(JsonEncoder::encode(&ours), serde_json::to_vec(&serde)?, "both write the same bytes");
        measure(
            &format!("decode {count} references"),
            text.len(),
            &mut || drop(black_box(JsonDecoder::decode::<ListContactReferencesResponse>(black_box(&text)))),
            &mut || drop(black_box(serde_json::from_slice::<mirror::ListContactReferencesResponse>(black_box(&text)))),
        )?;
        measure(
            &format!("encode {count} references"),
            text.len(),
            &mut || drop(black_box(JsonEncoder::encode(black_box(&ours)))),
            &mut || drop(black_box(serde_json::to_vec(black_box(&serde)))),
        )?;
    }
    Ok(())
}

fn measure(what: &str, size: usize, ours: &mut dyn FnMut(), serde: &mut dyn FnMut()) -> serde_json::Result<()> {
    let times = alternate(budget(), [ours, serde]);
    for (side, time) in SIDES.into_iter().zip(times) {
        Sample { what, side, unit: Unit::Microseconds, value: time / 1e3 }.tell()?;
        let throughput = size as f64 / time * 1e3;
        Sample { what: &format!("{what}: throughput"), side, unit: Unit::MegabytesPerSecond, value: throughput }.tell()?;
    }
    Ok(())
}
