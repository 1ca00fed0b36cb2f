//! Structures: the type, how a value is made, setters, `Debug`.

use super::expression::emit_expression;
use super::{docs, validate, wire};
use crate::rust::names::{Name, TypeName};
use crate::rust::plan::{Constructor, Field, Structure};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The names that a structure adds to the crate's root.
pub(super) fn public_names(structure: &Structure) -> Vec<Name> {
    match &structure.constructor {
        Constructor::Literal(members) => vec![structure.name.name().clone(), members.name().clone()],
        _ => vec![structure.name.name().clone()],
    }
}

/// A structure in a file of its own, with its codec.
pub(super) fn emit_structure_file(structure: &Structure) -> TokenStream {
    let definition = emit_structure(structure);
    let members = emit_structure_macro("structure", structure);
    let exception = emit_exception(structure);
    let zero = emit_zero_impl(structure);
    let codec = wire::emit_codec(structure);
    let message = structure.error.as_ref().map(|_| wire::emit_message(structure));
    let event = wire::emit_event(structure);
    let validate = validate::emit_structure_validate(structure);
    quote! {
        #definition
        #members
        #exception
        #zero
        #codec
        #message
        #event
        #validate
    }
}

/// The type with its constructor.
pub(super) fn emit_structure(structure: &Structure) -> TokenStream {
    let Structure { name, fields, .. } = structure;
    let name = name.name();
    let docs = docs::outer(&structure.docs);
    let derives = emit_derives(structure);
    let fields = fields.iter().map(emit_field);
    let meta = structure.error.as_ref().map(|_| {
        quote! {
            /// What came with the response.
            pub meta: rt::ErrorMeta,
        }
    });
    let constructor = emit_constructor(structure);
    let debug = structure.redacted().then(|| emit_debug(structure));
    let literal = emit_literal(structure);
    quote! {
        #docs
        #derives
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
            #meta
        }

        #constructor
        #literal
        #debug
    }
}

