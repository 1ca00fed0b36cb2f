//! The program that calls what a suite says: a function a call, over a harness that all programs share.

use crate::conformance::node::Node;
use crate::conformance::value::Values;
use crate::conformance::workspace::program_name;
use crate::endpoints::suite::{self, Suite};
use anyhow::Context;
use serde_json::Value;
use smithwright::ir::ParameterType;
use smithwright::package::File;
use smithwright::rust::plan::{Binding, Operation, Plan, Setting};
use smithwright::rust::types::Type;
use std::fmt::Write as _;

const HARNESS: &str = include_str!("program/harness.rs");

/// A call of a program.
pub(super) struct Call {
    /// The place of its case in the suite.
    pub(super) case: usize,
    /// Its place in the case.
    pub(super) place: usize,
    /// What the operation puts before the host, whatever the endpoint is.
    pub(super) host_prefix: String,
    /// Why there is no code for it.
    pub(super) unbuildable: Option<String>,
}

/// The crate of a program.
pub(super) struct Program {
    pub(super) files: Vec<File>,
    /// Its calls, by their numbers in it.
    pub(super) calls: Vec<Call>,
}

/// Writes the crate `program`.
pub(super) fn write(plan: &Plan, suite: &Suite) -> anyhow::Result<Program> {
    let rules: Value = serde_json::from_str(&suite.rules).context("the rules are no JSON")?;
    let writer = Writer { plan, values: Values::new(plan), rules: &rules };
    let (mut calls, mut functions, mut table) = (Vec::new(), String::new(), String::new());
    for (case_number, case) in suite.cases.iter().enumerate() {
        for (place, call) in case.calls.iter().enumerate() {
            let number = calls.len();
            let body = writer.call(call);
            let unbuildable = body.as_ref().err().map(|error| format!("{error:#}"));
            let body = body.unwrap_or_else(|_| "    Observation::default()\n".to_owned());
            let _ = writeln!(table, "    || Box::pin(call_{number}()),");
            let _ = write!(functions, "\nasync fn call_{number}() -> Observation {{\n{body}}}\n");
            let host_prefix = writer.host_prefix(call);
            calls.push(Call { case: case_number, place, host_prefix, unbuildable });
        }
    }
    let api = plan.service.key.replace('-', "_");
    let main = format!(
        "//! Calls operations, and tells where they go. Written by `cargo xtask endpoints`.\n\nmod harness;\n\nuse harness::*;\n\
         use {api}_api as api;\nuse {api}_client as client;\n\nfn main() -> std::process::ExitCode {{\n    run(CALLS)\n}}\n\n\
         const CALLS: &[Call] = &[\n{table}];\n{functions}"
    );
    let file = |path: &str, text: String| File { path: path.to_owned(), text };
    let files = vec![
        file("program/Cargo.toml", manifest(plan)),
        file("program/src/harness.rs", HARNESS.to_owned()),
        file("program/src/main.rs", main),
    ];
    Ok(Program { files, calls })
}

fn manifest(plan: &Plan) -> String {
    let key = &plan.service.key;
    format!(
        "[package]\nname = \"{}\"\nversion.workspace = true\nedition.workspace = true\npublish.workspace = true\n\n\
         [dependencies]\n{key}-api = {{ path = \"../api\" }}\n{key}-client = {{ path = \"../client\", default-features = false }}\n\
         smithwright-runtime = {{ workspace = true, features = [\"client\"] }}\n\
         aws-smithy-runtime-api = {{ version = \"1\", features = [\"client\", \"http-1x\"] }}\n\
         aws-smithy-types = {{ version = \"1\", features = [\"http-body-1-x\"] }}\n\
         aws-types = \"1\"\nserde_json = \"1\"\ntokio = {{ version = \"1\", features = [\"rt\", \"time\"] }}\n",
        program_name(key)
    )
}

struct Writer<'p> {
    plan: &'p Plan,
    values: Values<'p>,
    /// The rules, which say what the built-in parameters are called.
    rules: &'p Value,
}

