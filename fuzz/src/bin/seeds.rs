//! `seeds CORPUS SUITE..`: makes a seed corpus for each target of suites of protocol tests, Smithy's and botocore's, of the
//! repository's own fixtures and of `fuzz/seeds`. Suites are files or folders.

use anyhow::Context;
use serde_json::{Map, Value, json};
use smithwright_fuzz::mutate::BETWEEN_FILES;
use smithwright_runtime::codegen::Document;
use smithwright_runtime::format::cbor::CborEncoder;
use smithwright_runtime::format::json::JsonDecoder;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A fixture's files, in the order of the targets.
const BOTOCORE_FILES: [&str; 5] = ["service-2", "paginators-1", "waiters-2", "endpoint-rule-set-1", "service-2.sdk-extras"];
const SMITHY_FILES: [&str; 1] = ["model"];

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let mut corpus = Corpus { folder: arguments.next().context("usage: seeds CORPUS SUITE..")?, count: 0 };
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for target in folder(&repository.join("fuzz/seeds"))? {
        for seed in folder(&target)? {
            let seed = fs::read(seed)?;
            let name = target.file_name().context("no name")?.to_string_lossy();
            if name == "json_decoder" {
                corpus.add("cbor_decoder", &cbor(&seed))?;
            }
            corpus.add(&name, &seed)?;
        }
    }
    for fixtures in folder(&repository.join("tests"))?.into_iter().filter(|path| path.to_string_lossy().contains("fixtures")) {
        for fixture in folder(&fixtures)? {
            add_fixture(&mut corpus, &fixture)?;
        }
    }
    for suite in arguments.chain([repository.join("tests/suites")]) {
        for file in files(&suite)? {
            add_suite(&mut corpus, &fs::read(file)?)?;
        }
    }
    println!("{} seeds", corpus.count);
    Ok(())
}

/// Where the seeds go: a folder a target.
struct Corpus {
    folder: PathBuf,
    count: usize,
}

impl Corpus {
    fn add(&mut self, target: &str, seed: &[u8]) -> anyhow::Result<()> {
        let folder = self.folder.join(target);
        fs::create_dir_all(&folder)?;
        self.count += 1;
        Ok(fs::write(folder.join(format!("seed-{}", self.count)), seed)?)
    }
}

fn add_fixture(corpus: &mut Corpus, fixture: &Path) -> anyhow::Result<()> {
    let read = |name: &&str| fs::read(fixture.join(format!("{name}.json"))).unwrap_or_default();
    for (target, names) in [("botocore_model", BOTOCORE_FILES.as_slice()), ("smithy_model", &SMITHY_FILES)] {
        let files: Vec<Vec<u8>> = names.iter().map(read).collect();
        if files.first().is_some_and(|file| !file.is_empty()) {
            corpus.add(target, &files.join(&BETWEEN_FILES))?;
            add_messages(corpus, &serde_json::from_slice(&files[0]).unwrap_or_default())?;
        }
    }
    Ok(())
}

fn add_suite(corpus: &mut Corpus, text: &[u8]) -> anyhow::Result<()> {
    let Ok(suite) = serde_json::from_slice::<Value>(text) else { return Ok(()) };
    add_messages(corpus, &suite)?;
    match &suite {
        Value::Array(suites) => suites.iter().try_for_each(|suite| add_botocore_model(corpus, suite)),
        _ => add_smithy_models(corpus, &suite),
    }
}

/// Every message of a test case, whatever the case is, and every pattern.
fn add_messages(corpus: &mut Corpus, value: &Value) -> anyhow::Result<()> {
    match value {
        Value::Object(members) => {
            if ["uri", "headers", "body"].iter().any(|key| value[key].is_string() || value[key].is_object()) {
                add_message(corpus, value)?;
            }
            for pattern in ["smithy.api#pattern", "pattern"].iter().filter_map(|key| value[key].as_str()) {
                corpus.add("validation", format!("{pattern}\n{pattern}").as_bytes())?;
            }
            members.values().try_for_each(|member| add_messages(corpus, member))
        }
        Value::Array(elements) => elements.iter().try_for_each(|element| add_messages(corpus, element)),
        _ => Ok(()),
    }
}

