//! `cargo xtask diff-truth`: do verdicts of `smithwright diff` agree with what `cargo semver-checks` finds in generated crates?
//!
//! For each pair of releases, the API crate of a service is generated twice, rustdoc describes both, and the tool compares the
//! descriptions. The tool looks at names and at numbers of arguments, not at types, so that a pair that breaks by types alone is no
//! disagreement; it is marked.

use anyhow::{Context, bail, ensure};
use smithwright::diff::{Report, RustChange, Semver};
use smithwright_cli::project::Project;
use smithwright_cli::{diff, generate, vendor};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// The services and releases of botocore.
const PAIRS: [(&str, &str, &str); 14] = [
    ("accessanalyzer", "1.35.0", "1.37.0"),
    ("account", "1.40.50", "1.44.5"),
    ("aiops", "1.39.0", "1.40.50"),
    ("amplify", "1.40.50", "1.44.5"),
    ("application-autoscaling", "1.35.0", "1.37.0"),
    ("arc-zonal-shift", "1.37.0", "1.39.0"),
    ("artifact", "1.40.50", "1.44.5"),
    ("bcm-dashboards", "1.40.50", "1.44.5"),
    ("bedrock-data-automation", "1.37.0", "1.39.0"),
    ("bedrock-data-automation-runtime", "1.37.0", "1.39.0"),
    ("chatbot", "1.35.0", "1.37.0"),
    ("dsql", "1.37.0", "1.39.0"),
    ("payment-cryptography-data", "1.39.0", "1.40.50"),
    ("s3vectors", "1.40.50", "1.44.5"),
];

/// Options of `cargo xtask diff-truth`. `cargo semver-checks` must be installed.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Pairs to look at instead: `SERVICE:OLD:NEW`.
    #[arg(value_name = "PAIR")]
    pairs: Vec<String>,
}

