//! What goes wrong: the errors of a service's model, those that it does not know, and those of the client itself.

use crate::codec::{DecodeError, Encode, Encoder};
use crate::document::Document;
use crate::message::{MessageReader, MessageWriter, Written};
use crate::protocol::{ERROR_TYPE_MEMBER, ErrorMembers};
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

/// The errors of a service: implemented by the generated `Error`.
pub trait ServiceError: StdError + From<UnrecognizedError> + From<ClientError> + Send + Sync + Sized + 'static {
    /// What the service is called.
    const SERVICE: ServiceName;

    /// Reads the modelled error of a code; `None` when the model has none.
    ///
    /// # Errors
    ///
    /// A body of another shape.
    fn read<R: MessageReader>(code: &str, from: &mut R) -> Result<Option<Self>, DecodeError>;

    /// Writes the error's members.
    ///
    /// # Errors
    ///
    /// A member that cannot travel where it is bound to.
    fn write<W: MessageWriter>(&self, to: &mut W) -> Written;

    /// Whether a call that is answered with an error of this code may be made again, as the model says it; `None`, where that says nothing.
    fn retryable(_: &str) -> Option<Retryable> {
        None
    }

    /// What every error has.
    fn exception(&self) -> &dyn Exception;

    /// What every error has.
    fn exception_mut(&mut self) -> &mut dyn Exception;
}

/// That a call may be made again after an error: <https://smithy.io/2.0/spec/behavior-traits.html#retryable-trait>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retryable {
    /// It may.
    Again,
    /// It may, later: the caller calls too often.
    Throttled,
}

/// What a service is called in a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceName {
    /// The namespace of its shapes; empty when the model has none.
    pub namespace: &'static str,
    /// The name of its shape: `DynamoDB_20120810`.
    pub name: &'static str,
    /// Whether its errors have codes of a protocol that it spoke before:
    /// <https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait>.
    pub query_compatible: bool,
}

impl ServiceName {
    /// A service whose shapes are in this namespace.
    pub const fn new(namespace: &'static str, name: &'static str) -> Self {
        Self { namespace, name, query_compatible: false }
    }

    /// The same service, whose errors have codes of a protocol that it spoke before.
    #[must_use]
    pub const fn query_compatible(mut self) -> Self {
        self.query_compatible = true;
        self
    }
}

/// What every error has.
pub trait Exception: StdError {
    /// The name that the error has on the wire.
    fn code(&self) -> &str;

    /// The HTTP status: the one that was answered, or the model's.
    fn status(&self) -> u16;

    /// What the service says about it.
    fn message(&self) -> Option<&str>;

    /// What the service says, where the model has no member for it: a server sends it beside the members.
    fn said(&self) -> Option<&str> {
        None
    }

    /// The code that the error has in a protocol which the service spoke before, and whose fault it is: `Customized;Sender`.
    fn query_error(&self) -> Option<&str> {
        self.meta().query_error()
    }

    /// Whether the model has the error.
    fn is_modeled(&self) -> bool {
        true
    }

    /// What came with the response.
    fn meta(&self) -> &ErrorMeta;

    /// What came with the response.
    fn meta_mut(&mut self) -> &mut ErrorMeta;
}

/// What came with an error response beside the error's members. It takes no part in comparisons.
#[derive(Clone, Default)]
pub struct ErrorMeta(Option<Box<ResponseMeta>>);

#[derive(Clone, Default)]
struct ResponseMeta {
    status: Option<u16>,
    request_id: Option<String>,
    message: Option<String>,
    page: Option<String>,
    query_error: Option<String>,
}

impl ErrorMeta {
    pub(crate) fn new(status: u16, request_id: Option<String>, message: Option<String>, page: Option<String>) -> Self {
        Self(Some(Box::new(ResponseMeta { status: Some(status), request_id, message, page, query_error: None })))
    }

    /// What a server says of an error whose model has no member for a message.
    pub fn of_message(message: impl Into<String>) -> Self {
        Self(Some(Box::new(ResponseMeta { message: Some(message.into()), ..ResponseMeta::default() })))
    }

    /// The same with what the header `x-amzn-query-error` says.
    pub(crate) fn with_query_error(mut self, error: Option<String>) -> Self {
        if let Some(meta) = &mut self.0 {
            meta.query_error = error;
        }
        self
    }

    /// See [`Exception::query_error`].
    pub fn query_error(&self) -> Option<&str> {
        self.0.as_ref()?.query_error.as_deref()
    }

    /// The status that was answered; `None` for an error that did not come over the wire.
    pub fn status(&self) -> Option<u16> {
        self.0.as_ref()?.status
    }

    /// The id that the service gave the request.
    pub fn request_id(&self) -> Option<&str> {
        self.0.as_ref()?.request_id.as_deref()
    }

