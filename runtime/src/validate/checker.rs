//! What generated code tells of a value, and what becomes of it.

use super::Validate;
use super::missing::{MissingPaths, PathHash};
use super::pattern::{Effort, Pattern};
use super::pointer::PointerStep;
use super::values::{Elements, Entries, Matched, Measured, Ranged};
use crate::codec::{Encode, MapKey};
use crate::json::JsonEncoder;
use std::collections::HashSet;
use std::fmt::{self, Display, Write as _};
use std::ops::{Bound, RangeBounds};

/// How many violations are told: a request can make millions, and an answer that tells them all would be longer than it.
const MAX_TOLD: usize = 100;

/// How much room a path gets at first, in bytes: most need no more.
const PATH_LENGTH: usize = 64;

/// Collects violations: counts all, tells the first hundred.
#[derive(Debug, Default)]
pub struct Checker {
    path: String,
    violations: Vec<Violation>,
    count: usize,
    missing: MissingPaths,
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
    /// How much was violated, told or not.
    pub fn count(&self) -> usize {
        self.count
    }

    /// What was violated, the first hundred.
    pub fn into_violations(self) -> Vec<Violation> {
        self.violations
    }

    /// Records that the member at this path is not there. What stands in for it violates nothing.
    pub fn missing(&mut self, path: &str) {
        self.missing.insert(PathHash::of(path));
        self.tell(path, "", "not be null");
    }

    /// Records that the member at this path is not there, too, without telling it.
    pub fn missing_untold(&mut self, path: PathHash) {
        self.missing.insert(path);
        self.count += 1;
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
        self.count += 1;
        if self.violations.len() < MAX_TOLD {
            let message = format!("Value{with} at '{path}' failed to satisfy constraint: Member must {must}");
            self.violations.push(Violation { path: path.to_owned(), message });
        }
    }

    /// The indices of the elements of the list at hand in which something is missing, as far as that is told.
    fn incomplete(&self) -> HashSet<usize> {
        if self.missing.is_empty() {
            return HashSet::new();
        }
        let inside = |violation: &Violation| {
            let rest = violation.path.strip_prefix(self.path.as_str())?.strip_prefix('/')?;
            rest.split_once('/')?.0.parse().ok()
        };
        self.violations.iter().filter_map(inside).collect()
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
            self.violation(format_args!(" with length {length}"), format_args!("have length {}", within(&bounds)));
        }
        self
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
        if value.text().is_some_and(|text| !pattern.matches_within(text, &mut self.check.effort)) {
            self.violation("", format_args!("satisfy regular expression pattern: {}", pattern.source()));
        }
        self
    }

    /// No element is there twice.
    ///
    /// Elements are compared by their forms in JSON, since not every value has a hash or an order. So numbers are the same when their
    /// digits are, timestamps when they are the same moment, and NaN is the same as NaN.
    pub fn unique<L: Elements<Element: Encode>>(&mut self, list: &L) -> &mut Self {
        let mut incomplete = HashSet::new();
        self.check.step(self.step, |check| incomplete = check.incomplete());
        let mut seen = HashSet::new();
        // An element with something that stands in for what is missing is like no other.
        let complete = list.elements().iter().enumerate().filter(|(index, _)| !incomplete.contains(index));
        let mut forms = complete.map(|(_, element)| JsonEncoder::encode(element));
        if !forms.all(|form| seen.insert(form)) {
            self.violation("", "have unique values");
        }
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
                each(value, &mut At { check, step: Step::Name(key.as_key()) });
            }
        });
        self
    }

    fn violation(&mut self, with: impl Display, must: impl Display) {
        self.check.step(self.step, |check| check.violation(with, must));
    }
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
