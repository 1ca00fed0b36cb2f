//! What is looked at before a request is read: its headers, then its body.

use super::engine::BoxError;
use super::{Rejection, RejectionKind};
use crate::rest_json;
use bytes::{Buf, Bytes};
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName};
use http_body::Body;
use http_body_util::BodyExt;
use http_body_util::combinators::UnsyncBoxBody;
use std::time::Duration;

/// A body of whatever type.
pub(super) type RequestBody = UnsyncBoxBody<Bytes, BoxError>;

/// Forgets the type of a body; one that is empty is none.
pub(super) fn boxed<B>(body: B) -> Option<RequestBody>
where
    B: Body + Send + 'static,
    B::Error: Into<BoxError>,
{
    if body.is_end_stream() {
        return None;
    }
    let frames = body.map_frame(|frame| frame.map_data(|mut data| data.copy_to_bytes(data.remaining())));
    Some(frames.map_err(Into::into).boxed_unsync())
}

/// Whether the client takes JSON.
pub(super) fn check_accept(headers: &HeaderMap) -> Result<(), Rejection> {
    let mut ranges =
        texts(headers, ACCEPT).flat_map(|value| value.split(',')).map(str::trim).filter(|it| !it.is_empty()).peekable();
    let takes_json = |range: &str| {
        let (media, parameters) = range.split_once(';').unwrap_or((range, ""));
        let media = media.trim();
        ["*/*", "application/*", rest_json::CONTENT_TYPE].iter().any(|it| media.eq_ignore_ascii_case(it)) && !is_zero(parameters)
    };
    if ranges.peek().is_none() || ranges.any(takes_json) {
        return Ok(());
    }
    Err(Rejection::new(RejectionKind::NotAcceptable, "This service answers application/json only"))
}

/// Whether the parameters of a media range rule it out: `q=0`.
fn is_zero(parameters: &str) -> bool {
    parameters
        .split(';')
        .filter_map(|it| it.split_once('='))
        .any(|(name, value)| name.trim().eq_ignore_ascii_case("q") && value.trim().parse() == Ok(0.0))
}

/// Whether the body says that it is JSON, or nothing.
pub(super) fn check_content_type(headers: &HeaderMap) -> Result<(), Rejection> {
    let is_json = |value: &str| {
        let media = value.split(';').next().unwrap_or_default();
        media.trim().eq_ignore_ascii_case(rest_json::CONTENT_TYPE)
    };
    if texts(headers, CONTENT_TYPE).all(is_json) {
        return Ok(());
    }
    Err(Rejection::new(RejectionKind::UnsupportedMediaType, "This service takes application/json only"))
}

/// The values of a header; one that is not text is a text that nothing equals.
fn texts(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    headers.get_all(name).into_iter().map(|value| value.to_str().unwrap_or("?"))
}

/// The whole body, within its limits.
pub(super) async fn collect(body: RequestBody, limit: usize, timeout: Duration) -> Result<Bytes, Rejection> {
    match tokio::time::timeout(timeout, collect_all(body, limit)).await {
        Ok(collected) => collected,
        Err(_) => Err(Rejection::new(RejectionKind::BodyTimeout, "The body did not arrive in time")),
    }
}

async fn collect_all(mut body: RequestBody, limit: usize) -> Result<Bytes, Rejection> {
    let too_large = || Rejection::new(RejectionKind::BodyTooLarge, format!("The body is larger than {limit} bytes"));
    // A body that says beforehand that it is too large need not be read.
    let announced = usize::try_from(body.size_hint().lower()).ok().filter(|length| *length <= limit).ok_or_else(too_large)?;
    let mut collected = Vec::with_capacity(announced.min(64 << 10));
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| {
            tracing::debug!(%error, "the body could not be read");
            Rejection::new(RejectionKind::BodyIncomplete, "The body could not be read")
        })?;
        if let Ok(data) = frame.into_data() {
            if data.len() > limit - collected.len() {
                return Err(too_large());
            }
            collected.extend_from_slice(&data);
        }
    }
    Ok(collected.into())
}
