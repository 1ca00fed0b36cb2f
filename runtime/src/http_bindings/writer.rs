//! Writing requests and responses.

use super::header;
use crate::codec::{Encode, Encoder, Structure};
#[cfg(feature = "event-stream")]
use crate::event_stream::{self, EventFrames, EventStream, Events};
use crate::format::Format;
use crate::message::{BodyText, Labels, MessageWriter, Raw, RequestText, ResponseText, Status, TextMap, WriteError, Written};
use crate::operation::OperationInfo;
use crate::percent::RESERVED;
use crate::protocol::{MESSAGE_MEMBER, Protocol};
use crate::stream::ByteStream;
use crate::text::{BindingName, Style, Text, Texts};
use crate::uri::{self, Segment};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, percent_decode_str, utf8_percent_encode};
use std::collections::HashSet;
use std::marker::PhantomData;

/// As [`RESERVED`], but for the slashes between segments.
const ENCODED_PATH: &AsciiSet = &RESERVED.remove(b'/');

/// Collects the members of a message.
#[derive(Debug)]
pub struct BoundWriter<P> {
    labels: Labels,
    /// The names of the query parameters, as they are before they are encoded.
    names: HashSet<String>,
    query: String,
    headers: HeaderMap,
    status: Option<u16>,
    body: BodyText,
    /// Whether it is a request: a structure that is not given is an empty one there, and no body in a response.
    of_request: bool,
    /// What an error says whose model has no member for it.
    said: Option<String>,
    protocol: PhantomData<P>,
}

/// Of a response.
impl<P> Default for BoundWriter<P> {
    fn default() -> Self {
        Self {
            labels: Labels::default(),
            names: HashSet::new(),
            query: String::new(),
            headers: HeaderMap::new(),
            status: None,
            body: BodyText::None,
            of_request: false,
            said: None,
            protocol: PhantomData,
        }
    }
}

impl<P: Protocol> BoundWriter<P> {
    pub(super) fn of_request(info: &OperationInfo) -> Self {
        let literals = uri::query(info.uri).split('&').filter(|pair| !pair.is_empty());
        let names = literals.map(|pair| pair.split_once('=').map_or(pair, |(name, _)| name));
        let names = names.map(|name| percent_decode_str(name).decode_utf8_lossy().into_owned()).collect();
        Self { names, of_request: true, ..Self::default() }
    }

    pub(super) fn into_request(self, info: &OperationInfo) -> Result<RequestText, WriteError> {
        let mut uri = String::with_capacity(info.uri.len() + 64);
        let mut segments = uri::segments(info.uri);
        while let Some(segment) = segments.next() {
            uri.push('/');
            match segment {
                Segment::Literal(text) => uri.push_str(text),
                Segment::Label(name) => uri.extend(utf8_percent_encode(self.segment(name)?, RESERVED)),
                Segment::Greedy(name) => {
                    let ends_path = segments.clone().next().is_none();
                    uri.extend(utf8_percent_encode(self.segments(name, ends_path)?, ENCODED_PATH));
                }
            }
        }
        let literals = uri::query(info.uri);
        for (mark, query) in ['?', '&'].into_iter().zip([literals, &self.query].into_iter().filter(|query| !query.is_empty())) {
            uri.push(mark);
            uri.push_str(query);
        }
        let host_prefix = info.host_prefix.map(|template| self.labels.host_prefix(template));
        Ok(RequestText { method: info.method, uri, host_prefix, headers: self.headers, body: self.body })
    }

    /// Of an error that says this, though its model has no member for it.
    pub(crate) fn of_error(said: Option<&str>) -> Self {
        Self { said: said.map(str::to_owned), ..Self::default() }
    }

    pub(crate) fn into_response(self, status: u16) -> ResponseText {
        ResponseText { status: self.status.unwrap_or(status), headers: self.headers, body: self.body }
    }

    /// What stands for a label: the path that is sent must be the one that is signed, whose signers resolve dot segments.
    fn segment(&self, name: &'static str) -> Result<&str, WriteError> {
        match self.labels.text(name) {
            "" => Err(WriteError::EmptyLabel(name)),
            text if uri::is_dot_segment(text) => Err(WriteError::DotSegment(name)),
            text => Ok(text),
        }
    }

    /// What stands for a greedy label. A slash may end it where the path ends.
    fn segments(&self, name: &'static str, ends_path: bool) -> Result<&str, WriteError> {
        let text = self.labels.text(name);
        let named = if ends_path { text.strip_suffix('/').unwrap_or(text) } else { text };
        if text.is_empty() {
            return Err(WriteError::EmptyLabel(name));
        }
        if named.split('/').any(uri::is_dot_segment) {
            return Err(WriteError::DotSegment(name));
        }
        if named.split('/').any(str::is_empty) {
            return Err(WriteError::EmptySegment(name));
        }
        Ok(text)
    }

