//! The crates' manifests: documents, not text, so that no title and no key can become TOML of its own.

use super::Job;
use super::features::{self, Feature};
use crate::config::{Crates, Manifest, Role, Runtime};
use crate::home;
use crate::rust::plan::{Plan, Service};
use toml_edit::{DocumentMut, InlineTable, Item, Table, Value, value};

/// The crate that generated ones call.
const RUNTIME: &str = "smithwright-runtime";

/// What a package takes from its workspace, beside its name and description.
const INHERITED: [&str; 5] = ["version", "edition", "rust-version", "license", "publish"];

/// The edition of generated code.
const EDITION: &str = "2024";

/// The version of a crate that nobody gave one.
const FIRST_VERSION: &str = "0.1.0";

pub(super) fn jobs<'a>(plan: &'a Plan, crates: &'a Crates) -> Vec<Job<'a>> {
    let job = |path, write: fn(Writer<'_>) -> DocumentMut| {
        Job::text(path, plan, "#", move || write(Writer { service: &plan.service, crates }).to_string())
    };
    vec![
        job("api/Cargo.toml", |it| it.api()),
        job("client/Cargo.toml", |it| it.client()),
        job("server/Cargo.toml", |it| it.server()),
    ]
}

/// What all manifests of a service share.
#[derive(Clone, Copy)]
struct Writer<'p> {
    service: &'p Service,
    crates: &'p Crates,
}

impl Writer<'_> {
    fn api(self) -> DocumentMut {
        let runtime = self.runtime(Role::Api);
        self.manifest(Role::Api, "requests, responses, errors, the trait and the wire codec", table([(RUNTIME, runtime)]))
    }

    fn client(self) -> DocumentMut {
        let mut manifest = self.manifest(Role::Client, "the client, over HTTPS", self.dependencies(Role::Client));
        let mut features = table([("default", value(list(&["tls"]))), ("tls", value(list(&["smithwright-runtime/tls"])))]);
        if let Some(mut tls) = features.key_mut("tls") {
            tls.leaf_decor_mut().set_prefix("# HTTPS; without it, bring an HTTP client in the `SdkConfig`.\n");
        }
        manifest.insert("features", Item::Table(features));
        manifest
    }

    fn server(self) -> DocumentMut {
        self.manifest(Role::Server, "serves any implementation of the trait", self.dependencies(Role::Server))
    }

    fn manifest(self, role: Role, purpose: &str, dependencies: Table) -> DocumentMut {
        let name = self.package(role);
        let library = home::library(&self.service.key, role);
        let is_renamed = name.replace('-', "_") != library;
        let mut package = table([("name", value(name)), ("description", value(format!("{}: {purpose}.", self.service.title)))]);
        let mut sections = Vec::new();
        match self.crates.manifest {
            Manifest::Workspace => {
                package.extend(INHERITED.map(|key| (key, inherited())));
                sections.push(("lints", Item::Table(table([("workspace", value(true))]))));
            }
            Manifest::Standalone => package.extend(self.own()),
        }
        sections.insert(0, ("package", Item::Table(package)));
        if is_renamed {
            sections.insert(1, ("lib", Item::Table(table([("name", value(library))]))));
        }
        sections.push(("dependencies", Item::Table(dependencies)));
        table(sections).into()
    }

    /// What a crate says for itself that is in no workspace.
    fn own(self) -> impl Iterator<Item = (&'static str, Item)> {
        let given = [
            ("version", value(self.version())),
            ("edition", value(EDITION)),
            ("rust-version", value(env!("CARGO_PKG_RUST_VERSION"))),
        ];
        given.into_iter().chain(self.crates.license.as_ref().map(|license| ("license", value(license))))
    }

    fn package(self, role: Role) -> String {
        self.crates.name.of(&self.service.key, role)
    }

    fn version(&self) -> &str {
        self.crates.version.as_deref().unwrap_or(FIRST_VERSION)
    }

    /// The dependencies of a crate that stands on the service's types.
    fn dependencies(self, role: Role) -> Table {
        let mut api = InlineTable::from_iter([("path", "../api")]);
        // A workspace may have another version than is said here, which would be none of this path's.
        if self.crates.manifest == Manifest::Standalone || self.crates.version.is_some() {
            api.insert("version", self.version().into());
        }
        table([(self.package(Role::Api).as_str(), value(api)), (RUNTIME, self.runtime(role))])
    }

    /// The runtime, with what a crate needs of it.
    fn runtime(self, role: Role) -> Item {
        let features: Vec<&str> = features::needed(self.service, role).into_iter().map(Feature::name).collect();
        let mut runtime = match (self.crates.manifest, &self.crates.runtime) {
            (Manifest::Workspace, _) if features.is_empty() => return inherited(),
            (Manifest::Workspace, _) => InlineTable::from_iter([("workspace", Value::from(true))]),
            (Manifest::Standalone, Runtime::Registry) if features.is_empty() => return value(env!("CARGO_PKG_VERSION")),
            (Manifest::Standalone, Runtime::Registry) => InlineTable::from_iter([("version", env!("CARGO_PKG_VERSION"))]),
            (Manifest::Standalone, Runtime::Path(path)) => InlineTable::from_iter([("path", path)]),
        };
        if !features.is_empty() {
            runtime.insert("features", list(&features));
        }
        value(runtime)
    }
}

