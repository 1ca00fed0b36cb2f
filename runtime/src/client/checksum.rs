//! Checksums of what a client sends and receives: <https://smithy.io/2.0/aws/aws-core.html#http-checksums>.
//!
//! Of a body that is in memory, the checksum is a header; of a stream, a trailer behind chunks. What the program sends itself, in a member
//! or as a header of the call, goes before.

use crate::checksum::{
    AWS_CHUNKED, CONTENT_MD5, ChecksumAlgorithm, ChecksumError, ChecksumMembers, ChunkedBody, DECODED_LENGTH, Digest, Expected,
    PREFIX, RequestChecksum, TRAILER, VerifiedBody,
};
use crate::client::compression::add_coding;
use crate::operation::OperationInfo;
use crate::stream;
use aws_runtime::auth::{PayloadSigningOverride, SigV4OperationSigningConfig};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::checksum_config::{RequestChecksumCalculation, ResponseChecksumValidation};
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use aws_types::SdkConfig;
use http::HeaderMap;
use http::header::{CONTENT_LENGTH, HeaderValue};

/// What asks for a checksum of the response.
const ENABLED: &str = "ENABLED";

/// Headers that begin as a checksum's, and say something about one.
const NO_CHECKSUMS: [&str; 3] = ["algorithm", "mode", "type"];

/// Which checksums there are that the model allows and nobody asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ChecksumPolicy {
    requests: bool,
    responses: bool,
}

impl ChecksumPolicy {
    /// None: whoever sends a presigned request would have to send them, too.
    pub(crate) const NONE: Self = Self { requests: false, responses: false };

    /// As the program is configured.
    pub(crate) fn of(config: &SdkConfig) -> Self {
        Self {
            requests: config.request_checksum_calculation() != Some(RequestChecksumCalculation::WhenRequired),
            responses: config.response_checksum_validation() != Some(ResponseChecksumValidation::WhenRequired),
        }
    }
}

impl Default for ChecksumPolicy {
    fn default() -> Self {
        Self { requests: true, responses: true }
    }
}

impl Storable for ChecksumPolicy {
    type Storer = StoreReplace<Self>;
}

/// That the checksum of the response is verified.
#[derive(Clone, Copy, Debug)]
struct Verify;

impl Storable for Verify {
    type Storer = StoreReplace<Self>;
}

/// The algorithm of a request's checksum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Algorithm {
    None,
    /// The client chose it, and filled it in.
    Default,
    Chosen(ChecksumAlgorithm),
    /// One that the client does not know: the program must send the checksum itself.
    Unknown(String),
}

/// A request that names an algorithm and has no checksum.
#[derive(Debug, thiserror::Error)]
#[error("the client does not know the algorithm `{0}`: send the checksum with the request, or choose another algorithm")]
struct UnknownAlgorithm(String);

/// Fills in what the request does not say: the algorithm of its checksum, and whether the response should have one.
pub(crate) fn settle(info: &OperationInfo, members: ChecksumMembers<'_>, config: &mut ConfigBag) -> Algorithm {
    let policy = config.load::<ChecksumPolicy>().copied().unwrap_or_default();
    let ChecksumMembers { algorithm, mut mode } = members;
    if !info.response_checksums.is_empty() {
        if let Some(mode) = mode.as_mut().filter(|mode| mode.text().is_none() && policy.responses) {
            mode.set_text(Some(ENABLED));
        }
        if mode.is_some_and(|mode| mode.text() == Some(ENABLED)) {
            config.interceptor_state().store_put(Verify);
        }
    }
    let is_wanted = match info.checksum {
        RequestChecksum::None | RequestChecksum::ContentMd5 => return Algorithm::None,
        RequestChecksum::Supported => policy.requests,
        RequestChecksum::Required => true,
    };
    match algorithm {
        Some(member) if member.text().is_none() && is_wanted => {
            member.set_text(Some(ChecksumAlgorithm::DEFAULT.name()));
            Algorithm::Default
        }
        Some(member) => match member.text() {
            Some(name) => ChecksumAlgorithm::named(name).map_or_else(|| Algorithm::Unknown(name.to_owned()), Algorithm::Chosen),
            None => Algorithm::None,
        },
        None if is_wanted => Algorithm::Chosen(ChecksumAlgorithm::DEFAULT),
        None => Algorithm::None,
    }
}

