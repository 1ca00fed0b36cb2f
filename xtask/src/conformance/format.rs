//! What bodies are made of: how suites write them, and what they are compared as.

use anyhow::Context;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use smithwright::ir::Protocol;

/// What a body is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Compared by value; what is no JSON by bytes.
    Json,
    /// Written in base64, and compared by value.
    Cbor,
    /// Compared by bytes.
    Other,
}

impl Format {
    /// That of a media type.
    fn of(media_type: &str) -> Self {
        match media_type {
            "application/json" | "application/x-amz-json-1.0" | "application/x-amz-json-1.1" => Self::Json,
            "application/cbor" => Self::Cbor,
            other if other.ends_with("+json") => Self::Json,
            _ => Self::Other,
        }
    }

    /// That of a case's body: some cases do not say their media type, and mean the protocol's own.
    pub(crate) fn of_case(protocol: Protocol, media_type: Option<&str>) -> Self {
        Self::of(media_type.unwrap_or(own_media_type(protocol)))
    }

    /// The bytes that a suite means by a text.
    pub(crate) fn bytes(self, text: &str) -> anyhow::Result<Vec<u8>> {
        match self {
            Self::Cbor => BASE64_STANDARD.decode(text).with_context(|| format!("`{text}` is no base64")),
            Self::Json | Self::Other => Ok(text.as_bytes().to_vec()),
        }
    }
}

/// What the values of a protocol say that they are.
pub(super) fn own_media_type(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::RpcV2Cbor => "application/cbor",
        Protocol::RpcV2Json | Protocol::RestJson1 => "application/json",
        Protocol::AwsJson1_0 => "application/x-amz-json-1.0",
        Protocol::AwsJson1_1 => "application/x-amz-json-1.1",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cbor_is_written_in_base64_said_or_not() {
        for media_type in [None, Some("application/cbor")] {
            let format = Format::of_case(Protocol::RpcV2Cbor, media_type);
            assert_eq!(format.bytes("v/8=").unwrap(), [0xbf, 0xff]);
            assert!(format.bytes("{}").is_err());
        }
        assert_eq!(Format::of_case(Protocol::RestJson1, None).bytes("v/8=").unwrap(), b"v/8=");
    }

    #[test]
    fn a_media_type_says_the_format_whatever_the_protocol() {
        assert_eq!(Format::of_case(Protocol::RpcV2Cbor, Some("application/json")), Format::Json);
        assert_eq!(Format::of_case(Protocol::AwsJson1_1, None), Format::Json);
        assert_eq!(Format::of_case(Protocol::RestJson1, Some("application/problem+json")), Format::Json);
        assert_eq!(Format::of_case(Protocol::RestJson1, Some("text/plain")), Format::Other);
    }
}
