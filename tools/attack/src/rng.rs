//! Random choices that follow from a part, a seed and a number.

pub(crate) use fastrand::Rng;
use std::hash::{DefaultHasher, Hash, Hasher as _};

/// The choices of one case.
pub(crate) fn of(part: &str, seed: u64, case: u64) -> Rng {
    // `DefaultHasher::new` has no keys of its own: the same case is the same everywhere.
    let mut hasher = DefaultHasher::new();
    (part, seed, case).hash(&mut hasher);
    Rng::with_seed(hasher.finish())
}

/// One of some, of which there is one at least.
pub(crate) fn pick<'a, T>(rng: &mut Rng, from: &'a [T]) -> &'a T {
    &from[rng.usize(..from.len())]
}
