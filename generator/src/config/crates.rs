//! The table `[crates]`: how the generated crates are called, published and built.

use super::name::{InvalidName, ServiceKey};
use std::fmt;
use std::str::FromStr;

/// Where the name of a service stands in the name of its crates.
const SERVICE: &str = "{service}";

/// Where the role of a crate stands in its name.
const ROLE: &str = "{role}";

/// What is said of all generated crates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Crates {
    /// How manifests are written.
    pub manifest: Manifest,
    /// What packages are called.
    pub name: PackageName,
    /// Their version; `0.1.0` when it is not given. A workspace says it for its members.
    pub version: Option<String>,
    /// Their license, as SPDX writes it. A workspace says it for its members.
    pub license: Option<String>,
    /// Where the runtime comes from. A workspace says it for its members.
    pub runtime: Runtime,
}

impl Crates {
    /// Those of a workspace that is nobody else's: called after their service alone, and what they share is the workspace's.
    pub fn of_workspace() -> Self {
        Self { manifest: Manifest::Workspace, name: PackageName(format!("{SERVICE}-{ROLE}")), ..Self::default() }
    }
}

/// How manifests are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Manifest {
    /// Each says everything, so that a crate builds wherever it is.
    #[default]
    Standalone,
    /// Version, license, lints and dependencies are the workspace's.
    Workspace,
}

impl FromStr for Manifest {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "standalone" => Ok(Self::Standalone),
            "workspace" => Ok(Self::Workspace),
            _ => Err(format!("`{name}` is neither `standalone` nor `workspace`")),
        }
    }
}

/// Where the crate comes from that generated ones call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Runtime {
    /// The registry: the release that belongs to this generator.
    #[default]
    Registry,
    /// A folder: in a configuration as it is found from the project, in a [`Request`](crate::Request) from a crate.
    Path(String),
}

/// The crates of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Types, errors, the trait and the codec.
    Api,
    /// The client.
    Client,
    /// The server.
    Server,
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Api => "api",
            Self::Client => "client",
            Self::Server => "server",
        })
    }
}

/// What packages are called: a pattern with `{service}` and `{role}`.
///
/// By default `smithwright-{service}-{role}`, since what is shorter is taken: `connect-client` is somebody else's on the registry.
/// Code says `connect_client` all the same: that is the name of the library in the package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageName(String);

impl PackageName {
    /// The name of a service's crate.
    pub fn of(&self, service: &str, role: Role) -> String {
        self.0.replace(SERVICE, service).replace(ROLE, &role.to_string())
    }
}

impl Default for PackageName {
    fn default() -> Self {
        Self(format!("smithwright-{SERVICE}-{ROLE}"))
    }
}

impl FromStr for PackageName {
    type Err = InvalidName;

    fn from_str(pattern: &str) -> Result<Self, InvalidName> {
        let has_both = pattern.matches(SERVICE).count() == 1 && pattern.matches(ROLE).count() == 1;
        // With words in their places, it is what a service may be called.
        match has_both && pattern.replace(SERVICE, "a").replace(ROLE, "a").parse::<ServiceKey>().is_ok() {
            true => Ok(Self(pattern.to_owned())),
            false => {
                let help = "write it with `{service}` and `{role}` once each: `acme-{service}-{role}`";
                Err(InvalidName::new(pattern, "a pattern of packages' names", help))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_called_after_the_project_unless_it_is_said_otherwise() {
        assert_eq!(PackageName::default().of("connect", Role::Client), "smithwright-connect-client");
        let own: PackageName = "acme-{role}-of-{service}".parse().unwrap();
        assert_eq!(own.of("connect", Role::Api), "acme-api-of-connect");
    }

    #[test]
    fn a_pattern_that_gives_one_name_twice_or_none_at_all_is_refused() {
        for pattern in ["", "acme", "{service}", "{role}", "{service}{role}{role}", "../{service}-{role}", "{service} {role}"] {
            assert!(pattern.parse::<PackageName>().is_err(), "{pattern}");
        }
    }
}
