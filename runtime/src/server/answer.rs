//! What is answered.

use crate::codec::Encode;
use crate::error::{Exception, ServiceError};
use crate::rest_json;
use bytes::Bytes;
use http::header::{ALLOW, CONTENT_TYPE};
use http::{HeaderName, HeaderValue, Response, StatusCode};
use http_body_util::Full;

const ERROR_TYPE: HeaderName = HeaderName::from_static(rest_json::ERROR_TYPE);
const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");

/// The body of a response.
pub type ResponseBody = Full<Bytes>;

/// A response, before it is put in HTTP's terms.
#[derive(Debug)]
pub struct Answer {
    status: StatusCode,
    /// The error's name, when it is one.
    code: Option<String>,
    /// The methods that the path has, when it has not the request's.
    allow: Option<String>,
    body: Vec<u8>,
}

/// The answer to an operation whose success has this status.
pub fn answer<T: Encode, E: ServiceError>(status: u16, result: Result<T, E>) -> Answer {
    match result {
        Ok(response) => Answer::success(status, rest_json::write_response(&response)),
        Err(error) => Answer::error(&error),
    }
}

impl Answer {
    /// A success. Its status is the model's, so that one out of range is a slip there, and the operation has succeeded.
    fn success(status: u16, body: Vec<u8>) -> Self {
        Self { status: StatusCode::from_u16(status).unwrap_or(StatusCode::OK), code: None, allow: None, body }
    }

    /// An error of the service.
    pub(super) fn error<E: ServiceError>(error: &E) -> Self {
        let (status, code, body) = rest_json::write_error(error);
        Self::exception(error.exception(), status, code, body)
    }

    fn exception(error: &dyn Exception, status: u16, code: String, body: Vec<u8>) -> Self {
        let status = error_status(status);
        if status.is_server_error() {
            tracing::error!(code, %error, "the service failed");
        }
        Self { status, code: Some(code), allow: None, body }
    }

    /// An error of the framework.
    pub(super) fn rejection(status: u16, code: &str, allow: Option<String>, body: Vec<u8>) -> Self {
        Self { status: error_status(status), code: Some(code.to_owned()), allow, body }
    }

    pub(super) fn status(&self) -> u16 {
        self.status.as_u16()
    }

    pub(super) fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    pub(super) fn into_response(self, request_id: &str) -> Response<ResponseBody> {
        let has_body = !matches!(self.status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED);
        let body = if has_body { Bytes::from(self.body) } else { Bytes::new() };
        let mut response = Response::new(Full::new(body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        if has_body {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(rest_json::CONTENT_TYPE));
        }
        // A text that no header can hold, as an error's code from further on may be, is left out.
        let mut set = |name, text: Option<&str>| {
            if let Some(value) = text.filter(|it| !it.is_empty()).and_then(|it| HeaderValue::try_from(it).ok()) {
                headers.insert(name, value);
            }
        };
        set(REQUEST_ID, Some(request_id));
        set(ERROR_TYPE, self.code.as_deref());
        set(ALLOW, self.allow.as_deref());
        response
    }
}

/// An error with a success's status would be taken for one.
fn error_status(status: u16) -> StatusCode {
    match StatusCode::from_u16(status) {
        Ok(status) if status.is_client_error() || status.is_server_error() => status,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
