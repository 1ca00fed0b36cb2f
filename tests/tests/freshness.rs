//! `generated/` is what `models/` gives, and always the same.

#![allow(clippy::unwrap_used, reason = "a helper fails as its test does")]

use smithwright_tests::service::{Service, root};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

#[test]
fn generated_code_is_what_the_models_give() {
    let package = Service::connect().unwrap().generate().into_result().unwrap();
    let expected: BTreeMap<String, String> = package.files.into_iter().map(|file| (file.path, file.text)).collect();
    let mut present = BTreeMap::new();
    read_folder(&root().join("generated/connect"), "", &mut present);

    let paths: BTreeSet<&String> = expected.keys().chain(present.keys()).collect();
    let drift: Vec<&str> =
        paths.into_iter().filter(|path| expected.get(*path) != present.get(*path)).map(String::as_str).collect();
    assert!(
        drift.is_empty(),
        "run `cargo xtask codegen`: {} files of generated/connect are not what models/ gives, as {}",
        drift.len(),
        drift[..drift.len().min(5)].join(", ")
    );
}

#[test]
fn the_same_model_gives_the_same_bytes() {
    let service = Service::connect().unwrap();
    assert!(service.generate().into_result().unwrap() == service.generate().into_result().unwrap());
}

fn read_folder(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            read_folder(&entry.path(), &format!("{path}/"), files);
        } else {
            files.insert(path, fs::read_to_string(entry.path()).unwrap());
        }
    }
}
