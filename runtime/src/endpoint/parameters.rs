//! What rules are told.

use crate::enumeration::Enumeration;
use std::borrow::Cow;

/// What endpoint rules are told. What is said first counts: a request is asked before the client's settings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EndpointParameters {
    values: Vec<(&'static str, ParameterValue)>,
    /// What is not for the rules: by what an endpoint is discovered.
    identifiers: Vec<(&'static str, String)>,
}

/// What a parameter is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterValue {
    /// A string.
    String(Cow<'static, str>),
    /// A boolean.
    Boolean(bool),
    /// Strings.
    StringArray(Vec<String>),
}

impl EndpointParameters {
    /// Nothing yet.
    pub const fn new() -> Self {
        Self { values: Vec::new(), identifiers: Vec::new() }
    }

    /// The same, with one more.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<ParameterValue>) -> Self {
        self.set(name, value);
        self
    }

    /// Says what a parameter is, unless it is said already.
    pub fn set(&mut self, name: &'static str, value: impl Into<ParameterValue>) {
        if self.get(name).is_none() {
            self.values.push((name, value.into()));
        }
    }

    /// Says what a member of a request is, if it is given.
    pub fn tell(&mut self, name: &'static str, member: &impl Told) {
        self.tell_first(name, [member]);
    }

    /// Says what the first of these is that is given.
    pub fn tell_first<'m, T: Told + 'm>(&mut self, name: &'static str, members: impl IntoIterator<Item = &'m T>) {
        if let Some(value) = members.into_iter().find_map(Told::told) {
            self.set(name, value);
        }
    }

    /// Says what all of these are.
    pub fn tell_all<'m, T: Told + 'm>(&mut self, name: &'static str, members: impl IntoIterator<Item = &'m T>) {
        self.set(name, ParameterValue::StringArray(texts(members)));
    }

    /// Says what a member of a request is by which an endpoint is discovered, if it is given.
    pub fn identify(&mut self, name: &'static str, member: &impl Told) {
        if let Some(ParameterValue::String(text)) = member.told() {
            self.identifiers.push((name, text.into_owned()));
        }
    }

    /// By what an endpoint is discovered.
    pub fn identifiers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.identifiers.iter().map(|(name, text)| (*name, text.as_str()))
    }

    /// What a parameter is.
    pub fn get(&self, name: &str) -> Option<&ParameterValue> {
        self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// What a parameter is, when it is a string.
    pub fn string(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            ParameterValue::String(text) => Some(text),
            ParameterValue::Boolean(_) | ParameterValue::StringArray(_) => None,
        }
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &ParameterValue)> {
        self.values.iter().map(|(name, value)| (*name, value))
    }
}

/// What a member of a request is to endpoint rules.
pub trait Told {
    /// The value, if it is given.
    fn told(&self) -> Option<ParameterValue>;
}

impl Told for String {
    fn told(&self) -> Option<ParameterValue> {
        Some(self.clone().into())
    }
}

impl Told for bool {
    fn told(&self) -> Option<ParameterValue> {
        Some((*self).into())
    }
}

impl<T: Enumeration> Told for T {
    fn told(&self) -> Option<ParameterValue> {
        Some(self.as_str().to_owned().into())
    }
}

impl<T: Told> Told for Option<T> {
    fn told(&self) -> Option<ParameterValue> {
        self.as_ref()?.told()
    }
}

impl<T: Told> Told for Vec<T> {
    fn told(&self) -> Option<ParameterValue> {
        Some(ParameterValue::StringArray(texts(self)))
    }
}

/// Those that are given, and strings.
fn texts<'m, T: Told + 'm>(members: impl IntoIterator<Item = &'m T>) -> Vec<String> {
    let text = |member: &T| match member.told()? {
        ParameterValue::String(text) => Some(text.into_owned()),
        ParameterValue::Boolean(_) | ParameterValue::StringArray(_) => None,
    };
    members.into_iter().filter_map(text).collect()
}

impl Extend<(&'static str, ParameterValue)> for EndpointParameters {
    fn extend<T: IntoIterator<Item = (&'static str, ParameterValue)>>(&mut self, values: T) {
        values.into_iter().for_each(|(name, value)| self.set(name, value));
    }
}

impl From<&'static str> for ParameterValue {
    fn from(text: &'static str) -> Self {
        Self::String(Cow::Borrowed(text))
    }
}

impl From<String> for ParameterValue {
    fn from(text: String) -> Self {
        Self::String(Cow::Owned(text))
    }
}

impl From<bool> for ParameterValue {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<Vec<String>> for ParameterValue {
    fn from(texts: Vec<String>) -> Self {
        Self::StringArray(texts)
    }
}

impl<const N: usize> From<[&str; N]> for ParameterValue {
    fn from(texts: [&str; N]) -> Self {
        Self::StringArray(texts.map(str::to_owned).to_vec())
    }
}
