//! How structures travel: one line per member, for both directions.

use super::expression::emit_expression;
use crate::rust::plan::{Binding, Body, Expression, Field, Form, Structure};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// `Structure` of a structure or of a request: its members in the body.
pub(super) fn emit_codec(structure: &Structure) -> TokenStream {
    let name = &structure.name;
    let members = structure.fields.iter().filter(|field| field.binding == Binding::Body);
    let lines = members.clone().map(emit_member);
    let bound = emit_bound_members(structure);
    let names = emit_names(structure);
    let defaults = emit_fill_defaults(members);
    quote! {
        impl rt::Structure for #name {
            rt::members! { #bound #(#lines)* }

            #names
            #defaults
        }
    }
}

/// The members that travel elsewhere, where a protocol has them in the body.
fn emit_bound_members(structure: &Structure) -> Option<TokenStream> {
    let is_stream = |field: &Field| matches!(field.binding, Binding::StreamPayload(_) | Binding::EventStream);
    let is_bound = |field: &&Field| field.binding.is_outside() && !is_stream(field);
    let mut bound = structure.fields.iter().filter(is_bound).filter(|_| structure.calls_procedures).peekable();
    bound.peek()?;
    let lines = bound.map(|field| {
        let (name, member) = (&field.name, &field.member);
        let required = field.demanded.then(|| quote!(required));
        let form = emit_form(field.body_form);
        quote!(#required #member => #name #form,)
    });
    Some(quote!(bound { #(#lines)* }))
}

/// What protocols call members that go by the model's names.
fn emit_names(structure: &Structure) -> Option<TokenStream> {
    let members = structure.fields.iter().filter(|field| field.binding == Binding::Body);
    let names = emit_member_names(structure.names_differ, members)?;
    Some(quote! {
        const NAMES: &'static rt::Names = #names;
    })
}

/// The members that are not called in the model what their keys are.
pub(super) fn emit_member_names<'f>(differ: bool, fields: impl Iterator<Item = &'f Field>) -> Option<TokenStream> {
    let mut renamed = fields.filter(|field| differ && field.wire_name != field.member).peekable();
    renamed.peek()?;
    let names = renamed.map(|field| {
        let (key, member) = (&field.wire_name, &field.member);
        quote!(rt::MemberName::renamed(#key, #member))
    });
    Some(quote!(&rt::Names::new(&[#(#names),*])))
}

/// `Message` of a response or an error: what travels outside the body, and that the rest is in it.
pub(super) fn emit_message(structure: &Structure) -> TokenStream {
    let name = &structure.name;
    if !structure.is_bound() {
        return quote!(impl rt::Message for #name {});
    }
    let body = match has_body(structure) {
        true => Some(Body::Members),
        false => structure.calls_procedures.then_some(Body::Procedures),
    };
    let bindings = emit_bindings(structure, body);
    quote! {
        impl rt::Message for #name {
            #bindings
        }
    }
}

/// Where the members of a structure travel; the body, if there is one, comes last.
pub(super) fn emit_bindings(structure: &Structure, body: Option<Body>) -> TokenStream {
    let mut bound: Vec<&Field> = structure.fields.iter().filter(|field| field.binding.is_outside()).collect();
    bound.sort_by(|one, other| one.binding.cmp(&other.binding));
    let host_labels = structure.fields.iter().filter(|field| field.host_label).map(|field| {
        let (member, name) = (&field.member, &field.name);
        quote!(host_label #member => #name,)
    });
    let bound = bound.into_iter().map(emit_binding);
    let body = body.map(|body| match body {
        Body::Members => quote!(body,),
        Body::Procedures => quote!(rpc_body,),
    });
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

/// As a person would write it: what costs nothing is not made by a closure, and what is empty is the type's default.
fn emit_fill(default: &Expression) -> TokenStream {
    let value = emit_expression(default);
    match default {
        Expression::Boolean(_) | Expression::Integer(_) | Expression::Float(_) | Expression::Variant(..) => {
            quote!(get_or_insert(#value))
        }
        Expression::Text(text) if text.is_empty() => quote!(get_or_insert_default()),
        Expression::EmptyList | Expression::EmptyMap | Expression::EmptyStream | Expression::NoEvents => {
            quote!(get_or_insert_default())
        }
        _ => quote!(get_or_insert_with(|| #value)),
    }
}

/// What a server takes members to be that are not given.
pub(super) fn emit_fill_defaults<'f>(fields: impl Iterator<Item = &'f Field>) -> Option<TokenStream> {
    let lines: Vec<TokenStream> = fields
        .filter_map(|field| {
            let (name, default) = (&field.name, field.server_default.as_ref()?);
            let fill = emit_fill(default);
            Some(quote!(self.#name.#fill;))
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
    let form = emit_form(field.form);
    match &field.binding {
        Binding::Label => quote!(label #wire_name => #name #form,),
        Binding::TokenLabel => quote!(token_label #wire_name => #name,),
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
    let (name, wire_name, form) = (&field.name, &field.wire_name, emit_form(field.form));
    let required = field.demanded.then(|| quote!(required));
    let alias = field.wire_alias.as_ref().map(|alias| quote!(| #alias));
    let maximum = field.greatest_length().map(|maximum| {
        let maximum = Literal::u64_unsuffixed(maximum);
        quote!(max #maximum)
    });
    quote!(#required #wire_name #alias => #name #form #maximum,)
}

fn emit_form(form: Option<Form>) -> Option<TokenStream> {
    let wrapper = form?.wrapper();
    Some(quote!(as #wrapper))
}
