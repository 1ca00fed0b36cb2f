//! How structures travel: one line per member, for both directions.

use super::expression::emit_expression;
use crate::rust::plan::{Binding, Field, Structure};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// `Structure` of a structure or of a request: its members in the body.
pub(super) fn emit_codec(structure: &Structure) -> TokenStream {
    let name = &structure.name;
    let members = structure.fields.iter().filter(|field| field.binding == Binding::Body);
    let lines = members.clone().map(emit_member);
    let defaults = emit_fill_defaults(members);
    quote! {
        impl rt::Structure for #name {
            rt::members! { #(#lines)* }

            #defaults
        }
    }
}

/// `Message` of a response or an error: what travels outside the body, and that the rest is in it.
pub(super) fn emit_message(structure: &Structure) -> TokenStream {
    let name = &structure.name;
    if !structure.is_bound() {
        return quote!(impl rt::Message for #name {});
    }
    let bindings = emit_bindings(structure, has_body(structure));
    quote! {
        impl rt::Message for #name {
            #bindings
        }
    }
}

/// Where the members of a structure travel; the body, if there is one, comes last.
pub(super) fn emit_bindings(structure: &Structure, has_body: bool) -> TokenStream {
    let mut bound: Vec<&Field> = structure.fields.iter().filter(|field| field.binding.is_outside()).collect();
    bound.sort_by(|one, other| one.binding.cmp(&other.binding));
    let host_labels = structure.fields.iter().filter(|field| field.host_label).map(|field| {
        let (member, name) = (&field.member, &field.name);
        quote!(host_label #member => #name,)
    });
    let bound = bound.into_iter().map(emit_binding);
    let body = has_body.then(|| quote!(body,));
    quote!(rt::bindings! { #(#host_labels)* #(#bound)* #body })
}

/// Whether the members are in the body that have no other place. Beside a stream of events there need not be any.
fn has_body(structure: &Structure) -> bool {
    use Binding::{EventStream, Payload, RawPayload, StreamPayload, StructurePayload};
    let is_payload = |field: &Field| match field.binding {
        StructurePayload | Payload | RawPayload(_) | StreamPayload(_) => true,
        EventStream => structure.fields.iter().all(|field| field.binding != Binding::Body),
        _ => false,
    };
    !structure.fields.iter().any(is_payload)
}

/// `Event` of a structure that is one: where its members travel in the message.
pub(super) fn emit_event(structure: &Structure) -> Option<TokenStream> {
    structure.event.then(|| {
        let (name, fields) = (&structure.name, &structure.fields);
        let has_body = fields.iter().any(|field| field.binding == Binding::Body);
        if has_body && fields.iter().all(|field| !field.binding.is_of_events()) {
            return quote!(impl rt::Event for #name {});
        }
        let bound = fields.iter().filter(|field| field.binding.is_of_events()).map(emit_binding);
        let body = has_body.then(|| quote!(body,));
        quote! {
            impl rt::Event for #name {
                rt::event! { #(#bound)* #body }
            }
        }
    })
}

/// What a server takes members to be that are not given.
pub(super) fn emit_fill_defaults<'f>(fields: impl Iterator<Item = &'f Field>) -> Option<TokenStream> {
    let lines: Vec<TokenStream> = fields
        .filter_map(|field| {
            let (name, default) = (&field.name, field.server_default.as_ref()?);
            let default = emit_expression(default);
            Some(quote!(self.#name.get_or_insert_with(|| #default);))
        })
        .collect();
    (!lines.is_empty()).then(|| {
        quote! {
            fn fill_defaults(&mut self) {
                #(#lines)*
            }
        }
    })
}

fn emit_binding(field: &Field) -> TokenStream {
    let (name, wire_name) = (&field.name, &field.wire_name);
    // A message tells the member's name, also where that is not the name on the wire.
    let key = match field.demanded && field.member != *wire_name {
        true => {
            let member = &field.member;
            quote!((#member, #wire_name))
        }
        false => quote!(#wire_name),
    };
    let form = emit_form(field);
    match &field.binding {
        Binding::Label => quote!(label #wire_name => #name #form,),
        Binding::Query => quote!(query #key => #name #form,),
        Binding::Header => quote!(header #key => #name #form,),
        Binding::PrefixHeaders => quote!(prefix_headers #wire_name => #name,),
        Binding::QueryParams => quote!(query_params => #name,),
        Binding::ResponseCode => quote!(status => #name,),
        Binding::StructurePayload => quote!(structure_payload #wire_name => #name,),
        Binding::Payload => quote!(payload #wire_name => #name,),
        Binding::RawPayload(media) => quote!(raw_payload #media => #name,),
        Binding::StreamPayload(media) => quote!(stream_payload #media => #name,),
        Binding::EventStream => quote!(event_stream #wire_name => #name,),
        // Without the header it stays what it is in a value of which nothing is known.
        Binding::EventHeader if field.default.is_some() => quote!(defaulted_header #wire_name => #name,),
        Binding::EventHeader => quote!(header #wire_name => #name,),
        Binding::EventPayload => quote!(payload #wire_name => #name,),
        Binding::RawEventPayload(media) => quote!(raw_payload #media => #name,),
        Binding::Body => quote!(#wire_name => #name #form,),
    }
}

fn emit_member(field: &Field) -> TokenStream {
    let (name, wire_name, form) = (&field.name, &field.wire_name, emit_form(field));
    let required = field.demanded.then(|| quote!(required));
    let alias = field.wire_alias.as_ref().map(|alias| quote!(| #alias));
    let maximum = field.greatest_length().map(|maximum| {
        let maximum = Literal::u64_unsuffixed(maximum);
        quote!(max #maximum)
    });
    quote!(#required #wire_name #alias => #name #form #maximum,)
}

fn emit_form(field: &Field) -> Option<TokenStream> {
    let wrapper = field.form?.wrapper();
    Some(quote!(as #wrapper))
}