/// Looks at each pair; fails when one of them disagrees.
pub(crate) fn run(root: &Path, options: &Options) -> anyhow::Result<ExitCode> {
    let root = std::path::absolute(root)?;
    let named = options.pairs.iter().map(|pair| match pair.split(':').collect::<Vec<_>>().as_slice() {
        [service, old, new] => Ok(Pair::new(service, old, new)),
        _ => bail!("{pair:?} is no SERVICE:OLD:NEW"),
    });
    let mut pairs = named.collect::<anyhow::Result<Vec<Pair>>>()?;
    if pairs.is_empty() {
        pairs.extend(PAIRS.iter().map(|(service, old, new)| Pair::new(service, old, new)));
    }
    let mut disagreed = 0;
    println!("{:<44} {:<8} {:<8}", "pair", "diff", "tool");
    for pair in &pairs {
        let verdict = pair.judge(&root)?;
        println!("{verdict}");
        disagreed += usize::from(!verdict.agrees());
    }
    println!("{} of {} agree", pairs.len() - disagreed, pairs.len());
    Ok(if disagreed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A service in two releases of botocore.
struct Pair {
    service: String,
    old: String,
    new: String,
}

impl Pair {
    fn new(service: &str, old: &str, new: &str) -> Self {
        Self { service: service.to_owned(), old: old.to_owned(), new: new.to_owned() }
    }

    fn judge(&self, root: &Path) -> anyhow::Result<Verdict> {
        let (old, new) = (Crates::prepare(root, &self.service, &self.old)?, Crates::prepare(root, &self.service, &self.new)?);
        let path = |crates: &Crates| crates.model().map(|path| path.display().to_string());
        let report = match diff::report(&path(&old)?, &path(&new)?, None)? {
            Ok(report) => report,
            Err(faults) => bail!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
        };
        let tool = semver_checks(&old.rustdoc(root)?, &new.rustdoc(root)?)?;
        let name = format!("{} {} -> {}", self.service, self.old, self.new);
        Ok(Verdict { name, by_types_alone: by_types_alone(&report), ours: report.source_semver(), tool })
    }
}

/// What two judges say of a pair.
struct Verdict {
    name: String,
    ours: Semver,
    /// The lints of the tool that ask for a major version.
    tool: Vec<String>,
    by_types_alone: bool,
}

impl Verdict {
    fn agrees(&self) -> bool {
        let is_major = self.ours == Semver::Major;
        is_major != self.tool.is_empty() || is_major && self.by_types_alone
    }
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let tool = if self.tool.is_empty() { "minor" } else { "major" };
        let note = match (self.agrees(), self.tool.is_empty() && self.by_types_alone) {
            (false, _) => "DISAGREE ",
            (true, true) => "by types alone ",
            (true, false) => "",
        };
        write!(formatter, "{:<44} {:<8} {tool:<8} {note}{}", self.name, self.ours, self.tool.join(" "))
    }
}

/// Whether source breaks, and nothing that it could name is gone.
fn by_types_alone(report: &Report) -> bool {
    let breaking = || report.changes.iter().flat_map(|change| &change.rust).filter(|rust| RustChange::breaks(rust));
    breaking().next().is_some() && breaking().all(|rust| rust.new.is_some())
}

/// The generated crates of a service in one release.
struct Crates {
    project: PathBuf,
    service: String,
}

impl Crates {
    /// Vendors the model into a project of its own, and generates.
    fn prepare(root: &Path, service: &str, release: &str) -> anyhow::Result<Self> {
        let project = root.join("target/diff-truth").join(format!("{service}-{release}"));
        fs::create_dir_all(&project)?;
        let settings = project.join("smithwright.toml");
        if !settings.is_file() {
            fs::write(&settings, format!("[crates]\nruntime = {:?}\n", root.join("runtime").display().to_string()))?;
        }
        let wheel = root.join(format!("target/botocore/botocore-{release}-py3-none-any.whl"));
        let from = wheel.is_file().then_some(wheel);
        let options = vendor::Options { service: service.parse()?, version: Some(release.parse()?), from };
        vendor::run(&Project::at(&project)?, &options)?;
        let options = generate::Options { quiet: true, ..generate::Options::default() };
        let code = generate::run(|| Project::at(&project), &options)?;
        ensure!(code == ExitCode::SUCCESS, "{service} of {release} is not generated");
        Ok(Self { project, service: service.to_owned() })
    }

    /// The folder of its model.
    fn model(&self) -> anyhow::Result<PathBuf> {
        let folder = self.project.join("models").join(&self.service);
        let version = fs::read_dir(&folder)?.next().context("no model was vendored")?;
        Ok(version?.path())
    }

    /// What rustdoc says of the API crate.
    fn rustdoc(&self, root: &Path) -> anyhow::Result<PathBuf> {
        let manifest = self.project.join("generated").join(&self.service).join("api/Cargo.toml");
        let target = root.join("target/diff-truth/target");
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["rustdoc", "--quiet", "--lib", "--manifest-path"]).arg(&manifest).arg("--target-dir").arg(&target);
        cargo.args(["--", "-Zunstable-options", "--output-format", "json"]);
        // The format is only there for tools that know the compiler.
        let status = cargo.env("RUSTC_BOOTSTRAP", "1").env("CARGO_INCREMENTAL", "0").status().context("cannot run cargo")?;
        ensure!(status.success(), "rustdoc fails on {}", manifest.display());
        // Another run would take it for somebody's work in a generated folder.
        fs::remove_file(manifest.with_file_name("Cargo.lock"))?;
        let written = target.join("doc").join(format!("{}_api.json", self.service.replace('-', "_")));
        let kept = self.project.join("api.json");
        fs::rename(&written, &kept).with_context(|| format!("no {}", written.display()))?;
        Ok(kept)
    }
}

/// The lints that ask for a major version.
fn semver_checks(old: &Path, new: &Path) -> anyhow::Result<Vec<String>> {
    let mut tool = Command::new("cargo-semver-checks");
    tool.args(["semver-checks", "check-release", "--release-type", "minor", "--color", "never", "--baseline-rustdoc"]);
    let output = tool.arg(old).arg("--current-rustdoc").arg(new).output();
    let output = output.context("cannot run cargo-semver-checks: install it, and have it in the path")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let lints: Vec<String> =
        text.lines().filter_map(|line| Some(line.strip_prefix("--- failure ")?.split_once(':')?.0.to_owned())).collect();
    ensure!(output.status.success() == lints.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(lints)
}
