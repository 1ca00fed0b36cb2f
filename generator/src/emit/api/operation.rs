//! An operation's file: its request, its response, and where the request's members travel.

use super::structure::{emit_structure, emit_structure_macro, emit_zero_impl};
use super::{emit_uses, validate, wire};
use crate::render::{Body, Invocation, Source};
use crate::rust::names::Name;
use crate::rust::plan::{Binding, Field, Media, Operation, Paginator, Structure};
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
        .invocation(emit_structure_macro("request", request));
    let source = add_request(source, operation);
    match &operation.response {
        None => source,
        Some(response) => {
            let source = source
                .items(emit_structure(response))
                .invocation(emit_structure_macro("structure", response))
                .items(quote_zero(response));
            wire::add_message(wire::add_codec(source, response), response)
        }
    }
}

fn quote_zero(structure: &Structure) -> TokenStream {
    let zero = emit_zero_impl(structure);
    quote!(#zero)
}

/// Adds what a request is beside its fields.
fn add_request(source: Source, operation: &Operation) -> Source {
    let request = &operation.request;
    let source = add_binding(source.items(quote_zero(request)), operation);
    let source = if operation.has_body() { wire::add_codec(source, request) } else { source };
    let validate = validate::emit_request_validate(request);
    let presignable = operation.presignable.then(|| {
        let request = &request.name;
        quote!(impl Presignable for #request {})
    });
    let source = source.items(quote! {
        #validate
        #presignable
    });
    operation.paginator.iter().map(|paginator| emit_paginated(operation, paginator)).fold(source, Source::invocation)
}

/// Adds `Operation`: what is known of it, and where the request's members travel.
fn add_binding(source: Source, operation: &Operation) -> Source {
    let request = &operation.request;
    let name = &request.name;
    let response = super::emit_response(operation);
    let info = emit_info(operation);
    let mut lines = wire::binding_lines(request);
    if operation.has_body() {
        lines.push("body,".to_owned());
    }
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
    let tokens = quote! {
        impl Operation for #name {
            type Response = #response;
            type Error = Error;

            #info

            bindings! {}

            #token
            #defaults
        }
    };
    source.items_with(tokens, "bindings", &lines)
}

fn emit_info(operation: &Operation) -> TokenStream {
    let Operation { name, http_method, uri, status, errors, .. } = operation;
    let codes = errors.iter().map(|error| &error.code);
    let status = (*status != 200).then(|| {
        let status = Literal::u16_unsuffixed(*status);
        quote!(.status(#status))
    });
    let request = emit_media(quote!(request), operation.request_media.as_ref());
    let response = emit_media(quote!(response), operation.response_media.as_ref());
    let prefix = operation.host_prefix.as_ref().map(|prefix| quote!(.host_prefix(#prefix)));
    let checksum = operation.checksum.then(|| quote!(.checksum()));
    let gzip = operation.gzip.then(|| quote!(.gzip()));
    quote! {
        const INFO: OperationInfo =
            OperationInfo::new(#name, #http_method, #uri, &[#(#codes),*])#status #request #response #prefix #checksum #gzip;
    }
}

fn emit_media(method: TokenStream, media: Option<&Media>) -> Option<TokenStream> {
    let optional = |media: &Option<String>| media.as_ref().map_or(quote!(None), |media| quote!(Some(#media)));
    let media = match media? {
        Media::None => quote!(None),
        Media::Empty => quote!(Empty),
        Media::Json => quote!(Json),
        Media::Raw(Some(media)) => quote!(Raw(#media)),
        Media::Raw(None) => quote!(Any),
        Media::Stream(media) => {
            let media = optional(media);
            quote!(Stream(#media))
        }
        Media::SizedStream(media) => {
            let media = optional(media);
            quote!(SizedStream(#media))
        }
    };
    Some(quote!(.#method(Media::#media)))
}

fn emit_paginated(operation: &Operation, paginator: &Paginator) -> Invocation {
    let Paginator { input_token, output_token, items, item } = paginator;
    let (request, input, output, list) = (&operation.request.name, &input_token.name, &output_token.name, &items.name);
    Invocation { name: "paginated", head: format!("{request}: {input} = {output}, {list}: {item}"), body: Body::None }
}
