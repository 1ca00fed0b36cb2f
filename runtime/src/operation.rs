//! Operations, and where their members travel.

mod discovery;
mod paging;

use crate::checksum::{ChecksumAlgorithm, ChecksumMembers, RequestChecksum};
use crate::codec::{Decoded, Zero};
use crate::endpoint::EndpointParameters;
use crate::error::{ServiceError, UnrecognizedError};
use crate::message::{Message, MessageReader, MessageWriter, Written};
use crate::validate::Validate;
use std::fmt;
use std::future::{Ready, ready};

pub use discovery::{DescribesEndpoints, DiscoveredEndpoint, Discovery};
pub use paging::{Itemized, PageItems, Paginated, TextToken, Tokens, set_token};

/// An operation, by its request.
pub trait Operation: Validate + Zero + Clone + fmt::Debug + Send + Sync + Sized + 'static {
    /// What it answers; `()` when that has no members.
    type Response: Message + fmt::Debug + Send + Sync + 'static;

    /// The errors of its service.
    type Error: ServiceError;

    /// What is known of it beside its members.
    const INFO: OperationInfo;

    /// Writes the request.
    ///
    /// # Errors
    ///
    /// A member that cannot travel where it is bound to, as an empty label.
    fn write<W: MessageWriter>(&self, to: &mut W) -> Written;

    /// Reads the request into a [zero](Zero).
    ///
    /// # Errors
    ///
    /// A body that is not of the format; what is missing or of another type is recorded by the reader.
    fn read<R: MessageReader>(&mut self, from: &mut R) -> Decoded;

    /// Gives members outside the body their defaults that are not given: a server does not tell the two apart.
    fn fill_defaults(&mut self) {}

    /// Tells the endpoint rules what they ask of a request.
    fn tell_endpoint(&self, _: &mut EndpointParameters) {}

    /// Gives labels that are empty what stands for nothing there, before a client writes them.
    fn fill_labels(&mut self) {}

    /// The member that makes the call idempotent, for the client to fill in.
    fn idempotency_token(&mut self) -> Option<&mut Option<String>> {
        None
    }

    /// The members that say what is done with checksums, for the client to fill in.
    fn checksum_members(&mut self) -> ChecksumMembers<'_> {
        ChecksumMembers::new()
    }
}

/// Gives an empty label what stands for nothing there.
pub fn stand_in(label: &mut String, text: &str) {
    if label.is_empty() {
        text.clone_into(label);
    }
}

/// An operation that can be called by a URL alone: it has no body, or one that goes into the query.
pub trait Presignable: Operation {}

/// What is known of an operation beside its members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperationInfo {
    /// The operation's name.
    pub name: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path, with its labels: `/contacts/{InstanceId}`.
    pub uri: &'static str,
    /// The codes of the declared errors.
    pub errors: &'static [&'static str],
    /// The status of a success.
    pub status: u16,
    /// What the body of a request is.
    pub request: Media,
    /// What the body of a response is.
    pub response: Media,
    /// What goes before the host, with its labels: `{account}.data.`.
    pub host_prefix: Option<&'static str>,
    /// The checksum that a request has.
    pub checksum: RequestChecksum,
    /// The checksums that a response may have.
    pub response_checksums: &'static [ChecksumAlgorithm],
    /// Whether a request has a hash of its body, and one of the tree of its parts.
    pub tree_hash: bool,
    /// Whether a URL that alone is a call has the members of the body in its query.
    pub presigned_in_query: bool,
    /// Whether it is called where another operation says.
    pub discovery: Discovery,
    /// Whether a client compresses large bodies, and a server takes them.
    pub gzip: bool,
    /// The ways to authenticate requests, at least one: a client takes the first that it has an identity for.
    pub auth: &'static [Auth],
    /// Whether the model has a structure for its input, also one without members.
    pub has_input: bool,
    /// Whether the model has a structure for its output, also one without members.
    pub has_output: bool,
}

/// A way to authenticate requests: <https://smithy.io/2.0/spec/authentication-traits.html>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Auth {
    /// By AWS's signature, with credentials.
    SigV4,
    /// By a token, in the header `authorization`.
    Bearer,
    /// By user and password, in the header `authorization`.
    Basic,
    /// By an answer to a challenge of the server, made of user and password.
    Digest,
    /// By a key, in a header or in the query.
    ApiKey(ApiKey),
    /// In a way of the service's own, by the id of its trait: the program brings what signs requests.
    Custom(&'static str),
    /// Not at all.
    Anonymous,
}

/// Where a key travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ApiKey {
    /// In a header of this name, behind the name of a scheme perhaps.
    Header(&'static str, Option<&'static str>),
    /// In the query, as a parameter of this name.
    Query(&'static str),
}

