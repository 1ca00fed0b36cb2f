//! What is answered.

use super::protocol::{ProtocolTable, Protocols};
use super::response::{self, ResponseBody};
use crate::error::{Exception, ServiceError};
use crate::message::{BodyText, ResponseText, WriteError};
use crate::operation::Operation;
use http::header::ALLOW;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");

/// What an error is called that is nobody's business.
const INTERNAL_FAILURE: &str = "InternalFailure";

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

/// The answer to an operation, in the protocol at this place.
pub fn answer<P: Protocols, O: Operation>(protocol: usize, result: Result<O::Response, O::Error>) -> Answer {
    match result {
        Ok(response) => success(P::write_response::<O>(protocol, &response))
            .unwrap_or_else(|error| Answer::unwritable(&error, |code, message| P::write_message(protocol, 500, code, message))),
        Err(error) => Answer::error::<P, _>(protocol, &error),
    }
}

/// A success. Its status is the model's or the service's own, and the operation has succeeded whatever it is.
fn success(response: Result<ResponseText, WriteError>) -> Result<Answer, WriteError> {
    let ResponseText { status, headers, body } = response?;
    Ok(Answer { status: final_status(status)?, headers, code: None, allow: None, body })
}

impl Answer {
    /// An error of the service.
    pub(super) fn error<P: Protocols, E: ServiceError>(protocol: usize, error: &E) -> Self {
        let message = |status, code: &str, message: &str| P::write_message(protocol, status, code, message);
        if is_page(error.exception()) {
            return Self::failure(BAD_GATEWAY, message(502, BAD_GATEWAY, "the service's answer makes no sense"));
        }
        match P::write_error(protocol, error) {
            Ok(response) => Self::exception(error.exception(), response),
            Err(error) => Self::unwritable(&error, |code, text| message(500, code, text)),
        }
    }

    fn exception(error: &dyn Exception, response: ResponseText) -> Self {
        let code = error.code().to_owned();
        let answer = Self::failure(&code, response);
        if answer.status.is_server_error() {
            // As a string's debug output, so that nobody writes lines of the log.
            tracing::error!(code, error = error.to_string(), "the service failed");
        }
        answer
    }

    /// What the service answered cannot be said in HTTP: a line feed in a header, say.
    fn unwritable(error: &WriteError, message: impl FnOnce(&str, &str) -> ResponseText) -> Self {
        tracing::error!(%error, "the service's answer cannot be written");
        Self::failure(INTERNAL_FAILURE, message(INTERNAL_FAILURE, "The answer could not be written"))
    }

    /// What is answered when the request could not be: nothing of what went wrong.
    pub(super) fn panicked(protocol: &ProtocolTable) -> Self {
        Self::failure(INTERNAL_FAILURE, (protocol.fail)(500, INTERNAL_FAILURE, "The request could not be answered"))
    }

    /// An error, as a protocol writes it.
    pub(super) fn failure(code: &str, response: ResponseText) -> Self {
        let ResponseText { status, headers, body } = response;
        Self { status: error_status(status), headers, code: Some(code.to_owned()), allow: None, body }
    }

    /// The same answer with the methods that the path has.
    pub(super) fn allow(mut self, methods: Option<String>) -> Self {
        self.allow = methods;
        self
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
        let mut set = |name, text: Option<&str>| {
            if let Some(value) = text.and_then(|it| HeaderValue::try_from(it).ok()) {
                response.headers_mut().insert(name, value);
            }
        };
        set(REQUEST_ID, Some(request_id));
        set(ALLOW, self.allow.as_deref());
        response
    }
}

const BAD_GATEWAY: &str = "BadGateway";

/// Whether nobody named the error: a client got a page instead of an answer. What the page says is not for the caller.
fn is_page(error: &dyn Exception) -> bool {
    let Some(page) = error.meta().page().filter(|_| error.code().is_empty()) else { return false };
    tracing::error!(status = error.status(), page, "something else answered than the service");
    true
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
