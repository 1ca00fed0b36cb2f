//! An operation's file: its request, its response, and where the request's members travel.

use super::structure::{emit_structure, emit_structure_macro, emit_zero_impl};
use super::{emit_uses, validate, wire};
use crate::render::Source;
use crate::rust::names::Name;
use crate::rust::plan::{Binding, Field, Operation, Paginator};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn emit_operation(operation: &Operation) -> Source {
    let request = &operation.request;
    let structures = || [Some(request), operation.response.as_ref()].into_iter().flatten();
    let own: Vec<&Name> = structures().map(|structure| &structure.name).collect();
    let item = operation.paginator.iter().map(|paginator| &paginator.item);
    let types = structures().flat_map(|structure| &structure.fields).map(|field| &field.ty).chain(item);
    let patterns = validate::pattern_names(structures());
    let source = emit_uses(types, &[Name::new("Error")], &own, &patterns)
        .items(emit_structure(request))
        .invocation(emit_structure_macro("request", request))
        .items(emit_request(operation));
    match &operation.response {
        None => source,
        Some(response) => {
            let (zero, codec) = (emit_zero_impl(response), wire::emit_structure_codec(response));
            source
                .items(emit_structure(response))
                .invocation(emit_structure_macro("structure", response))
                .items(quote!(#zero #codec))
        }
    }
}

/// What a request is beside its fields.
fn emit_request(operation: &Operation) -> TokenStream {
    let request = &operation.request;
    let zero = emit_zero_impl(request);
    let binding = emit_binding(operation);
    let codec = operation.has_body().then(|| wire::emit_structure_codec(request));
    let validate = validate::emit_request_validate(request);
    let paginated = operation.paginator.as_ref().map(|paginator| emit_paginated(operation, paginator));
    let presignable = operation.presignable.then(|| {
        let request = &request.name;
        quote!(impl Presignable for #request {})
    });
    quote! {
        #zero
        #binding
        #codec
        #validate
        #presignable
        #paginated
    }
}

fn emit_binding(operation: &Operation) -> TokenStream {
    let request = &operation.request;
    let name = &request.name;
    let response = super::emit_response(operation);
    let info = emit_info(operation);
    let mut writes: Vec<_> = request.fields.iter().filter_map(emit_write).collect();
    let mut reads: Vec<_> = request.fields.iter().filter_map(emit_read).collect();
    if operation.has_body() {
        writes.push(quote!(to.body(self)));
        reads.push(quote!(from.body(self)));
    }
    let (write, read) = (emit_sequence(writes), emit_sequence(reads));
    let unused = request.fields.is_empty();
    let (to, from) = (underscored("to", unused), underscored("from", unused));
    let token = operation.idempotency_token.as_ref().map(|token| {
        quote! {
            fn idempotency_token(&mut self) -> Option<&mut Option<String>> {
                Some(&mut self.#token)
            }
        }
    });
    quote! {
        impl Operation for #name {
            type Response = #response;
            type Error = Error;

            #info

            fn write<W: RequestWriter>(&self, #to: &mut W) -> Written {
                #write
            }

            fn read<R: RequestReader>(&mut self, #from: &mut R) -> Decoded {
                #read
            }

            #token
        }
    }
}

/// Calls of which each can fail; the last one's result is the function's.
fn emit_sequence(calls: Vec<TokenStream>) -> TokenStream {
    match calls.split_last() {
        None => quote!(Ok(())),
        Some((last, others)) => quote!(#(#others?;)* #last),
    }
}

fn emit_info(operation: &Operation) -> TokenStream {
    let Operation { name, http_method, uri, status, errors, .. } = operation;
    let codes = errors.iter().map(|error| &error.code);
    let status = (*status != 200).then(|| {
        let status = Literal::u16_unsuffixed(*status);
        quote!(.status(#status))
    });
    quote! {
        const INFO: OperationInfo = OperationInfo::new(#name, #http_method, #uri, &[#(#codes),*])#status;
    }
}

fn underscored(name: &str, unused: bool) -> Name {
    Name::new(&if unused { format!("_{name}") } else { name.to_owned() })
}

fn emit_write(field: &Field) -> Option<TokenStream> {
    let (name, wire_name, call) = (&field.name, &field.wire_name, emit_call(field.binding)?);
    Some(quote!(to.#call(#wire_name, &self.#name)))
}

fn emit_read(field: &Field) -> Option<TokenStream> {
    let (name, wire_name, call) = (&field.name, &field.wire_name, emit_call(field.binding)?);
    Some(quote!(from.#call(#wire_name, &mut self.#name)))
}

fn emit_call(binding: Binding) -> Option<TokenStream> {
    Some(match binding {
        Binding::Label => quote!(label),
        Binding::Query => quote!(query),
        Binding::Header => quote!(header),
        Binding::Body => return None,
    })
}

fn emit_paginated(operation: &Operation, paginator: &Paginator) -> TokenStream {
    let request = &operation.request.name;
    let item = paginator.item.tokens();
    let Paginator { input_token, output_token, items, .. } = paginator;
    let (input, output, list) = (&input_token.name, &output_token.name, &items.name);
    let next_token = if output_token.required { quote!(Some(&response.#output)) } else { quote!(response.#output.as_deref()) };
    let set_token = if input_token.required { quote!(token) } else { quote!(Some(token)) };
    let list = if items.required { quote!(response.#list) } else { quote!(response.#list.unwrap_or_default()) };
    quote! {
        impl Paginated for #request {
            type Item = #item;

            fn next_token(response: &Self::Response) -> Option<&str> {
                #next_token
            }

            fn set_token(&mut self, token: String) {
                self.#input = #set_token;
            }

            fn items(response: Self::Response) -> Vec<Self::Item> {
                #list
            }
        }
    }
}
