//! What protocols decide, a file each: <https://smithy.io/2.0/spec/protocol-traits.html>.
//!
//! The model says which protocols a service speaks ([`Protocols`]); everything that follows from that for what is generated is in a
//! [`Definition`], and how it is done on the wire is in the runtime.

mod aws_json;
mod http_bindings;
mod rest_json_1;
mod rpc_v2;

pub use http_bindings::{BYTES, TEXT, timestamps_outside_the_body};

use crate::ir::{Protocol, Protocols, TimestampFormat};

/// What a protocol decides.
#[derive(Debug)]
pub struct Definition {
    /// The id of its trait in Smithy.
    pub id: &'static str,
    /// What botocore's models call it; `None` when no AWS service speaks it.
    pub botocore: Option<Botocore>,
    /// The type in the runtime that speaks it.
    pub runtime: &'static str,
    /// Whether members are bound to labels, the query, headers and payloads; otherwise all of them are in the body.
    pub binds_http: bool,
    /// Whether a member is called in the body what `smithy.api#jsonName` says.
    pub reads_json_names: bool,
    /// What a timestamp in the body is, where the model does not say it; `None`, when the model has no say.
    pub timestamps: Option<TimestampFormat>,
}

/// What botocore's models call a protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Botocore {
    /// `protocol`, or one of `protocols`.
    pub protocol: &'static str,
    /// `jsonVersion`, if it counts.
    pub json_version: Option<&'static str>,
}

impl Definition {
    /// Its name without the namespace, as models.toml may have it: `restJson1`.
    pub fn name(&self) -> &'static str {
        self.id.rsplit('#').next().unwrap_or(self.id)
    }
}

impl Protocol {
    /// All of them. A client prefers the first: <https://smithy.io/2.0/guides/client-guidance/application-protocols/index.html>.
    pub const ALL: [Self; 5] = [Self::RpcV2Cbor, Self::RpcV2Json, Self::AwsJson1_0, Self::AwsJson1_1, Self::RestJson1];

    /// What it decides.
    pub fn definition(self) -> &'static Definition {
        match self {
            Self::RpcV2Cbor => &rpc_v2::CBOR,
            Self::RpcV2Json => &rpc_v2::JSON,
            Self::AwsJson1_0 => &aws_json::VERSION_1_0,
            Self::AwsJson1_1 => &aws_json::VERSION_1_1,
            Self::RestJson1 => &rest_json_1::DEFINITION,
        }
    }
}

impl Protocols {
    /// Whether one of them binds members to parts of HTTP.
    pub fn bind_http(&self) -> bool {
        self.definitions().any(|definition| definition.binds_http)
    }

    /// Whether one of them has all members in the body.
    pub fn call_procedures(&self) -> bool {
        self.definitions().any(|definition| !definition.binds_http)
    }

    /// Whether one of them takes the names of members from `smithy.api#jsonName`.
    pub fn read_json_names(&self) -> bool {
        self.definitions().any(|definition| definition.reads_json_names)
    }

    /// Whether a timestamp of this format in the body is what all of them write anyway.
    pub fn write_timestamps_as(&self, format: TimestampFormat) -> bool {
        self.definitions().filter_map(|definition| definition.timestamps).all(|usual| usual == format)
    }

    fn definitions(&self) -> impl Iterator<Item = &'static Definition> {
        self.iter().map(Protocol::definition)
    }
}
