//! Tests of streams of events: what is sent is compared frame by frame, what arrives event by event.

use super::{Compared, Writer, any_request, raw_message, request_server, response_type};
use crate::conformance::node::Node;
use crate::conformance::suite::{Event, EventExchange, EventOutcome, ExpectedError, Side, Way};
use anyhow::{Context, bail, ensure};
use smithwright::rust::plan::{Operation, Structure};
use smithwright::rust::types::Type;
use std::fmt::Write as _;

const MEDIA_TYPE: &str = "application/vnd.amazon.eventstream";

/// The member that is a stream.
struct StreamMember<'p> {
    field: &'p str,
    /// The union of the events.
    events: &'p str,
}

impl Writer<'_> {
    pub(super) fn events(&self, operation: &Operation, exchange: &EventExchange, side: Side) -> anyhow::Result<String> {
        if let Some((request, params)) = &exchange.initial_request {
            ensure!(exchange.events.is_empty(), "the runner does not know cases of a request with its events");
            return match side {
                Side::Client => self.request_client(operation, request, params),
                Side::Server => {
                    let comparison = self.comparison(&operation.request, params, Compared::Given)?;
                    Ok(request_server(operation, request, &comparison))
                }
            };
        }
        let way = exchange.events.first().map_or(Way::Response, |event| event.way);
        ensure!(exchange.events.iter().all(|event| event.way == way), "the runner does not know cases of events both ways");
        match (way, side) {
            (Way::Request, Side::Client) => self.sent_by_client(operation, exchange),
            (Way::Request, Side::Server) => self.received_by_server(operation, exchange),
            (Way::Response, Side::Client) => self.received_by_client(operation, exchange),
            (Way::Response, Side::Server) => self.sent_by_server(operation, exchange),
        }
    }

    fn sent_by_client(&self, operation: &Operation, exchange: &EventExchange) -> anyhow::Result<String> {
        let stream = stream_of(&operation.request)?;
        Ok(format!(
            "    let network = Network::streaming(RawResponse {{ code: 200, headers: &[(\"content-type\", {MEDIA_TYPE:?})], body: b\"\" }}, &[]);\n    \
             let client = client(&network, ENDPOINT);\n    let mut request = {};\n    request.{} = events::stream({});\n    \
             let _ = client.{}(request).await;\n    events::compare_sent(&{}, network.sent(), true)\n",
            any_request(operation),
            stream.field,
            self.event_list(&stream, &exchange.events)?,
            operation.method,
            frames(&exchange.events),
        ))
    }

    fn sent_by_server(&self, operation: &Operation, exchange: &EventExchange) -> anyhow::Result<String> {
        let stream = stream_of(&operation.response)?;
        let (answer, method) = (response_type(operation), &operation.method);
        Ok(format!(
            "    let mut answer = zero::<{answer}>();\n    answer.{} = events::stream({});\n    \
             let answer: Result<{answer}, api::Error> = Ok(answer);\n    \
             let network = Network::serving(server(&Slot::answering(answer)).validation(false), None, identify);\n    \
             let client = client(&network, ENDPOINT);\n    let _ = client.{method}({}).await;\n    \
             events::compare_sent(&{}, network.answered(), false)\n",
            stream.field,
            self.event_list(&stream, &exchange.events)?,
            any_request(operation),
            frames(&exchange.events),
        ))
    }

    fn received_by_server(&self, operation: &Operation, exchange: &EventExchange) -> anyhow::Result<String> {
        let stream = stream_of(&operation.request)?;
        let http = operation.http.as_ref().context("the operation has no path")?;
        Ok(format!(
            "    let slot = Slot::default();\n    \
             let request = RawRequest {{ method: {:?}, target: {:?}, headers: &[(\"content-type\", {MEDIA_TYPE:?})], body: b\"\" }};\n    \
             let answer = send_frames(server(&slot), &slot, request, &{}).await;\n    \
             let Some(came) = slot.request::<api::{}>() else {{ return answer }};\n{}",
            http.method,
            http.uri,
            frames(&exchange.events),
            operation.request.name,
            self.received(&stream, exchange, "Ok(came)")?
        ))
    }

    fn received_by_client(&self, operation: &Operation, exchange: &EventExchange) -> anyhow::Result<String> {
        let stream = stream_of(&operation.response)?;
        let response = match &exchange.initial_response {
            None => format!("RawResponse {{ code: 200, headers: &[(\"content-type\", {MEDIA_TYPE:?})], body: b\"\" }}"),
            Some(response) => {
                let message = raw_message(&response.content);
                format!("RawResponse {{ code: {}, headers: {}, body: {} }}", response.code, message.headers, message.body)
            }
        };
        Ok(format!(
            "    let network = Network::streaming({response}, &{});\n    let client = client(&network, ENDPOINT);\n    \
             let outcome = client.{}({}).await;\n{}",
            frames(&exchange.events),
            operation.method,
            any_request(operation),
            self.received(&stream, exchange, "outcome")?
        ))
    }

    /// Compares the events that came with a message, or says what they fail with.
    fn received(&self, stream: &StreamMember<'_>, exchange: &EventExchange, outcome: &str) -> anyhow::Result<String> {
        let mut text = format!("    let outcome = events::received({outcome}.map(|came: _| came.{})).await;\n", stream.field);
        match &exchange.outcome {
            EventOutcome::Success => {
                let _ = writeln!(text, "    events::compare({}, outcome)", self.event_list(stream, &exchange.events)?);
            }
            EventOutcome::Failure(error) => {
                let pattern = match error {
                    None => "_".to_owned(),
                    Some(name) => {
                        let expected = ExpectedError { names: vec![name.clone()], params: Node::Null, message: None, told: None };
                        format!("api::Error::{}(_)", self.error(&expected)?.0)
                    }
                };
                let _ = writeln!(text, "    events::failed(outcome, |error: &api::Error| matches!(error, {pattern}))");
            }
        }
        Ok(text)
    }

    fn event_list(&self, stream: &StreamMember<'_>, events: &[Event]) -> anyhow::Result<String> {
        let event = |event: &Event| match &event.params {
            Some(params) => self.values.event(stream.events, params),
            None => bail!("an event without members"),
        };
        let events = events.iter().map(event).collect::<anyhow::Result<Vec<_>>>()?;
        Ok(format!("vec![{}] as Vec<Result<api::{}, api::Error>>", events.join(", "), stream.events))
    }
}

fn stream_of(message: &Structure) -> anyhow::Result<StreamMember<'_>> {
    let stream = message.fields.iter().find_map(|field| match &field.ty {
        Type::EventStream(events) => Some(StreamMember { field: field.name.as_str(), events: events.as_str() }),
        _ => None,
    });
    stream.with_context(|| format!("`{}` has no stream of events", message.name))
}

/// The messages as a literal.
fn frames(events: &[Event]) -> String {
    let frames: Vec<String> = events.iter().map(|event| format!("b\"{}\"", event.bytes.escape_ascii())).collect();
    format!("[{}]", frames.iter().map(|frame| format!("{frame} as &[u8]")).collect::<Vec<_>>().join(", "))
}
