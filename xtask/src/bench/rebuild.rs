//! What a user waits for all day: building a program again after a change.

use super::measure::{Part, Sample, Side, Unit};
use super::peer::{Incremental, Package};
use super::{Bench, process};
use anyhow::Context;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// A program that its user works on.
struct Program {
    side: Side,
    package: Package,
    name: &'static str,
    what: &'static str,
    /// A text in it, which an edit changes.
    text: &'static str,
}

const PROGRAMS: [Program; 3] = [
    Program { side: Side::Ours, package: Package::Ours, name: "one", what: "client program", text: "Called back" },
    Program { side: Side::Sdk, package: Package::Theirs, name: "one", what: "client program", text: "Called back" },
    Program { side: Side::Ours, package: Package::Server, name: "desk", what: "server program", text: "nothing to update" },
];

/// Measures all programs in turn.
pub(crate) fn measure(bench: &mut Bench<'_>) -> anyhow::Result<()> {
    for command in ["build", "check"] {
        let mut programs = Vec::new();
        let in_reach: Vec<_> = PROGRAMS.iter().filter(|program| in_reach(bench, program, command)).collect();
        for program in in_reach {
            let what = format!("{command} of the {} on {}", program.what, program.side);
            bench.progress.step(what.clone());
            bench.attempt(&what, |bench| cargo(bench, command, program).map(|_| programs.push(program)));
        }
        for round in 1..=bench.rounds {
            for program in &programs {
                bench
                    .progress
                    .step(format!("{command} of the {} on {} after a change, round {round}", program.what, program.side));
                after_changes(bench, command, program, round)?;
            }
        }
    }
    after_touching_the_api(bench)
}

fn in_reach(bench: &Bench<'_>, program: &Program, command: &str) -> bool {
    program.side != Side::Sdk || bench.peer.sdk.is_some() && !(bench.quick && command == "build")
}

fn after_changes(bench: &mut Bench<'_>, command: &str, program: &Program, round: usize) -> anyhow::Result<()> {
    let main = main_file(bench, program);
    touch(&main)?;
    let touched = cargo(bench, command, program)?;
    add(bench, format!("{command} after touching a {}", program.what), program.side, touched);
    edit(&main, program.text, round)?;
    let edited = cargo(bench, command, program)?;
    add(bench, format!("{command} after editing a {}", program.what), program.side, edited);
    Ok(())
}

/// What rust-analyzer runs after a file of the generated API was saved.
fn after_touching_the_api(bench: &mut Bench<'_>) -> anyhow::Result<()> {
    let api = bench.root.join("generated").join("connect").join("api").join("src").join("lib.rs");
    for round in 1..=bench.rounds {
        bench.progress.step(format!("check after touching the API, round {round}"));
        touch(&api)?;
        let wall = cargo(bench, "check", &PROGRAMS[0])?;
        add(bench, "check of a client program after touching the API".to_owned(), Side::Ours, wall);
    }
    Ok(())
}

fn cargo(bench: &Bench<'_>, command: &str, program: &Program) -> anyhow::Result<Duration> {
    let arguments = [command, "--package", program.package.name(), "--bin", program.name];
    let mut command = bench.peer.cargo(program.package, &arguments, Incremental::Yes)?;
    Ok(process::run(&mut command, &bench.peer.output_log())?.wall)
}

fn add(bench: &mut Bench<'_>, what: String, side: Side, wall: Duration) {
    bench.report.add(Part::Build, Sample::new(what, side, Unit::Seconds, wall.as_secs_f64()));
}

fn main_file(bench: &Bench<'_>, program: &Program) -> PathBuf {
    let package = bench.peer.folder.join(program.package.name());
    package.join("src").join("bin").join(program.name).with_extension("rs")
}

fn touch(path: &Path) -> anyhow::Result<()> {
    let file = File::options().append(true).open(path).with_context(|| format!("cannot open {}", path.display()))?;
    file.set_modified(SystemTime::now()).with_context(|| format!("cannot touch {}", path.display()))
}

/// Changes what the program does: a text that it sends or answers gets another end.
fn edit(path: &Path, text: &str, round: usize) -> anyhow::Result<()> {
    let source = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let (before, after) = source.split_once(text).with_context(|| format!("{} has no `{text}`", path.display()))?;
    let (_, after) = after.split_once('"').context("the text has no end")?;
    fs::write(path, format!("{before}{text}, edit {round}\"{after}")).with_context(|| format!("cannot write {}", path.display()))
}
