//! What a newcomer does outside this repository: a model's file, a configuration of one line, a part of a service.

use crate::repository::{Model, Repository, json, text};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// A Smithy model of a service with two operations, each with a structure of its own.
pub(crate) fn weather() -> String {
    let operation = |name: &str, path: &str| {
        format!(
            r#""city.weather#{name}": {{"type": "operation", "input": {{"target": "city.weather#{name}Input"}},
                "output": {{"target": "smithy.api#Unit"}}, "traits": {{"smithy.api#http": {{"method": "POST", "uri": "{path}"}}}}}},
               "city.weather#{name}Input": {{"type": "structure", "members": {{"of": {{"target": "city.weather#{name}Detail"}}}}}},
               "city.weather#{name}Detail": {{"type": "structure", "members": {{"text": {{"target": "smithy.api#String"}}}}}}"#
        )
    };
    format!(
        r#"{{"smithy": "2.0", "shapes": {{"city.weather#CityWeather": {{"type": "service", "version": "2026-01-01",
            "operations": [{{"target": "city.weather#GetForecast"}}, {{"target": "city.weather#PutReport"}}],
            "traits": {{"aws.protocols#restJson1": {{}}, "smithy.api#auth": []}}}},
            {}, {}}}}}"#,
        operation("GetForecast", "/forecast"),
        operation("PutReport", "/report")
    )
}

/// An empty folder with a model in it.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("weather.json"), weather()).unwrap();
    folder
}

