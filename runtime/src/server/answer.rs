//! What is answered.

use super::response::{self, ResponseBody};
use crate::error::{Exception, ServiceError};
use crate::message::{Message, WriteError};
use crate::operation::OperationInfo;
use crate::rest_json::{self, BodyText, ResponseText};
use http::header::{ALLOW, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode};

const ERROR_TYPE: HeaderName = HeaderName::from_static(rest_json::ERROR_TYPE);
const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");

/// A response, before it is put in HTTP's terms.
#[derive(Debug)]
pub struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    /// The error's name, when it is one.
    code: Option<String>,
    /// The methods that the path has, when it has not the request's.
    allow: Option<String>,
    body: BodyText,
}

/// The answer to an operation.
pub fn answer<T: Message, E: ServiceError>(info: &OperationInfo, result: Result<T, E>) -> Answer {
    match result {
        Ok(response) => Answer::success(rest_json::write_response(info, &response)),
        Err(error) => Answer::error(&error),
    }
}

impl Answer {
    /// A success. Its status is the model's or the service's own, and the operation has succeeded whatever it is.
    fn success(response: Result<ResponseText, WriteError>) -> Self {
        let response = response.and_then(|response| Ok((final_status(response.status)?, response)));
        match response {
            Ok((status, ResponseText { headers, body, .. })) => Self { status, headers, code: None, allow: None, body },
            Err(error) => Self::unwritable(&error),
        }
    }

    /// An error of the service.
    pub(super) fn error<E: ServiceError>(error: &E) -> Self {
        if let Some(answer) = Self::page(error.exception()) {
            return answer;
        }
        match rest_json::write_error(error) {
            Ok(response) => Self::exception(error.exception(), response),
            Err(error) => Self::unwritable(&error),
        }
    }

    /// An error that nobody named, of a client that got a page instead of an answer. What the page says is not for the caller.
    fn page(error: &dyn Exception) -> Option<Self> {
        let page = error.meta().page().filter(|_| error.code().is_empty())?;
        tracing::error!(status = error.status(), page, "something else answered than the service");
        Some(Self::rejection(502, "BadGateway", None, rest_json::error_body("the service's answer makes no sense")))
    }

    fn exception(error: &dyn Exception, response: ResponseText) -> Self {
        let code = error.code().to_owned();
        let status = error_status(response.status);
        if status.is_server_error() {
            // As a string's debug output, so that nobody writes lines of the log.
            tracing::error!(code, error = error.to_string(), "the service failed");
        }
        Self { status, headers: response.headers, code: Some(code), allow: None, body: response.body }
    }

    /// What the service answered cannot be said in HTTP: a line feed in a header, say.
    fn unwritable(error: &WriteError) -> Self {
        tracing::error!(%error, "the service's answer cannot be written");
        Self::rejection(500, "InternalFailure", None, rest_json::error_body("The answer could not be written"))
    }

    /// An error of the framework.
    pub(super) fn rejection(status: u16, code: &str, allow: Option<String>, body: Vec<u8>) -> Self {
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(rest_json::CONTENT_TYPE))]);
        Self { status: error_status(status), headers, code: Some(code.to_owned()), allow, body: BodyText::Bytes(body) }
    }

    pub(super) fn status(&self) -> u16 {
        self.status.as_u16()
    }

    pub(super) fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    pub(super) fn into_response(self, operation: &'static str, method: &Method, request_id: &str) -> Response<ResponseBody> {
        let body = ResponseBody::new(self.body, operation, request_id);
        let mut response = response::with_body(self.status, self.headers, body, method);
        // A text that no header can hold, as an error's code from further on may be, is left out.
        let mut set = |name, text: Option<&str>| {
            if let Some(value) = text.filter(|it| !it.is_empty()).and_then(|it| HeaderValue::try_from(it).ok()) {
                response.headers_mut().insert(name, value);
            }
        };
        set(REQUEST_ID, Some(request_id));
        set(ERROR_TYPE, self.code.as_deref());
        set(ALLOW, self.allow.as_deref());
        response
    }
}

/// A status that ends an exchange: after one of 1xx, HTTP expects another.
fn final_status(status: u16) -> Result<StatusCode, WriteError> {
    let valid = StatusCode::from_u16(status).ok().filter(|status| !status.is_informational());
    valid.ok_or(WriteError::Status(status.into()))
}

/// An error with a success's status would be taken for one.
fn error_status(status: u16) -> StatusCode {
    match StatusCode::from_u16(status) {
        Ok(status) if status.is_client_error() || status.is_server_error() => status,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
