//! What every generated API crate offers beside its own types.

pub use crate::codec::With;
pub use crate::document::Document;
pub use crate::error::{ClientError, ClientErrorKind, ErrorMeta, Exception, UnrecognizedError};
#[cfg(feature = "event-stream")]
pub use crate::event_stream::{EventSender, EventStream, EventStreamClosed};
pub use crate::operation::{Media, Operation, OperationInfo};
pub use crate::stream::ByteStream;
pub use crate::timestamp::DateTime;
pub use aws_smithy_types::{BigDecimal, BigInteger, Blob};
