//! Two models compared: how they are named, what is written, and how a run ends.

use crate::hostile::wheel;
use crate::outside::{smithwright, weather};
use crate::repository::{Model, Repository, text};
use std::fs;
use std::path::Path;
use std::process::Output;

/// A folder with a model and three updates of it: one that breaks, one that does not, one that changes nothing.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let old = weather();
    let broken = old.replace("\"text\"", "\"prose\"");
    let more = old.replace(r#""text": {"#, r#""more": {"target": "smithy.api#String"}, "text": {"#);
    assert!(broken != old && more != old);
    for (name, text) in [("old.json", &old), ("broken.json", &broken), ("more.json", &more), ("held/model.json", &old)] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::create_dir(folder.path().join("empty")).unwrap();
    folder
}

fn diff(folder: &Path, arguments: &[&str]) -> Output {
    smithwright(folder, &[&["diff"], arguments].concat()).output().unwrap()
}

#[track_caller]
fn check(folder: &Path, arguments: &[&str], code: i32, words: &[&str]) {
    let output = diff(folder, arguments);
    let said = text(&output);
    assert_eq!(output.status.code(), Some(code), "{said}");
    words.iter().for_each(|words| assert!(said.contains(words), "{words:?} is not said: {said}"));
}

#[test]
fn two_files_are_compared() {
    let folder = folder();
    check(
        folder.path(),
        &["old.json", "broken.json"],
        0,
        &["major: ", "member removed", "GetForecastDetail$text", "old.json#/shapes"],
    );
    check(folder.path(), &["old.json", "more.json"], 0, &["minor: Nothing breaks.", "member added"]);
    check(folder.path(), &["held", "old.json"], 0, &["none: Nothing changed"]);
}

#[test]
fn a_run_fails_on_what_it_is_told_to_fail_on() {
    let folder = folder();
    check(folder.path(), &["old.json", "broken.json", "--fail-on", "breaking"], 2, &["major: "]);
    check(folder.path(), &["old.json", "more.json", "--fail-on", "breaking"], 0, &["minor: "]);
    check(folder.path(), &["old.json", "more.json", "--fail-on", "weather"], 1, &["breaking"]);
}

#[test]
fn the_format_is_chosen() {
    let folder = folder();
    for (format, start) in [("text", "City"), ("markdown", "## old.json"), ("html", "<!DOCTYPE html>"), ("json", "{")] {
        let output = diff(folder.path(), &["old.json", "broken.json", "--format", format]);
        let said = text(&output);
        assert!(output.status.success() && said.starts_with(start), "{format}: {said}");
    }
    check(folder.path(), &["old.json", "broken.json", "--format", "pdf"], 1, &["text, markdown, html and json"]);
}

#[test]
fn what_is_no_model_is_refused() {
    let folder = folder();
    fs::write(folder.path().join("text.json"), "weather").unwrap();
    fs::write(folder.path().join("broken-twice.json"), weather().replace("\"type\": \"operation\"", "\"type\": \"opera\""))
        .unwrap();
    check(folder.path(), &["old.json", "gone.json"], 1, &["there is no gone.json"]);
    check(folder.path(), &["empty", "old.json"], 1, &["empty holds no model"]);
    check(folder.path(), &["text.json", "old.json"], 1, &["error: ", "text.json"]);
    check(folder.path(), &["old.json", "broken-twice.json"], 1, &["error: ", "broken-twice.json#/shapes"]);
    check(folder.path(), &["text.json", "broken-twice.json"], 1, &["text.json", "broken-twice.json#/shapes"]);
    let output = diff(folder.path(), &["old.json", "broken-twice.json"]);
    assert!(output.stdout.is_empty());
}

/// A repository whose model is vendored, and the wheel with the next one.
fn vendored() -> (Repository, String) {
    let repository = Repository::new();
    let config = "[service.desk.source]\npackage = \"botocore\"\nversion = \"1.2.2\"\napi_version = \"2020-01-01\"\n";
    repository.put_config(config);
    repository.put_model(Model::Two);
    let new = fs::read(repository.root().join("models/desk/2020-01-01/service-2.json")).unwrap();
    repository.put_model(Model::One);
    let wheel =
        wheel(&repository, &[("botocore/data/desk/2020-01-01/service-2.json", &new), ("botocore/data/partitions.json", b"{}")]);
    (repository, wheel)
}

#[test]
fn a_package_is_compared_with_a_folder() {
    let (repository, wheel) = vendored();
    let models = "models/desk";
    check(
        repository.root(),
        &[models, &wheel, "--service", "desk"],
        0,
        &["models/desk -> botocore 1.2.3", "member removed", "Item1$Name1"],
    );
    check(repository.root(), &[models, &wheel], 1, &["say which with --service"]);
    check(repository.root(), &[models, &wheel, "--service", "counter"], 1, &["has no service `counter`"]);
}

#[test]
fn an_update_says_what_it_changes_in_the_change_log_of_the_crate() {
    let (repository, wheel) = vendored();
    assert!(repository.generate(&[]).status().unwrap().success());
    let output = repository.task(&["vendor", "desk", "--from", &wheel]).output().unwrap();
    let said = text(&output);
    assert!(
        output.status.success() && said.contains("botocore 1.2.2 -> botocore 1.2.3") && said.contains("Item1$Name1"),
        "{said}"
    );
    let read = || fs::read_to_string(repository.root().join("generated/desk/api/CHANGELOG.md")).unwrap();
    let log = read();
    assert!(log.starts_with("# Changelog\n\n## botocore 1.2.2 → botocore 1.2.3 (major)\n"), "{log}");
    // It is neither compared nor lost.
    assert!(repository.generate(&[]).status().unwrap().success());
    assert!(repository.generate(&["--check"]).status().unwrap().success());
    assert_eq!(read(), log);
    // The same again changes nothing, and the next update goes on top.
    assert!(repository.task(&["vendor", "desk", "--from", &wheel]).status().unwrap().success());
    assert_eq!(read(), log);
    repository.put_model(Model::One);
    assert!(repository.task(&["vendor", "desk", "--from", &wheel]).status().unwrap().success());
    assert!(read().matches("\n## ").count() == 2 && read().ends_with(log.strip_prefix("# Changelog\n").unwrap()), "{}", read());
}
