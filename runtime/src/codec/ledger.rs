//! What a decoder keeps count of.

use super::{DecodeError, DecodeErrorKind, DecodeLimits, Decoded, Mode, Problems};
use std::mem;

/// What a decoder keeps count of, whatever the format: how deep it is, what it may still allocate, what is wrong.
#[derive(Debug)]
pub(crate) struct Ledger {
    pub(crate) mode: Mode,
    limits: DecodeLimits,
    /// How long the whole body is, in bytes.
    length: usize,
    /// How many levels the decoder may still go down.
    pub(crate) depth: u32,
    /// How many bytes may still be allocated.
    memory: usize,
    /// Whether the model's constraints hold while decoding.
    pub(crate) validate: bool,
    /// How many elements or entries the value at hand may have.
    pub(crate) maximum: usize,
    pub(crate) problems: Problems,
}

impl Ledger {
    /// That of a body of so many bytes.
    pub(crate) fn new(length: usize, mode: Mode, limits: DecodeLimits) -> Self {
        Self {
            mode,
            limits,
            length,
            depth: limits.max_depth(),
            memory: limits.memory_for(length),
            validate: mode == Mode::Strict,
            maximum: usize::MAX,
            problems: Problems::default(),
        }
    }

    /// Goes one level down.
    #[inline]
    pub(crate) fn descend(&mut self) -> Decoded {
        if self.descends() { Ok(()) } else { Err(self.too_deep()) }
    }

    /// Goes one level down, if there may be another.
    #[inline]
    pub(crate) fn descends(&mut self) -> bool {
        let lower = self.depth.checked_sub(1);
        self.depth = lower.unwrap_or_default();
        lower.is_some()
    }

    /// Goes one level up.
    #[inline]
    pub(crate) fn ascend(&mut self) {
        self.depth += 1;
    }

    /// Counts what is about to be allocated.
    #[inline]
    pub(crate) fn allocate(&mut self, bytes: usize) -> Decoded {
        match self.memory.checked_sub(bytes) {
            Some(memory) => self.memory = memory,
            None => return Err(self.too_large()),
        }
        Ok(())
    }

    /// How many elements or entries the value at hand may have; those in it may have any number.
    #[inline]
    pub(crate) fn take_maximum(&mut self) -> usize {
        mem::replace(&mut self.maximum, usize::MAX)
    }

    /// What becomes of a null where none is allowed.
    pub(crate) fn dense_null(&self) -> Decoded {
        match self.mode {
            Mode::Lenient => Ok(()),
            Mode::Strict => Err(DecodeError::mistyped("a value, not null")),
        }
    }

    #[cold]
    fn too_deep(&self) -> DecodeError {
        DecodeError::new(DecodeErrorKind::TooDeep(self.limits.max_depth()))
    }

    #[cold]
    fn too_large(&self) -> DecodeError {
        DecodeError::new(DecodeErrorKind::TooLarge(self.limits.memory_for(self.length)))
    }
}
