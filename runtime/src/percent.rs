//! Percent encoding: <https://datatracker.ietf.org/doc/html/rfc3986#section-2.3>.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};

/// All but the unreserved characters, which AWS's signature wants encoded wherever text of a member stands in a URI.
pub(crate) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
