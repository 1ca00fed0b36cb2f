//! `models.toml`, typed: which models there are, what they are called, and what is wrong with them.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The whole file.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The services, by the name that `cargo xtask codegen NAME` takes.
    #[serde(default)]
    pub service: BTreeMap<String, ServiceConfig>,
}

impl Config {
    /// Parses the file.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let mut config: Self = toml::from_str(text)?;
        for (name, service) in &mut config.service {
            service.name.clone_from(name);
        }
        Ok(config)
    }
}

/// One service of [`Config`].
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceConfig {
    /// The service's key in [`Config::service`], for diagnostics; filled in by [`Config::parse`].
    #[serde(skip)]
    pub name: String,
    /// Where the model comes from.
    pub source: Source,
    /// Rust names for what would collide or read badly: shape (`Shape`), member (`Shape.Member`), operation, or enum value
    /// (`Shape.VALUE`) to the name that it gets.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rename: BTreeMap<String, String>,
    /// Corrections of the model, by shape.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub patch: BTreeMap<String, Patch>,
}

/// The package that a model was taken from.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The package's name: `botocore`.
    pub package: String,
    /// Its version.
    pub version: String,
    /// The API version, which is the model's folder: `2017-08-08`.
    pub api_version: String,
    /// SHA-256 of each vendored file, in hexadecimal, by its path below `models/`.
    pub sha256: BTreeMap<String, String>,
}

/// A correction of one shape.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Patch {
    /// The pattern that the shape should have; the empty string drops it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// Why.
    pub reason: String,
}
