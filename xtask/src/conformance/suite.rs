//! What a suite is, whatever the format of its file.

mod botocore;
mod events;
mod expand;
mod smithy;

use super::format::Format;
use super::implied::Implied;
use super::node::Node;
use anyhow::{Context, bail};
pub(crate) use events::{Event, EventExchange, EventOutcome, Said, Way};
use serde::Serialize;
use smithwright::ir::Protocol;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// Test cases of a file: all of them, or those in one of the protocols of its service, or those of one of its services.
#[derive(Clone, Debug)]
pub(crate) struct Suite {
    /// What reports call it: after the service, or the file.
    pub(crate) name: String,
    /// What there is to do with it.
    pub(crate) content: Content,
}

/// What a suite holds.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// A protocol that smithwright does not generate, by its name.
    OtherProtocol(String),
    /// Cases, and the service that they are about.
    Ours(Ours),
}

/// A suite for a protocol that smithwright generates.
#[derive(Clone, Debug)]
pub(crate) struct Ours {
    /// The model, for the generator.
    pub(crate) model: ModelText,
    /// The protocol that the cases are in, and that the client speaks; the server speaks all that the model has.
    pub(crate) protocol: Protocol,
    /// The cases, expanded.
    pub(crate) cases: Vec<Case>,
    /// Cases that are only counted, by what they would need and the side that they are for.
    pub(crate) not_run: Vec<NotRun>,
}

/// A service's model.
#[derive(Clone, Debug)]
pub(crate) enum ModelText {
    /// Smithy's JSON AST.
    Smithy(String),
    /// botocore's `service-2.json`: a client alone is made of it.
    Botocore(String),
}

impl ModelText {
    /// Whether there are cases for a server.
    pub(crate) fn has_server(&self) -> bool {
        matches!(self, Self::Smithy(_))
    }
}

/// A case that is counted, but not run.
#[derive(Clone, Debug)]
pub(crate) struct NotRun {
    pub(crate) what: &'static str,
    pub(crate) side: Side,
}

/// A test case.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// Its id, unique within its kind.
    pub(crate) id: String,
    /// The operation's name.
    pub(crate) operation: String,
    /// Its tags.
    pub(crate) tags: Vec<String>,
    /// The sides that it is for.
    pub(crate) sides: Vec<Side>,
    /// What is sent, and what it means.
    pub(crate) exchange: Exchange,
}

impl Case {
    /// What the case is about, in a word: a tag, or the operation.
    pub(crate) fn category(&self) -> &str {
        self.tags.first().unwrap_or(&self.operation)
    }

    /// The kind of the case.
    pub(crate) fn kind(&self) -> Kind {
        match &self.exchange {
            Exchange::Request { .. } => Kind::Request,
            Exchange::Response { .. } => Kind::Response,
            Exchange::Error { .. } => Kind::Error,
            Exchange::Events(_) => Kind::Events,
            Exchange::Malformed { .. } => Kind::Malformed,
        }
    }
}

/// What is sent, and what it means.
#[derive(Clone, Debug)]
pub(crate) enum Exchange {
    /// A request, and the operation's input.
    Request { request: RequestMessage, params: Node },
    /// A response, and the operation's output.
    Response { response: ResponseMessage, params: Node },
    /// A response, and one of the operation's errors.
    Error { response: ResponseMessage, error: ExpectedError },
    /// Events that are streamed, and what they mean.
    Events(EventExchange),
    /// A request that a server refuses, and what it answers.
    Malformed { request: RequestMessage, response: ResponseMessage },
}

/// An error of an operation.
#[derive(Clone, Debug)]
pub(crate) struct ExpectedError {
    /// The names of the shape: in its model, and as the service renames it.
    pub(crate) names: Vec<String>,
    /// Its members.
    pub(crate) params: Node,
    /// Its message, where a suite says it beside the members.
    pub(crate) message: Option<String>,
    /// What a client tells its caller, where that may differ from the name of the shape.
    pub(crate) told: Option<ToldError>,
}

/// What a client tells of an error: the code that it has in a protocol which the service spoke before, if it has one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ToldError {
    pub(crate) code: String,
    /// Whose fault it is: `Sender`. `None` where nothing is said of it.
    pub(crate) fault: Option<String>,
}

