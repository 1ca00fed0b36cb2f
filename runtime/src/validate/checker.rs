//! What generated code tells of a value, and what becomes of it.

use super::Validate;
use super::missing::MissingPaths;
use super::pattern::{Effort, Pattern};
use super::pointer::PointerStep;
use super::values::{Elements, Entries, Matched, Measured, Ranged};
use crate::codec::MAX_PROBLEMS;
use crate::codec::{Encode, MapKey};
use crate::format::json::JsonEncoder;
use std::collections::HashSet;
use std::fmt::{self, Display, Write as _};
use std::iter;
use std::ops::{Bound, RangeBounds};

/// How many violations are told; as many are counted as a decoder records problems.
const MAX_TOLD: usize = 100;

/// How much room a path gets at first, in bytes: most need no more.
const PATH_LENGTH: usize = 64;

/// Collects violations: counts the first 128, and tells the first hundred.
#[derive(Debug, Default)]
pub struct Checker {
    path: String,
    violations: Vec<Violation>,
    count: usize,
    more: bool,
    missing: MissingPaths,
    /// The lists and maps that are longer than what was read of them.
    too_long: Vec<(String, usize)>,
    effort: Effort,
}

/// A constraint that a value does not satisfy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The member, as a JSON pointer.
    pub path: String,
    /// What it violates: a sentence, in Smithy's words. It never quotes the value.
    pub message: String,
}

impl Checker {
    /// How much was violated, told or not, as far as it is counted.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Whether more was violated than is counted. Nothing more is looked at then.
    pub fn is_full(&self) -> bool {
        self.more
    }

    /// Says that more was violated than is counted.
    pub fn fill(&mut self) {
        self.more = true;
    }

    /// What was violated, the first hundred.
    pub fn into_violations(self) -> Vec<Violation> {
        self.violations
    }

    /// Records that the member at this path is not there. What stands in for it violates nothing.
    pub fn missing(&mut self, path: &str) {
        self.missing.insert(path);
        self.tell(path, "", "not be null");
    }

    /// Says how long the list or map at this path is, of which not all was read.
    pub fn length_of(&mut self, path: &str, length: usize) {
        self.too_long.push((path.to_owned(), length));
    }

    /// Records that the list or map at this path is too long, where that is not checked.
    pub fn too_long(&mut self, path: &str, length: usize, maximum: usize) {
        self.tell(path, format_args!(" with length {length}"), format_args!("have length {}", within(&(..=maximum))));
    }

    /// The checks of a member, one step further in.
    #[inline]
    pub fn at<'c, 's>(&'c mut self, member: &'s str) -> At<'c, 's> {
        At { check: self, step: Step::Name(member) }
    }

    /// Records that the value at hand is none of the known ones.
    pub fn unrecognized<T: Display>(&mut self, known: &[T]) {
        let known = fmt::from_fn(|formatter| list(known, formatter));
        self.violation("", format_args!("satisfy enum value set: [{known}]"));
    }

    pub(super) fn index(&mut self, index: usize, check: impl FnOnce(&mut Self)) {
        self.step(Step::Index(index), check);
    }

    pub(super) fn name(&mut self, name: &str, check: impl FnOnce(&mut Self)) {
        self.step(Step::Name(name), check);
    }

    fn step(&mut self, step: Step<'_>, check: impl FnOnce(&mut Self)) {
        if self.more {
            return;
        }
        let length = self.path.len();
        if self.path.capacity() == 0 {
            self.path.reserve(PATH_LENGTH);
        }
        self.path.push('/');
        match step {
            // Every value that is checked comes by, and hardly any violates something.
            Step::Name(name) if PointerStep(name).is_plain() => self.path.push_str(name),
            _ => drop(write!(self.path, "{step}")),
        }
        check(self);
        self.path.truncate(length);
    }

    /// Records what the value at hand violates, unless it only stands in for a missing one.
    fn violation(&mut self, with: impl Display, must: impl Display) {
        let path = std::mem::take(&mut self.path);
        if !self.missing.cover(&path) {
            self.tell(&path, with, must);
        }
        self.path = path;
    }

    /// Counts a violation, and tells it if it is one of the first.
    fn tell(&mut self, path: &str, with: impl Display, must: impl Display) {
        if self.count == MAX_PROBLEMS {
            self.more = true;
            return;
        }
        self.count += 1;
        if self.violations.len() < MAX_TOLD {
            let message = format!("Value{with} at '{path}' failed to satisfy constraint: Member must {must}");
            self.violations.push(Violation { path: path.to_owned(), message });
        }
    }

    /// The length that the value at hand was sent with, where that is not the length of what was read.
    fn sent_length(&self, read: usize) -> usize {
        self.too_long.iter().find(|(path, _)| *path == self.path).map_or(read, |(_, length)| *length)
    }
}

fn list<T: Display>(values: &[T], formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (index, value) in values.iter().enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        write!(formatter, "{comma}{value}")?;
    }
    Ok(())
}

/// The checks of one member, element or entry.
#[derive(Debug)]
pub struct At<'c, 's> {
    check: &'c mut Checker,
    step: Step<'s>,
}

/// How the value is reached from the one around it.
#[derive(Clone, Copy, Debug)]
enum Step<'s> {
    Name(&'s str),
    Index(usize),
}

impl Display for Step<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => PointerStep(name).fmt(formatter),
            Self::Index(index) => index.fmt(formatter),
        }
    }
}

