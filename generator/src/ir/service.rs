//! The service: <https://smithy.io/2.0/spec/service-types.html#service>.

use super::{Auth, Protocols};
use crate::diagnostic::Place;

/// What is known of a service beside its operations.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// The service's name as AWS's SDKs say it (`sdkId`): `Connect`.
    pub sdk_id: String,
    /// The namespace of its shapes, in Smithy; empty in formats without.
    pub namespace: String,
    /// The name of its shape, by which some protocols call it: `DynamoDB_20120810`.
    pub shape_name: String,
    /// The ways to authenticate requests, unless an operation says it.
    pub auth: Vec<Auth>,
    /// Whether its errors have codes of a protocol that it spoke before (`aws.protocols#awsQueryCompatible`).
    pub query_compatible: bool,
    /// The full name: `Amazon Connect Service`.
    pub title: String,
    /// The version of the API: a date.
    pub version: String,
    /// The id of the API in AWS's documentation: `connect-2017-08-08`. `None` for a service that is not AWS's.
    pub uid: Option<String>,
    /// The name that requests are signed for.
    pub signing_name: String,
    /// The protocols that it speaks.
    pub protocols: Protocols,
    /// Where the model defines it.
    pub place: Place,
}
