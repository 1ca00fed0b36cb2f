//! Protocols as servers speak them: several at once, each request in its own.

use super::{PathRouter, Rejection, Route, RpcV2Router, TargetRouter};
use crate::codec::{DecodeError, Problems, Reading};
use crate::error::{ServiceError, ServiceName};
use crate::message::{RequestParts, ResponseText, WriteError};
use crate::operation::{Media, Operation, OperationInfo};
use crate::protocol::{AwsJson, Flavor, Protocol, RestJson1, RpcV2, Version};

/// A protocol that a server can speak.
pub trait ServerProtocol: Protocol {
    /// What finds the operation of a request.
    fn route(service: ServiceName, operations: &'static [OperationInfo]) -> Box<dyn Route>;
}

impl ServerProtocol for RestJson1 {
    fn route(_: ServiceName, operations: &'static [OperationInfo]) -> Box<dyn Route> {
        Box::new(PathRouter::new(operations))
    }
}

impl<V: Version> ServerProtocol for AwsJson<V> {
    fn route(service: ServiceName, operations: &'static [OperationInfo]) -> Box<dyn Route> {
        Box::new(TargetRouter::new(service, operations, V::MEDIA_TYPE))
    }
}

impl<F: Flavor> ServerProtocol for RpcV2<F> {
    fn route(service: ServiceName, operations: &'static [OperationInfo]) -> Box<dyn Route> {
        Box::new(RpcV2Router::new(service, operations, F::NAME))
    }
}

/// What the engine, which is compiled once, knows of a protocol.
pub struct ProtocolTable {
    pub(super) route: Box<dyn Route>,
    pub(super) media_type: &'static str,
    /// Whether a stream of events is behind a message with the other members.
    #[cfg(feature = "event-stream")]
    pub(super) initial_messages: bool,
    pub(super) request_media: fn(&OperationInfo) -> Media,
    pub(super) response_media: fn(&OperationInfo) -> Media,
    /// Writes a rejection.
    pub(super) refuse: fn(u16, &str, &Rejection) -> ResponseText,
    /// Writes an error with a message alone.
    pub(super) fail: fn(u16, &str, &str) -> ResponseText,
}

impl ProtocolTable {
    fn of<P: ServerProtocol>(service: ServiceName, operations: &'static [OperationInfo]) -> Self {
        Self {
            route: P::route(service, operations),
            media_type: P::MEDIA_TYPE,
            #[cfg(feature = "event-stream")]
            initial_messages: P::INITIAL_MESSAGES,
            request_media: P::request_media,
            response_media: P::response_media,
            refuse: P::write_unmodeled_error::<Rejection>,
            fail: P::write_unmodeled_error::<str>,
        }
    }
}

/// The protocols of a service, in the order in which a request is tried: `(RpcV2Cbor, (RestJson1,))`. They are known by their places.
pub trait Protocols: 'static {
    /// What is known of each.
    fn tables(service: ServiceName, operations: &'static [OperationInfo], tables: &mut Vec<ProtocolTable>);

    /// See [`Protocol::read_request`].
    ///
    /// # Errors
    ///
    /// See there.
    fn read_request<O: Operation>(
        protocol: usize,
        parts: RequestParts<'_>,
        reading: Reading,
    ) -> Result<(O, Problems), DecodeError>;

    /// See [`Protocol::write_response`].
    ///
    /// # Errors
    ///
    /// See there.
    fn write_response<O: Operation>(protocol: usize, response: &O::Response) -> Result<ResponseText, WriteError>;

    /// See [`Protocol::write_error`].
    ///
    /// # Errors
    ///
    /// See there.
    fn write_error<E: ServiceError>(protocol: usize, error: &E) -> Result<ResponseText, WriteError>;

    /// An error with a message alone.
    fn write_message(protocol: usize, status: u16, code: &str, message: &str) -> ResponseText;
}

/// The last one, or the only one.
impl<P: ServerProtocol> Protocols for (P,) {
    fn tables(service: ServiceName, operations: &'static [OperationInfo], tables: &mut Vec<ProtocolTable>) {
        tables.push(ProtocolTable::of::<P>(service, operations));
    }

    fn read_request<O: Operation>(_: usize, parts: RequestParts<'_>, reading: Reading) -> Result<(O, Problems), DecodeError> {
        P::read_request(parts, reading)
    }

    fn write_response<O: Operation>(_: usize, response: &O::Response) -> Result<ResponseText, WriteError> {
        P::write_response::<O>(response)
    }

    fn write_error<E: ServiceError>(_: usize, error: &E) -> Result<ResponseText, WriteError> {
        P::write_error(error)
    }

    fn write_message(_: usize, status: u16, code: &str, message: &str) -> ResponseText {
        P::write_unmodeled_error(status, code, message)
    }
}

/// One, and those after it.
impl<P: ServerProtocol, Others: Protocols> Protocols for (P, Others) {
    fn tables(service: ServiceName, operations: &'static [OperationInfo], tables: &mut Vec<ProtocolTable>) {
        <(P,)>::tables(service, operations, tables);
        Others::tables(service, operations, tables);
    }

    fn read_request<O: Operation>(
        protocol: usize,
        parts: RequestParts<'_>,
        reading: Reading,
    ) -> Result<(O, Problems), DecodeError> {
        match protocol.checked_sub(1) {
            None => P::read_request(parts, reading),
            Some(other) => Others::read_request(other, parts, reading),
        }
    }

    fn write_response<O: Operation>(protocol: usize, response: &O::Response) -> Result<ResponseText, WriteError> {
        match protocol.checked_sub(1) {
            None => P::write_response::<O>(response),
            Some(other) => Others::write_response::<O>(other, response),
        }
    }

    fn write_error<E: ServiceError>(protocol: usize, error: &E) -> Result<ResponseText, WriteError> {
        match protocol.checked_sub(1) {
            None => P::write_error(error),
            Some(other) => Others::write_error(other, error),
        }
    }

    fn write_message(protocol: usize, status: u16, code: &str, message: &str) -> ResponseText {
        match protocol.checked_sub(1) {
            None => P::write_unmodeled_error(status, code, message),
            Some(other) => Others::write_message(other, status, code, message),
        }
    }
}

/// The type of a list of protocols.
#[doc(hidden)]
#[macro_export]
macro_rules! protocols {
    ($last:ty) => { ($last,) };
    ($first:ty, $($others:ty),+) => { ($first, $crate::protocols!($($others),+)) };
}
