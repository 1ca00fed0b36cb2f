//! The members that are missing.

use std::collections::HashSet;

/// The paths of the members that are missing. What stands in for them violates nothing.
#[derive(Debug, Default)]
pub(super) struct MissingPaths(Vec<String>);

impl MissingPaths {
    pub(super) fn insert(&mut self, path: &str) {
        self.0.push(path.to_owned());
    }

    /// Whether what lies at this path stands in for a missing member, or lies in what does.
    pub(super) fn cover(&self, path: &str) -> bool {
        let covers =
            |missing: &String| path.strip_prefix(missing.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        self.0.iter().any(covers)
    }

    /// The indices of the elements of the list at this path in which something is missing.
    pub(super) fn elements_in(&self, list: &str) -> HashSet<usize> {
        let element = |missing: &String| missing.strip_prefix(list)?.strip_prefix('/')?.split_once('/')?.0.parse().ok();
        self.0.iter().filter_map(element).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_covers_what_is_inside_it_and_nothing_beside_it() {
        let mut missing = MissingPaths::default();
        missing.insert("/a/b");
        assert!(missing.cover("/a/b") && missing.cover("/a/b/0/c"));
        assert!(!missing.cover("/a") && !missing.cover("/a/bc") && !missing.cover("/a/c"));
    }

    #[test]
    fn an_element_in_which_something_is_missing_is_known_by_its_index() {
        let mut missing = MissingPaths::default();
        ["/a/1/b", "/a/12/b/c", "/a/3", "/b/4/c"].iter().for_each(|path| missing.insert(path));
        assert_eq!(missing.elements_in("/a"), HashSet::from([1, 12]));
    }
}
