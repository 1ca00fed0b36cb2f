//! How pages follow one another.

use super::Lookup;
use crate::rust::names::Name;
use crate::rust::types::Type;
use proc_macro2::TokenStream;
use quote::quote;

/// How to page through an operation.
#[derive(Clone, Debug)]
pub enum Paginator {
    /// One token, a string, and one list: fields all of them.
    Plain(PlainPaginator),
    /// Any other way.
    Unusual(UnusualPaginator),
}

/// The usual way.
#[derive(Clone, Debug)]
pub struct PlainPaginator {
    /// The request's field that takes the token.
    pub input: Name,
    /// The response's field that gives the next.
    pub output: Name,
    /// The response's field that holds the items.
    pub items: Name,
    /// The type of an item.
    pub item: ItemType,
}

/// Another way. Its lookups are of the variable `page`.
#[derive(Clone, Debug)]
pub struct UnusualPaginator {
    /// The tokens.
    pub tokens: Vec<PageToken>,
    /// Whether there is another page, whatever the tokens are.
    pub more: Option<Lookup>,
    /// The items; `None` where pages are handed out alone.
    pub items: Option<PageItems>,
}

/// A token.
#[derive(Clone, Debug)]
pub struct PageToken {
    /// The request's field.
    pub input: Name,
    /// What the page gives: an `Option` of a reference.
    pub output: Lookup,
    /// Whether it is a string.
    pub is_text: bool,
}

/// The items of a page.
#[derive(Clone, Debug)]
pub struct PageItems {
    /// The list or map, taken out of the page.
    pub lookup: Lookup,
    /// The type of an item.
    pub item: ItemType,
}

/// The type of an item.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemType {
    /// An element of a list.
    Element(Type),
    /// A key of a map, and its value.
    Entry(Type, Type),
}

impl ItemType {
    /// The type as tokens.
    pub fn tokens(&self) -> TokenStream {
        match self {
            Self::Element(element) => element.tokens(),
            Self::Entry(key, value) => {
                let (key, value) = (key.tokens(), value.tokens());
                quote!((#key, #value))
            }
        }
    }
}
