//! What runs: the sizes of programs, calls of clients, the codec, servers, the router.

use super::Bench;
use super::measure::{Part, Sample, Side, Unit};
use super::peer::Package;
use anyhow::Context;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The programs whose size is told.
const SIZED: [(&str, &str); 2] = [("one", "one operation"), ("twenty", "twenty operations")];

/// How large programs are, as releases without symbols.
pub(crate) fn measure_sizes(bench: &mut Bench<'_>) -> anyhow::Result<()> {
    for (side, folder) in clients(bench, Part::Binary)? {
        for (program, what) in SIZED {
            let path = executable(&folder, program);
            let size = fs::metadata(&path).with_context(|| format!("cannot read {}", path.display()))?.len();
            bench.report.add(Part::Binary, Sample::new(what, side, Unit::Megabytes, size as f64 / 1e6));
        }
    }
    Ok(())
}

/// What calls cost on a canned network; the codec beside serde_json.
pub(crate) fn measure_clients(bench: &mut Bench<'_>) -> anyhow::Result<()> {
    let clients = clients(bench, Part::Client)?;
    let budget = bench.milliseconds();
    for round in 1..=bench.rounds {
        for (side, folder) in &clients {
            bench.progress.step(format!("calls of {side}, round {round}"));
            bench.add_samples(Part::Client, Command::new(executable(folder, "calls")).arg(&budget))?;
            if *side == Side::Ours {
                bench.progress.step(format!("codec, round {round}"));
                bench.add_samples(Part::Client, Command::new(executable(folder, "codec")).arg(&budget))?;
            }
        }
    }
    for (_, folder) in &clients {
        bench.add_samples(Part::Client, &mut Command::new(executable(folder, "allocations")))?;
    }
    Ok(())
}

/// What serving costs, beside a server written by hand; and the router alone.
pub(crate) fn measure_servers(bench: &mut Bench<'_>) -> anyhow::Result<()> {
    bench.progress.step("building the servers");
    let folder = bench.peer.build_programs(Package::Server)?;
    let budget = bench.milliseconds();
    let model = bench.root.join("models").join("connect").join("2017-08-08").join("service-2.json");
    for round in 1..=bench.rounds {
        bench.progress.step(format!("servers under load, round {round}"));
        bench.add_samples(Part::Server, Command::new(executable(&folder, "race")).arg(&budget))?;
        bench.add_samples(Part::Server, Command::new(executable(&folder, "router")).arg(&budget).arg(&model))?;
    }
    Ok(())
}

/// The folders of the release programs on each client.
fn clients(bench: &mut Bench<'_>, part: Part) -> anyhow::Result<Vec<(Side, PathBuf)>> {
    bench.progress.step("building programs on smithwright");
    let mut folders = vec![(Side::Ours, bench.peer.build_programs(Package::Ours)?)];
    let what = format!("{} of {}", part.title().to_lowercase(), Side::Sdk);
    if bench.quick {
        bench.report.missing.push(format!("{what}: the release build is left out by --quick"));
    } else if bench.peer.sdk.is_some() {
        bench.progress.step("building programs on aws-sdk-connect (minutes, unless built before)");
        bench.attempt(&what, |bench| {
            folders.push((Side::Sdk, bench.peer.build_programs(Package::Theirs)?));
            Ok(())
        });
    }
    Ok(folders)
}

/// The path of a program in a folder.
pub(crate) fn executable(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