    fn push_query(&mut self, name: &str, text: &str) {
        if !self.query.is_empty() {
            self.query.push('&');
        }
        self.query.extend(utf8_percent_encode(name, RESERVED));
        self.query.push('=');
        self.query.extend(utf8_percent_encode(text, RESERVED));
    }

    /// Sets the body; a header of the message's own that says what it is goes first.
    fn set_body(&mut self, media_type: &'static str, body: BodyText) {
        self.headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static(media_type));
        self.body = body;
    }

    fn encode(&mut self, write: impl FnOnce(&mut <P::Format as Format>::Encoder)) {
        self.set_body(P::MEDIA_TYPE, BodyText::Bytes(P::Format::encode(write)));
    }
}

impl<P: Protocol> MessageWriter for BoundWriter<P> {
    fn label<T: Text>(&mut self, name: impl Into<BindingName>, value: &T) -> Written {
        let BindingName { name, form, .. } = name.into();
        let text = value.write_text(Style::URI.with(form)).ok_or(WriteError::NoText(name))?;
        self.labels.push(name, text.into_owned());
        Ok(())
    }

    fn host_label<T: Texts>(&mut self, name: &'static str, value: &T) -> Written {
        self.labels.push_host(name, value)
    }

    fn query<T: Texts>(&mut self, name: impl Into<BindingName>, value: &T) -> Written {
        let BindingName { name, form, .. } = name.into();
        let mut given = false;
        let written = value.write_texts(Style::URI.with(form), |text| {
            given = true;
            self.push_query(name, text);
        });
        if given {
            self.names.insert(name.to_owned());
        }
        if written { Ok(()) } else { Err(WriteError::NoText(name)) }
    }

    fn query_params<T: TextMap>(&mut self, value: &T) -> Written {
        value.each(|name, text| {
            if !self.names.contains(name) {
                self.push_query(name, text);
            }
        });
        Ok(())
    }

    fn header<T: Texts>(&mut self, name: impl Into<BindingName>, value: &T) -> Written {
        if !value.is_given() {
            return Ok(());
        }
        let BindingName { name, form, .. } = name.into();
        let style = Style::HEADER.with(form);
        let mut list = String::new();
        let quotes = |text: &str| T::MANY && !T::has_comma(style) && header::needs_quotes(text);
        if !value.write_texts(style, |text| header::push(&mut list, text, quotes(text))) {
            return Err(WriteError::NoText(name));
        }
        set_header(&mut self.headers, name, &list)
    }

    fn prefix_headers<T: TextMap>(&mut self, prefix: &'static str, value: &T) -> Written {
        let mut written = Ok(());
        value.each(|name, text| {
            let name = format!("{prefix}{name}");
            if written.is_ok() && !self.headers.contains_key(&name) {
                written = set_header(&mut self.headers, &name, text);
            }
        });
        written
    }

    fn status<T: Status>(&mut self, value: &T) -> Written {
        if let Some(status) = value.status() {
            let valid = u16::try_from(status).ok().filter(|status| (100..600).contains(status));
            self.status = Some(valid.ok_or(WriteError::Status(status))?);
        }
        Ok(())
    }

    fn body<T: Structure>(&mut self, value: &T) -> Written {
        match self.said.take() {
            None => self.encode(|to| to.structure(value)),
            Some(said) => self.encode(|to| {
                to.object(|to| {
                    to.member(MESSAGE_MEMBER, &said);
                    value.encode_members(to);
                });
            }),
        }
        Ok(())
    }

    fn structure_payload<T: Encode>(&mut self, name: &'static str, value: &T) -> Written {
        if self.of_request && !value.is_set() { self.body(&()) } else { self.payload(name, value) }
    }

    fn payload<T: Encode>(&mut self, _: &'static str, value: &T) -> Written {
        if value.is_set() {
            self.encode(|to| value.encode(to));
        }
        Ok(())
    }

    fn raw_payload<T: Raw>(&mut self, media_type: &'static str, value: &T) -> Written {
        if let Some(bytes) = value.bytes() {
            self.set_body(media_type, BodyText::Bytes(bytes.into_owned()));
        }
        Ok(())
    }

    fn stream_payload(&mut self, media_type: &'static str, value: &ByteStream) -> Written {
        if value.length() != Some(0) {
            self.set_body(media_type, BodyText::Stream(value.clone()));
        }
        Ok(())
    }

    #[cfg(feature = "event-stream")]
    fn event_stream<E: Events>(&mut self, _: &'static str, value: &EventStream<E>) -> Written {
        self.set_body(event_stream::MEDIA_TYPE, BodyText::Events(EventFrames::of::<E, P::Format>(value, P::MEDIA_TYPE)));
        Ok(())
    }
}

fn set_header(headers: &mut HeaderMap, name: &str, text: &str) -> Written {
    let header = HeaderName::try_from(name).ok().zip(HeaderValue::try_from(header::trim(text)).ok());
    let (name, value) = header.ok_or_else(|| WriteError::Header(name.to_owned()))?;
    headers.insert(name, value);
    Ok(())
}

#[cfg(test)]
mod tests;