/// The manifest of a workspace for crates that are built and thrown away: these members, whose manifests are those of
/// [`Crates::of_workspace`], and the folder of the runtime. Its lints are what it denies.
pub fn workspace(members: &[String], runtime: &str, denied: &[&str]) -> DocumentMut {
    let package = [
        ("version", value(FIRST_VERSION)),
        ("edition", value(EDITION)),
        ("rust-version", value(env!("CARGO_PKG_RUST_VERSION"))),
        ("license", value("MIT")),
        ("publish", value(false)),
    ];
    let dependencies = [(RUNTIME, value(InlineTable::from_iter([("path", runtime)])))];
    let lints = [("unsafe_code", value("forbid"))].into_iter().chain(denied.iter().map(|lint| (*lint, value("deny"))));
    let members = Value::Array(members.iter().collect());
    let mut workspace = table([("resolver", value("3")), ("members", value(members))]);
    workspace.extend([
        ("package", Item::Table(table(package))),
        ("dependencies", Item::Table(table(dependencies))),
        ("lints", Item::Table(table([("rust", Item::Table(table(lints)))]))),
    ]);
    table([("workspace", Item::Table(workspace))]).into()
}

/// `workspace = true` as it stands behind a dot.
fn inherited() -> Item {
    let mut table = table([("workspace", value(true))]);
    table.set_dotted(true);
    Item::Table(table)
}

fn list(elements: &[&str]) -> Value {
    Value::Array(elements.iter().copied().collect())
}

fn table<'k>(entries: impl IntoIterator<Item = (&'k str, Item)>) -> Table {
    Table::from_iter(entries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rust::names::{Name, TypeName};
    use crate::rust::plan::Identities;

    const ALL: [fn(Writer<'_>) -> DocumentMut; 3] = [|it| it.api(), |it| it.client(), |it| it.server()];

    fn text(write: fn(Writer<'_>) -> DocumentMut, crates: &Crates) -> String {
        write(Writer { service: &service("The Desk"), crates }).to_string()
    }

    fn service(title: &str) -> Service {
        Service {
            key: "desk".to_owned(),
            model: "models/desk/2020-01-01".to_owned(),
            name: TypeName::new(Name::new("Desk")),
            title: title.to_owned(),
            sdk_id: "Desk".to_owned(),
            version: "2020-01-01".to_owned(),
            signing_name: "desk".to_owned(),
            protocols: Vec::new(),
            namespace: String::new(),
            shape_name: "Desk".to_owned(),
            query_compatible: false,
            exports: None,
            endpoint: None,
            headers: Vec::new(),
            events: false,
            identities: Identities::default(),
            checksums: false,
        }
    }

    /// What cargo reads, without the description, which is returned apart.
    fn read(manifest: &DocumentMut) -> (toml::Table, String) {
        let mut read: toml::Table = manifest.to_string().parse().unwrap();
        let package = read.get_mut("package").and_then(toml::Value::as_table_mut).unwrap();
        let description = package.remove("description").unwrap();
        (read, description.as_str().unwrap().to_owned())
    }

    #[test]
    fn a_manifest_reads_as_if_written_by_hand() {
        assert_eq!(
            text(|it| it.client(), &Crates::of_workspace()),
            "[package]\nname = \"desk-client\"\ndescription = \"The Desk: the client, over HTTPS.\"\nversion.workspace = true\n\
             edition.workspace = true\nrust-version.workspace = true\nlicense.workspace = true\npublish.workspace = true\n\n\
             [lints]\nworkspace = true\n\n[dependencies]\ndesk-api = { path = \"../api\" }\n\
             smithwright-runtime = { workspace = true, features = [\"client\"] }\n\n[features]\ndefault = [\"tls\"]\n\
             # HTTPS; without it, bring an HTTP client in the `SdkConfig`.\ntls = [\"smithwright-runtime/tls\"]\n"
        );
    }

    #[test]
    fn a_crate_of_no_workspace_says_everything_itself() {
        let crates = Crates { version: Some("1.2.3".to_owned()), license: Some("MIT".to_owned()), ..Crates::default() };
        let (rust, release) = (env!("CARGO_PKG_RUST_VERSION"), env!("CARGO_PKG_VERSION"));
        assert_eq!(
            text(|it| it.server(), &crates),
            format!(
                "[package]\nname = \"smithwright-desk-server\"\n\
                 description = \"The Desk: serves any implementation of the trait.\"\nversion = \"1.2.3\"\nedition = \"2024\"\n\
                 rust-version = \"{rust}\"\nlicense = \"MIT\"\n\n[lib]\nname = \"desk_server\"\n\n[dependencies]\n\
                 smithwright-desk-api = {{ path = \"../api\", version = \"1.2.3\" }}\n\
                 smithwright-runtime = {{ version = \"{release}\", features = [\"server\"] }}\n"
            )
        );
        assert!(text(|it| it.api(), &crates).ends_with(&format!("[dependencies]\nsmithwright-runtime = \"{release}\"\n")));
    }

    #[test]
    fn no_title_becomes_toml() {
        let hostile = [
            "x\"\n[dependencies]\nevil = { path = \"/tmp/evil\" }\n#",
            "x\"\nbuild = \"evil.rs\"\n",
            "'''\n[build-dependencies]\nevil = \"1\"\n'''",
            "\"\"\"\n[patch.crates-io]\n",
            "\\\"\n[[bin]]\npath = \"x\"\n",
            "\\",
            "\0\u{1b}\r\r\n\u{7f}\u{85}\u{2028}\u{202e}\u{feff}",
            "",
            "#",
            "{{}}",
        ];
        let crates = Crates::default();
        for write in ALL {
            let (harmless, usual) = read(&write(Writer { service: &service("Desk"), crates: &crates }));
            for title in hostile {
                let (keys, description) = read(&write(Writer { service: &service(title), crates: &crates }));
                assert_eq!(keys, harmless, "{title:?}");
                assert_eq!(description, usual.replacen("Desk", title, 1), "{title:?}");
            }
        }
    }
}
