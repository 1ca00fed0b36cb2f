//! What the protocols of a service make of its model.

use crate::ir::Service;

/// What counts, for some protocol of the service.
#[derive(Clone, Copy, Debug)]
pub(super) struct Speech {
    /// Whether members are bound to parts of HTTP.
    pub(super) binds_http: bool,
    /// Whether `smithy.api#jsonName` names members.
    pub(super) reads_json_names: bool,
    /// Whether errors have codes of a protocol that the service spoke before.
    pub(super) query_compatible: bool,
}

impl Speech {
    /// That of a service. One that could not be read is taken for one that all of its model counts for.
    pub(super) fn of(service: Option<&Service>) -> Self {
        let protocols = service.map(|service| &service.protocols);
        Self {
            binds_http: protocols.is_none_or(|protocols| protocols.bind_http()),
            reads_json_names: protocols.is_none_or(|protocols| protocols.read_json_names()),
            query_compatible: service.is_some_and(|service| service.query_compatible),
        }
    }
}
