//! Where members travel, and what a body is.

use super::Planner;
use crate::ir::{self, Member, Method, Scalar, Shape, ShapeId, ShapeKind};
use crate::protocol::{BYTES, TEXT, timestamps_outside_the_body};
use crate::rust::plan::{Binding, Form, Media};

impl Planner<'_> {
    /// Where a member travels, and its name there.
    pub(super) fn plan_binding<'m>(&self, member: &'m Member) -> Option<(Binding, &'m str)> {
        if self.shape(&member.target)?.events().is_some() {
            return Some((Binding::EventStream, &member.name));
        }
        Some(match &member.binding {
            ir::Binding::Body => (Binding::Body, member.body_name()),
            ir::Binding::Label(name) if member.idempotency_token => (Binding::TokenLabel, name),
            ir::Binding::Label(name) => (Binding::Label, name),
            ir::Binding::Query(name) => (Binding::Query, name),
            ir::Binding::Header(name) => (Binding::Header, name),
            ir::Binding::PrefixHeaders(prefix) => (Binding::PrefixHeaders, prefix),
            ir::Binding::QueryParams => (Binding::QueryParams, &member.name),
            ir::Binding::ResponseCode => (Binding::ResponseCode, &member.name),
            ir::Binding::Payload => (self.plan_payload(&member.target)?, &member.name),
            ir::Binding::EventHeader => (Binding::EventHeader, &member.name),
            ir::Binding::EventPayload => (self.plan_event_payload(&member.target)?, &member.name),
        })
    }

    fn plan_payload(&self, target: &ShapeId) -> Option<Binding> {
        let shape = self.shape(target)?;
        let media = |usual: &str| shape.media_type.clone().unwrap_or_else(|| usual.to_owned());
        Some(match &shape.kind {
            ShapeKind::Structure(_) => Binding::StructurePayload,
            ShapeKind::Scalar(Scalar::Blob) if shape.streaming.is_some() => Binding::StreamPayload(media(BYTES)),
            ShapeKind::Scalar(Scalar::Blob) => Binding::RawPayload(media(BYTES)),
            ShapeKind::Scalar(Scalar::String) | ShapeKind::Enumeration(_) => Binding::RawPayload(media(TEXT)),
            _ => Binding::Payload,
        })
    }

    fn plan_event_payload(&self, target: &ShapeId) -> Option<Binding> {
        Some(match self.plan_payload(target)? {
            Binding::RawPayload(media) => Binding::RawEventPayload(media),
            _ => Binding::EventPayload,
        })
    }

    /// What a value looks like in a place that would have it otherwise.
    pub(super) fn plan_form(&self, member: &Member, binding: &ir::Binding) -> Option<Form> {
        let scalar = self.innermost(&member.target)?;
        match &scalar.kind {
            // There it is a number of a type of its own.
            ShapeKind::Scalar(Scalar::Timestamp(_)) if *binding == ir::Binding::EventHeader => None,
            ShapeKind::Scalar(Scalar::Timestamp(of_shape)) => {
                let protocols = &self.model.service.protocols;
                let is_usual = |format| match timestamps_outside_the_body(binding) {
                    Some(usual) => usual == format,
                    None => protocols.write_timestamps_as(format),
                };
                member.timestamp_format.or(*of_shape).filter(|format| !is_usual(*format)).map(Form::Timestamp)
            }
            ShapeKind::Scalar(Scalar::String) if matches!(binding, ir::Binding::Header(_)) => {
                scalar.media_type.as_ref().map(|_| Form::Base64)
            }
            _ => None,
        }
    }

    /// What the lists and maps of a shape hold in the end.
    fn innermost(&self, id: &ShapeId) -> Option<&Shape> {
        let mut shape = self.model.shapes.get(id)?;
        // A list can hold itself: no value of it ends, but the search must.
        for _ in 0..self.model.shapes.len() {
            shape = match &shape.kind {
                ShapeKind::List(list) => self.model.shapes.get(&list.member)?,
                ShapeKind::Map(map) => self.model.shapes.get(&map.value)?,
                _ => return Some(shape),
            };
        }
        None
    }

    /// What the body of a request is, where its method does not say it.
    pub(super) fn plan_request_media(&self, operation: &ir::Operation) -> Option<Option<Media>> {
        if self.has_events(operation.input.as_ref()) {
            return Some(Some(Media::Events));
        }
        let Some(http) = &operation.http else { return Some(None) };
        let usual = match http.method {
            Method::Get | Method::Head | Method::Delete => Media::None,
            Method::Post | Method::Put | Method::Patch => Media::Encoded,
        };
        let members = match &operation.input {
            Some(input) => &self.structure(input)?.members[..],
            None => &[],
        };
        let has_body = members.iter().any(|member| member.binding == ir::Binding::Body);
        let media = match self.payload_media(members)? {
            Some(media) => media,
            None if has_body => Media::Encoded,
            None if operation.input.is_some() && members.is_empty() && usual == Media::Encoded => Media::Empty,
            None => Media::None,
        };
        Some(Some(media).filter(|media| *media != usual))
    }

    /// What the body of a response is, where it is not in the protocol's format.
    pub(super) fn plan_response_media(&self, operation: &ir::Operation) -> Option<Option<Media>> {
        if self.has_events(operation.output.as_ref()) {
            return Some(Some(Media::Events));
        }
        let Some(output) = &operation.output else { return Some(Some(Media::None)) };
        Some(self.payload_media(&self.structure(output)?.members)?.filter(|media| *media != Media::Encoded))
    }

    /// Whether a message has a stream of events.
    fn has_events(&self, message: Option<&ShapeId>) -> bool {
        let members = message.and_then(|id| self.structure(id)).map_or(&[][..], |structure| &structure.members);
        members.iter().filter_map(|member| self.shape(&member.target)).any(|shape| shape.events().is_some())
    }

    fn payload_media(&self, members: &[Member]) -> Option<Option<Media>> {
        let Some(payload) = members.iter().find(|member| member.binding == ir::Binding::Payload) else { return Some(None) };
        let shape = self.shape(&payload.target)?;
        let media = shape.media_type.clone();
        Some(Some(match (&shape.kind, shape.streaming) {
            (ShapeKind::Scalar(Scalar::Blob), Some(ir::Streaming { requires_length: true })) => Media::SizedStream(media),
            (ShapeKind::Scalar(Scalar::Blob), Some(_)) => Media::Stream(media),
            (ShapeKind::Scalar(Scalar::Blob), None) => Media::Raw(media),
            (ShapeKind::Scalar(Scalar::String) | ShapeKind::Enumeration(_), _) => {
                Media::Raw(Some(media.unwrap_or_else(|| TEXT.to_owned())))
            }
            _ => Media::Encoded,
        }))
    }
}