/// An HTTP request: what is sent, or what is asserted of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct RequestMessage {
    pub(crate) method: String,
    /// The path, encoded.
    pub(crate) uri: String,
    /// `k=v`, `k=` or `k`, encoded.
    pub(crate) query: Vec<String>,
    pub(crate) forbid_query: Vec<String>,
    pub(crate) require_query: Vec<String>,
    /// Whether there may be other query parameters.
    pub(crate) other_query: bool,
    /// The endpoint that the client is given.
    pub(crate) endpoint: Option<String>,
    /// The host that the request goes to.
    pub(crate) resolved_host: Option<String>,
    pub(crate) content: Message,
}

/// An HTTP response: what is sent, or what is asserted of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct ResponseMessage {
    pub(crate) code: u16,
    pub(crate) content: Message,
}

/// Headers and body.
#[derive(Clone, Debug, Default)]
pub(crate) struct Message {
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) forbid_headers: Vec<String>,
    pub(crate) require_headers: Vec<String>,
    /// What is sent besides, where no header of the same name is.
    pub(crate) implied: Implied,
    /// `None` where nothing is said of it.
    pub(crate) body: Option<Body>,
}

/// A body.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Body {
    pub(crate) assertion: BodyAssertion,
    pub(crate) format: Format,
}

/// What a body is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum BodyAssertion {
    /// This, compared by format.
    Contents(Vec<u8>),
    /// One of these, compared by format.
    OneOf(Vec<Vec<u8>>),
    /// Its message matches this expression.
    MessageMatches(String),
}

impl Body {
    /// A body as a suite writes it.
    fn read(text: &str, format: Format) -> anyhow::Result<Self> {
        Ok(Self { assertion: BodyAssertion::Contents(format.bytes(text)?), format })
    }
}

impl Message {
    /// The headers as they are sent.
    pub(crate) fn sent_headers(&self) -> Vec<(String, String)> {
        let is_said = |name: &str| self.headers.iter().any(|(said, _)| said.eq_ignore_ascii_case(name));
        let more = self.implied.iter().filter(|(name, _)| !is_said(name));
        self.headers.iter().cloned().chain(more.map(|(name, value)| ((*name).to_owned(), value.clone()))).collect()
    }

    /// The body as it is sent: nothing, where nothing is said of it.
    pub(crate) fn sent_body(&self) -> &[u8] {
        match &self.body {
            Some(Body { assertion: BodyAssertion::Contents(bytes), .. }) => bytes,
            _ => &[],
        }
    }
}

/// The kinds of cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Request,
    Response,
    Error,
    Events,
    Malformed,
}

/// Who is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Side {
    /// The generated client.
    Client,
    /// The generated server.
    Server,
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Error => "error",
            Self::Events => "events",
            Self::Malformed => "malformed",
        })
    }
}

impl fmt::Display for Side {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Self::Client => "client",
            Self::Server => "server",
        })
    }
}

/// Reads the suites of files and folders. In a folder, what is no suite is passed over.
pub(crate) fn read_all(paths: &[PathBuf]) -> anyhow::Result<Vec<Suite>> {
    let mut suites = Vec::new();
    for path in paths {
        if path.is_dir() {
            read_folder(path, &mut suites)?;
        } else {
            match read_file(path)? {
                Some(read) => suites.extend(read),
                None => bail!("{} is neither a Smithy model nor a file of botocore's protocol tests", path.display()),
            }
        }
    }
    Ok(suites)
}

fn read_folder(folder: &Path, suites: &mut Vec<Suite>) -> anyhow::Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<Vec<PathBuf>>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            read_folder(&path, suites)?;
        } else if path.extension().is_some_and(|extension| extension == "json") {
            suites.extend(read_file(&path)?.into_iter().flatten());
        }
    }
    Ok(())
}

fn read_file(path: &Path) -> anyhow::Result<Option<Vec<Suite>>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    read(&text, path).with_context(|| format!("in {}", path.display()))
}

