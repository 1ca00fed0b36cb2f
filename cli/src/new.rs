//! `smithwright new`: an empty folder becomes a service that works: a model, what answers, a program, a client and tests.
//!
//! The files are in `templates/new`. Manifest and model are documents, in which names are values. In Rust, names stand where the
//! template says `ServiceName` and `service_name`, and are of types that hold nothing but identifiers.

mod folder;
mod manifest;
mod names;

use anyhow::{Context, bail};
use folder::Folder;
use manifest::Crates;
use names::Names;
use serde_json::Value;
use smithwright::config::ServiceKey;
use std::path::PathBuf;
use std::process::ExitCode;

/// Options of the command.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Options {
    /// What the service is called: `city-weather`. Its package and its trait are named after it.
    pub name: ServiceKey,
    /// The folder, which is empty or not there yet; one of the service's name when it is not given.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// A copy of smithwright's repository, whose crates are used instead of the registry's.
    #[arg(long, value_name = "DIR")]
    pub smithwright: Option<PathBuf>,
    /// Say nothing of what was done, only what is wrong.
    #[arg(long, short)]
    pub quiet: bool,
}

const EXAMPLE: &str = "Example: smithwright new weather && cd weather && cargo test";

/// What is the same for every service.
const PLAIN: [(&str, &str); 4] = [
    (".gitignore", include_str!("../templates/new/gitignore")),
    ("build.rs", include_str!("../templates/new/build.rs")),
    ("src/lib.rs", include_str!("../templates/new/src/lib.rs")),
    ("src/service.rs", include_str!("../templates/new/src/service.rs")),
];

/// What says the service's names.
const NAMED: [(&str, &str); 4] = [
    ("README.md", include_str!("../templates/new/README.md")),
    ("src/main.rs", include_str!("../templates/new/src/main.rs")),
    ("src/notes.rs", include_str!("../templates/new/src/notes.rs")),
    ("tests/service.rs", include_str!("../templates/new/tests/service.rs")),
];

/// The model, and the shape in it that the service is.
const MODEL: &str = include_str!("../templates/new/model.json");
const SERVICE_SHAPE: &str = "app#Service";

/// Makes a service.
///
/// # Errors
///
/// The folder holds something, the name means something else already, or nothing can be written. Then nothing has changed.
pub fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let code = NAMED.iter().chain(&PLAIN).filter(|(path, _)| path.ends_with(".rs")).map(|(_, text)| *text);
    let names = Names::of(&options.name, code.chain([MODEL]))?;
    let folder = Folder::empty(options.out.clone().unwrap_or_else(|| options.name.as_str().into()))?;
    let crates = Crates::find(options.smithwright.as_deref(), folder.path())?;
    let mut files: Vec<(&str, String)> = PLAIN.map(|(path, text)| (path, text.to_owned())).into();
    files.extend(NAMED.map(|(path, text)| (path, names.said_in(text))));
    files.push(("Cargo.toml", manifest::write(&names, &crates, folder.workspace()?.as_deref()).to_string()));
    files.push(("model.json", model(&names)?));
    folder.fill(&files)?;
    if !options.quiet {
        println!("{}: {} files; go there and run `cargo test`", folder.path().display(), files.len());
    }
    Ok(ExitCode::SUCCESS)
}

/// The model, whose service is called by its name.
fn model(names: &Names) -> anyhow::Result<String> {
    let mut model: Value = serde_json::from_str(MODEL).context("the template of the model is no JSON")?;
    let Some(shapes) = model.get_mut("shapes").and_then(Value::as_object_mut) else { bail!("the template has no shapes") };
    let renamed = std::mem::take(shapes).into_iter().map(|(id, mut shape)| {
        if id != SERVICE_SHAPE {
            return (id, shape);
        }
        if let Some(title) = shape.pointer_mut("/traits/smithy.api#title") {
            *title = Value::from(names.package.as_str());
        }
        (format!("app#{}", names.service), shape)
    });
    *shapes = renamed.collect();
    Ok(format!("{model:#}\n"))
}
