//! What a name, an archive or a configuration must not do: leave its folder, fill the memory, or fail without a word.

use crate::repository::{Model, Repository, text};
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Runs a task that must fail with these words, without a panic and without a change.
#[track_caller]
fn check_refused(repository: &Repository, arguments: &[&str], words: &[&str]) {
    let before = repository.state();
    let output = repository.task(arguments).output().unwrap();
    let said = text(&output);
    assert!(matches!(output.status.code(), Some(1 | 2)), "{:?}: {said}", output.status);
    for words in words {
        assert!(said.contains(words), "{words:?} is not said: {said}");
    }
    assert!(!said.contains("panicked"), "{said}");
    assert!(repository.state() == before, "something has changed: {said}");
}

#[test]
fn a_key_that_is_another_folder_changes_nothing() {
    for key in ["", "..", "../desk", "../../x", "/x", "Desk", "a b"] {
        let repository = Repository::new();
        assert!(repository.generate(&[]).status().unwrap().success());
        repository.put_config(&format!(
            "[service.desk.source]\napi_version = \"2020-01-01\"\n[service.{key:?}.source]\napi_version = \"2020-01-01\"\n"
        ));
        check_refused(&repository, &["generate"], &["error: ", "at models/models.toml:3:10", "help: "]);
    }
}

#[test]
fn a_version_that_is_another_folder_changes_nothing() {
    for version in ["", "..", "../desk", "/x", "a/b"] {
        let repository = Repository::new();
        repository.put_config(&format!("[service.desk.source]\napi_version = {version:?}\n"));
        check_refused(&repository, &["generate"], &["error: ", "at models/models.toml:2:15", "help: "]);
    }
}

#[test]
fn a_rename_that_is_no_name_or_of_nothing_changes_nothing() {
    let rename = |entry: &str| format!("[service.desk.source]\napi_version = \"2020-01-01\"\n[service.desk.rename]\n{entry}\n");
    let repository = Repository::new();
    for entry in ["Item1 = \"a b\"", "Item1 = \"a/*x*/b\"", "Item1 = \"\"", "Item1 = \"Self\""] {
        repository.put_config(&rename(entry));
        check_refused(&repository, &["generate"], &["is not a name in Rust", "at models/models.toml:4:9", "help: "]);
    }
    repository.put_config(&rename("Item1 = \"Same\"\nItem3 = \"same_\"\nItem4 = \"SAME\""));
    check_refused(&repository, &["generate"], &["`Item1` and `Item4` are both renamed"]);
    repository.put_config(&rename("Gone = \"Away\""));
    check_refused(&repository, &["generate"], &["a rename of `Gone`", "models/models.toml#/service/desk/rename/Gone"]);
}

#[test]
fn update_takes_names_and_versions_that_are_no_paths() {
    let repository = Repository::new();
    for name in ["", "..", "../x", "/x", "Desk", "a b"] {
        check_refused(&repository, &["vendor", name, "--from", "nowhere"], &["is not the name of a service"]);
    }
    for version in ["../x", "1 --index-url=x", "-r", ""] {
        let version = format!("--version={version}");
        check_refused(&repository, &["vendor", "desk", &version], &["is not a release of a package"]);
    }
}

/// Writes a wheel with these entries.
pub(crate) fn wheel(repository: &Repository, entries: &[(&str, &[u8])]) -> String {
    let path = repository.root().join("botocore-1.2.3-py3-none-any.whl");
    let mut writer = ZipWriter::new(fs::File::create(&path).unwrap());
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap();
    path.to_str().unwrap().to_owned()
}

fn model(repository: &Repository) -> Vec<u8> {
    repository.put_model(Model::Two);
    let path = repository.root().join("models/desk/2020-01-01/service-2.json");
    fs::read(path).unwrap()
}

#[test]
fn an_archive_says_nothing_of_where_to_write() {
    let repository = Repository::new();
    let model = model(&repository);
    let names = ["../../x/service-2.json", "/tmp/x/service-2.json", "../service-2.json", "..\\service-2.json"];
    let entries: Vec<(String, &[u8])> =
        names.iter().map(|name| (format!("botocore/data/desk/{name}"), model.as_slice())).collect();
    let entries: Vec<(&str, &[u8])> = entries.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    let path = wheel(&repository, &entries);
    check_refused(&repository, &["vendor", "desk", "--from", &path], &["has no service `desk`"]);
}

#[test]
fn an_archive_with_a_version_that_is_a_folder_is_taken() {
    let repository = Repository::new();
    let model = model(&repository);
    let path = wheel(&repository, &[("botocore/data/desk/2021-01-01/service-2.json", &model)]);
    let output = repository.task(&["vendor", "desk", "--from", &path]).output().unwrap();
    assert!(output.status.success(), "{}", text(&output));
    let files: Vec<PathBuf> =
        repository.state().into_keys().filter(|path| path.starts_with(repository.root().join("models"))).collect();
    let names = ["", "desk", "desk/2021-01-01", "desk/2021-01-01/service-2.json", "models.toml"];
    assert_eq!(
        files,
        names
            .map(|name| repository.root().join("models").join(name))
            .iter()
            .map(|it| it.components().collect())
            .collect::<Vec<PathBuf>>()
    );
    assert!(repository.generate(&[]).status().unwrap().success());
}

#[test]
fn an_archive_that_would_fill_the_memory_is_refused() {
    let repository = Repository::new();
    let path = wheel(&repository, &[("botocore/data/desk/2020-01-01/service-2.json", &vec![b' '; 65 << 20])]);
    check_refused(&repository, &["vendor", "desk", "--from", &path], &["cannot read", "more than 64 MiB"]);
}

#[test]
fn a_link_in_an_archive_is_refused() {
    let repository = Repository::new();
    let path = repository.root().join("botocore-1.2.3-py3-none-any.whl");
    let mut writer = ZipWriter::new(fs::File::create(&path).unwrap());
    let name = "botocore/data/desk/2020-01-01/service-2.json";
    writer.add_symlink(name, "/etc/passwd", SimpleFileOptions::default()).unwrap();
    writer.finish().unwrap();
    check_refused(&repository, &["vendor", "desk", "--from", path.to_str().unwrap()], &["is a symbolic link"]);
}

#[test]
fn update_follows_no_link_out_of_models() {
    let repository = Repository::new();
    let model = model(&repository);
    let path = wheel(&repository, &[("botocore/data/desk/2020-01-01/service-2.json", &model)]);
    let (folder, elsewhere) = (repository.root().join("models/desk"), repository.root().join("elsewhere"));
    fs::rename(&folder, &elsewhere).unwrap();
    fs::create_dir(elsewhere.join("2019-01-01")).unwrap();
    fs::write(elsewhere.join("2019-01-01/mine.json"), "{}").unwrap();
    std::os::unix::fs::symlink(&elsewhere, &folder).unwrap();
    check_refused(&repository, &["vendor", "desk", "--from", &path], &["is a symbolic link"]);
}
