//! An operation's file: its request, its response, and where the request's members travel.

use super::structure::{emit_structure, emit_structure_macro, emit_zero_impl};
use super::{validate, wire};
use crate::rust::plan::{Binding, Field, Http, Media, Operation, Paginator, Structure};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn emit_operation(operation: &Operation) -> TokenStream {
    let request = emit_request(operation);
    let response = operation.response.as_ref().map(emit_response);
    quote! {
        #request
        #response
    }
}

fn emit_request(operation: &Operation) -> TokenStream {
    let request = &operation.request;
    let name = &request.name;
    let definition = emit_structure(request);
    let members = emit_structure_macro("request", request);
    let zero = emit_zero_impl(request);
    let binding = emit_operation_impl(operation);
    let codec = operation.has_body().then(|| wire::emit_codec(request));
    let validate = validate::emit_request_validate(request);
    let presignable = operation.presignable.then(|| quote!(impl rt::Presignable for #name {}));
    let paginated = operation.paginator.as_ref().map(|paginator| emit_paginated(operation, paginator));
    quote! {
        #definition
        #members
        #zero
        #binding
        #codec
        #validate
        #presignable
        #paginated
    }
}

fn emit_response(response: &Structure) -> TokenStream {
    let definition = emit_structure(response);
    let members = emit_structure_macro("structure", response);
    let zero = emit_zero_impl(response);
    let codec = wire::emit_codec(response);
    let message = wire::emit_message(response);
    quote! {
        #definition
        #members
        #zero
        #codec
        #message
    }
}

/// `Operation`: what is known of it, and where the request's members travel.
fn emit_operation_impl(operation: &Operation) -> TokenStream {
    let request = &operation.request;
    let name = &request.name;
    let response = super::emit_response(operation);
    let info = emit_info(operation);
    let bindings = wire::emit_bindings(request, operation.has_body());
    let token = operation.idempotency_token.as_ref().map(|token| {
        quote! {
            #[inline]
            fn idempotency_token(&mut self) -> Option<&mut Option<String>> {
                Some(&mut self.#token)
            }
        }
    });
    let unbound = |field: &&Field| field.binding != Binding::Body;
    let defaults = wire::emit_fill_defaults(request.fields.iter().filter(unbound));
    quote! {
        impl rt::Operation for #name {
            type Response = #response;
            type Error = crate::Error;

            #info

            #bindings

            #token
            #defaults
        }
    }
}

fn emit_info(operation: &Operation) -> TokenStream {
    let Operation { name, http, errors, .. } = operation;
    let codes = errors.iter().map(|error| &error.code);
    let codes = quote!(&[#(#codes),*]);
    let info = match http {
        Some(Http { method, uri, .. }) => quote!(new(#name, #method, #uri, #codes)),
        None => quote!(rpc(#name, #codes)),
    };
    let status = http.as_ref().filter(|http| http.status != 200).map(|http| {
        let status = Literal::u16_unsuffixed(http.status);
        quote!(.status(#status))
    });
    let request = emit_media(quote!(request), operation.request_media.as_ref());
    let response = emit_media(quote!(response), operation.response_media.as_ref());
    let prefix = operation.host_prefix.as_ref().map(|prefix| quote!(.host_prefix(#prefix)));
    let checksum = operation.checksum.then(|| quote!(.checksum()));
    let gzip = operation.gzip.then(|| quote!(.gzip()));
    quote! {
        const INFO: rt::OperationInfo =
            rt::OperationInfo::#info #status #request #response #prefix #checksum #gzip;
    }
}

fn emit_media(method: TokenStream, media: Option<&Media>) -> Option<TokenStream> {
    let optional = |media: &Option<String>| media.as_ref().map_or(quote!(None), |media| quote!(Some(#media)));
    let media = match media? {
        Media::None => quote!(None),
        Media::Empty => quote!(Empty),
        Media::Encoded => quote!(Encoded),
        Media::Raw(Some(media)) => quote!(Raw(#media)),
        Media::Raw(None) => quote!(Any),
        Media::Events => quote!(Events),
        Media::Stream(media) => {
            let media = optional(media);
            quote!(Stream(#media))
        }
        Media::SizedStream(media) => {
            let media = optional(media);
            quote!(SizedStream(#media))
        }
    };
    Some(quote!(.#method(rt::Media::#media)))
}

fn emit_paginated(operation: &Operation, paginator: &Paginator) -> TokenStream {
    let Paginator { input_token, output_token, items, item } = paginator;
    let (request, input, output, list) = (&operation.request.name, &input_token.name, &output_token.name, &items.name);
    let item = item.tokens();
    quote!(rt::paginated! { #request: #input = #output, #list: #item })
}
