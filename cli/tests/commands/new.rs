//! An empty folder, and what becomes of it.

use crate::outside::{read, smithwright};
use crate::repository::text;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// This repository, whose crates a new service is built with.
fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// Makes a service in a folder, with the crates of this repository.
#[track_caller]
fn make(folder: &Path, arguments: &[&str]) {
    let repository = repository().display().to_string();
    let arguments = [&["new", "--smithwright", &repository], arguments].concat();
    let output = smithwright(folder, &arguments).output().unwrap();
    assert!(output.status.success(), "{}", text(&output));
}

/// Is refused, with these words; what is in the folder stays as it is.
#[track_caller]
fn refuse(folder: &Path, arguments: &[&str], words: &str) {
    let before = names(folder);
    let output = smithwright(folder, &[&["new"], arguments].concat()).output().unwrap();
    let said = text(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(words), "{words:?} is not said: {said}");
    assert_eq!(names(folder), before);
}

fn names(folder: &Path) -> Vec<PathBuf> {
    let mut names: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    names
}

#[track_caller]
fn cargo(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).current_dir(folder);
    // Dependencies are shared with those of the fixtures, which nobody debugs.
    command.env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures-target"));
    let output = command.env("CARGO_PROFILE_DEV_DEBUG", "false").output().unwrap();
    assert!(output.status.success(), "{}", text(&output));
}

#[test]
fn an_empty_folder_becomes_a_service_that_is_formatted_clean_and_passes_its_tests() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), &["city-weather"]);
    let service = folder.path().join("city-weather");
    assert!(read(&service, "src/notes.rs").contains("impl CityWeather for Notes"));
    assert!(read(&service, "model.json").contains("\"app#CityWeather\""));
    assert!(read(&service, "README.md").starts_with("# city-weather\n"));
    cargo(&service, &["fmt", "--check"]);
    // The versions that are there.
    fs::copy(repository().join("Cargo.lock"), service.join("Cargo.lock")).unwrap();
    cargo(&service, &["test", "--offline", "--quiet"]);
    cargo(&service, &["clippy", "--offline", "--quiet", "--all-targets", "--", "--deny=warnings"]);
}

#[test]
fn a_folder_may_be_there_if_it_is_empty_but_for_a_repository() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    make(folder.path(), &["weather", "--out", ".", "--quiet"]);
    assert!(read(folder.path(), "Cargo.toml").starts_with("[package]\nname = \"weather\"\n"));
}

#[test]
fn the_registry_s_crates_are_taken_unless_it_is_said_otherwise() {
    let folder = tempfile::tempdir().unwrap();
    let output = smithwright(folder.path(), &["new", "weather"]).output().unwrap();
    assert!(output.status.success(), "{}", text(&output));
    let (manifest, release) = (read(folder.path(), "weather/Cargo.toml"), env!("CARGO_PKG_VERSION"));
    assert!(manifest.contains(&format!("[build-dependencies]\nsmithwright = \"{release}\"\n")), "{manifest}");
    let runtime = format!("smithwright-runtime = {{ version = \"{release}\", features = [\"server\", \"tls\"] }}\n");
    assert!(manifest.contains(&runtime), "{manifest}");
}

#[test]
fn a_copy_of_the_repository_is_found_from_the_new_folder() {
    let folder = tempfile::tempdir().unwrap();
    for part in ["generator", "runtime"] {
        let part = folder.path().join("copies/smithwright").join(part);
        fs::create_dir_all(&part).unwrap();
        fs::write(part.join("Cargo.toml"), "").unwrap();
    }
    let arguments = ["new", "weather", "--smithwright", "copies/smithwright", "--out", "mine/weather"];
    fs::create_dir(folder.path().join("mine")).unwrap();
    assert!(smithwright(folder.path(), &arguments).output().unwrap().status.success());
    let manifest = read(folder.path(), "mine/weather/Cargo.toml");
    assert!(manifest.contains("smithwright = { path = \"../../copies/smithwright/generator\" }"), "{manifest}");
    refuse(folder.path(), &["other", "--smithwright", "mine"], "mine is no copy of smithwright's repository");
}

#[test]
fn below_a_workspace_a_service_is_one_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("Cargo.toml"), "[workspace]\nmembers = []\n").unwrap();
    make(folder.path(), &["weather"]);
    assert!(read(folder.path(), "weather/Cargo.toml").contains("remove this.\n[workspace]\n"));
}

#[test]
fn a_folder_that_holds_something_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("weather")).unwrap();
    fs::write(folder.path().join("weather/notes.txt"), "mine").unwrap();
    refuse(folder.path(), &["weather"], "weather holds notes.txt: name a folder that is empty");
    fs::write(folder.path().join("file"), "mine").unwrap();
    refuse(folder.path(), &["weather", "--out", "file"], "file is no folder");
    assert_eq!(names(&folder.path().join("weather")).len(), 1);
}

#[test]
fn a_name_that_is_none_or_means_something_else_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["Weather", "../weather", "a_b", "", "1st"] {
        refuse(folder.path(), &[name], "is not the name of a service");
    }
    for name in ["match", "test", "std", "tokio", "smithwright-runtime", "vec", "error", "note", "notes", "router"] {
        refuse(folder.path(), &[name], "means something else");
    }
}