impl Writer<'_> {
    fn call(&self, call: &suite::Call) -> anyhow::Result<String> {
        let operation = self.plan.operations.iter().find(|operation| operation.name == call.operation);
        let operation = operation.with_context(|| format!("the plan has no operation `{}`", call.operation))?;
        let mut given = String::new();
        let mut settings = Vec::new();
        for (name, value) in call.built_ins.members() {
            match configured(name, value)? {
                Some(field) => given += &field,
                None => settings.push(self.setting(self.parameter(name)?, value)?),
            }
        }
        for (name, value) in call.client.members() {
            settings.push(self.setting(name, value)?);
        }
        let settings = match settings.as_slice() {
            [] => String::new(),
            settings => format!(
                "    let client = client.with_endpoint_settings({{\n        let mut it = client::EndpointSettings::default();\n{}        it\n    }});\n",
                settings.concat()
            ),
        };
        Ok(format!(
            "    let recorder = Recorder::default();\n    \
             let config = recorder.config(Given {{ {given}..Given::default() }});\n    \
             let client = client::Client::new(&config).customize(|core| core.with_plugin(recorder.clone()));\n{settings}    \
             recorder.observe(client.{}({}).await)\n",
            operation.method,
            self.request(operation, &call.params)?
        ))
    }

    /// A request with these members. Labels that are not given have a text, or nothing would be sent.
    fn request(&self, operation: &Operation, params: &Node) -> anyhow::Result<String> {
        let structure = &operation.request;
        let is_missing = |member: &str| params.get(member).is_none();
        let labels = structure
            .fields
            .iter()
            .filter(|field| matches!(field.binding, Binding::Label) && field.ty == Type::String && is_missing(&field.member));
        let labels = labels.map(|field| (field.member.clone(), Node::String("x".to_owned())));
        let members = params.members().iter().cloned().chain(labels).collect();
        self.values.structure(structure, &Node::Object(members))
    }

    /// What an operation puts before the host.
    fn host_prefix(&self, call: &suite::Call) -> String {
        let operation = self.plan.operations.iter().find(|operation| operation.name == call.operation);
        let prefix = operation.and_then(|operation| operation.host_prefix.as_ref()).map(ToString::to_string).unwrap_or_default();
        call.params
            .members()
            .iter()
            .fold(prefix, |prefix, (member, value)| prefix.replace(&format!("{{{member}}}"), value.as_str().unwrap_or_default()))
    }

    /// The parameter that is taken from there.
    fn parameter(&self, built_in: &str) -> anyhow::Result<&str> {
        let parameters = self.rules["parameters"].as_object().into_iter().flatten();
        let named = parameters.map(|(name, parameter)| (name.as_str(), parameter["builtIn"].as_str()));
        let mut named = named.filter(|(_, known)| *known == Some(built_in)).map(|(name, _)| name);
        named.next().with_context(|| format!("the rules have no parameter of `{built_in}`"))
    }

    /// A line that sets what a program can say.
    fn setting(&self, parameter: &str, value: &Node) -> anyhow::Result<String> {
        let settings = self.plan.service.endpoint.iter().flat_map(|endpoint| &endpoint.settings);
        let found = settings.into_iter().find(|setting| setting.parameter == parameter);
        let Setting { field, kind, .. } = found.with_context(|| format!("a program cannot set `{parameter}`"))?;
        let value = match kind {
            ParameterType::Boolean => boolean(value)?.to_string(),
            ParameterType::String => format!("{:?}.to_owned()", value.text()?),
            ParameterType::StringArray => {
                let texts = value.elements().iter().map(|text| Ok(format!("{:?}.to_owned()", text.text()?)));
                format!("vec![{}]", texts.collect::<anyhow::Result<Vec<_>>>()?.join(", "))
            }
        };
        Ok(format!("        it.{field} = Some({value});\n"))
    }
}

/// The field of the harness's configuration that a built-in parameter is; `None` when it is a setting of the client's own.
fn configured(built_in: &str, value: &Node) -> anyhow::Result<Option<String>> {
    let field = match built_in {
        "AWS::Region" => "region",
        "SDK::Endpoint" => "endpoint",
        "AWS::Auth::AccountId" => "account",
        "AWS::Auth::AccountIdEndpointMode" => "mode",
        "AWS::UseFIPS" => return Ok(Some(format!("fips: {}, ", boolean(value)?))),
        "AWS::UseDualStack" => return Ok(Some(format!("dual_stack: {}, ", boolean(value)?))),
        _ => return Ok(None),
    };
    Ok(Some(format!("{field}: Some({:?}), ", value.text()?)))
}

fn boolean(node: &Node) -> anyhow::Result<bool> {
    match node {
        Node::Bool(value) => Ok(*value),
        other => anyhow::bail!("`{other}` is no boolean"),
    }
}
