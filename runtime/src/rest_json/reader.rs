//! Reading requests and responses.

use crate::codec::{Decode, DecodeError, DecodeErrorKind, Decoder, Structure};
use crate::json::{JsonDecoder, Mode, Problem, ProblemKind};
use crate::operation::{Operation, RequestReader};
use crate::text::{Location, Text, Texts};
use crate::uri;
use http::HeaderMap;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// A request as a server has it.
#[derive(Clone, Copy, Debug)]
pub struct RequestParts<'a> {
    /// The path as it was sent, percent-encoded.
    pub path: &'a str,
    /// The query as it was sent, without the question mark.
    pub query: &'a str,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body.
    pub body: &'a [u8],
}

/// Reads the body of a response, leniently. No body is an empty structure.
///
/// # Errors
///
/// No JSON, or a value of another type.
pub fn read_response<T: Decode>(body: &[u8]) -> Result<T, DecodeError> {
    JsonDecoder::decode(or_empty_structure(body))
}

/// Reads a request strictly, and gives what is missing or of another type.
///
/// # Errors
///
/// A body that is not JSON.
pub fn read_request<O: Operation>(parts: RequestParts<'_>) -> Result<(O, Vec<Problem>), DecodeError> {
    let mut reader = RestJsonReader::new(O::INFO.uri, parts);
    let mut request = O::zero();
    request.read(&mut reader)?;
    Ok((request, reader.problems))
}

/// Hands out the members of a request, strictly.
pub struct RestJsonReader<'a> {
    template: &'static str,
    parts: RequestParts<'a>,
    query: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    problems: Vec<Problem>,
}

impl<'a> RestJsonReader<'a> {
    /// A reader of a request whose path matches the template.
    pub fn new(template: &'static str, parts: RequestParts<'a>) -> Self {
        Self { template, parts, query: parse_query(parts.query), problems: Vec::new() }
    }

    /// What was sent in the place of a label, decoded.
    fn label_text(&self, name: &str) -> Option<Cow<'a, str>> {
        percent_decode_str(uri::label(self.template, self.parts.path, name)?).decode_utf8().ok()
    }

    fn set_texts<T: Texts>(&mut self, name: &str, texts: &[Cow<'_, str>], location: Location, place: &mut T) {
        if texts.is_empty() && !T::may_be_missing() {
            return self.problem(name, ProblemKind::Missing);
        }
        match T::read_texts(texts, location) {
            Some(value) => *place = value,
            None => self.problem(name, ProblemKind::Mistyped(T::EXPECTED)),
        }
    }

    fn problem(&mut self, name: &str, kind: ProblemKind) {
        self.problems.push(Problem { path: format!("/{name}"), kind });
    }
}

impl RequestReader for RestJsonReader<'_> {
    fn label<T: Text>(&mut self, name: &'static str, place: &mut T) -> Result<(), DecodeError> {
        match self.label_text(name) {
            Some(text) if text.is_empty() => self.problem(name, ProblemKind::Missing),
            Some(text) => match T::read_text(&text, Location::Label) {
                Some(value) => *place = value,
                None => self.problem(name, ProblemKind::Mistyped(T::EXPECTED)),
            },
            None => self.problem(name, ProblemKind::Mistyped(T::EXPECTED)),
        }
        Ok(())
    }

    fn query<T: Texts>(&mut self, name: &'static str, place: &mut T) -> Result<(), DecodeError> {
        let texts: Vec<_> = self.query.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect();
        self.set_texts(name, &texts, Location::Query, place);
        Ok(())
    }

    fn header<T: Texts>(&mut self, name: &'static str, place: &mut T) -> Result<(), DecodeError> {
        let headers = self.parts.headers;
        let texts: Vec<_> = headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
        self.set_texts(name, &texts, Location::Header, place);
        Ok(())
    }

    fn body<T: Structure>(&mut self, value: &mut T) -> Result<(), DecodeError> {
        let mut decoder = JsonDecoder::new(or_empty_structure(self.parts.body), Mode::Strict);
        match decoder.structure(value) {
            Ok(()) => self.problems.extend(decoder.finish()?),
            Err(error) => match error.kind() {
                DecodeErrorKind::Mistyped(expected) => {
                    self.problems.push(Problem { path: String::new(), kind: ProblemKind::Mistyped(expected) });
                }
                _ => return Err(error),
            },
        }
        Ok(())
    }
}

fn or_empty_structure(body: &[u8]) -> &[u8] {
    if body.is_empty() { b"{}" } else { body }
}

fn parse_query(query: &str) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
    let decode = |text| percent_decode_str(text).decode_utf8_lossy();
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(key), decode(value))
        })
        .collect()
}
