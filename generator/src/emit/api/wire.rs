//! The codec of structures: a line a member each way.

use crate::ir::TimestampFormat;
use crate::rust::plan::{Binding, Field, Structure};
use proc_macro2::TokenStream;
use quote::quote;

/// `Structure` of a structure or of a request: a line a member each way.
pub(super) fn emit_structure_codec(structure: &Structure) -> TokenStream {
    let name = &structure.name;
    let (to, me) = if body_fields(structure).next().is_some() { (quote!(to), quote!(member)) } else { (quote!(_), quote!(_)) };
    let required: Vec<_> = body_fields(structure).filter(|field| field.demanded).map(|field| &field.wire_name).collect();
    let required = (!required.is_empty()).then(|| quote!(const REQUIRED: &'static [&'static str] = &[#(#required),*];));
    let writes = body_fields(structure).map(emit_write_member);
    let reads = emit_read_members(structure);
    quote! {
        impl Structure for #name {
            #required

            fn encode_members<E: Encoder>(&self, #to: &mut E) {
                #(#writes;)*
            }

            fn decode_member<D: Decoder>(&mut self, #me: &str, from: &mut D) -> Decoded {
                #reads
            }
        }
    }
}

fn emit_read_members(structure: &Structure) -> TokenStream {
    let arms: Vec<_> = body_fields(structure).map(emit_read_member).collect();
    match arms.as_slice() {
        [] => quote!(from.skip()),
        arms => quote! {
            match member {
                #(#arms,)*
                _ => from.skip(),
            }
        },
    }
}

fn body_fields(structure: &Structure) -> impl Iterator<Item = &Field> {
    structure.fields.iter().filter(|field| field.binding == Binding::Body)
}

fn emit_write_member(field: &Field) -> TokenStream {
    let (name, wire_name) = (&field.name, &field.wire_name);
    match emit_wrapper(field.timestamp) {
        Some(wrapper) => quote!(to.member(#wire_name, &#wrapper(&self.#name))),
        None => quote!(to.member(#wire_name, &self.#name)),
    }
}

fn emit_read_member(field: &Field) -> TokenStream {
    let (name, wire_name) = (&field.name, &field.wire_name);
    let alias = field.wire_alias.as_ref().map(|alias| quote!(| #alias));
    match emit_wrapper(field.timestamp) {
        Some(wrapper) => quote!(#wire_name #alias => from.value().map(|#wrapper(value)| self.#name = value)),
        None => quote!(#wire_name #alias => from.set(&mut self.#name)),
    }
}

/// What gives a timestamp another format than its place would.
pub(super) fn emit_wrapper(format: Option<TimestampFormat>) -> Option<TokenStream> {
    Some(match format? {
        TimestampFormat::EpochSeconds => quote!(EpochSeconds),
        TimestampFormat::DateTime => quote!(Rfc3339),
        TimestampFormat::HttpDate => quote!(HttpDate),
    })
}
