//! Checksums of bodies: <https://smithy.io/2.0/aws/aws-core.html#http-checksums>.

/// The checksum that requests of an operation have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestChecksum {
    /// `smithy.api#httpChecksumRequired`: a `content-md5`.
    ContentMd5,
    /// `aws.protocols#httpChecksum`: one of several algorithms.
    Chosen {
        /// The member that names the algorithm.
        algorithm_member: Option<String>,
        /// Whether there must be one.
        required: bool,
    },
}

/// The checksums that responses of an operation may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseChecksum {
    /// The member of the input that asks for one.
    pub mode_member: String,
    /// The algorithms that clients verify.
    pub algorithms: Vec<ChecksumAlgorithm>,
}

/// The algorithms that are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChecksumAlgorithm {
    /// `CRC32`.
    Crc32,
    /// `CRC32C`.
    Crc32C,
    /// `CRC64NVME`.
    Crc64Nvme,
    /// `SHA1`.
    Sha1,
    /// `SHA256`.
    Sha256,
}

impl ChecksumAlgorithm {
    /// All of them, with what models call them.
    pub const ALL: [(&'static str, Self); 5] = [
        ("CRC32", Self::Crc32),
        ("CRC32C", Self::Crc32C),
        ("CRC64NVME", Self::Crc64Nvme),
        ("SHA1", Self::Sha1),
        ("SHA256", Self::Sha256),
    ];
}
