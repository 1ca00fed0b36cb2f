//! What a service may know of the request beside its members.

use crate::operation::OperationInfo;
use crate::random::random_uuid;
use http::request::Parts;
use http::{Extensions, HeaderMap, Method, Uri};
use std::fmt;
use std::sync::Arc;

/// A request's id, where a layer outside has chosen one: put it in the request's extensions.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RequestId(pub String);

impl RequestId {
    /// A new one: a random UUID. It need not be secret.
    pub(super) fn random() -> Self {
        Self(random_uuid())
    }
}

/// A request, without its body. Clones share it.
#[derive(Clone)]
pub struct RequestContext(Arc<Inner>);

struct Inner {
    operation: &'static OperationInfo,
    request_id: String,
    parts: Parts,
}

impl RequestContext {
    pub(super) fn new(operation: &'static OperationInfo, request_id: String, parts: Parts) -> Self {
        Self(Arc::new(Inner { operation, request_id, parts }))
    }

    /// The operation that is called.
    pub fn operation(&self) -> &'static OperationInfo {
        self.0.operation
    }

    /// The request's id, which the response carries.
    pub fn request_id(&self) -> &str {
        &self.0.request_id
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.0.parts.method
    }

    /// The URI, percent-encoded as it was sent.
    pub fn uri(&self) -> &Uri {
        &self.0.parts.uri
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.parts.headers
    }

    /// What layers outside have learnt, a verified caller say.
    pub fn extensions(&self) -> &Extensions {
        &self.0.parts.extensions
    }
}

/// Neither URI nor headers, which hold labels and credentials.
impl fmt::Debug for RequestContext {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RequestContext")
            .field("operation", &self.0.operation.name)
            .field("request_id", &self.0.request_id)
            .finish_non_exhaustive()
    }
}
