//! Suites of endpoint cases: the rules, and the cases.

use crate::conformance::node::Node;
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
    /// The model, where operations are called.
    pub(super) model: Option<ModelText>,
    /// The cases.
    pub(super) cases: Vec<Case>,
}

impl Suite {
    /// Whether cases say which operations are called.
    pub(super) fn has_calls(&self) -> bool {
        has_calls(&self.cases)
    }
}

fn has_calls(cases: &[Case]) -> bool {
    cases.iter().any(|case| !case.calls.is_empty())
}

/// A service's model.
pub(super) enum ModelText {
    /// Smithy's JSON AST.
    Smithy(String),
    /// botocore's `service-2.json`, and what SDKs add to it.
    Botocore {
        /// The service.
        service: String,
        /// `service-2.sdk-extras.json`.
        extras: Option<String>,
    },
}

/// A case.
pub(super) struct Case {
    /// What it is about.
    pub(super) documentation: String,
    /// What the rules are told.
    pub(super) told: EndpointParameters,
    /// Calls that must come to the same.
    pub(super) calls: Vec<Call>,
    /// What must come.
    pub(super) expected: Expected,
}

/// A call of an operation: an element of `operationInputs`.
#[derive(Debug)]
pub(super) struct Call {
    /// The operation's name.
    pub(super) operation: String,
    /// Its input.
    pub(super) params: Node,
    /// What is configured, by its name in rules: `AWS::Region`.
    pub(super) built_ins: Node,
    /// What is said to the client, by the rules' parameters.
    pub(super) client: Node,
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
        let mut read = |file: &str| {
            let bytes = package.read(&format!("{name}/{version}/{file}"))?;
            bytes.map(|bytes| String::from_utf8(bytes).with_context(|| format!("{file} of {name} is no text"))).transpose()
        };
        let rules = read("endpoint-rule-set-1")?.with_context(|| format!("{name} has no endpoint rules"))?;
        let cases = cases(&read_json(&service.join("endpoint-tests-1.json"))?["testCases"]).with_context(|| name.clone())?;
        let model = match has_calls(&cases) {
            true => {
                let service = read("service-2")?.with_context(|| format!("{name} has no service-2.json"))?;
                Some(ModelText::Botocore { service, extras: read("service-2.sdk-extras")? })
            }
            false => None,
        };
        Ok(Suite { name, rules, model, cases })
    };
    folder(&source.join(CASES))?.into_iter().filter(|path| path.is_dir()).map(read).collect()
}

fn read_models(path: &Path, suites: &mut Vec<Suite>) -> anyhow::Result<()> {
    if path.is_dir() {
        return folder(path)?.iter().try_for_each(|path| read_models(path, suites));
    }
    let text = read_text(path)?;
    let model: Value = serde_json::from_str(&text).with_context(|| format!("{} is no JSON", path.display()))?;
    let shapes = model["shapes"].as_object().with_context(|| format!("{} is no Smithy model", path.display()))?;
    for (id, shape) in shapes {
        let traits = &shape["traits"];
        let Some(tests) = traits.get("smithy.rules#endpointTests") else { continue };
        let forms = ["smithy.rules#endpointRuleSet", "smithy.rules#endpointBdd"];
        for rules in forms.iter().filter_map(|form| traits.get(form)) {
            let cases = cases(&tests["testCases"]).with_context(|| id.clone())?;
            let model = has_calls(&cases).then(|| ModelText::Smithy(text.clone()));
            suites.push(Suite { name: id.clone(), rules: rules.to_string(), model, cases });
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
    let calls = case["operationInputs"].as_array().into_iter().flatten().map(call).collect::<anyhow::Result<_>>();
    let calls = calls.with_context(|| documentation.clone())?;
    Ok(Case { documentation, told, calls, expected })
}

fn call(call: &Value) -> anyhow::Result<Call> {
    // Digits are kept, of which a number of serde's has too few.
    let node = Node::parse(&call.to_string())?;
    let of = |key: &str| node.get(key).cloned().unwrap_or(Node::Object(Vec::new()));
    let known = ["operationName", "operationParams", "builtInParams", "clientParams"];
    if let Some((key, _)) = node.members().iter().find(|(key, _)| !known.contains(&key.as_str())) {
        bail!("the runner does not know the key `{key}`");
    }
    let operation = node.need("operationName")?.text()?.to_owned();
    Ok(Call { operation, params: of("operationParams"), built_ins: of("builtInParams"), client: of("clientParams") })
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

fn read_text(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn read_json(path: &Path) -> anyhow::Result<Value> {
    let text = read_text(path)?;
    serde_json::from_str(&text).with_context(|| format!("{} is no JSON", path.display()))
}

fn folder(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let context = || format!("cannot list {}", path.display());
    let entries = fs::read_dir(path).with_context(context)?;
    let mut paths = entries.map(|entry| Ok(entry.with_context(context)?.path())).collect::<anyhow::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}
