//! What a response of 1,000 references costs in CBOR: `cbor MILLISECONDS`.
//!
//! `cbor decode Ours 20` does that alone, so often, for callgrind, which counts instructions.

use cbor::{Response, Side};
use peer_shared::clock::{alternate, budget};
use peer_shared::sample::{Sample, Unit};
use std::env;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let response = Response::new(1000)?;
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [direction, side, count] = &*arguments else { return race(&response) };
    let side = Side::ALL.into_iter().find(|it| format!("{it:?}") == *side).ok_or("no such side")?;
    for _ in 0..count.parse()? {
        match &**direction {
            "decode" => response.decode(side),
            _ => response.encode(side),
        }
    }
    Ok(())
}

fn race(response: &Response) -> Result<(), Box<dyn Error>> {
    for (direction, run) in [("decode", Response::decode as fn(&Response, Side)), ("encode", Response::encode)] {
        let [ours, ciborium, minicbor_serde, minicbor] = Side::ALL.map(|side| move || run(response, side));
        let (mut ours, mut ciborium, mut minicbor_serde, mut minicbor) = (ours, ciborium, minicbor_serde, minicbor);
        let times = alternate(budget(), [&mut ours, &mut ciborium, &mut minicbor_serde, &mut minicbor]);
        for (side, time) in Side::ALL.into_iter().zip(times) {
            let what = format!("{direction} 1000 references in CBOR: time");
            Sample { what: &what, side: side.sample(), unit: Unit::Microseconds, value: time / 1e3 }.tell()?;
            let what = format!("{direction} 1000 references in CBOR: length");
            Sample { what: &what, side: side.sample(), unit: Unit::Bytes, value: response.length(side) as f64 }.tell()?;
        }
    }
    Ok(())
}
