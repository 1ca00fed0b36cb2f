//! What every generated structure has beside its fields and its codec: setters, and what stands for it when it is missing.
//!
//! The functions are what the macros' functions do. They are never inlined: rustc would copy each, and what it calls, into every
//! structure's and every setter's, also where nobody calls these, which took 28 MB to compile Connect's types.

use crate::codec::{DecodeError, Decoder, Structure};
use std::collections::BTreeMap;

/// Reads a structure.
///
/// # Errors
///
/// Another type than an object, or a member of another type than the model's.
#[inline(never)]
pub fn decode<T: Structure, D: Decoder>(from: &mut D) -> Result<T, DecodeError> {
    let mut structure = T::zero();
    from.structure(&mut structure)?;
    Ok(structure)
}

/// Sets a member.
#[inline(never)]
pub fn put<T>(member: &mut Option<T>, value: impl Into<T>) {
    *member = Some(value.into());
}

/// Sets a list.
#[inline(never)]
pub fn put_list<T>(member: &mut Option<Vec<T>>, elements: impl IntoIterator<Item = T>) {
    *member = Some(elements.into_iter().collect());
}

/// Sets a list of strings.
#[inline(never)]
pub fn put_texts(member: &mut Option<Vec<String>>, elements: impl IntoIterator<Item = impl Into<String>>) {
    *member = Some(elements.into_iter().map(Into::into).collect());
}

/// Sets a map.
#[inline(never)]
pub fn put_map<T>(member: &mut Option<BTreeMap<String, T>>, entries: impl IntoIterator<Item = (impl Into<String>, T)>) {
    *member = Some(entries.into_iter().map(|(key, value)| (key.into(), value)).collect());
}

/// Sets a map of strings.
#[inline(never)]
pub fn put_text_map(
    member: &mut Option<BTreeMap<String, String>>,
    entries: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
) {
    *member = Some(entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect());
}

/// Gives a generated structure its constructor, its setters, its [`Zero`](crate::codec::Zero), and the codec of its
/// [`Structure`](crate::codec::Structure).
///
/// `structure! { Shape(required: Type, ..) { optional: Type, .. } }`: `Shape::new` takes what is required, a setter takes each
/// of the others. With `Shape: Default` nothing is required; with `Shape` alone, the generated code has its own constructor.
#[macro_export]
macro_rules! structure {
    ($structure:ident $($members:tt)*) => {
        $crate::request! { $structure $($members)* }

        impl $crate::codec::Encode for $structure {
            fn encode<E: $crate::codec::Encoder>(&self, to: &mut E) {
                to.structure(self);
            }
        }

        impl $crate::codec::Decode for $structure {
            fn decode<D: $crate::codec::Decoder>(from: &mut D) -> Result<Self, $crate::codec::DecodeError> {
                $crate::structure::decode(from)
            }
        }
    };
}

/// As [`structure!`](crate::structure), for a request: without the codec, since a request is more than a body.
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
    ($structure:ident($($required:tt)*) { $($members:tt)* }) => {
        impl $structure {
            $crate::constructor! { [] [] [$($required)*,] { $($members)* } }
            $crate::setters! { $($members)* }
        }

        $crate::zero! { $structure($($required)*) { $($members)* } }
    };
    ($structure:ident {}) => {};
    ($structure:ident { $($members:tt)+ }) => {
        impl $structure {
            $crate::setters! { $($members)+ }
        }
    };
}

/// The members of a structure in the body: a line a member, its name on the wire and its field.
///
/// ```text
/// impl Structure for Contact {
///     members! {
///         required "Name" => name,
///         "Since" => since as HttpDate,
///         "Message" | "message" => message,
///     }
/// }
/// ```
#[macro_export]
macro_rules! members {
    () => {
        fn encode_members<E: $crate::codec::Encoder>(&self, _: &mut E) {}

        fn decode_member<D: $crate::codec::Decoder>(&mut self, _: &str, from: &mut D) -> $crate::codec::Decoded {
            from.skip()
        }
    };
    // Most structures have no format. They go without a macro a member, which saves an eighth of the time that macros take.
    ($($($required:ident)? $name:literal $(| $alias:literal)? => $member:ident,)*) => {
        const REQUIRED: &'static [&'static str] = &[$($($crate::member!($required $name),)?)*];

        fn encode_members<E: $crate::codec::Encoder>(&self, to: &mut E) {
            $(to.member($name, &self.$member);)*
        }

        fn decode_member<D: $crate::codec::Decoder>(&mut self, member: &str, from: &mut D) -> $crate::codec::Decoded {
            match member {
                $($name $(| $alias)? => from.set(&mut self.$member),)*
                _ => from.skip(),
            }
        }
    };
    ($($($required:ident)? $name:literal $(| $alias:literal)? => $member:ident $(as $format:ident)?,)*) => {
        const REQUIRED: &'static [&'static str] = &[$($($crate::member!($required $name),)?)*];

        fn encode_members<E: $crate::codec::Encoder>(&self, to: &mut E) {
            $($crate::member!(encode self to $name $member $($format)?);)*
        }

        fn decode_member<D: $crate::codec::Decoder>(&mut self, member: &str, from: &mut D) -> $crate::codec::Decoded {
            match member {
                $($name $(| $alias)? => $crate::member!(decode self from $member $($format)?),)*
                _ => from.skip(),
            }
        }
    };
}

