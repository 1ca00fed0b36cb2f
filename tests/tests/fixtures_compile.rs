//! What is generated from the fixtures compiles, without a warning of rustc or clippy.

#![allow(clippy::unwrap_used, reason = "a helper fails as its test does")]

use smithwright::package::Package;
use smithwright_tests::service::{Service, folders, root};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

#[test]
fn generated_crates_compile_with_warnings_denied() {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures-workspace");
    write_workspace(&workspace);
    // Without TLS, which is C and assembly, and has nothing to do with what is generated.
    let output = Command::new(env!("CARGO"))
        .args(["clippy", "--workspace", "--no-default-features", "--offline", "--keep-going", "--quiet"])
        .args(["--color=never", "--target-dir"])
        .arg(workspace.with_file_name("fixtures-target"))
        .current_dir(&workspace)
        .output()
        .unwrap();
    assert!(output.status.success(), "in {}:\n{}", workspace.display(), String::from_utf8_lossy(&output.stderr));
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
    remove_stale(workspace, "", &files.iter().map(|(path, _)| path.as_str()).collect());
    for (path, text) in files {
        write(&workspace.join(path), &text);
    }
    let runtime = root.join("runtime").display().to_string();
    let manifest = smithwright::emit::workspace(&members, &runtime, &["warnings", "missing_docs", "unreachable_pub"]);
    let lints = "\n[workspace.lints.clippy]\nall = { level = \"deny\", priority = -1 }\n";
    write(&workspace.join("Cargo.toml"), &format!("{manifest}{lints}"));
    fs::copy(root.join("Cargo.lock"), workspace.join("Cargo.lock")).unwrap();
}

/// What is generated from each fixture. What only Smithy can say is not all supported.
fn packages() -> impl Iterator<Item = (String, Package)> {
    let generate = |parent: &str, name: &str| Service::fixture(parent, name).unwrap().generate();
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
