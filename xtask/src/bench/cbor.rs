//! CBOR beside minicbor and ciborium, in time and in instructions: these are the same in every run, however busy the machine is.

use super::Bench;
use super::measure::{Part, Sample, Side, Unit};
use super::peer::Package;
use super::process;
use super::programs::executable;
use anyhow::Context;
use std::path::Path;
use std::process::Command;

/// The sides, and what the program calls them.
const SIDES: [(Side, &str); 4] =
    [(Side::Ours, "Ours"), (Side::Minicbor, "Minicbor"), (Side::MinicborSerde, "MinicborSerde"), (Side::Ciborium, "Ciborium")];

/// How often the program does what is counted, once more than to be told apart from the program itself.
const TIMES: u64 = 10;

/// What is counted of decoding.
pub(crate) const DECODE: &str = "decode 1000 references in CBOR";

/// What is counted of encoding.
pub(crate) const ENCODE: &str = "encode 1000 references in CBOR";

/// Decodes and encodes one response with each codec.
pub(crate) fn measure(bench: &mut Bench<'_>) -> anyhow::Result<()> {
    bench.progress.step("building the programs of CBOR");
    let program = executable(&bench.peer.build_programs(Package::Cbor)?, "cbor");
    let budget = bench.milliseconds();
    for round in 1..=bench.rounds {
        bench.progress.step(format!("CBOR, round {round}"));
        bench.add_samples(Part::Cbor, Command::new(&program).arg(&budget))?;
    }
    bench.attempt("instructions of CBOR, which valgrind counts", |bench| count_instructions(bench, &program));
    Ok(())
}

fn count_instructions(bench: &mut Bench<'_>, program: &Path) -> anyhow::Result<()> {
    for (direction, what) in [("decode", DECODE), ("encode", ENCODE)] {
        for (side, name) in SIDES {
            bench.progress.step(format!("instructions: {direction}, {side}"));
            let [once, often] = [1, 1 + TIMES].map(|times| instructions(program, [direction, name, &times.to_string()]));
            let count = often?.saturating_sub(once?) as f64 / TIMES as f64;
            bench.report.add(Part::Cbor, Sample::new(what, side, Unit::Instructions, count / 1e6));
        }
    }
    Ok(())
}

/// How many instructions a program takes.
fn instructions(program: &Path, arguments: [&str; 3]) -> anyhow::Result<u64> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--log-fd=1"]).arg(program).args(arguments);
    let output = process::read(&mut command)?;
    collected(&output).with_context(|| format!("valgrind has counted nothing: {output}"))
}

/// The count in what callgrind says: `==1== Collected : 123`.
fn collected(output: &str) -> Option<u64> {
    let (_, count) = output.lines().find_map(|line| line.split_once("Collected : "))?;
    count.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_is_what_was_collected() {
        assert_eq!(collected("==7== \n==7== Events    : Ir\n==7== Collected : 1234\n==7== \n"), Some(1234));
        assert_eq!(collected("==7== Events    : Ir"), None);
    }
}