impl At<'_, '_> {
    /// The length, in characters (code points), bytes of a blob, or entries, lies within the bounds.
    pub fn length<T: Measured + ?Sized>(&mut self, value: &T, bounds: impl RangeBounds<usize>) -> &mut Self {
        if let Some(length) = value.measure().filter(|length| !bounds.contains(length)) {
            self.wrong_length(length, within(&bounds));
        }
        self
    }

    #[cold]
    fn wrong_length(&mut self, length: usize, bounds: impl Display) {
        self.check.step(self.step, |check| {
            let length = check.sent_length(length);
            check.violation(format_args!(" with length {length}"), format_args!("have length {bounds}"));
        });
    }

    /// The number lies within the bounds. NaN lies within none, as Smithy's own validation of a model's values has it.
    pub fn range<N: PartialOrd + Display, T: Ranged<N>>(&mut self, value: &T, bounds: impl RangeBounds<N>) -> &mut Self {
        if !value.lies_within(&bounds) {
            self.violation("", format_args!("be {}", within(&bounds)));
        }
        self
    }

    /// The string matches the pattern.
    pub fn pattern<T: Matched>(&mut self, value: &T, pattern: &Pattern) -> &mut Self {
        if !self.check.more && value.text().is_some_and(|text| !pattern.matches_within(text, &mut self.check.effort)) {
            self.violation("", format_args!("satisfy regular expression pattern: {}", pattern.source()));
        }
        self
    }

    /// No element is there twice.
    ///
    /// Elements are compared by their forms in JSON, since not every value has a hash or an order. So numbers are the same when their
    /// digits are, timestamps when they are the same moment, and NaN is the same as NaN.
    pub fn unique<L: Elements<Element: Encode>>(&mut self, list: &L) -> &mut Self {
        self.check.step(self.step, |check| {
            let incomplete = check.missing.elements_in(&check.path);
            // An element with something that stands in for what is missing is like no other.
            let complete = list.elements().iter().enumerate().filter(|(index, _)| !incomplete.contains(index));
            if !are_distinct(complete.map(|(_, element)| element)) {
                check.violation("", "have unique values");
            }
        });
        self
    }

    /// The value satisfies its own shape's constraints.
    #[inline]
    pub fn inside<T: Validate>(&mut self, value: &T) -> &mut Self {
        self.check.step(self.step, |check| value.validate(check));
        self
    }

    /// Every element satisfies what the closure checks.
    #[inline]
    pub fn each<'t, L: Elements>(
        &mut self,
        list: &'t L,
        mut each: impl for<'a, 'b, 'c> FnMut(&'t L::Element, &'a mut At<'b, 'c>) -> &'a mut At<'b, 'c>,
    ) -> &mut Self {
        self.check.step(self.step, |check| {
            for (index, element) in list.elements().iter().enumerate() {
                if check.more {
                    break;
                }
                each(element, &mut At { check, step: Step::Index(index) });
            }
        });
        self
    }

    /// Every key satisfies what the closure checks; one that does not is the map's own violation.
    #[inline]
    pub fn keys<'t, M: Entries>(
        &mut self,
        map: &'t M,
        mut each: impl for<'a, 'b, 'c> FnMut(&'t M::Key, &'a mut At<'b, 'c>) -> &'a mut At<'b, 'c>,
    ) -> &mut Self {
        for (key, _) in map.entries() {
            if self.check.more {
                break;
            }
            each(key, self);
        }
        self
    }

    /// Every value satisfies what the closure checks.
    #[inline]
    pub fn values<'t, M: Entries>(
        &mut self,
        map: &'t M,
        mut each: impl for<'a, 'b, 'c> FnMut(&'t M::Value, &'a mut At<'b, 'c>) -> &'a mut At<'b, 'c>,
    ) -> &mut Self {
        self.check.step(self.step, |check| {
            for (key, value) in map.entries() {
                if check.more {
                    break;
                }
                each(value, &mut At { check, step: Step::Name(key.as_key()) });
            }
        });
        self
    }

    fn violation(&mut self, with: impl Display, must: impl Display) {
        self.check.step(self.step, |check| check.violation(with, must));
    }
}

/// Whether no two values have the same form in JSON.
fn are_distinct<'t, T: Encode + 't>(values: impl Iterator<Item = &'t T>) -> bool {
    // In one buffer: a list of short values has a million.
    let mut encoder = JsonEncoder::default();
    let mut ends = Vec::new();
    for value in values {
        value.encode(&mut encoder);
        ends.push(encoder.length());
    }
    let forms = encoder.into_bytes();
    let starts = iter::once(0).chain(ends.iter().copied());
    let mut seen = HashSet::new();
    starts.zip(&ends).all(|(start, end)| seen.insert(forms.get(start..*end)))
}

/// Bounds in Smithy's words.
fn within<T: Display>(bounds: &impl RangeBounds<T>) -> impl Display {
    fmt::from_fn(|formatter| match (bounds.start_bound(), bounds.end_bound()) {
        (Bound::Included(min), Bound::Included(max)) => write!(formatter, "between {min} and {max}, inclusive"),
        (Bound::Included(min), _) => write!(formatter, "greater than or equal to {min}"),
        (_, Bound::Included(max)) => write!(formatter, "less than or equal to {max}"),
        _ => formatter.write_str("anything"),
    })
}

#[cfg(test)]
#[expect(unreachable_pub, reason = "the macros write what a crate's users see")]
mod tests;
