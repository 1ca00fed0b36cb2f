//! Cases of streams of events: the trait `smithy.test#eventStreamTests`.

use super::smithy::{read_request_case, read_response_case};
use super::{Body, RequestMessage, ResponseMessage, refuse_unknown};
use crate::conformance::format::Format;
use crate::conformance::node::Node;
use anyhow::{Context, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use smithwright::ir::Protocol;

const KEYS: [&str; 13] = [
    "id",
    "protocol",
    "documentation",
    "tags",
    "appliesTo",
    "initialRequest",
    "initialRequestParams",
    "initialRequestShape",
    "initialResponse",
    "initialResponseShape",
    "events",
    "expectation",
    "vendorParams",
];

const EVENT_KEYS: [&str; 8] = ["type", "params", "headers", "forbidHeaders", "requireHeaders", "body", "bodyMediaType", "bytes"];

/// Events that are streamed, and what they mean.
#[derive(Clone, Debug)]
pub(crate) struct EventExchange {
    /// The request beside its events, and the members there.
    pub(crate) initial_request: Option<(RequestMessage, Node)>,
    /// The response beside its events.
    pub(crate) initial_response: Option<ResponseMessage>,
    /// The events, in order.
    pub(crate) events: Vec<Event>,
    /// What comes of reading them.
    pub(crate) outcome: EventOutcome,
}

/// An event.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) way: Way,
    /// The member of the union; `None`, when there is none like it.
    pub(crate) params: Option<Node>,
    /// Its message.
    pub(crate) bytes: Vec<u8>,
    /// What is in the message.
    pub(crate) said: Said,
}

/// What a case says of a message, beside its bytes.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    /// Headers with their values, each an object of its type: `{"string": "event"}`.
    pub(crate) headers: Vec<(String, Node)>,
    pub(crate) forbid_headers: Vec<String>,
    pub(crate) require_headers: Vec<String>,
    /// The payload.
    pub(crate) body: Option<Body>,
    /// What the payload says that it is.
    pub(crate) media_type: Option<String>,
}

/// Where events go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Request,
    Response,
}

/// What comes of reading events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum EventOutcome {
    Success,
    /// An error: this one, if it is said.
    Failure(Option<String>),
}

/// Reads a case.
pub(super) fn read(case: &Node, protocol: Protocol) -> anyhow::Result<EventExchange> {
    refuse_unknown(case, &KEYS)?;
    let params = || case.get("initialRequestParams").cloned().unwrap_or(Node::Object(Vec::new()));
    let initial_request = case.get("initialRequest").map(|request| anyhow::Ok((read_request_case(request, protocol)?, params())));
    let initial_response = case.get("initialResponse").map(|response| read_response_case(response, protocol));
    let events = case.get("events").map_or(&[] as &[Node], Node::elements);
    Ok(EventExchange {
        initial_request: initial_request.transpose()?,
        initial_response: initial_response.transpose()?,
        events: events.iter().map(|event| read_event(event, protocol)).collect::<anyhow::Result<_>>()?,
        outcome: case.get("expectation").map_or(Ok(EventOutcome::Success), read_outcome)?,
    })
}

fn read_event(event: &Node, protocol: Protocol) -> anyhow::Result<Event> {
    refuse_unknown(event, &EVENT_KEYS)?;
    let way = match event.need("type")?.text()? {
        "request" => Way::Request,
        "response" => Way::Response,
        other => bail!("an event is a `{other}`"),
    };
    let bytes = STANDARD.decode(event.need("bytes")?.text()?).context("the bytes of an event are not base64")?;
    Ok(Event { way, params: event.get("params").cloned(), bytes, said: read_said(event, protocol)? })
}

fn read_said(event: &Node, protocol: Protocol) -> anyhow::Result<Said> {
    let media_type = event.text_of("bodyMediaType")?;
    let format = Format::of_case(protocol, media_type.as_deref());
    Ok(Said {
        headers: event.get("headers").map_or(&[] as &[_], Node::members).to_vec(),
        forbid_headers: event.texts_of("forbidHeaders")?,
        require_headers: event.texts_of("requireHeaders")?,
        body: event.text_of("body")?.map(|body| Body::read(&body, format)).transpose()?,
        media_type,
    })
}

fn read_outcome(expectation: &Node) -> anyhow::Result<EventOutcome> {
    refuse_unknown(expectation, &["success", "failure"])?;
    let Some(failure) = expectation.get("failure") else { return Ok(EventOutcome::Success) };
    refuse_unknown(failure, &["errorId"])?;
    Ok(EventOutcome::Failure(failure.text_of("errorId")?.map(|id| id.rsplit('#').next().unwrap_or_default().to_owned())))
}
