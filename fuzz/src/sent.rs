//! Messages as a fuzzer writes them: a line with the status, the path and the query, a line a header, an empty line, the body.

use http::{HeaderMap, HeaderName, HeaderValue};
use smithwright_runtime::codec::{DecodeLimits, Reading};
use smithwright_runtime::message::{BodyParts, BodyText, RequestParts, RequestText, ResponseParts};
use smithwright_runtime::operation::Operation;
use smithwright_runtime::protocol::{Protocol as _, RestJson1};
use std::fmt::Debug;

/// A message that was sent: a request, or a response.
#[derive(Debug, PartialEq)]
pub struct Sent {
    status: u16,
    path: String,
    query: String,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Sent {
    /// Reads a message; whatever HTTP would not let through is left out.
    pub fn parse(input: &[u8]) -> Option<Self> {
        let end = input.windows(2).position(|pair| pair == b"\n\n").unwrap_or(input.len());
        let body = input.get(end + 2..).unwrap_or_default().to_vec();
        let mut lines = input[..end].split(|byte| *byte == b'\n');
        let (status, uri) = str::from_utf8(lines.next()?).ok()?.split_once(' ')?;
        let uri: http::uri::PathAndQuery = uri.parse().ok()?;
        let mut headers = HeaderMap::new();
        for line in lines {
            let (name, value) = line.split_at_checked(line.iter().position(|byte| *byte == b':')?)?;
            headers.append(HeaderName::from_bytes(name).ok()?, HeaderValue::from_bytes(value[1..].trim_ascii()).ok()?);
        }
        let query = uri.query().unwrap_or_default().to_owned();
        let status = http::StatusCode::from_bytes(status.as_bytes()).ok()?.as_u16();
        Some(Self { status, path: uri.path().to_owned(), query, headers, body })
    }

    /// Reads a request as a server does. What is read without problems is written, and the same text comes back.
    pub fn check_request<O: Operation>(&self) {
        let Some((value, again)) = self.request_twice::<O>() else { return };
        assert_eq!(Self::of_request(&again), Self::of_request(&value), "{value:?}: another text comes back");
    }

    /// As [`check_request`](Self::check_request), of a request that is written as finely as it is read: the same value comes back.
    pub fn check_exact_request<O: Operation>(&self) {
        self.check_request::<O>();
        let Some((value, again)) = self.request_twice::<O>() else { return };
        assert_eq!(format!("{again:?}"), format!("{value:?}"), "another value comes back");
    }

    /// Reads a response as a client does. What is read is written, unless it has no text, and read again.
    pub fn check_response<O: Operation<Response: Debug>>(&self) {
        let parts = ResponseParts { status: self.status, headers: &self.headers, body: BodyParts::Bytes(&self.body) };
        let Ok(value) = RestJson1::read_response::<O>(parts, DecodeLimits::default()) else { return };
        let _ = RestJson1::write_response::<O>(&value);
    }

    /// A request that is read, and what is read of what is written of it.
    fn request_twice<O: Operation>(&self) -> Option<(O, O)> {
        let value: O = self.read()?;
        let written = Self::of_request(&value);
        match written.read() {
            Some(again) => Some((value, again)),
            None => panic!("{value:?} cannot be read: {written:?}"),
        }
    }

    /// A request, if nothing is wrong with it.
    pub fn read<O: Operation>(&self) -> Option<O> {
        let body = BodyParts::Bytes(&self.body);
        let parts = RequestParts { path: &self.path, query: &self.query, headers: &self.headers, body };
        let (value, problems) = RestJson1::read_request(parts, Reading::default()).ok()?;
        problems.is_empty().then_some(value)
    }

    fn of_request<O: Operation>(value: &O) -> Self {
        match RestJson1::write_request(value) {
            Ok(text) => text.into(),
            Err(error) => panic!("{value:?} is read, but not written: {error}"),
        }
    }
}

/// What was written is what is sent.
impl From<RequestText> for Sent {
    fn from(text: RequestText) -> Self {
        let uri: http::uri::PathAndQuery = text.uri.parse().expect("a request that is written has a URI");
        let query = uri.query().unwrap_or_default().to_owned();
        Self { status: 200, path: uri.path().to_owned(), query, headers: text.headers, body: bytes(text.body) }
    }
}

fn bytes(body: BodyText) -> Vec<u8> {
    match body {
        BodyText::Bytes(bytes) => bytes,
        BodyText::None | BodyText::Stream(_) | BodyText::Events(_) => Vec::new(),
    }
}
