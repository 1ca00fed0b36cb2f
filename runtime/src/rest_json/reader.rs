//! Reading requests and responses.

use super::header;
use crate::codec::{Decode, DecodeError, DecodeErrorKind, DecodeLimits, Decoded, Decoder, Structure};
use crate::json::{JsonDecoder, Mode, ProblemKind, Problems};
use crate::message::{Message, MessageReader, Raw, Status, TextMap};
use crate::operation::Operation;
use crate::stream::ByteStream;
use crate::text::{BindingName, Style, Text, Texts};
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
    pub body: BodyParts<'a>,
}

/// A response as a client has it.
#[derive(Clone, Copy, Debug)]
pub struct ResponseParts<'a> {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body.
    pub body: BodyParts<'a>,
}

/// A body as it is received.
#[derive(Clone, Copy, Debug)]
pub enum BodyParts<'a> {
    /// All of it; nothing when there is none.
    Bytes(&'a [u8]),
    /// A stream, of an operation whose body is one.
    Stream(&'a ByteStream),
}

/// Reads a response, leniently, with the usual limits. No body is an empty structure.
///
/// # Errors
///
/// No JSON, a value of another type, or more than the limits allow.
pub fn read_response<T: Message>(parts: ResponseParts<'_>) -> Result<T, DecodeError> {
    read_response_within(parts, DecodeLimits::default())
}

/// As [`read_response`], with other limits.
///
/// # Errors
///
/// No JSON, a value of another type, or more than the limits allow.
pub fn read_response_within<T: Message>(parts: ResponseParts<'_>, limits: DecodeLimits) -> Result<T, DecodeError> {
    RestJsonReader::of_response(parts).within(limits).message()
}

/// How a request is read.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// How much is made of the body.
    pub limits: DecodeLimits,
    /// Whether the model's constraints hold while the body is read: see [`JsonDecoder::validating`].
    pub validate: bool,
}

impl Default for Reading {
    fn default() -> Self {
        Self { limits: DecodeLimits::default(), validate: true }
    }
}

/// Reads a request strictly, and gives what is missing, of another type or too long.
///
/// # Errors
///
/// A body that is not JSON, or beyond the usual limits.
pub fn read_request<O: Operation>(parts: RequestParts<'_>) -> Result<(O, Problems), DecodeError> {
    read_request_with(parts, Reading::default())
}

/// As [`read_request`], in another way.
///
/// # Errors
///
/// A body that is not JSON, or beyond the limits.
pub fn read_request_with<O: Operation>(parts: RequestParts<'_>, reading: Reading) -> Result<(O, Problems), DecodeError> {
    let mut reader = RestJsonReader::of_request(O::INFO.uri, parts);
    reader.reading = reading;
    let mut request = O::zero();
    request.read(&mut reader)?;
    request.fill_defaults();
    Ok((request, reader.problems))
}

/// Hands out the members of a message.
pub struct RestJsonReader<'a> {
    mode: Mode,
    template: &'static str,
    path: &'a str,
    query: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    headers: &'a HeaderMap,
    status: u16,
    body: BodyParts<'a>,
    reading: Reading,
    problems: Problems,
}

impl<'a> RestJsonReader<'a> {
    /// A strict reader of a request whose path matches the template.
    pub fn of_request(template: &'static str, parts: RequestParts<'a>) -> Self {
        let RequestParts { path, query, headers, body } = parts;
        Self {
            mode: Mode::Strict,
            template,
            path,
            query: parse_query(query),
            headers,
            status: 0,
            body,
            reading: Reading::default(),
            problems: Problems::default(),
        }
    }

    /// A lenient reader of a response.
    pub fn of_response(parts: ResponseParts<'a>) -> Self {
        let ResponseParts { status, headers, body } = parts;
        Self {
            mode: Mode::Lenient,
            template: "",
            path: "",
            query: Vec::new(),
            headers,
            status,
            body,
            reading: Reading::default(),
            problems: Problems::default(),
        }
    }

    /// The same reader with other limits than the usual ones.
    #[must_use]
    pub fn within(mut self, limits: DecodeLimits) -> Self {
        self.reading.limits = limits;
        self
    }

