//! What rules are told.

use std::borrow::Cow;

/// What endpoint rules are told. What is said first counts: a request is asked before the client's settings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EndpointParameters {
    values: Vec<(&'static str, ParameterValue)>,
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
        Self { values: Vec::new() }
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

    /// Says what a string is, if there is one.
    pub fn set_string<'s>(&mut self, name: &'static str, text: impl IntoIterator<Item = &'s str>) {
        if let Some(text) = text.into_iter().next() {
            self.set(name, text.to_owned());
        }
    }

    /// Says what a boolean is, if there is one.
    pub fn set_boolean<'s>(&mut self, name: &'static str, value: impl IntoIterator<Item = &'s bool>) {
        if let Some(value) = value.into_iter().next() {
            self.set(name, *value);
        }
    }

    /// Says what strings are.
    pub fn set_strings<'s>(&mut self, name: &'static str, texts: impl IntoIterator<Item = &'s str>) {
        let texts: Vec<String> = texts.into_iter().map(str::to_owned).collect();
        self.set(name, texts);
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
