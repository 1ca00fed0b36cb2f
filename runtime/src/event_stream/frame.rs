//! Messages as bytes: <https://smithy.io/2.0/aws/amazon-eventstream.html#wire-format>.
//!
//! AWS's crate for this buffers a frame of any length, up to 4 GiB, before it looks at it, and takes any number of headers. Here the
//! lengths are looked at first.

use aws_smithy_types::DateTime;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use aws_smithy_types::str_bytes::StrBytes;
use bytes::{Buf as _, BufMut as _, Bytes, BytesMut};

/// Two lengths and their checksum.
const PRELUDE: usize = 12;

/// The checksum at the end.
const TRAILER: usize = 4;

/// The longest headers, in bytes: services must refuse longer ones.
const MAX_HEADERS_LENGTH: usize = 128 << 10;

/// How many headers a message may have. Models have a handful.
const MAX_HEADERS: usize = 128;

/// The longest text, or bytes, in a header.
const MAX_VALUE: usize = i16::MAX as usize;

/// Why bytes are no message, or a message cannot be bytes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FrameError {
    /// A frame that is shorter than its own parts.
    #[error("a frame of {0} bytes, which is too short for what it holds")]
    TooShort(usize),
    /// A frame that is longer than the limit.
    #[error("a frame of {length} bytes, which is longer than {limit}")]
    TooLong {
        /// The length of the frame.
        length: usize,
        /// The greatest length.
        limit: usize,
    },
    /// Headers that are longer than the limit.
    #[error("headers of {0} bytes, which are longer than {MAX_HEADERS_LENGTH}")]
    HeadersTooLong(usize),
    /// More headers than a message may have.
    #[error("more than {MAX_HEADERS} headers")]
    TooManyHeaders,
    /// The checksum of the lengths is another.
    #[error("the checksum of a frame's lengths is wrong")]
    PreludeChecksum,
    /// The checksum of the frame is another.
    #[error("the checksum of a frame is wrong")]
    Checksum,
    /// A header that is cut off, has no name, or a text that is not UTF-8.
    #[error("a header is malformed, {0} bytes from the first")]
    Header(usize),
    /// A header of a type that there is not.
    #[error("a header has the unknown type {0}")]
    HeaderType(u8),
    /// A header that is there twice.
    #[error("the header {0:?} is there twice")]
    RepeatedHeader(String),
    /// A header that cannot be written: its name or its value is too long, or its time too far away.
    #[error("the header {0:?} cannot be written")]
    Unwritable(String),
    /// The bytes end within a frame.
    #[error("the stream ends within a frame")]
    Truncated,
}

/// Finds messages in bytes that come in pieces.
#[derive(Debug)]
pub struct FrameDecoder {
    limit: usize,
    buffer: BytesMut,
}

impl FrameDecoder {
    /// One that refuses frames longer than this.
    pub fn new(limit: usize) -> Self {
        Self { limit, buffer: BytesMut::new() }
    }

    /// Adds a piece.
    pub fn push(&mut self, piece: &[u8]) {
        self.buffer.extend_from_slice(piece);
    }

    /// The next message; `None` when more is needed for it.
    ///
    /// # Errors
    ///
    /// What is no message. Nothing can be found behind it.
    pub fn message(&mut self) -> Result<Option<Message>, FrameError> {
        let Some(lengths) = Lengths::read(&self.buffer, self.limit)? else { return Ok(None) };
        match self.buffer.len() < lengths.frame {
            true => Ok(None),
            false => decode(self.buffer.split_to(lengths.frame).freeze(), lengths).map(Some),
        }
    }

    /// Ends the bytes.
    ///
    /// # Errors
    ///
    /// A part of a frame is left.
    pub fn end(&self) -> Result<(), FrameError> {
        if self.buffer.is_empty() { Ok(()) } else { Err(FrameError::Truncated) }
    }
}

/// The message of the first frame, and the length of that; `None` when more is needed for it.
pub(super) fn first_frame(bytes: &[u8], limit: usize) -> Result<Option<(Message, usize)>, FrameError> {
    let Some(lengths) = Lengths::read(bytes, limit)? else { return Ok(None) };
    let Some(frame) = bytes.get(..lengths.frame) else { return Ok(None) };
    Ok(Some((decode(Bytes::copy_from_slice(frame), lengths)?, lengths.frame)))
}

/// What the beginning of a frame says.
#[derive(Clone, Copy)]
struct Lengths {
    frame: usize,
    headers: usize,
}

impl Lengths {
    /// Those of the frame that is next; `None` when they are not there yet.
    fn read(bytes: &[u8], limit: usize) -> Result<Option<Self>, FrameError> {
        let Some((mut prelude, _)) = bytes.split_at_checked(PRELUDE) else { return Ok(None) };
        let checksum = crc32fast::hash(&prelude[..PRELUDE - TRAILER]);
        let (frame, headers) = (length(prelude.get_u32()), length(prelude.get_u32()));
        if checksum != prelude.get_u32() {
            return Err(FrameError::PreludeChecksum);
        }
        if frame > limit {
            return Err(FrameError::TooLong { length: frame, limit });
        }
        if headers > MAX_HEADERS_LENGTH {
            return Err(FrameError::HeadersTooLong(headers));
        }
        if frame < PRELUDE + headers + TRAILER {
            return Err(FrameError::TooShort(frame));
        }
        Ok(Some(Self { frame, headers }))
    }
}

fn length(length: u32) -> usize {
    usize::try_from(length).unwrap_or(usize::MAX)
}

