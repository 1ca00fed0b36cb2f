//! From page to page, and to an end: also where whoever answers never comes to one.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};

/// A hundred million items in pages of a thousand, and an hour of asking.
const MAX_PAGES: usize = 100_000;

/// Which pages were asked for.
#[derive(Debug)]
pub(super) struct Course {
    /// The hash of the token that was asked for last.
    asked: Option<u64>,
    /// The hashes of all that were asked for; `None` where they may come again. The key is random: nobody makes two of one hash.
    seen: Option<HashSet<u64>>,
    hashes: RandomState,
    pages: usize,
    max_pages: usize,
}

/// Why there is no next page, although there is a token of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CourseError {
    /// This page has the token of an earlier one.
    Circle(usize),
    /// There are more pages than this.
    Endless(usize),
}

impl CourseError {
    /// The error of an operation's list. The tokens stay out of it.
    pub(super) fn of(self, operation: &str) -> String {
        match self {
            Self::Circle(page) => format!("{operation}: page {page} names an earlier page as the next one: the list has no end"),
            Self::Endless(pages) => format!("{operation}: there are more than {pages} pages: allow more with `max_pages`"),
        }
    }
}

impl Course {
    /// A course that begins with the page of this token.
    pub(super) fn from(token: Option<&str>) -> Self {
        let hashes = RandomState::new();
        let asked = token.filter(|token| !token.is_empty()).map(|token| hashes.hash_one(token));
        Self { asked, seen: Some(asked.into_iter().collect()), hashes, pages: 0, max_pages: MAX_PAGES }
    }

    pub(super) fn max_pages(&mut self, pages: usize) {
        self.max_pages = pages;
    }

    pub(super) fn allow_repeated_tokens(&mut self) {
        self.seen = None;
    }

    /// Behind a page that has this token: the token to go on with, if there is a next page.
    ///
    /// # Errors
    ///
    /// A page that was asked for, but for the last, or one page too many.
    pub(super) fn turn<'t>(&mut self, token: Option<&'t str>) -> Result<Option<&'t str>, CourseError> {
        self.pages += 1;
        let Some(token) = token.filter(|token| !token.is_empty()) else { return Ok(None) };
        if let Some(seen) = &mut self.seen {
            let next = self.hashes.hash_one(token);
            if self.asked.replace(next) == Some(next) {
                return Ok(None);
            }
            if !seen.insert(next) {
                return Err(CourseError::Circle(self.pages));
            }
        }
        if self.pages >= self.max_pages {
            return Err(CourseError::Endless(self.max_pages));
        }
        Ok(Some(token))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_that_are_ever_fresh_come_to_an_end() {
        let mut course = Course::from(None);
        for page in 1..MAX_PAGES {
            let token = page.to_string();
            assert_eq!(course.turn(Some(&token)), Ok(Some(token.as_str())));
        }
        assert_eq!(course.turn(Some("fresh")), Err(CourseError::Endless(100_000)));
    }

    #[test]
    fn the_last_page_may_have_the_token_that_was_asked_for_or_none() {
        for last in [None, Some(""), Some("1")] {
            let mut course = Course::from(Some("1"));
            assert_eq!(course.turn(last), Ok(None));
        }
    }

    #[test]
    fn an_empty_start_token_is_none() {
        let mut course = Course::from(Some(""));
        assert_eq!(course.turn(Some("1")), Ok(Some("1")));
        assert_eq!(course.seen.map(|seen| seen.len()), Some(1));
    }
}
