//! What a server checks: one line per member.

use super::expression::emit_number;
use crate::rust::names::{Name, TypeName};
use crate::rust::plan::{Check, Structure, Union};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// `Validate` of a request: every request has it, if only to say that there is nothing to check.
pub(super) fn emit_request_validate(request: &Structure) -> TokenStream {
    let name = &request.name;
    match request.fields.iter().all(|field| field.checks.is_empty()) {
        true => quote!(impl rt::Validate for #name {}),
        false => emit_structure_validate(request),
    }
}

/// `Validate` of a structure, where there is something to check.
pub(super) fn emit_structure_validate(structure: &Structure) -> TokenStream {
    if !structure.validated {
        return TokenStream::new();
    }
    let lines = structure.fields.iter().filter(|field| !field.checks.is_empty()).map(|field| {
        let (name, member) = (&field.name, field.path_step());
        let checks = emit_checks(quote!(check.at(#member)), &quote!(&self.#name), &field.checks);
        quote!(#checks;)
    });
    emit_impl(&structure.name, &quote!(#(#lines)*))
}

/// `Validate` of a union, where there is something to check.
pub(super) fn emit_union_validate(union: &Union) -> TokenStream {
    if !union.validated {
        let name = &union.name;
        // A server asks every event.
        return if union.stream.is_some() { quote!(impl rt::Validate for #name {}) } else { TokenStream::new() };
    }
    let arms: Vec<(TokenStream, TokenStream)> = union
        .variants
        .iter()
        .filter(|variant| !variant.field.checks.is_empty())
        .map(|variant| {
            let (name, member) = (&variant.name, variant.field.path_step());
            (quote!(Self::#name(it)), emit_checks(quote!(check.at(#member)), &quote!(it), &variant.field.checks))
        })
        .collect();
    let body = match arms.as_slice() {
        [(pattern, checks)] => quote!(if let #pattern = self { #checks; }),
        arms => {
            let arms = arms.iter().map(|(pattern, checks)| quote!(#pattern => _ = #checks));
            quote! {
                match self {
                    #(#arms,)*
                    _ => {}
                }
            }
        }
    };
    emit_impl(&union.name, &body)
}

fn emit_impl(name: &TypeName, body: &TokenStream) -> TokenStream {
    quote! {
        impl rt::Validate for #name {
            #[inline]
            fn validate(&self, check: &mut rt::Checker) {
                #body
            }
        }
    }
}

/// The checks as a chain of calls on `at`.
fn emit_checks(at: TokenStream, value: &TokenStream, checks: &[Check]) -> TokenStream {
    checks.iter().fold(at, |at, check| match check {
        Check::Length(min, max) => {
            let bounds = emit_bounds(min.map(Literal::u64_unsuffixed), max.map(Literal::u64_unsuffixed));
            quote!(#at.length(#value, #bounds))
        }
        Check::Range(min, max) => {
            let bounds = emit_bounds(min.as_ref().map(emit_number), max.as_ref().map(emit_number));
            quote!(#at.range(#value, #bounds))
        }
        Check::Pattern(pattern) => {
            let name = &pattern.name;
            quote!(#at.pattern(#value, &crate::pattern::#name))
        }
        Check::Unique => quote!(#at.unique(#value)),
        Check::Inside => quote!(#at.inside(#value)),
        Check::Each(checks) => emit_nested(&at, "each", value, checks),
        Check::Keys(checks) => emit_nested(&at, "keys", value, checks),
        Check::Values(checks) => emit_nested(&at, "values", value, checks),
    })
}

fn emit_nested(at: &TokenStream, call: &str, value: &TokenStream, checks: &[Check]) -> TokenStream {
    let call = Name::new(call);
    let checks = emit_checks(quote!(at), &quote!(it), checks);
    quote!(#at.#call(#value, |it, at| #checks))
}

fn emit_bounds<T: quote::ToTokens>(min: Option<T>, max: Option<T>) -> TokenStream {
    match (min, max) {
        (Some(min), Some(max)) => quote!(#min..=#max),
        (Some(min), None) => quote!(#min..),
        (None, Some(max)) => quote!(..=#max),
        (None, None) => quote!(..),
    }
}
