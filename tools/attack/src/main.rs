//! `cargo xtask attack`: everything hostile that the project has met, as one campaign that can be repeated.
//!
//! ```text
//! text      hostile text wherever a model has text           ─ in processes of its own, from a seed and a number
//! models    models changed at random, some of them compiled  ─ likewise
//! runs      codegen killed, many at once, on full disks      ─ the command itself, in a folder of its own
//! requests  hostile requests                                 ─ the examples, over sockets
//! upstreams hostile answers                                  ─ a program of the generated client, over sockets
//! ```
//!
//! Every case follows from a part, a seed and a number, which a failure prints. Everything stays on loopback and ends by itself.

mod campaign;
mod configuration;
mod generator;
mod models;
mod pool;
mod process;
mod report;
mod requests;
mod rng;
mod runs;
mod shard;
mod text;
mod upstreams;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = campaign::Arguments::parse();
    campaign::run(&arguments).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}
