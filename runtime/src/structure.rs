//! What every generated structure has beside its fields and its codec: setters, and what stands for it when it is missing.

/// Gives a generated structure its setters, its [`Zero`](crate::codec::Zero) and the codec of its
/// [`Structure`](crate::codec::Structure).
///
/// `structure! { Shape: Default { optional_member: Type, .. } }`; without `: Default`, where members are required, the
/// generated code says what zero is.
#[macro_export]
macro_rules! structure {
    ($structure:ident $(: $default:ident)? { $($members:tt)* }) => {
        $crate::request! { $structure $(: $default)? { $($members)* } }

        impl $crate::codec::Encode for $structure {
            fn encode<E: $crate::codec::Encoder>(&self, to: &mut E) {
                to.structure(self);
            }
        }

        impl $crate::codec::Decode for $structure {
            fn decode<D: $crate::codec::Decoder>(from: &mut D) -> Result<Self, $crate::codec::DecodeError> {
                let mut it = <Self as $crate::codec::Zero>::zero();
                from.structure(&mut it)?;
                Ok(it)
            }
        }
    };
}

/// Gives a generated request its setters and its [`Zero`](crate::codec::Zero); as [`structure!`](crate::structure), without
/// the codec, since a request is more than a body.
#[macro_export]
macro_rules! request {
    ($structure:ident: Default { $($members:tt)* }) => {
        impl $crate::codec::Zero for $structure {
            #[inline]
            fn zero() -> Self {
                <Self as Default>::default()
            }
        }

        $crate::request! { $structure { $($members)* } }
    };
    ($structure:ident {}) => {};
    ($structure:ident { $($members:tt)+ }) => {
        impl $structure {
            $crate::setters! { $($members)+ }
        }
    };
}

/// A setter a member: it takes what a caller has at hand, and gives the structure back.
#[doc(hidden)]
#[macro_export]
macro_rules! setters {
    () => {};
    ($member:ident: String, $($more:tt)*) => {
        #[doc = concat!("Sets `", stringify!($member), "`.")]
        #[inline]
        #[must_use]
        pub fn $member(mut self, $member: impl Into<String>) -> Self {
            self.$member = Some($member.into());
            self
        }

        $crate::setters! { $($more)* }
    };
    ($member:ident: Vec<String>, $($more:tt)*) => {
        #[doc = concat!("Sets `", stringify!($member), "`.")]
        #[inline]
        #[must_use]
        pub fn $member(mut self, $member: impl IntoIterator<Item = impl Into<String>>) -> Self {
            self.$member = Some($member.into_iter().map(Into::into).collect());
            self
        }

        $crate::setters! { $($more)* }
    };
    ($member:ident: Vec<$element:ty>, $($more:tt)*) => {
        #[doc = concat!("Sets `", stringify!($member), "`.")]
        #[inline]
        #[must_use]
        pub fn $member(mut self, $member: impl IntoIterator<Item = $element>) -> Self {
            self.$member = Some($member.into_iter().collect());
            self
        }

        $crate::setters! { $($more)* }
    };
    ($member:ident: BTreeMap<String, String>, $($more:tt)*) => {
        #[doc = concat!("Sets `", stringify!($member), "`.")]
        #[inline]
        #[must_use]
        pub fn $member(mut self, $member: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Self {
            self.$member = Some($member.into_iter().map(|(key, value)| (key.into(), value.into())).collect());
            self
        }

        $crate::setters! { $($more)* }
    };
    ($member:ident: BTreeMap<String, $value:ty>, $($more:tt)*) => {
        #[doc = concat!("Sets `", stringify!($member), "`.")]
        #[inline]
        #[must_use]
        pub fn $member(mut self, $member: impl IntoIterator<Item = (impl Into<String>, $value)>) -> Self {
            self.$member = Some($member.into_iter().map(|(key, value)| (key.into(), value)).collect());
            self
        }

        $crate::setters! { $($more)* }
    };
    ($member:ident: Box<$inner:ty>, $($more:tt)*) => {
        #[doc = concat!("Sets `", stringify!($member), "`.")]
        #[inline]
        #[must_use]
        pub fn $member(mut self, $member: $inner) -> Self {
            self.$member = Some(Box::new($member));
            self
        }

        $crate::setters! { $($more)* }
    };
    ($member:ident: $type:ty, $($more:tt)*) => {
        #[doc = concat!("Sets `", stringify!($member), "`.")]
        #[inline]
        #[must_use]
        pub fn $member(mut self, $member: $type) -> Self {
            self.$member = Some($member);
            self
        }

        $crate::setters! { $($more)* }
    };
}

#[cfg(test)]
mod tests {
    use crate::codec::Zero;
    use std::collections::BTreeMap;

    #[derive(Debug, Default, PartialEq)]
    struct Shape {
        name: Option<String>,
        r#type: Option<i32>,
        tags: Option<Vec<String>>,
        rows: Option<Vec<Vec<String>>>,
        map: Option<BTreeMap<String, String>>,
        lists: Option<BTreeMap<String, Vec<i64>>>,
        next: Option<Box<Shape>>,
    }

    crate::request! {
        Shape: Default {
            name: String,
            r#type: i32,
            tags: Vec<String>,
            rows: Vec<Vec<String>>,
            map: BTreeMap<String, String>,
            lists: BTreeMap<String, Vec<i64>>,
            next: Box<Shape>,
        }
    }

    #[test]
    fn setters_take_what_a_caller_has_at_hand() {
        let shape = Shape::zero()
            .name("n")
            .r#type(1)
            .tags(["a", "b"])
            .rows([vec!["c".to_owned()]])
            .map([("k", "v")])
            .lists([("k", vec![1])])
            .next(Shape::zero().name("inner"));
        assert_eq!(shape.name.as_deref(), Some("n"));
        assert_eq!(shape.r#type, Some(1));
        assert_eq!(shape.tags, Some(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(shape.map, Some(BTreeMap::from([("k".to_owned(), "v".to_owned())])));
        assert_eq!(shape.next.unwrap().name.as_deref(), Some("inner"));
    }
}
