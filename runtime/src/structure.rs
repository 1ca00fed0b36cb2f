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
/// `structure! { Shape(text name, ..) { value size: i64, list tags: Tag, .. } }`: `Shape::new` takes what is required, a setter takes
/// each of the others. With `Shape: default` nothing is required; with `Shape` alone, the generated code has its own constructor.
/// The word in front of a member says what its setter takes: whatever becomes a string (`text`) or strings (`texts`), elements
/// (`list`), pairs of a string and a value (`map`) or of strings (`text_map`), what goes into a box (`boxed`), or the `value` itself.
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
            fn decode<D: $crate::codec::Decoder>(
                from: &mut D,
            ) -> ::std::result::Result<Self, $crate::codec::DecodeError> {
                $crate::structure::decode(from)
            }
        }
    };
}

/// Gives a response without members all that one with members has.
#[macro_export]
macro_rules! empty_response {
    ($response:ident) => {
        impl $crate::codec::Zero for $response {
            #[inline]
            fn zero() -> Self {
                Self {}
            }
        }

        impl $crate::codec::Structure for $response {
            #[inline]
            fn encode_members<E: $crate::codec::Encoder>(&self, _: &mut E) {}

            #[inline]
            fn decode_member<D: $crate::codec::Decoder>(&mut self, _: &str, from: &mut D) -> $crate::codec::Decoded {
                from.skip()
            }
        }

        impl $crate::message::Message for $response {}
    };
}

/// As [`structure!`](crate::structure), for a request: without the codec, since a request is more than a body.
#[macro_export]
macro_rules! request {
    ($structure:ident: default { $($kind:ident $member:ident $(: $type:ty)?,)* }) => {
        impl $crate::codec::Zero for $structure {
            #[inline]
            fn zero() -> Self {
                <Self as ::std::default::Default>::default()
            }
        }

        impl $structure {
            $($crate::setter! { $kind $member $($type)? })*
        }
    };
    (
        $structure:ident($($required:ident $name:ident $(: $required_type:ty)?),*) {
            $($kind:ident $member:ident $(: $type:ty)?,)*
        }
    ) => {
        impl $structure {
            /// A value with what is required.
            #[inline]
            pub fn new($($name: $crate::argument!($required $($required_type)?)),*) -> Self {
                Self { $($name: $crate::argument!($required of $name),)* $($member: None,)* }
            }

            $($crate::setter! { $kind $member $($type)? })*
        }

        impl $crate::codec::Zero for $structure {
            #[inline]
            fn zero() -> Self {
                Self { $($name: $crate::codec::Zero::zero(),)* $($member: None,)* }
            }
        }
    };
    ($structure:ident { $($kind:ident $member:ident $(: $type:ty)?,)* }) => {
        impl $structure {
            $($crate::setter! { $kind $member $($type)? })*
        }
    };
}

/// The members of a structure in the body: one line per member, its name on the wire and its field.
///
/// ```text
/// impl Structure for Contact {
///     members! {
///         required "Name" => name,
///         "Tags" => tags max 50,
///         "Since" => since as HttpDate,
///         "Message" | "message" => message,
///     }
/// }
/// ```
///
/// In a service that also has a protocol without HTTP bindings, members that are bound to parts of HTTP come first, in `bound { .. }`: that
/// protocol has them in the body.
#[macro_export]
macro_rules! members {
    (bound { $($bound:tt)* } $($members:tt)*) => {
        $crate::members! { $($members)* }
        $crate::bound_members! { $($bound)* }
    };
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
    ($($($required:ident)? $name:literal $(| $alias:literal)? => $member:ident $(as $format:ident)? $(max $maximum:literal)?,)*) => {
        const REQUIRED: &'static [&'static str] = &[$($($crate::member!($required $name),)?)*];

        const MAXIMA: &'static [(&'static str, usize)] = &[$($(($name, $maximum),)?)*];

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

/// The members that travel in the body of some protocols only.
#[doc(hidden)]
#[macro_export]
macro_rules! bound_members {
    ($($($required:ident)? $name:literal => $member:ident $(as $format:ident)?,)*) => {
        const BOUND: &'static [&'static str] = &[$($name),*];

        const REQUIRED_BOUND: &'static [&'static str] = &[$($($crate::member!($required $name),)?)*];

        fn encode_bound_members<E: $crate::codec::Encoder>(&self, to: &mut E) {
            $($crate::member!(encode self to $name $member $($format)?);)*
        }

        fn decode_bound_member<D: $crate::codec::Decoder>(&mut self, member: &str, from: &mut D) -> $crate::codec::Decoded {
            match member {
                $($name => $crate::member!(decode self from $member $($format)?),)*
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
        $crate::codec::$format::set(&mut $structure.$member, $from)
    };
}