    /// What was sent in the place of a label, decoded.
    fn label_text(&self, name: &str) -> Option<Cow<'a, str>> {
        percent_decode_str(uri::label(self.template, self.path, name)?).decode_utf8().ok()
    }

    fn set_texts<T: Texts>(&mut self, name: BindingName, texts: Option<&[Cow<'_, str>]>, style: Style, place: &mut T) -> Decoded {
        if texts.is_some_and(<[_]>::is_empty) && !T::may_be_missing() {
            return self.problem(name.member, ProblemKind::Missing);
        }
        match texts.and_then(|texts| T::read_texts(texts, style)) {
            Some(value) => *place = value,
            None => return self.problem(name.member, ProblemKind::Mistyped(T::EXPECTED)),
        }
        Ok(())
    }

    /// Records what is wrong with a member, or fails with it. A client does without what is missing.
    fn problem(&mut self, member: &str, kind: ProblemKind) -> Decoded {
        match (self.mode, kind) {
            (Mode::Strict, kind) => self.problems.push(format!("/{member}"), kind),
            (Mode::Lenient, ProblemKind::Missing | ProblemKind::Unrecognized | ProblemKind::TooLong { .. }) => {}
            (Mode::Lenient, ProblemKind::Mistyped(expected)) => return Err(DecodeError::mistyped(expected).within(member)),
        }
        Ok(())
    }

    fn bytes(&self) -> &'a [u8] {
        match self.body {
            BodyParts::Bytes(bytes) => bytes,
            BodyParts::Stream(_) => &[],
        }
    }

    /// Reads the body, whose members have paths under this one.
    fn read_json(&mut self, body: &[u8], path: &str, read: impl FnOnce(&mut JsonDecoder<'_>) -> Decoded) -> Decoded {
        let mut decoder = JsonDecoder::with_limits(body, self.mode, self.reading.limits).validating(self.reading.validate);
        let result = read(&mut decoder).and_then(|()| decoder.end());
        self.problems.extend(path, decoder.into_problems());
        let Err(error) = result else { return Ok(()) };
        match error.kind() {
            // The problems say so.
            DecodeErrorKind::TooManyProblems(_) => {}
            DecodeErrorKind::Mistyped(expected) if self.mode == Mode::Strict => {
                self.problems.push(path.to_owned(), ProblemKind::Mistyped(expected));
            }
            _ => return Err(error),
        }
        Ok(())
    }
}

impl MessageReader for RestJsonReader<'_> {
    fn label<T: Text>(&mut self, name: impl Into<BindingName>, place: &mut T) -> Decoded {
        let name = name.into();
        match self.label_text(name.name) {
            Some(text) if text.is_empty() => self.problem(name.member, ProblemKind::Missing),
            Some(text) => self.set_texts(name, Some(&[text]), Style::URI.with(name.form).mode(self.mode), place),
            None => self.problem(name.member, ProblemKind::Mistyped(T::EXPECTED)),
        }
    }

    fn query<T: Texts>(&mut self, name: impl Into<BindingName>, place: &mut T) -> Decoded {
        let name = name.into();
        let texts: Vec<_> = self.query.iter().filter(|(key, _)| key == name.name).map(|(_, value)| value.clone()).collect();
        self.set_texts(name, Some(&texts), Style::URI.with(name.form).mode(self.mode), place)
    }

    fn query_params<T: TextMap>(&mut self, place: &mut T) -> Decoded {
        self.query.iter().for_each(|(name, text)| place.add(name, text));
        Ok(())
    }

    fn header<T: Texts>(&mut self, name: impl Into<BindingName>, place: &mut T) -> Decoded {
        let name = name.into();
        let style = Style::HEADER.with(name.form).mode(self.mode);
        let values = self.headers.get_all(name.name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
        let values: Vec<_> = values.collect();
        if !T::MANY || values.is_empty() {
            return self.set_texts(name, Some(&values), style, place);
        }
        let texts = if T::has_comma(style) {
            Some(values.iter().flat_map(|value| header::split_dates(value)).collect::<Vec<_>>())
        } else {
            values.iter().map(|value| header::split(value)).collect::<Option<Vec<_>>>().map(|texts| texts.concat())
        };
        self.set_texts(name, texts.as_deref(), style, place)
    }

    fn prefix_headers<T: TextMap>(&mut self, prefix: &'static str, place: &mut T) -> Decoded {
        for (name, value) in self.headers {
            if let Some(rest) = strip_prefix(name.as_str(), prefix) {
                place.add(rest, &String::from_utf8_lossy(value.as_bytes()));
            }
        }
        Ok(())
    }

    fn status<T: Status>(&mut self, place: &mut T) -> Decoded {
        place.set_status(self.status);
        Ok(())
    }

    fn body<T: Structure>(&mut self, value: &mut T) -> Decoded {
        let body = match self.bytes() {
            b"" => b"{}",
            body => body,
        };
        self.read_json(body, "", |decoder| decoder.structure(value))
    }

    fn payload<T: Decode>(&mut self, name: &'static str, place: &mut T) -> Decoded {
        match self.bytes() {
            b"" if T::null().is_some() => Ok(()),
            b"" => self.problem(name, ProblemKind::Missing),
            body => self.read_json(body, &format!("/{name}"), |decoder| decoder.set(place)),
        }
    }

    fn structure_payload<T: Decode>(&mut self, name: &'static str, place: &mut T) -> Decoded {
        let is_none = self.mode == Mode::Strict && T::null().is_some() && is_empty_object(self.bytes());
        if is_none { Ok(()) } else { self.payload(name, place) }
    }

    fn raw_payload<T: Raw>(&mut self, _: &'static str, place: &mut T) -> Decoded {
        match T::from_bytes(self.bytes()) {
            Some(value) => *place = value,
            None => return self.problem("", ProblemKind::Mistyped("UTF-8")),
        }
        Ok(())
    }

    fn stream_payload(&mut self, _: &'static str, place: &mut ByteStream) -> Decoded {
        *place = match self.body {
            BodyParts::Stream(stream) => stream.clone(),
            BodyParts::Bytes(bytes) => bytes.to_vec().into(),
        };
        Ok(())
    }
}

/// What follows the prefix in the name of a header, whose case does not count.
fn strip_prefix<'n>(name: &'n str, prefix: &str) -> Option<&'n str> {
    let (start, rest) = name.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

fn is_empty_object(body: &[u8]) -> bool {
    body.iter().filter(|byte| !byte.is_ascii_whitespace()).eq(b"{}")
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
