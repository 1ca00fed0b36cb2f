//! What formats say alike about enums.

use crate::diagnostic::{Diagnostics, Place};
use std::collections::BTreeSet;
use std::fmt::Display;

/// Reports values that are there twice: there would be two names for one.
pub(super) fn check_values<V: Display + Ord>(values: impl IntoIterator<Item = (V, Place)>, diagnostics: &mut Diagnostics) {
    let mut seen = BTreeSet::new();
    for (value, place) in values {
        if let Some(value) = seen.replace(value) {
            diagnostics.error(&place, format!("the value `{value}` is there twice"), "drop one of them");
        }
    }
}

/// Reports an enum that no value is of.
pub(super) fn report_empty(place: &Place, diagnostics: &mut Diagnostics) {
    diagnostics.error(place, "an enum without values", "give it one, or make it a plain string");
}
