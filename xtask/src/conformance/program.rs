//! The test program of a service: a function a test, over a harness that all programs share.

use super::node::Node;
use super::suite::{Case, Exchange, ExpectedError, Message, RequestMessage, ResponseMessage, Side};
use super::value::{Values, has_nan};
use super::workspace::program_name;
use anyhow::Context;
use smithwright::ir::Protocol;
use smithwright::package::File;
use smithwright::rust::plan::{Binding, ErrorStructure, Field, Operation, Plan, Structure};
use smithwright::rust::types::Type;
use std::fmt::Write as _;

mod events;

/// The header that tells the id of a request.
const REQUEST_ID: &str = "x-amzn-requestid";

const HARNESS: &str = include_str!("program/harness.rs");
const EVENT_HARNESS: &str = include_str!("program/event_harness.rs");

/// One test: a case, and the side that it is run on.
#[derive(Clone, Debug)]
pub(crate) struct Test {
    /// The case's place in its suite.
    pub(crate) case: usize,
    pub(crate) side: Side,
    /// Why there is no code for it.
    pub(crate) unbuildable: Option<String>,
}

/// The crate of a test program.
pub(super) struct Program {
    pub(super) files: Vec<File>,
    /// Its tests, by their numbers in it.
    pub(super) tests: Vec<Test>,
}

/// Writes the crate `program`.
pub(super) fn write(plan: &Plan, protocol: Protocol, cases: &[Case], has_server: bool) -> Program {
    let binds_http = protocol.definition().binds_http;
    let writer = Writer { plan, values: Values::new(plan), binds_http };
    let mut tests = Vec::new();
    let (mut functions, mut table) = (String::new(), String::new());
    for (case_number, case) in cases.iter().enumerate() {
        for side in case.sides.iter().copied().filter(|side| *side == Side::Client || has_server) {
            let number = tests.len();
            let written = writer.test(case, side);
            let unbuildable = written.as_ref().err().map(|error| format!("{error:#}"));
            match written {
                Ok(Code::Raw(request)) => table += &format!("    Test::Raw({request}),\n"),
                Ok(Code::Body(body)) => {
                    table += &format!("    Test::Typed(|| Box::pin(test_{number}())),\n");
                    let _ = write!(functions, "\n/// {} {side}: {}\n", case.kind(), case.id);
                    let _ = write!(functions, "async fn test_{number}() -> Observation {{\n{body}}}\n");
                }
                Err(_) => table += "    Test::Typed(|| Box::pin(async { Observation::failed(\"no code\") })),\n",
            }
            tests.push(Test { case: case_number, side, unbuildable });
        }
    }
    let main = writer.frame(has_server) + &format!("\nconst TESTS: &[Test] = &[\n{table}];\n") + &functions;
    let file = |path: &str, text: String| File { path: path.to_owned(), text };
    let mut files = vec![
        file("program/Cargo.toml", manifest(plan, has_server)),
        file("program/src/harness.rs", HARNESS.to_owned()),
        file("program/src/main.rs", main),
    ];
    if plan.service.events {
        files.push(file("program/src/events.rs", EVENT_HARNESS.to_owned()));
    }
    Program { files, tests }
}

fn manifest(plan: &Plan, has_server: bool) -> String {
    let key = &plan.service.key;
    let features = if has_server { "\"client\", \"server\"" } else { "\"client\"" };
    let server = if has_server { format!("{key}-server = {{ path = \"../server\" }}\n") } else { String::new() };
    format!(
        "[package]\nname = \"{}\"\nversion.workspace = true\nedition.workspace = true\npublish.workspace = true\n\n\
         [dependencies]\n{key}-api = {{ path = \"../api\" }}\n{key}-client = {{ path = \"../client\", default-features = false }}\n{server}\
         smithwright-runtime = {{ workspace = true, features = [{features}] }}\n\
         aws-smithy-runtime-api = {{ version = \"1\", features = [\"client\", \"http-1x\"] }}\n\
         aws-smithy-types = {{ version = \"1\", features = [\"http-body-1-x\"] }}\nhttp = \"1\"\nhttp-body = \"1\"\n\
         http-body-util = \"0.1\"\nfutures-core = \"0.3\"\nserde_json = \"1\"\ntokio = {{ version = \"1\", features = [\"rt\", \"time\"] }}\n\
         tower-service = \"0.3\"\n",
        program_name(key)
    )
}

/// The code of a test.
enum Code {
    /// The body of a function.
    Body(String),
    /// A request that is sent as it is.
    Raw(String),
}

/// Which members of a value are compared with what the case gives.
#[derive(Clone, Copy)]
enum Compared {
    /// All: one that is not given must be unset, or its default.
    All,
    /// All but those that are not given and have a default, which a server may have filled in.
    ButDefaults,
    /// Those that are given: of a message that is told in part, there may be others.
    Given,
}

