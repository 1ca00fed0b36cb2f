//! Values as plain text: what labels, queries and headers carry.

use crate::enumeration::Enumeration;
use crate::timestamp::{DateTime, TimestampFormat};
use std::borrow::Cow;

/// Where a text travels; timestamps look different in a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In a segment of the path.
    Label,
    /// In the query.
    Query,
    /// In a header.
    Header,
}

impl Location {
    fn timestamp_format(self) -> TimestampFormat {
        match self {
            Self::Label | Self::Query => TimestampFormat::DateTime,
            Self::Header => TimestampFormat::HttpDate,
        }
    }
}

/// A value with a text form.
pub trait Text: Sized {
    /// What the text is, with its article: "an integer".
    const EXPECTED: &'static str;

    /// The text; `None` when the value has none, as a timestamp in the year 20,000.
    fn write_text(&self, location: Location) -> Option<Cow<'_, str>>;

    /// The value of a text; `None` when it is not [what is expected](Self::EXPECTED).
    fn read_text(text: &str, location: Location) -> Option<Self>;
}

/// A value that is none, one or many texts: what a query or a header member holds.
pub trait Texts: Sized {
    /// What each text is, with its article.
    const EXPECTED: &'static str;

    /// Calls the closure with each text; false when a value has none.
    fn write_texts(&self, location: Location, text: impl FnMut(&str)) -> bool;

    /// The value of some texts; `None` when one is not what is expected.
    fn read_texts(texts: &[Cow<'_, str>], location: Location) -> Option<Self>;

    /// Whether the value can be made of no text at all.
    fn may_be_missing() -> bool;
}

impl<T: Text> Texts for T {
    const EXPECTED: &'static str = T::EXPECTED;

    fn write_texts(&self, location: Location, mut text: impl FnMut(&str)) -> bool {
        self.write_text(location).map(|it| text(&it)).is_some()
    }

    fn read_texts(texts: &[Cow<'_, str>], location: Location) -> Option<Self> {
        T::read_text(texts.first()?, location)
    }

    fn may_be_missing() -> bool {
        false
    }
}

impl<T: Texts> Texts for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn write_texts(&self, location: Location, text: impl FnMut(&str)) -> bool {
        self.as_ref().is_none_or(|value| value.write_texts(location, text))
    }

    fn read_texts(texts: &[Cow<'_, str>], location: Location) -> Option<Self> {
        if texts.is_empty() { Some(None) } else { T::read_texts(texts, location).map(Some) }
    }

    fn may_be_missing() -> bool {
        true
    }
}

impl<T: Text> Texts for Vec<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn write_texts(&self, location: Location, mut text: impl FnMut(&str)) -> bool {
        self.iter().all(|value| value.write_text(location).map(|it| text(&it)).is_some())
    }

    fn read_texts(texts: &[Cow<'_, str>], location: Location) -> Option<Self> {
        texts.iter().map(|text| T::read_text(text, location)).collect()
    }

    /// An empty list leaves no trace in a query.
    fn may_be_missing() -> bool {
        true
    }
}

impl Text for String {
    const EXPECTED: &'static str = "a string";

    fn write_text(&self, _: Location) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self))
    }

    fn read_text(text: &str, _: Location) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl<T: Enumeration> Text for T {
    const EXPECTED: &'static str = "a string";

    fn write_text(&self, _: Location) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self.as_str()))
    }

    fn read_text(text: &str, _: Location) -> Option<Self> {
        Some(Self::from(text))
    }
}

impl Text for bool {
    const EXPECTED: &'static str = "a boolean";

    fn write_text(&self, _: Location) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(if *self { "true" } else { "false" }))
    }

    fn read_text(text: &str, _: Location) -> Option<Self> {
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

            fn write_text(&self, _: Location) -> Option<Cow<'_, str>> {
                Some(Cow::Owned(self.to_string()))
            }

            // Rust takes a leading `+`; Smithy does not.
            fn read_text(text: &str, _: Location) -> Option<Self> {
                text.parse().ok().filter(|_| !text.starts_with('+'))
            }
        }
    )*};
}

integer_text!(i8, i16, i32, i64);

macro_rules! float_text {
    ($($type:ty),*) => {$(
        impl Text for $type {
            const EXPECTED: &'static str = "a number";

            fn write_text(&self, _: Location) -> Option<Cow<'_, str>> {
                Some(match *self {
                    value if value.is_nan() => Cow::Borrowed("NaN"),
                    <$type>::INFINITY => Cow::Borrowed("Infinity"),
                    <$type>::NEG_INFINITY => Cow::Borrowed("-Infinity"),
                    value => Cow::Owned(value.to_string()),
                })
            }

            fn read_text(text: &str, _: Location) -> Option<Self> {
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

    fn write_text(&self, location: Location) -> Option<Cow<'_, str>> {
        location.timestamp_format().write(self).map(Cow::Owned)
    }

    fn read_text(text: &str, location: Location) -> Option<Self> {
        location.timestamp_format().read(text)
    }
}
