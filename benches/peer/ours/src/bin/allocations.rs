//! How often a call allocates, and how much; and the decoder alone, beside serde_json.

use connect_api::ListContactReferencesResponse;
use peer_shared::mirror;
use peer_shared::references::{COUNTS, response_json};
use peer_shared::sample::{Sample, Side, Unit};
use smithwright_runtime::format::json::JsonDecoder;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use std::error::Error;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Calls before the first that counts, and calls that count.
const CALLS: usize = 50;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    for count in COUNTS {
        let client = ours::client(response_json(count));
        tell(&format!("call, response of {count} references"), async || ours::list(&client).await.map(drop)).await?;
        tell(&format!("call, request with {count} references"), async || ours::update(&client, count).await).await?;
        decode(count)?;
    }
    Ok(())
}

fn decode(count: usize) -> serde_json::Result<()> {
    let text = response_json(count);
    let ours = allocations(|| drop(JsonDecoder::decode::<ListContactReferencesResponse>(&text)));
    let serde = allocations(|| drop(serde_json::from_slice::<mirror::ListContactReferencesResponse>(&text)));
    for (side, value) in [(Side::Ours, ours), (Side::Serde, serde)] {
        Sample { what: &format!("decode {count} references: allocations"), side, unit: Unit::Allocations, value }.tell()?;
    }
    Ok(())
}

fn allocations(function: impl FnOnce()) -> f64 {
    let region = Region::new(ALLOCATOR);
    function();
    let change = region.change();
    (change.allocations + change.reallocations) as f64
}

async fn tell(what: &str, call: impl AsyncFn() -> Result<(), connect_api::Error>) -> Result<(), Box<dyn Error>> {
    for _ in 0..CALLS {
        call().await?;
    }
    let region = Region::new(ALLOCATOR);
    for _ in 0..CALLS {
        call().await?;
    }
    let change = region.change();
    let each = |total: usize| total as f64 / CALLS as f64;
    let allocations = each(change.allocations + change.reallocations);
    Sample { what: &format!("{what}: allocations"), side: Side::Ours, unit: Unit::Allocations, value: allocations }.tell()?;
    let bytes = each(change.bytes_allocated);
    Sample { what: &format!("{what}: bytes allocated"), side: Side::Ours, unit: Unit::Bytes, value: bytes }.tell()?;
    Ok(())
}