fn add_message(corpus: &mut Corpus, message: &Value) -> anyhow::Result<()> {
    let status = message["code"].as_u64().or(message["status_code"].as_u64()).unwrap_or(200);
    let uri = message["uri"].as_str().unwrap_or("/");
    let query: Vec<&str> = message["queryParams"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let headers = message["headers"].as_object().into_iter().flatten();
    let headers: Vec<(&String, &str)> = headers.filter_map(|(name, value)| Some((name, value.as_str()?))).collect();
    let body = message["body"].as_str().unwrap_or_default();
    let mark = if query.is_empty() { "" } else { "?" };
    let lines: String = headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    corpus.add("message_reader", format!("{status} {uri}{mark}{}\n{lines}\n{body}", query.join("&")).as_bytes())?;
    corpus.add("labels", format!("{uri}{mark}{}", query.join("&")).as_bytes())?;
    let method = message["method"].as_str().unwrap_or("POST");
    let head = format!("{method} {uri}{mark}{} HTTP/1.1\r\nHost: seed\r\nContent-Length: {}\r\n", query.join("&"), body.len());
    corpus.add("server", format!("{head}{}\r\n{body}", lines.replace('\n', "\r\n")).as_bytes())?;
    if !body.is_empty() {
        corpus.add("json_decoder", body.as_bytes())?;
        corpus.add("cbor_decoder", &cbor(body.as_bytes()))?;
    }
    let texts = headers.into_iter().map(|(_, value)| value).chain(query).chain(body.split('"'));
    for text in texts.filter(|text| text.contains(|character: char| character.is_ascii_digit())) {
        corpus.add("timestamps", text.trim_matches([':', ',', ' ', '\n', '{', '}']).as_bytes())?;
    }
    Ok(())
}

/// What is written in JSON, in CBOR.
fn cbor(json: &[u8]) -> Vec<u8> {
    JsonDecoder::decode::<Document>(json).map(|document| CborEncoder::encode(&document)).unwrap_or_default()
}

/// A model a suite, of all its operations.
fn add_botocore_model(corpus: &mut Corpus, suite: &Value) -> anyhow::Result<()> {
    let mut operations = Map::new();
    for case in suite["cases"].as_array().into_iter().flatten() {
        operations.insert(case["given"]["name"].as_str().unwrap_or("Operation").to_owned(), case["given"].clone());
    }
    let mut metadata = suite["metadata"].clone();
    for (key, value) in
        [("apiVersion", "2020-01-01"), ("serviceFullName", "Seed"), ("serviceId", "Seed"), ("endpointPrefix", "seed")]
    {
        if metadata.get(key).is_none() && metadata.is_object() {
            metadata[key] = value.into();
        }
    }
    let model = json!({ "metadata": metadata, "operations": operations, "shapes": suite["shapes"] });
    corpus.add("botocore_model", model.to_string().as_bytes())
}

/// A model an operation: what is small is mutated often.
fn add_smithy_models(corpus: &mut Corpus, model: &Value) -> anyhow::Result<()> {
    let Some(shapes) = model["shapes"].as_object() else { return Ok(()) };
    for (id, service) in shapes.iter().filter(|(_, shape)| shape["type"] == "service") {
        for operation in service["operations"].as_array().into_iter().flatten() {
            let mut service = service.clone();
            service["operations"] = json!([operation]);
            let mut kept = Map::new();
            keep(id, &service, shapes, &mut kept, &mut BTreeSet::from([id.as_str()]));
            let model = without_tests(json!({ "smithy": model["smithy"], "shapes": kept }));
            corpus.add("smithy_model", format!("{model}\0").as_bytes())?;
            corpus.add("generated_code", format!("{model}\0").as_bytes())?;
        }
    }
    Ok(())
}

/// Keeps a shape and those that it names.
fn keep<'s>(
    id: &str,
    shape: &Value,
    shapes: &'s Map<String, Value>,
    kept: &mut Map<String, Value>,
    seen: &mut BTreeSet<&'s str>,
) {
    kept.insert(id.to_owned(), shape.clone());
    for name in strings(shape) {
        if let Some((id, shape)) = shapes.get_key_value(name)
            && seen.insert(id)
        {
            keep(id, shape, shapes, kept, seen);
        }
    }
}

fn strings(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(elements) => elements.iter().flat_map(strings).collect(),
        Value::Object(members) => members.values().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}

/// The model without the test cases, which are most of it.
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

fn files(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    for path in folder(path)? {
        found.extend(files(&path)?);
    }
    Ok(found)
}

fn folder(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}
