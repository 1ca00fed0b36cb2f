//! Suites as Smithy models: the traits of `smithy.test`.

use super::expand::expand;
use super::{
    Body, BodyAssertion, Case, Content, Exchange, ExpectedError, Message, ModelText, Ours, RequestMessage, ResponseMessage, Side,
    Suite, ToldError, events, headers, refuse_unknown,
};
use crate::conformance::format::Format;
use crate::conformance::implied;
use crate::conformance::node::Node;
use anyhow::{Context, bail};
use smithwright::ir::Protocol;
use std::collections::BTreeSet;

/// What says which code an error has for whoever made the call.
const ERROR_CODE: &str = "aws.protocoltests.config#ErrorCodeParams";

/// What says nothing that could be checked.
const SAID: [&str; 5] = ["id", "protocol", "documentation", "tags", "appliesTo"];
/// What the client is set up with, or what it does not depend on in this protocol.
const SET_UP: [&str; 3] = ["vendorParams", "vendorParamsShape", "authScheme"];
const CONTENT: [&str; 6] = ["headers", "forbidHeaders", "requireHeaders", "body", "bodyMediaType", "params"];

/// Reads a model and the cases in it: a suite for each protocol of its service.
pub(super) fn read(json: &Node, text: &str) -> anyhow::Result<Vec<Suite>> {
    let shapes = json.need("shapes")?;
    let is_service = |(_, shape): &&(String, Node)| type_of(shape) == "service";
    let (id, service) = shapes.members().iter().find(is_service).context("the model has no service")?;
    let name = local_name(id).to_owned();
    let speaks = |protocol: &Protocol| traits(service).any(|(id, _)| id == protocol.definition().id);
    let ours: Vec<Protocol> = Protocol::ALL.into_iter().filter(speaks).collect();
    let others: Vec<&str> = traits(service).filter_map(|(id, _)| other_protocol(id)).collect();
    let mut suites = Vec::new();
    for protocol in &ours {
        let name = if ours.len() == 1 { name.clone() } else { format!("{name}, {}", protocol.definition().name()) };
        let model = ModelText::Smithy(text.to_owned());
        let ours = Ours { model, protocol: *protocol, cases: Vec::new(), not_run: Vec::new() };
        suites
            .push(Suite { name, content: Content::Ours(Reader { shapes, service, service_name: local_name(id), ours }.read()?) });
    }
    if !others.is_empty() {
        suites.push(Suite { name, content: Content::OtherProtocol(others.join(", ")) });
    } else if suites.is_empty() {
        suites.push(Suite { name, content: Content::OtherProtocol("no protocol".to_owned()) });
    }
    Ok(suites)
}

struct Reader<'j> {
    shapes: &'j Node,
    service: &'j Node,
    service_name: &'j str,
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
        let protocol = self.ours.protocol;
        for case in cases(shape, "httpRequestTests", protocol) {
            let mut request = read_request_case(case, protocol).with_context(|| context(case))?;
            request.content.implied.extend(implied::route(protocol, self.service_name, operation));
            self.push(case, operation, Exchange::Request { request, params: params(case) })?;
        }
        for case in cases(shape, "httpResponseTests", protocol) {
            let response = read_response_case(case, protocol).with_context(|| context(case))?;
            self.push(case, operation, Exchange::Response { response, params: params(case) })?;
        }
        for entry in cases(shape, "httpMalformedRequestTests", protocol) {
            for (id, case) in expand(entry).with_context(|| context(entry))? {
                let exchange = read_malformed_case(&case, protocol).with_context(|| context(&case))?;
                let tags = case.texts_of("tags")?;
                self.ours.cases.push(Case { id, operation: operation.to_owned(), tags, sides: vec![Side::Server], exchange });
            }
        }
        for case in cases(shape, "eventStreamTests", protocol) {
            let exchange = events::read(case, protocol).with_context(|| context(case))?;
            self.push(case, operation, Exchange::Events(exchange))?;
        }
        Ok(())
    }

    fn read_error(&mut self, error: &str, operation: &str) -> anyhow::Result<()> {
        let Some(shape) = self.shapes.get(error) else { return Ok(()) };
        let renamed = self.service.get("rename").and_then(|renames| renames.get(error)?.as_str());
        let names: Vec<String> = [Some(local_name(error)), renamed].into_iter().flatten().map(str::to_owned).collect();
        for case in cases(shape, "httpResponseTests", self.ours.protocol) {
            let response = read_response_case(case, self.ours.protocol).with_context(|| context(case))?;
            let told = told_error(case).with_context(|| context(case))?;
            let error = ExpectedError { names: names.clone(), params: params(case), message: None, told };
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

pub(super) fn read_request_case(case: &Node, protocol: Protocol) -> anyhow::Result<RequestMessage> {
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
        content: as_summed(read_content(case, protocol)?),
    })
}

