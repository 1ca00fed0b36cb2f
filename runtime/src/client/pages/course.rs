//! From page to page, and to an end: also where whoever answers never comes to one.

use crate::operation::{Paginated, Tokens};
use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};

/// A hundred million items in pages of a thousand, and an hour of asking.
const MAX_PAGES: usize = 100_000;

/// Which pages were asked for.
#[derive(Debug)]
pub(super) struct Course {
    /// The hash of the tokens that were asked for last.
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
    /// A course that begins with the page that is asked for.
    pub(super) fn from<O: Paginated>(request: &O) -> Self {
        let mut course = Self::new();
        course.begin(course.hash(request));
        course
    }

    fn new() -> Self {
        Self { asked: None, seen: Some(HashSet::new()), hashes: RandomState::new(), pages: 0, max_pages: MAX_PAGES }
    }

    fn begin(&mut self, tokens: Option<u64>) {
        self.asked = tokens;
        self.seen = Some(tokens.into_iter().collect());
    }

    fn hash<O: Paginated>(&self, request: &O) -> Option<u64> {
        let mut tokens = Tokens::new(self.hashes.build_hasher());
        request.tokens(&mut tokens);
        tokens.finish()
    }

    pub(super) fn max_pages(&mut self, pages: usize) {
        self.max_pages = pages;
    }

    pub(super) fn allow_repeated_tokens(&mut self) {
        self.seen = None;
    }

    /// Makes the request for a page one for the page behind it; `false` when there is none.
    ///
    /// # Errors
    ///
    /// A page that was asked for, but for the last, or one page too many.
    pub(super) fn turn<O: Paginated>(&mut self, request: &mut O, page: &O::Response) -> Result<bool, CourseError> {
        let more = request.turn(page);
        let next = self.hash(request).filter(|_| more);
        self.go_on(next)
    }

    /// Whether the page of these tokens is another one than the last.
    fn go_on(&mut self, next: Option<u64>) -> Result<bool, CourseError> {
        self.pages += 1;
        let Some(next) = next else { return Ok(false) };
        if let Some(seen) = &mut self.seen {
            if self.asked.replace(next) == Some(next) {
                return Ok(false);
            }
            if !seen.insert(next) {
                return Err(CourseError::Circle(self.pages));
            }
        }
        if self.pages >= self.max_pages {
            return Err(CourseError::Endless(self.max_pages));
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(start: Option<u64>) -> Course {
        let mut course = Course::new();
        course.begin(start);
        course
    }

    #[test]
    fn tokens_that_are_ever_fresh_come_to_an_end() {
        let mut course = course(None);
        for page in 1..MAX_PAGES {
            assert_eq!(course.go_on(Some(page as u64)), Ok(true));
        }
        assert_eq!(course.go_on(Some(0)), Err(CourseError::Endless(100_000)));
    }

    #[test]
    fn the_last_page_may_have_the_token_that_was_asked_for_or_none() {
        for last in [None, Some(1)] {
            assert_eq!(course(Some(1)).go_on(last), Ok(false));
        }
    }
}