/// Whether the program sends a checksum itself, by whatever algorithm.
pub(crate) fn has_own(headers: &HeaderMap) -> bool {
    let names = headers.keys().filter_map(|name| name.as_str().strip_prefix(PREFIX));
    names.into_iter().any(|name| !NO_CHECKSUMS.contains(&name))
}

impl Algorithm {
    /// The algorithm of the checksum that the client makes.
    ///
    /// # Errors
    ///
    /// One that it does not know.
    pub(crate) fn known(self) -> Result<Option<ChecksumAlgorithm>, BoxError> {
        match self {
            Self::None => Ok(None),
            Self::Default => Ok(Some(ChecksumAlgorithm::DEFAULT)),
            Self::Chosen(algorithm) => Ok(Some(algorithm)),
            Self::Unknown(name) => Err(UnknownAlgorithm(name).into()),
        }
    }
}

/// Gives a request its `content-md5`, unless it has one.
///
/// # Errors
///
/// A stream.
pub(crate) fn set_md5(request: &mut http::Request<SdkBody>) -> Result<(), BoxError> {
    if request.headers().contains_key(CONTENT_MD5) {
        return Ok(());
    }
    let advice = "a stream has no checksum beforehand: send the header content-md5 with the call";
    let checksum = Digest::md5().of(request.body().bytes().ok_or(advice)?);
    request.headers_mut().insert(CONTENT_MD5, HeaderValue::try_from(checksum)?);
    Ok(())
}

/// Gives a request its checksum: a header, or a trailer of a body that becomes one in chunks.
///
/// # Errors
///
/// None that a header of the program's does not have.
pub(crate) fn set(request: &mut http::Request<SdkBody>, algorithm: ChecksumAlgorithm) -> Result<(), BoxError> {
    if let Some(bytes) = request.body().bytes() {
        let checksum = HeaderValue::try_from(Digest::new(algorithm).of(bytes))?;
        request.headers_mut().insert(algorithm.header(), checksum);
        return Ok(());
    }
    let body = std::mem::replace(request.body_mut(), SdkBody::taken());
    let headers = request.headers_mut();
    let said = headers.get(CONTENT_LENGTH).cloned();
    if let Some(length) = body.content_length().map(HeaderValue::from).or(said) {
        headers.insert(DECODED_LENGTH, length);
    }
    headers.remove(CONTENT_LENGTH);
    headers.insert(TRAILER, HeaderValue::from_name(algorithm.header()));
    add_coding(headers, AWS_CHUNKED)?;
    *request.body_mut() = SdkBody::from_body_1_x(ChunkedBody::new(body, algorithm));
    Ok(())
}

/// Has the signature cover that there is a trailer, and not what it will be.
pub(crate) fn settle_signature(request: &http::Request<SdkBody>, config: &mut ConfigBag) {
    if !request.headers().contains_key(TRAILER) {
        return;
    }
    let mut signing = config.load::<SigV4OperationSigningConfig>().cloned().unwrap_or_default();
    signing.signing_options.content_sha256_header = true;
    let state = config.interceptor_state();
    state.store_put(signing);
    state.store_put(PayloadSigningOverride::StreamingUnsignedPayloadTrailer);
}

/// The checksum that the body of an answer should have, if it was asked for and came.
pub(crate) fn expected(info: &OperationInfo, response: &HttpResponse, config: &ConfigBag) -> Option<Expected> {
    config.load::<Verify>()?;
    // What an answer to HEAD says of a body is said of another's.
    if info.method == "HEAD" {
        return None;
    }
    let known = ChecksumAlgorithm::ALL.into_iter().filter(|algorithm| info.response_checksums.contains(algorithm));
    let (algorithm, value) = known.into_iter().find_map(|it| Some((it, response.headers().get(it.header())?)))?;
    (!is_of_parts(value)).then(|| Expected::header(algorithm.header(), value, Digest::new(algorithm)))
}

/// Whether a checksum is one of checksums, of an object that was uploaded in parts: the number of these is behind it.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html>
fn is_of_parts(value: &str) -> bool {
    value.rsplit_once('-').is_some_and(|(_, parts)| !parts.is_empty() && parts.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A body that is verified while it is read.
pub(crate) fn verified(body: SdkBody, expected: Expected) -> VerifiedBody {
    VerifiedBody::new(stream::boxed(body), vec![expected])
}

/// Whether all of a body has its checksum.
///
/// # Errors
///
/// It has another.
pub(crate) fn verify(body: &[u8], expected: Option<Expected>) -> Result<(), ChecksumError> {
    expected.map_or(Ok(()), |expected| expected.verify(body))
}