pub(super) fn read_response_case(case: &Node, protocol: Protocol) -> anyhow::Result<ResponseMessage> {
    refuse_unknown(case, &[&SAID[..], &SET_UP, &CONTENT, &["code"]].concat())?;
    Ok(ResponseMessage { code: code(case)?, content: read_content(case, protocol)? })
}

fn read_malformed_case(case: &Node, protocol: Protocol) -> anyhow::Result<Exchange> {
    refuse_unknown(case, &[&SAID[..], &["request", "response", "testParameters"]].concat())?;
    let (request, response) = (case.need("request")?, case.need("response")?);
    refuse_unknown(request, &["method", "uri", "queryParams", "headers", "body", "bodyMediaType", "host"])?;
    refuse_unknown(response, &["code", "headers", "body"])?;
    let message = RequestMessage {
        method: request.need("method")?.text()?.to_owned(),
        uri: request.need("uri")?.text()?.to_owned(),
        query: request.texts_of("queryParams")?,
        content: read_malformed_content(request, protocol)?,
        ..RequestMessage::default()
    };
    let content = Message {
        headers: headers(response.get("headers"))?,
        body: response.get("body").map(|body| read_asserted_body(body, protocol)).transpose()?,
        ..Message::default()
    };
    Ok(Exchange::Malformed { request: message, response: ResponseMessage { code: code(response)?, content } })
}

fn read_content(case: &Node, protocol: Protocol) -> anyhow::Result<Message> {
    let media_type = case.text_of("bodyMediaType")?;
    let body = case.text_of("body")?;
    let format = Format::of_case(protocol, media_type.as_deref());
    Ok(Message {
        headers: headers(case.get("headers"))?,
        forbid_headers: case.texts_of("forbidHeaders")?,
        require_headers: case.texts_of("requireHeaders")?,
        implied: implied::content_type(protocol, media_type.as_deref(), body.as_deref()),
        body: body.map(|text| Body::read(&text, format)).transpose()?,
    })
}

/// A request whose header is a sum of its body. Bodies are written with indentation, for people: the sum is of what a client sends.
fn as_summed(mut content: Message) -> Message {
    let has_sum = content.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-md5"));
    if let Some(Body { assertion: BodyAssertion::Contents(bytes), format: Format::Json }) = &mut content.body
        && let Some(node) = std::str::from_utf8(bytes).ok().filter(|_| has_sum).and_then(|text| Node::parse(text).ok())
    {
        *bytes = node.to_string().into_bytes();
    }
    content
}

/// What is sent as it is, unless it says more of its body than its headers do.
fn read_malformed_content(request: &Node, protocol: Protocol) -> anyhow::Result<Message> {
    let mut content = read_content(request, protocol)?;
    content.implied.retain(|_| request.get("bodyMediaType").is_some());
    Ok(content)
}

fn read_asserted_body(body: &Node, protocol: Protocol) -> anyhow::Result<Body> {
    refuse_unknown(body, &["mediaType", "assertion"])?;
    let format = Format::of_case(protocol, body.text_of("mediaType")?.as_deref());
    let assertion = body.need("assertion")?;
    let assertion = match (assertion.text_of("contents")?, assertion.text_of("messageRegex")?) {
        // In malformed cases `$$` stands for a dollar sign. Without parameters nothing is replaced, says Smithy; but there are
        // cases without parameters that were written as if it were, so that either is right.
        (Some(contents), None) if contents.contains("$$") => {
            BodyAssertion::OneOf(vec![format.bytes(&contents)?, format.bytes(&contents.replace("$$", "$"))?])
        }
        (Some(contents), None) => BodyAssertion::Contents(format.bytes(&contents)?),
        (None, Some(expression)) => BodyAssertion::MessageMatches(expression),
        _ => bail!("the body's assertion is neither `contents` nor `messageRegex`"),
    };
    Ok(Body { assertion, format })
}

