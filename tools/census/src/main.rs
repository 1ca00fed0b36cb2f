//! Generates every service of AWS, and compiles what comes of it: `cargo xtask census`.
//!
//! ```text
//! models ─ services.rs ─▶ generate.rs ─▶ compile.rs ─▶ table.rs
//!          botocore's      in memory,     in shards,    what became of each,
//!          or Smithy's     on all cores   by cargo      and why
//! ```

mod compile;
mod generate;
mod services;
mod table;

use anyhow::Context;
use clap::Parser;
use compile::Task;
use services::Service;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

/// The command line.
#[derive(Parser)]
#[command(name = "cargo xtask census", bin_name = "cargo xtask census")]
struct Options {
    /// The repository.
    #[arg(long, hide = true)]
    root: PathBuf,
    /// botocore's `data`, or a folder of Smithy models; botocore's own, when none is named.
    #[arg(long, value_name = "FOLDER")]
    models: Vec<PathBuf>,
    /// These services alone, by the names of their folders or files.
    services: Vec<String>,
    /// What is done with what is generated, beside counting it.
    #[arg(long, value_enum, default_value = "check")]
    task: Vec<Task>,
    /// Generates, and compiles nothing.
    #[arg(long, conflicts_with = "task")]
    generate_only: bool,
    /// Compiles these alone, whatever else is generated.
    #[arg(long, value_name = "SERVICE", value_delimiter = ',')]
    compile: Vec<String>,
    /// Fails when fewer services generate.
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    at_least: usize,
    /// How many lines are compiled at a time: more take more memory and disk, fewer more time.
    #[arg(long, value_name = "LINES", default_value_t = 400_000)]
    shard: usize,
    /// Writes the table, with tabs, to this file as well.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

fn main() -> anyhow::Result<ExitCode> {
    let options = Options::parse();
    let mut services = Vec::new();
    for folder in &options.models {
        services.extend(services::find(folder).with_context(|| format!("cannot list {}", folder.display()))?);
    }
    services.retain(|service: &Service| options.services.is_empty() || options.services.contains(&service.name));
    let start = Instant::now();
    let folder = options.root.join("target/census");
    let mut outcomes = generate::all(&services, &folder)?;
    let seconds = start.elapsed().as_secs_f64();
    if !options.generate_only {
        let is_compiled = |name: &str| options.compile.is_empty() || options.compile.iter().any(|service| service == name);
        let mut compiled: Vec<_> = outcomes.iter_mut().filter(|it| it.lines > 0 && is_compiled(&it.name)).collect();
        compile::all(&options.root, &folder, &mut compiled, &options.task, options.shard)?;
    }
    let table = table::Table { outcomes: &outcomes, seconds };
    println!("{table}");
    if let Some(path) = &options.output {
        std::fs::write(path, table.tabs()).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let is_enough = table.generated() >= options.at_least;
    Ok(if table.is_clean() && is_enough { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