/// Reads the suites of a file; `None`, when the text is something else.
fn read(text: &str, path: &Path) -> anyhow::Result<Option<Vec<Suite>>> {
    let Ok(json) = Node::parse(text) else { return Ok(None) };
    match &json {
        Node::Object(_) if json.get("smithy").is_some() => smithy::read(&json, text).map(Some),
        Node::Array(suites) if suites.iter().all(botocore::is_suite) => botocore::read(suites, &file_name(path)).map(Some),
        _ => Ok(None),
    }
}

/// `input/rest-json` of `tests/input/rest-json.json`: botocore's folders tell the direction.
fn file_name(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    match path.parent().and_then(Path::file_name) {
        Some(folder) => format!("{}/{stem}", folder.to_string_lossy()),
        None => stem,
    }
}

/// Refuses a key that nobody looks at: an assertion must not be passed over.
fn refuse_unknown(node: &Node, known: &[&str]) -> anyhow::Result<()> {
    match node.members().iter().find(|(key, _)| !known.contains(&key.as_str())) {
        Some((key, _)) => bail!("the runner does not know the key `{key}`"),
        None => Ok(()),
    }
}

/// The members of an object of strings.
fn headers(node: Option<&Node>) -> anyhow::Result<Vec<(String, String)>> {
    let members = node.map_or(&[] as &[_], Node::members);
    members.iter().map(|(name, value)| Ok((name.clone(), value.text()?.to_owned()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recognised(text: &str) -> Option<Vec<String>> {
        let suites = read(text, Path::new("tests/input/x.json")).unwrap()?;
        let what = |suite: Suite| match suite.content {
            Content::OtherProtocol(protocol) => format!("{}: not {protocol}", suite.name),
            Content::Ours(Ours { model: ModelText::Smithy(_), protocol, .. }) => format!("{}: smithy {protocol:?}", suite.name),
            Content::Ours(Ours { model: ModelText::Botocore(_), protocol, .. }) => {
                format!("{}: botocore {protocol:?}", suite.name)
            }
        };
        Some(suites.into_iter().map(what).collect())
    }

    fn is(text: &str, expected: &[&str]) {
        assert_eq!(recognised(text).unwrap(), expected, "{text}");
    }

    #[test]
    fn formats_are_recognised_by_content() {
        let service = |protocols: &[&str]| {
            let traits: Vec<String> = protocols.iter().map(|id| format!(r#""{id}": {{}}"#)).collect();
            let traits = format!("{{{}}}", traits.join(", "));
            format!(r#"{{"smithy": "2.0", "shapes": {{"a#S": {{"type": "service", "version": "1", "traits": {traits}}}}}}}"#)
        };
        let botocore = |metadata: &str| {
            format!(r#"[{{"description": "d", "metadata": {{"protocol": {metadata}}}, "shapes": {{}}, "cases": []}}]"#)
        };
        is(&service(&["aws.protocols#restJson1"]), &["S: smithy RestJson1"]);
        is(&service(&["smithy.mqtt#mqttJson"]), &["S: not mqttJson"]);
        is(&service(&[]), &["S: not no protocol"]);
        is(
            &service(&["aws.protocols#restJson1", "smithy.protocols#rpcv2Cbor", "smithy.mqtt#mqttJson"]),
            &["S, rpcv2Cbor: smithy RpcV2Cbor", "S, restJson1: smithy RestJson1", "S: not mqttJson"],
        );
        is(&botocore(r#""rest-json""#), &["botocore input/x: botocore RestJson1"]);
        is(&botocore(r#""json", "jsonVersion": "1.0""#), &["botocore input/x: botocore AwsJson1_0"]);
        is(&botocore(r#""json", "jsonVersion": "1.1""#), &["botocore input/x: botocore AwsJson1_1"]);
        is(&botocore(r#""json", "jsonVersion": "2.0""#), &["botocore input/x: not json 2.0"]);
        is(&botocore(r#""soap""#), &["botocore input/x: not soap"]);
        is("[]", &["botocore input/x: not no suites in it"]);
        assert_eq!(recognised(r#"{"general": {"input": {}}}"#), None);
        assert_eq!(recognised(r#"["a"]"#), None);
        assert_eq!(recognised("no JSON"), None);
    }
}
