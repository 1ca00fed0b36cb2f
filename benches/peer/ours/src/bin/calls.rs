//! What a call costs beside the network: orchestration, signing, encoding, decoding.

use peer_shared::clock::{budget, time};
use peer_shared::references::{COUNTS, response_json};
use peer_shared::sample::{Sample, Side, Unit};
use std::error::Error;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    for count in COUNTS {
        let client = ours::client(response_json(count));
        ours::list(&client).await?;
        ours::update(&client, count).await?;
        tell(&format!("call, response of {count} references"), async || drop(ours::list(&client).await)).await?;
        tell(&format!("call, request with {count} references"), async || drop(ours::update(&client, count).await)).await?;
    }
    Ok(())
}

async fn tell(what: &str, call: impl AsyncFnMut()) -> Result<(), Box<dyn Error>> {
    let nanoseconds = time(budget(), call).await;
    Sample { what, side: Side::Ours, unit: Unit::Microseconds, value: nanoseconds / 1e3 }.tell()?;
    Ok(())
}