/// What a client tells of an error, where a case says it beside the error's shape.
fn told_error(case: &Node) -> anyhow::Result<Option<ToldError>> {
    let is_about_the_code = case.text_of("vendorParamsShape")?.is_some_and(|shape| shape == ERROR_CODE);
    let Some(params) = case.get("vendorParams").filter(|_| is_about_the_code) else { return Ok(None) };
    refuse_unknown(params, &["code", "type"])?;
    Ok(Some(ToldError { code: params.need("code")?.text()?.to_owned(), fault: params.text_of("type")? }))
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

/// The cases of a protocol in a trait.
fn cases<'j>(shape: &'j Node, test: &str, protocol: Protocol) -> impl Iterator<Item = &'j Node> + use<'j> {
    let id = format!("smithy.test#{test}");
    let cases = shape.get("traits").and_then(|traits| traits.get(&id)).map_or(&[] as &[Node], Node::elements);
    cases.iter().filter(move |case| case.get("protocol").and_then(Node::as_str) == Some(protocol.definition().id))
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

/// The name of a protocol that smithwright does not generate, of its trait's id.
fn other_protocol(id: &str) -> Option<&str> {
    let (namespace, name) = id.split_once('#')?;
    let is_none =
        namespace == "aws.protocols" && ["httpChecksum", "awsQueryError", "awsQueryCompatible", "ec2QueryName"].contains(&name);
    let is_ours = Protocol::ALL.into_iter().any(|protocol| protocol.definition().id == id);
    let is_known = ["aws.protocols", "smithy.protocols", "alloy", "smithy.mqtt"].contains(&namespace);
    (is_known && !is_none && !is_ours).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(case: &str) -> anyhow::Result<RequestMessage> {
        read_request_case(&Node::parse(case).unwrap(), Protocol::RestJson1)
    }

    #[test]
    fn a_body_that_is_not_there_says_nothing_and_an_empty_one_says_it_is_empty() {
        let absent = request(r#"{"id": "A", "method": "GET", "uri": "/"}"#).unwrap();
        assert_eq!(absent.content.body, None);
        let empty = request(r#"{"id": "A", "method": "GET", "uri": "/", "body": ""}"#).unwrap();
        let assertion = BodyAssertion::Contents(Vec::new());
        assert_eq!(empty.content.body, Some(Body { assertion, format: Format::Json }));
    }

    #[test]
    fn a_body_with_a_sum_is_sent_without_indentation() {
        let sent = |headers: &str| {
            let case =
                format!(r#"{{"id": "A", "method": "POST", "uri": "/", "headers": {headers}, "body": "{{ \"a\": 1 }}\n"}}"#);
            request(&case).unwrap().content.sent_body().to_vec()
        };
        assert_eq!(sent(r#"{"Content-MD5": "x"}"#), br#"{"a":1}"#);
        assert_eq!(sent("{}"), b"{ \"a\": 1 }\n");
    }

    #[test]
    fn an_assertion_that_is_not_known_is_not_passed_over() {
        let error = request(r#"{"id": "A", "method": "GET", "uri": "/", "trailers": {}}"#).unwrap_err();
        assert_eq!(error.to_string(), "the runner does not know the key `trailers`");
    }

    #[test]
    fn cbor_is_decoded() {
        let case = Node::parse(r#"{"id": "A", "code": 200, "body": "v/8=", "bodyMediaType": "application/cbor"}"#).unwrap();
        let response = read_response_case(&case, Protocol::RpcV2Cbor).unwrap();
        assert_eq!(response.content.sent_body(), [0xbf, 0xff]);
        assert_eq!(response.content.sent_headers(), [("Content-Type".to_owned(), "application/cbor".to_owned())]);
    }

    #[test]
    fn a_malformed_request_is_sent_with_the_headers_that_it_has() {
        let sent = |request: &str| {
            let request = Node::parse(request).unwrap();
            read_malformed_content(&request, Protocol::AwsJson1_0).unwrap().sent_headers().len()
        };
        assert_eq!(sent(r#"{"body": "{}"}"#), 0);
        assert_eq!(sent(r#"{"body": "{}", "bodyMediaType": "application/json"}"#), 1);
    }

    #[test]
    fn the_code_that_a_client_tells_may_be_another() {
        let told = |case: &str| told_error(&Node::parse(case).unwrap());
        assert_eq!(told(r#"{"vendorParams": {"region": "x"}}"#).unwrap(), None);
        let case = format!(r#"{{"vendorParamsShape": "{ERROR_CODE}", "vendorParams": {{"code": "C", "type": "Sender"}}}}"#);
        let expected = ToldError { code: "C".to_owned(), fault: Some("Sender".to_owned()) };
        assert_eq!(told(&case).unwrap(), Some(expected));
        assert!(told(&case.replace("type", "kind")).is_err());
    }

    #[test]
    fn a_case_is_for_both_sides_unless_it_says_for_which() {
        let of = |case: &str| sides(&Node::parse(case).unwrap());
        assert_eq!(of("{}").unwrap(), [Side::Client, Side::Server]);
        assert_eq!(of(r#"{"appliesTo": "server"}"#).unwrap(), [Side::Server]);
        assert!(of(r#"{"appliesTo": "nobody"}"#).is_err());
    }
}
