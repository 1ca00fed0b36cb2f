//! How a program of the bench tells what it measured: a line of JSON each, on standard output.

use serde::Serialize;

/// Who was measured.
#[derive(Clone, Copy, Debug, Serialize)]
pub enum Side {
    /// The generated crates of this repository.
    #[serde(rename = "smithwright")]
    Ours,
    /// AWS's own crate.
    #[serde(rename = "aws-sdk-connect")]
    Sdk,
    /// serde_json, with derives on the same structs.
    #[serde(rename = "serde_json")]
    Serde,
    /// A server written by hand on axum and serde.
    #[serde(rename = "axum + serde")]
    Axum,
    /// minicbor, with its own derives on structs of the same members.
    #[serde(rename = "minicbor")]
    Minicbor,
    /// minicbor by serde, with derives on the same structs.
    #[serde(rename = "minicbor-serde")]
    MinicborSerde,
    /// ciborium, with serde's derives on the same structs.
    #[serde(rename = "ciborium")]
    Ciborium,
}

/// What a value counts.
#[derive(Clone, Copy, Debug, Serialize)]
pub enum Unit {
    /// Nanoseconds.
    #[serde(rename = "ns")]
    Nanoseconds,
    /// Microseconds.
    #[serde(rename = "µs")]
    Microseconds,
    /// Millions of bytes a second.
    #[serde(rename = "MB/s")]
    MegabytesPerSecond,
    /// Requests a second.
    #[serde(rename = "requests/s")]
    RequestsPerSecond,
    /// Allocations, reallocations among them.
    #[serde(rename = "allocations")]
    Allocations,
    /// Bytes.
    #[serde(rename = "bytes")]
    Bytes,
}

/// One value that was measured.
#[derive(Clone, Debug, Serialize)]
pub struct Sample<'a> {
    /// What was measured: the same words for every side.
    pub what: &'a str,
    /// Who.
    pub side: Side,
    /// What the value counts.
    pub unit: Unit,
    /// The value.
    pub value: f64,
}

impl Sample<'_> {
    /// Tells the value.
    ///
    /// # Errors
    ///
    /// A value that is no number.
    pub fn tell(&self) -> serde_json::Result<()> {
        println!("{}", serde_json::to_string(self)?);
        Ok(())
    }
}
