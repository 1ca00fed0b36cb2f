//! What is generated from the fixtures compiles, without a warning of rustc or clippy, and does what programs that use it expect.

#![allow(clippy::unwrap_used, reason = "a helper fails as its test does")]

use smithwright::package::Package;
use smithwright_tests::service::{Service, folders, root};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;
use std::{env, fs};

/// The fixtures that have a program, `tests/programs/NAME.rs`: a client and a server in one process.
const PROGRAMS: [&str; 2] = ["rpc-events", "waitable"];

static WORKSPACE: LazyLock<PathBuf> = LazyLock::new(|| {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures-workspace");
    write_workspace(&workspace);
    workspace
});

#[test]
fn generated_crates_compile_with_warnings_denied() {
    // Without TLS, which is C and assembly, and has nothing to do with what is generated.
    cargo(["clippy", "--workspace", "--no-default-features", "--keep-going"]);
}

#[test]
fn programs_pass_that_use_generated_crates() {
    let output = cargo(["test", "--package", "rpc-events-program", "--package", "waitable-program"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(said.matches("test result: ok. ").count(), PROGRAMS.len(), "{said}");
}

fn cargo<const N: usize>(arguments: [&str; N]) -> Output {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--offline", "--quiet", "--color=never", "--target-dir"])
        .arg(WORKSPACE.with_file_name("fixtures-target"))
        .current_dir(&*WORKSPACE)
        .output()
        .unwrap();
    let said = [&output.stderr, &output.stdout].map(|said| String::from_utf8_lossy(said)).join("\n");
    assert!(output.status.success(), "in {}:\n{said}", WORKSPACE.display());
    output
}

/// A workspace of all fixtures' crates, with the repository's lints and the versions of its lock file.
fn write_workspace(workspace: &Path) {
    let root = root().canonicalize().unwrap();
    let mut members = Vec::new();
    let mut files = Vec::new();
    for (name, package) in packages() {
        files.extend(package.files.into_iter().map(|file| (format!("{name}/{}", file.path), file.text)));
        members.extend(["api", "client", "server"].map(|role| format!("{name}/{role}")));
    }
    files.extend(PROGRAMS.iter().flat_map(|name| program(name, &root)));
    files.extend(modules());
    remove_stale(workspace, "", &files.iter().map(|(path, _)| path.as_str()).collect());
    for (path, text) in files {
        write(&workspace.join(path), &text);
    }
    members.extend(PROGRAMS.map(|name| format!("programs/{name}")));
    members.push("modules".to_owned());
    let runtime = root.join("runtime").display().to_string();
    let manifest = smithwright::emit::workspace(&members, &runtime, &["warnings", "missing_docs", "unreachable_pub"]);
    // Nobody debugs it, and it is large.
    let more = "\n[workspace.lints.clippy]\nall = { level = \"deny\", priority = -1 }\n\n[profile.dev]\ndebug = false\n";
    write(&workspace.join("Cargo.toml"), &format!("{manifest}{more}"));
    fs::copy(root.join("Cargo.lock"), workspace.join("Cargo.lock")).unwrap();
}

/// The files of a fixture's program: tests of a crate without anything else.
fn program(name: &str, root: &Path) -> [(String, String); 3] {
    let tests = fs::read_to_string(root.join("tests/programs").join(name).with_extension("rs")).unwrap();
    let manifest = format!(
        "[package]\nname = \"{name}-program\"\nedition.workspace = true\n\n[lib]\ntest = false\ndoctest = false\n\n\
         [dependencies]\n{name}-api.path = \"../../{name}/api\"\n\
         {name}-client = {{ path = \"../../{name}/client\", default-features = false }}\n{name}-server.path = \"../../{name}/server\"\n\
         smithwright-runtime.workspace = true\n\
         tokio = {{ version = \"1\", default-features = false, features = [\"macros\", \"rt\", \"test-util\"] }}\n"
    );
    let file = |path: &str, text: String| (format!("programs/{name}/{path}"), text);
    [
        file("Cargo.toml", manifest),
        file("src/lib.rs", "//! Nothing: see the tests.\n".to_owned()),
        file("tests/program.rs", tests),
    ]
}

/// The files of a crate that has all fixtures as modules, as a build script makes them.
fn modules() -> Vec<(String, String)> {
    let mut files = vec![("modules/Cargo.toml".to_owned(), MODULES.to_owned())];
    let mut lib = "//! All fixtures.\n".to_owned();
    for (name, package) in packages_of(Service::into_modules) {
        lib.push_str(&format!(
            "\n/// A fixture.\npub mod fixture_{} {{\n    include!(\"{name}/include.rs\");\n}}\n",
            name.replace('-', "_")
        ));
        files.extend(package.files.into_iter().map(|file| (format!("modules/src/{name}/{}", file.path), file.text)));
    }
    files.push(("modules/src/lib.rs".to_owned(), lib));
    files
}

/// What such a crate needs of the runtime is for it to say.
const MODULES: &str = "[package]\nname = \"modules\"\nedition.workspace = true\n\n[lints]\nworkspace = true\n\n[dependencies]\n\
     smithwright-runtime = { workspace = true, features = [\"checksum\", \"client\", \"digest-auth\", \"event-stream\", \
     \"server\", \"sigv4a\"] }\n";

/// The crates that are generated from each fixture.
fn packages() -> impl Iterator<Item = (String, Package)> {
    packages_of(|service| service)
}

/// What is generated from each fixture, in this form. What only Smithy can say is not all supported.
fn packages_of(form: fn(Service) -> Service) -> impl Iterator<Item = (String, Package)> {
    let generate = move |parent: &str, name: &str| form(Service::fixture(parent, name).unwrap()).generate();
    let common = folders("fixtures").unwrap().into_iter().map(move |name| {
        let package = generate("fixtures", &name).into_result().unwrap();
        (name, package)
    });
    let smithy = folders("fixtures-smithy").unwrap().into_iter();
    common.chain(smithy.filter_map(move |name| Some((name.clone(), generate("fixtures-smithy", &name).result?))))
}

/// Writes what changed, so that cargo checks again what changed.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|present| present == text) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn remove_stale(folder: &Path, prefix: &str, files: &BTreeSet<&str>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let entry: PathBuf = entry.unwrap().path();
        let path = format!("{prefix}{}", entry.file_name().unwrap().to_string_lossy());
        if entry.is_dir() {
            remove_stale(&entry, &format!("{path}/"), files);
            // Cargo takes every folder for a crate.
            let _ = fs::remove_dir(entry);
        } else if !files.contains(path.as_str()) && !["Cargo.toml", "Cargo.lock"].contains(&path.as_str()) {
            fs::remove_file(entry).unwrap();
        }
    }
}
