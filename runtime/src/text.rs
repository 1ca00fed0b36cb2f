//! Values as plain text: what labels, queries, headers and text payloads carry.
//!
//! <https://smithy.io/2.0/spec/http-bindings.html>

use crate::codec::Mode;
use crate::enumeration::Enumeration;
use crate::timestamp::{DateTime, TimestampFormat};
use aws_smithy_types::{BigDecimal, BigInteger, Blob, base64};
use std::borrow::Cow;

/// How values look in some place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The format of timestamps.
    pub timestamp: TimestampFormat,
    /// Whether strings are in base64, as those with a media type are in headers.
    pub base64: bool,
    /// How exact a text that is read must be.
    pub mode: Mode,
}

impl Style {
    /// How values look in labels and queries.
    pub const URI: Self = Self { timestamp: TimestampFormat::DateTime, base64: false, mode: Mode::Strict };

    /// How values look in headers.
    pub const HEADER: Self = Self { timestamp: TimestampFormat::HttpDate, ..Self::URI };

    /// The same style, with what a member asks for.
    #[must_use]
    pub fn with(self, form: Option<Form>) -> Self {
        match form {
            None => self,
            Some(Form::Base64) => Self { base64: true, ..self },
            Some(Form::Timestamp(timestamp)) => Self { timestamp, ..self },
        }
    }

    /// The same style, read in this mode.
    #[must_use]
    pub fn mode(self, mode: Mode) -> Self {
        Self { mode, ..self }
    }
}

/// What a member looks like where its place would have it otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Strings in base64.
    Base64,
    /// Timestamps in this format.
    Timestamp(TimestampFormat),
}

/// The name of a label, query parameter or header, and what its values look like.
///
/// It is made `"x-name"`, or `("Name", "x-name")` of a member that has another name, or `EpochSeconds("x-name")` of either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BindingName {
    /// The name of the member, as messages tell it.
    pub member: &'static str,
    /// The name on the wire.
    pub name: &'static str,
    /// What the values look like, where that is not usual.
    pub form: Option<Form>,
}

impl From<&'static str> for BindingName {
    fn from(name: &'static str) -> Self {
        Self { member: name, name, form: None }
    }
}

impl From<(&'static str, &'static str)> for BindingName {
    fn from((member, name): (&'static str, &'static str)) -> Self {
        Self { member, name, form: None }
    }
}

/// Strings in base64, under this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Base64<N>(pub N);

impl<N: Into<BindingName>> From<Base64<N>> for BindingName {
    fn from(Base64(name): Base64<N>) -> Self {
        Self { form: Some(Form::Base64), ..name.into() }
    }
}

/// A value with a text form.
pub trait Text: Sized {
    /// What the text is, with its article: "an integer".
    const EXPECTED: &'static str;

    /// The text; `None` when the value has none, as a timestamp in the year 20,000.
    fn write_text(&self, style: Style) -> Option<Cow<'_, str>>;

    /// The value of a text; `None` when it is not [what is expected](Self::EXPECTED).
    fn read_text(text: &str, style: Style) -> Option<Self>;

    /// Whether texts of this style have a comma of their own, so that a list of them cannot be split at every one.
    fn has_comma(style: Style) -> bool {
        let _ = style;
        false
    }
}

/// A value that is none, one or many texts: what a query or a header member holds.
pub trait Texts: Sized {
    /// What each text is, with its article.
    const EXPECTED: &'static str;

    /// Whether the value can be many texts.
    const MANY: bool = false;

    /// Calls the closure with each text; false when a value has none.
    fn write_texts(&self, style: Style, text: impl FnMut(&str)) -> bool;

