//! What parameters are and functions give.

use super::arn::Arn;
use super::data::ParameterDefault;
use super::parameters::ParameterValue;
use super::partition::Partition;
use super::url::Url;
use std::borrow::Cow;

/// A value while rules are evaluated.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'v> {
    Boolean(bool),
    Text(Cow<'v, str>),
    List(Vec<Cow<'v, str>>),
    Url(Url),
    Arn(Arn),
    Partition(&'static Partition),
}

impl<'v> Value<'v> {
    /// A parameter, and whether its type is the one that rules expect.
    pub(super) fn of(value: &'v ParameterValue) -> Self {
        match value {
            ParameterValue::String(text) => Self::Text(Cow::Borrowed(text)),
            ParameterValue::Boolean(value) => Self::Boolean(*value),
            ParameterValue::StringArray(texts) => Self::List(texts.iter().map(|text| Cow::Borrowed(text.as_str())).collect()),
        }
    }

    pub(super) fn of_default(value: ParameterDefault) -> Self {
        match value {
            ParameterDefault::String(text) => Self::Text(Cow::Borrowed(text)),
            ParameterDefault::Boolean(value) => Self::Boolean(value),
            ParameterDefault::StringArray(texts) => Self::List(texts.iter().map(|text| Cow::Borrowed(*text)).collect()),
        }
    }

    pub(super) fn into_text(self) -> Option<Cow<'v, str>> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn as_boolean(&self) -> Option<bool> {
        match self {
            Self::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    /// `getAttr`: <https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#parsing-path-strings>.
    pub(super) fn attribute(&self, path: &str) -> Option<Self> {
        let (key, index) = match path.strip_suffix(']').and_then(|path| path.split_once('[')) {
            Some((key, index)) => (key, Some(index.parse().ok()?)),
            None => (path, None),
        };
        match (self, index) {
            (Self::List(elements), Some(index)) if key.is_empty() => element(elements, index).map(Self::Text),
            (Self::Arn(arn), Some(index)) if key == "resourceId" => {
                element(&arn.resource_id, index).map(|text| Self::Text(Cow::Owned(text)))
            }
            (Self::Arn(arn), None) => arn.attribute(key),
            (Self::Url(url), None) => url.attribute(key),
            (Self::Partition(partition), None) => partition.attribute(key),
            _ => None,
        }
    }
}

/// An element, counted from the end where the index is negative.
fn element<T: Clone>(elements: &[T], index: isize) -> Option<T> {
    let index = match index < 0 {
        true => elements.len().checked_sub(index.unsigned_abs())?,
        false => index.unsigned_abs(),
    };
    elements.get(index).cloned()
}
