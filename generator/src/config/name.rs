//! Names that become paths, crates and identifiers. Each type is made by its check alone, so whoever holds one may build a path of
//! it: it stays one step, below the folder that it is joined to.

use crate::ir::Model;
use crate::rust::words::snake_case;
use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;

/// The longest name of a service. A crate's folder is longer by a role, and file systems stop at 255 bytes.
const LONGEST: usize = 64;

/// What Windows takes for a device, with whatever ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Why a name is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem}: {help}")]
pub struct InvalidName {
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub help: String,
}

impl InvalidName {
    pub(super) fn new(name: &str, what: &str, help: &str) -> Self {
        Self { problem: format!("{name:?} is not {what}"), help: help.to_owned() }
    }
}

/// What `smithwright generate` calls a service: `connect`. Its crates and folders are named after it.
///
/// Words of `a` to `z` and `0` to `9` behind single hyphens, a letter first: no two differ in case alone or in `-` and `_`, and
/// with a role behind it (`connect-api`) it is no keyword and no crate of Rust's own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceKey(String);

/// The version of an API, which is a folder's name: `2017-08-08`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApiVersion(String);

/// The release of a package: `1.44.5`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Release(String);

impl ServiceKey {
    /// The name of a service that nobody gave one: what its model calls it, in kebab case.
    ///
    /// # Errors
    ///
    /// That is no name: somebody has to give it one.
    pub fn of_model(model: &Model) -> Result<Self, InvalidName> {
        snake_case(&model.service.sdk_id).replace('_', "-").parse()
    }
}

impl FromStr for ServiceKey {
    type Err = InvalidName;

    fn from_str(name: &str) -> Result<Self, InvalidName> {
        let is_word = |word: &str| !word.is_empty() && word.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit());
        let starts_well = name.starts_with(|first: char| first.is_ascii_lowercase());
        if !starts_well || name.len() > LONGEST || !name.split('-').all(is_word) || is_device(name) {
            let help = "use a to z, 0 to 9 and single hyphens, a letter first, 64 characters at most: `connect`";
            return Err(InvalidName::new(name, "the name of a service, which crates and folders are named after", help));
        }
        Ok(Self(name.to_owned()))
    }
}

impl FromStr for ApiVersion {
    type Err = InvalidName;

    fn from_str(name: &str) -> Result<Self, InvalidName> {
        match is_step(name) {
            true => Ok(Self(name.to_owned())),
            false => Err(InvalidName::new(name, "an API version, which is a folder's name", "write it as a date: `2017-08-08`")),
        }
    }
}

impl FromStr for Release {
    type Err = InvalidName;

    fn from_str(name: &str) -> Result<Self, InvalidName> {
        match is_step(name) {
            true => Ok(Self(name.to_owned())),
            false => Err(InvalidName::new(name, "a release of a package", "write it as the package does: `1.44.5`")),
        }
    }
}

/// The version of a model that is in no folder of its own, as tests have them.
impl Default for ApiVersion {
    fn default() -> Self {
        Self("unversioned".to_owned())
    }
}

macro_rules! text {
    ($($name:ident),*) => {
        $(
            impl $name {
                /// The name as it was given.
                pub fn as_str(&self) -> &str {
                    &self.0
                }
            }

            impl fmt::Display for $name {
                fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                    formatter.write_str(&self.0)
                }
            }

            /// So that a map is asked by text that nobody has checked.
            impl Borrow<str> for $name {
                fn borrow(&self) -> &str {
                    &self.0
                }
            }
        )*
    };
}

text!(ServiceKey, ApiVersion, Release);

/// A path of such steps: `connect/2017-08-08/service-2.json`.
pub(super) fn check_path(path: &str) -> Result<(), InvalidName> {
    match path.split('/').all(is_step) {
        true => Ok(()),
        false => Err(InvalidName::new(path, "a path below models/", "write it as `connect/2017-08-08/service-2.json`")),
    }
}

/// The name of a package: `botocore`.
pub(super) fn check_package(name: &str) -> Result<(), InvalidName> {
    match is_step(name) {
        true => Ok(()),
        false => Err(InvalidName::new(name, "the name of a package", "name the package that the model comes from: `botocore`")),
    }
}

/// A version as Cargo reads it: <https://semver.org>.
pub(super) fn check_version(version: &str) -> Result<(), InvalidName> {
    let (numbers, suffix) = version.split_at(version.find(['-', '+']).unwrap_or(version.len()));
    let is_number = |number: &str| number.parse::<u64>().is_ok_and(|it| it.to_string() == number);
    let is_suffix = suffix.is_empty() || (suffix.len() > 1 && is_step(suffix.trim_start_matches(['-', '+'])));
    match numbers.split('.').count() == 3 && numbers.split('.').all(is_number) && is_suffix {
        true => Ok(()),
        false => Err(InvalidName::new(version, "a version of a crate", "write it as Cargo does: `0.1.0`")),
    }
}

/// A shape's id, with its namespace or without: <https://smithy.io/2.0/spec/model.html#shape-id>.
pub(super) fn check_shape_id(id: &str) -> Result<(), InvalidName> {
    let is_identifier = |name: &str| is_identifier(name.trim_start_matches('_'));
    let (namespace, name) = id.split_once('#').unwrap_or(("namespace", id));
    match namespace.split('.').all(is_identifier) && is_identifier(name) {
        true => Ok(()),
        false => Err(InvalidName::new(id, "a shape's id", "write it as the model does: `Name`, or `namespace#Name`")),
    }
}

