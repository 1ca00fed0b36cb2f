//! The workspace of programs that are measured: a copy of `benches/peer`, which an interrupted run may leave as it likes.

use super::process;
use super::rustc::LOG;
use anyhow::Context;
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The packages of the workspace that are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Package {
    /// Programs on the generated client.
    Ours,
    /// The same on aws-sdk-connect.
    Theirs,
    /// Programs on the generated server.
    Server,
    /// CBOR, by the generated types and by others.
    Cbor,
}

impl Package {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Theirs => "theirs",
            Self::Server => "server",
            Self::Cbor => "cbor",
        }
    }
}

/// Whether cargo compiles a user's own crates in small pieces that it keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Incremental {
    /// As a user's daily build.
    Yes,
    /// As what comes from a registry is built, and what is compared with it.
    No,
}

/// The workspace, as deep below the repository as the original, so that its relative paths hold.
pub(crate) struct Peer {
    pub(crate) folder: PathBuf,
    /// aws-sdk-connect, when it is in reach.
    pub(crate) sdk: Option<Sdk>,
}

/// aws-sdk-connect.
pub(crate) struct Sdk {
    pub(crate) version: String,
    /// Where its sources are.
    pub(crate) folder: PathBuf,
}

impl Peer {
    /// Copies the workspace, and looks for aws-sdk-connect; `missing` learns why it is not in reach.
    pub(crate) fn prepare(root: &Path, missing: &mut Vec<String>) -> anyhow::Result<Self> {
        let folder = root.join("target").join("bench");
        copy(&root.join("benches").join("peer"), &folder)?;
        let sdk = match find_sdk(&folder) {
            Ok(sdk) => Some(sdk),
            Err(error) => {
                missing.push(format!("aws-sdk-connect is not in reach, so everything beside it is left out: {error:#}"));
                None
            }
        };
        Ok(Self { folder, sdk })
    }

    /// The target folder of a package: apart from each other, so that each pays for its own dependencies.
    pub(crate) fn target(&self, package: Package) -> PathBuf {
        self.folder.join("builds").join(package.name())
    }

    /// A command of cargo about a package.
    pub(crate) fn cargo(&self, package: Package, arguments: &[&str], incremental: Incremental) -> anyhow::Result<Command> {
        let wrapper = std::env::current_exe().context("this program has no path")?;
        let mut command = Command::new("cargo");
        command
            .current_dir(&self.folder)
            .args(arguments)
            .arg("--target-dir")
            .arg(self.target(package))
            .env("CARGO_INCREMENTAL", if incremental == Incremental::Yes { "1" } else { "0" })
            .env("RUSTC_WRAPPER", wrapper)
            .env(LOG, self.rustc_log());
        Ok(command)
    }

    /// Where the wrapper of rustc keeps its log.
    pub(crate) fn rustc_log(&self) -> PathBuf {
        self.folder.join("rustc.log")
    }

    /// Where the output of a command goes.
    pub(crate) fn output_log(&self) -> PathBuf {
        self.folder.join("output.log")
    }

    /// Builds all release programs of a package; gives their folder.
    pub(crate) fn build_programs(&self, package: Package) -> anyhow::Result<PathBuf> {
        let arguments = ["build", "--release", "--bins", "--package", package.name()];
        process::run(&mut self.cargo(package, &arguments, Incremental::No)?, &self.output_log())?;
        Ok(self.target(package).join("release"))
    }
}

/// Copies a folder, but for what cargo made in it; files that are the same keep their times.
fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            if entry.file_name() != "target" {
                copy(&entry.path(), &target)?;
                remove_stale(&entry.path(), &target)?;
            }
        } else {
            let text = fs::read(entry.path())?;
            if !fs::read(&target).is_ok_and(|old| old == text) {
                fs::write(&target, text).with_context(|| format!("cannot write {}", target.display()))?;
            }
        }
    }
    Ok(())
}

/// Removes what the original does not have any more.
fn remove_stale(from: &Path, to: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(to).with_context(|| format!("cannot read {}", to.display()))? {
        let entry = entry?;
        if !from.join(entry.file_name()).exists() {
            let removed =
                if entry.file_type()?.is_dir() { fs::remove_dir_all(entry.path()) } else { fs::remove_file(entry.path()) };
            removed.with_context(|| format!("cannot remove {}", entry.path().display()))?;
        }
    }
    Ok(())
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<MetadataPackage>,
}

#[derive(Deserialize)]
struct MetadataPackage {
    name: String,
    version: String,
    manifest_path: PathBuf,
}

/// Downloads what is not here yet.
fn find_sdk(folder: &Path) -> anyhow::Result<Sdk> {
    let text = process::read(Command::new("cargo").current_dir(folder).args(["metadata", "--format-version", "1", "--quiet"]))?;
    let metadata: Metadata = serde_json::from_str(&text)?;
    let package = metadata.packages.into_iter().find(|package| package.name == "aws-sdk-connect");
    let package = package.context("no package depends on aws-sdk-connect")?;
    let folder = package.manifest_path.parent().context("its manifest is nowhere")?.to_owned();
    Ok(Sdk { version: package.version, folder })
}
