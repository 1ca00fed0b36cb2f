//! The manifest of a new service.

use super::names::Names;
use anyhow::{Context, ensure};
use std::path::{Component, Path, PathBuf};
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value, value};

/// Where smithwright's crates come from.
#[derive(Debug)]
pub(super) enum Crates {
    /// The registry: those that belong to this program.
    Registry,
    /// A copy of the repository, as it is found from the new folder.
    Copy(PathBuf),
}

/// A crate of smithwright's, and its folder in the repository.
struct Own {
    name: &'static str,
    folder: &'static str,
}

const GENERATOR: Own = Own { name: "smithwright", folder: "generator" };
const RUNTIME: Own = Own { name: "smithwright-runtime", folder: "runtime" };

impl Crates {
    /// Where they are, for a service in a folder.
    pub(super) fn find(copy: Option<&Path>, folder: &Path) -> anyhow::Result<Self> {
        let Some(copy) = copy else { return Ok(Self::Registry) };
        for Own { folder, .. } in [GENERATOR, RUNTIME] {
            ensure!(copy.join(folder).join("Cargo.toml").is_file(), "{} is no copy of smithwright's repository", copy.display());
        }
        Ok(Self::Copy(if copy.is_absolute() { copy.to_owned() } else { from(folder, copy)? }))
    }

    fn dependency(&self, own: &Own, features: &[&str]) -> Item {
        let mut table = match self {
            Self::Registry if features.is_empty() => return value(env!("CARGO_PKG_VERSION")),
            Self::Registry => InlineTable::from_iter([("version", Value::from(env!("CARGO_PKG_VERSION")))]),
            Self::Copy(path) => InlineTable::from_iter([("path", Value::from(path.join(own.folder).display().to_string()))]),
        };
        if !features.is_empty() {
            table.insert("features", list(features));
        }
        value(table)
    }
}

/// A path as it is found from a folder: up to what both are in, and down from there.
fn from(folder: &Path, path: &Path) -> anyhow::Result<PathBuf> {
    let absolute = |path: &Path| path.canonicalize().with_context(|| format!("cannot find {}", path.display()));
    // The folder may not be there yet; what it is in is.
    let parent = match folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        Some(parent) => absolute(parent)?,
        None => absolute(Path::new("."))?,
    };
    let folder = match folder.canonicalize() {
        Ok(folder) => folder,
        Err(_) => parent.join(folder.file_name().context("the folder has no name")?),
    };
    let path = absolute(path)?;
    let shared = folder.components().zip(path.components()).take_while(|(one, other)| one == other).count();
    let up = folder.components().skip(shared).map(|_| Component::ParentDir);
    Ok(up.chain(path.components().skip(shared)).collect())
}

/// The manifest; `workspace` is one that the folder is in, and does not belong to.
pub(super) fn write(names: &Names, crates: &Crates, workspace: Option<&Path>) -> DocumentMut {
    let package = [
        ("name", value(names.package.as_str())),
        ("version", value("0.1.0")),
        ("edition", value("2024")),
        ("rust-version", value(env!("CARGO_PKG_RUST_VERSION"))),
        ("publish", value(false)),
    ];
    let dependencies = [
        ("axum", on("0.8", &["http1", "tokio"])),
        (RUNTIME.name, crates.dependency(&RUNTIME, &["server", "tls"])),
        ("tokio", on("1", &["macros", "net", "rt-multi-thread"])),
    ];
    let build = [(GENERATOR.name, crates.dependency(&GENERATOR, &[]))];
    let mut manifest = Table::from_iter([
        ("package", table(package)),
        ("dependencies", table(dependencies)),
        ("build-dependencies", table(build)),
        ("profile", profile()),
    ]);
    if workspace.is_some() {
        let mut own = Table::new();
        own.decor_mut()
            .set_prefix("\n# It is in the folder of a workspace. To join that, add it to the members there and remove this.\n");
        manifest.insert("workspace", Item::Table(own));
    }
    manifest.into()
}

/// How dependencies are built, which are most of what is built at all.
fn profile() -> Item {
    let mut dependencies = Table::from_iter([("debug", value(false))]);
    dependencies.decor_mut().set_prefix("\n# Nobody steps through dependencies, which build faster so, and in half the space.\n");
    let around = |inner, key| {
        let mut table = Table::from_iter([(key, Item::Table(inner))]);
        table.set_implicit(true);
        table
    };
    Item::Table(["*", "package", "dev"].into_iter().fold(dependencies, around))
}

/// Somebody else's crate, without what it has by default.
fn on(version: &str, features: &[&str]) -> Item {
    let entries = [("version", Value::from(version)), ("default-features", false.into()), ("features", list(features))];
    value(InlineTable::from_iter(entries))
}

fn list(elements: &[&str]) -> Value {
    Value::Array(elements.iter().copied().collect::<Array>())
}

fn table<const N: usize>(entries: [(&str, Item); N]) -> Item {
    Item::Table(Table::from_iter(entries))
}
