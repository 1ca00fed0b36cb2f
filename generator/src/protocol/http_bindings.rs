//! What protocols with HTTP bindings have in common: <https://smithy.io/2.0/spec/http-bindings.html>.

use crate::ir::{Binding, TimestampFormat};

/// What the payload of a blob is when its model does not say it.
pub const BYTES: &str = "application/octet-stream";

/// What the payload of a string is when its model does not say it.
pub const TEXT: &str = "text/plain";

/// What a timestamp is that is bound like this, where the model does not say it; `None` in the body, where the protocol decides.
pub fn timestamps_outside_the_body(binding: &Binding) -> Option<TimestampFormat> {
    match binding {
        Binding::Header(_) => Some(TimestampFormat::HttpDate),
        Binding::Label(_) | Binding::Query(_) => Some(TimestampFormat::DateTime),
        _ => None,
    }
}