    /// The message in the response, also of an error whose model has none; or what [`page`](Self::page) has.
    pub fn message(&self) -> Option<&str> {
        self.said().or_else(|| self.page())
    }

    /// The same, if it is the service's own word.
    pub fn said(&self) -> Option<&str> {
        self.0.as_ref()?.message.as_deref()
    }

    /// The beginning of a body that was not JSON: a load balancer's page, say, which is not the service's own word. It is for whoever
    /// made the call: a server that hands the error on keeps it to its log.
    pub fn page(&self) -> Option<&str> {
        self.0.as_ref()?.page.as_deref()
    }
}

impl PartialEq for ErrorMeta {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for ErrorMeta {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            None => formatter.write_str("none"),
            Some(meta) => write!(formatter, "status {:?}, request {:?}", meta.status, meta.request_id),
        }
    }
}

/// An error that the model does not know: newer than this client, or a framework's.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UnrecognizedError {
    /// The name that the error has on the wire; empty when it has none.
    pub code: String,
    /// The HTTP status.
    pub status: u16,
    /// What the service says about it.
    pub message: Option<String>,
    /// The whole body, where there was one.
    pub body: Option<Box<Document>>,
    /// What came with the response.
    pub meta: ErrorMeta,
}

impl UnrecognizedError {
    /// An error of this code and status.
    pub fn new(code: impl Into<String>, status: u16, message: impl Into<Option<String>>) -> Self {
        Self { code: code.into(), status, message: message.into(), body: None, meta: ErrorMeta::default() }
    }

    /// What an operation answers that nobody implements.
    pub fn not_implemented(operation: &str) -> Self {
        Self::new("NotImplementedException", 501, format!("{operation} is not implemented"))
    }

    pub(crate) fn with_body(mut self, body: Document) -> Self {
        self.body = (body != Document::Null).then(|| Box::new(body));
        self
    }
}

impl Exception for UnrecognizedError {
    fn is_modeled(&self) -> bool {
        false
    }

    fn code(&self) -> &str {
        &self.code
    }

    fn status(&self) -> u16 {
        self.status
    }

    fn message(&self) -> Option<&str> {
        self.message.as_deref().or_else(|| self.meta.message())
    }

    fn meta(&self) -> &ErrorMeta {
        &self.meta
    }

    fn meta_mut(&mut self) -> &mut ErrorMeta {
        &mut self.meta
    }
}

impl ErrorMembers for UnrecognizedError {
    fn encode_members<E: Encoder>(&self, to: &mut E) {
        match self.body.as_deref() {
            Some(Document::Object(members)) => {
                let members = members.iter().filter(|(name, _)| name != ERROR_TYPE_MEMBER);
                members.for_each(|(name, value)| to.member(name, value));
            }
            _ => to.member("message", &self.message),
        }
    }
}

impl Encode for UnrecognizedError {
    fn encode<E: Encoder>(&self, to: &mut E) {
        match &self.body {
            Some(body) => body.encode(to),
            None => to.object(|to| self.encode_members(to)),
        }
    }
}

impl fmt::Display for UnrecognizedError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = if self.code.is_empty() { "error without a code" } else { &self.code };
        display_exception(formatter, &format_args!("{code} (status {})", self.status), self.message(), &self.meta)
    }
}

impl StdError for UnrecognizedError {}

/// How every error of a service is shown: its name, what the service says, and the request's id.
///
/// # Errors
///
/// The formatter's.
pub fn display_exception(
    formatter: &mut fmt::Formatter<'_>,
    code: &dyn fmt::Display,
    message: Option<&str>,
    meta: &ErrorMeta,
) -> fmt::Result {
    write!(formatter, "{code}")?;
    if let Some(message) = message.or_else(|| meta.message()) {
        write!(formatter, ": {message}")?;
    }
    match meta.request_id() {
        Some(id) => write!(formatter, " (request {id})"),
        None => Ok(()),
    }
}

/// A call that got no answer, or none that makes sense.
#[derive(Clone, Debug)]
pub struct ClientError {
    kind: ClientErrorKind,
    source: Arc<dyn StdError + Send + Sync>,
    meta: ErrorMeta,
}

/// What a [`ClientError`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClientErrorKind {
    /// The request could not be made: a label is empty, there are no credentials, there is no endpoint.
    Construction,
    /// The service took too long.
    Timeout,
    /// The service could not be reached.
    Dispatch,
    /// The service's answer makes no sense.
    Response,
}

impl ClientError {
    /// An error of this kind.
    pub fn new(kind: ClientErrorKind, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { kind, source: source.into().into(), meta: ErrorMeta::default() }
    }