pub(crate) fn smithwright(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_smithwright"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[track_caller]
fn succeed(folder: &Path, arguments: &[&str]) -> String {
    let output = smithwright(folder, arguments).output().unwrap();
    assert!(output.status.success(), "{}", text(&output));
    text(&output)
}

#[track_caller]
fn refuse(folder: &Path, arguments: &[&str], words: &[&str]) {
    let output = smithwright(folder, arguments).output().unwrap();
    let said = text(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    words.iter().for_each(|words| assert!(said.contains(words), "{words:?} is not said: {said}"));
    assert!(!folder.join("generated").exists(), "something is written: {said}");
}

pub(crate) fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap()
}

#[test]
fn a_model_s_file_needs_no_configuration() {
    let folder = folder();
    let said = succeed(folder.path(), &["generate", "weather.json"]);
    assert!(said.starts_with("generated/city-weather: "), "{said}");
    let manifest = read(folder.path(), "generated/city-weather/client/Cargo.toml");
    assert!(manifest.contains("name = \"smithwright-city-weather-client\"") && !manifest.contains("workspace"), "{manifest}");
    assert!(read(folder.path(), "generated/city-weather/api/src/service.rs").contains("pub trait CityWeather"));
    succeed(folder.path(), &["generate", "--check", "weather.json"]);
}

#[test]
fn crates_go_where_they_are_asked_to_go() {
    let folder = folder();
    succeed(folder.path(), &["generate", "--quiet", "--manifest", "workspace", "--out", "src/gen", "./weather.json"]);
    assert!(read(folder.path(), "src/gen/city-weather/api/Cargo.toml").contains("version.workspace = true"));
    assert!(!folder.path().join("generated").exists());
}

#[test]
fn a_configuration_is_found_from_below() {
    let folder = folder();
    fs::write(folder.path().join("smithwright.toml"), "[service.weather.source]\nfile = \"weather.json\"\n").unwrap();
    fs::create_dir(folder.path().join("src")).unwrap();
    let said = succeed(&folder.path().join("src"), &["generate"]);
    assert!(said.starts_with("generated/weather: "), "{said}");
    assert!(read(folder.path(), "generated/weather/api/src/lib.rs").contains("from weather.json"));
}

#[test]
fn the_runtime_may_be_a_folder_which_crates_find_wherever_they_are() {
    let folder = folder();
    let config = "[crates]\nruntime = \"../runtime\"\n[service.weather]\nsource.file = \"weather.json\"\n";
    fs::write(folder.path().join("smithwright.toml"), config).unwrap();
    succeed(folder.path(), &["generate"]);
    let manifest = read(folder.path(), "generated/weather/api/Cargo.toml");
    assert!(manifest.contains("smithwright-runtime = { path = \"../../../../runtime\" }"), "{manifest}");
}

#[test]
fn a_part_of_a_service_holds_what_it_needs_and_nothing_else() {
    let folder = folder();
    succeed(folder.path(), &["generate", "weather.json", "--only", "Get*"]);
    let types = folder.path().join("generated/city-weather/api/src/types");
    assert!(types.join("get_forecast_detail.rs").exists() && !types.join("put_report_detail.rs").exists());
    let service = read(folder.path(), "generated/city-weather/api/src/service.rs");
    assert!(service.contains("fn get_forecast") && !service.contains("put_report"), "{service}");
}

#[test]
fn a_part_may_be_configured_with_renames_of_the_whole() {
    let folder = folder();
    let config = "[service.weather]\noperations = [\"GetForecast\"]\nsource.file = \"weather.json\"\n\
                  [service.weather.rename]\n\"city.weather#PutReportDetail\" = \"Detail\"\n";
    fs::write(folder.path().join("smithwright.toml"), config.replace("city.weather#", "")).unwrap();
    succeed(folder.path(), &["generate"]);
}

#[test]
fn what_names_nothing_is_refused() {
    let folder = folder();
    refuse(folder.path(), &["generate", "weather.json", "--only", "List*"], &["`List*` matches no operation", "help: "]);
    refuse(folder.path(), &["generate", "wether.json"], &["cannot read wether.json"]);
    refuse(folder.path(), &["generate", "weather"], &["no smithwright.toml", "name a model's file"]);
    refuse(folder.path(), &["generate", "weather.json", "connect"], &["not taken together"]);
    fs::write(folder.path().join("smithwright.toml"), "[service.weather]\nsource.file = \"weather.json\"\noperatons = []\n")
        .unwrap();
    refuse(folder.path(), &["generate"], &["smithwright.toml:3:1", "unknown field `operatons`"]);
    fs::write(folder.path().join("smithwright.toml"), "[service.weather]\nsource.file = \"../weather.json\"\n").unwrap();
    refuse(folder.path(), &["generate"], &["smithwright.toml:2:15", "is not a path below"]);
    fs::write(folder.path().join("smithwright.toml"), "[service.weather]\nsource = {}\n").unwrap();
    refuse(folder.path(), &["generate"], &["smithwright.toml:2:10", "where the model is"]);
}

#[test]
fn two_models_of_one_service_are_not_written_over_each_other() {
    let folder = folder();
    fs::write(folder.path().join("again.json"), weather()).unwrap();
    refuse(folder.path(), &["generate", "weather.json", "again.json"], &["the folder `city-weather`"]);
}

#[test]
fn somebody_s_files_are_not_replaced() {
    let folder = folder();
    let mine = folder.path().join("out/city-weather/notes.txt");
    fs::create_dir_all(mine.parent().unwrap()).unwrap();
    fs::write(&mine, "mine").unwrap();
    refuse(folder.path(), &["generate", "weather.json", "--out", "out"], &["notes.txt was not generated"]);
    assert_eq!(fs::read_to_string(mine).unwrap(), "mine");
}

#[test]
fn words_that_no_command_knows_end_with_one() {
    let repository = Repository::new();
    repository.put_model(Model::One);
    for arguments in [["generat", "desk"], ["generate", "--chek"], ["generate", "--manifest=none"]] {
        let output = repository.task(&arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{}", text(&output));
        assert!(text(&output).contains("error: "), "{}", text(&output));
    }
    let help = repository.task(&["generate", "--help"]).output().unwrap();
    assert!(help.status.success() && text(&help).contains("Usage:"), "{}", text(&help));
}

#[test]
fn the_first_model_of_a_project_makes_its_configuration() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("package/botocore/data");
    fs::create_dir_all(data.join("desk/2020-01-01")).unwrap();
    fs::write(data.join("desk/2020-01-01/service-2.json"), json(Model::One)).unwrap();
    fs::write(data.join("partitions.json"), "{}").unwrap();

    succeed(folder.path(), &["vendor", "desk", "--from", "package", "--version", "1.2.3"]);
    let config = read(folder.path(), "smithwright.toml");
    assert!(config.contains("[service.desk.source]") && config.contains("version = \"1.2.3\""), "{config}");
    succeed(folder.path(), &["generate"]);
    assert!(folder.path().join("generated/desk/client").is_dir());
}