struct Writer<'p> {
    plan: &'p Plan,
    values: Values<'p>,
    /// Whether the protocol of the cases has members outside the body.
    binds_http: bool,
}

impl Writer<'_> {
    /// What is around the tests: the client, and a server that remembers and answers.
    fn frame(&self, has_server: bool) -> String {
        let (api, service) = (self.plan.service.key.replace('-', "_"), &self.plan.service.name);
        let mut text = format!(
            "//! Runs the cases of a suite. Written by `cargo xtask conformance`.\n\n\
             {}mod harness;\n\nuse harness::*;\nuse {api}_api as api;\nuse {api}_client::Client;\n\n\
             fn client(network: &Network, endpoint: &str) -> Client {{\n    \
             Client::new(&network.config(endpoint)).customize(|core| core.with_token_provider(|| IDEMPOTENCY_TOKEN.to_owned()))\n}}\n",
            if self.plan.service.events { "mod events;\n" } else { "" }
        );
        if !has_server {
            return text
                + "\nfn main() -> std::process::ExitCode {\n    \
                   run(TESTS, |_| Box::pin(async { Observation::failed(\"there is no server\") }))\n}\n";
        }
        let _ = write!(
            text,
            "\n/// A request whose id somebody in front of the server has chosen.\n\
             fn identify(request: &mut http::Request<SdkBody>, id: &str) {{\n    \
             request.extensions_mut().insert(smithwright_runtime::server::RequestId(id.to_owned()));\n}}\n\
             \nfn server(slot: &Slot) -> {api}_server::Server {{\n    {api}_server::Server::new(Recorder(slot.clone()))\n}}\n\n\
             fn main() -> std::process::ExitCode {{\n    run(TESTS, |request| {{\n        let slot = Slot::default();\n        \
             Box::pin(async move {{ send(server(&slot), &slot, request).await }})\n    }})\n}}\n\n\
             struct Recorder(Slot);\n\nimpl api::{service} for Recorder {{\n"
        );
        for operation in &self.plan.operations {
            let Operation { method, name, request, .. } = operation;
            let response = response_type(operation);
            let _ = write!(
                text,
                "    async fn {method}(&self, request: api::{}) -> Result<{response}, api::Error> {{\n        \
                 self.0.serve({name:?}, request).unwrap_or_else(|| Err(unanswered()))\n    }}\n",
                request.name
            );
        }
        text + "}\n\nfn unanswered() -> api::Error {\n    api::UnrecognizedError::new(\"NoAnswer\", 500, None).into()\n}\n"
    }

    fn test(&self, case: &Case, side: Side) -> anyhow::Result<Code> {
        let operation = self.operation(&case.operation)?;
        Ok(Code::Body(match (&case.exchange, side) {
            (Exchange::Malformed { request, .. }, _) => return Ok(Code::Raw(raw_request(request))),
            (Exchange::Request { request, params }, Side::Client) => self.request_client(operation, request, params)?,
            (Exchange::Request { request, params }, Side::Server) => {
                let comparison = match self.is_half_told(operation, request, params) {
                    true => self.comparison(&operation.request, &self.without_body(operation, params), Compared::Given)?,
                    false if checks_defaults(case) => self.comparison(&operation.request, params, Compared::All)?,
                    false => self.comparison(&operation.request, params, Compared::ButDefaults)?,
                };
                request_server(operation, request, &comparison)
            }
            (Exchange::Response { response, params }, Side::Client) => self.response_client(operation, response, params)?,
            (Exchange::Response { response, params }, Side::Server) => {
                let answer = self.values.structure(&operation.response, params)?;
                self.answer_server(operation, response, &format!("Ok({answer})"))
            }
            (Exchange::Error { response, error }, Side::Client) => self.error_client(operation, response, error)?,
            (Exchange::Events(events), side) => self.events(operation, events, side)?,
            (Exchange::Error { response, error }, Side::Server) => {
                let (variant, structure) = self.error(error)?;
                let value = self.values.structure(structure, &error.params)?;
                self.answer_server(operation, response, &format!("Err(api::Error::{variant}({value}))"))
            }
        }))
    }

    fn request_client(&self, operation: &Operation, request: &RequestMessage, params: &Node) -> anyhow::Result<String> {
        let value = self.values.structure(&operation.request, params)?;
        let endpoint = request.endpoint.as_ref().map_or("ENDPOINT".to_owned(), |endpoint| format!("{endpoint:?}"));
        let method = &operation.method;
        Ok(format!(
            "    let network = Network::answering(RawResponse {{ code: {}, headers: &[], body: b\"\" }});\n    \
             let client = client(&network, {endpoint});\n    network.request(client.{method}({value}).await)\n",
            operation.http.as_ref().map_or(200, |http| http.status)
        ))
    }

    fn response_client(&self, operation: &Operation, response: &ResponseMessage, params: &Node) -> anyhow::Result<String> {
        let call = self.call_answered(operation, response);
        let comparison = self.comparison(&operation.response, params, Compared::All)?;
        Ok(format!(
            "{call}    let came = match outcome {{\n        Ok(came) => came,\n        \
             Err(error) => return Observation::error(&error),\n    }};\n{comparison}"
        ))
    }

    fn error_client(&self, operation: &Operation, response: &ResponseMessage, error: &ExpectedError) -> anyhow::Result<String> {
        let call = self.call_answered(operation, response);
        let (variant, structure) = self.error(error)?;
        let message = error.message.as_ref().map_or(String::new(), |message| {
            format!(
                "    if error.message() != Some({message:?}) {{\n        \
                 return Observation::failed(format!(\"the message {{:?}}\", error.message()));\n    }}\n"
            )
        });
        let told = error.told.as_ref().map_or(String::new(), |told| {
            let (code, fault) = (&told.code, &told.fault);
            format!(
                "    if !tells(&error, {code:?}, {fault:?}) {{\n        \
                 return Observation::failed(format!(\"another code: {{error:?}}\"));\n    }}\n"
            )
        });
        Ok(format!(
            "{call}    let error = match outcome {{\n        Ok(came) => return Observation::failed(format!(\"no error: {{came:?}}\")),\n        \
             Err(error) => error,\n    }};\n{message}{told}    let came = match error {{\n        api::Error::{variant}(came) => came,\n        \
             other => return Observation::failed(format!(\"another error: {{other:?}}\")),\n    }};\n{}",
            self.comparison(structure, &error.params, Compared::All)?
        ))
    }

    fn call_answered(&self, operation: &Operation, response: &ResponseMessage) -> String {
        let RawMessage { headers, body } = raw_message(&response.content);
        format!(
            "    let network = Network::answering(RawResponse {{ code: {}, headers: {headers}, body: {body} }});\n    \
             let client = client(&network, ENDPOINT);\n    let outcome = client.{}({}).await;\n",
            response.code,
            operation.method,
            any_request(operation)
        )
    }

    /// The request's id is not the server's to choose: whoever is in front of it may have.
    fn answer_server(&self, operation: &Operation, expected: &ResponseMessage, answer: &str) -> String {
        let (response, method) = (response_type(operation), &operation.method);
        let is_id = |(name, _): &&(String, String)| name.eq_ignore_ascii_case(REQUEST_ID);
        let id = expected.content.headers.iter().find(is_id).map(|(_, id)| id);
        format!(
            "    let answer: Result<{response}, api::Error> = {answer};\n    \
             let network = Network::serving(server(&Slot::answering(answer)).validation(false), {id:?}, identify);\n    \
             let client = client(&network, ENDPOINT);\n    network.response(client.{method}({}).await)\n",
            any_request(operation)
        )
    }

    /// Compares what came with the structure that these members make.
    fn comparison(&self, structure: &Structure, params: &Node, compared: Compared) -> anyhow::Result<String> {
        let mut text = format!(
            "    let expected = {};\n    let mut comparison = Comparison::new({});\n",
            self.values.structure(structure, params)?,
            has_nan(params)
        );
        let is_compared = |field: &&Field| match compared {
            Compared::All => true,
            Compared::ButDefaults => field.server_default.is_none() || params.get(&field.member).is_some(),
            Compared::Given => params.get(&field.member).is_some(),
        };
        for field in structure.fields.iter().filter(is_compared) {
            let (member, name) = (&field.member, &field.name);
            let comparison = match (&field.ty, field.is_optional()) {
                // They are compared one by one, where a case is about them.
                (Type::EventStream(_), _) => continue,
                (Type::Stream, false) => format!("stream({member:?}, expected.{name}, came.{name}).await"),
                (Type::Stream, true) => {
                    format!("stream({member:?}, expected.{name}.unwrap_or_default(), came.{name}.unwrap_or_default()).await")
                }
                _ => format!("member({member:?}, &expected.{name}, &came.{name})"),
            };
            let _ = match self.cannot_be_told(field, params.get(member)) {
                false => writeln!(text, "    comparison.{comparison};"),
                true => writeln!(
                    text,
                    "    if came.{name}.as_ref().is_some_and(|it| !it.is_empty()) {{\n        comparison.{comparison};\n    }}"
                ),
            };
        }
        Ok(text + "    comparison.finish()\n")
    }

    fn operation(&self, name: &str) -> anyhow::Result<&Operation> {
        let found = self.plan.operations.iter().find(|operation| operation.name == name);
        found.with_context(|| format!("the plan has no operation `{name}`"))
    }

    fn error(&self, error: &ExpectedError) -> anyhow::Result<(String, &Structure)> {
        let is_meant = |structure: &&Structure| {
            structure.error.as_ref().is_some_and(|it| {
                let is_named = |name: &String| *name == it.code || name == structure.name.as_str() || name == queried_code(it);
                error.names.iter().any(is_named)
            })
        };
        let structure = self.values.structures().find(is_meant);
        let structure = structure.with_context(|| format!("the plan has no error `{}`", error.names.join("` or `")))?;
        let variant = structure.error.as_ref().map(|error| error.variant.to_string()).unwrap_or_default();
        Ok((variant, structure))
    }

    /// Whether a message with a member looks like one without it: a collection without elements leaves nothing in the query or the
    /// headers.
    fn cannot_be_told(&self, field: &Field, value: Option<&Node>) -> bool {
        let is_empty = |value: &Node| matches!(value, Node::Array(_) | Node::Object(_)) && value.is_empty();
        field.is_optional() && !self.is_in_body(field) && value.is_some_and(is_empty)
    }

    /// Whether a case gives members that are in the body, but not the body: a server can be sent the rest.
    fn is_half_told(&self, operation: &Operation, request: &RequestMessage, params: &Node) -> bool {
        let is_given = |field: &Field| params.get(&field.member).is_some_and(|value| *value != Node::Null);
        request.content.body.is_none() && operation.request.fields.iter().any(|field| self.is_in_body(field) && is_given(field))
    }

    /// The members that are in the path, the query or the headers.
    fn without_body(&self, operation: &Operation, params: &Node) -> Node {
        let fields = &operation.request.fields;
        let is_in_body = |member: &str| fields.iter().any(|field| field.member == member && self.is_in_body(field));
        Node::Object(params.members().iter().filter(|(member, _)| !is_in_body(member)).cloned().collect())
    }

    fn is_in_body(&self, field: &Field) -> bool {
        let is_bound = matches!(
            field.binding,
            Binding::Label
                | Binding::TokenLabel
                | Binding::Query
                | Binding::Header
                | Binding::PrefixHeaders
                | Binding::QueryParams
                | Binding::ResponseCode
        );
        !(self.binds_http && is_bound)
    }
}

