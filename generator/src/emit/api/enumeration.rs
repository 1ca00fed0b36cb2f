//! Enums: one line per value; the runtime's macro writes the rest.

use super::docs;
use crate::rust::names::Name;
use crate::rust::plan::{Enumeration, IntegerEnumeration};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn emit_enumeration(enumeration: &Enumeration) -> TokenStream {
    let Enumeration { name, docs, values, internal } = enumeration;
    let (name, docs) = (name.name(), docs::outer(docs));
    let line = |(variant, value): &(Name, String)| quote!(#variant = #value,);
    let values = values.iter().map(line);
    let internal = internal.iter().map(line).map(|line| quote!(#[internal] #line));
    quote! {
        rt::enumeration! {
            #docs
            pub enum #name {
                #(#values)*
                #(#internal)*
            }
        }
    }
}

pub(super) fn emit_integer_enumeration(enumeration: &IntegerEnumeration) -> TokenStream {
    let IntegerEnumeration { name, docs, values } = enumeration;
    let (name, docs) = (name.name(), docs::outer(docs));
    let values = values.iter().map(|(variant, value)| {
        let value = Literal::i32_unsuffixed(*value);
        quote!(#variant = #value,)
    });
    quote! {
        rt::integer_enumeration! {
            #docs
            pub enum #name {
                #(#values)*
            }
        }
    }
}