    /// The value of some texts; `None` when one is not what is expected.
    fn read_texts(texts: &[Cow<'_, str>], style: Style) -> Option<Self>;

    /// Whether there is a value, be it one of no texts.
    fn is_given(&self) -> bool {
        true
    }

    /// Whether the value can be made of no text at all.
    fn may_be_missing() -> bool {
        false
    }

    /// See [`Text::has_comma`].
    fn has_comma(style: Style) -> bool;
}

impl<T: Text> Texts for T {
    const EXPECTED: &'static str = T::EXPECTED;

    fn write_texts(&self, style: Style, mut text: impl FnMut(&str)) -> bool {
        self.write_text(style).map(|it| text(&it)).is_some()
    }

    fn read_texts(texts: &[Cow<'_, str>], style: Style) -> Option<Self> {
        T::read_text(texts.first()?, style)
    }

    fn has_comma(style: Style) -> bool {
        T::has_comma(style)
    }
}

impl<T: Texts> Texts for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    const MANY: bool = T::MANY;

    fn write_texts(&self, style: Style, text: impl FnMut(&str)) -> bool {
        self.as_ref().is_none_or(|value| value.write_texts(style, text))
    }

    fn read_texts(texts: &[Cow<'_, str>], style: Style) -> Option<Self> {
        if texts.is_empty() { Some(None) } else { T::read_texts(texts, style).map(Some) }
    }

    fn is_given(&self) -> bool {
        self.is_some()
    }

    fn may_be_missing() -> bool {
        true
    }

    fn has_comma(style: Style) -> bool {
        T::has_comma(style)
    }
}

impl<T: Text> Texts for Vec<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    const MANY: bool = true;

    fn write_texts(&self, style: Style, mut text: impl FnMut(&str)) -> bool {
        self.iter().all(|value| value.write_text(style).map(|it| text(&it)).is_some())
    }

    fn read_texts(texts: &[Cow<'_, str>], style: Style) -> Option<Self> {
        texts.iter().map(|text| T::read_text(text, style)).collect()
    }

    /// An empty list leaves no trace in a query.
    fn may_be_missing() -> bool {
        true
    }

    fn has_comma(style: Style) -> bool {
        T::has_comma(style)
    }
}

impl Text for String {
    const EXPECTED: &'static str = "a string";

    fn write_text(&self, style: Style) -> Option<Cow<'_, str>> {
        Some(if style.base64 { Cow::Owned(base64::encode(self)) } else { Cow::Borrowed(self) })
    }

    fn read_text(text: &str, style: Style) -> Option<Self> {
        if style.base64 { String::from_utf8(base64::decode(text).ok()?).ok() } else { Some(text.to_owned()) }
    }
}

/// Bytes are in base64.
impl Text for Blob {
    const EXPECTED: &'static str = "base64";

    fn write_text(&self, _: Style) -> Option<Cow<'_, str>> {
        Some(Cow::Owned(base64::encode(self)))
    }

    fn read_text(text: &str, _: Style) -> Option<Self> {
        base64::decode(text).ok().map(Blob::new)
    }
}

impl<T: Enumeration> Text for T {
    const EXPECTED: &'static str = "a string";

    fn write_text(&self, _: Style) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self.as_str()))
    }

    fn read_text(text: &str, _: Style) -> Option<Self> {
        Some(Self::from(text))
    }
}

impl Text for bool {
    const EXPECTED: &'static str = "a boolean";

    fn write_text(&self, _: Style) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(if *self { "true" } else { "false" }))
    }

    fn read_text(text: &str, _: Style) -> Option<Self> {
        match text {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }
}

macro_rules! integer_text {
    ($($type:ty),*) => {$(
        impl Text for $type {
            const EXPECTED: &'static str = "an integer";

            fn write_text(&self, _: Style) -> Option<Cow<'_, str>> {
                Some(Cow::Owned(self.to_string()))
            }

            // Rust takes a leading `+`; Smithy does not.
            fn read_text(text: &str, _: Style) -> Option<Self> {
                text.parse().ok().filter(|_| !text.starts_with('+'))
            }
        }
    )*};
}

integer_text!(i8, i16, i32, i64);

macro_rules! big_text {
    ($($type:ty, $expected:literal),*) => {$(
        impl Text for $type {
            const EXPECTED: &'static str = $expected;

            fn write_text(&self, _: Style) -> Option<Cow<'_, str>> {
                Some(Cow::Borrowed(self.as_ref()))
            }

            fn read_text(text: &str, _: Style) -> Option<Self> {
                text.parse().ok()
            }
        }
    )*};
}

big_text!(BigInteger, "an integer", BigDecimal, "a number");

macro_rules! float_text {
    ($($type:ty),*) => {$(
        impl Text for $type {
            const EXPECTED: &'static str = "a number";

            fn write_text(&self, _: Style) -> Option<Cow<'_, str>> {
                Some(match *self {
                    value if value.is_nan() => Cow::Borrowed("NaN"),
                    <$type>::INFINITY => Cow::Borrowed("Infinity"),
                    <$type>::NEG_INFINITY => Cow::Borrowed("-Infinity"),
                    value => Cow::Owned(value.to_string()),
                })
            }

            fn read_text(text: &str, _: Style) -> Option<Self> {
                match text {
                    "NaN" => Some(<$type>::NAN),
                    "Infinity" => Some(<$type>::INFINITY),
                    "-Infinity" => Some(<$type>::NEG_INFINITY),
                    // Rust also takes `inf`, `nan` and `+1`.
                    _ if text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) => {
                        text.parse().ok().filter(|value: &$type| value.is_finite())
                    }
                    _ => None,
                }
            }
        }
    )*};
}

float_text!(f32, f64);

impl Text for DateTime {
    const EXPECTED: &'static str = "a timestamp";

    fn write_text(&self, style: Style) -> Option<Cow<'_, str>> {
        style.timestamp.write(self).map(Cow::Owned)
    }

    fn read_text(text: &str, style: Style) -> Option<Self> {
        match style.mode {
            Mode::Strict => style.timestamp.read_strictly(text),
            Mode::Lenient => style.timestamp.read(text),
        }
    }

    fn has_comma(style: Style) -> bool {
        style.timestamp == TimestampFormat::HttpDate
    }
}
