//! What a suite is, whatever the format of its file.

mod botocore;
mod events;
mod expand;
mod smithy;

use super::node::Node;
use anyhow::{Context, bail};
pub(crate) use events::{Event, EventExchange, EventOutcome, Way};
use serde::Serialize;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// A file of test cases.
#[derive(Clone, Debug)]
pub(crate) struct Suite {
    /// What reports call it: the service's name, or the file's.
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

/// A suite for our protocol.
#[derive(Clone, Debug)]
pub(crate) struct Ours {
    /// The model, for the generator.
    pub(crate) model: ModelText,
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
    /// `None` where nothing is said of it.
    pub(crate) body: Option<Body>,
}

/// A body.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Body {
    pub(crate) assertion: BodyAssertion,
    pub(crate) media_type: Option<String>,
}

/// What a body is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum BodyAssertion {
    /// This, compared by media type.
    Contents(String),
    /// One of these, compared by media type.
    OneOf(Vec<String>),
    /// Its message matches this expression.
    MessageMatches(String),
}

impl Message {
    /// The headers as they are sent to a server: a case that says what its JSON is, but not in a header, means that it is said. The
    /// cases about what a body without a content type is answered do not say what it is either.
    pub(crate) fn sent_headers(&self) -> Vec<(String, String)> {
        const CONTENT_TYPE: &str = "Content-Type";
        let media_type = self.body.as_ref().and_then(|body| body.media_type.clone()).filter(|it| it == "application/json");
        let said = self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case(CONTENT_TYPE));
        let more = media_type.filter(|_| !said).map(|media_type| (CONTENT_TYPE.to_owned(), media_type));
        self.headers.iter().cloned().chain(more).collect()
    }

    /// The body as it is sent: nothing, where nothing is said of it.
    pub(crate) fn body_text(&self) -> &str {
        match &self.body {
            Some(Body { assertion: BodyAssertion::Contents(text), .. }) => text,
            _ => "",
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
                Some(suite) => suites.push(suite),
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
            suites.extend(read_file(&path)?);
        }
    }
    Ok(())
}

fn read_file(path: &Path) -> anyhow::Result<Option<Suite>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    read(&text, path).with_context(|| format!("in {}", path.display()))
}

/// Reads a suite; `None`, when the text is something else.
fn read(text: &str, path: &Path) -> anyhow::Result<Option<Suite>> {
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

    fn recognised(text: &str) -> Option<&'static str> {
        read(text, Path::new("tests/input/x.json")).unwrap().map(|suite| match suite.content {
            Content::OtherProtocol(_) => "another protocol",
            Content::Ours(Ours { model: ModelText::Smithy(_), .. }) => "smithy",
            Content::Ours(Ours { model: ModelText::Botocore(_), .. }) => "botocore",
        })
    }

    #[test]
    fn formats_are_recognised_by_content() {
        let service = |protocol: &str| {
            let traits = format!(r#"{{"aws.protocols#{protocol}": {{}}}}"#);
            format!(r#"{{"smithy": "2.0", "shapes": {{"a#S": {{"type": "service", "version": "1", "traits": {traits}}}}}}}"#)
        };
        let botocore = |protocol: &str| {
            format!(r#"[{{"description": "d", "metadata": {{"protocol": "{protocol}"}}, "shapes": {{}}, "cases": []}}]"#)
        };
        assert_eq!(recognised(&service("restJson1")), Some("smithy"));
        assert_eq!(recognised(&service("restXml")), Some("another protocol"));
        assert_eq!(recognised(&botocore("rest-json")), Some("botocore"));
        assert_eq!(recognised(&botocore("query")), Some("another protocol"));
        assert_eq!(recognised("[]"), Some("another protocol"), "an empty file says nothing of its protocol");
        assert_eq!(recognised(r#"{"general": {"input": {}}}"#), None);
        assert_eq!(recognised(r#"["a"]"#), None);
        assert_eq!(recognised("no JSON"), None);
    }
}
