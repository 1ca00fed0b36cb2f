//! botocore's protocol tests: a file is a list of suites, each with shapes and operations of its own. They become one service
//! where they can, since a crate each would take far too long to build.

use super::{
    Body, BodyAssertion, Case, Content, Exchange, ExpectedError, Message, ModelText, Ours, RequestMessage, ResponseMessage, Side,
    Suite, headers, refuse_unknown,
};
use crate::conformance::node::Node;
use anyhow::{Context, bail};

/// What botocore calls restJson1.
const PROTOCOL: &str = "rest-json";

/// Whether a value is one suite of such a file.
pub(super) fn is_suite(suite: &Node) -> bool {
    suite.get("metadata").is_some() && suite.get("cases").is_some()
}

/// Reads a file of suites.
pub(super) fn read(suites: &[Node], name: &str) -> anyhow::Result<Suite> {
    let suite = |content| Suite { name: format!("botocore {name}"), content };
    let Some(first) = suites.first() else { return Ok(suite(Content::OtherProtocol("no suites in it".to_owned()))) };
    let metadata = first.need("metadata")?;
    let protocol = metadata.need("protocol")?.text()?;
    if protocol != PROTOCOL {
        let version = metadata.text_of("jsonVersion")?.map(|version| format!(" {version}")).unwrap_or_default();
        return Ok(suite(Content::OtherProtocol(format!("{protocol}{version}"))));
    }
    let mut service = Service::default();
    let mut cases = Vec::new();
    for suite in suites {
        let description = || format!("in the suite `{}`", suite.get("description").and_then(Node::as_str).unwrap_or_default());
        refuse_unknown(suite, &["description", "metadata", "shapes", "clientEndpoint", "cases"]).with_context(description)?;
        service.add_shapes(suite).with_context(description)?;
        for case in suite.need("cases")?.elements() {
            service.add_operation(case.need("given")?).with_context(description)?;
            cases.push(read_case(case, suite).with_context(description)?);
        }
    }
    Ok(suite(Content::Ours(Ours { model: ModelText::Botocore(service.text()), cases, not_run: Vec::new() })))
}

/// The service that suites have in common.
#[derive(Default)]
struct Service {
    operations: Vec<(String, Node)>,
    shapes: Vec<(String, Node)>,
}

impl Service {
    fn add_shapes(&mut self, suite: &Node) -> anyhow::Result<()> {
        for (name, shape) in suite.need("shapes")?.members() {
            match self.shapes.iter().find(|(known, _)| known == name) {
                Some((_, known)) if !known.same(shape) => bail!("another suite has another shape `{name}`"),
                Some(_) => {}
                None => self.shapes.push((name.clone(), shape.clone())),
            }
        }
        Ok(())
    }

    /// Adds an operation, or what is new about it: a suite tells of the input, the output or the error that it is about.
    fn add_operation(&mut self, given: &Node) -> anyhow::Result<()> {
        let name = given.need("name")?.text()?;
        let Node::Object(mut new) = given.clone() else { bail!("`given` is no object") };
        if given.get("input").is_none() {
            new.iter_mut().filter(|(key, _)| key == "http").for_each(|(_, http)| fill_labels(http));
        }
        let Some((_, Node::Object(known))) = self.operations.iter_mut().find(|(known, _)| known == name) else {
            self.operations.push((name.to_owned(), Node::Object(new)));
            return Ok(());
        };
        for (key, value) in new {
            match known.iter_mut().find(|(known, _)| *known == key) {
                Some((_, Node::Array(list))) if key == "errors" => {
                    let more: Vec<Node> = value.elements().iter().filter(|error| !list.contains(error)).cloned().collect();
                    list.extend(more);
                }
                Some((_, known)) if !known.same(&value) => bail!("another suite has another operation `{name}`"),
                Some(_) => {}
                None => known.push((key, value)),
            }
        }
        Ok(())
    }

