//! How large a model can be where something is looked up one by one: far more than any service has, and little enough to be quick.

use crate::diagnostic::{Diagnostics, Place};

/// How many members a structure, a union or an enum can have. The largest of AWS's have 1,500.
pub(super) const MAX_MEMBERS: usize = 10_000;

/// Reports that there are more than `max` of something; how many of them are looked at.
pub(super) fn limit(count: usize, max: usize, what: &str, place: &Place, diagnostics: &mut Diagnostics) -> usize {
    if count > max {
        diagnostics.error(place, format!("{count} {what}, where {max} will do"), "split what has them, or drop some");
    }
    count.min(max)
}
