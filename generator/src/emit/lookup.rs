//! What finds something in a message.

use crate::ir::jmespath::Comparator;
use crate::rust::plan::Lookup;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The expression.
pub(crate) fn emit_lookup(lookup: &Lookup) -> TokenStream {
    match lookup {
        Lookup::This => quote!(self),
        Lookup::Variable(name) => quote!(#name),
        Lookup::Called(name) => quote!(#name()),
        Lookup::All(texts, text) => {
            let texts = emit_lookup(texts);
            quote!(all(#texts, #text))
        }
        Lookup::Any(texts, values) => {
            let texts = emit_operand(texts);
            match values.as_slice() {
                [value] => quote!(#texts.any(|it| it == #value)),
                values => quote!(#texts.any(|it| matches!(it, #(#values)|*))),
            }
        }
        Lookup::Field(left, name) => {
            let left = emit_operand(left);
            quote!(#left.#name)
        }
        Lookup::Reference(inner) => {
            let inner = emit_operand(inner);
            quote!(&#inner)
        }
        Lookup::Method(left, method) => {
            let (left, method) = (emit_operand(left), method.name());
            quote!(#left.#method())
        }
        Lookup::With(left, method, argument) => {
            let (left, method, argument) = (emit_operand(left), method.name(), emit_lookup(argument));
            quote!(#left.#method(#argument))
        }
        Lookup::Closure(left, method, inner) => {
            let (left, method, inner) = (emit_operand(left), method.name(), emit_lookup(inner));
            quote!(#left.#method(|it| #inner))
        }
        Lookup::Lazy(left, method, inner) => {
            let (left, method, inner) = (emit_operand(left), method.name(), emit_lookup(inner));
            quote!(#left.#method(|| #inner))
        }
        Lookup::Some(inner) => {
            let inner = emit_lookup(inner);
            quote!(Some(#inner))
        }
        Lookup::Array(elements) => {
            let elements = elements.iter().map(emit_lookup);
            quote!([#(#elements),*])
        }
        Lookup::Text(text) => quote!(#text),
        Lookup::Integer(value) => {
            let value = Literal::i64_unsuffixed(*value);
            quote!(#value)
        }
        Lookup::Boolean(value) => quote!(#value),
        Lookup::Comparison(left, comparator, right) => {
            let (left, right) = (emit_operand(left), emit_operand(right));
            match comparator {
                Comparator::Equal => quote!(#left == #right),
                Comparator::NotEqual => quote!(#left != #right),
                Comparator::Less => quote!(#left < #right),
                Comparator::LessOrEqual => quote!(#left <= #right),
                Comparator::Greater => quote!(#left > #right),
                Comparator::GreaterOrEqual => quote!(#left >= #right),
            }
        }
        Lookup::And(left, right) => {
            let (left, right) = (emit_conjunct(left), emit_conjunct(right));
            quote!(#left && #right)
        }
        Lookup::Or(left, right) => {
            let (left, right) = (emit_lookup(left), emit_lookup(right));
            quote!(#left || #right)
        }
        Lookup::Not(inner) => {
            let inner = emit_operand(inner);
            quote!(!#inner)
        }
    }
}

/// In parentheses, where it has operators.
fn emit_operand(lookup: &Lookup) -> TokenStream {
    let inner = emit_lookup(lookup);
    if lookup.is_operation() { quote!((#inner)) } else { inner }
}

/// What stands on one side of `&&`.
pub(super) fn emit_conjunct(lookup: &Lookup) -> TokenStream {
    let inner = emit_lookup(lookup);
    if matches!(lookup, Lookup::Or(..)) { quote!((#inner)) } else { inner }
}