    /// The service as `service-2.json`.
    fn text(self) -> String {
        let text = |text: &str| Node::String(text.to_owned());
        let metadata = [
            ("apiVersion", "2000-01-01"),
            ("endpointPrefix", "conformance"),
            ("protocol", PROTOCOL),
            ("serviceFullName", "Protocol conformance"),
            ("serviceId", "Conformance"),
            ("signatureVersion", "v4"),
        ];
        let metadata = metadata.map(|(key, value)| (key.to_owned(), text(value))).to_vec();
        let members = [
            ("version", text("2.0")),
            ("metadata", Node::Object(metadata)),
            ("operations", Node::Object(self.operations)),
            ("shapes", Node::Object(self.shapes)),
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

fn read_case(case: &Node, suite: &Node) -> anyhow::Result<Case> {
    let id = case.need("id")?.text()?.to_owned();
    let exchange = read_exchange(case, suite).with_context(|| format!("in the case `{id}`"))?;
    let operation = case.need("given")?.need("name")?.text()?.to_owned();
    Ok(Case { id, operation, tags: Vec::new(), sides: vec![Side::Client], exchange })
}

fn read_exchange(case: &Node, suite: &Node) -> anyhow::Result<Exchange> {
    let said = ["id", "description", "given"];
    let params = |key: &str| case.get(key).cloned().unwrap_or(Node::Object(Vec::new()));
    if let Some(serialized) = case.get("serialized") {
        refuse_unknown(case, &[&said[..], &["params", "serialized"]].concat())?;
        return Ok(Exchange::Request { request: read_request(serialized, suite)?, params: params("params") });
    }
    refuse_unknown(case, &[&said[..], &["response", "result", "error", "errorCode", "errorMessage"]].concat())?;
    let response = read_response(case.need("response")?)?;
    let Some(code) = case.text_of("errorCode")? else { return Ok(Exchange::Response { response, params: params("result") }) };
    let error = ExpectedError { names: vec![code], params: params("error"), message: case.text_of("errorMessage")? };
    Ok(Exchange::Error { response, error })
}

fn read_request(serialized: &Node, suite: &Node) -> anyhow::Result<RequestMessage> {
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
            body: read_body(serialized)?,
        },
        ..RequestMessage::default()
    })
}

fn read_response(response: &Node) -> anyhow::Result<ResponseMessage> {
    refuse_unknown(response, &["status_code", "headers", "body"])?;
    let code = response.need("status_code")?;
    let code = code.to_string().parse().with_context(|| format!("`{code}` is no HTTP status"))?;
    let content = Message { headers: headers(response.get("headers"))?, body: read_body(response)?, ..Message::default() };
    Ok(ResponseMessage { code, content })
}

/// These files tell no media type: what are equal JSON values is equal.
fn read_body(message: &Node) -> anyhow::Result<Option<Body>> {
    let body = message.text_of("body")?;
    Ok(body.map(|text| Body { assertion: BodyAssertion::Contents(text), media_type: None }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(suites: &str) -> anyhow::Result<Node> {
        let suites = Node::parse(suites).unwrap();
        let Content::Ours(ours) = read(suites.elements(), "f")?.content else { panic!("not ours") };
        let ModelText::Botocore(text) = ours.model else { panic!("not botocore's") };
        Ok(Node::parse(&text).unwrap())
    }

    fn suite(shapes: &str, given: &str) -> String {
        let case = format!(r#"{{"id":"A","given":{{"name":"Op",{given}}},"response":{{"status_code":200}},"result":{{}}}}"#);
        format!(r#"{{"description":"d","metadata":{{"protocol":"rest-json"}},"shapes":{shapes},"cases":[{case}]}}"#)
    }

    #[test]
    fn suites_become_one_service() {
        let one = suite(r#"{"A":{"type":"string"}}"#, r#""http":{},"errors":[{"shape":"E"}]"#);
        let two = suite(r#"{"A":{"type":"string"},"B":{"type":"long"}}"#, r#""http":{},"errors":[{"shape":"F"}],"output":{}"#);
        let service = service(&format!("[{one},{two}]")).unwrap();
        assert_eq!(service.get("shapes").unwrap().members().len(), 2);
        let operation = service.get("operations").unwrap().get("Op").unwrap().to_string();
        assert_eq!(operation, r#"{"name":"Op","http":{},"errors":[{"shape":"E"},{"shape":"F"}],"output":{}}"#);
    }

    #[test]
    fn suites_that_contradict_each_other_are_refused() {
        let one = suite(r#"{"A":{"type":"string"}}"#, r#""http":{}"#);
        let two = suite(r#"{"A":{"type":"long"}}"#, r#""http":{}"#);
        assert!(service(&format!("[{one},{two}]")).is_err());
        let other = suite("{}", r#""http":{"method":"PUT"}"#);
        assert!(service(&format!("[{one},{other}]")).is_err());
    }

    #[test]
    fn labels_without_an_input_are_plain_text() {
        let service = service(&format!("[{}]", suite("{}", r#""http":{"requestUri":"/a/{b}/{c+}"}"#))).unwrap();
        assert!(service.to_string().contains(r#""requestUri":"/a/b/c""#));
    }
}
