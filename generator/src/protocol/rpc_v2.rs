//! <https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html>

use super::{Botocore, Definition};
use crate::ir::TimestampFormat;

pub(super) const CBOR: Definition = Definition {
    id: "smithy.protocols#rpcv2Cbor",
    botocore: Some(Botocore { protocol: "smithy-rpc-v2-cbor", json_version: None }),
    runtime: "RpcV2Cbor",
    binds_http: false,
    reads_json_names: false,
    timestamps: None,
};

pub(super) const JSON: Definition = Definition {
    id: "smithy.protocols#rpcv2Json",
    botocore: None,
    runtime: "RpcV2Json",
    binds_http: false,
    reads_json_names: false,
    timestamps: Some(TimestampFormat::EpochSeconds),
};
