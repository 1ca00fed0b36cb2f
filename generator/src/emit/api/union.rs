//! Tagged unions: one variant per member, and one that keeps a member that the model does not know.

use super::structure::emit_hidden_debug;
use super::{docs, validate, wire};
use crate::rust::plan::{Form, StreamError, Union, Variant};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn emit_union(union: &Union) -> TokenStream {
    let name = union.name.name();
    let docs = docs::outer(&union.docs);
    let sensitive = union.redacted();
    let derives = if sensitive { quote!(Clone, PartialEq) } else { quote!(Clone, Debug, PartialEq) };
    let variants = union.variants.iter().map(emit_variant);
    let debug = sensitive.then(|| emit_debug(union));
    let codec = match &union.stream {
        Some(errors) => emit_events(union, errors),
        None => emit_codec(union),
    };
    let validate = validate::emit_union_validate(union);
    let unrecognized = match &union.stream {
        Some(_) => "An event",
        None => "A member",
    };
    let unrecognized = docs::outer(&[format!("{unrecognized} that this version of the model does not know, with its value.")]);
    let lopsided = union.lopsided.then(emit_allowed_size);
    quote! {
        #docs
        #[derive(#derives)]
        #lopsided
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #unrecognized
            Unrecognized {
                /// The member's name on the wire.
                tag: String,
                /// The member's value.
                value: rt::Document,
            },
        }

        #debug
        #codec
        #validate
    }
}

/// A variant that is much larger than all others: values are as the model has them, and lists of them are rare.
pub(super) fn emit_allowed_size() -> TokenStream {
    quote!(#[allow(clippy::large_enum_variant)])
}

fn emit_variant(variant: &Variant) -> TokenStream {
    let (name, ty) = (&variant.name, variant.field.ty.tokens());
    let docs = docs::outer(&variant.field.docs);
    let inside = (!variant.is_unit()).then(|| quote!((#ty)));
    quote! {
        #docs
        #name #inside,
    }
}

fn emit_codec(union: &Union) -> TokenStream {
    let name = &union.name;
    let names = wire::emit_member_names(union.names_differ, union.variants.iter().map(|variant| &variant.field));
    let write = |arguments: TokenStream| match &names {
        None => quote!(to.variant(#arguments)),
        Some(_) => quote!(to.named_variant(Self::NAMES, #arguments)),
    };
    let writes = union.variants.iter().map(|variant| {
        let (name, tag) = (&variant.name, &variant.field.wire_name);
        if variant.is_unit() {
            let written = write(quote!(#tag, &()));
            return quote!(Self::#name => #written);
        }
        let wrapper = variant.field.form.map(Form::wrapper);
        let value = wrapper.map_or(quote!(it), |wrapper| quote!(&rt::#wrapper(it)));
        let written = write(quote!(#tag, #value));
        quote!(Self::#name(it) => #written)
    });
    let reads = union.variants.iter().map(|variant| {
        let (name, tag) = (&variant.name, &variant.field.wire_name);
        match variant.field.form.map(Form::wrapper) {
            Some(wrapper) => quote!(#tag => from.value().map(|rt::#wrapper(it)| Self::#name(it))),
            None if variant.is_unit() => quote!(#tag => from.value().map(|()| Self::#name)),
            None => quote!(#tag => from.value().map(Self::#name)),
        }
    });
    let variants = quote! {
        {
            #(#reads,)*
            _ => from.unrecognized().map(|value| Self::unrecognized(tag, value)),
        }
    };
    let read = match &names {
        None => quote!(from.union(|tag, from| match tag #variants)),
        Some(_) => quote!(from.named_union(Self::NAMES, |key, tag, from| match key #variants)),
    };
    let names = names.as_ref().map(|names| quote!(const NAMES: &'static rt::Names = #names;));
    quote! {
        impl rt::Encode for #name {
            fn encode<E: rt::Encoder>(&self, to: &mut E) {
                match self {
                    #(#writes,)*
                    Self::Unrecognized { tag, value } => to.variant(tag, value),
                }
            }
        }

        impl rt::Decode for #name {
            fn decode<D: rt::Decoder>(from: &mut D) -> Result<Self, rt::DecodeError> {
                #read
            }
        }

        impl rt::Zero for #name {
            #[inline]
            fn zero() -> Self {
                Self::unrecognized("", rt::Document::Null)
            }
        }

        impl #name {
            #names

            #[inline]
            fn unrecognized(tag: &str, value: rt::Document) -> Self {
                Self::Unrecognized { tag: tag.to_owned(), value }
            }
        }
    }
}

/// `Events` of a stream: a line an event, and a line an error that ends it.
fn emit_events(union: &Union, errors: &[StreamError]) -> TokenStream {
    let name = &union.name;
    let line = |variant: &Variant| {
        let (kind, tag, name) =
            (if variant.is_unit() { quote!(unit) } else { quote!(event) }, &variant.field.member, &variant.name);
        quote!(#kind #tag => Self::#name,)
    };
    let (units, events): (Vec<&Variant>, Vec<&Variant>) = union.variants.iter().partition(|variant| variant.is_unit());
    let lines = events.into_iter().chain(units).map(line);
    let errors = errors.iter().map(|StreamError { member, variant }| quote!(error #member => crate::Error::#variant,));
    quote! {
        impl rt::Events for #name {
            type Error = crate::Error;

            rt::events! { #(#lines)* #(#errors)* }
        }
    }
}

/// `Debug` that hides what is sensitive.
fn emit_debug(union: &Union) -> TokenStream {
    let name = &union.name;
    if union.sensitive {
        return emit_hidden_debug(&union.name);
    }
    let arms = union.variants.iter().map(|variant| {
        let (name, text) = (&variant.name, variant.name.plain());
        match variant.field.sensitive {
            _ if variant.is_unit() => quote!(Self::#name => formatter.write_str(#text)),
            true => quote!(Self::#name(_) => formatter.debug_tuple(#text).field(&rt::Redacted).finish()),
            false => quote!(Self::#name(it) => formatter.debug_tuple(#text).field(it).finish()),
        }
    });
    quote! {
        impl ::std::fmt::Debug for #name {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    #(#arms,)*
                    Self::Unrecognized { tag, .. } => formatter.debug_tuple(tag).field(&rt::Redacted).finish(),
                }
            }
        }
    }
}
