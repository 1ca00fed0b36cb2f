//! How a message is read.

use super::DecodeLimits;

/// How much a decoder forgives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A client's: a missing member gets its zero, and the first value of another type is an error.
    Lenient,
    /// A server's: everything that is missing, of another type or too long is recorded, up to 128 problems.
    Strict,
}

/// How a request is read.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// How much is made of the body.
    pub limits: DecodeLimits,
    /// Whether the model's constraints hold while the body is read: no list is read beyond its greatest length, and no member of a
    /// union that the model does not know.
    pub validate: bool,
}

impl Default for Reading {
    fn default() -> Self {
        Self { limits: DecodeLimits::default(), validate: true }
    }
}
