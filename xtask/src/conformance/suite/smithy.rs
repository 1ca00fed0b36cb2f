//! Suites as Smithy models: the traits of `smithy.test`.

use super::expand::expand;
use super::{
    Body, BodyAssertion, Case, Content, Exchange, ExpectedError, Message, ModelText, Ours, RequestMessage, ResponseMessage, Side,
    Suite, events, headers, refuse_unknown,
};
use crate::conformance::node::Node;
use anyhow::Context;
use std::collections::BTreeSet;

const PROTOCOL: &str = "aws.protocols#restJson1";

/// What says nothing that could be checked.
const SAID: [&str; 5] = ["id", "protocol", "documentation", "tags", "appliesTo"];
/// What the client is set up with, or what it does not depend on in this protocol.
const SET_UP: [&str; 3] = ["vendorParams", "vendorParamsShape", "authScheme"];
const CONTENT: [&str; 6] = ["headers", "forbidHeaders", "requireHeaders", "body", "bodyMediaType", "params"];

/// Reads a model and the cases in it.
pub(super) fn read(json: &Node, text: &str) -> anyhow::Result<Suite> {
    let shapes = json.need("shapes")?;
    let is_service = |(_, shape): &&(String, Node)| type_of(shape) == "service";
    let (id, service) = shapes.members().iter().find(is_service).context("the model has no service")?;
    let name = local_name(id).to_owned();
    let protocols: Vec<&str> = traits(service).filter_map(|(id, _)| protocol_name(id)).collect();
    let content = if protocols.contains(&local_name(PROTOCOL)) {
        Content::Ours(
            Reader {
                shapes,
                service,
                ours: Ours { model: ModelText::Smithy(text.to_owned()), cases: Vec::new(), not_run: Vec::new() },
            }
            .read()?,
        )
    } else {
        Content::OtherProtocol(if protocols.is_empty() { "no protocol".to_owned() } else { protocols.join(", ") })
    };
    Ok(Suite { name, content })
}

struct Reader<'j> {
    shapes: &'j Node,
    service: &'j Node,
    ours: Ours,
}

impl<'j> Reader<'j> {
    fn read(mut self) -> anyhow::Result<Ours> {
        let operations = self.operations();
        for (id, shape) in &operations {
            self.read_operation(local_name(id), shape).with_context(|| format!("at `{id}`"))?;
        }
        let mut errors = BTreeSet::new();
        for (id, shape) in operations.iter().map(|(id, shape)| (*id, *shape)).chain([("", self.service)]) {
            for error in targets(shape, "errors") {
                if errors.insert(error) {
                    // An error of the service is one of each of its operations.
                    let operation = if id.is_empty() { operations.first().map_or("", |(id, _)| *id) } else { id };
                    self.read_error(error, local_name(operation)).with_context(|| format!("at `{error}`"))?;
                }
            }
        }
        Ok(self.ours)
    }

    /// The service's operations, those of its resources among them.
    fn operations(&self) -> Vec<(&'j str, &'j Node)> {
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut open = vec![self.service];
        while let Some(shape) = open.pop() {
            let lifecycle = ["create", "put", "read", "update", "delete", "list"];
            let own = lifecycle.iter().filter_map(|key| shape.get(key)?.get("target")?.as_str());
            let listed = ["operations", "collectionOperations"].into_iter().flat_map(|key| targets(shape, key));
            found.extend(own.chain(listed));
            let resources = targets(shape, "resources").filter(|id| seen.insert(*id));
            open.extend(resources.filter_map(|id| self.shapes.get(id)));
        }
        found.into_iter().filter_map(|id| Some((id, self.shapes.get(id)?))).collect()
    }

    fn read_operation(&mut self, operation: &str, shape: &Node) -> anyhow::Result<()> {
        for case in cases(shape, "httpRequestTests") {
            let request = read_request_case(case).with_context(|| context(case))?;
            self.push(case, operation, Exchange::Request { request, params: params(case) })?;
        }
        for case in cases(shape, "httpResponseTests") {
            let response = read_response_case(case).with_context(|| context(case))?;
            self.push(case, operation, Exchange::Response { response, params: params(case) })?;
        }
        for entry in cases(shape, "httpMalformedRequestTests") {
            for (id, case) in expand(entry).with_context(|| context(entry))? {
                let exchange = read_malformed_case(&case).with_context(|| context(&case))?;
                let tags = case.texts_of("tags")?;
                self.ours.cases.push(Case { id, operation: operation.to_owned(), tags, sides: vec![Side::Server], exchange });
            }
        }
        for case in cases(shape, "eventStreamTests") {
            let exchange = events::read(case).with_context(|| context(case))?;
            self.push(case, operation, Exchange::Events(exchange))?;
        }
        Ok(())
    }