    /// What the error is about.
    pub fn kind(&self) -> ClientErrorKind {
        self.kind
    }
}

/// As a proxy answers it.
impl Exception for ClientError {
    fn is_modeled(&self) -> bool {
        false
    }

    fn code(&self) -> &str {
        match self.kind {
            ClientErrorKind::Construction => "InternalFailure",
            ClientErrorKind::Timeout => "GatewayTimeout",
            ClientErrorKind::Dispatch | ClientErrorKind::Response => "BadGateway",
        }
    }

    fn status(&self) -> u16 {
        match self.kind {
            ClientErrorKind::Construction => 500,
            ClientErrorKind::Timeout => 504,
            ClientErrorKind::Dispatch | ClientErrorKind::Response => 502,
        }
    }

    fn message(&self) -> Option<&str> {
        Some(match self.kind {
            ClientErrorKind::Construction => "the request to the service could not be made",
            ClientErrorKind::Timeout => "the service took too long",
            ClientErrorKind::Dispatch => "the service could not be reached",
            ClientErrorKind::Response => "the service's answer makes no sense",
        })
    }

    fn meta(&self) -> &ErrorMeta {
        &self.meta
    }

    fn meta_mut(&mut self) -> &mut ErrorMeta {
        &mut self.meta
    }
}

/// What a caller is told of it: the cause stays inside.
impl ErrorMembers for ClientError {
    fn encode_members<E: Encoder>(&self, to: &mut E) {
        to.member("message", self.message().unwrap_or_default());
    }
}

impl Encode for ClientError {
    fn encode<E: Encoder>(&self, to: &mut E) {
        to.object(|to| self.encode_members(to));
    }
}

impl fmt::Display for ClientError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.message().unwrap_or_default())?;
        let mut source: Option<&dyn StdError> = Some(&*self.source);
        while let Some(error) = source {
            write!(formatter, ": {error}")?;
            source = error.source();
        }
        Ok(())
    }
}

impl StdError for ClientError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

/// A message member, required or not.
pub trait MessageText {
    /// The text, if there is one.
    fn text(&self) -> Option<&str>;
}

impl MessageText for String {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl MessageText for Option<String> {
    fn text(&self) -> Option<&str> {
        self.as_deref()
    }
}

/// Makes a generated structure an error of its service.
///
/// `exception! { Shape, Error::Variant, "CodeOnTheWire", 404, message }`; without the last, the error has no message member, and
/// with `hidden` it has one that must not be shown. `"CodeOnTheWire" (query "Old.Code;Sender")` has a code of a protocol that the service
/// spoke before.
#[macro_export]
macro_rules! exception {
    (
        $exception:ident, $error:ident::$variant:ident, $code:literal $((query $query_error:literal))?, $status:literal
        $(, $message:ident)?
    ) => {
        impl $crate::error::Exception for $exception {
            #[inline]
            fn code(&self) -> &str {
                $code
            }

            #[inline]
            fn status(&self) -> u16 {
                self.meta.status().unwrap_or($status)
            }

            #[inline]
            fn message(&self) -> ::std::option::Option<&str> {
                $crate::exception_message!(self $($message)?)
            }

            #[inline]
            fn said(&self) -> ::std::option::Option<&str> {
                $crate::exception_said!(self $($message)?)
            }

            $(
                #[inline]
                fn query_error(&self) -> ::std::option::Option<&str> {
                    Some(self.meta.query_error().unwrap_or($query_error))
                }
            )?

            #[inline]
            fn meta(&self) -> &$crate::error::ErrorMeta {
                &self.meta
            }

            #[inline]
            fn meta_mut(&mut self) -> &mut $crate::error::ErrorMeta {
                &mut self.meta
            }
        }

        impl ::std::fmt::Display for $exception {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let message = $crate::error::Exception::message(self);
                $crate::error::display_exception(formatter, &$code, message, &self.meta)
            }
        }

        impl ::std::error::Error for $exception {}

        impl ::std::convert::From<$exception> for $error {
            #[inline]
            fn from(exception: $exception) -> Self {
                Self::$variant(exception)
            }
        }
    };
}

/// The message of an error without a member for it.
#[doc(hidden)]
#[macro_export]
macro_rules! exception_said {
    ($exception:ident) => {
        $exception.meta.said()
    };
    ($exception:ident $message:ident) => {
        None
    };
}

/// The message of an error: its member's, or the response's; a sensitive one is `hidden`.
#[doc(hidden)]
#[macro_export]
macro_rules! exception_message {
    ($exception:ident) => {
        $exception.meta.message()
    };
    ($exception:ident hidden) => {
        Some("<redacted>")
    };
    ($exception:ident $message:ident) => {
        $crate::error::MessageText::text(&$exception.$message).or_else(|| $exception.meta.message())
    };
}
