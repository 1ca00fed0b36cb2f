//! <https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html>,
//! <https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html>

use super::{Botocore, Definition};
use crate::ir::TimestampFormat;

pub(super) const VERSION_1_0: Definition = version("aws.protocols#awsJson1_0", "1.0", "AwsJson1_0");

pub(super) const VERSION_1_1: Definition = version("aws.protocols#awsJson1_1", "1.1", "AwsJson1_1");

const fn version(id: &'static str, version: &'static str, runtime: &'static str) -> Definition {
    Definition {
        id,
        botocore: Some(Botocore { protocol: "json", json_version: Some(version) }),
        runtime,
        binds_http: false,
        reads_json_names: false,
        timestamps: Some(TimestampFormat::EpochSeconds),
    }
}
