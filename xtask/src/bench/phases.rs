//! The phases of a generation, timed apart. A process of its own, on one thread, so that its phases add up.

use super::measure::{Sample, Side, Unit};
use anyhow::{Context, bail};
use proc_macro2::TokenStream;
use smithwright::Request;
use smithwright::config::{ServiceConfig, ServiceKey};
use smithwright::diagnostic::Diagnostics;
use smithwright::home::Home;
use smithwright::package::Package;
use smithwright::render::render;
use smithwright_cli::lock::WriteLock;
use smithwright_cli::project::Project;
use smithwright_cli::sources::ModelFile;
use smithwright_cli::sync::Output;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// Generates every service of a repository, and tells how long each phase took.
pub(crate) fn run(root: &Path) -> anyhow::Result<()> {
    let config = Project::at(root)?.read_config()?;
    let home = config.crates.into();
    for (key, service) in &config.service {
        for (phase, time) in generate(root, key, service, &home)? {
            let sample = Sample::new(phase, Side::Ours, Unit::Seconds, time.as_secs_f64());
            println!("{}", serde_json::to_string(&sample)?);
        }
    }
    Ok(())
}

fn generate(root: &Path, key: &ServiceKey, config: &ServiceConfig, home: &Home) -> anyhow::Result<[(&'static str, Duration); 6]> {
    let file = ModelFile::of(root, key, config)?;
    let text = fs::read_to_string(file.path()).with_context(|| format!("cannot read {}", file.path().display()))?;
    let files = file.read(&config.source, None)?;
    let mut diagnostics = Diagnostics::default();

    // The front end parses and lowers in one go: a parse of the same text tells them apart.
    let (json, parse) = timed(|| serde_json::from_str::<serde_json::Value>(&text));
    json?;
    let (model, read) = timed(|| files.lower(&mut diagnostics));
    let Some(model) = model else { bail!("{diagnostics}") };
    let request = Request { key, folder: file.origin(), config, home };
    let (plan, plan_time) = timed(|| smithwright::plan(request, model, &mut diagnostics));
    let Some(plan) = plan else { bail!("{diagnostics}") };
    // Emitters render file by file: rendering the same files once more tells them apart.
    let (package, emit) = timed(|| smithwright::emit::emit(&plan));
    let package = package?;
    let render = render_again(&package)?;
    let (written, write) = timed(|| write(root, key, &package));
    written?;
    Ok([
        ("parse", parse),
        ("lower", read.saturating_sub(parse)),
        ("plan", plan_time),
        ("emit", emit.saturating_sub(render)),
        ("render", render),
        ("write", write),
    ])
}

fn timed<T>(phase: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = phase();
    (result, start.elapsed())
}

fn render_again(package: &Package) -> anyhow::Result<Duration> {
    let mut total = Duration::ZERO;
    for file in package.files.iter().filter(|file| file.path.ends_with(".rs")) {
        let Ok(tokens) = file.text.parse::<TokenStream>() else { bail!("{} is not Rust", file.path) };
        let (rendered, time) = timed(|| render(tokens));
        rendered?;
        total += time;
    }
    Ok(total)
}

fn write(root: &Path, key: &ServiceKey, package: &Package) -> anyhow::Result<()> {
    let output = Output::generated(&root.join("generated"))?;
    let change = output.compare(key, &package.files)?;
    output.replace(&WriteLock::acquire(root)?, &[change])
}
