//! The crates' manifests: documents, not text, so that no title and no key can become TOML of its own.

use super::Job;
use crate::rust::plan::{Endpoint, Plan, Service};
use toml_edit::{DocumentMut, InlineTable, Item, Table, Value, value};

/// The crate that generated ones call.
const RUNTIME: &str = "smithwright-runtime";

/// What a package takes from its workspace, beside its name and description.
const INHERITED: [&str; 5] = ["version", "edition", "rust-version", "license", "publish"];

pub(super) fn jobs(plan: &Plan) -> Vec<Job<'_>> {
    let service = &plan.service;
    vec![
        Job::text("api/Cargo.toml", plan, "#", || api(service).to_string()),
        Job::text("client/Cargo.toml", plan, "#", || client(service).to_string()),
        Job::text("server/Cargo.toml", plan, "#", || server(service).to_string()),
    ]
}

fn api(service: &Service) -> DocumentMut {
    let dependencies = table([(RUNTIME, if service.events { value(runtime("event-stream")) } else { inherited() })]);
    manifest(service, "api", "requests, responses, errors, the trait and the wire codec", dependencies)
}

fn client(service: &Service) -> DocumentMut {
    let mut manifest = manifest(service, "client", "the client, over HTTPS", dependencies(service, "client"));
    let mut features = table([("default", value(list("tls"))), ("tls", value(list("smithwright-runtime/tls")))]);
    if let Some(mut tls) = features.key_mut("tls") {
        tls.leaf_decor_mut().set_prefix("# HTTPS; without it, bring an HTTP client in the `SdkConfig`.\n");
    }
    manifest.insert("features", Item::Table(features));
    manifest
}

fn server(service: &Service) -> DocumentMut {
    manifest(service, "server", "serves any implementation of the trait", dependencies(service, "server"))
}

fn manifest(service: &Service, role: &str, purpose: &str, dependencies: Table) -> DocumentMut {
    let mut package = table([
        ("name", value(format!("{}-{role}", service.key))),
        ("description", value(format!("{}: {purpose}.", service.title))),
    ]);
    package.extend(INHERITED.map(|key| (key, inherited())));
    let sections = [
        ("package", Item::Table(package)),
        ("lints", Item::Table(table([("workspace", value(true))]))),
        ("dependencies", Item::Table(dependencies)),
    ];
    table(sections).into()
}

/// The dependencies of a crate that stands on the service's types and on a feature of the runtime.
fn dependencies(service: &Service, feature: &str) -> Table {
    let mut runtime = runtime(feature);
    let needs_sigv4a = feature == "client" && service.endpoint.as_ref().is_some_and(Endpoint::signs_with_sigv4a);
    if needs_sigv4a && let Some(Value::Array(features)) = runtime.get_mut("features") {
        features.push("sigv4a");
    }
    table([(format!("{}-api", service.key).as_str(), inherited()), (RUNTIME, value(runtime))])
}

/// The runtime with a feature.
fn runtime(feature: &str) -> InlineTable {
    InlineTable::from_iter([("workspace", Value::from(true)), ("features", list(feature))])
}

/// `workspace = true` as it stands behind a dot.
fn inherited() -> Item {
    let mut table = table([("workspace", value(true))]);
    table.set_dotted(true);
    Item::Table(table)
}

fn list(element: &str) -> Value {
    Value::Array([element].into_iter().collect())
}

fn table<'k>(entries: impl IntoIterator<Item = (&'k str, Item)>) -> Table {
    Table::from_iter(entries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rust::names::{Name, TypeName};

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
            client(&service("The Desk")).to_string(),
            "[package]\nname = \"desk-client\"\ndescription = \"The Desk: the client, over HTTPS.\"\nversion.workspace = true\n\
             edition.workspace = true\nrust-version.workspace = true\nlicense.workspace = true\npublish.workspace = true\n\n\
             [lints]\nworkspace = true\n\n[dependencies]\ndesk-api.workspace = true\n\
             smithwright-runtime = { workspace = true, features = [\"client\"] }\n\n[features]\ndefault = [\"tls\"]\n\
             # HTTPS; without it, bring an HTTP client in the `SdkConfig`.\ntls = [\"smithwright-runtime/tls\"]\n"
        );
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
        for crate_ in [api, client, server] {
            let (harmless, usual) = read(&crate_(&service("Desk")));
            for title in hostile {
                let (keys, description) = read(&crate_(&service(title)));
                assert_eq!(keys, harmless, "{title:?}");
                assert_eq!(description, usual.replacen("Desk", title, 1), "{title:?}");
            }
        }
    }
}
