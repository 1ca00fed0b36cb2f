//! Members in the headers of messages: `smithy.api#eventHeader`.
//!
//! <https://smithy.io/2.0/spec/streaming.html#eventheader-trait>

use crate::enumeration::Enumeration;
use crate::timestamp::DateTime;
use aws_smithy_types::Blob;
use aws_smithy_types::event_stream::HeaderValue;
use aws_smithy_types::str_bytes::StrBytes;
use bytes::Bytes;

/// A value that can be in the header of an event.
pub trait EventHeader: Sized {
    /// What the value is, with its article: "an integer".
    const EXPECTED: &'static str;

    /// The value, if there is one.
    fn to_header(&self) -> Option<HeaderValue>;

    /// The value of a header; `None` when it is of another type.
    fn from_header(value: &HeaderValue) -> Option<Self>;

    /// Whether an event need not have the header.
    fn may_be_missing() -> bool {
        false
    }
}

impl<T: EventHeader> EventHeader for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn to_header(&self) -> Option<HeaderValue> {
        self.as_ref()?.to_header()
    }

    fn from_header(value: &HeaderValue) -> Option<Self> {
        T::from_header(value).map(Some)
    }

    fn may_be_missing() -> bool {
        true
    }
}

macro_rules! event_header {
    ($($type:ty: $variant:ident, $expected:literal;)*) => {
        $(
            impl EventHeader for $type {
                const EXPECTED: &'static str = $expected;

                fn to_header(&self) -> Option<HeaderValue> {
                    Some(HeaderValue::$variant(*self))
                }

                fn from_header(value: &HeaderValue) -> Option<Self> {
                    match value {
                        HeaderValue::$variant(value) => Some(*value),
                        _ => None,
                    }
                }
            }
        )*
    };
}

event_header! {
    bool: Bool, "a boolean";
    i8: Byte, "a byte";
    i16: Int16, "a short integer";
    i32: Int32, "an integer";
    i64: Int64, "a long integer";
    DateTime: Timestamp, "a timestamp";
}

impl EventHeader for Blob {
    const EXPECTED: &'static str = "bytes";

    fn to_header(&self) -> Option<HeaderValue> {
        Some(HeaderValue::ByteArray(Bytes::copy_from_slice(self.as_ref())))
    }

    fn from_header(value: &HeaderValue) -> Option<Self> {
        value.as_byte_array().ok().map(|bytes| Self::new(bytes.as_ref()))
    }
}

impl EventHeader for String {
    const EXPECTED: &'static str = "a string";

    fn to_header(&self) -> Option<HeaderValue> {
        Some(HeaderValue::String(StrBytes::from(self.clone())))
    }

    fn from_header(value: &HeaderValue) -> Option<Self> {
        value.as_string().ok().map(|text| text.as_str().to_owned())
    }
}

impl<T: Enumeration> EventHeader for T {
    const EXPECTED: &'static str = "a string";

    fn to_header(&self) -> Option<HeaderValue> {
        self.as_str().to_owned().to_header()
    }

    fn from_header(value: &HeaderValue) -> Option<Self> {
        value.as_string().ok().map(|text| Self::from(text.as_str()))
    }
}
