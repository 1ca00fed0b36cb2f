//! Bodies that are not held in memory: `smithy.api#streaming` blobs.
//!
//! <https://smithy.io/2.0/spec/streaming.html>

use crate::codec::Zero;
use bytes::{Buf, Bytes};
use http_body::{Body, Frame, SizeHint};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full};
use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

/// Why a stream broke off.
pub type StreamError = Box<dyn Error + Send + Sync>;

/// Bytes that come or go while a program works on them.
///
/// It is a [`http_body::Body`]: whatever sends or forwards bodies takes it, so that a file goes out and a response is handed on
/// without being in memory. Clones share it; what one of them reads, the others do not get, unless the bytes are in memory.
///
/// ```text
/// let file = ByteStream::from_body(StreamBody::new(ReaderStream::new(File::open(path).await?)));
/// client.upload_archive(UploadArchiveRequest::new("vault").body(file)).await?;
/// let bytes = client.get_archive(request).await?.body.collect().await?;
/// ```
#[derive(Clone, Default)]
pub struct ByteStream(Source);

#[derive(Clone)]
enum Source {
    Memory(Bytes),
    Body(Arc<Once>),
}

/// A body that can be read once.
struct Once {
    /// The length of all of it, where it is known beforehand.
    length: Option<u64>,
    rest: Mutex<Rest>,
}

/// What is not read yet.
struct Rest {
    /// How much was read.
    read: u64,
    body: Option<BoxedBody>,
}

/// A body of whatever type.
pub(crate) struct BoxedBody(Pin<Box<dyn AnyBody>>);

/// Forgets the type of a body.
pub(crate) fn boxed<B>(body: B) -> BoxedBody
where
    B: Body + Send + 'static,
    B::Error: Into<StreamError>,
{
    BoxedBody(Box::pin(body))
}

/// A body of whatever data, as one of bytes. Unlike [`map_frame`](http_body_util::BodyExt::map_frame)'s, it knows its length.
trait AnyBody: Send {
    fn poll_bytes(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, StreamError>>>;

    fn is_at_end(&self) -> bool;

    fn hint(&self) -> SizeHint;
}

impl<B> AnyBody for B
where
    B: Body + Send,
    B::Error: Into<StreamError>,
{
    fn poll_bytes(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        let frame = ready!(self.poll_frame(context));
        let copy = |frame: Frame<B::Data>| frame.map_data(|mut data| data.copy_to_bytes(data.remaining()));
        Poll::Ready(frame.map(|frame| frame.map(copy).map_err(Into::into)))
    }

    fn is_at_end(&self) -> bool {
        self.is_end_stream()
    }

    fn hint(&self) -> SizeHint {
        self.size_hint()
    }
}

impl Body for BoxedBody {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        self.0.as_mut().poll_bytes(context)
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_at_end()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.hint()
    }
}

impl Default for Source {
    fn default() -> Self {
        Self::Memory(Bytes::new())
    }
}

impl ByteStream {
    /// A stream of the data of a body.
    pub fn from_body<B>(body: B) -> Self
    where
        B: Body + Send + 'static,
        B::Error: Into<StreamError>,
    {
        let length = body.size_hint().exact();
        Self::sized(body, length)
    }

    /// A stream of the data of a body that may not know its own length.
    pub(crate) fn sized<B>(body: B, length: Option<u64>) -> Self
    where
        B: Body + Send + 'static,
        B::Error: Into<StreamError>,
    {
        let rest = Mutex::new(Rest { read: 0, body: Some(boxed(body)) });
        Self(Source::Body(Arc::new(Once { length, rest })))
    }

    /// The length in bytes, where it is known beforehand.
    pub fn length(&self) -> Option<u64> {
        match &self.0 {
            Source::Memory(bytes) => u64::try_from(bytes.len()).ok(),
            Source::Body(once) => once.length,
        }
    }

    /// The bytes, where they are in memory already.
    pub fn bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Source::Memory(bytes) => Some(bytes),
            Source::Body(_) => None,
        }
    }

    /// All bytes, in memory. What was read already, here or by a clone, is not among them.
    ///
    /// # Errors
    ///
    /// The stream broke off.
    pub async fn collect(self) -> Result<Bytes, StreamError> {
        match self.0 {
            Source::Memory(bytes) => Ok(bytes),
            Source::Body(once) => {
                let body = once.rest().body.take();
                match body {
                    Some(body) => Ok(body.collect().await?.to_bytes()),
                    None => Ok(Bytes::new()),
                }
            }
        }
    }
}

impl Once {
    fn rest(&self) -> MutexGuard<'_, Rest> {
        self.rest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Rest {
    fn poll_frame(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        let frame = ready!(Pin::new(body).poll_frame(context));
        if let Some(data) = frame.as_ref().and_then(|frame| frame.as_ref().ok()?.data_ref()) {
            self.read += u64::try_from(data.len()).unwrap_or(u64::MAX);
        }
        Poll::Ready(frame)
    }
}

impl Body for ByteStream {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        match &mut self.0 {
            Source::Memory(bytes) if bytes.is_empty() => Poll::Ready(None),
            Source::Memory(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Source::Body(once) => once.rest().poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Source::Memory(bytes) => bytes.is_empty(),
            Source::Body(once) => once.rest().body.as_ref().is_none_or(Body::is_end_stream),
        }
    }

    /// Of what is not read yet, where [`length`](Self::length) is of all.
    fn size_hint(&self) -> SizeHint {
        let Source::Body(once) = &self.0 else { return self.length().map(SizeHint::with_exact).unwrap_or_default() };
        let rest = once.rest();
        match (&rest.body, once.length) {
            (None, _) => SizeHint::with_exact(0),
            (Some(_), Some(length)) => SizeHint::with_exact(length.saturating_sub(rest.read)),
            (Some(body), None) => body.size_hint(),
        }
    }
}

impl From<Bytes> for ByteStream {
    fn from(bytes: Bytes) -> Self {
        Self(Source::Memory(bytes))
    }
}

impl From<Vec<u8>> for ByteStream {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<&'static [u8]> for ByteStream {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl From<String> for ByteStream {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for ByteStream {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

impl From<ByteStream> for UnsyncBoxBody<Bytes, StreamError> {
    fn from(stream: ByteStream) -> Self {
        match stream.0 {
            Source::Memory(bytes) => Full::new(bytes).map_err(|never| match never {}).boxed_unsync(),
            Source::Body(_) => stream.boxed_unsync(),
        }
    }
}

/// The same bytes in memory, or clones of one stream.
impl PartialEq for ByteStream {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Source::Memory(one), Source::Memory(other)) => one == other,
            (Source::Body(one), Source::Body(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(formatter, "ByteStream({length} bytes)"),
            None => formatter.write_str("ByteStream(..)"),
        }
    }
}

impl Zero for ByteStream {
    fn zero() -> Self {
        Self::default()
    }
}
