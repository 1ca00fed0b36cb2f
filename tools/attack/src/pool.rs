//! The models that are attacked: the repository's own fixtures and suites.

use crate::generator::{Outcome, STEMS, Subject};
use anyhow::Context;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders of fixtures.
const FIXTURES: [&str; 2] = ["tests/fixtures", "tests/fixtures-smithy"];

/// All models that are accepted as they stand, in one order.
pub(crate) fn subjects(root: &Path) -> anyhow::Result<Vec<Subject>> {
    let mut subjects = Vec::new();
    for fixtures in FIXTURES {
        for folder in entries(&root.join(fixtures))? {
            subjects.extend(fixture(&folder)?);
        }
    }
    for file in entries(&root.join("tests/suites"))? {
        if file.extension().is_some_and(|extension| extension == "json") {
            let model = without_tests(read(&file)?);
            subjects.push(Subject::new(name(&file), true, BTreeMap::from([("model", model)])));
        }
    }
    subjects.retain(|subject| matches!(subject.generate(), Outcome::Accepted(..)));
    anyhow::ensure!(subjects.len() > 50, "only {} models are accepted as they stand", subjects.len());
    Ok(subjects)
}

/// A fixture in each format that it has.
fn fixture(folder: &Path) -> anyhow::Result<Vec<Subject>> {
    let mut files = BTreeMap::new();
    for stem in STEMS {
        let path = folder.join(format!("{stem}.json"));
        if path.exists() {
            files.insert(stem, read(&path)?);
        }
    }
    let formats = [("model", true), ("service-2", false)];
    let subject = |(stem, is_smithy): (&str, bool)| {
        let of_format = |other: &&'static str| match is_smithy {
            true => *other == "model",
            false => *other != "model",
        };
        let mine = files.iter().filter(|(stem, _)| of_format(stem)).map(|(stem, value)| (*stem, value.clone()));
        let label = format!("{} ({stem})", name(folder));
        files.contains_key(stem).then(|| Subject::new(label, is_smithy, mine.collect()))
    };
    Ok(formats.into_iter().filter_map(subject).collect())
}

fn without_tests(value: Value) -> Value {
    match value {
        Value::Array(elements) => elements.into_iter().map(without_tests).collect(),
        Value::Object(members) => {
            let members = members.into_iter().filter(|(key, _)| !key.starts_with("smithy.test#"));
            Value::Object(members.map(|(key, value)| (key, without_tests(value))).collect())
        }
        other => other,
    }
}

fn read(path: &Path) -> anyhow::Result<Value> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not JSON", path.display()))
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn entries(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}
