//! Checksums, computed piece by piece.

use super::ChecksumAlgorithm;
use aws_smithy_types::base64;
use crc_fast::CrcAlgorithm;
use http::HeaderName;
use md5::{Digest as _, Md5};
use sha1::Sha1;
use sha2::Sha256;

/// <https://smithy.io/2.0/spec/http-bindings.html#httpchecksumrequired-trait>
pub(crate) const CONTENT_MD5: HeaderName = HeaderName::from_static("content-md5");

/// A checksum of what was given so far.
#[derive(Clone, Debug)]
pub(crate) enum Digest {
    Crc64(crc_fast::Digest),
    Crc32(crc_fast::Digest),
    Sha1(Sha1),
    Sha256(Sha256),
    Md5(Md5),
}

impl Digest {
    /// That of nothing yet.
    pub(crate) fn new(algorithm: ChecksumAlgorithm) -> Self {
        match algorithm {
            ChecksumAlgorithm::Crc64Nvme => Self::Crc64(crc_fast::Digest::new(CrcAlgorithm::Crc64Nvme)),
            ChecksumAlgorithm::Crc32C => Self::Crc32(crc_fast::Digest::new(CrcAlgorithm::Crc32Iscsi)),
            ChecksumAlgorithm::Crc32 => Self::Crc32(crc_fast::Digest::new(CrcAlgorithm::Crc32IsoHdlc)),
            ChecksumAlgorithm::Sha1 => Self::Sha1(Sha1::new()),
            ChecksumAlgorithm::Sha256 => Self::Sha256(Sha256::new()),
        }
    }

    /// That of a `content-md5`.
    pub(crate) fn md5() -> Self {
        Self::Md5(Md5::new())
    }

    /// Goes on.
    pub(crate) fn update(&mut self, data: &[u8]) {
        match self {
            Self::Crc64(crc) | Self::Crc32(crc) => crc.update(data),
            Self::Sha1(sha) => sha.update(data),
            Self::Sha256(sha) => sha.update(data),
            Self::Md5(md5) => md5.update(data),
        }
    }

    /// The checksum as it travels, in base64.
    pub(crate) fn finish(self) -> String {
        match self {
            Self::Crc64(crc) => base64::encode(crc.finalize().to_be_bytes()),
            // Of the eight bytes, the first four are zero.
            Self::Crc32(crc) => base64::encode(&crc.finalize().to_be_bytes()[4..]),
            Self::Sha1(sha) => base64::encode(sha.finalize()),
            Self::Sha256(sha) => base64::encode(sha.finalize()),
            Self::Md5(md5) => base64::encode(md5.finalize()),
        }
    }

    /// That of all of a body.
    #[cfg(any(test, feature = "client"))]
    pub(crate) fn of(mut self, body: &[u8]) -> String {
        self.update(body);
        self.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The check values of the catalogue of CRCs, and of the standards of the others.
    #[test]
    fn checksums_of_the_nine_digits_are_those_that_are_published() {
        for (algorithm, expected) in [
            (ChecksumAlgorithm::Crc64Nvme, "rosUhgp5mIg="),
            (ChecksumAlgorithm::Crc32C, "4waSgw=="),
            (ChecksumAlgorithm::Crc32, "y/Q5Jg=="),
            (ChecksumAlgorithm::Sha1, "98O8HYCOBHMq32eZZczDTKeuNEE="),
            (ChecksumAlgorithm::Sha256, "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="),
        ] {
            assert_eq!(Digest::new(algorithm).of(b"123456789"), expected, "{algorithm:?}");
        }
        assert_eq!(Digest::md5().of(b"123456789"), "JfnnlDI7RTiF9RgfG2JNCw==");
    }

    #[test]
    fn pieces_have_the_checksum_of_the_whole() {
        for algorithm in ChecksumAlgorithm::ALL {
            let mut digest = Digest::new(algorithm);
            b"123456789".chunks(2).for_each(|piece| digest.update(piece));
            assert_eq!(digest.finish(), Digest::new(algorithm).of(b"123456789"));
        }
    }
}
