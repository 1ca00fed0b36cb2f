//! Lists that come in pages: <https://smithy.io/2.0/spec/behavior-traits.html#paginated-trait>.

use super::Operation;
use crate::codec::Encode;
use crate::format::json::JsonEncoder;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hasher};

/// An operation whose answers come in pages.
pub trait Paginated: Operation {
    /// Asks for the page behind this one; `false` when this is the last.
    fn turn(&mut self, page: &Self::Response) -> bool;

    /// Shows the tokens of the page that is asked for.
    fn tokens(&self, to: &mut Tokens);
}

/// An operation whose pages hold the items of one list.
pub trait Itemized: Paginated {
    /// An item; of a map, a key and its value.
    type Item: Send + 'static;

    /// The items of a page.
    fn items(page: Self::Response) -> Vec<Self::Item>;
}

/// Makes a generated request a [`Paginated`] and [`Itemized`] one: the field of its token, the response's field of the next one, and
/// the response's field of the items with their type. A request that is paged in another way says so in Rust.
///
/// `paginated! { ListContactsRequest: next_token = next_token, contacts: Contact }`
#[macro_export]
macro_rules! paginated {
    ($request:ident: $input:ident = $output:ident, $items:ident: $item:ty) => {
        impl $crate::operation::Paginated for $request {
            #[inline]
            fn turn(&mut self, page: &Self::Response) -> bool {
                $crate::operation::TextToken::set(&mut self.$input, $crate::operation::TextToken::token(&page.$output))
            }

            #[inline]
            fn tokens(&self, to: &mut $crate::operation::Tokens) {
                to.text(&self.$input);
            }
        }

        impl $crate::operation::Itemized for $request {
            type Item = $item;

            #[inline]
            fn items(page: Self::Response) -> ::std::vec::Vec<Self::Item> {
                $crate::operation::PageItems::items(page.$items)
            }
        }
    };
}

/// A field of a token that is a string, required or not.
pub trait TextToken {
    /// The token, if there is one.
    fn token(&self) -> Option<&str>;

    /// Takes a token, if there is one; whether there is. An empty one is none.
    fn set(&mut self, token: Option<&str>) -> bool;
}

impl TextToken for String {
    fn token(&self) -> Option<&str> {
        Some(self)
    }

    fn set(&mut self, token: Option<&str>) -> bool {
        token.unwrap_or_default().clone_into(self);
        !self.is_empty()
    }
}

impl TextToken for Option<String> {
    fn token(&self) -> Option<&str> {
        self.as_deref()
    }

    fn set(&mut self, token: Option<&str>) -> bool {
        *self = token.filter(|token| !token.is_empty()).map(str::to_owned);
        self.is_some()
    }
}

/// Gives a request a token of whatever type, if there is one; whether there is. As in AWS's other clients, `0`, `{}` and the like are
/// none.
pub fn set_token<T: Encode + Clone>(field: &mut Option<T>, token: Option<&T>) -> bool {
    *field = token.filter(|token| is_token(&JsonEncoder::encode(*token))).cloned();
    field.is_some()
}

fn is_token(json: &[u8]) -> bool {
    !matches!(json, b"null" | b"false" | b"0" | b"0.0" | b"\"\"" | b"[]" | b"{}")
}

/// The tokens of a page, told apart from those of other pages by a hash of all of them.
#[derive(Debug)]
pub struct Tokens {
    hasher: DefaultHasher,
    any: bool,
}

impl Tokens {
    /// No tokens yet.
    pub fn new(hasher: DefaultHasher) -> Self {
        Self { hasher, any: false }
    }

    /// Adds a token that is a string.
    pub fn text<T: TextToken>(&mut self, token: &T) {
        self.add(token.token().map(str::as_bytes));
    }

    /// Adds a token of another type.
    pub fn value<T: Encode>(&mut self, token: &T) {
        self.add(Some(JsonEncoder::encode(token).as_slice()).filter(|json| is_token(json)));
    }

    fn add(&mut self, token: Option<&[u8]>) {
        let token = token.unwrap_or_default();
        self.any |= !token.is_empty();
        self.hasher.write_usize(token.len());
        self.hasher.write(token);
    }

    /// The hash; `None` when there is no token.
    pub fn finish(&self) -> Option<u64> {
        self.any.then(|| self.hasher.finish())
    }
}

/// The items of a page, required or not.
pub trait PageItems<T> {
    /// The items; none when there is no list.
    fn items(self) -> Vec<T>;
}

impl<T> PageItems<T> for Vec<T> {
    fn items(self) -> Vec<T> {
        self
    }
}

impl<K, T> PageItems<(K, T)> for BTreeMap<K, T> {
    fn items(self) -> Vec<(K, T)> {
        self.into_iter().collect()
    }
}

impl<T, I: PageItems<T>> PageItems<T> for Option<I> {
    fn items(self) -> Vec<T> {
        self.map(I::items).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hash::{BuildHasher as _, RandomState};

    fn hash(show: impl Fn(&mut Tokens)) -> Option<u64> {
        static HASHES: std::sync::LazyLock<RandomState> = std::sync::LazyLock::new(RandomState::new);
        let mut tokens = Tokens::new(HASHES.build_hasher());
        show(&mut tokens);
        tokens.finish()
    }

    #[test]
    fn what_says_nothing_is_no_token() {
        assert_eq!(hash(|to| to.text(&String::new())), None);
        assert_eq!(hash(|to| to.text(&Some(String::new()))), None);
        assert_eq!(hash(|to| to.value(&Some(0))), None);
        assert_eq!(hash(|to| to.value(&Some(BTreeMap::<String, String>::new()))), None);
        assert_eq!(hash(|to| to.value(&None::<i32>)), None);
    }

    #[test]
    fn tokens_are_told_apart_by_their_values_and_places() {
        let [a, b] = ["a", "b"].map(str::to_owned);
        let pair = |first: &String, second: &String| {
            hash(|to| {
                to.text(first);
                to.text(second);
            })
        };
        assert_eq!(pair(&a, &b), pair(&a, &b));
        assert_ne!(pair(&a, &b), pair(&b, &a));
        assert_ne!(pair(&a, &String::new()), pair(&String::new(), &a));
        assert_ne!(hash(|to| to.value(&Some(1))), hash(|to| to.value(&Some(2))));
    }

    #[test]
    fn a_token_of_any_type_is_taken_where_it_says_something() {
        let mut field = Some(3);
        assert!(set_token(&mut field, Some(&7)));
        assert_eq!(field, Some(7));
        assert!(!set_token(&mut field, Some(&0)));
        assert_eq!(field, None);
        assert!(!set_token(&mut field, None));
    }

    #[test]
    fn items_of_a_map_are_its_entries() {
        let map = BTreeMap::from([("b", 2), ("a", 1)]);
        assert_eq!(Some(Some(map)).items(), [("a", 1), ("b", 2)]);
        assert_eq!(None::<Vec<i32>>.items(), [0; 0]);
    }
}
