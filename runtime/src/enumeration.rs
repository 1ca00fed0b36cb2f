//! Strings of a known set.

/// A generated enum: the values that the model knows, and one that keeps what it does not.
pub trait Enumeration: Ord + for<'a> From<&'a str> {
    /// The values that the model knows, in its order.
    const VALUES: &'static [&'static str];

    /// The value on the wire.
    fn as_str(&self) -> &str;
}

/// A generated enum of integers: the values that the model knows, and one that keeps what it does not.
pub trait IntegerEnumeration: From<i32> {
    /// The values that the model knows, in its order.
    const VALUES: &'static [i32];

    /// The value on the wire.
    fn value(&self) -> i32;
}

/// As [`enumeration!`](crate::enumeration!), for integers.
///
/// `integer_enumeration! { /// docs pub enum Priority { Low = 1, High = 10 } }`
#[macro_export]
macro_rules! integer_enumeration {
    ($(#[$attribute:meta])* pub enum $enum:ident { $($variant:ident = $value:literal,)* }) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Hash)]
        #[non_exhaustive]
        pub enum $enum {
            $(
                #[doc = concat!("`", $value, "`.")]
                $variant,
            )*
            /// A value that this version of the model does not know.
            Unrecognized(i32),
        }

        impl $enum {
            /// The values that the model knows, in its order.
            pub const VALUES: &'static [i32] = &[$($value),*];

            /// The value on the wire.
            #[inline]
            pub fn value(&self) -> i32 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unrecognized(value) => *value,
                }
            }
        }

        impl $crate::enumeration::IntegerEnumeration for $enum {
            const VALUES: &'static [i32] = Self::VALUES;

            #[inline]
            fn value(&self) -> i32 {
                self.value()
            }
        }

        impl ::std::convert::From<i32> for $enum {
            #[inline]
            fn from(value: i32) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::Unrecognized(value),
                }
            }
        }

        // A derived one has a function, which is compiled for every enum.
        impl ::std::cmp::Eq for $enum {}

        /// By the value on the wire.
        impl ::std::cmp::Ord for $enum {
            #[inline]
            fn cmp(&self, other: &Self) -> ::std::cmp::Ordering {
                self.value().cmp(&other.value())
            }
        }

        impl ::std::cmp::PartialOrd for $enum {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> ::std::option::Option<::std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl ::std::fmt::Display for $enum {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.value(), formatter)
            }
        }

        impl $crate::codec::Encode for $enum {
            fn encode<E: $crate::codec::Encoder>(&self, to: &mut E) {
                to.integer(self.value().into());
            }
        }

        impl $crate::codec::Decode for $enum {
            fn decode<D: $crate::codec::Decoder>(from: &mut D) -> ::std::result::Result<Self, $crate::codec::DecodeError> {
                from.integer::<i32>().map(Self::from)
            }
        }

        impl $crate::codec::Zero for $enum {
            #[inline]
            fn zero() -> Self {
                Self::from(0)
            }
        }

        impl $crate::text::Text for $enum {
            const EXPECTED: &'static str = <i32 as $crate::text::Text>::EXPECTED;

            fn write_text(&self, _: $crate::text::Style) -> ::std::option::Option<::std::borrow::Cow<'_, str>> {
                Some(::std::borrow::Cow::Owned(self.to_string()))
            }

            fn read_text(text: &str, style: $crate::text::Style) -> ::std::option::Option<Self> {
                <i32 as $crate::text::Text>::read_text(text, style).map(Self::from)
            }
        }

        impl $crate::validate::Validate for $enum {
            #[inline]
            fn validate(&self, check: &mut $crate::validate::Checker) {
                if let Self::Unrecognized(_) = self {
                    check.unrecognized(&[$(stringify!($value)),*]);
                }
            }
        }
    };
}

