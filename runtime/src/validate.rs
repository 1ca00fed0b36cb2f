//! Constraint traits, checked: <https://smithy.io/2.0/spec/constraint-traits.html>.
//!
//! All violations are found and told at once, in the words that Smithy's suite of malformed requests asks for.

use crate::codec::{Encode, MapKey};
use crate::json::JsonEncoder;
use std::collections::{BTreeMap, HashSet};
use std::fmt::{self, Display, Write as _};
use std::ops::{Bound, RangeBounds};
use std::sync::OnceLock;

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
            check.step(index, |check| element.validate(check));
        }
    }
}

impl<K: MapKey, T: Validate> Validate for BTreeMap<K, T> {
    #[inline]
    fn validate(&self, check: &mut Checker) {
        for (key, value) in self {
            check.step(key.as_key(), |check| value.validate(check));
        }
    }
}

/// How many violations are told: a request can make millions, and an answer that tells them all would be longer than it.
const MAX_TOLD: usize = 100;

/// Collects violations, the first hundred of them.
#[derive(Debug, Default)]
pub struct Checker {
    path: String,
    violations: Vec<Violation>,
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
    /// What was violated.
    pub fn into_violations(self) -> Vec<Violation> {
        self.violations
    }

    /// Records that the member at this path is not there.
    pub fn missing(&mut self, path: &str) {
        let message = format!("Value at '{path}' failed to satisfy constraint: Member must not be null");
        self.push(Violation { path: path.to_owned(), message });
    }

    /// The checks of a member, one step further in.
    #[inline]
    pub fn at<'c, 's>(&'c mut self, member: &'s str) -> At<'c, 's> {
        At { check: self, step: Step::Name(member) }
    }

    /// Records that the string at hand is none of the known values.
    pub fn unrecognized(&mut self, known: &[&str]) {
        self.violation(self.path.clone(), "", &format!("satisfy enum value set: [{}]", known.join(", ")));
    }

    fn step(&mut self, step: impl Display, check: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        let _ = write!(self.path, "/{step}");
        check(self);
        self.path.truncate(length);
    }

    fn violation(&mut self, path: String, with: &str, must: &str) {
        let message = format!("Value{with} at '{path}' failed to satisfy constraint: Member must {must}");
        self.push(Violation { path, message });
    }

    fn push(&mut self, violation: Violation) {
        if self.violations.len() < MAX_TOLD {
            self.violations.push(violation);
        }
    }
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
            Self::Name(name) => formatter.write_str(name),
            Self::Index(index) => write!(formatter, "{index}"),
        }
    }
}

impl At<'_, '_> {
    /// The length, in characters or entries, lies within the bounds.
    pub fn length<T: Measured + ?Sized>(&mut self, value: &T, bounds: impl RangeBounds<usize>) -> &mut Self {
        if let Some(length) = value.measure().filter(|length| !bounds.contains(length)) {
            self.violation(&format!(" with length {length}"), &format!("have length {}", within(&bounds)));
        }
        self
    }

    /// The number lies within the bounds.
    pub fn range<N: PartialOrd + Display, T: Ranged<N>>(&mut self, value: &T, bounds: impl RangeBounds<N>) -> &mut Self {
        if value.number().is_some_and(|number| !bounds.contains(&number)) {
            self.violation("", &format!("be {}", within(&bounds)));
        }
        self
    }

    /// The string matches the pattern.
    pub fn pattern<T: Matched>(&mut self, value: &T, pattern: &Pattern) -> &mut Self {
        if value.text().is_some_and(|text| !pattern.matches(text)) {
            self.violation("", &format!("satisfy regular expression pattern: {}", pattern.source));
        }
        self
    }

