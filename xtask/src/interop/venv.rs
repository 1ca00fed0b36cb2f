//! A Python with boto3.

use anyhow::{Context, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A package that is installed: its name, its extras, its version.
type Package = (&'static str, &'static str, &'static str);

/// AWS's client. Botocore has the models, and boto3 alone would take a newer one.
const BOTO3: [Package; 2] = [("boto3", "", "1.44.5"), ("botocore", "", "1.44.5")];

/// Fakes of AWS that others wrote.
const MOTO: Package = ("moto", "[server]", "5.2.5");

/// Prints the versions of packages that are installed.
const VERSIONS: &str = "import sys; from importlib.metadata import version; print(*map(version, sys.argv[1:]))";

/// A virtual environment that has them.
pub(crate) struct Venv {
    python: PathBuf,
}

impl Venv {
    /// Makes the environment, unless it is there.
    pub(crate) fn prepare(folder: &Path, python: &str) -> anyhow::Result<Self> {
        Self::with(folder, python, &BOTO3)
    }

    /// Makes an environment that has moto, too, which installs forty packages.
    pub(super) fn prepare_moto(folder: &Path, python: &str) -> anyhow::Result<Self> {
        Self::with(folder, python, &[BOTO3[0], BOTO3[1], MOTO])
    }

    fn with(folder: &Path, python: &str, packages: &[Package]) -> anyhow::Result<Self> {
        let programs = if cfg!(windows) { "Scripts" } else { "bin" };
        let venv = Self { python: folder.join(programs).join("python") };
        if !venv.has(packages) {
            let shown: Vec<String> = packages.iter().map(|(name, _, version)| format!("{name} {version}")).collect();
            println!("installing {} in {}", shown.join(" "), folder.display());
            create(folder, python)?;
            venv.install(packages)?;
        }
        Ok(venv)
    }

    /// Where a package is installed.
    pub(crate) fn package(&self, name: &str) -> anyhow::Result<PathBuf> {
        let print = format!("import {name}; print({name}.__path__[0])");
        let output = Command::new(&self.python).args(["-c", &print]).output().context("cannot run the environment's Python")?;
        if !output.status.success() {
            bail!("{name} cannot be imported: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim().into())
    }

    /// The command that runs a script; no compiled modules are left beside it.
    pub(super) fn script(&self, script: &Path) -> Command {
        let mut command = Command::new(&self.python);
        command.arg("-B").arg(script);
        command
    }

    fn has(&self, packages: &[Package]) -> bool {
        let output = Command::new(&self.python).args(["-c", VERSIONS]).args(packages.iter().map(|(name, ..)| name)).output();
        let versions: Vec<&str> = packages.iter().map(|(.., version)| *version).collect();
        output.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim() == versions.join(" "))
    }

    fn install(&self, packages: &[Package]) -> anyhow::Result<()> {
        let mut pip = Command::new(&self.python);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
        pip.args(packages.iter().map(|(name, extras, version)| format!("{name}{extras}=={version}")));
        succeed(pip, "pip cannot install it: is there a network?")
    }
}

/// An environment from scratch: what is left of an earlier one may be half of it.
fn create(folder: &Path, python: &str) -> anyhow::Result<()> {
    let mut command = Command::new(python);
    command.args(["-m", "venv", "--clear"]).arg(folder);
    succeed(command, "a Python 3 with its modules venv and pip is needed; --python says which (Debian: apt install python3-venv)")
}

/// Runs a command that must end well; what it prints is shown.
fn succeed(mut command: Command, advice: &str) -> anyhow::Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("cannot run {name}: {advice}"))?;
    if !status.success() {
        bail!("{name} failed: {advice}");
    }
    Ok(())
}
