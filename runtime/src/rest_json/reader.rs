//! Reading requests and responses.

use super::header;
use crate::codec::{Decode, DecodeError, DecodeErrorKind, DecodeLimits, Decoded, Decoder, Structure};
use crate::json::{JsonDecoder, Mode, ProblemKind, Problems};
use crate::message::{Message, MessageReader, Raw, Status, TextMap};
use crate::operation::Operation;
use crate::stream::ByteStream;
use crate::text::{BindingName, Style, Text, Texts};
use crate::uri::{self, Segment};
use crate::validate::PointerStep;
use http::{HeaderMap, HeaderValue};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use std::mem;

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

/// A text as it was sent; `None` when it is not UTF-8.
type Sent<'a> = Option<Cow<'a, str>>;

/// What a text is that can be read.
const UTF_8: ProblemKind = ProblemKind::Mistyped("UTF-8");

/// Hands out the members of a message.
pub struct RestJsonReader<'a> {
    mode: Mode,
    template: &'static str,
    path: &'a str,
    query: Vec<(Cow<'a, str>, Sent<'a>)>,
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
        let mut problems = Problems::default();
        Self {
            mode: Mode::Strict,
            template,
            path,
            query: parse_query(query, &mut problems),
            headers,
            status: 0,
            body,
            reading: Reading::default(),
            problems,
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
    fn label_text(&self, name: &str) -> Result<Cow<'a, str>, ProblemKind> {
        let sent = uri::label(self.template, self.path, name).unwrap_or_default();
        let text = decode(sent).ok_or(UTF_8)?;
        match text.is_empty() {
            true => Err(ProblemKind::Missing),
            false => self.check_segments(name, &text).map(|()| text),
        }
    }

    /// Refuses a label that whoever writes it into a path again would make another path of: clients and proxies resolve dot segments
    /// and leave out empty ones. A slash may end a greedy label where the path ends.
    fn check_segments(&self, name: &str, label: &str) -> Result<(), ProblemKind> {
        const NO_DOTS: ProblemKind = ProblemKind::Mistyped("a label without dot segments");
        const NO_GAPS: ProblemKind = ProblemKind::Mistyped("a label without empty segments");
        if uri::is_dot_segment(label) {
            return Err(NO_DOTS);
        }
        let greedy = Segment::Greedy(name);
        if !label.contains('/') || !uri::segments(self.template).any(|segment| segment == greedy) {
            return Ok(());
        }
        let ends_path = uri::segments(self.template).last() == Some(greedy);
        let label = label.strip_suffix('/').filter(|_| ends_path).unwrap_or(label);
        if label.split('/').any(uri::is_dot_segment) {
            return Err(NO_DOTS);
        }
        match label.split('/').any(str::is_empty) {
            true => Err(NO_GAPS),
            false => Ok(()),
        }
    }

    /// The text of a header. A client makes do with what it can read.
    fn header_text(&self, value: &'a HeaderValue) -> Sent<'a> {
        match self.mode {
            Mode::Strict => str::from_utf8(value.as_bytes()).ok().map(Cow::Borrowed),
            Mode::Lenient => Some(String::from_utf8_lossy(value.as_bytes())),
        }
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
            (Mode::Strict, kind) => self.problems.push(format!("/{}", PointerStep(member)), kind),
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
            Ok(text) => self.set_texts(name, Some(&[text]), Style::URI.with(name.form).mode(self.mode), place),
            Err(problem) => self.problem(name.member, problem),
        }
    }

    fn query<T: Texts>(&mut self, name: impl Into<BindingName>, place: &mut T) -> Decoded {
        let name = name.into();
        let sent = self.query.iter().filter(|(key, _)| key == name.name).map(|(_, value)| value.clone());
        match sent.collect::<Option<Vec<_>>>() {
            Some(texts) => self.set_texts(name, Some(&texts), Style::URI.with(name.form).mode(self.mode), place),
            None => self.problem(name.member, UTF_8),
        }
    }

    fn query_params<T: TextMap>(&mut self, place: &mut T) -> Decoded {
        let query = mem::take(&mut self.query);
        let added = query.iter().try_for_each(|(name, text)| match text {
            Some(text) => {
                place.add(name, text);
                Ok(())
            }
            None => self.problem(name, UTF_8),
        });
        self.query = query;
        added
    }

    fn header<T: Texts>(&mut self, name: impl Into<BindingName>, place: &mut T) -> Decoded {
        let name = name.into();
        let style = Style::HEADER.with(name.form).mode(self.mode);
        let values = self.headers.get_all(name.name).iter().map(|value| self.header_text(value));
        let Some(values) = values.collect::<Option<Vec<_>>>() else {
            return self.problem(name.member, UTF_8);
        };
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
            let Some(rest) = strip_prefix(name.as_str(), prefix) else { continue };
            match self.header_text(value) {
                Some(text) => place.add(rest, &text),
                None => self.problem(name.as_str(), UTF_8)?,
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

/// The pairs of a query. A name that is not UTF-8 is nobody's, and a problem of its own.
fn parse_query<'a>(query: &'a str, problems: &mut Problems) -> Vec<(Cow<'a, str>, Sent<'a>)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs
        .filter_map(|(name, value)| {
            let name = decode(name);
            if name.is_none() {
                problems.push(String::new(), ProblemKind::Mistyped("UTF-8 in the names of query parameters"));
            }
            Some((name?, decode(value)))
        })
        .collect()
}

fn decode(text: &str) -> Sent<'_> {
    percent_decode_str(text).decode_utf8().ok()
}
