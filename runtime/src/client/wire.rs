//! An operation's request and response for the orchestrator, which knows no types.

#[cfg(feature = "checksum")]
use crate::checksum::ChecksumMembers;
use crate::client::body;
#[cfg(feature = "checksum")]
use crate::client::checksum::{self, Algorithm};
use crate::client::compression::Compression;
use crate::client::endpoint;
#[cfg(feature = "event-stream")]
use crate::client::events::{self, Opening};
use crate::client::failure::{ErrorAnswer, header_map};
use crate::client::limits::ResponseLimits;
use crate::client::upload::Upload;
use crate::codec::{DecodeError, DecodeLimits};
use crate::endpoint::EndpointParameters;
use crate::error::{Retryable, ServiceError as _};
use crate::message::{BodyParts, BodyText, RequestText, ResponseParts};
use crate::operation::{Media, Operation, OperationInfo};
use crate::protocol::Protocol;
use crate::stream::ByteStream;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::ser_de::{DeserializeResponse, SerializeRequest};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use http::HeaderMap;
use std::fmt;

/// All that the driver knows of an operation, in the protocol that the client speaks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wire {
    pub(crate) info: &'static OperationInfo,
    response: Media,
    /// Whether a stream of events is behind a message with the other members.
    #[cfg(feature = "event-stream")]
    initial_messages: bool,
    tell: fn(&Input, &mut EndpointParameters),
    write: fn(&Input) -> Result<RequestText, BoxError>,
    #[cfg(feature = "checksum")]
    checksum_members: fn(&mut Input) -> ChecksumMembers<'_>,
    read: Read,
    error_name: fn(&HeaderMap, &[u8]) -> Option<String>,
    retryable: fn(&str) -> Option<Retryable>,
}

#[cfg(feature = "event-stream")]
impl Wire {
    /// Whether events go one way or the other.
    pub(crate) fn has_events(&self) -> bool {
        [self.info.request, self.response].contains(&Media::Events)
    }

    fn awaits_initial_message(&self) -> bool {
        self.initial_messages && self.response == Media::Events
    }

    /// Reads what only waits for its initial message; anything else is read already.
    ///
    /// # Errors
    ///
    /// A stream that breaks off before its first event, or a message that cannot be read.
    pub(crate) async fn complete(&self, output: Output) -> Result<Output, BoxError> {
        match output.downcast::<Opaque<Opening>>() {
            Ok(Opaque(opening)) => opening.complete(self.read).await,
            Err(output) => Ok(output),
        }
    }
}

/// Reads a response.
pub(crate) type Read = fn(ResponseParts<'_>, DecodeLimits) -> Result<Output, DecodeError>;

/// Reads an error response of a service.
pub(crate) type ReadError<E> = fn(u16, &HeaderMap, &[u8]) -> E;

/// How an operation travels, and how its errors come back.
pub(crate) struct Dialect<O: Operation> {
    pub(crate) wire: Wire,
    pub(crate) read_error: ReadError<O::Error>,
}

impl<O: Operation> Dialect<O> {
    /// That of a protocol: whatever comes after this is the same code for every protocol.
    #[inline]
    pub(crate) fn of<P: Protocol>() -> Self {
        let wire = Wire {
            info: &O::INFO,
            response: P::response_media(&O::INFO),
            #[cfg(feature = "event-stream")]
            initial_messages: P::INITIAL_MESSAGES,
            tell: tell::<O>,
            write: write::<P, O>,
            #[cfg(feature = "checksum")]
            checksum_members: checksum_members::<O>,
            read: read::<P, O>,
            error_name: P::error_name,
            retryable: O::Error::retryable,
        };
        Self { wire, read_error: P::read_error::<O::Error> }
    }
}

impl<O: Operation> Clone for Dialect<O> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<O: Operation> Copy for Dialect<O> {}

impl<O: Operation> fmt::Debug for Dialect<O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.wire.info.name)
    }
}

impl Wire {
    /// Tells the endpoint rules what they ask of a request.
    pub(crate) fn tell_endpoint(&self, input: &Input, endpoint: &mut EndpointParameters) {
        (self.tell)(input, endpoint);
    }
}

impl Storable for Wire {
    type Storer = StoreReplace<Self>;
}

/// A value that the orchestrator carries. It would have the value's `Debug` compiled for every operation that is called, and
/// write it to the log.
pub(crate) struct Opaque<T>(pub(crate) T);

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

/// Most operations have nothing to tell; of a request that an interceptor made another of, [`write`] complains.
fn tell<O: Operation>(input: &Input, endpoint: &mut EndpointParameters) {
    if let Some(request) = input.downcast_ref::<Opaque<O>>() {
        request.0.tell_endpoint(endpoint);
    }
}

fn write<P: Protocol, O: Operation>(input: &Input) -> Result<RequestText, BoxError> {
    let request = input.downcast_ref::<Opaque<O>>().ok_or("an interceptor made another request of it")?;
    Ok(P::write_request(&request.0)?)
}

#[cfg(feature = "checksum")]
fn checksum_members<O: Operation>(input: &mut Input) -> ChecksumMembers<'_> {
    input.downcast_mut::<Opaque<O>>().map(|request| request.0.checksum_members()).unwrap_or_default()
}

fn read<P: Protocol, O: Operation>(parts: ResponseParts<'_>, limits: DecodeLimits) -> Result<Output, DecodeError> {
    P::read_response::<O>(parts, limits).map(|response| Output::erase(Opaque(response)))
}