/// The values that an error message may tell of: those without a mark.
#[doc(hidden)]
pub fn told(values: &[(&'static str, &str)]) -> Vec<&'static str> {
    values.iter().filter(|(_, mark)| mark.is_empty()).map(|(value, _)| *value).collect()
}

/// Writes an enum: one variant a value, one that keeps a value that the model does not know, and what every enum has:
/// conversions, text forms, the codec, the check.
///
/// `enumeration! { /// docs pub enum Channel { Voice = "VOICE", Chat = "CHAT" } }`; a value that no error message must tell of is
/// marked `#[internal]`.
#[macro_export]
macro_rules! enumeration {
    ($(#[$attribute:meta])* pub enum $enum:ident { $($(#[$internal:ident])? $variant:ident = $value:literal,)* }) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, Hash)]
        #[non_exhaustive]
        pub enum $enum {
            $(
                #[doc = concat!("`", $value, "`.")]
                $variant,
            )*
            /// A value that this version of the model does not know.
            Unrecognized(::std::string::String),
        }

        impl $enum {
            /// The values that the model knows, in its order.
            pub const VALUES: &'static [&'static str] = &[$($value),*];

            /// The value on the wire.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unrecognized(value) => value,
                }
            }
        }

        impl $crate::enumeration::Enumeration for $enum {
            const VALUES: &'static [&'static str] = Self::VALUES;

            #[inline]
            fn as_str(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::convert::From<&str> for $enum {
            #[inline]
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::Unrecognized(value.to_owned()),
                }
            }
        }

        // A derived one has a function, which is compiled for every enum.
        impl ::std::cmp::Eq for $enum {}

        /// By the value on the wire.
        impl ::std::cmp::Ord for $enum {
            #[inline]
            fn cmp(&self, other: &Self) -> ::std::cmp::Ordering {
                self.as_str().cmp(other.as_str())
            }
        }

        impl ::std::cmp::PartialOrd for $enum {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> ::std::option::Option<::std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl ::std::fmt::Display for $enum {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        impl $crate::codec::Encode for $enum {
            fn encode<E: $crate::codec::Encoder>(&self, to: &mut E) {
                to.string(self.as_str());
            }
        }

        impl $crate::codec::Decode for $enum {
            fn decode<D: $crate::codec::Decoder>(from: &mut D) -> ::std::result::Result<Self, $crate::codec::DecodeError> {
                Ok(Self::from(&*from.string()?))
            }
        }

        impl $crate::codec::Zero for $enum {
            #[inline]
            fn zero() -> Self {
                Self::Unrecognized(::std::string::String::new())
            }
        }

        impl $crate::validate::Validate for $enum {
            #[inline]
            fn validate(&self, check: &mut $crate::validate::Checker) {
                if let Self::Unrecognized(_) = self {
                    check.unrecognized(&$crate::enumeration::told(&[$(($value, stringify!($($internal)?))),*]));
                }
            }
        }
    };
}

#[cfg(test)]
#[expect(unreachable_pub, reason = "the macro writes what a crate's users see")]
mod tests {
    enumeration! {
        /// How a contact reached the desk.
        pub enum Channel {
            Voice = "VOICE",
            EnUs = "en-US",
            #[internal]
            Pager = "PAGER",
        }
    }

    #[test]
    fn a_value_that_is_not_known_is_kept() {
        assert_eq!(Channel::from("VOICE"), Channel::Voice);
        assert_eq!(Channel::from("en-US").to_string(), "en-US");
        assert_eq!(Channel::from("FAX"), Channel::Unrecognized("FAX".to_owned()));
        assert_eq!(Channel::from("FAX").as_str(), "FAX");
    }

    integer_enumeration! {
        /// How urgent a contact is.
        pub enum Priority {
            Low = 1,
            High = 10,
        }
    }

    #[test]
    fn an_integer_that_is_not_known_is_kept() {
        assert_eq!(Priority::from(10), Priority::High);
        assert_eq!(Priority::from(7), Priority::Unrecognized(7));
        assert_eq!(Priority::from(7).value(), 7);
        assert!(Priority::Low < Priority::from(7));
    }

    #[test]
    fn a_server_refuses_a_value_that_is_not_known_and_does_not_tell_of_internal_ones() {
        use crate::validate::{Checker, Validate};
        let mut check = Checker::default();
        Channel::Voice.validate(&mut check);
        Channel::Pager.validate(&mut check);
        Channel::from("FAX").validate(&mut check);
        let violations = check.into_violations();
        assert_eq!(violations.len(), 1);
        assert!(violations[0].message.ends_with("Member must satisfy enum value set: [VOICE, en-US]"));
    }
}
