//! <https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html>

use super::{Botocore, Definition};
use crate::ir::TimestampFormat;

pub(super) const DEFINITION: Definition = Definition {
    id: "aws.protocols#restJson1",
    botocore: Some(Botocore { protocol: "rest-json", json_version: None }),
    runtime: "RestJson1",
    binds_http: true,
    reads_json_names: true,
    timestamps: Some(TimestampFormat::EpochSeconds),
};
