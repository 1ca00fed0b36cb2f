//! botocore's protocol tests: a file is a list of suites, each with shapes and operations of its own. They become one service
//! where they can, since a crate each would take far too long to build.

use super::{
    Body, Case, Content, Exchange, ExpectedError, Message, ModelText, Ours, RequestMessage, ResponseMessage, Side, Suite,
    ToldError, headers, refuse_unknown,
};
use crate::conformance::format::Format;
use crate::conformance::node::Node;
use anyhow::{Context, bail};
use smithwright::ir::Protocol;

/// The metadata that a suite may leave out.
const METADATA: [(&str, &str); 5] = [
    ("apiVersion", "2000-01-01"),
    ("endpointPrefix", "conformance"),
    ("serviceFullName", "Protocol conformance"),
    ("serviceId", "Conformance"),
    ("signatureVersion", "v4"),
];

/// Whether a value is one suite of such a file.
pub(super) fn is_suite(suite: &Node) -> bool {
    suite.get("metadata").is_some() && suite.get("cases").is_some()
}

/// Reads a file of suites: a suite for each service that they are about.
pub(super) fn read(suites: &[Node], name: &str) -> anyhow::Result<Vec<Suite>> {
    let mut services: Vec<Service> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    for suite in suites {
        let description = || format!("in the suite `{}`", suite.get("description").and_then(Node::as_str).unwrap_or_default());
        match protocol(suite.need("metadata")?).with_context(description)? {
            Ok(protocol) => add_suite(suite, protocol, &mut services).with_context(description)?,
            Err(other) if others.contains(&other) => {}
            Err(other) => others.push(other),
        }
    }
    if suites.is_empty() {
        others.push("no suites in it".to_owned());
    }
    let contents = services.into_iter().map(|service| Content::Ours(service.finish()));
    let contents = contents.chain(others.into_iter().map(Content::OtherProtocol));
    let suite = |(index, content): (usize, Content)| {
        let number = if index == 0 { String::new() } else { format!(" {}", index + 1) };
        Suite { name: format!("botocore {name}{number}"), content }
    };
    Ok(contents.enumerate().map(suite).collect())
}

/// The protocol of a suite, or the name of one that smithwright does not generate.
fn protocol(metadata: &Node) -> anyhow::Result<Result<Protocol, String>> {
    let name = metadata.need("protocol")?.text()?;
    let version = metadata.text_of("jsonVersion")?;
    let is_named = |protocol: &Protocol| {
        protocol.definition().botocore.is_some_and(|named| {
            let is_of_version = named.json_version.is_none() || named.json_version == version.as_deref();
            named.protocol == name && is_of_version
        })
    };
    let found = Protocol::ALL.into_iter().find(is_named);
    Ok(found.ok_or_else(|| version.map_or_else(|| name.to_owned(), |version| format!("{name} {version}"))))
}

/// Adds a suite to the first service that it can be about, or to a new one.
fn add_suite(suite: &Node, protocol: Protocol, services: &mut Vec<Service>) -> anyhow::Result<()> {
    refuse_unknown(suite, &["description", "metadata", "shapes", "clientEndpoint", "cases"])?;
    let metadata = suite.need("metadata")?;
    for service in services.iter_mut().filter(|service| service.metadata.same(metadata)) {
        let mut grown = service.clone();
        if grown.add(suite)?.is_ok() {
            *service = grown;
            return Ok(());
        }
    }
    let mut service =
        Service { protocol, metadata: metadata.clone(), operations: Vec::new(), shapes: Vec::new(), cases: Vec::new() };
    if let Err(Contradiction(what)) = service.add(suite)? {
        bail!("the suite contradicts itself: {what}");
    }
    services.push(service);
    Ok(())
}

/// The service that suites have in common.
#[derive(Clone)]
struct Service {
    protocol: Protocol,
    metadata: Node,
    operations: Vec<(String, Node)>,
    shapes: Vec<(String, Node)>,
    cases: Vec<Case>,
}

/// Why suites cannot be about one service.
struct Contradiction(String);

impl Service {
    fn add(&mut self, suite: &Node) -> anyhow::Result<Result<(), Contradiction>> {
        if let Err(contradiction) = self.add_shapes(suite)? {
            return Ok(Err(contradiction));
        }
        for case in suite.need("cases")?.elements() {
            if let Err(contradiction) = self.add_operation(case.need("given")?)? {
                return Ok(Err(contradiction));
            }
            self.cases.push(read_case(case, suite, self.protocol)?);
        }
        Ok(Ok(()))
    }

    fn add_shapes(&mut self, suite: &Node) -> anyhow::Result<Result<(), Contradiction>> {
        for (name, shape) in suite.need("shapes")?.members() {
            match self.shapes.iter().find(|(known, _)| known == name) {
                Some((_, known)) if !known.same(shape) => return Ok(Err(Contradiction(format!("two shapes `{name}`")))),
                Some(_) => {}
                None => self.shapes.push((name.clone(), shape.clone())),
            }
        }
        Ok(Ok(()))
    }

