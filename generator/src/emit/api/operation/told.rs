//! What a request tells the endpoint rules.

use crate::emit::lookup::emit_lookup;
use crate::ir::ParameterValue;
use crate::rust::plan::{Told, ToldValue};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn emit_told(told: &[Told]) -> Option<TokenStream> {
    let lines = told.iter().map(emit_line);
    (!told.is_empty()).then(|| {
        quote! {
            fn tell_endpoint(&self, endpoint: &mut rt::EndpointParameters) {
                #(#lines)*
            }
        }
    })
}

fn emit_line(told: &Told) -> TokenStream {
    let name = &told.parameter;
    match &told.value {
        ToldValue::Static(ParameterValue::Boolean(value)) => quote!(endpoint.set(#name, #value);),
        ToldValue::Static(ParameterValue::String(text)) => quote!(endpoint.set(#name, #text);),
        ToldValue::Static(ParameterValue::StringArray(texts)) => quote!(endpoint.set(#name, [#(#texts),*]);),
        ToldValue::Field(field) => quote!(endpoint.tell(#name, &self.#field);),
        ToldValue::Identifier(field) => quote!(endpoint.identify(#name, &self.#field);),
        ToldValue::Value(value) => {
            let value = emit_lookup(value);
            quote!(endpoint.tell(#name, &#value);)
        }
        ToldValue::First(value) => {
            let value = emit_lookup(value);
            quote!(endpoint.tell_first(#name, #value);)
        }
        ToldValue::All(values) => {
            let values = emit_lookup(values);
            quote!(endpoint.tell_all(#name, #values);)
        }
    }
}
