//! Operations, and where their members travel.

use crate::codec::{Decode, DecodeError, Encode, Structure, Zero};
use crate::error::{ServiceError, UnrecognizedError};
use crate::text::{Text, Texts};
use crate::validate::Validate;
use std::fmt;
use std::future::{Ready, ready};

/// An operation, by its request.
pub trait Operation: Validate + Zero + Clone + fmt::Debug + Send + Sync + Sized + 'static {
    /// What it answers; `()` when that has no members.
    type Response: Encode + Decode + fmt::Debug + Send + Sync + 'static;

    /// The errors of its service.
    type Error: ServiceError;

    /// What is known of it beside its members.
    const INFO: OperationInfo;

    /// Writes the request.
    ///
    /// # Errors
    ///
    /// A member that cannot travel where it is bound to, as an empty label.
    fn write<W: RequestWriter>(&self, to: &mut W) -> Result<(), WriteError>;

    /// Reads the request into a [zero](Zero).
    ///
    /// # Errors
    ///
    /// A body that is not of the format; what is missing or of another type is recorded by the reader.
    fn read<R: RequestReader>(&mut self, from: &mut R) -> Result<(), DecodeError>;

    /// The member that makes the call idempotent, for the client to fill in.
    fn idempotency_token(&mut self) -> Option<&mut Option<String>> {
        None
    }
}

/// An operation that can be called by a URL alone: it has no body.
pub trait Presignable: Operation {}

/// An operation whose answers come in pages.
pub trait Paginated: Operation {
    /// What the pages hold.
    type Item: Send + 'static;

    /// The token of the next page.
    fn next_token(response: &Self::Response) -> Option<&str>;

    /// Asks for the page of this token.
    fn set_token(&mut self, token: String);

    /// The items of a page.
    fn items(response: Self::Response) -> Vec<Self::Item>;
}

/// What is known of an operation beside its members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OperationInfo {
    /// The operation's name.
    pub name: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path, with its labels: `/contacts/{InstanceId}`.
    pub uri: &'static str,
    /// The status of a success.
    pub status: u16,
    /// The codes of the declared errors.
    pub errors: &'static [&'static str],
}

impl OperationInfo {
    /// An operation that answers 200.
    pub const fn new(name: &'static str, method: &'static str, uri: &'static str, errors: &'static [&'static str]) -> Self {
        Self { name, method, uri, status: 200, errors }
    }

    /// The same operation with another status.
    #[must_use]
    pub const fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }
}

/// What an operation answers that nobody implements.
pub fn not_implemented<O: Operation>(_: O) -> Ready<Result<O::Response, O::Error>> {
    ready(Err(UnrecognizedError::not_implemented(O::INFO.name).into()))
}

/// Where a request is written to.
pub trait RequestWriter {
    /// Writes a segment of the path.
    ///
    /// # Errors
    ///
    /// An empty text, which would be another path.
    fn label<T: Text>(&mut self, name: &'static str, value: &T) -> Result<(), WriteError>;

    /// Writes query parameters: one for each text.
    ///
    /// # Errors
    ///
    /// A value without a text form.
    fn query<T: Texts>(&mut self, name: &'static str, value: &T) -> Result<(), WriteError>;

    /// Writes headers: one for each text.
    ///
    /// # Errors
    ///
    /// A text that no header can hold.
    fn header<T: Texts>(&mut self, name: &'static str, value: &T) -> Result<(), WriteError>;

    /// Writes the body: the members of a request that travel there.
    ///
    /// # Errors
    ///
    /// None of restJson1's.
    fn body<T: Structure>(&mut self, value: &T) -> Result<(), WriteError>;
}

/// Where a request is read from.
pub trait RequestReader {
    /// Reads a segment of the path.
    ///
    /// # Errors
    ///
    /// None of restJson1's: what is wrong is recorded.
    fn label<T: Text>(&mut self, name: &'static str, place: &mut T) -> Result<(), DecodeError>;

    /// Reads the query parameters of this name.
    ///
    /// # Errors
    ///
    /// None of restJson1's: what is wrong is recorded.
    fn query<T: Texts>(&mut self, name: &'static str, place: &mut T) -> Result<(), DecodeError>;

    /// Reads the headers of this name.
    ///
    /// # Errors
    ///
    /// None of restJson1's: what is wrong is recorded.
    fn header<T: Texts>(&mut self, name: &'static str, place: &mut T) -> Result<(), DecodeError>;

    /// Reads the body: the members of a request that travel there.
    ///
    /// # Errors
    ///
    /// A body that is not of the format.
    fn body<T: Structure>(&mut self, value: &mut T) -> Result<(), DecodeError>;
}

/// What writing something comes to.
pub type Written = Result<(), WriteError>;

/// Why a request could not be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// A label must not be empty: the path would be another operation's.
    #[error("the label {0} is empty")]
    EmptyLabel(&'static str),
    /// A text that no header can hold, a line feed say.
    #[error("the header {0} cannot hold this value")]
    Header(&'static str),
    /// A value without a text form, a timestamp past the year 9999 say.
    #[error("the member {0} has no text form")]
    NoText(&'static str),
}