    /// Adds an operation, or what is new about it: a suite tells of the input, the output or the error that it is about.
    fn add_operation(&mut self, given: &Node) -> anyhow::Result<Result<(), Contradiction>> {
        let name = given.need("name")?.text()?;
        let Node::Object(mut new) = given.clone() else { bail!("`given` is no object") };
        if given.get("input").is_none() {
            new.iter_mut().filter(|(key, _)| key == "http").for_each(|(_, http)| fill_labels(http));
        }
        let Some((_, Node::Object(known))) = self.operations.iter_mut().find(|(known, _)| known == name) else {
            self.operations.push((name.to_owned(), Node::Object(new)));
            return Ok(Ok(()));
        };
        for (key, value) in new {
            match known.iter_mut().find(|(known, _)| *known == key) {
                Some((_, Node::Array(list))) if key == "errors" => {
                    let more: Vec<Node> = value.elements().iter().filter(|error| !list.contains(error)).cloned().collect();
                    list.extend(more);
                }
                Some((_, known)) if !known.same(&value) => {
                    return Ok(Err(Contradiction(format!("two operations `{name}`"))));
                }
                Some(_) => {}
                None => known.push((key, value)),
            }
        }
        Ok(Ok(()))
    }

    fn finish(self) -> Ours {
        let model = ModelText::Botocore(self.text());
        Ours { model, protocol: self.protocol, cases: self.cases, not_run: Vec::new() }
    }

    /// The service as `service-2.json`. Its cases are in one protocol, whatever others it has.
    fn text(&self) -> String {
        let text = |text: &str| Node::String(text.to_owned());
        let said = self.metadata.members().iter().filter(|(key, _)| key != "protocols").cloned();
        let more = METADATA.iter().filter(|(key, _)| self.metadata.get(key).is_none());
        let metadata = said.chain(more.map(|(key, value)| ((*key).to_owned(), text(value)))).collect();
        let members = [
            ("version", text("2.0")),
            ("metadata", Node::Object(metadata)),
            ("operations", Node::Object(self.operations.clone())),
            ("shapes", Node::Object(self.shapes.clone())),
        ];
        Node::Object(members.map(|(key, value)| (key.to_owned(), value)).to_vec()).to_string()
    }
}

/// A path without labels, where a suite does not tell the input that has them.
fn fill_labels(http: &mut Node) {
    let Node::Object(members) = http else { return };
    for (_, uri) in members.iter_mut().filter(|(key, _)| key == "requestUri") {
        if let Node::String(uri) = uri {
            uri.retain(|character| !['{', '}', '+'].contains(&character));
        }
    }
}

fn read_case(case: &Node, suite: &Node, protocol: Protocol) -> anyhow::Result<Case> {
    let id = case.need("id")?.text()?.to_owned();
    let exchange = read_exchange(case, suite, protocol).with_context(|| format!("in the case `{id}`"))?;
    let operation = case.need("given")?.need("name")?.text()?.to_owned();
    Ok(Case { id, operation, tags: Vec::new(), sides: vec![Side::Client], exchange })
}

fn read_exchange(case: &Node, suite: &Node, protocol: Protocol) -> anyhow::Result<Exchange> {
    let said = ["id", "description", "given"];
    let params = |key: &str| case.get(key).cloned().unwrap_or(Node::Object(Vec::new()));
    if let Some(serialized) = case.get("serialized") {
        refuse_unknown(case, &[&said[..], &["params", "serialized"]].concat())?;
        return Ok(Exchange::Request { request: read_request(serialized, suite, protocol)?, params: params("params") });
    }
    refuse_unknown(case, &[&said[..], &["response", "result", "error", "errorCode", "errorMessage"]].concat())?;
    let response = read_response(case.need("response")?, protocol)?;
    let Some(code) = case.text_of("errorCode")? else { return Ok(Exchange::Response { response, params: params("result") }) };
    let told = ToldError { code: code.clone(), fault: None };
    let message = case.text_of("errorMessage")?;
    let error = ExpectedError { names: vec![code], params: params("error"), message, told: Some(told) };
    Ok(Exchange::Error { response, error })
}

fn read_request(serialized: &Node, suite: &Node, protocol: Protocol) -> anyhow::Result<RequestMessage> {
    refuse_unknown(serialized, &["method", "uri", "headers", "body", "host", "requireHeaders", "forbidHeaders"])?;
    let uri = serialized.need("uri")?.text()?;
    let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
    let query = query.split('&').filter(|entry| !entry.is_empty()).map(str::to_owned).collect();
    Ok(RequestMessage {
        method: serialized.need("method")?.text()?.to_owned(),
        uri: path.to_owned(),
        query,
        other_query: false,
        endpoint: suite.text_of("clientEndpoint")?,
        resolved_host: serialized.text_of("host")?,
        content: Message {
            headers: headers(serialized.get("headers"))?,
            forbid_headers: serialized.texts_of("forbidHeaders")?,
            require_headers: serialized.texts_of("requireHeaders")?,
            body: read_body(serialized, protocol)?,
            ..Message::default()
        },
        ..RequestMessage::default()
    })
}

