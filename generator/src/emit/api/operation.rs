//! An operation's file: its request, its response, and where the request's members travel.

mod discovery;
mod told;

use super::structure::{emit_structure, emit_structure_file, emit_structure_macro, emit_zero_impl};
use super::{validate, wire};
use crate::emit::lookup::{emit_conjunct, emit_lookup};
use crate::ir::{ApiKey, Auth, ChecksumAlgorithm, RequestChecksum};
use crate::rust::plan::{
    Binding, ChecksumFields, Discovery, Field, Http, Media, Operation, PageItems, PageToken, Paginator, PlainPaginator,
    Structure, UnusualPaginator,
};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn emit_operation(operation: &Operation) -> TokenStream {
    let request = emit_request(operation);
    let response = emit_response(&operation.response);
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
    let codec = operation.body().map(|_| wire::emit_codec(request));
    let validate = validate::emit_request_validate(request);
    let presignable = operation.presignable.then(|| quote!(impl rt::Presignable for #name {}));
    let discovery = match &operation.discovery {
        Some(Discovery::Describes(description)) => Some(discovery::emit_description(operation, description)),
        _ => None,
    };
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
        #discovery
    }
}

fn emit_response(response: &Structure) -> TokenStream {
    if response.is_bare() {
        let (definition, name) = (emit_structure(response), &response.name);
        return quote! {
            #definition

            rt::empty_response!(#name);
        };
    }
    let structure = emit_structure_file(response);
    let message = wire::emit_message(response);
    quote! {
        #structure
        #message
    }
}

/// `Operation`: what is known of it, and where the request's members travel.
fn emit_operation_impl(operation: &Operation) -> TokenStream {
    let request = &operation.request;
    let name = &request.name;
    let response = &operation.response.name;
    let info = emit_info(operation);
    let bindings = wire::emit_bindings(request, operation.body());
    let token = operation.idempotency_token.as_ref().map(|token| {
        quote! {
            #[inline]
            fn idempotency_token(&mut self) -> Option<&mut Option<String>> {
                Some(&mut self.#token)
            }
        }
    });
    let checksum_members = emit_checksum_members(&operation.checksum_fields);
    let told = told::emit_told(&operation.told);
    let labels = emit_empty_labels(operation);
    let unbound = |field: &&Field| field.binding != Binding::Body;
    let defaults = wire::emit_fill_defaults(request.fields.iter().filter(unbound));
    quote! {
        impl rt::Operation for #name {
            type Response = #response;
            type Error = crate::Error;

            #info

            #bindings

            #token
            #checksum_members
            #told
            #labels
            #defaults
        }
    }
}

fn emit_empty_labels(operation: &Operation) -> Option<TokenStream> {
    let lines = operation.empty_labels.iter().map(|(field, text)| quote!(rt::stand_in(&mut self.#field, #text);));
    (!operation.empty_labels.is_empty()).then(|| {
        quote! {
            #[inline]
            fn fill_labels(&mut self) {
                #(#lines)*
            }
        }
    })
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
    let checksum = emit_request_checksum(operation.request_checksum.as_ref());
    let checksums = emit_response_checksums(&operation.response_checksums);
    let gzip = operation.gzip.then(|| quote!(.gzip()));
    let tree_hash = operation.tree_hash.then(|| quote!(.tree_hash()));
    let presigned = operation.presigned_in_query.then(|| quote!(.presigned_in_query()));
    let discovery = match operation.discovery {
        Some(Discovery::Discovered { required: true }) => Some(quote!(.discovery(rt::Discovery::Required))),
        Some(Discovery::Discovered { required: false }) => Some(quote!(.discovery(rt::Discovery::Optional))),
        Some(Discovery::Describes(_)) | None => None,
    };
    let auth = emit_auth(&operation.auth);
    let no_input = operation.no_input.then(|| quote!(.no_input()));
    let no_output = operation.no_output.then(|| quote!(.no_output()));
    quote! {
        const INFO: rt::OperationInfo =
            rt::OperationInfo::#info #status #request #response #prefix #checksum #checksums #tree_hash #gzip #auth #presigned #discovery #no_input #no_output;
    }
}

/// Nothing, where requests are signed and that is all.
fn emit_auth(auth: &[Auth]) -> Option<TokenStream> {
    let schemes = auth.iter().map(|scheme| match scheme {
        Auth::SigV4 => quote!(rt::Auth::SigV4),
        Auth::Bearer => quote!(rt::Auth::Bearer),
        Auth::Basic => quote!(rt::Auth::Basic),
        Auth::Digest => quote!(rt::Auth::Digest),
        Auth::ApiKey(ApiKey::Header { name, scheme: None }) => quote!(rt::Auth::ApiKey(rt::ApiKey::Header(#name, None))),
        Auth::ApiKey(ApiKey::Header { name, scheme: Some(scheme) }) => {
            quote!(rt::Auth::ApiKey(rt::ApiKey::Header(#name, Some(#scheme))))
        }
        Auth::ApiKey(ApiKey::Query(name)) => quote!(rt::Auth::ApiKey(rt::ApiKey::Query(#name))),
        Auth::Custom(id) => quote!(rt::Auth::Custom(#id)),
        Auth::Anonymous => quote!(rt::Auth::Anonymous),
    });
    (auth != [Auth::SigV4]).then(|| quote!(.auth(&[#(#schemes),*])))
}

fn emit_request_checksum(checksum: Option<&RequestChecksum>) -> Option<TokenStream> {
    Some(match checksum? {
        RequestChecksum::ContentMd5 => quote!(.checksum()),
        RequestChecksum::Chosen { required: true, .. } => quote!(.request_checksum(rt::RequestChecksum::Required)),
        RequestChecksum::Chosen { required: false, .. } => quote!(.request_checksum(rt::RequestChecksum::Supported)),
    })
}

fn emit_response_checksums(algorithms: &[ChecksumAlgorithm]) -> Option<TokenStream> {
    let algorithm = |algorithm: &ChecksumAlgorithm| match algorithm {
        ChecksumAlgorithm::Crc32 => quote!(rt::ChecksumAlgorithm::Crc32),
        ChecksumAlgorithm::Crc32C => quote!(rt::ChecksumAlgorithm::Crc32C),
        ChecksumAlgorithm::Crc64Nvme => quote!(rt::ChecksumAlgorithm::Crc64Nvme),
        ChecksumAlgorithm::Sha1 => quote!(rt::ChecksumAlgorithm::Sha1),
        ChecksumAlgorithm::Sha256 => quote!(rt::ChecksumAlgorithm::Sha256),
    };
    let list = algorithms.iter().map(algorithm);
    match algorithms.len() {
        0 => None,
        all if all == ChecksumAlgorithm::ALL.len() => Some(quote!(.response_checksums(&rt::ChecksumAlgorithm::ALL))),
        _ => Some(quote!(.response_checksums(&[#(#list),*]))),
    }
}

/// The fields that a client fills in.
fn emit_checksum_members(fields: &ChecksumFields) -> Option<TokenStream> {
    let algorithm = fields.algorithm.as_ref().map(|field| quote!(.algorithm(&mut self.#field)));
    let mode = fields.mode.as_ref().map(|field| quote!(.mode(&mut self.#field)));
    (algorithm.is_some() || mode.is_some()).then(|| {
        quote! {
            #[inline]
            fn checksum_members(&mut self) -> rt::ChecksumMembers<'_> {
                rt::ChecksumMembers::new() #algorithm #mode
            }
        }
    })
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
    let request = &operation.request.name;
    match paginator {
        Paginator::Plain(PlainPaginator { input, output, items, item }) => {
            let item = item.tokens();
            quote!(rt::paginated! { #request: #input = #output, #items: #item })
        }
        Paginator::Unusual(paginator) => emit_unusual_paginator(operation, paginator),
    }
}

fn emit_unusual_paginator(operation: &Operation, paginator: &UnusualPaginator) -> TokenStream {
    let request = &operation.request.name;
    let response = &operation.response.name;
    let turn = emit_turn(paginator);
    let tokens = paginator.tokens.iter().map(|PageToken { input, is_text, .. }| match is_text {
        true => quote!(to.text(&self.#input);),
        false => quote!(to.value(&self.#input);),
    });
    let items = paginator.items.as_ref().map(|PageItems { lookup, item }| {
        let (lookup, item) = (emit_lookup(lookup), item.tokens());
        quote! {
            impl rt::Itemized for #request {
                type Item = #item;

                #[inline]
                fn items(page: #response) -> Vec<Self::Item> {
                    rt::PageItems::items(#lookup)
                }
            }
        }
    });
    quote! {
        impl rt::Paginated for #request {
            #[inline]
            fn turn(&mut self, page: &#response) -> bool {
                #turn
            }

            #[inline]
            fn tokens(&self, to: &mut rt::Tokens) {
                #(#tokens)*
            }
        }

        #items
    }
}

/// Takes every token, whether or not there is one before it.
fn emit_turn(paginator: &UnusualPaginator) -> TokenStream {
    let set = |PageToken { input, output, is_text }: &PageToken| {
        let output = emit_lookup(output);
        match is_text {
            true => quote!(rt::TextToken::set(&mut self.#input, #output)),
            false => quote!(rt::set_token(&mut self.#input, #output)),
        }
    };
    let set = paginator.tokens.iter().map(set);
    let set = match paginator.tokens.len() {
        1 => quote!(#(#set)*),
        _ => quote!([#(#set),*].contains(&true)),
    };
    match paginator.more.as_ref().map(emit_conjunct) {
        Some(more) => quote!(#more && #set),
        None => set,
    }
}
