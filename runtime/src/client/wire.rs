//! An operation's request and response for the orchestrator, which knows no types.

use crate::client::failure::ErrorAnswer;
use crate::codec::DecodeError;
use crate::operation::Operation;
use crate::rest_json::{self, RequestText};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::ser_de::{DeserializeResponse, SerializeRequest};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue};
use std::fmt;

/// All that the driver knows of an operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wire {
    pub(crate) operation: &'static str,
    write: fn(&Input) -> Result<RequestText, BoxError>,
    read: fn(&[u8]) -> Result<Output, DecodeError>,
}

impl Wire {
    pub(crate) fn of<O: Operation>() -> Self {
        Self { operation: O::INFO.name, write: write::<O>, read: read::<O> }
    }
}

/// A value that the orchestrator carries. It would have the value's `Debug` compiled for every operation that is called, and
/// write it to the log.
struct Opaque<T>(T);

impl<T> fmt::Debug for Opaque<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("..")
    }
}

/// A request for the orchestrator.
pub(crate) fn input<O: Operation>(request: O) -> Input {
    Input::erase(Opaque(request))
}

/// A response from the orchestrator; `None` when an interceptor made another of it.
pub(crate) fn response<O: Operation>(output: Output) -> Option<O::Response> {
    output.downcast::<Opaque<O::Response>>().ok().map(|it| it.0)
}

fn write<O: Operation>(input: &Input) -> Result<RequestText, BoxError> {
    let request = input.downcast_ref::<Opaque<O>>().ok_or("an interceptor made another request of it")?;
    Ok(rest_json::write_request(&request.0)?)
}

fn read<O: Operation>(body: &[u8]) -> Result<Output, DecodeError> {
    rest_json::read_response::<O::Response>(body).map(|response| Output::erase(Opaque(response)))
}

/// Writes the request and reads the response of one call.
#[derive(Debug)]
pub(crate) struct Codec {
    pub(crate) wire: Wire,
    /// What the call adds to the operation's headers.
    pub(crate) headers: HeaderMap,
}

impl SerializeRequest for Codec {
    fn serialize_input(&self, input: Input, _: &mut ConfigBag) -> Result<HttpRequest, BoxError> {
        let text = (self.wire.write)(&input)?;
        let mut request = http::Request::builder().method(text.method).uri(text.uri).body(SdkBody::empty())?;
        *request.headers_mut() = text.headers;
        match text.body {
            Some(body) => {
                request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(rest_json::CONTENT_TYPE));
                request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
                *request.body_mut() = SdkBody::from(body);
            }
            None if may_have_body(text.method) => {
                request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(0));
            }
            None => {}
        }
        for name in self.headers.keys() {
            request.headers_mut().remove(name);
        }
        request.headers_mut().extend(self.headers.clone());
        Ok(request.try_into()?)
    }
}

impl DeserializeResponse for Codec {
    fn deserialize_nonstreaming_with_config(
        &self,
        response: &HttpResponse,
        _: &ConfigBag,
    ) -> Result<Output, OrchestratorError<Error>> {
        let body = response.body().bytes().unwrap_or_default();
        if response.status().is_success() {
            return (self.wire.read)(body).map_err(OrchestratorError::other);
        }
        Err(OrchestratorError::operation(Error::erase(ErrorAnswer::new(response.headers(), body))))
    }
}

/// Servers may insist on a length where a body is expected.
fn may_have_body(method: &str) -> bool {
    matches!(method, "POST" | "PUT" | "PATCH")
}
