//! What generated code calls, by path: `use smithwright_runtime::codegen as rt;`. So a service's own types may have any of these names.

pub use crate::checksum::{ChecksumAlgorithm, ChecksumMembers, RequestChecksum};
pub use crate::codec::{
    Decode, DecodeError, Decoded, Decoder, Encode, Encoder, EpochSeconds, HttpDate, MemberName, Names, Rfc3339, Structure, Zero,
};
pub use crate::document::Document;
pub use crate::endpoint::EndpointParameters;
pub use crate::error::{ClientError, ErrorMeta, Exception, Retryable, ServiceError, ServiceName, UnrecognizedError};
#[cfg(feature = "event-stream")]
pub use crate::event_stream::{Event, EventStream, Events};
pub use crate::message::{Message, MessageReader, MessageWriter, Written};
pub use crate::operation::{
    ApiKey, Auth, DescribesEndpoints, DiscoveredEndpoint, Discovery, Itemized, Media, Operation, OperationInfo, PageItems,
    Paginated, Presignable, TextToken, Tokens, not_implemented, set_token, stand_in,
};
pub use crate::redact::{Redacted, redacted};
pub use crate::stream::ByteStream;
pub use crate::text::Base64;
pub use crate::timestamp::DateTime;
pub use crate::validate::{Checker, Decimal, Pattern, Validate};
pub use crate::{
    big_decimal, big_integer, bindings, empty_response, enumeration, exception, integer_enumeration, members, paginated, request,
    structure,
};
#[cfg(feature = "event-stream")]
pub use crate::{event, events};
pub use aws_smithy_types::{BigDecimal, BigInteger, Blob};
