//! A response in HTTP's terms: whether it has a body, and how long that is.

use super::panics::{self, Panicked};
use crate::message::BodyText;
use crate::stream::{ByteStream, StreamError};
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use http_body::{Body, Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll};

/// The body of a response: bytes, or a stream. When a stream breaks off or panics, so does the connection.
#[derive(Debug, Default)]
pub struct ResponseBody {
    bytes: ByteStream,
    /// Whose it is, if it is a stream.
    request: Option<Box<Origin>>,
}

/// What a stream that panics is told by.
#[derive(Debug)]
struct Origin {
    operation: &'static str,
    request_id: String,
}

impl ResponseBody {
    pub(super) fn new(body: BodyText, operation: &'static str, request_id: &str) -> Self {
        match body {
            BodyText::None => Self::default(),
            BodyText::Bytes(bytes) => Self { bytes: bytes.into(), request: None },
            BodyText::Stream(bytes) => Self::streamed(bytes, operation, request_id),
            #[cfg(feature = "event-stream")]
            BodyText::Events(events) => Self::streamed(events.into_bytes(), operation, request_id),
        }
    }

    fn streamed(bytes: ByteStream, operation: &'static str, request_id: &str) -> Self {
        Self { bytes, request: Some(Box::new(Origin { operation, request_id: request_id.to_owned() })) }
    }

    /// Nothing more can come of it.
    fn break_off(&mut self) -> StreamError {
        self.bytes = ByteStream::default();
        if let Some(request) = &self.request {
            panics::tell(request.operation, &request.request_id, "the answer's stream");
        }
        "the answer's stream panicked".into()
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        let frame = panics::caught(|| Pin::new(&mut self.bytes).poll_frame(context));
        frame.unwrap_or_else(|Panicked| Poll::Ready(Some(Err(self.break_off()))))
    }

    fn is_end_stream(&self) -> bool {
        panics::caught(|| self.bytes.is_end_stream()).unwrap_or(false)
    }

    fn size_hint(&self) -> SizeHint {
        panics::caught(|| self.bytes.size_hint()).unwrap_or_default()
    }
}

/// A response to a request of this method. A length that is not known is what the headers say, if they do.
pub(super) fn with_body(status: StatusCode, headers: HeaderMap, body: ResponseBody, method: &Method) -> Response<ResponseBody> {
    let mut response = Response::new(ResponseBody::default());
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    match Content::of(status, method) {
        Content::Sent => {
            set_length(response.headers_mut(), body.bytes.length());
            *response.body_mut() = body;
        }
        // The length is that of what is left out, which a header may know better than the body of an operation without one.
        Content::LeftOut if response.headers().contains_key(CONTENT_LENGTH) => {}
        Content::LeftOut => set_length(response.headers_mut(), body.bytes.length()),
        Content::Never(length) => {
            response.headers_mut().remove(CONTENT_TYPE);
            response.headers_mut().remove(CONTENT_LENGTH);
            set_length(response.headers_mut(), length);
        }
    }
    response
}

/// What HTTP makes of a response's body: <https://www.rfc-editor.org/rfc/rfc9112#name-message-body-length>.
enum Content {
    Sent,
    /// The headers speak of a body that is not there.
    LeftOut,
    /// There is none, and this is its length as far as one is told.
    Never(Option<u64>),
}

impl Content {
    fn of(status: StatusCode, method: &Method) -> Self {
        match status {
            StatusCode::NO_CONTENT => Self::Never(None),
            StatusCode::RESET_CONTENT => Self::Never(Some(0)),
            StatusCode::NOT_MODIFIED => Self::Never(None),
            _ if method == Method::HEAD => Self::LeftOut,
            _ => Self::Sent,
        }
    }
}

fn set_length(headers: &mut HeaderMap, length: Option<u64>) {
    if let Some(length) = length {
        headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
}
