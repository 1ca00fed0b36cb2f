//! Streams of events as a client sends and receives them: signed, for as long as they take, and behind an initial message.

use crate::client::failure::header_map;
use crate::client::wire::{Opaque, Read};
use crate::codec::DecodeLimits;
use crate::event_stream::{InitialMessage, initial_message};
use crate::message::{BodyParts, BodyText, ResponseParts};
use crate::operation::{Media, OperationInfo};
use crate::stream::ByteStream;
use aws_runtime::auth::{PayloadSigningOverride, SigV4OperationSigningConfig};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::Output;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use aws_smithy_types::event_stream::{DeferredSignerReceiver, DeferredSignerSender, Message, SignMessage, SignMessageError};
use http::HeaderMap;

/// What stands for the checksum of a body whose events are signed one by one:
/// <https://docs.aws.amazon.com/transcribe/latest/dg/streaming-setting-up.html>.
const SIGNED_EVENTS: &str = "STREAMING-AWS4-HMAC-SHA256-EVENTS";

/// Settings of a call with events. Nobody knows when the next one comes, so that a stream without any does not stall.
pub(crate) fn settle(info: &OperationInfo, layer: &mut Layer) {
    layer.store_put(StalledStreamProtectionConfig::disabled());
    if info.request == Media::Events {
        layer.store_put(PayloadSigningOverride::Precomputed(SIGNED_EVENTS.to_owned()));
        let mut signing = SigV4OperationSigningConfig::default();
        signing.signing_options.content_sha256_header = true;
        layer.store_put(signing);
    }
}

/// A body whose events are signed, once the request is.
pub(crate) fn signed(body: BodyText, config: &mut ConfigBag) -> BodyText {
    let BodyText::Events(events) = body else { return body };
    let (request, sender) = DeferredSignerSender::new();
    config.interceptor_state().store_put(sender);
    BodyText::Stream(events.into_signed_bytes(Box::new(EventSigner::Awaiting(request))))
}

/// Signs events with what the request's signature left.
#[derive(Debug)]
enum EventSigner {
    /// The request is not signed yet, or nobody asked.
    Awaiting(DeferredSignerReceiver),
    Signing(Box<dyn SignMessage + Send + Sync>),
    /// Whoever configured the client has requests go out unsigned.
    Unsigned,
}

impl EventSigner {
    fn signer(&mut self) -> Option<&mut (dyn SignMessage + Send + Sync)> {
        if let Self::Awaiting(request) = self {
            *self = request.recv::<Box<dyn SignMessage + Send + Sync>>().map_or(Self::Unsigned, Self::Signing);
        }
        match self {
            Self::Signing(signer) => Some(signer.as_mut()),
            Self::Awaiting(_) | Self::Unsigned => None,
        }
    }
}

impl SignMessage for EventSigner {
    fn sign(&mut self, message: Message) -> Result<Message, SignMessageError> {
        match self.signer() {
            Some(signer) => signer.sign(message),
            None => Ok(message),
        }
    }

    fn sign_empty(&mut self) -> Option<Result<Message, SignMessageError>> {
        self.signer()?.sign_empty()
    }
}

/// An answer whose initial message is not there yet.
pub(crate) struct Opening {
    status: u16,
    headers: HeaderMap,
    stream: ByteStream,
    limits: DecodeLimits,
}

impl Opening {
    pub(crate) fn of(response: &HttpResponse, stream: ByteStream, limits: DecodeLimits) -> Self {
        Self { status: response.status().as_u16(), headers: header_map(response.headers()), stream, limits }
    }

    pub(crate) fn into_output(self) -> Output {
        Output::erase(Opaque(self))
    }

    /// Waits for the initial message, and reads the answer.
    ///
    /// # Errors
    ///
    /// A stream that breaks off before its first event, or a message that cannot be read.
    pub(crate) async fn complete(self, read: Read) -> Result<Output, BoxError> {
        let Self { status, headers, stream, limits } = self;
        let (initial, events) = initial_message(InitialMessage::Response, stream, limits.max_frame()).await?;
        let body = BodyParts::Events { initial: &initial, events: &events };
        Ok(read(ResponseParts { status, headers: &headers, body }, limits)?)
    }
}
