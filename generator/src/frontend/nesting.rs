//! Lists and maps of lists and maps: they must lead to something else, and soon.

use crate::diagnostic::{Diagnostics, Place};
use std::collections::BTreeSet;

/// How many lists and maps may hold one another. A type of types is written, and compiled, by recursion.
const MAX_NESTING: usize = 32;

/// Reports a list or a map, which is at `place`, that holds nothing but itself, or too many others one in the other. `element` says
/// what a list or a map holds.
pub(super) fn check_nesting<'m>(
    id: &'m str,
    element: impl Fn(&'m str) -> Option<&'m str>,
    place: &Place,
    diagnostics: &mut Diagnostics,
) {
    let mut seen = BTreeSet::new();
    let mut inner = id;
    while let Some(next) = element(inner) {
        if next == id {
            return diagnostics.error(place, format!("`{id}` holds nothing but itself"), "put a structure or union in between");
        }
        if seen.len() == MAX_NESTING {
            let message = format!("more than {MAX_NESTING} lists and maps in `{id}`, one in the other");
            return diagnostics.error(place, message, "put a structure in between");
        }
        // Another one's circle: it is reported there.
        if !seen.insert(next) {
            return;
        }
        inner = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of the first of some lists: each holds the next one, and the last the one of this number, if there is one.
    fn said_of_first(lists: usize, last: Option<usize>) -> Vec<String> {
        let names: Vec<String> = (0..=lists).map(|number| number.to_string()).collect();
        let element = |id: &str| {
            let number: usize = id.parse().unwrap();
            let next = if number + 1 < lists { Some(number + 1) } else { last };
            next.filter(|_| number < lists).map(|next| names[next].as_str())
        };
        let mut diagnostics = Diagnostics::default();
        check_nesting(&names[0], element, &Place::file("model.json"), &mut diagnostics);
        diagnostics.list.into_iter().map(|diagnostic| diagnostic.message).collect()
    }

    #[test]
    fn lists_end_somewhere() {
        assert_eq!(said_of_first(MAX_NESTING, None), [""; 0]);
        assert_eq!(said_of_first(MAX_NESTING + 2, None), ["more than 32 lists and maps in `0`, one in the other"]);
        assert_eq!(said_of_first(100_000, None).len(), 1);
    }

    #[test]
    fn a_list_of_itself_is_told_and_one_that_leads_there_is_not() {
        for lists in [1, 2, 10] {
            assert_eq!(said_of_first(lists, Some(0)), ["`0` holds nothing but itself"], "{lists}");
        }
        assert_eq!(said_of_first(3, Some(1)), [""; 0]);
    }
}