/// The code of an error in a protocol that the service spoke before; empty when it has none.
fn queried_code(error: &ErrorStructure) -> &str {
    error.query_error.as_deref().and_then(|error| error.split(';').next()).unwrap_or_default()
}

/// Whether a case is about what becomes of members that are not given.
fn checks_defaults(case: &Case) -> bool {
    case.tags.iter().any(|tag| tag == "defaults")
}

fn request_server(operation: &Operation, request: &RequestMessage, comparison: &str) -> String {
    format!(
        "    let slot = Slot::default();\n    let answer = send(server(&slot), &slot, {}).await;\n    \
         let Some(came) = slot.request::<api::{}>() else {{ return answer }};\n{comparison}",
        raw_request(request),
        operation.request.name
    )
}

fn response_type(operation: &Operation) -> String {
    format!("api::{}", operation.response.name)
}

/// A request that can be sent: labels have a text.
fn any_request(operation: &Operation) -> String {
    let request = &operation.request;
    let mut text = format!("{{ let mut it = zero::<api::{}>();", request.name);
    for field in request.required() {
        match &field.ty {
            Type::String => text += &format!(" it.{} = \"x\".to_owned();", field.name),
            Type::Enumeration(name) if field.binding == Binding::Label => {
                text += &format!(" it.{} = api::{name}::from(\"x\");", field.name);
            }
            _ => {}
        }
    }
    text + " it }"
}

fn raw_request(request: &RequestMessage) -> String {
    let RawMessage { headers, body } = raw_message(&request.content);
    let target = match request.query.as_slice() {
        [] => request.uri.clone(),
        query => format!("{}?{}", request.uri, query.join("&")),
    };
    format!("RawRequest {{ method: {:?}, target: {target:?}, headers: {headers}, body: {body} }}", request.method)
}

/// Headers and body as literals.
struct RawMessage {
    headers: String,
    body: String,
}

fn raw_message(message: &Message) -> RawMessage {
    let headers = message.sent_headers().into_iter().map(|(name, value)| format!("({name:?}, {value:?})"));
    RawMessage {
        headers: format!("&[{}]", headers.collect::<Vec<_>>().join(", ")),
        body: format!("b\"{}\"", message.sent_body().escape_ascii()),
    }
}