/// What a setter or the constructor takes for a member of a kind, and what becomes of it in the constructor.
#[doc(hidden)]
#[macro_export]
macro_rules! argument {
    (text) => { impl ::std::convert::Into<::std::string::String> };
    (texts) => { impl ::std::iter::IntoIterator<Item = impl ::std::convert::Into<::std::string::String>> };
    (list $element:ty) => { impl ::std::iter::IntoIterator<Item = $element> };
    (text_map) => {
        impl ::std::iter::IntoIterator<Item = (
            impl ::std::convert::Into<::std::string::String>,
            impl ::std::convert::Into<::std::string::String>,
        )>
    };
    (map $value:ty) => {
        impl ::std::iter::IntoIterator<Item = (impl ::std::convert::Into<::std::string::String>, $value)>
    };
    (boxed $inner:ty) => { $inner };
    (value $type:ty) => { $type };
    (text of $value:ident) => { $value.into() };
    (texts of $value:ident) => { $value.into_iter().map(::std::convert::Into::into).collect() };
    (list of $value:ident) => { $value.into_iter().collect() };
    (text_map of $value:ident) => { $value.into_iter().map(|(key, value)| (key.into(), value.into())).collect() };
    (map of $value:ident) => { $value.into_iter().map(|(key, value)| (key.into(), value)).collect() };
    (boxed of $value:ident) => { ::std::boxed::Box::new($value) };
    (value of $value:ident) => { $value };
}

/// One setter: it takes what a caller has at hand, and gives the structure back.
#[doc(hidden)]
#[macro_export]
macro_rules! setter {
    (text $member:ident) => {
        /// Sets the field of this name, which says what it takes.
        #[inline]
        pub fn $member(mut self, $member: impl ::std::convert::Into<::std::string::String>) -> Self {
            $crate::structure::put(&mut self.$member, $member);
            self
        }
    };
    (texts $member:ident) => {
        /// Sets the field of this name, which says what it takes.
        #[inline]
        pub fn $member(
            mut self,
            $member: impl ::std::iter::IntoIterator<Item = impl ::std::convert::Into<::std::string::String>>,
        ) -> Self {
            $crate::structure::put_texts(&mut self.$member, $member);
            self
        }
    };
    (list $member:ident $element:ty) => {
        /// Sets the field of this name, which says what it takes.
        #[inline]
        pub fn $member(mut self, $member: impl ::std::iter::IntoIterator<Item = $element>) -> Self {
            $crate::structure::put_list(&mut self.$member, $member);
            self
        }
    };
    (text_map $member:ident) => {
        /// Sets the field of this name, which says what it takes.
        #[inline]
        pub fn $member(
            mut self,
            $member: impl ::std::iter::IntoIterator<
                Item = (impl ::std::convert::Into<::std::string::String>, impl ::std::convert::Into<::std::string::String>),
            >,
        ) -> Self {
            $crate::structure::put_text_map(&mut self.$member, $member);
            self
        }
    };
    (map $member:ident $value:ty) => {
        /// Sets the field of this name, which says what it takes.
        #[inline]
        pub fn $member(
            mut self,
            $member: impl ::std::iter::IntoIterator<Item = (impl ::std::convert::Into<::std::string::String>, $value)>,
        ) -> Self {
            $crate::structure::put_map(&mut self.$member, $member);
            self
        }
    };
    (boxed $member:ident $inner:ty) => {
        /// Sets the field of this name, which says what it takes.
        #[inline]
        pub fn $member(mut self, $member: $inner) -> Self {
            self.$member = Some(::std::boxed::Box::new($member));
            self
        }
    };
    (value $member:ident $type:ty) => {
        /// Sets the field of this name, which says what it takes.
        #[inline]
        pub fn $member(mut self, $member: $type) -> Self {
            self.$member = Some($member);
            self
        }
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
        Optional: default {
            text name,
            value r#type: i32,
            texts tags,
            list rows: Vec<String>,
            text_map map,
            map lists: Vec<i64>,
            boxed next: Optional,
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
        Required(text name, value size: i64, texts tags, map map: i32) {
            text comment,
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