/// What a stream of events is: <https://smithy.io/2.0/aws/amazon-eventstream.html>.
pub const EVENT_STREAM: &str = "application/vnd.amazon.eventstream";

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// There is none.
    None,
    /// There is none, but a server passes over an empty structure: the model's has no members.
    Empty,
    /// Values in the protocol's format.
    Encoded,
    /// Text or bytes of this media type.
    Raw(&'static str),
    /// Bytes of whatever media type.
    Any,
    /// A stream of this media type; of whatever type when there is none.
    Stream(Option<&'static str>),
    /// A stream, whose length is known beforehand, of this media type.
    SizedStream(Option<&'static str>),
    /// A stream of events.
    Events,
}

impl Media {
    /// Whether it arrives while a program works on it.
    pub const fn is_stream(self) -> bool {
        matches!(self, Self::Stream(_) | Self::SizedStream(_) | Self::Events)
    }
}

impl OperationInfo {
    /// An operation that takes and answers values in the protocol's format, but for requests of methods without a body, and answers 200.
    pub const fn new(name: &'static str, method: &'static str, uri: &'static str, errors: &'static [&'static str]) -> Self {
        let request = match method.as_bytes() {
            b"GET" | b"HEAD" | b"DELETE" => Media::None,
            _ => Media::Encoded,
        };
        Self {
            name,
            method,
            uri,
            errors,
            status: 200,
            request,
            response: Media::Encoded,
            host_prefix: None,
            checksum: RequestChecksum::None,
            response_checksums: &[],
            tree_hash: false,
            presigned_in_query: false,
            discovery: Discovery::None,
            gzip: false,
            auth: &[Auth::SigV4],
            has_input: true,
            has_output: true,
        }
    }

    /// An operation of a service none of whose protocols binds members to parts of HTTP: all of them are in the body.
    pub const fn rpc(name: &'static str, errors: &'static [&'static str]) -> Self {
        Self::new(name, "POST", "/", errors)
    }

    /// The same operation with another status.
    #[must_use]
    pub const fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// The same operation with another body of its requests.
    #[must_use]
    pub const fn request(mut self, media: Media) -> Self {
        self.request = media;
        self
    }

    /// The same operation with another body of its responses.
    #[must_use]
    pub const fn response(mut self, media: Media) -> Self {
        self.response = media;
        self
    }

    /// The same operation with something before the host.
    #[must_use]
    pub const fn host_prefix(mut self, prefix: &'static str) -> Self {
        self.host_prefix = Some(prefix);
        self
    }

    /// The same operation with a `content-md5` of its requests.
    #[cfg(feature = "checksum")]
    #[must_use]
    pub const fn checksum(self) -> Self {
        self.request_checksum(RequestChecksum::ContentMd5)
    }

    /// The same operation with a checksum of its requests.
    #[cfg(feature = "checksum")]
    #[must_use]
    pub const fn request_checksum(mut self, checksum: RequestChecksum) -> Self {
        self.checksum = checksum;
        self
    }

    /// The same operation with a hash of the body of its requests, and one of the tree of its parts.
    #[must_use]
    pub const fn tree_hash(mut self) -> Self {
        self.tree_hash = true;
        self
    }

    /// The same operation, which is also called by URLs that have the members of its body in their query.
    #[must_use]
    pub const fn presigned_in_query(mut self) -> Self {
        self.presigned_in_query = true;
        self
    }

    /// The same operation, which is called where another one says.
    #[must_use]
    pub const fn discovery(mut self, discovery: Discovery) -> Self {
        self.discovery = discovery;
        self
    }

    /// The same operation with one of these checksums of its responses.
    #[cfg(feature = "checksum")]
    #[must_use]
    pub const fn response_checksums(mut self, algorithms: &'static [ChecksumAlgorithm]) -> Self {
        self.response_checksums = algorithms;
        self
    }

    /// The same operation, whose requests are authenticated in other ways, the preferred one first.
    #[must_use]
    pub const fn auth(mut self, auth: &'static [Auth]) -> Self {
        self.auth = auth;
        self
    }

    /// The same operation without an input, which protocols with all members in the body tell from one without members.
    #[must_use]
    pub const fn no_input(mut self) -> Self {
        self.has_input = false;
        self
    }

    /// The same operation without an output, which protocols with all members in the body tell from one without members.
    #[must_use]
    pub const fn no_output(mut self) -> Self {
        self.has_output = false;
        self
    }

    /// The same operation with compressed requests.
    #[must_use]
    pub const fn gzip(mut self) -> Self {
        self.gzip = true;
        self
    }
}

/// What an operation answers that nobody implements.
pub fn not_implemented<O: Operation>(_: O) -> Ready<Result<O::Response, O::Error>> {
    ready(Err(UnrecognizedError::not_implemented(O::INFO.name).into()))
}
