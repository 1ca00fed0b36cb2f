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
    /// The format of the model.
    #[serde(default, skip_serializing_if = "Format::is_default")]
    pub format: Format,
    /// The package's name: `botocore`.
    #[serde(default)]
    pub package: String,
    /// Its version.
    #[serde(default)]
    pub version: String,
    /// The API version, which is the model's folder: `2017-08-08`.
    pub api_version: String,
    /// The service's shape id, when a Smithy model has several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// The protocol to generate, when a Smithy service has no protocol trait or several: `restJson1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// SHA-256 of each vendored file, in hexadecimal, by its path below `models/`.
    #[serde(default)]
    pub sha256: BTreeMap<String, String>,
}

/// The formats of models.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// botocore's `service-2.json` and the files beside it.
    #[default]
    Botocore,
    /// Smithy's JSON AST, as `model.json`.
    Smithy,
}

impl Format {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
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