/// SHA-256 in hexadecimal.
pub(super) fn check_sha256(sum: &str) -> Result<(), InvalidName> {
    match sum.len() == 64 && sum.bytes().all(|it| it.is_ascii_hexdigit()) {
        true => Ok(()),
        false => Err(InvalidName::new(sum, "a SHA-256", "run `smithwright vendor`, which writes it")),
    }
}

/// What is renamed: a shape, a member of one, an operation or a value. A value may be any text.
pub(super) fn check_renamed(name: &str) -> Result<(), InvalidName> {
    match name.split('.').next().is_none_or(|owner| owner.trim().is_empty()) {
        false => Ok(()),
        true => Err(InvalidName::new(name, "a name of the model", "name a shape, `Shape.Member`, an operation or `Shape.VALUE`")),
    }
}

/// A rename: of something, to a name in Rust.
pub(crate) fn check_rename(name: &str, rust: &str) -> Result<(), InvalidName> {
    check_renamed(name).and_then(|()| check_rust_name(rust))
}

/// A name in Rust. Letters are ASCII, so that no two differ in a form of Unicode that a file system or rustc sees as one.
pub(super) fn check_rust_name(name: &str) -> Result<(), InvalidName> {
    let never_raw = ["self", "Self", "super", "crate"].contains(&name);
    match is_identifier(name) && !never_raw && name.len() <= LONGEST {
        true => Ok(()),
        false => {
            let help =
                "use letters, digits and underscores, a letter first, 64 at most, and none of `self`, `Self`, `super`, `crate`";
            Err(InvalidName::new(name, "a name in Rust", help))
        }
    }
}

fn is_identifier(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic()) && name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_')
}

/// Whether a name is a step of a path that leads down, on every file system: not `..`, no separator, no drive, no device, no
/// option of a command.
fn is_step(name: &str) -> bool {
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"-_.+!".contains(&it);
    let starts_well = name.starts_with(|first: char| first.is_ascii_alphanumeric());
    starts_well && name.len() <= 2 * LONGEST && name.bytes().all(is_plain) && !name.ends_with('.') && !is_device(name)
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    let is_port = |port: &str| stem.strip_prefix(port).is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']));
    DEVICES.contains(&stem.as_str()) || is_port("com") || is_port("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What leaves a folder, or is another thing than a name, somewhere.
    const HOSTILE: [&str; 24] = [
        "",
        " ",
        ".",
        "..",
        "../x",
        "../../x",
        "/x",
        "/",
        "x/../..",
        "x//y",
        "x\\y",
        "..\\x",
        "C:",
        "c:/x",
        "x\0",
        "x\n",
        "~",
        "-rf",
        "--index-url=x",
        ".staging",
        "con",
        "nul.json",
        "é",
        "x y",
    ];

    #[test]
    fn no_hostile_text_is_a_name() {
        for text in HOSTILE {
            assert!(text.parse::<ServiceKey>().is_err(), "{text:?}");
            assert!(text.parse::<ApiVersion>().is_err(), "{text:?}");
            assert!(text.parse::<Release>().is_err(), "{text:?}");
            assert!(check_path(text).is_err(), "{text:?}");
            assert!(check_path(&format!("connect/{text}")).is_err(), "{text:?}");
            assert!(check_package(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn the_names_of_services_differ_in_more_than_case_and_hyphens() {
        for name in ["connect", "s3", "a4b", "iot-data", "kinesis-video-archived-media"] {
            assert_eq!(name.parse::<ServiceKey>().map(|key| key.to_string()), Ok(name.to_owned()));
        }
        for name in ["Connect", "iot_data", "iot--data", "iot-", "-iot", "2x", "iot.data", "cön"] {
            assert!(name.parse::<ServiceKey>().is_err(), "{name}");
        }
        assert!("x".repeat(64).parse::<ServiceKey>().is_ok());
        assert!("x".repeat(65).parse::<ServiceKey>().is_err());
    }

    #[test]
    fn versions_and_paths_are_taken_as_packages_have_them() {
        assert!("2017-08-08".parse::<ApiVersion>().is_ok());
        assert!("v1.2".parse::<ApiVersion>().is_ok());
        assert!("1.44.5rc1+local".parse::<Release>().is_ok());
        assert!(check_path("connect/2017-08-08/service-2.sdk-extras.json").is_ok());
    }

    #[test]
    fn shapes_are_named_as_smithy_names_them() {
        for id in ["Desk", "com.example#Desk", "aws.protocols#restJson1", "_Desk"] {
            assert!(check_shape_id(id).is_ok(), "{id}");
        }
        for id in ["", "#", "a#", "#b", "a..b#c", "a#b#c", "a b", "a/b", "a#b$c"] {
            assert!(check_shape_id(id).is_err(), "{id}");
        }
    }

    #[test]
    fn a_name_in_rust_is_one_identifier() {
        for name in ["Problem", "kind", "type", "r2", "a_b"] {
            assert!(check_rust_name(name).is_ok(), "{name}");
        }
        for name in [
            "", "_", "__", "_x", "a b", "a/*x*/b", "a//b", "a-b", "r#type", "self", "Self", "super", "crate", "a\n", "é", "1a",
            "a;",
        ] {
            assert!(check_rust_name(name).is_err(), "{name}");
        }
    }
}