    /// No element is there twice.
    pub fn unique<L: Elements<Element: Encode>>(&mut self, list: &L) -> &mut Self {
        // By their wire forms: not every value has a hash or an order.
        let mut seen = HashSet::new();
        if !list.elements().iter().all(|element| seen.insert(JsonEncoder::encode(element))) {
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

    fn violation(&mut self, with: &str, must: &str) {
        self.check.violation(format!("{}/{}", self.check.path, self.step), with, must);
    }
}

/// Bounds in Smithy's words.
fn within<T: Display>(bounds: &impl RangeBounds<T>) -> String {
    match (bounds.start_bound(), bounds.end_bound()) {
        (Bound::Included(min), Bound::Included(max)) => format!("between {min} and {max}, inclusive"),
        (Bound::Included(min), _) => format!("greater than or equal to {min}"),
        (_, Bound::Included(max)) => format!("less than or equal to {max}"),
        _ => "anything".to_owned(),
    }
}

/// What is a list.
pub trait Elements {
    /// What it holds.
    type Element;

    /// The elements; none when there is no list.
    fn elements(&self) -> &[Self::Element];
}

impl<T> Elements for Vec<T> {
    type Element = T;

    fn elements(&self) -> &[T] {
        self
    }
}

impl<T> Elements for Option<Vec<T>> {
    type Element = T;

    fn elements(&self) -> &[T] {
        self.as_deref().unwrap_or_default()
    }
}

/// What is a map.
pub trait Entries {
    /// The keys.
    type Key: MapKey;

    /// The values.
    type Value;

    /// The entries; none when there is no map.
    fn entries<'t>(&'t self) -> impl Iterator<Item = (&'t Self::Key, &'t Self::Value)>
    where
        Self::Key: 't,
        Self::Value: 't;
}

impl<K: MapKey, T> Entries for BTreeMap<K, T> {
    type Key = K;
    type Value = T;

    fn entries<'t>(&'t self) -> impl Iterator<Item = (&'t K, &'t T)>
    where
        K: 't,
        T: 't,
    {
        self.iter()
    }
}

impl<K: MapKey, T> Entries for Option<BTreeMap<K, T>> {
    type Key = K;
    type Value = T;

    fn entries<'t>(&'t self) -> impl Iterator<Item = (&'t K, &'t T)>
    where
        K: 't,
        T: 't,
    {
        self.iter().flatten()
    }
}

/// What has a length.
pub trait Measured {
    /// The length, in characters or entries; `None` when there is no value.
    fn measure(&self) -> Option<usize>;
}

impl Measured for String {
    fn measure(&self) -> Option<usize> {
        Some(self.chars().count())
    }
}

impl Measured for aws_smithy_types::Blob {
    fn measure(&self) -> Option<usize> {
        Some(self.as_ref().len())
    }
}

impl<T> Measured for Vec<T> {
    fn measure(&self) -> Option<usize> {
        Some(self.len())
    }
}

impl<K, T> Measured for BTreeMap<K, T> {
    fn measure(&self) -> Option<usize> {
        Some(self.len())
    }
}

impl<T: Measured> Measured for Option<T> {
    fn measure(&self) -> Option<usize> {
        self.as_ref().and_then(T::measure)
    }
}

/// What is a number.
pub trait Ranged<N> {
    /// The number; `None` when there is no value.
    fn number(&self) -> Option<N>;
}

macro_rules! ranged {
    ($($number:ty),*) => {$(
        impl Ranged<$number> for $number {
            fn number(&self) -> Option<$number> {
                Some(*self)
            }
        }

        impl Ranged<$number> for Option<$number> {
            fn number(&self) -> Option<$number> {
                *self
            }
        }
    )*};
}

ranged!(i8, i16, i32, i64, f32, f64);

/// What is a text.
pub trait Matched {
    /// The text; `None` when there is no value.
    fn text(&self) -> Option<&str>;
}

impl Matched for String {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl Matched for Option<String> {
    fn text(&self) -> Option<&str> {
        self.as_deref()
    }
}

/// A pattern of the model, compiled when it is first needed.
///
/// Rust's linear-time engine takes most; look-around and back-references run on fancy-regex, whose steps are limited.
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    whole: bool,
    compiled: OnceLock<Option<Engine>>,
}

#[derive(Debug)]
enum Engine {
    Linear(regex::Regex),
    Backtracking(Box<fancy_regex::Regex>),
}

impl Pattern {
    /// A pattern that the whole value must match, as botocore's do.
    pub const fn whole(source: &'static str) -> Self {
        Self { source, whole: true, compiled: OnceLock::new() }
    }

