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

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, HeaderName, HeaderValue};

    const DESK: ServiceName = ServiceName::new("example.desk", "Desk");
    static OPERATIONS: &[OperationInfo] = &[OperationInfo::rpc("Open", &[]), OperationInfo::rpc("Close", &[])];

    /// The operation or the status of a refusal; `None` when the request is of another protocol.
    fn find(route: &dyn Route, method: &str, path: &str, headers: &[(&'static str, &'static str)]) -> Option<Result<usize, u16>> {
        let header =
            |(name, value): &(&'static str, &'static str)| (HeaderName::from_static(name), HeaderValue::from_static(value));
        let headers: HeaderMap = headers.iter().map(header).collect();
        let found = route.find(Target { method, path, query: "", headers: &headers })?;
        Some(found.map_err(|rejection| rejection.status()))
    }

    #[test]
    fn a_target_names_service_and_operation() {
        let router = TargetRouter::new(DESK, OPERATIONS, "application/x-amz-json-1.0");
        let find = |method, path, target| find(&router, method, path, &[("x-amz-target", target)]);
        assert_eq!(find("POST", "/", "Desk.Close"), Some(Ok(1)));
        assert_eq!(find("GET", "/", "Desk.Close"), Some(Err(405)));
        for (path, target) in [("/", "Desk.Shut"), ("/", "Table.Close"), ("/", "Close"), ("/", ""), ("/x", "Desk.Close")] {
            assert_eq!(find("POST", path, target), Some(Err(404)), "{path} {target}");
        }
    }

    #[test]
    fn a_request_without_a_target_or_of_another_version_is_of_another_protocol() {
        let router = TargetRouter::new(DESK, OPERATIONS, "application/x-amz-json-1.0");
        assert_eq!(find(&router, "POST", "/", &[]), None);
        let with = |media_type| find(&router, "POST", "/", &[("x-amz-target", "Desk.Open"), ("content-type", media_type)]);
        assert_eq!(with("application/x-amz-json-1.1"), None);
        assert_eq!(with("application/x-amz-json-1.0"), Some(Ok(0)));
        assert_eq!(with("application/x-amz-json-1.0; charset=utf-8"), Some(Ok(0)));
        assert_eq!(with("text/plain"), Some(Ok(0)), "refused later, and in this protocol");
    }

    #[test]
    fn a_path_names_service_and_operation_behind_whatever_is_in_front_of_it() {
        let router = RpcV2Router::new(DESK, OPERATIONS, "rpc-v2-cbor");
        let find = |method, path| find(&router, method, path, &[("smithy-protocol", "rpc-v2-cbor")]);
        assert_eq!(find("POST", "/service/Desk/operation/Open"), Some(Ok(0)));
        assert_eq!(find("POST", "/v1/desks/service/Desk/operation/Close"), Some(Ok(1)));
        assert_eq!(find("PUT", "/service/Desk/operation/Open"), Some(Err(405)));
        let unknown = ["/", "", "/service/Desk/operation/", "/service/Desk/operation/Open/", "/service/Table/operation/Open"];
        for path in unknown.into_iter().chain(["/services/Desk/operation/Open", "/service/Desk/Open", "operation/Open"]) {
            assert_eq!(find("POST", path), Some(Err(404)), "{path}");
        }
    }

    #[test]
    fn a_request_that_does_not_name_the_protocol_is_of_another() {
        let router = RpcV2Router::new(DESK, OPERATIONS, "rpc-v2-cbor");
        let path = "/service/Desk/operation/Open";
        assert_eq!(find(&router, "POST", path, &[]), None);
        assert_eq!(find(&router, "POST", path, &[("smithy-protocol", "rpc-v2-json")]), None);
    }
}