/// One member, one way.
#[doc(hidden)]
#[macro_export]
macro_rules! member {
    (required $name:literal) => {
        $name
    };
    (encode $structure:ident $to:ident $name:literal $member:ident) => {
        $to.member($name, &$structure.$member)
    };
    (encode $structure:ident $to:ident $name:literal $member:ident $format:ident) => {
        $to.member($name, &$crate::codec::$format(&$structure.$member))
    };
    (decode $structure:ident $from:ident $member:ident) => {
        $from.set(&mut $structure.$member)
    };
    (decode $structure:ident $from:ident $member:ident $format:ident) => {
        $from.value().map(|$crate::codec::$format(value)| $structure.$member = value)
    };
}

/// What stands for a structure when it is missing.
#[doc(hidden)]
#[macro_export]
macro_rules! zero {
    ($structure:ident($($required:ident: $type:ty),*) { $($member:ident: $member_type:ty,)* }) => {
        impl $crate::codec::Zero for $structure {
            #[inline]
            fn zero() -> Self {
                Self { $($required: $crate::codec::Zero::zero(),)* $($member: None,)* }
            }
        }
    };
}

/// `new`: takes what is required as loosely as the setters take the others.
#[doc(hidden)]
#[macro_export]
macro_rules! constructor {
    ([$($arguments:tt)*] [$($values:tt)*] [] { $($member:ident: $type:ty,)* }) => {
        /// A value with what is required.
        #[inline]
        pub fn new($($arguments)*) -> Self {
            Self { $($values)* $($member: None,)* }
        }
    };
    ([$($arguments:tt)*] [$($values:tt)*] [$name:ident: String, $($more:tt)*] $members:tt) => {
        $crate::constructor! {
            [$($arguments)* $name: impl Into<String>,]
            [$($values)* $name: $name.into(),]
            [$($more)*] $members
        }
    };
    ([$($arguments:tt)*] [$($values:tt)*] [$name:ident: Vec<String>, $($more:tt)*] $members:tt) => {
        $crate::constructor! {
            [$($arguments)* $name: impl IntoIterator<Item = impl Into<String>>,]
            [$($values)* $name: $name.into_iter().map(Into::into).collect(),]
            [$($more)*] $members
        }
    };
    ([$($arguments:tt)*] [$($values:tt)*] [$name:ident: Vec<$element:ty>, $($more:tt)*] $members:tt) => {
        $crate::constructor! {
            [$($arguments)* $name: impl IntoIterator<Item = $element>,]
            [$($values)* $name: $name.into_iter().collect(),]
            [$($more)*] $members
        }
    };
    ([$($arguments:tt)*] [$($values:tt)*] [$name:ident: BTreeMap<String, String>, $($more:tt)*] $members:tt) => {
        $crate::constructor! {
            [$($arguments)* $name: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,]
            [$($values)* $name: $name.into_iter().map(|(key, value)| (key.into(), value.into())).collect(),]
            [$($more)*] $members
        }
    };
    ([$($arguments:tt)*] [$($values:tt)*] [$name:ident: BTreeMap<String, $value:ty>, $($more:tt)*] $members:tt) => {
        $crate::constructor! {
            [$($arguments)* $name: impl IntoIterator<Item = (impl Into<String>, $value)>,]
            [$($values)* $name: $name.into_iter().map(|(key, value)| (key.into(), value)).collect(),]
            [$($more)*] $members
        }
    };
    ([$($arguments:tt)*] [$($values:tt)*] [$name:ident: Box<$inner:ty>, $($more:tt)*] $members:tt) => {
        $crate::constructor! {
            [$($arguments)* $name: $inner,]
            [$($values)* $name: Box::new($name),]
            [$($more)*] $members
        }
    };
    ([$($arguments:tt)*] [$($values:tt)*] [$name:ident: $type:ty, $($more:tt)*] $members:tt) => {
        $crate::constructor! {
            [$($arguments)* $name: $type,]
            [$($values)* $name,]
            [$($more)*] $members
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
        pub fn $member(mut self, $member: impl Into<String>) -> Self {
            $crate::structure::put(&mut self.$member, $member);
            self
        }

        $crate::setters! { $($more)* }
    };
    ($member:ident: Vec<String>, $($more:tt)*) => {
        #[doc = concat!("Sets `", stringify!($member), "`.")]
        #[inline]
        pub fn $member(mut self, $member: impl IntoIterator<Item = impl Into<String>>) -> Self {
            $crate::structure::put_texts(&mut self.$member, $member);
            self
        }

        $crate::setters! { $($more)* }
    };
    ($member:ident: Vec<$element:ty>, $($more:tt)*) => {
        #[doc = concat!("Sets `", stringify!($member), "`.")]
        #[inline]
        pub fn $member(mut self, $member: impl IntoIterator<Item = $element>) -> Self {
            $crate::structure::put_list(&mut self.$member, $member);
            self
        }

        $crate::setters! { $($more)* }
    };
    ($member:ident: BTreeMap<String, String>, $($more:tt)*) => {
        #[doc = concat!("Sets `", stringify!($member), "`.")]
        #[inline]
        pub fn $member(mut self, $member: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Self {
            $crate::structure::put_text_map(&mut self.$member, $member);
            self
        }

        $crate::setters! { $($more)* }
    };
    ($member:ident: BTreeMap<String, $value:ty>, $($more:tt)*) => {
        #[doc = concat!("Sets `", stringify!($member), "`.")]
        #[inline]
        pub fn $member(mut self, $member: impl IntoIterator<Item = (impl Into<String>, $value)>) -> Self {
            $crate::structure::put_map(&mut self.$member, $member);
            self
        }

        $crate::setters! { $($more)* }
    };
    ($member:ident: Box<$inner:ty>, $($more:tt)*) => {
        #[doc = concat!("Sets `", stringify!($member), "`.")]
        #[inline]
        pub fn $member(mut self, $member: $inner) -> Self {
            self.$member = Some(Box::new($member));
            self
        }

        $crate::setters! { $($more)* }
    };
    ($member:ident: $type:ty, $($more:tt)*) => {
        #[doc = concat!("Sets `", stringify!($member), "`.")]
        #[inline]
        pub fn $member(mut self, $member: $type) -> Self {
            self.$member = Some($member);
            self
        }

        $crate::setters! { $($more)* }
    };
}

#[cfg(test)]
#[expect(unreachable_pub, reason = "the macros write what a crate's users see")]
mod tests {
    use crate::codec::Zero;
    use std::collections::BTreeMap;

    #[derive(Debug, Default, PartialEq)]
    struct Optional {
        name: Option<String>,
        r#type: Option<i32>,
        tags: Option<Vec<String>>,
        rows: Option<Vec<Vec<String>>>,
        map: Option<BTreeMap<String, String>>,
        lists: Option<BTreeMap<String, Vec<i64>>>,
        next: Option<Box<Optional>>,
    }

    crate::request! {
        Optional: Default {
            name: String,
            r#type: i32,
            tags: Vec<String>,
            rows: Vec<Vec<String>>,
            map: BTreeMap<String, String>,
            lists: BTreeMap<String, Vec<i64>>,
            next: Box<Optional>,
        }
    }

    #[derive(Debug, PartialEq)]
    struct Required {
        name: String,
        size: i64,
        tags: Vec<String>,
        map: BTreeMap<String, i32>,
        comment: Option<String>,
    }

    crate::request! {
        Required(name: String, size: i64, tags: Vec<String>, map: BTreeMap<String, i32>) {
            comment: String,
        }
    }

    #[test]
    fn setters_take_what_a_caller_has_at_hand() {
        let value = Optional::zero()
            .name("n")
            .r#type(1)
            .tags(["a", "b"])
            .rows([vec!["c".to_owned()]])
            .map([("k", "v")])
            .lists([("k", vec![1])])
            .next(Optional::zero().name("inner"));
        assert_eq!(value.name.as_deref(), Some("n"));
        assert_eq!(value.r#type, Some(1));
        assert_eq!(value.tags, Some(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(value.map, Some(BTreeMap::from([("k".to_owned(), "v".to_owned())])));
        assert_eq!(value.next.unwrap().name.as_deref(), Some("inner"));
    }

    #[test]
    fn the_constructor_takes_what_is_required() {
        let value = Required::new("n", 1, ["a"], [("k", 2)]).comment("c");
        assert_eq!(value.tags, ["a"]);
        assert_eq!(value.map, BTreeMap::from([("k".to_owned(), 2)]));
        assert_eq!(value.comment.as_deref(), Some("c"));
    }

    #[test]
    fn zero_is_empty() {
        assert_eq!(Required::zero(), Required::new("", 0, [""; 0], [("", 0); 0]));
    }
}
