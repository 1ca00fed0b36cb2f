//! Checksums of requests: <https://smithy.io/2.0/aws/aws-core.html#http-checksums>.

use super::rejection::{Rejection, RejectionKind};
use crate::checksum::{
    AWS_CHUNKED, CONTENT_MD5, ChecksumAlgorithm, DECODED_LENGTH, Digest, Expected, RequestChecksum, TRAILER, UnchunkedBody,
    VerifiedBody,
};
use crate::operation::OperationInfo;
use crate::stream::{self, BoxedBody};
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderValue};

/// A body that ends with an error when it has another checksum than the request says, and that is in chunks no longer. The headers are
/// those that it had before it was.
///
/// # Errors
///
/// An operation that asks for a checksum, and a request without one; no body, whose checksum is not that of nothing; chunks of a length
/// that is none.
pub(super) fn verified(
    info: &OperationInfo,
    headers: &mut HeaderMap,
    body: Option<BoxedBody>,
    is_required: bool,
) -> Result<Option<BoxedBody>, Rejection> {
    let takes_any = match info.checksum {
        RequestChecksum::None => return Ok(body),
        RequestChecksum::ContentMd5 => false,
        RequestChecksum::Supported | RequestChecksum::Required => true,
    };
    let is_required = is_required && info.checksum != RequestChecksum::Supported;
    let mut expected = expected(headers, takes_any);
    let body = match body {
        Some(body) if takes_any && take_chunked(headers) => {
            expected.extend(promised(headers));
            let length = take_length(headers)?;
            Some(stream::boxed(UnchunkedBody::new(body, length)))
        }
        body => body,
    };
    if expected.is_empty() {
        return if is_required { Err(missing(takes_any)) } else { Ok(body) };
    }
    match body {
        Some(body) => Ok(Some(stream::boxed(VerifiedBody::new(body, expected)))),
        None => {
            let verified = expected.into_iter().try_for_each(|expected| expected.verify(&[]));
            verified.map(|()| None).map_err(|error| Rejection::checksum(&error))
        }
    }
}

fn missing(takes_any: bool) -> Rejection {
    let header = if takes_any { "content-md5, or in x-amz-checksum-crc32 or the like" } else { "content-md5" };
    Rejection::new(RejectionKind::Checksum, format!("This operation takes a body with its checksum in {header}"))
}

/// The checksums that are there already.
fn expected(headers: &HeaderMap, takes_any: bool) -> Vec<Expected> {
    let md5 = headers.get(CONTENT_MD5).map(|value| (CONTENT_MD5, value, Digest::md5()));
    let others = ChecksumAlgorithm::ALL.into_iter().filter(|_| takes_any);
    let others = others.filter_map(|it| Some((it.header(), headers.get(it.header())?, Digest::new(it))));
    // One that is no text is not that of any body.
    md5.into_iter()
        .chain(others)
        .map(|(header, value, digest)| Expected::header(header, value.to_str().unwrap_or_default(), digest))
        .collect()
}

/// The checksums that come behind the body.
fn promised(headers: &HeaderMap) -> impl Iterator<Item = Expected> {
    let names = headers.get_all(TRAILER).into_iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    let names: Vec<_> = names.map(|name| name.trim().to_ascii_lowercase()).collect();
    let algorithms = ChecksumAlgorithm::ALL.into_iter().filter(move |it| names.iter().any(|name| it.header() == name.as_str()));
    algorithms.map(|it| Expected::trailer(it.header(), Digest::new(it)))
}

/// Whether the body is in chunks, which is taken from its codings: clients say it before and behind others.
fn take_chunked(headers: &mut HeaderMap) -> bool {
    let is_chunked = |coding: &&[u8]| coding.trim_ascii().eq_ignore_ascii_case(AWS_CHUNKED.as_bytes());
    let values: Vec<_> = headers.get_all(CONTENT_ENCODING).iter().map(HeaderValue::as_bytes).collect();
    let values = values.join(b",".as_slice());
    let codings: Vec<_> = values.split(|byte| *byte == b',').collect();
    let others: Vec<_> = codings.iter().copied().filter(|coding| !is_chunked(coding)).collect();
    if others.len() == codings.len() {
        return false;
    }
    let others = others.join(b",".as_slice());
    match HeaderValue::from_bytes(others.trim_ascii()) {
        Ok(others) if !others.is_empty() => drop(headers.insert(CONTENT_ENCODING, others)),
        _ => drop(headers.remove(CONTENT_ENCODING)),
    }
    true
}

/// The length of a body before it was in chunks, which becomes what the request says of it.
fn take_length(headers: &mut HeaderMap) -> Result<Option<u64>, Rejection> {
    headers.remove(CONTENT_LENGTH);
    let Some(said) = headers.get(DECODED_LENGTH).cloned() else { return Ok(None) };
    let is_length = |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let length = said.to_str().ok().filter(is_length).and_then(|text| text.parse().ok());
    let message = "The header x-amz-decoded-content-length has no length";
    let length = length.ok_or_else(|| Rejection::new(RejectionKind::Malformed, message))?;
    headers.insert(CONTENT_LENGTH, said);
    Ok(Some(length))
}
