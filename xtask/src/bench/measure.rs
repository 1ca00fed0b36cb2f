//! What is measured, of whom, and in what unit.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A part of the bench.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Part {
    /// What the generator takes.
    Generation,
    /// What building the generated crates takes.
    Build,
    /// How large programs are.
    Binary,
    /// What a call takes.
    Client,
    /// What CBOR takes.
    Cbor,
    /// What serving takes.
    Server,
}

impl Part {
    pub(crate) const ALL: [Self; 6] = [Self::Generation, Self::Build, Self::Binary, Self::Client, Self::Cbor, Self::Server];

    /// A heading.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Generation => "Generation",
            Self::Build => "Build",
            Self::Binary => "Binaries",
            Self::Client => "Client and codec",
            Self::Cbor => "CBOR",
            Self::Server => "Server",
        }
    }
}

/// Who is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Side {
    /// The generated crates of this repository.
    #[serde(rename = "smithwright")]
    Ours,
    /// AWS's own crate.
    #[serde(rename = "aws-sdk-connect")]
    Sdk,
    /// serde_json, with derives on the same structs.
    #[serde(rename = "serde_json")]
    Serde,
    /// A server written by hand.
    #[serde(rename = "axum + serde")]
    Axum,
    /// minicbor, with its own derives on structs of the same members: their keys are numbers.
    #[serde(rename = "minicbor")]
    Minicbor,
    /// minicbor by serde, with derives on the same structs.
    #[serde(rename = "minicbor-serde")]
    MinicborSerde,
    /// ciborium, with serde's derives on the same structs.
    #[serde(rename = "ciborium")]
    Ciborium,
}

impl fmt::Display for Side {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Ours => "smithwright",
            Self::Sdk => "aws-sdk-connect",
            Self::Serde => "serde_json",
            Self::Axum => "axum + serde",
            Self::Minicbor => "minicbor",
            Self::MinicborSerde => "minicbor-serde",
            Self::Ciborium => "ciborium",
        })
    }
}

/// What a value counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Unit {
    #[serde(rename = "s")]
    Seconds,
    #[serde(rename = "CPU-s")]
    CpuSeconds,
    #[serde(rename = "ns")]
    Nanoseconds,
    #[serde(rename = "µs")]
    Microseconds,
    /// Millions of bytes.
    #[serde(rename = "MB")]
    Megabytes,
    #[serde(rename = "MB/s")]
    MegabytesPerSecond,
    #[serde(rename = "lines")]
    Lines,
    #[serde(rename = "lines/s")]
    LinesPerSecond,
    #[serde(rename = "files")]
    Files,
    #[serde(rename = "requests/s")]
    RequestsPerSecond,
    #[serde(rename = "allocations")]
    Allocations,
    #[serde(rename = "bytes")]
    Bytes,
    /// Millions of instructions, as callgrind counts them.
    #[serde(rename = "M instructions")]
    Instructions,
}

impl fmt::Display for Unit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Seconds => "s",
            Self::CpuSeconds => "CPU-s",
            Self::Nanoseconds => "ns",
            Self::Microseconds => "µs",
            Self::Megabytes => "MB",
            Self::MegabytesPerSecond => "MB/s",
            Self::Lines => "lines",
            Self::LinesPerSecond => "lines/s",
            Self::Files => "files",
            Self::RequestsPerSecond => "requests/s",
            Self::Allocations => "allocations",
            Self::Bytes => "bytes",
            Self::Instructions => "M instructions",
        })
    }
}

/// One value that was measured; a program of the bench tells one a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Sample {
    /// What was measured: the same words for every side.
    pub(crate) what: String,
    pub(crate) side: Side,
    pub(crate) unit: Unit,
    pub(crate) value: f64,
}

impl Sample {
    pub(crate) fn new(what: impl Into<String>, side: Side, unit: Unit, value: f64) -> Self {
        Self { what: what.into(), side, unit, value }
    }
}