    fn read_error(&mut self, error: &str, operation: &str) -> anyhow::Result<()> {
        let Some(shape) = self.shapes.get(error) else { return Ok(()) };
        let renamed = self.service.get("rename").and_then(|renames| renames.get(error)?.as_str());
        let names: Vec<String> = [Some(local_name(error)), renamed].into_iter().flatten().map(str::to_owned).collect();
        for case in cases(shape, "httpResponseTests") {
            let response = read_response_case(case).with_context(|| context(case))?;
            let error = ExpectedError { names: names.clone(), params: params(case), message: None };
            self.push(case, operation, Exchange::Error { response, error })?;
        }
        Ok(())
    }

    fn push(&mut self, case: &Node, operation: &str, exchange: Exchange) -> anyhow::Result<()> {
        let (id, tags) = (case.need("id")?.text()?.to_owned(), case.texts_of("tags")?);
        self.ours.cases.push(Case { id, operation: operation.to_owned(), tags, sides: sides(case)?, exchange });
        Ok(())
    }
}

pub(super) fn read_request_case(case: &Node) -> anyhow::Result<RequestMessage> {
    let own = ["method", "uri", "queryParams", "forbidQueryParams", "requireQueryParams", "host", "resolvedHost"];
    refuse_unknown(case, &[&SAID[..], &SET_UP, &CONTENT, &own].concat())?;
    Ok(RequestMessage {
        method: case.need("method")?.text()?.to_owned(),
        uri: case.need("uri")?.text()?.to_owned(),
        query: case.texts_of("queryParams")?,
        forbid_query: case.texts_of("forbidQueryParams")?,
        require_query: case.texts_of("requireQueryParams")?,
        other_query: true,
        endpoint: case.text_of("host")?.map(|host| format!("https://{host}")),
        resolved_host: case.text_of("resolvedHost")?,
        content: read_content(case)?,
    })
}

pub(super) fn read_response_case(case: &Node) -> anyhow::Result<ResponseMessage> {
    refuse_unknown(case, &[&SAID[..], &SET_UP, &CONTENT, &["code"]].concat())?;
    Ok(ResponseMessage { code: code(case)?, content: read_content(case)? })
}

fn read_malformed_case(case: &Node) -> anyhow::Result<Exchange> {
    refuse_unknown(case, &[&SAID[..], &["request", "response", "testParameters"]].concat())?;
    let (request, response) = (case.need("request")?, case.need("response")?);
    refuse_unknown(request, &["method", "uri", "queryParams", "headers", "body", "bodyMediaType", "host"])?;
    refuse_unknown(response, &["code", "headers", "body"])?;
    let message = RequestMessage {
        method: request.need("method")?.text()?.to_owned(),
        uri: request.need("uri")?.text()?.to_owned(),
        query: request.texts_of("queryParams")?,
        content: read_content(request)?,
        ..RequestMessage::default()
    };
    let content = Message {
        headers: headers(response.get("headers"))?,
        body: response.get("body").map(read_asserted_body).transpose()?,
        ..Message::default()
    };
    Ok(Exchange::Malformed { request: message, response: ResponseMessage { code: code(response)?, content } })
}

fn read_content(case: &Node) -> anyhow::Result<Message> {
    let media_type = case.text_of("bodyMediaType")?;
    Ok(Message {
        headers: headers(case.get("headers"))?,
        forbid_headers: case.texts_of("forbidHeaders")?,
        require_headers: case.texts_of("requireHeaders")?,
        body: case.text_of("body")?.map(|text| Body { assertion: BodyAssertion::Contents(text), media_type }),
    })
}

