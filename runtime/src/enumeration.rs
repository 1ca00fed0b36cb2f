//! Strings of a known set.

/// A generated enum: the values that the model knows, and one that keeps what it does not.
pub trait Enumeration: Sized {
    /// The values that the model knows, in its order.
    const VALUES: &'static [&'static str];

    /// The value on the wire.
    fn as_str(&self) -> &str;

    /// The variant of a value that the model knows.
    fn known(value: &str) -> Option<Self>;

    /// The variant of a value that the model does not know.
    fn unrecognized(value: String) -> Self;
}

/// Gives a generated enum what every enum has: conversions, text forms, the codec.
#[macro_export]
macro_rules! enumeration {
    ($enum:ident) => {
        impl ::std::fmt::Display for $enum {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.write_str($crate::enumeration::Enumeration::as_str(self))
            }
        }

        impl AsRef<str> for $enum {
            #[inline]
            fn as_ref(&self) -> &str {
                $crate::enumeration::Enumeration::as_str(self)
            }
        }

        impl From<&str> for $enum {
            #[inline]
            fn from(value: &str) -> Self {
                $crate::enumeration::Enumeration::known(value)
                    .unwrap_or_else(|| $crate::enumeration::Enumeration::unrecognized(value.to_owned()))
            }
        }

        impl From<String> for $enum {
            #[inline]
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl $crate::codec::Encode for $enum {
            fn encode<E: $crate::codec::Encoder>(&self, to: &mut E) {
                to.string($crate::enumeration::Enumeration::as_str(self));
            }
        }

        impl $crate::codec::Decode for $enum {
            fn decode<D: $crate::codec::Decoder>(from: &mut D) -> Result<Self, $crate::codec::DecodeError> {
                Ok(Self::from(&*from.string()?))
            }

            #[inline]
            fn zero() -> Self {
                $crate::enumeration::Enumeration::unrecognized(String::new())
            }
        }

        impl $crate::codec::MapKey for $enum {
            #[inline]
            fn as_key(&self) -> &str {
                $crate::enumeration::Enumeration::as_str(self)
            }

            #[inline]
            fn from_key(text: &str) -> Self {
                Self::from(text)
            }
        }

        impl $crate::text::Text for $enum {
            const EXPECTED: &'static str = "a string";

            #[inline]
            fn write_text(&self, _: $crate::text::Location) -> Option<::std::borrow::Cow<'_, str>> {
                Some(::std::borrow::Cow::Borrowed($crate::enumeration::Enumeration::as_str(self)))
            }

            #[inline]
            fn read_text(text: &str, _: $crate::text::Location) -> Option<Self> {
                Some(Self::from(text))
            }
        }

        impl $crate::validate::Validate for $enum {
            #[inline]
            fn validate(&self, check: &mut $crate::validate::Checker) {
                check.one_of($crate::enumeration::Enumeration::as_str(self), <Self as $crate::enumeration::Enumeration>::VALUES);
            }
        }
    };
}
