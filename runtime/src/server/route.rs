//! From a request to a protocol, and to an operation.

mod path;
mod rpc;

pub use path::PathRouter;
pub use rpc::{RpcV2Router, TargetRouter};

use super::Rejection;
use super::protocol::{ProtocolTable, Protocols};
use crate::error::ServiceName;
use crate::operation::OperationInfo;
use http::HeaderMap;

/// Where a request goes.
#[derive(Clone, Copy, Debug)]
pub struct Target<'r> {
    /// The method.
    pub method: &'r str,
    /// The path as it was sent, percent-encoded.
    pub path: &'r str,
    /// The query as it was sent, without the question mark.
    pub query: &'r str,
    /// The headers.
    pub headers: &'r HeaderMap,
}

/// How a protocol says which operation a request is for.
pub trait Route: Send + Sync + 'static {
    /// The operation, by its place in the list; `None` when the request is of another protocol.
    fn find(&self, request: Target<'_>) -> Option<Result<usize, Rejection>>;
}

/// The operations of a service, in each of the protocols that it speaks.
pub struct Router {
    operations: &'static [OperationInfo],
    protocols: Vec<ProtocolTable>,
}

/// Where a request leads.
#[derive(Clone, Copy)]
pub(super) struct Found {
    /// The protocol, by its place in the list.
    pub(super) protocol: usize,
    /// The operation, by its place in the list.
    pub(super) operation: usize,
}

impl Router {
    /// A router of these operations, which it knows by their places in the list.
    pub fn new<P: Protocols>(service: ServiceName, operations: &'static [OperationInfo]) -> Self {
        let mut protocols = Vec::new();
        P::tables(service, operations, &mut protocols);
        Self { operations, protocols }
    }

    pub(super) fn len(&self) -> usize {
        self.operations.len()
    }

    /// What is known of the operation at this place.
    pub(super) fn operation(&self, index: usize) -> &'static OperationInfo {
        &self.operations[index]
    }

    /// What is known of the protocol at this place.
    pub(super) fn protocol(&self, index: usize) -> &ProtocolTable {
        &self.protocols[index]
    }

    /// The operation of a request, in the first protocol that it is of.
    ///
    /// # Errors
    ///
    /// The protocol has no operation for it; one that is of no protocol is the last one's.
    pub(super) fn find(&self, request: Target<'_>) -> Result<Found, (usize, Rejection)> {
        let found = self.protocols.iter().enumerate().find_map(|(index, table)| Some((index, table.route.find(request)?)));
        match found {
            Some((protocol, Ok(operation))) => Ok(Found { protocol, operation }),
            Some((protocol, Err(rejection))) => Err((protocol, rejection)),
            None => Err((self.protocols.len() - 1, Rejection::unknown_operation())),
        }
    }
}
