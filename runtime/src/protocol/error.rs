//! What the errors of all protocols have in common.

use crate::codec::Encoder;
use crate::document::Document;
use crate::error::{ErrorMeta, ServiceError, UnrecognizedError};
use crate::message::MessageReader;
use http::{HeaderMap, HeaderValue};

/// The header that names an error.
pub(super) const ERROR_TYPE: &str = "x-amzn-errortype";

/// The headers that carry a request id, most telling first.
const REQUEST_ID: [&str; 2] = ["x-amzn-requestid", "x-amz-request-id"];

/// The header with the code that an error has in a protocol which the service spoke before.
pub(super) const QUERY_ERROR: &str = "x-amzn-query-error";

/// How much of a body that is not of the format is kept, in characters.
const MAX_TEXT: usize = 1000;

/// The member of a body that names an error.
pub(crate) const ERROR_TYPE_MEMBER: &str = "__type";

/// The member of a body that is for people.
pub(crate) const MESSAGE_MEMBER: &str = "message";

/// What an error says that no model knows.
pub trait ErrorMembers {
    /// Writes it, as the members of a structure.
    fn encode_members<E: Encoder>(&self, to: &mut E);
}

/// A message alone.
impl ErrorMembers for str {
    fn encode_members<E: Encoder>(&self, to: &mut E) {
        to.member(MESSAGE_MEMBER, self);
    }
}

/// What is found in an error response, whichever error it is.
pub(super) struct Found {
    /// The name, without namespace and URI.
    pub(super) code: Option<String>,
    /// The whole body; a null, if it is not of the format.
    pub(super) body: Document,
    /// The beginning of a body that is not of the format.
    pub(super) page: Option<String>,
}

impl Found {
    /// The body of an error, as far as it can be read.
    pub(super) fn new(body: &[u8], read: Option<Document>) -> Self {
        match read {
            Some(document) => Self { code: None, body: document, page: None },
            None => Self { code: None, body: Document::Null, page: plain_text(body) },
        }
    }

    /// The error, whose members the reader has.
    pub(super) fn into_error<E: ServiceError>(self, status: u16, headers: &HeaderMap, from: &mut impl MessageReader) -> E {
        let Self { code, body, page } = self;
        let message = message(&body).map(str::to_owned);
        let request_id = REQUEST_ID.iter().find_map(|name| text_header(headers, name)).map(str::to_owned);
        let query_error = text_header(headers, QUERY_ERROR).map(str::to_owned);
        let meta = ErrorMeta::new(status, request_id, message.clone(), page).with_query_error(query_error);
        let modelled = code.as_ref().and_then(|code| E::read(code, from).ok().flatten());
        let mut error = modelled
            .unwrap_or_else(|| E::from(UnrecognizedError::new(code.unwrap_or_default(), status, message).with_body(body)));
        *error.exception_mut().meta_mut() = meta;
        error
    }
}

/// The name of an error, without namespace and URI.
pub(super) fn plain_code(code: &str) -> &str {
    let code = code.split(':').next().unwrap_or(code);
    code.rsplit('#').next().unwrap_or(code)
}

/// A text of a body.
pub(super) fn named<'b>(body: &'b Document, name: &str) -> Option<&'b str> {
    body.get(name).and_then(Document::as_str)
}

/// A header, if it is text.
pub(super) fn text_header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

/// Sets a header. A text that no header can hold, as an error's code from further on may be, is left out.
pub(super) fn set_if_text(headers: &mut HeaderMap, name: &'static str, text: &str) {
    if let Some(value) = HeaderValue::try_from(text).ok().filter(|_| !text.is_empty()) {
        headers.insert(name, value);
    }
}

fn message(body: &Document) -> Option<&str> {
    [MESSAGE_MEMBER, "Message"].iter().find_map(|name| named(body, name))
}

/// What a body says that is not of the format: a proxy's or a load balancer's page.
fn plain_text(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?.trim();
    (!text.is_empty()).then(|| text.chars().take(MAX_TEXT).collect())
}
