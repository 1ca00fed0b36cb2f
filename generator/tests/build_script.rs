//! What a build script makes of a model, and what it says when it cannot.

#![allow(clippy::unwrap_used, reason = "a helper fails as its test does")]

use smithwright::{BuildError, Builder};
use std::fs;
use std::path::{Path, PathBuf};

const MODEL: &str = r#"{
  "smithy": "2.0",
  "shapes": {
    "app#CityWeather": {
      "type": "service", "version": "1", "operations": [{"target": "app#GetForecast"}, {"target": "app#PutReport"}],
      "traits": {"aws.protocols#restJson1": {}, "smithy.api#auth": []}
    },
    "app#GetForecast": {
      "type": "operation", "input": {"target": "app#Of"}, "output": {"target": "smithy.api#Unit"},
      "traits": {"smithy.api#http": {"method": "POST", "uri": "/forecast"}}
    },
    "app#PutReport": {
      "type": "operation", "input": {"target": "smithy.api#Unit"}, "output": {"target": "smithy.api#Unit"},
      "traits": {"smithy.api#http": {"method": "POST", "uri": "/report"}}
    },
    "app#Of": {"type": "structure", "members": {"city": {"target": "app#City"}}},
    "app#City": {"type": "structure", "members": {"name": {"target": "smithy.api#String"}}}
  }
}
"#;

/// The folder of a test, with a model in it, and where modules go.
struct Crate(PathBuf);

impl Crate {
    fn new(test: &str, model: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("build-script").join(test);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("model.json"), model).unwrap();
        Self(folder)
    }

    fn builder(&self) -> Builder {
        Builder::new().model(self.0.join("model.json")).out_dir(self.0.join("out"))
    }

    fn has(&self, path: &str) -> bool {
        self.0.join("out/city-weather").join(path).exists()
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join("out/city-weather").join(path)).unwrap()
    }

    /// What is wrong, without the folder of the test; nothing is written then.
    fn wrong(&self, builder: Builder) -> String {
        let error = builder.try_compile().unwrap_err();
        assert!(!self.0.join("out").exists());
        error.to_string().replace(&format!("{}/", self.0.display()), "")
    }
}

#[test]
fn a_model_becomes_the_modules_that_are_asked_for() {
    let it = Crate::new("modules", MODEL);
    it.builder().client(true).try_compile().unwrap();
    assert!(it.has("api.rs") && it.has("api/types/city.rs") && it.has("client.rs") && !it.has("server.rs"));
    assert!(it.read("include.rs").contains("\npub mod client;\n") && !it.read("include.rs").contains("server"));
    assert!(it.read("api/operation/get_forecast.rs").contains("\nuse super::super::{City, Error};\n"));
    assert!(it.read("client/calls.rs").contains("\nuse super::super::api;\n"), "{}", it.read("client/calls.rs"));
}

#[test]
fn what_is_not_asked_for_any_more_goes_and_what_is_somebody_s_stays() {
    let it = Crate::new("stale", MODEL);
    it.builder().client(true).server(true).try_compile().unwrap();
    fs::write(it.0.join("out/city-weather/mine.rs"), "// Mine.\n").unwrap();
    it.builder().server(true).operations(["Put*"]).try_compile().unwrap();
    assert!(it.has("server.rs") && it.has("mine.rs"));
    assert!(!it.has("client.rs") && !it.has("client/calls.rs") && !it.has("api/types/city.rs"));
}

#[test]
fn names_are_the_model_s_unless_it_is_said_otherwise() {
    let it = Crate::new("names", MODEL);
    it.builder().rename("City", "Town").try_compile().unwrap();
    assert!(it.read("api/types/town.rs").contains("pub struct Town"));
    it.builder().name("weather").try_compile().unwrap();
    assert!(it.0.join("out/weather/include.rs").exists());
}

#[test]
fn what_is_wrong_with_a_model_has_its_line() {
    let it = Crate::new(
        "lines",
        &MODEL.replace("\"type\": \"structure\", \"members\": {\"name\"", "\"type\": \"strukture\", \"members\": {\"name\""),
    );
    let said = it.wrong(it.builder());
    assert!(said.starts_with("model.json:17:26: unknown type `strukture` (at #/shapes/app#City/type); help: "), "{said}");
}

#[test]
fn what_is_wrong_with_the_build_script_is_said() {
    let it = Crate::new("script", MODEL);
    let said = it.wrong(it.builder().model(it.0.join("modell.json")));
    assert!(said.starts_with("cannot read modell.json: "), "{said}");
    let said = it.wrong(it.builder().operations(["List*"]));
    assert!(said.contains("build.rs") && said.contains("`List*` matches no operation"), "{said}");
    let said = it.wrong(it.builder().rename("City", "a b"));
    assert!(said.contains("\"a b\" is not a name in Rust"), "{said}");
    let said = it.wrong(it.builder().rename("Village", "Hamlet"));
    assert!(said.contains("Village"), "{said}");
    let said = it.wrong(it.builder().name("../weather"));
    assert!(said.contains("is not the name of a service"), "{said}");
    let outside = Builder::new().model(it.0.join("model.json")).try_compile().unwrap_err();
    assert!(matches!(outside, BuildError::NoOutDir), "{outside}");
}