/// The setters, and what else a macro of the runtime gives the structure.
pub(super) fn emit_structure_macro(name: &str, structure: &Structure) -> TokenStream {
    let (macro_name, name) = (Name::new(name), &structure.name);
    let message = structure.error.as_ref().and_then(|error| error.message.as_ref());
    let optional = structure.fields.iter().filter(|field| field.is_optional() && Some(&field.name) != message);
    let optional = optional.map(emit_setter);
    let required: Vec<TokenStream> = structure.required().map(emit_setter).collect();
    let how = match structure.constructor {
        _ if required.is_empty() => quote!(: default),
        Constructor::Positional if !structure.has_defaults() => quote!((#(#required),*)),
        _ => TokenStream::new(),
    };
    quote! {
        rt::#macro_name! {
            #name #how { #(#optional,)* }
        }
    }
}

/// `text name` or `list tags: Tag`: what a setter, or the constructor, takes.
fn emit_setter(field: &Field) -> TokenStream {
    let (kind, ty) = field.ty.setter().parts();
    let (kind, name) = (Name::new(kind), &field.name);
    match ty {
        Some(ty) => quote!(#kind #name: #ty),
        None => quote!(#kind #name),
    }
}

/// What stands for the structure when it is missing, where the macro does not say it.
pub(super) fn emit_zero_impl(structure: &Structure) -> Option<TokenStream> {
    structure.required().next().filter(|_| structure.constructor != Constructor::Positional || structure.has_defaults())?;
    let name = &structure.name;
    let zero = emit_zero(structure);
    Some(quote! {
        impl rt::Zero for #name {
            #[inline]
            fn zero() -> Self {
                #zero
            }
        }
    })
}

fn emit_derives(structure: &Structure) -> TokenStream {
    let has_default = structure.required().next().is_none() && !structure.has_defaults();
    match (has_default, structure.redacted()) {
        (true, true) => quote!(#[derive(Clone, Default, PartialEq)]),
        (true, false) => quote!(#[derive(Clone, Debug, Default, PartialEq)]),
        (false, true) => quote!(#[derive(Clone, PartialEq)]),
        (false, false) => quote!(#[derive(Clone, Debug, PartialEq)]),
    }
}

fn emit_field(field: &Field) -> TokenStream {
    let name = &field.name;
    let docs = docs::outer(&field.docs);
    let ty = emit_field_type(field);
    quote! {
        #docs
        pub #name: #ty,
    }
}

fn emit_field_type(field: &Field) -> TokenStream {
    let ty = field.ty.tokens();
    if field.is_optional() { quote!(Option<#ty>) } else { ty }
}

fn emit_constructor(structure: &Structure) -> TokenStream {
    let name = &structure.name;
    let required: Vec<&Field> = structure.required().collect();
    let constructor = match &structure.constructor {
        Constructor::Default => None,
        Constructor::Positional if !structure.has_defaults() => None,
        Constructor::Positional => {
            let arguments = required.iter().map(|field| emit_argument(field));
            let body = emit_self(structure, |field| field.required.then(|| field.ty.convert(quote_name(field))));
            Some(quote! {
                /// A value with what is required.
                #[inline]
                pub fn new(#(#arguments),*) -> Self {
                    #body
                }
            })
        }
        Constructor::Literal(members) => {
            let body = emit_self(structure, |field| {
                let name = &field.name;
                field.required.then(|| quote!(members.#name))
            });
            Some(quote! {
                /// A value with what is required.
                #[inline]
                pub fn new(members: #members) -> Self {
                    #body
                }
            })
        }
        Constructor::Exception(message) => {
            let first = message.as_ref().map(|message| quote!(#message: impl Into<String>));
            let others = required.iter().filter(|field| Some(&field.name) != message.as_ref()).map(|field| emit_argument(field));
            let arguments = first.into_iter().chain(others);
            let body = emit_self(structure, |field| {
                let is_given = field.required || Some(&field.name) == message.as_ref();
                is_given.then(|| field.ty.convert(quote_name(field)))
            });
            Some(quote! {
                /// The error with its message, and with what is required.
                #[inline]
                pub fn new(#(#arguments),*) -> Self {
                    #body
                }
            })
        }
    };
    let mut setters = emit_default_setters(structure).peekable();
    let default = emit_default(structure);
    let own = (constructor.is_some() || setters.peek().is_some()).then(|| {
        quote! {
            impl #name {
                #constructor
                #(#setters)*
            }
        }
    });
    quote!(#default #own)
}

/// `Default` of a structure that has defaults of its own, and requires nothing.
fn emit_default(structure: &Structure) -> Option<TokenStream> {
    let name = &structure.name;
    let body = emit_self(structure, |_| None);
    (structure.has_defaults() && structure.required().next().is_none()).then(|| {
        quote! {
            impl Default for #name {
                #[inline]
                fn default() -> Self {
                    #body
                }
            }
        }
    })
}

/// The setters of fields that are no `Option` because they have a default; an error's message is given to `new`.
fn emit_default_setters(structure: &Structure) -> impl Iterator<Item = TokenStream> {
    let message = structure.error.as_ref().and_then(|error| error.message.as_ref());
    let is_set = move |field: &&Field| field.default.is_some() && Some(&field.name) != message;
    structure.fields.iter().filter(is_set).map(|field| {
        let (name, argument, value) = (&field.name, field.ty.argument(), field.ty.convert(quote_name(field)));
        let docs = docs::outer(&[format!("Sets `{name}`.")]);
        quote! {
            #docs
            #[inline]
            pub fn #name(mut self, #name: #argument) -> Self {
                self.#name = #value;
                self
            }
        }
    })
}

/// What a field is that is not given.
fn emit_unset(field: &Field) -> TokenStream {
    field.default.as_ref().map_or(quote!(None), emit_expression)
}

/// `Self { .. }`: some fields are `given`, the others are not set.
fn emit_self(structure: &Structure, given: impl Fn(&Field) -> Option<TokenStream>) -> TokenStream {
    let fields = structure.fields.iter().map(|field| {
        let name = &field.name;
        match given(field) {
            Some(value) if field.is_optional() => quote!(#name: Some(#value)),
            Some(value) => emit_initializer(name, value),
            None => {
                let value = emit_unset(field);
                quote!(#name: #value)
            }
        }
    });
    let meta = structure.error.as_ref().map(|_| quote!(meta: rt::ErrorMeta::default()));
    let fields = fields.chain(meta);
    quote!(Self { #(#fields),* })
}

/// `name: value`, or `name` where that is the value.
fn emit_initializer(name: &Name, value: TokenStream) -> TokenStream {
    if value.to_string() == name.as_str() { quote!(#name) } else { quote!(#name: #value) }
}

fn emit_argument(field: &Field) -> TokenStream {
    let (name, argument) = (&field.name, field.ty.argument());
    quote!(#name: #argument)
}

fn quote_name(field: &Field) -> TokenStream {
    let name = &field.name;
    quote!(#name)
}

/// The literal of the required members, where positions would be unreadable.
fn emit_literal(structure: &Structure) -> Option<TokenStream> {
    let Constructor::Literal(members) = &structure.constructor else { return None };
    let name = &structure.name;
    let docs = docs::outer(&[format!("The required members of a [`{name}`], by name.")]);
    let members = members.name();
    let fields = structure.required().map(emit_field);
    let derives = if structure.required().any(|field| field.sensitive) { quote!(Clone) } else { quote!(Clone, Debug) };
    Some(quote! {
        #docs
        #[derive(#derives)]
        pub struct #members {
            #(#fields)*
        }
    })
}

/// `Debug` that hides what is sensitive.
fn emit_debug(structure: &Structure) -> TokenStream {
    let name = &structure.name;
    let text = name.name().plain();
    if structure.sensitive {
        return emit_hidden_debug(name);
    }
    let fields = structure.fields.iter().map(|field| {
        let (name, label) = (&field.name, field.name.plain());
        match (field.sensitive, field.is_optional()) {
            (true, false) => quote!(.field(#label, &rt::Redacted)),
            (true, true) => quote!(.field(#label, &rt::redacted(&self.#name))),
            (false, _) => quote!(.field(#label, &self.#name)),
        }
    });
    quote! {
        impl ::std::fmt::Debug for #name {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.debug_struct(#text)#(#fields)*.finish()
            }
        }
    }
}

/// `Debug` of what is sensitive as a whole.
pub(super) fn emit_hidden_debug(name: &TypeName) -> TokenStream {
    let text = name.name().plain();
    quote! {
        impl ::std::fmt::Debug for #name {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.debug_tuple(#text).field(&rt::Redacted).finish()
            }
        }
    }
}

fn emit_exception(structure: &Structure) -> Option<TokenStream> {
    let error = structure.error.as_ref()?;
    let message = match (&error.message, error.hidden) {
        (None, _) => None,
        (Some(_), true) => Some(quote!(, hidden)),
        (Some(message), false) => Some(quote!(, #message)),
    };
    let (name, variant, code) = (&structure.name, &error.variant, &error.code);
    let query_error = error.query_error.as_ref().map(|error| quote!((query #error)));
    let status = Literal::u16_unsuffixed(error.status);
    Some(quote!(rt::exception! { #name, crate::Error::#variant, #code #query_error, #status #message }))
}

/// An expression for a value of which nothing is known.
fn emit_zero(structure: &Structure) -> TokenStream {
    let zero = |field: &Field| {
        let name = &field.name;
        let value = field.default.as_ref().map_or(quote!(rt::Zero::zero()), emit_expression);
        quote!(#name: #value)
    };
    match &structure.constructor {
        Constructor::Literal(members) => {
            let required = structure.required().map(zero);
            quote!(Self::new(#members { #(#required),* }))
        }
        _ => {
            let fields = structure.fields.iter().map(zero);
            let meta = structure.error.as_ref().map(|_| quote!(meta: rt::ErrorMeta::default()));
            let fields = fields.chain(meta);
            quote!(Self { #(#fields),* })
        }
    }
}