    /// A pattern that a part of the value must match, as Smithy's do.
    pub const fn part(source: &'static str) -> Self {
        Self { source, whole: false, compiled: OnceLock::new() }
    }

    /// Whether the value matches. A pattern that no engine takes matches everything; one that takes too long, nothing.
    pub fn matches(&self, value: &str) -> bool {
        match self.compiled.get_or_init(|| self.compile()) {
            Some(Engine::Linear(regex)) => regex.is_match(value),
            Some(Engine::Backtracking(regex)) => regex.is_match(value).unwrap_or(false),
            None => true,
        }
    }

    fn compile(&self) -> Option<Engine> {
        let source = if self.whole { format!("^(?:{})$", self.source) } else { self.source.to_owned() };
        let linear = regex::RegexBuilder::new(&source).size_limit(64 << 20).build();
        linear.map(Engine::Linear).ok().or_else(|| fancy_regex::Regex::new(&source).map(Box::new).map(Engine::Backtracking).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(check: impl FnOnce(&mut Checker)) -> Vec<String> {
        let mut checker = Checker::default();
        check(&mut checker);
        checker.into_violations().into_iter().map(|violation| violation.message).collect()
    }

    #[test]
    fn a_length_counts_characters() {
        assert_eq!(messages(|check| _ = check.at("a").length(&"éé".to_owned(), 2..=2)), [""; 0]);
        assert_eq!(
            messages(|check| _ = check.at("a").length(&"é".to_owned(), 2..=8)),
            ["Value with length 1 at '/a' failed to satisfy constraint: Member must have length between 2 and 8, inclusive"]
        );
    }

    #[test]
    fn half_open_bounds_have_words_of_their_own() {
        assert_eq!(
            messages(|check| _ = check.at("a").range(&1, 4..).range(&Some(9), ..=6)),
            [
                "Value at '/a' failed to satisfy constraint: Member must be greater than or equal to 4",
                "Value at '/a' failed to satisfy constraint: Member must be less than or equal to 6",
            ]
        );
    }

    #[test]
    fn what_is_not_set_violates_nothing() {
        assert_eq!(messages(|check| _ = check.at("a").length(&None::<String>, 1..).range(&None::<i32>, 1..)), [""; 0]);
    }

    #[test]
    fn all_violations_are_found_with_their_paths() {
        let list = vec!["ok".to_owned(), "x".to_owned()];
        let map = BTreeMap::from([("k".to_owned(), list.clone())]);
        let violations = {
            let mut check = Checker::default();
            check.at("List").each(&list, |it, at| at.length(it, 2..));
            check
                .at("Map")
                .keys(&map, |it, at| at.length(it, 2..))
                .values(&map, |it, at| at.each(it, |it, at| at.length(it, 2..)));
            check.into_violations()
        };
        assert_eq!(violations.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(), ["/List/1", "/Map", "/Map/k/1"]);
    }

    #[test]
    fn the_elements_of_a_set_are_all_different() {
        assert_eq!(messages(|check| _ = check.at("a").unique(&vec![1, 2])), [""; 0]);
        assert_eq!(
            messages(|check| _ = check.at("a").unique(&Some(vec![1, 2, 1]))),
            ["Value at '/a' failed to satisfy constraint: Member must have unique values"]
        );
    }

    #[test]
    fn a_pattern_matches_the_whole_value_or_a_part() {
        static WHOLE: Pattern = Pattern::whole("[a-m]+");
        static PART: Pattern = Pattern::part("[a-m]+");
        assert!(WHOLE.matches("abc") && !WHOLE.matches("abcz"));
        assert!(PART.matches("abcz") && !PART.matches("xyz"));
    }

    #[test]
    fn look_around_runs_on_an_engine_with_a_step_limit() {
        static AHEAD: Pattern = Pattern::whole(r"(?!aws:)[a-zA-Z+-=._:/]+");
        assert!(AHEAD.matches("team") && !AHEAD.matches("aws:team"));
        static EVIL: Pattern = Pattern::whole("(?=a)((a+)+)+b");
        assert!(!EVIL.matches(&"a".repeat(64)));
    }
}
