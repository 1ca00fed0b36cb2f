//! `smithwright.toml`, typed: which models there are, what they are called, and what is wrong with them.

mod crates;
mod name;
mod operations;
mod raw;
mod renames;

pub use crates::{Crates, Manifest, PackageName, Role, Runtime};
pub(crate) use name::check_rename;
pub use name::{ApiVersion, InvalidName, Release, ServiceKey};
pub use operations::OperationPattern;
pub(crate) use renames::check as check_renames;

use crate::diagnostic::{Diagnostics, Place};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The whole file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// What is said of all generated crates.
    pub crates: Crates,
    /// The services, by the name that `smithwright generate NAME` takes.
    pub service: BTreeMap<ServiceKey, ServiceConfig>,
}

impl Config {
    /// Parses the file. What is wrong with it is listed, each with its line and column: names become crates, folders and
    /// identifiers, so none is taken that could be more than a name. `file` is the file's name, for diagnostics.
    pub fn parse(file: &str, text: &str) -> Result<Self, Diagnostics> {
        raw::parse(file, text)
    }
}

/// One service of [`Config`].
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceConfig {
    /// Where it says so, for diagnostics.
    pub place: Place,
    /// Where the model comes from.
    pub source: Source,
    /// Which operations are generated, with what they need; all when there is none.
    pub operations: Vec<OperationPattern>,
    /// Rust names for what would collide or read badly: shape (`Shape`), member (`Shape.Member`), operation, or enum value
    /// (`Shape.VALUE`) to the name that it gets.
    pub rename: BTreeMap<String, String>,
    /// Corrections of the model, by shape.
    pub patch: BTreeMap<String, Patch>,
}

/// That of a model without one.
impl Default for ServiceConfig {
    fn default() -> Self {
        Self {
            place: Place::file("smithwright.toml"),
            source: Source::default(),
            operations: Vec::new(),
            rename: BTreeMap::new(),
            patch: BTreeMap::new(),
        }
    }
}

/// The package that a model was taken from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// The file of the model, below the project; `None` when it is where those of packages are, below `models/`.
    pub file: Option<String>,
    /// The format of the model; `None` when its file tells.
    pub format: Option<Format>,
    /// The package's name: `botocore`.
    pub package: String,
    /// Its version; `None` when the model is of no package.
    pub version: Option<Release>,
    /// The API version, which is the model's folder: `2017-08-08`.
    pub api_version: ApiVersion,
    /// The service's shape id, when a Smithy model has several.
    pub service: Option<String>,
    /// The protocol that a client speaks, when a service has several, or its Smithy model has no protocol trait: `restJson1`.
    pub protocol: Option<String>,
    /// SHA-256 of each vendored file, in hexadecimal, by its path below `models/`.
    pub sha256: BTreeMap<String, String>,
}

/// The formats of models.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// botocore's `service-2.json` and the files beside it.
    Botocore,
    /// Smithy's JSON AST, as `model.json`.
    Smithy,
}

/// A correction of one shape.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Patch {
    /// The pattern that the shape should have; the empty string drops it.
    #[serde(default)]
    pub pattern: Option<String>,
    /// Why.
    pub reason: String,
}
