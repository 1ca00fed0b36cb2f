//! The file as it is written, with the place of each name, and what makes [`Config`] of it.

use super::name::{
    ApiVersion, InvalidName, ServiceKey, check_package, check_path, check_renamed, check_rust_name, check_sha256, check_shape_id,
    check_version,
};
use super::{Config, Crates, Format, Manifest, Patch, Runtime, ServiceConfig, Source};
use crate::diagnostic::{Diagnostics, Place};
use crate::rust::words;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::str::FromStr;
use toml::Spanned;

type Text = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConfig {
    #[serde(default)]
    crates: RawCrates,
    #[serde(default)]
    service: BTreeMap<Text, RawService>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCrates {
    #[serde(default)]
    manifest: Manifest,
    name: Option<Text>,
    version: Option<Text>,
    license: Option<String>,
    runtime: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawService {
    source: Spanned<RawSource>,
    #[serde(default)]
    operations: Vec<Text>,
    #[serde(default)]
    rename: BTreeMap<Text, Text>,
    #[serde(default)]
    patch: BTreeMap<String, Patch>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSource {
    file: Option<Text>,
    format: Option<Format>,
    package: Option<Text>,
    version: Option<Text>,
    api_version: Option<Text>,
    service: Option<Text>,
    protocol: Option<Text>,
    #[serde(default)]
    sha256: BTreeMap<Text, Text>,
}

/// Parses the file, and checks every name in it.
pub(super) fn parse(file: &str, text: &str) -> Result<Config, Diagnostics> {
    let mut checker = Checker { file, text, diagnostics: Diagnostics::default() };
    let config = match toml::from_str(text) {
        Ok(raw) => checker.config(raw),
        Err(error) => {
            let place = checker.place(error.span().unwrap_or_default());
            checker.diagnostics.error(&place, error.message(), "write it as the other entries of the file are written");
            Config::default()
        }
    };
    match checker.diagnostics.has_errors() {
        true => Err(checker.diagnostics),
        false => Ok(config),
    }
}

struct Checker<'t> {
    file: &'t str,
    text: &'t str,
    diagnostics: Diagnostics,
}

impl Checker<'_> {
    fn config(&mut self, raw: RawConfig) -> Config {
        let mut config = Config { crates: self.crates(raw.crates), ..Config::default() };
        for (name, raw) in raw.service {
            let service = self.service(name.get_ref(), raw);
            let key: Option<ServiceKey> = self.parsed(&name);
            config.service.extend(key.map(|key| (key, service)));
        }
        config
    }

    /// What is wrong is reported, and with that nothing is parsed: whatever stands in its place is seen by nobody.
    fn crates(&mut self, raw: RawCrates) -> Crates {
        raw.version.iter().for_each(|version| self.check(version, check_version));
        Crates {
            manifest: raw.manifest,
            name: raw.name.and_then(|name| self.parsed(&name)).unwrap_or_default(),
            version: raw.version.map(Text::into_inner),
            license: raw.license,
            runtime: raw.runtime.map_or(Runtime::Registry, Runtime::Path),
        }
    }

    fn service(&mut self, name: &str, raw: RawService) -> ServiceConfig {
        self.renames(&raw.rename);
        self.model(&raw.source);
        let rename = raw.rename.into_iter().map(|(name, rust)| (name.into_inner(), rust.into_inner())).collect();
        let operations = raw.operations.iter().filter_map(|pattern| self.parsed(pattern)).collect();
        let place = Place::file(self.file).child("service").child(name);
        ServiceConfig { place, source: self.source(raw.source.into_inner()), operations, rename, patch: raw.patch }
    }

    /// A model is in a file that is named, or in the folder of its version.
    fn model(&mut self, source: &Spanned<RawSource>) {
        let raw = source.get_ref();
        if raw.file.is_some() == raw.api_version.is_some() {
            let help = "give it a `file`, below the project, or the `api_version` that is its folder below models/";
            self.error(source.span(), "it is not said where the model is, or twice", help);
        }
    }

    fn source(&mut self, raw: RawSource) -> Source {
        for (path, sum) in &raw.sha256 {
            self.check(path, check_path);
            self.check(sum, check_sha256);
        }
        // A model of no package has neither; an empty text says the same.
        let given = |text: Option<Text>| text.filter(|text| !text.get_ref().is_empty());
        let (package, version) = (given(raw.package), given(raw.version));
        package.iter().for_each(|name| self.check(name, check_package));
        raw.file.iter().for_each(|file| self.check(file, check_path));
        raw.service.iter().chain(&raw.protocol).for_each(|id| self.check(id, check_shape_id));
        Source {
            file: raw.file.map(Text::into_inner),
            format: raw.format,
            package: package.map(Text::into_inner).unwrap_or_default(),
            version: version.and_then(|version| self.parsed(&version)),
            api_version: raw.api_version.and_then(|version| self.parsed::<ApiVersion>(&version)).unwrap_or_default(),
            service: raw.service.map(Text::into_inner),
            protocol: raw.protocol.map(Text::into_inner),
            sha256: raw.sha256.into_iter().map(|(path, sum)| (path.into_inner(), sum.into_inner())).collect(),
        }
    }

    /// Checks each rename, and that no two give one name or one file. Names in a module of their own, those of members and
    /// values, differ as text. Those of shapes and operations are files' names besides: they differ as `snake_case`, which is
    /// in lower case.
    fn renames(&mut self, renames: &BTreeMap<Text, Text>) {
        let mut given: BTreeMap<(&str, bool, String), &str> = BTreeMap::new();
        for (name, rust) in renames {
            self.check(name, check_renamed);
            self.check(rust, check_rust_name);
            let (name, text) = (name.get_ref().as_str(), rust.get_ref());
            let is_type = text.starts_with(|first: char| first.is_ascii_uppercase());
            let claimed = match name.split_once('.') {
                Some((owner, _)) => (owner, is_type, text.clone()),
                None => ("", is_type, words::snake_case(text)),
            };
            if let Some(first) = given.insert(claimed, name) {
                let message = format!("`{first}` and `{name}` are both renamed to {text:?}, or to names of one file");
                self.error(rust.span(), &message, "give each a name of its own, in more than case and underscores");
            }
        }
    }

    fn check(&mut self, text: &Text, check: fn(&str) -> Result<(), InvalidName>) {
        if let Err(InvalidName { problem, help }) = check(text.get_ref()) {
            self.error(text.span(), &problem, &help);
        }
    }

    fn parsed<T: FromStr<Err = InvalidName>>(&mut self, text: &Text) -> Option<T> {
        let parsed = text.get_ref().parse();
        parsed.map_err(|InvalidName { problem, help }| self.error(text.span(), &problem, &help)).ok()
    }

    fn error(&mut self, span: Range<usize>, message: &str, help: &str) {
        let place = self.place(span);
        self.diagnostics.error(&place, message, help);
    }

    /// Where a span begins: `smithwright.toml:3:14`, both counted from 1, columns in characters.
    fn place(&self, span: Range<usize>) -> Place {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Place::file(&format!("{}:{line}:{column}", self.file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "source = { api_version = \"2020-01-01\" }\n";

    /// What is said of a file: each problem with its line and column.
    fn said(text: &str) -> Vec<String> {
        let diagnostics = Config::parse("smithwright.toml", text).map(|config| panic!("{config:?}")).unwrap_err();
        let place = |place: &Place| place.to_string().replace("smithwright.toml:", "");
        diagnostics.list.iter().map(|it| format!("{} {}", place(&it.place), it.message)).collect()
    }

    fn renames(text: &str) -> String {
        format!("[service.desk]\n{SOURCE}[service.desk.rename]\n{text}")
    }

    #[test]
    fn a_service_without_a_proper_name_is_refused_where_it_is() {
        for key in ["", "../../x", "Connect", "a_b", "a b", "/x", ".."] {
            let text = format!("# Services.\n[service.{key:?}]\n{SOURCE}");
            let expected = format!("2:10 {key:?} is not the name of a service, which crates and folders are named after");
            assert_eq!(said(&text), [expected]);
        }
    }

    #[test]
    fn everything_wrong_is_listed_at_once() {
        let text = "[service.desk.source]\npackage = \"../botocore\"\nversion = \"1 --pre\"\napi_version = \"../..\"\n\
                    service = \"a b\"\nprotocol = \"a/b\"\n[service.desk.source.sha256]\n\"../x.json\" = \"00\"\n";
        assert_eq!(
            said(text),
            [
                "8:1 \"../x.json\" is not a path below models/",
                "8:15 \"00\" is not a SHA-256",
                "2:11 \"../botocore\" is not the name of a package",
                "5:11 \"a b\" is not a shape's id",
                "6:12 \"a/b\" is not a shape's id",
                "3:11 \"1 --pre\" is not a release of a package",
                "4:15 \"../..\" is not an API version, which is a folder's name",
            ]
        );
    }

    #[test]
    fn what_is_not_toml_or_not_known_has_its_line_and_column() {
        assert!(said("[service.desk\n")[0].starts_with("1:14 "), "{:?}", said("[service.desk\n"));
        assert!(said("[service.desk]\nsauce = 1\n")[0].starts_with("2:1 unknown field `sauce`"));
        assert!(said("[service.\"ä\"]\nsource = 1\n")[0].starts_with("2:10 invalid type"));
    }

    #[test]
    fn a_rename_is_of_something_and_to_an_identifier() {
        assert_eq!(said(&renames("\"\" = \"A\"\n")), ["4:1 \"\" is not a name of the model"]);
        assert_eq!(said(&renames("\".x\" = \"a\"\n")), ["4:1 \".x\" is not a name of the model"]);
        for name in ["", "a b", "a/*x*/b", "Self", "a\u{0}", "r#type"] {
            let name = toml::Value::from(name).to_string();
            assert!(said(&renames(&format!("Desk = {name}\n")))[0].starts_with("4:8 "), "{name}");
        }
    }

    #[test]
    fn no_two_renames_give_one_name_or_one_file() {
        for (first, second) in [("Same", "Same"), ("FooBar", "Foo_Bar"), ("FooBar", "FOOBar"), ("same", "same")] {
            let said = said(&renames(&format!("One = {first:?}\nTwo = {second:?}\n")));
            let expected = format!("5:7 `One` and `Two` are both renamed to {second:?}, or to names of one file");
            assert_eq!(said, [expected]);
        }
        assert_eq!(said(&renames("\"A.x\" = \"y\"\n\"A.z\" = \"y\"\n")).len(), 1);
    }

    #[test]
    fn renames_that_do_not_meet_are_taken() {
        // An operation's method and a shape, and members of two shapes.
        let text =
            renames("Make = \"make_desk\"\nDesk = \"MakeDesk\"\n\"A.x\" = \"y\"\n\"B.x\" = \"y\"\n\"Size.\" = \"Nothing\"\n");
        let config = Config::parse("smithwright.toml", &text).unwrap();
        assert_eq!(config.service["desk"].rename.len(), 5);
        assert_eq!(config.service["desk"].place.to_string(), "smithwright.toml#/service/desk");
    }

    #[test]
    fn a_model_of_no_package_says_so_by_saying_nothing() {
        let config =
            Config::parse("smithwright.toml", "[service.desk.source]\npackage = \"\"\nversion = \"\"\napi_version = \"v1\"\n")
                .unwrap();
        let source = &config.service["desk"].source;
        assert_eq!((source.package.as_str(), &source.version), ("", &None));
    }
}
