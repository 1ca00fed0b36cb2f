//! Checksums of bodies: <https://smithy.io/2.0/aws/aws-core.html#http-checksums>.
//!
//! What an operation asks for is data. What computes, sends and verifies checksums is behind the feature `checksum`, which the crates of
//! services that have them turn on.

#[cfg(feature = "checksum")]
mod chunked;
#[cfg(feature = "checksum")]
mod digest;
#[cfg(feature = "checksum")]
mod verified;

#[cfg(all(feature = "checksum", feature = "client"))]
pub(crate) use chunked::ChunkedBody;
#[cfg(all(feature = "checksum", feature = "server"))]
pub(crate) use chunked::UnchunkedBody;
#[cfg(feature = "checksum")]
pub(crate) use digest::{CONTENT_MD5, Digest};
#[cfg(feature = "checksum")]
pub(crate) use verified::{ChecksumError, Expected, VerifiedBody};

use crate::enumeration::Enumeration;
use http::HeaderName;
use std::fmt;

/// What goes before the name of an algorithm in that of a header.
#[cfg(all(feature = "checksum", feature = "client"))]
pub(crate) const PREFIX: &str = "x-amz-checksum-";

/// The coding of a body that is sent in chunks, with its checksum behind them:
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html>.
#[cfg(feature = "checksum")]
pub(crate) const AWS_CHUNKED: &str = "aws-chunked";

/// The length of a body in chunks before it was.
#[cfg(feature = "checksum")]
pub(crate) const DECODED_LENGTH: HeaderName = HeaderName::from_static("x-amz-decoded-content-length");

/// The names of the headers behind the chunks.
#[cfg(feature = "checksum")]
pub(crate) const TRAILER: HeaderName = HeaderName::from_static("x-amz-trailer");

/// The checksum that requests of an operation have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestChecksum {
    /// None.
    None,
    /// `content-md5`: `smithy.api#httpChecksumRequired`.
    ContentMd5,
    /// One in a header or a trailer, if the client sends any: `aws.protocols#httpChecksum` with a `requestAlgorithmMember`.
    Supported,
    /// One in a header or a trailer: `aws.protocols#httpChecksum` with `requestChecksumRequired`.
    Required,
}

/// The algorithms of `aws.protocols#httpChecksum`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChecksumAlgorithm {
    /// CRC-64/NVME.
    Crc64Nvme,
    /// CRC-32C, Castagnoli's polynomial.
    Crc32C,
    /// CRC-32, as in zip archives.
    Crc32,
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
}

impl ChecksumAlgorithm {
    /// All of them: of several checksums of an answer, a client verifies the first, as AWS's SDKs do.
    pub const ALL: [Self; 5] = [Self::Crc64Nvme, Self::Crc32C, Self::Crc32, Self::Sha1, Self::Sha256];

    /// What a client uses that is not told: the choice of AWS's SDKs.
    pub const DEFAULT: Self = Self::Crc32;

    /// What models and requests call it: `CRC32`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Crc64Nvme => "CRC64NVME",
            Self::Crc32C => "CRC32C",
            Self::Crc32 => "CRC32",
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
        }
    }

    /// The algorithm of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name().eq_ignore_ascii_case(name))
    }

    /// The header, or trailer, of the checksum: its bytes in base64.
    pub const fn header(self) -> HeaderName {
        match self {
            Self::Crc64Nvme => HeaderName::from_static("x-amz-checksum-crc64nvme"),
            Self::Crc32C => HeaderName::from_static("x-amz-checksum-crc32c"),
            Self::Crc32 => HeaderName::from_static("x-amz-checksum-crc32"),
            Self::Sha1 => HeaderName::from_static("x-amz-checksum-sha1"),
            Self::Sha256 => HeaderName::from_static("x-amz-checksum-sha256"),
        }
    }
}

/// The members of a request that say what is done with checksums: a client reads them, and fills them in.
#[derive(Default)]
pub struct ChecksumMembers<'a> {
    pub(crate) algorithm: Option<&'a mut dyn TextMember>,
    pub(crate) mode: Option<&'a mut dyn TextMember>,
}

impl<'a> ChecksumMembers<'a> {
    /// None.
    pub fn new() -> Self {
        Self::default()
    }

    /// With the one that names the algorithm of the request's checksum: `requestAlgorithmMember`.
    #[must_use]
    pub fn algorithm(mut self, member: &'a mut dyn TextMember) -> Self {
        self.algorithm = Some(member);
        self
    }

    /// With the one that asks for a checksum of the response: `requestValidationModeMember`.
    #[must_use]
    pub fn mode(mut self, member: &'a mut dyn TextMember) -> Self {
        self.mode = Some(member);
        self
    }
}

impl<'a> fmt::Debug for ChecksumMembers<'a> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |member: &Option<&'a mut dyn TextMember>| member.as_ref().and_then(|it| it.text()).map(str::to_owned);
        formatter
            .debug_struct("ChecksumMembers")
            .field("algorithm", &text(&self.algorithm))
            .field("mode", &text(&self.mode))
            .finish()
    }
}

/// A member whose value is a text that a client may fill in.
pub trait TextMember {
    /// The text, if it is given.
    fn text(&self) -> Option<&str>;

    /// Gives it, or takes it away.
    fn set_text(&mut self, text: Option<&str>);
}

/// A required member keeps its value.
impl<T: Enumeration> TextMember for T {
    fn text(&self) -> Option<&str> {
        Some(self.as_str())
    }

    fn set_text(&mut self, text: Option<&str>) {
        if let Some(text) = text {
            *self = text.into();
        }
    }
}

impl<T: Enumeration> TextMember for Option<T> {
    fn text(&self) -> Option<&str> {
        self.as_ref().map(T::as_str)
    }

    fn set_text(&mut self, text: Option<&str>) {
        *self = text.map(T::from);
    }
}

/// A required member keeps its value.
impl TextMember for String {
    fn text(&self) -> Option<&str> {
        Some(self)
    }

    fn set_text(&mut self, text: Option<&str>) {
        if let Some(text) = text {
            text.clone_into(self);
        }
    }
}

impl TextMember for Option<String> {
    fn text(&self) -> Option<&str> {
        self.as_deref()
    }

    fn set_text(&mut self, text: Option<&str>) {
        *self = text.map(str::to_owned);
    }
}
