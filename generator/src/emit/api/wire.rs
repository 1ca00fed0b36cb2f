//! How structures travel: a line a member, for both directions.

use crate::render::Source;
use crate::rust::plan::{Binding, Field, Structure};
use proc_macro2::TokenStream;
use quote::quote;

/// Adds `Structure` of a structure or of a request: its members in the body.
pub(super) fn add_codec(source: Source, structure: &Structure) -> Source {
    let name = &structure.name;
    let lines: Vec<String> = body_fields(structure).map(member_line).collect();
    let defaults = structure.fields.iter().filter(|field| field.binding == Binding::Body);
    let defaults = emit_fill_defaults(defaults);
    let tokens = quote! {
        impl Structure for #name {
            members! {}

            #defaults
        }
    };
    source.items_with(tokens, "members", &lines)
}

/// Adds `Message` of a response or an error: what travels outside the body, and that the rest is in it.
pub(super) fn add_message(source: Source, structure: &Structure) -> Source {
    let name = &structure.name;
    if !structure.is_bound() {
        return source.items(quote!(impl Message for #name {}));
    }
    let mut lines = binding_lines(structure);
    if !has_payload(structure) {
        lines.push("body,".to_owned());
    }
    let tokens = quote! {
        impl Message for #name {
            bindings! {}
        }
    };
    source.items_with(tokens, "bindings", &lines)
}

/// The bindings of a structure, as lines of `bindings!`; the body comes after them.
pub(super) fn binding_lines(structure: &Structure) -> Vec<String> {
    let mut bound: Vec<&Field> = structure.fields.iter().filter(|field| field.binding != Binding::Body).collect();
    bound.sort_by(|one, other| one.binding.cmp(&other.binding));
    let host_labels = structure.fields.iter().filter(|field| field.host_label);
    let host_labels = host_labels.map(|field| format!("host_label {:?} => {},", field.member, field.name));
    host_labels.chain(bound.into_iter().map(binding_line)).collect()
}

/// Whether the body is one member.
pub(super) fn has_payload(structure: &Structure) -> bool {
    use Binding::{Payload, RawPayload, StreamPayload, StructurePayload};
    let is_payload = |field: &Field| matches!(field.binding, StructurePayload | Payload | RawPayload(_) | StreamPayload(_));
    structure.fields.iter().any(is_payload)
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

/// An expression of the plan.
pub(super) fn emit_expression(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}

fn binding_line(field: &Field) -> String {
    let (name, wire_name) = (&field.name, &field.wire_name);
    // A message tells the member's name, also where that is not the name on the wire.
    let key = match field.demanded && field.member != *wire_name {
        true => format!("({:?}, {wire_name:?})", field.member),
        false => format!("{wire_name:?}"),
    };
    let form = field.form.map(|form| format!(" as {}", form.wrapper())).unwrap_or_default();
    match &field.binding {
        Binding::Label => format!("label {wire_name:?} => {name}{form},"),
        Binding::Query => format!("query {key} => {name}{form},"),
        Binding::Header => format!("header {key} => {name}{form},"),
        Binding::PrefixHeaders => format!("prefix_headers {wire_name:?} => {name},"),
        Binding::QueryParams => format!("query_params => {name},"),
        Binding::ResponseCode => format!("status => {name},"),
        Binding::StructurePayload => format!("structure_payload {wire_name:?} => {name},"),
        Binding::Payload => format!("payload {wire_name:?} => {name},"),
        Binding::RawPayload(media) => format!("raw_payload {media:?} => {name},"),
        Binding::StreamPayload(media) => format!("stream_payload {media:?} => {name},"),
        Binding::Body => format!("{wire_name:?} => {name}{form},"),
    }
}

fn body_fields(structure: &Structure) -> impl Iterator<Item = &Field> {
    structure.fields.iter().filter(|field| field.binding == Binding::Body)
}

fn member_line(field: &Field) -> String {
    let required = if field.demanded { "required " } else { "" };
    let alias = field.wire_alias.as_ref().map(|alias| format!(" | {alias:?}")).unwrap_or_default();
    let form = field.form.map(|form| format!(" as {}", form.wrapper())).unwrap_or_default();
    format!("{required}{:?}{alias} => {}{form},", field.wire_name, field.name)
}
