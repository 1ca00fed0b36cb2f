//! What a request says about bodies: its content type, and what its client accepts.

use super::{Rejection, RejectionKind};
use crate::operation::{EVENT_STREAM, Media};
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName};

impl Media {
    /// The media type, where it is a certain one: that of a protocol's values, perhaps.
    fn media_type(self, encoded: &'static str) -> Option<&'static str> {
        match self {
            Self::Encoded => Some(encoded),
            Self::Raw(media) | Self::Stream(Some(media)) | Self::SizedStream(Some(media)) => Some(media),
            Self::Events => Some(EVENT_STREAM),
            Self::None | Self::Empty | Self::Any | Self::Stream(None) | Self::SizedStream(None) => None,
        }
    }
}

/// Whether a body, which is not empty, is what the operation takes. One that it does not know at all must not say what it is,
/// but for a structure without members, of which the protocol's media type is `encoded`.
///
/// # Errors
///
/// Another content type, or none where the operation takes a certain one.
pub(super) fn check_content_type(headers: &HeaderMap, media: Media, encoded: &'static str) -> Result<(), Rejection> {
    let mut said = texts(headers, CONTENT_TYPE).peekable();
    let is_said = said.peek().is_some();
    let mut all_are = |media| said.all(|value| is_same(essence(value), essence(media)));
    let message = match (media, media.media_type(encoded)) {
        (_, Some(media)) if !is_said || !all_are(media) => format!("This operation takes {media} only"),
        (Media::None, _) if is_said => "This operation takes no body".to_owned(),
        (Media::Empty, _) if !all_are(encoded) => "This operation takes no body".to_owned(),
        _ => return Ok(()),
    };
    Err(Rejection::new(RejectionKind::UnsupportedMediaType, message))
}

/// Whether the client takes what the operation answers, values of the media type `encoded` perhaps:
/// <https://www.rfc-editor.org/rfc/rfc9110#name-accept>.
///
/// # Errors
///
/// The most specific range of the media type has no weight, or there are only ranges of others.
pub(super) fn check_accept(headers: &HeaderMap, media: Media, encoded: &'static str) -> Result<(), Rejection> {
    let Some(media) = media.media_type(encoded) else { return Ok(()) };
    let mut ranges =
        texts(headers, ACCEPT).flat_map(|value| value.split(',')).map(str::trim).filter(|it| !it.is_empty()).peekable();
    if ranges.peek().is_none() {
        return Ok(());
    }
    let matching = ranges.filter_map(|range| Some((specificity(essence(range), essence(media))?, !is_weightless(range))));
    // Of ranges that are alike, one that takes it is enough.
    match matching.max() {
        Some((_, true)) => Ok(()),
        _ => Err(Rejection::new(RejectionKind::NotAcceptable, format!("This operation answers {media} only"))),
    }
}

/// How exactly a range covers a media type; `None` when it does not.
fn specificity(range: &str, media: &str) -> Option<u8> {
    let kind = |text: &str| text.split_once('/').map(|(kind, _)| kind.to_ascii_lowercase());
    match range.split_once('/')? {
        ("*", "*") => Some(0),
        (_, "*") => (kind(range) == kind(media)).then_some(1),
        _ => is_same(range, media).then_some(2),
    }
}

/// Whether the parameters of a range rule it out: `q=0`.
fn is_weightless(range: &str) -> bool {
    range
        .split(';')
        .filter_map(|it| it.split_once('='))
        .any(|(name, value)| name.trim().eq_ignore_ascii_case("q") && value.trim().parse() == Ok(0.0))
}

/// A media type without its parameters.
fn essence(media: &str) -> &str {
    media.split(';').next().unwrap_or_default().trim()
}

fn is_same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// The values of a header; one that is not text is a text that nothing equals.
fn texts(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    headers.get_all(name).into_iter().map(|value| value.to_str().unwrap_or("?"))
}
