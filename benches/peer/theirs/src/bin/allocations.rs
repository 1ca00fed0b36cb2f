//! How often a call allocates, and how much.

use peer_shared::references::{COUNTS, response_json};
use peer_shared::sample::{Sample, Side, Unit};
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
        let client = theirs::client(response_json(count));
        tell(&format!("call, response of {count} references"), async || theirs::list(&client).await.map(drop)).await?;
        tell(&format!("call, request with {count} references"), async || theirs::update(&client, count).await).await?;
    }
    Ok(())
}

async fn tell(what: &str, call: impl AsyncFn() -> Result<(), aws_sdk_connect::Error>) -> Result<(), Box<dyn Error>> {
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
    Sample { what: &format!("{what}: allocations"), side: Side::Sdk, unit: Unit::Allocations, value: allocations }.tell()?;
    let bytes = each(change.bytes_allocated);
    Sample { what: &format!("{what}: bytes allocated"), side: Side::Sdk, unit: Unit::Bytes, value: bytes }.tell()?;
    Ok(())
}