fn read_asserted_body(body: &Node) -> anyhow::Result<Body> {
    refuse_unknown(body, &["mediaType", "assertion"])?;
    let assertion = body.need("assertion")?;
    let assertion = match (assertion.text_of("contents")?, assertion.text_of("messageRegex")?) {
        // In malformed cases `$$` stands for a dollar sign. Without parameters nothing is replaced, says Smithy; but there are
        // cases without parameters that were written as if it were, so that either is right.
        (Some(contents), None) if contents.contains("$$") => {
            let unescaped = contents.replace("$$", "$");
            BodyAssertion::OneOf(vec![contents, unescaped])
        }
        (Some(contents), None) => BodyAssertion::Contents(contents),
        (None, Some(expression)) => BodyAssertion::MessageMatches(expression),
        _ => anyhow::bail!("the body's assertion is neither `contents` nor `messageRegex`"),
    };
    Ok(Body { assertion, media_type: body.text_of("mediaType")? })
}

fn code(node: &Node) -> anyhow::Result<u16> {
    let code = node.need("code")?;
    code.to_string().parse().with_context(|| format!("`{code}` is no HTTP status"))
}

fn params(case: &Node) -> Node {
    case.get("params").cloned().unwrap_or(Node::Object(Vec::new()))
}

fn sides(case: &Node) -> anyhow::Result<Vec<Side>> {
    Ok(match case.text_of("appliesTo")?.as_deref() {
        None => vec![Side::Client, Side::Server],
        Some("client") => vec![Side::Client],
        Some("server") => vec![Side::Server],
        Some(other) => anyhow::bail!("`appliesTo` is `{other}`"),
    })
}

/// The cases of our protocol in a trait.
fn cases<'j>(shape: &'j Node, test: &str) -> impl Iterator<Item = &'j Node> + use<'j> {
    let id = format!("smithy.test#{test}");
    let cases = shape.get("traits").and_then(|traits| traits.get(&id)).map_or(&[] as &[Node], Node::elements);
    cases.iter().filter(|case| case.get("protocol").and_then(Node::as_str) == Some(PROTOCOL))
}

fn context(case: &Node) -> String {
    format!("in the case `{}`", case.get("id").and_then(Node::as_str).unwrap_or_default())
}

fn traits(shape: &Node) -> impl Iterator<Item = &(String, Node)> {
    shape.get("traits").map_or(&[] as &[_], Node::members).iter()
}

fn targets<'j>(shape: &'j Node, key: &str) -> impl Iterator<Item = &'j str> + use<'j> {
    shape.get(key).map_or(&[] as &[Node], Node::elements).iter().filter_map(|it| it.get("target")?.as_str())
}

fn type_of(shape: &Node) -> &str {
    shape.get("type").and_then(Node::as_str).unwrap_or_default()
}

fn local_name(id: &str) -> &str {
    id.split_once('#').map_or(id, |(_, name)| name)
}

/// The name of a protocol, of its trait's id.
fn protocol_name(id: &str) -> Option<&str> {
    let (namespace, name) = id.split_once('#')?;
    let is_other =
        namespace == "aws.protocols" && ["httpChecksum", "awsQueryError", "awsQueryCompatible", "ec2QueryName"].contains(&name);
    (["aws.protocols", "smithy.protocols", "alloy", "smithy.mqtt"].contains(&namespace) && !is_other).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(case: &str) -> anyhow::Result<RequestMessage> {
        read_request_case(&Node::parse(case).unwrap())
    }

    #[test]
    fn a_body_that_is_not_there_says_nothing_and_an_empty_one_says_it_is_empty() {
        let absent = request(r#"{"id": "A", "method": "GET", "uri": "/"}"#).unwrap();
        assert_eq!(absent.content.body, None);
        let empty = request(r#"{"id": "A", "method": "GET", "uri": "/", "body": ""}"#).unwrap();
        let assertion = BodyAssertion::Contents(String::new());
        assert_eq!(empty.content.body, Some(Body { assertion, media_type: None }));
    }

    #[test]
    fn an_assertion_that_is_not_known_is_not_passed_over() {
        let error = request(r#"{"id": "A", "method": "GET", "uri": "/", "trailers": {}}"#).unwrap_err();
        assert_eq!(error.to_string(), "the runner does not know the key `trailers`");
    }

    #[test]
    fn a_case_is_for_both_sides_unless_it_says_for_which() {
        let of = |case: &str| sides(&Node::parse(case).unwrap());
        assert_eq!(of("{}").unwrap(), [Side::Client, Side::Server]);
        assert_eq!(of(r#"{"appliesTo": "server"}"#).unwrap(), [Side::Server]);
        assert!(of(r#"{"appliesTo": "nobody"}"#).is_err());
    }
}