/// Writes the request and reads the response of one call.
#[derive(Debug)]
pub(crate) struct Codec {
    pub(crate) wire: Wire,
    /// What the call adds to the operation's headers.
    pub(crate) headers: HeaderMap,
    /// What the service adds where nobody says anything.
    pub(crate) headers_of_service: HeaderMap,
}

impl SerializeRequest for Codec {
    fn serialize_input(&self, input: Input, config: &mut ConfigBag) -> Result<HttpRequest, BoxError> {
        self.write(input, config).map_err(|source| Unwritable { operation: self.wire.info.name, source }.into())
    }
}

/// Whose request cannot be made; its source says why.
#[derive(Debug, thiserror::Error)]
#[error("{operation}")]
struct Unwritable {
    operation: &'static str,
    source: BoxError,
}

impl Codec {
    #[cfg_attr(not(feature = "checksum"), expect(unused_mut, reason = "only checksums are filled in here"))]
    fn write(&self, mut input: Input, config: &mut ConfigBag) -> Result<HttpRequest, BoxError> {
        #[cfg(feature = "checksum")]
        let algorithm = checksum::settle(self.wire.info, (self.wire.checksum_members)(&mut input), config);
        let (mut request, body) = self.write_head(&input, config)?;
        #[cfg(feature = "checksum")]
        let (algorithm, body) = match checksum::has_own(request.headers()) {
            false => (algorithm.known()?, body),
            // The algorithm that was filled in is not the program's.
            true if algorithm == Algorithm::Default => {
                if let Some(member) = (self.wire.checksum_members)(&mut input).algorithm {
                    member.set_text(None);
                }
                let (head, body) = self.write_head(&input, config)?;
                request = head;
                (None, body)
            }
            true => (None, body),
        };
        #[cfg(feature = "event-stream")]
        let body = events::signed(body, config);
        let compression = config.load::<Compression>().copied().unwrap_or_default();
        body::set(
            &mut request,
            body,
            self.wire.info,
            compression,
            #[cfg(feature = "checksum")]
            algorithm,
        )?;
        #[cfg(feature = "checksum")]
        checksum::settle_signature(&request, config);
        if let Some(upload) = config.load::<Upload>() {
            upload.watch(request.body_mut());
        }
        Ok(request.try_into()?)
    }

    /// The request without its body.
    fn write_head(&self, input: &Input, config: &mut ConfigBag) -> Result<(http::Request<SdkBody>, BodyText), BoxError> {
        let text = (self.wire.write)(input)?;
        if let Some(prefix) = text.host_prefix {
            endpoint::set_host_prefix(config, prefix)?;
        }
        let mut request = http::Request::builder().method(text.method).uri(text.uri).body(SdkBody::empty())?;
        *request.headers_mut() = text.headers;
        for name in self.headers.keys() {
            request.headers_mut().remove(name);
        }
        request.headers_mut().extend(self.headers.clone());
        for (name, value) in &self.headers_of_service {
            request.headers_mut().entry(name).or_insert_with(|| value.clone());
        }
        Ok((request, text.body))
    }

    fn read(
        &self,
        response: &HttpResponse,
        body: BodyParts<'_>,
        limits: ResponseLimits,
    ) -> Result<Output, OrchestratorError<Error>> {
        let headers = header_map(response.headers());
        let parts = ResponseParts { status: response.status().as_u16(), headers: &headers, body };
        (self.wire.read)(parts, limits.decode_limits()).map_err(OrchestratorError::other)
    }
}

impl DeserializeResponse for Codec {
    fn deserialize_streaming_with_config(
        &self,
        response: &mut HttpResponse,
        config: &ConfigBag,
    ) -> Option<Result<Output, OrchestratorError<Error>>> {
        let limits = response_limits(config);
        if !self.wire.response.is_stream() || !response.status().is_success() {
            // Not an error of the transport: those are tried again.
            return limits.cap(response).err().map(|error| Err(OrchestratorError::other(error)));
        }
        let body = std::mem::replace(response.body_mut(), SdkBody::taken());
        #[cfg(feature = "checksum")]
        let stream = match checksum::expected(self.wire.info, response, config) {
            Some(expected) => ByteStream::from_body(checksum::verified(body, expected)),
            None => ByteStream::from_body(body),
        };
        #[cfg(not(feature = "checksum"))]
        let stream = ByteStream::from_body(body);
        #[cfg(feature = "event-stream")]
        if self.wire.awaits_initial_message() {
            return Some(Ok(Opening::of(response, stream, limits.decode_limits()).into_output()));
        }
        Some(self.read(response, BodyParts::Stream(&stream), limits))
    }

    fn deserialize_nonstreaming_with_config(
        &self,
        response: &HttpResponse,
        config: &ConfigBag,
    ) -> Result<Output, OrchestratorError<Error>> {
        let body = response.body().bytes().unwrap_or_default();
        if response.status().is_success() {
            let limits = response_limits(config);
            limits.check(u64::try_from(body.len()).ok()).map_err(OrchestratorError::other)?;
            #[cfg(feature = "checksum")]
            checksum::verify(body, checksum::expected(self.wire.info, response, config)).map_err(OrchestratorError::other)?;
            return self.read(response, BodyParts::Bytes(body), limits);
        }
        let name = (self.wire.error_name)(&header_map(response.headers()), body);
        let retryable = name.as_deref().and_then(self.wire.retryable);
        Err(OrchestratorError::operation(Error::erase(ErrorAnswer::new(name, retryable))))
    }
}

/// The call's, else the client's.
fn response_limits(config: &ConfigBag) -> ResponseLimits {
    config.load::<ResponseLimits>().copied().unwrap_or_default()
}
