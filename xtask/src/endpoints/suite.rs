//! Suites of endpoint cases: the rules, and the cases.

use anyhow::{Context, bail};
use serde_json::{Map, Value};
use smithwright_cli::vendor::package::Package;
use smithwright_runtime::endpoint::{EndpointParameters, ParameterValue};
use std::fs;
use std::path::{Path, PathBuf};

/// Where botocore's cases are in its source.
const CASES: &str = "tests/functional/endpoint-rules";

/// The rules of a service, with their cases.
pub(super) struct Suite {
    /// The service, or the file.
    pub(super) name: String,
    /// The text of the rules.
    pub(super) rules: String,
    /// The cases.
    pub(super) cases: Vec<Case>,
}

/// A case.
pub(super) struct Case {
    /// What it is about.
    pub(super) documentation: String,
    /// What the rules are told.
    pub(super) told: EndpointParameters,
    /// What must come.
    pub(super) expected: Expected,
}

/// What a case expects.
#[derive(Debug, PartialEq)]
pub(super) enum Expected {
    /// An endpoint.
    Endpoint {
        /// Its URL.
        url: String,
        /// Its properties.
        properties: Map<String, Value>,
        /// Its headers.
        headers: Map<String, Value>,
    },
    /// An error with this message.
    Error(String),
}

/// Reads botocore's source, Smithy models, and folders of them.
pub(super) fn read_all(paths: &[PathBuf]) -> anyhow::Result<Vec<Suite>> {
    let mut suites = Vec::new();
    for path in paths {
        match path.join(CASES).is_dir() {
            true => suites.extend(read_botocore(path)?),
            false => read_models(path, &mut suites)?,
        }
    }
    Ok(suites)
}

fn read_botocore(source: &Path) -> anyhow::Result<Vec<Suite>> {
    let mut package = Package::open(source)?;
    let read = |service: PathBuf| {
        let name = service.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let version = package.newest_api_version(&name.parse()?)?;
        let rules = package.read(&format!("{name}/{version}/endpoint-rule-set-1"))?;
        let rules = String::from_utf8(rules.with_context(|| format!("{name} has no endpoint rules"))?)?;
        let cases = cases(&read_json(&service.join("endpoint-tests-1.json"))?["testCases"]).with_context(|| name.clone())?;
        Ok(Suite { name, rules, cases })
    };
    folder(&source.join(CASES))?.into_iter().filter(|path| path.is_dir()).map(read).collect()
}

fn read_models(path: &Path, suites: &mut Vec<Suite>) -> anyhow::Result<()> {
    if path.is_dir() {
        return folder(path)?.iter().try_for_each(|path| read_models(path, suites));
    }
    let model = read_json(path)?;
    let shapes = model["shapes"].as_object().with_context(|| format!("{} is no Smithy model", path.display()))?;
    for (id, shape) in shapes {
        let traits = &shape["traits"];
        let Some(tests) = traits.get("smithy.rules#endpointTests") else { continue };
        let forms = ["smithy.rules#endpointRuleSet", "smithy.rules#endpointBdd"];
        for rules in forms.iter().filter_map(|form| traits.get(form)) {
            let cases = cases(&tests["testCases"]).with_context(|| id.clone())?;
            suites.push(Suite { name: id.clone(), rules: rules.to_string(), cases });
        }
    }
    Ok(())
}

/// The cases of a file.
pub(super) fn cases(cases: &Value) -> anyhow::Result<Vec<Case>> {
    cases.as_array().context("there are no cases")?.iter().map(case).collect()
}

fn case(case: &Value) -> anyhow::Result<Case> {
    let documentation = case["documentation"].as_str().unwrap_or_default().to_owned();
    let expect = &case["expect"];
    let map = |value: &Value| value.as_object().cloned().unwrap_or_default();
    let expected = match (&expect["endpoint"], expect["error"].as_str()) {
        (Value::Object(endpoint), None) => Expected::Endpoint {
            url: endpoint.get("url").and_then(Value::as_str).context("an endpoint without a URL")?.to_owned(),
            properties: endpoint.get("properties").map(map).unwrap_or_default(),
            headers: endpoint.get("headers").map(map).unwrap_or_default(),
        },
        (Value::Null, Some(message)) => Expected::Error(message.to_owned()),
        _ => bail!("`{documentation}` expects neither an endpoint nor an error"),
    };
    let mut told = EndpointParameters::new();
    for (name, value) in map(&case["params"]) {
        // Names live as long as the program: so they do in clients.
        told.set(name.leak(), parameter(&value).with_context(|| documentation.clone())?);
    }
    Ok(Case { documentation, told, expected })
}

fn parameter(value: &Value) -> anyhow::Result<ParameterValue> {
    Ok(match value {
        Value::String(text) => text.clone().into(),
        Value::Bool(value) => (*value).into(),
        Value::Array(elements) => {
            let texts = elements.iter().map(|element| element.as_str().map(str::to_owned));
            texts.collect::<Option<Vec<String>>>().context("an array of something else than strings")?.into()
        }
        other => bail!("{other} as a parameter"),
    })
}

fn read_json(path: &Path) -> anyhow::Result<Value> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is no JSON", path.display()))
}

fn folder(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let context = || format!("cannot list {}", path.display());
    let entries = fs::read_dir(path).with_context(context)?;
    let mut paths = entries.map(|entry| Ok(entry.with_context(context)?.path())).collect::<anyhow::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}