fn read_response(response: &Node, protocol: Protocol) -> anyhow::Result<ResponseMessage> {
    refuse_unknown(response, &["status_code", "headers", "body"])?;
    let code = response.need("status_code")?;
    let code = code.to_string().parse().with_context(|| format!("`{code}` is no HTTP status"))?;
    let content =
        Message { headers: headers(response.get("headers"))?, body: read_body(response, protocol)?, ..Message::default() };
    Ok(ResponseMessage { code, content })
}

/// These files tell no media type: bodies are in the protocol's format, or at least compared as if they were.
fn read_body(message: &Node, protocol: Protocol) -> anyhow::Result<Option<Body>> {
    message.text_of("body")?.map(|text| Body::read(&text, Format::of_case(protocol, None))).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn services(suites: &[String]) -> Vec<Node> {
        let suites = Node::parse(&format!("[{}]", suites.join(","))).unwrap();
        let model = |suite: Suite| {
            let Content::Ours(ours) = suite.content else { panic!("not ours") };
            let ModelText::Botocore(text) = ours.model else { panic!("not botocore's") };
            Node::parse(&text).unwrap()
        };
        read(suites.elements(), "f").unwrap().into_iter().map(model).collect()
    }

    fn suite(shapes: &str, given: &str) -> String {
        suite_of(r#"{"protocol":"rest-json"}"#, shapes, given)
    }

    fn suite_of(metadata: &str, shapes: &str, given: &str) -> String {
        let case = format!(r#"{{"id":"A","given":{{"name":"Op",{given}}},"response":{{"status_code":200}},"result":{{}}}}"#);
        format!(r#"{{"description":"d","metadata":{metadata},"shapes":{shapes},"cases":[{case}]}}"#)
    }

    #[test]
    fn suites_become_one_service() {
        let one = suite(r#"{"A":{"type":"string"}}"#, r#""http":{},"errors":[{"shape":"E"}]"#);
        let two = suite(r#"{"A":{"type":"string"},"B":{"type":"long"}}"#, r#""http":{},"errors":[{"shape":"F"}],"output":{}"#);
        let services = services(&[one, two]);
        let [service] = services.as_slice() else { panic!("{services:?}") };
        assert_eq!(service.get("shapes").unwrap().members().len(), 2);
        let operation = service.get("operations").unwrap().get("Op").unwrap().to_string();
        assert_eq!(operation, r#"{"name":"Op","http":{},"errors":[{"shape":"E"},{"shape":"F"}],"output":{}}"#);
    }

    #[test]
    fn suites_that_contradict_each_other_are_about_several_services() {
        let one = suite(r#"{"A":{"type":"string"}}"#, r#""http":{}"#);
        let two = suite(r#"{"A":{"type":"long"}}"#, r#""http":{}"#);
        let other = suite("{}", r#""http":{"method":"PUT"}"#);
        assert_eq!(services(&[one.clone(), two.clone(), other, one]).len(), 3);
    }

    #[test]
    fn suites_of_other_metadata_are_about_other_services() {
        let of = |prefix: &str| {
            let metadata = format!(r#"{{"protocol":"json","protocols":["json"],"jsonVersion":"1.0","targetPrefix":"{prefix}"}}"#);
            suite_of(&metadata, "{}", r#""http":{}"#)
        };
        let services = services(&[of("A"), of("B"), of("A")]);
        let metadata: Vec<String> = services.iter().map(|service| service.get("metadata").unwrap().to_string()).collect();
        assert_eq!(metadata.len(), 2);
        assert!(
            metadata[1].starts_with(r#"{"protocol":"json","jsonVersion":"1.0","targetPrefix":"B","apiVersion""#),
            "{metadata:?}"
        );
    }

    #[test]
    fn a_suite_that_contradicts_itself_is_refused() {
        let case = |method: &str| {
            let given = format!(r#"{{"name":"Op","http":{{"method":"{method}"}}}}"#);
            format!(r#"{{"id":"A","given":{given},"response":{{"status_code":200}},"result":{{}}}}"#)
        };
        let cases = format!("{},{}", case("PUT"), case("GET"));
        let suite = format!(r#"[{{"description":"d","metadata":{{"protocol":"rest-json"}},"shapes":{{}},"cases":[{cases}]}}]"#);
        assert!(read(Node::parse(&suite).unwrap().elements(), "f").is_err());
    }

    #[test]
    fn labels_without_an_input_are_plain_text() {
        let services = services(&[suite("{}", r#""http":{"requestUri":"/a/{b}/{c+}"}"#)]);
        assert!(services[0].to_string().contains(r#""requestUri":"/a/b/c""#));
    }
}
