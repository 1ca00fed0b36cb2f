//! Constraint traits, checked: <https://smithy.io/2.0/spec/constraint-traits.html>.
//!
//! All violations are found and told at once, in the words that Smithy's suite of malformed requests asks for.

use std::collections::BTreeMap;
use std::fmt::Display;
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
        check.each(self, |check, element| element.validate(check));
    }
}

impl<K: AsRef<str>, T: Validate> Validate for BTreeMap<K, T> {
    #[inline]
    fn validate(&self, check: &mut Checker) {
        check.values(self, |check, value| value.validate(check));
    }
}

/// Collects violations.
#[derive(Debug, Default)]
pub struct Checker {
    path: String,
    violations: Vec<String>,
}

impl Checker {
    /// What was violated, a sentence each.
    pub fn into_violations(self) -> Vec<String> {
        self.violations
    }

    /// Records that the member at this path is not there.
    pub fn missing(&mut self, path: &str) {
        self.violations.push(format!("Value at '{path}' failed to satisfy constraint: Member must not be null"));
    }

    /// Checks a member.
    #[inline]
    pub fn at<T>(&mut self, member: &str, value: &T, check: impl FnOnce(&mut Self, &T)) {
        self.step(member, |checker| check(checker, value));
    }

    /// Checks a member, if it is set.
    #[inline]
    pub fn at_some<T>(&mut self, member: &str, value: &Option<T>, check: impl FnOnce(&mut Self, &T)) {
        if let Some(value) = value {
            self.step(member, |checker| check(checker, value));
        }
    }

    /// Checks a member by its own shape's constraints.
    #[inline]
    pub fn inside<T: Validate>(&mut self, member: &str, value: &T) {
        self.step(member, |checker| value.validate(checker));
    }

    /// Checks every element of a list.
    #[inline]
    pub fn each<T>(&mut self, list: &[T], mut check: impl FnMut(&mut Self, &T)) {
        for (index, element) in list.iter().enumerate() {
            self.step(index, |checker| check(checker, element));
        }
    }

    /// Checks every key of a map. A key that is refused is the map's fault.
    #[inline]
    pub fn keys<K, T>(&mut self, map: &BTreeMap<K, T>, mut check: impl FnMut(&mut Self, &K)) {
        for key in map.keys() {
            check(self, key);
        }
    }

    /// Checks every value of a map.
    #[inline]
    pub fn values<K: AsRef<str>, T>(&mut self, map: &BTreeMap<K, T>, mut check: impl FnMut(&mut Self, &T)) {
        for (key, value) in map {
            self.step(key.as_ref(), |checker| check(checker, value));
        }
    }

    /// The value's length, in characters or entries, is at least `min` and at most `max`.
    pub fn length<T: Measured + ?Sized>(&mut self, value: &T, min: Option<usize>, max: Option<usize>) {
        let length = value.measure();
        let what = match (min, max) {
            (Some(min), Some(max)) if length < min || length > max => format!("between {min} and {max}, inclusive"),
            (Some(min), None) if length < min => format!("greater than or equal to {min}"),
            (None, Some(max)) if length > max => format!("less than or equal to {max}"),
            _ => return,
        };
        self.violation(&format!(" with length {length}"), &format!("have length {what}"));
    }

    /// The number is at least `min` and at most `max`.
    pub fn range<T: PartialOrd + Display>(&mut self, value: &T, min: Option<T>, max: Option<T>) {
        let what = match (min, max) {
            (Some(min), Some(max)) if *value < min || *value > max => format!("between {min} and {max}, inclusive"),
            (Some(min), None) if *value < min => format!("greater than or equal to {min}"),
            (None, Some(max)) if *value > max => format!("less than or equal to {max}"),
            _ => return,
        };
        self.violation("", &format!("be {what}"));
    }

    /// The string matches the pattern.
    pub fn pattern(&mut self, value: impl AsRef<str>, pattern: &Pattern) {
        if !pattern.matches(value.as_ref()) {
            self.violation("", &format!("satisfy regular expression pattern: {}", pattern.source));
        }
    }

    /// The string is one of the known values.
    pub fn one_of(&mut self, value: &str, known: &[&str]) {
        if !known.contains(&value) {
            self.violation("", &format!("satisfy enum value set: [{}]", known.join(", ")));
        }
    }

    fn step(&mut self, step: impl Display, check: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        self.path.push('/');
        self.path.push_str(&step.to_string());
        check(self);
        self.path.truncate(length);
    }

    fn violation(&mut self, with: &str, must: &str) {
        self.violations.push(format!("Value{with} at '{}' failed to satisfy constraint: Member must {must}", self.path));
    }
}

/// What has a length.
pub trait Measured {
    /// The length: characters, or entries.
    fn measure(&self) -> usize;
}

impl Measured for String {
    fn measure(&self) -> usize {
        self.chars().count()
    }
}

impl<T> Measured for Vec<T> {
    fn measure(&self) -> usize {
        self.len()
    }
}

impl<K, T> Measured for BTreeMap<K, T> {
    fn measure(&self) -> usize {
        self.len()
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