/// The message of a whole frame.
fn decode(frame: Bytes, Lengths { headers, .. }: Lengths) -> Result<Message, FrameError> {
    let (content, mut checksum) = frame.split_at(frame.len() - TRAILER);
    if crc32fast::hash(content) != checksum.get_u32() {
        return Err(FrameError::Checksum);
    }
    let payload = frame.slice(PRELUDE + headers..content.len());
    Ok(Message::new_from_parts(decode_headers(frame.slice(PRELUDE..PRELUDE + headers))?, payload))
}

fn decode_headers(mut bytes: Bytes) -> Result<Vec<Header>, FrameError> {
    let all = bytes.len();
    let mut headers: Vec<Header> = Vec::new();
    while !bytes.is_empty() {
        if headers.len() == MAX_HEADERS {
            return Err(FrameError::TooManyHeaders);
        }
        let malformed = FrameError::Header(all - bytes.len());
        let header = decode_header(&mut bytes, &malformed)?;
        if headers.iter().any(|other| other.name() == header.name()) {
            return Err(FrameError::RepeatedHeader(header.name().as_str().to_owned()));
        }
        headers.push(header);
    }
    Ok(headers)
}

fn decode_header(bytes: &mut Bytes, malformed: &FrameError) -> Result<Header, FrameError> {
    let malformed = || malformed.clone();
    let name_length = bytes.try_get_u8().ok().filter(|length| *length > 0).ok_or_else(malformed)?;
    let name = text(take(bytes, name_length.into()).ok_or_else(malformed)?).ok_or_else(malformed)?;
    let value = match bytes.try_get_u8().map_err(|_| malformed())? {
        0 => Some(HeaderValue::Bool(true)),
        1 => Some(HeaderValue::Bool(false)),
        2 => bytes.try_get_i8().ok().map(HeaderValue::Byte),
        3 => bytes.try_get_i16().ok().map(HeaderValue::Int16),
        4 => bytes.try_get_i32().ok().map(HeaderValue::Int32),
        5 => bytes.try_get_i64().ok().map(HeaderValue::Int64),
        6 => take_value(bytes).map(HeaderValue::ByteArray),
        7 => take_value(bytes).and_then(text).map(HeaderValue::String),
        8 => bytes.try_get_i64().ok().map(DateTime::from_millis).map(HeaderValue::Timestamp),
        9 => bytes.try_get_u128().ok().map(HeaderValue::Uuid),
        other => return Err(FrameError::HeaderType(other)),
    };
    Ok(Header::new(name, value.ok_or_else(malformed)?))
}

fn take_value(bytes: &mut Bytes) -> Option<Bytes> {
    let length = bytes.try_get_u16().ok()?;
    take(bytes, length.into())
}

fn take(bytes: &mut Bytes, length: usize) -> Option<Bytes> {
    (length <= bytes.len()).then(|| bytes.split_to(length))
}

fn text(bytes: Bytes) -> Option<StrBytes> {
    StrBytes::try_from(bytes).ok()
}

/// The frame of a message.
///
/// # Errors
///
/// A header or a message that is too long for one.
pub fn encode_frame(message: &Message) -> Result<Bytes, FrameError> {
    let mut frame = BytesMut::with_capacity(PRELUDE + 256 + message.payload().len() + TRAILER);
    frame.put_bytes(0, PRELUDE);
    for header in message.headers() {
        encode_header(header, &mut frame).ok_or_else(|| FrameError::Unwritable(header.name().as_str().to_owned()))?;
    }
    let headers = frame.len() - PRELUDE;
    if headers > MAX_HEADERS_LENGTH {
        return Err(FrameError::HeadersTooLong(headers));
    }
    frame.extend_from_slice(message.payload());
    let length = frame.len() + TRAILER;
    let too_long = |_| FrameError::TooLong { length, limit: usize::try_from(u32::MAX).unwrap_or(usize::MAX) };
    let mut prelude = &mut frame[..PRELUDE];
    prelude.put_u32(u32::try_from(length).map_err(too_long)?);
    prelude.put_u32(u32::try_from(headers).map_err(too_long)?);
    let checksum = crc32fast::hash(&frame[..PRELUDE - TRAILER]);
    (&mut frame[PRELUDE - TRAILER..PRELUDE]).put_u32(checksum);
    frame.put_u32(crc32fast::hash(&frame));
    Ok(frame.freeze())
}

/// Writes a header; `None` when it has no place in a frame.
fn encode_header(header: &Header, to: &mut BytesMut) -> Option<()> {
    let name = header.name().as_bytes();
    to.put_u8(u8::try_from(name.len()).ok().filter(|length| *length > 0)?);
    to.put_slice(name);
    match header.value() {
        HeaderValue::Bool(value) => to.put_u8(u8::from(!value)),
        HeaderValue::Byte(value) => {
            to.put_u8(2);
            to.put_i8(*value);
        }
        HeaderValue::Int16(value) => {
            to.put_u8(3);
            to.put_i16(*value);
        }
        HeaderValue::Int32(value) => {
            to.put_u8(4);
            to.put_i32(*value);
        }
        HeaderValue::Int64(value) => {
            to.put_u8(5);
            to.put_i64(*value);
        }
        HeaderValue::ByteArray(value) => put_value(6, value, to)?,
        HeaderValue::String(value) => put_value(7, value.as_bytes(), to)?,
        HeaderValue::Timestamp(value) => {
            to.put_u8(8);
            to.put_i64(value.to_millis().ok()?);
        }
        HeaderValue::Uuid(value) => {
            to.put_u8(9);
            to.put_u128(*value);
        }
        _ => return None,
    }
    Some(())
}

fn put_value(kind: u8, value: &[u8], to: &mut BytesMut) -> Option<()> {
    to.put_u8(kind);
    to.put_u16(u16::try_from(value.len()).ok().filter(|_| value.len() <= MAX_VALUE)?);
    to.put_slice(value);
    Some(())
}
