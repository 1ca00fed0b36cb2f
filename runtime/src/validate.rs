//! Constraint traits, checked: <https://smithy.io/2.0/spec/constraint-traits.html>.
//!
//! The first 128 violations are counted, and the first hundred are told, in the words that Smithy's suite of malformed requests asks
//! for. Nothing is looked at behind the last of these. No message quotes a value.

mod checker;
mod decimal;
mod ecmascript;
mod missing;
mod pattern;
mod pointer;
mod values;

pub use checker::{At, Checker, Violation};
pub use decimal::Decimal;
pub use pattern::Pattern;
pub use pointer::PointerStep;
pub use values::{Elements, Entries, Matched, Measured, Ranged};

use crate::codec::MapKey;
use std::collections::BTreeMap;

/// A value that can be checked against the model's constraints.
pub trait Validate {
    /// Tells the checker what the value violates.
    fn validate(&self, check: &mut Checker) {
        let _ = check;
    }
}

impl<T: Validate> Validate for Option<T> {
    #[inline]
    fn validate(&self, check: &mut Checker) {
        if let Some(value) = self {
            value.validate(check);
        }
    }
}

impl<T: Validate> Validate for Box<T> {
    #[inline]
    fn validate(&self, check: &mut Checker) {
        (**self).validate(check);
    }
}

impl<T: Validate> Validate for Vec<T> {
    #[inline]
    fn validate(&self, check: &mut Checker) {
        for (index, element) in self.iter().enumerate() {
            if check.is_full() {
                break;
            }
            check.index(index, |check| element.validate(check));
        }
    }
}

impl<K: MapKey, T: Validate> Validate for BTreeMap<K, T> {
    #[inline]
    fn validate(&self, check: &mut Checker) {
        for (key, value) in self {
            if check.is_full() {
                break;
            }
            check.name(key.as_key(), |check| value.validate(check));
        }
    }
}
