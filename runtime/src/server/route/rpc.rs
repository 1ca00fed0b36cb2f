//! From what names an operation, in a header or in the path, to the operation.

use super::{Route, Target};
use crate::error::ServiceName;
use crate::operation::OperationInfo;
use crate::protocol::{SMITHY_PROTOCOL, TARGET};
use crate::server::Rejection;
use http::header::CONTENT_TYPE;
use std::collections::HashMap;

/// The one method of these protocols.
const METHOD: &str = "POST";

/// The operations of a service, by their names.
#[derive(Debug)]
struct Operations {
    service: ServiceName,
    by_name: HashMap<&'static str, usize>,
}

impl Operations {
    fn new(service: ServiceName, operations: &'static [OperationInfo]) -> Self {
        let by_name = operations.iter().enumerate().map(|(index, operation)| (operation.name, index)).collect();
        Self { service, by_name }
    }

    fn find(&self, method: &str, service: &str, operation: &str) -> Result<usize, Rejection> {
        let found = self.by_name.get(operation).filter(|_| service == self.service.name);
        match found {
            None => Err(Rejection::unknown_operation()),
            Some(_) if method != METHOD => Err(Rejection::method(&[METHOD])),
            Some(index) => Ok(*index),
        }
    }
}

/// Operations that the header `x-amz-target` names.
#[derive(Debug)]
pub struct TargetRouter {
    operations: Operations,
    media_type: &'static str,
}

impl TargetRouter {
    /// A router of these operations, in the version of the protocol that has this media type.
    pub fn new(service: ServiceName, operations: &'static [OperationInfo], media_type: &'static str) -> Self {
        Self { operations: Operations::new(service, operations), media_type }
    }

    /// Whether a request is of another version: it says another content type that is one.
    fn is_of_other_version(&self, request: Target<'_>) -> bool {
        let said = request.headers.get(CONTENT_TYPE).and_then(|said| said.to_str().ok()).unwrap_or_default();
        said.starts_with("application/x-amz-json-") && !said.starts_with(self.media_type)
    }
}

impl Route for TargetRouter {
    fn find(&self, request: Target<'_>) -> Option<Result<usize, Rejection>> {
        let target = request.headers.get(TARGET)?;
        if self.is_of_other_version(request) {
            return None;
        }
        let names = target.to_str().ok().and_then(|target| target.split_once('.')).filter(|_| request.path == "/");
        Some(match names {
            Some((service, operation)) => self.operations.find(request.method, service, operation),
            None => Err(Rejection::unknown_operation()),
        })
    }
}

/// Operations that the path names: `/service/Desk/operation/GetContact`, behind whatever is in front of it.
#[derive(Debug)]
pub struct RpcV2Router {
    operations: Operations,
    protocol: &'static str,
}

impl RpcV2Router {
    /// A router of these operations, in the flavor that the header `smithy-protocol` calls so.
    pub fn new(service: ServiceName, operations: &'static [OperationInfo], protocol: &'static str) -> Self {
        Self { operations: Operations::new(service, operations), protocol }
    }
}

impl Route for RpcV2Router {
    fn find(&self, request: Target<'_>) -> Option<Result<usize, Rejection>> {
        request.headers.get(SMITHY_PROTOCOL).filter(|name| *name == self.protocol)?;
        let mut segments = request.path.rsplit('/');
        let mut next = || segments.next().unwrap_or_default();
        let (operation, operation_word, service, service_word) = (next(), next(), next(), next());
        Some(match (service_word, operation_word) {
            ("service", "operation") => self.operations.find(request.method, service, operation),
            _ => Err(Rejection::unknown_operation()),
        })
    }
}
