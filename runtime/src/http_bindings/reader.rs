//! Reading requests and responses.

use super::header;
use crate::codec::{Decode, DecodeError, DecodeLimits, Decoded, Decoder, Mode, ProblemKind, Problems, Reading, Structure};
#[cfg(feature = "event-stream")]
use crate::event_stream::{EventStream, Events};
use crate::format::{Format, read_body, read_structure};
use crate::message::{BodyParts, MessageReader, Raw, RequestParts, ResponseParts, Status, TextMap};
use crate::protocol::Protocol;
use crate::stream::ByteStream;
use crate::text::{BindingName, Style, Text, Texts};
use crate::uri::{self, Segment};
use crate::validate::PointerStep;
use http::{HeaderMap, HeaderValue};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use std::marker::PhantomData;
use std::mem;

/// A text as it was sent; `None` when it is not UTF-8.
type Sent<'a> = Option<Cow<'a, str>>;

/// What a text is that can be read.
const UTF_8: ProblemKind = ProblemKind::Mistyped("UTF-8");

/// Hands out the members of a message.
pub struct BoundReader<'a, P> {
    mode: Mode,
    template: &'static str,
    path: &'a str,
    query: Vec<(Cow<'a, str>, Sent<'a>)>,
    headers: &'a HeaderMap,
    status: u16,
    body: BodyParts<'a>,
    reading: Reading,
    problems: Problems,
    /// Whether a client does not do without what is missing.
    whole: bool,
    protocol: PhantomData<P>,
}

impl<'a, P: Protocol> BoundReader<'a, P> {
    /// A strict reader of a request whose path matches the template.
    pub fn of_request(template: &'static str, parts: RequestParts<'a>, reading: Reading) -> Self {
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
            reading,
            problems,
            whole: true,
            protocol: PhantomData,
        }
    }

    /// A lenient reader of a response.
    pub fn of_response(parts: ResponseParts<'a>, limits: DecodeLimits) -> Self {
        let ResponseParts { status, headers, body } = parts;
        Self {
            mode: Mode::Lenient,
            template: "",
            path: "",
            query: Vec::new(),
            headers,
            status,
            body,
            reading: Reading { limits, validate: false },
            problems: Problems::default(),
            whole: false,
            protocol: PhantomData,
        }
    }

    /// The same reader, for which what is missing is an error.
    pub(super) fn whole(self) -> Self {
        Self { whole: true, ..self }
    }

    /// What a strict reader recorded.
    pub fn into_problems(self) -> Problems {
        self.problems
    }

    /// What was sent in the place of a label, decoded.
    fn label_text(&self, name: &str) -> Result<Cow<'a, str>, ProblemKind> {
        let sent = uri::label(self.template, self.path, name).unwrap_or_default();
        let text = percent_decoded(sent).ok_or(UTF_8)?;
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
            (Mode::Lenient, ProblemKind::Missing) if self.whole => {
                return Err(DecodeError::mistyped("a value, which is required").within(member));
            }
            (Mode::Lenient, ProblemKind::Missing | ProblemKind::Unrecognized | ProblemKind::TooLong { .. }) => {}
            (Mode::Lenient, ProblemKind::Mistyped(expected)) => return Err(DecodeError::mistyped(expected).within(member)),
        }
        Ok(())
    }

    /// Reads the body, whose members have paths under this one.
    fn decode<'b>(
        &mut self,
        body: &'b [u8],
        path: &str,
        read: impl FnOnce(&mut <P::Format as Format>::Decoder<'b>) -> Decoded,
    ) -> Decoded {
        read_body::<P::Format>(body, path, self.mode, self.reading, &mut self.problems, read)
    }
}

impl<P: Protocol> MessageReader for BoundReader<'_, P> {
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
        let body = match self.body.bytes() {
            b"" => P::Format::EMPTY,
            body => body,
        };
        let mode = self.mode;
        self.decode(body, "", |decoder| read_structure(decoder, mode, value))
    }

    fn payload<T: Decode>(&mut self, name: &'static str, place: &mut T) -> Decoded {
        match self.body.bytes() {
            b"" if T::null().is_some() => Ok(()),
            b"" => self.problem(name, ProblemKind::Missing),
            body => self.decode(body, &format!("/{name}"), |decoder| decoder.set(place)),
        }
    }

    fn structure_payload<T: Decode>(&mut self, name: &'static str, place: &mut T) -> Decoded {
        let is_none = self.mode == Mode::Strict && T::null().is_some() && P::Format::is_empty(self.body.bytes());
        if is_none { Ok(()) } else { self.payload(name, place) }
    }

    fn raw_payload<T: Raw>(&mut self, _: &'static str, place: &mut T) -> Decoded {
        match T::from_bytes(self.body.bytes()) {
            Some(value) => *place = value,
            None => return self.problem("", ProblemKind::Mistyped("UTF-8")),
        }
        Ok(())
    }

    fn stream_payload(&mut self, _: &'static str, place: &mut ByteStream) -> Decoded {
        *place = self.body.stream();
        Ok(())
    }

    #[cfg(feature = "event-stream")]
    fn event_stream<E: Events>(&mut self, _: &'static str, place: &mut EventStream<E>) -> Decoded {
        *place = EventStream::received::<P::Format>(self.body.stream(), self.mode, self.reading, P::MEDIA_TYPE);
        Ok(())
    }
}

/// What follows the prefix in the name of a header, whose case does not count.
fn strip_prefix<'n>(name: &'n str, prefix: &str) -> Option<&'n str> {
    let (start, rest) = name.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// The pairs of a query. A name that is not UTF-8 is nobody's, and a problem of its own.
fn parse_query<'a>(query: &'a str, problems: &mut Problems) -> Vec<(Cow<'a, str>, Sent<'a>)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs
        .filter_map(|(name, value)| {
            let name = percent_decoded(name);
            if name.is_none() {
                problems.push(String::new(), ProblemKind::Mistyped("UTF-8 in the names of query parameters"));
            }
            Some((name?, percent_decoded(value)))
        })
        .collect()
}

fn percent_decoded(text: &str) -> Sent<'_> {
    percent_decode_str(text).decode_utf8().ok()
}
