//! What code asks of the runtime beyond what all code does.

use crate::config::Role;
use crate::rust::plan::{Endpoint, Service};

/// A feature of the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feature {
    /// Checksums of bodies.
    Checksum,
    /// The client's driver.
    Client,
    /// Answers to challenges.
    DigestAuth,
    /// Streams of events.
    EventStream,
    /// The server's service.
    Server,
    /// Signatures for several regions.
    Sigv4a,
}

impl Feature {
    /// What manifests call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Checksum => "checksum",
            Self::Client => "client",
            Self::DigestAuth => "digest-auth",
            Self::EventStream => "event-stream",
            Self::Server => "server",
            Self::Sigv4a => "sigv4a",
        }
    }

    /// The macro of the runtime that refuses to compile without it.
    pub(super) fn check(self) -> &'static str {
        match self {
            Self::Checksum => "needs_checksum",
            Self::Client => "needs_client",
            Self::DigestAuth => "needs_digest_auth",
            Self::EventStream => "needs_event_stream",
            Self::Server => "needs_server",
            Self::Sigv4a => "needs_sigv4a",
        }
    }
}

/// What a part of a service needs.
pub(super) fn needed(service: &Service, role: Role) -> Vec<Feature> {
    let all = match role {
        Role::Api => vec![(Feature::Checksum, service.checksums), (Feature::EventStream, service.events)],
        Role::Client => {
            let needs_sigv4a = service.endpoint.as_ref().is_some_and(Endpoint::signs_with_sigv4a);
            vec![(Feature::Client, true), (Feature::DigestAuth, service.identities.digest), (Feature::Sigv4a, needs_sigv4a)]
        }
        Role::Server => vec![(Feature::Server, true)],
    };
    all.into_iter().filter(|(_, is_needed)| *is_needed).map(|(feature, _)| feature).collect()
}
