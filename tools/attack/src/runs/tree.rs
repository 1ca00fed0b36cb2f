//! A small repository: two services, of which each has two versions, and a workspace of what is generated.

use crate::campaign::Round;
use anyhow::Context;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The services: one is large, so that there is time to disturb it.
pub(super) const SERVICES: [&str; 2] = ["connect", "desk"];

/// A version of all models. Its name is in every generated file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    A,
    B,
}

impl Version {
    pub(super) fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::A => "2020-01-01",
            Self::B => "2021-01-01",
        }
    }
}

/// The files of a repository, by what they hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct State {
    /// The crates: a hash of each file, by service and path.
    pub(super) services: BTreeMap<String, BTreeMap<String, u64>>,
    /// All other files and folders.
    pub(super) others: BTreeSet<String>,
}

impl State {
    /// Whether each service is another.
    pub(super) fn differs_everywhere(&self, other: &Self) -> bool {
        SERVICES.iter().all(|service| {
            let of = |state: &Self| state.services.get(*service).cloned().unwrap_or_default();
            !of(self).is_empty() && of(self) != of(other)
        })
    }
}

/// The repository.
pub(super) struct Tree {
    pub(super) root: PathBuf,
}

impl Tree {
    /// Makes it: models of both versions, nothing generated.
    pub(super) fn create(round: &Round, folder: &Path) -> anyhow::Result<Self> {
        let root = folder.join("repository");
        if root.exists() {
            fs::remove_dir_all(&root)?;
        }
        let tree = Self { root };
        let connect = round.root.join("models/connect/2017-08-08");
        let desk = round.root.join("tests/fixtures/structure");
        for version in [Version::A, Version::B] {
            tree.add_model("connect", version, &connect)?;
            tree.add_model("desk", version, &desk)?;
        }
        fs::copy(round.root.join("models/partitions.json"), tree.root.join("models/partitions.json"))?;
        let runtime = round.root.canonicalize()?.join("runtime");
        fs::write(tree.root.join("Cargo.toml"), manifest(&runtime))?;
        Ok(tree)
    }

    fn add_model(&self, service: &str, version: Version, from: &Path) -> anyhow::Result<()> {
        let folder = self.root.join("models").join(service).join(version.name());
        fs::create_dir_all(&folder)?;
        for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
            let path = entry?.path();
            fs::copy(&path, folder.join(path.file_name().unwrap_or_default()))?;
        }
        if version == Version::B {
            // Files that go, and come back.
            let model = folder.join("service-2.json");
            let mut json: Value = serde_json::from_str(&fs::read_to_string(&model)?)?;
            let operations = json["operations"].as_object_mut().context("a model without operations")?;
            if operations.len() > 3 {
                let last: Vec<String> = operations.keys().rev().take(1).cloned().collect();
                last.iter().for_each(|name| drop(operations.shift_remove(name)));
            }
            fs::write(&model, json.to_string())?;
        }
        Ok(())
    }

    /// Changes the models: models.toml is replaced at once, as an editor does.
    pub(super) fn set_models(&self, version: Version) -> anyhow::Result<()> {
        let service = |name: &str| {
            format!("[service.{name}.source]\npackage = \"botocore\"\nversion = \"1\"\napi_version = \"{}\"\n\n", version.name())
        };
        let text: String = SERVICES.iter().map(|name| service(name)).collect();
        let (new, path) = (self.root.join("models/new.toml"), self.root.join("models/models.toml"));
        fs::write(&new, text)?;
        Ok(fs::rename(new, path)?)
    }

    /// Everything that there is. A lock may stay: an empty file.
    pub(super) fn state(&self) -> anyhow::Result<State> {
        let mut state = State::default();
        self.add(&self.root, "", &mut state)?;
        Ok(state)
    }

    fn add(&self, folder: &Path, prefix: &str, state: &mut State) -> anyhow::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                if service_of(&name).is_none() {
                    state.others.insert(format!("{name}/"));
                }
                self.add(&entry.path(), &format!("{name}/"), state)?;
            } else if let Some((service, path)) = service_of(&name) {
                let mut hasher = DefaultHasher::new();
                fs::read(entry.path())?.hash(&mut hasher);
                state.services.entry(service.to_owned()).or_default().insert(path.to_owned(), hasher.finish());
            } else if !(name.contains("lock") && entry.metadata()?.len() == 0) {
                state.others.insert(name);
            }
        }
        Ok(())
    }

    /// What cargo has against the workspace.
    pub(super) fn check_loads(&self) -> anyhow::Result<Option<String>> {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["metadata", "--offline", "--no-deps", "--format-version", "1"]).current_dir(&self.root);
        let output = cargo.stdin(Stdio::null()).output().context("cannot run cargo")?;
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        Ok((!output.status.success()).then(|| format!("the workspace does not load: {text}")))
    }

    /// Removes all that is generated, and whatever lies around it.
    pub(super) fn reset(&self) -> anyhow::Result<()> {
        for entry in fs::read_dir(&self.root)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            match (name.as_str(), path.is_dir()) {
                ("models" | "Cargo.toml", _) => {}
                (_, true) => fs::remove_dir_all(path)?,
                (_, false) => fs::remove_file(path)?,
            }
        }
        Ok(())
    }
}

/// The service of a path below the root, and the path below its folder.
fn service_of(path: &str) -> Option<(&str, &str)> {
    let below = path.strip_prefix("generated/")?;
    let (service, path) = below.split_once('/').unwrap_or((below, ""));
    SERVICES.contains(&service).then_some((service, path))
}

/// A workspace like the repository's.
fn manifest(runtime: &Path) -> String {
    let mut text = "[workspace]\nresolver = \"3\"\nmembers = [\"generated/*/*\"]\n\n[workspace.package]\nversion = \"0.1.0\"\n\
                    edition = \"2024\"\nrust-version = \"1.94\"\nlicense = \"MIT\"\npublish = false\n\n[workspace.lints.rust]\n\
                    unsafe_code = \"forbid\"\n\n[workspace.dependencies]\n"
        .to_owned();
    text += &format!("smithwright-runtime = {{ path = {runtime:?} }}\n");
    for service in SERVICES {
        text += &format!("{service}-api = {{ path = \"generated/{service}/api\" }}\n");
    }
    text
}
