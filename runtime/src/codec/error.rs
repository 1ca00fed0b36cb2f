//! Why a value could not be read.

use std::fmt;

/// Why a value could not be read, and where.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError(Box<DecodeFailure>);

#[derive(Clone, PartialEq, Eq)]
struct DecodeFailure {
    path: String,
    kind: DecodeErrorKind,
}

/// What a [`DecodeError`] is about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The text is not of the format.
    #[error("{0}")]
    Syntax(String),
    /// A value has another type than the model's, or does not fit it.
    #[error("expected {0}")]
    Mistyped(&'static str),
    /// Values nest too deeply.
    #[error("nested more than {0} levels deep")]
    TooDeep(u32),
    /// Values need more memory than the [limits](super::DecodeLimits) allow.
    #[error("more values than fit in {0} bytes of memory")]
    TooLarge(usize),
    /// A strict decoder has recorded as many problems as it does, and found another.
    #[error("more than {0} problems")]
    TooManyProblems(usize),
}

impl DecodeError {
    /// An error at the place where decoding stands.
    pub fn new(kind: DecodeErrorKind) -> Self {
        Self(Box::new(DecodeFailure { path: String::new(), kind }))
    }

    /// A value of another type than `expected`, which is a noun with its article.
    pub fn mistyped(expected: &'static str) -> Self {
        Self::new(DecodeErrorKind::Mistyped(expected))
    }

    /// The same error, one step further out.
    #[must_use]
    pub fn within(mut self, step: &str) -> Self {
        self.0.path.insert_str(0, &format!("/{step}"));
        self
    }

    /// What is wrong.
    pub fn kind(&self) -> &DecodeErrorKind {
        &self.0.kind
    }

    /// Where, as a JSON pointer: `/Contact/Tags`.
    pub fn path(&self) -> &str {
        &self.0.path
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.path.as_str() {
            "" => write!(formatter, "{}", self.0.kind),
            path => write!(formatter, "{} at {path}", self.0.kind),
        }
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "DecodeError({self})")
    }
}

impl std::error::Error for DecodeError {}
