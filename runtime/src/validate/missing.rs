//! The members that are missing, by the thousand.

use std::collections::HashSet;

/// A path, in 16 bytes: a million missing members must be known, since what stands in for them is no violation, but not spelled.
///
/// It is a polynomial of the bytes, so that a decoder, which learns of a path from its end to its beginning, can put a step before
/// it. Two paths with the same hash would only make a request that is refused anyway count one violation less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PathHash {
    sum: u64,
    /// The base to the power of the path's length.
    power: u64,
}

const MODULUS: u64 = (1 << 61) - 1;
const BASE: u64 = 0x0123_4567_89ab_cdef;

impl PathHash {
    const EMPTY: Self = Self { sum: 0, power: 1 };

    /// The hash of a JSON pointer.
    pub fn of(path: &str) -> Self {
        path.bytes().fold(Self::EMPTY, Self::then)
    }

    /// The hash of the same path, one step further out. The step is one of a JSON pointer, with its slash.
    #[must_use]
    pub fn within(self, step: &str) -> Self {
        let outer = Self::of(step);
        Self { sum: add(multiply(outer.sum, self.power), self.sum), power: multiply(outer.power, self.power) }
    }

    fn then(self, byte: u8) -> Self {
        Self { sum: add(multiply(self.sum, BASE), u64::from(byte) + 1), power: multiply(self.power, BASE) }
    }
}

fn multiply(left: u64, right: u64) -> u64 {
    // Less than the modulus, which fits.
    (u128::from(left) * u128::from(right) % u128::from(MODULUS)) as u64
}

fn add(left: u64, right: u64) -> u64 {
    (left + right) % MODULUS
}

/// The paths of all missing members.
#[derive(Debug, Default)]
pub(super) struct MissingPaths(HashSet<PathHash>);

impl MissingPaths {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn insert(&mut self, path: PathHash) {
        self.0.insert(path);
    }

    /// Whether what lies at this path stands in for a missing member, or lies in what does.
    pub(super) fn cover(&self, path: &str) -> bool {
        if self.is_empty() {
            return false;
        }
        let mut hash = PathHash::EMPTY;
        for byte in path.bytes() {
            if byte == b'/' && self.0.contains(&hash) {
                return true;
            }
            hash = hash.then(byte);
        }
        self.0.contains(&hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_the_same_from_either_end() {
        assert_eq!(PathHash::of("/c").within("/b").within("/a"), PathHash::of("/a/b/c"));
        assert_ne!(PathHash::of("/a/c/b"), PathHash::of("/a/b/c"));
    }

    #[test]
    fn what_is_missing_covers_what_is_inside_it_and_nothing_beside_it() {
        let mut missing = MissingPaths::default();
        missing.insert(PathHash::of("/a/b"));
        assert!(missing.cover("/a/b") && missing.cover("/a/b/0/c"));
        assert!(!missing.cover("/a") && !missing.cover("/a/bc") && !missing.cover("/a/c"));
    }
}
